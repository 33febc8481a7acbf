//! What is asked of a portal: filters, the key, where the API is, how many rows come.

use axum::response::Redirect;

use super::*;

#[tokio::test]
async fn what_comes_counts_and_not_what_was_asked_for() {
    let fake = faulty(|asked, _| {
        let mut asked = asked.clone();
        let capped = asked.number("rows").min(4).to_string();
        for (name, value) in &mut asked.query {
            if name == "rows" {
                value.clone_from(&capped);
            }
        }
        found(&ids(0..23), &asked)
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ids(0..23));
    let asked = &fake.requests()[0];
    assert_eq!(asked.path, "/api/3/action/package_search");
    assert_eq!(asked.parameter("sort"), "id asc");
    assert!(asked.number("rows") <= 1000);
}

#[tokio::test]
async fn filters_are_met_by_every_package_and_leave_the_organizations_out() {
    let fake = sound(SampleData::bundled()).await;
    let mut crawl = crawl(
        &fake,
        "filter = { organization = ['parc-naturel-des-monts-d-ambre'], tags = ['faune'] }\n",
        Plan::Full,
        None,
    );
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages).len(), 2);
    assert_eq!(crawl.collections(), ["datasets"]);
}

#[tokio::test]
async fn values_of_filters_stay_within_their_quotes() {
    let fake = faulty(|asked, _| found(&ids(0..1), asked)).await;
    let more = r#"filter = { tags = ['a" OR title:"b'] }"#;
    let mut crawl = crawl(&fake, more, Plan::Full, None);
    pages(&mut crawl).await.unwrap();
    let asked = fake.requests();
    assert_eq!(asked[0].parameter("fq"), r#"+tags:"a\" OR title:\"b""#);
}

/// A variable that every test has, as a key.
const KEY: &str = "api_key_env = 'CARGO_PKG_NAME'\ninclude = ['datasets']\n";

#[tokio::test]
async fn the_key_is_sent_and_stays_with_the_portal() {
    let elsewhere = faulty(|asked, _| found(&ids(0..3), asked)).await;
    let target = elsewhere.root.clone();
    let fake = faulty(move |asked, number| {
        if number == 0 {
            return found(&ids(0..3), asked);
        }
        let mut target = target.clone();
        target.set_path(&asked.path);
        target.query_pairs_mut().extend_pairs(&asked.query);
        Redirect::temporary(target.as_str()).into_response()
    })
    .await;
    let sent = Some(env!("CARGO_PKG_NAME").to_owned());
    let mut first = crawl(&fake, KEY, Plan::Full, None);
    pages(&mut first).await.unwrap();
    assert_eq!(fake.requests()[0].key, sent);
    let mut second = crawl(&fake, KEY, Plan::Full, None);
    pages(&mut second).await.unwrap();
    assert_eq!(fake.requests()[1].key, sent);
    assert_eq!(elsewhere.requests()[0].key, None);
}

#[test]
fn a_key_that_is_not_there_is_said_before_anything_is_asked() {
    let portal = portal("api_key_env = 'MOISSON_NO_SUCH_KEY'\n");
    let root = Url::parse("http://127.0.0.1/").unwrap();
    let refused = portal.crawl(root, Plan::Full, None, Settings::default());
    let Err(message) = refused else {
        panic!("it began")
    };
    assert!(message.contains("MOISSON_NO_SUCH_KEY"), "{message}");
}

#[tokio::test]
async fn an_old_mount_and_a_root_below_a_path_are_found() {
    let fake = faulty(|asked, _| match asked.path.as_str() {
        "/donnees/ckan/api/action/package_search" => found(&ids(0..3), asked),
        _ => refused(),
    })
    .await;
    let root = fake.root.join("donnees/ckan/").unwrap();
    let mut crawl = begin(&portal(DATASETS), root, Plan::Full, None, None);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), ids(0..3));
}

#[tokio::test]
async fn without_lists_packages_are_fetched_one_by_one() {
    let fake = faulty(|asked, _| match asked.path.as_str() {
        "/api/3/action/package_list" => json_answer(&json!({"success": true, "result": ids(0..7)})),
        "/api/3/action/package_show" => match asked.parameter("id") {
            "p0003" => refused(),
            id => json_answer(&json!({"success": true, "result": package(id)})),
        },
        _ => refused(),
    })
    .await;
    let mut crawl = crawl(&fake, DATASETS, Plan::Full, None);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages).len(), 6);
    assert_eq!(pages[0].gone, [("datasets", "p0003".to_owned())]);
}

#[tokio::test]
async fn a_filtered_portal_is_never_read_by_lists_that_cannot_be_filtered() {
    let fake = running(demo::ckan::dkan(SampleData::bundled())).await;
    let mut crawl = crawl(&fake, "filter = { tags = ['faune'] }\n", Plan::Full, None);
    let error = pages(&mut crawl).await.unwrap_err();
    assert!(error.to_string().contains("package_search"), "{error}");
}
