//! What a filter brings: of every list only what it can pick.

use super::*;

fn lists(more: &str) -> Vec<&'static str> {
    let portal = portal(more);
    let root = portal.root().unwrap();
    start(&portal, root, Plan::Full, None, None).collections()
}

async fn brought(fake: &Fake, more: &str, plan: Plan) -> Vec<(&'static str, String)> {
    let mut crawl = crawl(fake, more, plan, None);
    let mut brought: Vec<_> = pages(&mut crawl)
        .await
        .unwrap()
        .into_iter()
        .flat_map(|page| page.records)
        .map(|record| (record.collection, record.key))
        .collect();
    brought.sort();
    brought
}

/// Two organizations, a topic, and what belongs to them.
fn portal_of_two() -> SampleData {
    let data = plain(4);
    let (one, two) = (json!({ "id": id('1') }), json!({ "id": id('2') }));
    data.change(|records| {
        for (dataset, owner) in records.datasets.iter_mut().zip([&one, &one, &two, &two]) {
            dataset["organization"] = owner.clone();
            dataset["tags"] = json!(["commun"]);
        }
        records.datasets[0]["tags"] = json!(["à part", "commun"]);
        records.organizations = vec![one.clone(), two.clone()];
        records.reuses = vec![
            json!({ "id": "r1", "organization": one, "tags": ["à part"], "datasets": [{ "id": "d00003" }] }),
            json!({ "id": "r2", "organization": two, "tags": [], "datasets": [{ "id": "d00000" }] }),
        ];
        records.dataservices =
            vec![json!({ "id": "s2", "organization": two, "tags": [], "datasets": ["d00003"] })];
        records.topics = vec![
            json!({ "id": id('a'), "name": "Un", "organization": two, "tags": [], "private": false,
                    "elements": [{ "element": { "class": "Dataset", "id": "d00002" } }] }),
            json!({ "id": id('b'), "name": "Autre", "tags": [], "private": false, "elements": [] }),
        ];
        records.discussions = [("x0", "d00000"), ("x2", "d00002"), ("x3", "r1"), ("x4", "ailleurs")]
            .map(|(id, subject)| json!({ "id": id, "subject": { "id": subject }, "created": id }))
            .to_vec();
        records.community_resources = vec![json!({ "id": "c1", "dataset": { "id": "d00000" } })];
        records.harvest_sources = vec![json!({ "id": "h1", "organization": one })];
    });
    data
}

fn id(digit: char) -> String {
    digit.to_string().repeat(24)
}

fn named(records: &[(&'static str, String)]) -> Vec<String> {
    records
        .iter()
        .map(|(collection, key)| format!("{collection}/{key}"))
        .collect()
}

#[tokio::test]
async fn filters_reach_the_portal() {
    let fake = sound(portal_of_two()).await;
    let filter = "include = ['datasets']\nfilter = { tag = ['à part', 'commun'] }\n";
    assert_eq!(
        named(&brought(&fake, filter, Plan::Full).await),
        ["datasets/d00000"]
    );
}

#[tokio::test]
async fn a_portal_of_one_organization_has_what_it_publishes_and_what_is_said_of_it() {
    let fake = sound(portal_of_two()).await;
    let filter = format!("filter = {{ organization = ['{}'] }}\n", id('1'));
    // It has neither a service nor a topic: the ledger decides whether an empty list is a fault.
    let only = format!(
        "{filter}include = ['organizations', 'datasets', 'reuses', 'harvest_sources', 'discussions']\n"
    );
    assert_eq!(
        named(&brought(&fake, &only, Plan::Full).await),
        [
            "datasets/d00000".to_owned(),
            "datasets/d00001".to_owned(),
            "discussions/x0".to_owned(),
            "discussions/x3".to_owned(),
            "harvest_sources/h1".to_owned(),
            format!("organizations/{}", id('1')),
            "reuses/r1".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_portal_of_one_topic_has_the_topic_its_datasets_and_their_discussions() {
    let fake = sound(portal_of_two()).await;
    let filter = format!("filter = {{ topic = ['{}'] }}\n", id('a'));
    assert_eq!(lists(&filter), ["datasets", "topics", "discussions"]);
    assert_eq!(
        named(&brought(&fake, &filter, Plan::Full).await),
        [
            "datasets/d00002".to_owned(),
            "discussions/x2".to_owned(),
            format!("topics/{}", id('a')),
        ]
    );
}

#[tokio::test]
async fn a_topic_that_does_not_exist_does_not_bring_the_whole_portal() {
    let fake = sound(portal_of_two()).await;
    for (name, collection) in [
        ("topic", "/api/2/topics/"),
        ("dataservice", "/api/1/dataservices/"),
        ("reuse", "/api/1/reuses/"),
    ] {
        let filter = format!(
            "include = ['datasets']\nfilter = {{ {name} = ['{}'] }}\n",
            id('f')
        );
        let error = pages(&mut crawl(&fake, &filter, Plan::Full, None))
            .await
            .expect_err("the crawl should fail");
        assert!(matches!(error, CrawlError::NoSubject { .. }), "{error}");
        assert!(error.to_string().contains(collection), "{error}");
    }
    assert_eq!(fake.requests(), 3, "no list was asked for");
}

#[tokio::test]
async fn discussions_of_many_records_cost_few_requests() {
    let data = plain(230);
    data.change(|records| {
        for dataset in &mut records.datasets {
            dataset["tags"] = json!(["à part"]);
        }
        records.discussions = (0..300)
            .map(|n| json!({ "id": format!("x{n:03}"), "subject": { "id": format!("d{n:05}") }, "created": "2024" }))
            .collect();
    });
    let fake = sound(data.clone()).await;
    let filter = "include = ['datasets', 'discussions']\nfilter = { tag = ['à part'] }\n";
    let found = brought(&fake, filter, Plan::Full).await;
    assert_eq!(found.len(), 230 + 230);
    assert_eq!(fake.requests(), 1 + 5);
    // What did not change is discussed all the same.
    let plan = incremental::incremental(incremental::known(&data));
    let found = brought(&fake, filter, plan).await;
    assert_eq!(found.len(), 230);
    assert!(
        found
            .iter()
            .all(|(collection, _)| *collection == "discussions")
    );
}

#[tokio::test]
async fn a_resumed_crawl_of_discussed_records_begins_anew() {
    let fake = sound(portal_of_two()).await;
    let filter = "include = ['datasets', 'discussions']\nfilter = { tag = ['commun'] }\n";
    let mut first = crawl(&fake, filter, Plan::Full, None);
    let page = first.next(&fetcher()).await.unwrap().unwrap();
    assert_eq!(page.records.len(), 4);
    let mut second = crawl(&fake, filter, Plan::Full, Some(&first.cursor()));
    assert_eq!(
        keys(&pages(&mut second).await.unwrap()),
        ["d00000", "d00001", "d00002", "d00003", "x0", "x2"]
    );
}

#[test]
fn a_filtered_portal_lists_only_what_the_filter_can_pick() {
    for (more, expected) in [
        (
            "filter = { tag = ['a'] }",
            &[
                "datasets",
                "dataservices",
                "reuses",
                "topics",
                "discussions",
            ][..],
        ),
        (
            "filter = { tag = ['a', 'b'] }",
            &["datasets", "topics", "discussions"],
        ),
        (
            "filter = { license = ['lov2'] }",
            &["datasets", "discussions"],
        ),
        (
            "filter = { geozone = ['fr:departement:17'] }",
            &["datasets", "topics", "discussions"],
        ),
        (
            "filter = { organization_badge = ['certified'] }",
            &["datasets", "dataservices", "reuses", "discussions"],
        ),
        (
            "filter = { owner = ['5d2af9e8a154360bf9a5973c'] }",
            &[
                "datasets",
                "dataservices",
                "reuses",
                "topics",
                "harvest_sources",
                "discussions",
            ],
        ),
        // What is asked for by name is brought, where it can be restricted or is small.
        (
            "filter = { tag = ['a'] }\ninclude = ['datasets', 'organizations']",
            &["organizations", "datasets"],
        ),
    ] {
        assert_eq!(lists(more), expected, "{more}");
    }
}

#[test]
fn a_list_that_was_asked_for_and_cannot_be_restricted_is_left_out_with_a_note() {
    let portal = portal("filter = { tag = ['a'] }\ninclude = ['datasets', 'community_resources']");
    let crawl = start(&portal, portal.root().unwrap(), Plan::Full, None, None);
    assert_eq!(crawl.collections(), ["datasets"]);
    let [note] = &crawl.notes()[..] else {
        panic!("{:?}", crawl.notes());
    };
    assert!(
        note.starts_with("community_resources are not harvested"),
        "{note}"
    );
}

#[test]
fn what_changed_cannot_be_asked_for_under_a_filter_that_the_search_ignores() {
    let root = Url::parse("http://127.0.0.1/").unwrap();
    let is_searchable = |more: &str| portal(more).is_searchable(&root);
    assert!(is_searchable("") && is_searchable("filter = { tag = ['a'], badge = ['hvd'] }"));
    for more in [
        "filter = { schema_version = ['1.0'] }",
        "filter = { temporal_coverage = ['2020-01-01-2020-12-31'] }",
        "filter = { tag = ['a'], reuse = ['5d2af9e8a154360bf9a5973c'] }",
    ] {
        assert!(!is_searchable(more), "{more}");
    }
}
