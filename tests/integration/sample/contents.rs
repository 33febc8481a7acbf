//! What the sample portal shows besides datasets: every list reaches the ledger, with what is odd on
//! purpose, and without the names of private persons.

use std::collections::BTreeSet;

use moisson::demo::udata::SampleData;
use moisson::ledger::{Filter, Position};
use moisson::record::{Kind, PortalId};
use serde_json::Value;

use super::reader;

/// Descriptions of a kind in the sample, as text by IRI.
async fn descriptions(kind: Kind) -> Vec<(String, String)> {
    let reader = reader().await;
    let at = reader.sequence().unwrap();
    let filter = Filter {
        kinds: vec![kind],
        portal: Some(PortalId::new("exemple").unwrap()),
        ..Filter::default()
    };
    let page = reader.page(&filter, Position::Offset(0), 100_000, at);
    let records = page.unwrap().records.into_iter();
    records
        .map(|record| {
            let body = reader.body(record.digest).unwrap();
            (record.iri, body)
        })
        .collect()
}

/// The text of a description by what its record is called in the sample.
async fn description(kind: Kind, list: &[Value], name: &str) -> String {
    let slug = |record: &&Value| [&record["slug"], &record["title"]].contains(&&Value::from(name));
    let record = list.iter().find(slug).unwrap();
    let key = record["id"].as_str().unwrap().to_owned();
    let all = descriptions(kind).await;
    let found = all
        .into_iter()
        .find(|(iri, _)| iri.ends_with(&format!("/{key}")));
    found.unwrap_or_else(|| panic!("{name} is not published")).1
}

pub(super) fn bundled() -> moisson::demo::udata::Records {
    SampleData::bundled().change(|records| records.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_is_published_but_for_what_is_hidden() {
    let all = bundled();
    for (kind, list, listed) in [
        (Kind::Dataset, &all.datasets, 116),
        (Kind::Service, &all.dataservices, 12),
        (Kind::Reuse, &all.reuses, 26),
        (Kind::Discussion, &all.discussions, 32),
        (Kind::Topic, &all.topics, 4),
        (Kind::Distribution, &all.community_resources, 9),
        // Datasets still name the one that was deleted.
        (Kind::Origin, &all.harvest_sources, 8),
    ] {
        // The services that datasets' OGC resources are of have no record in the list.
        let ids: BTreeSet<&str> = list
            .iter()
            .filter_map(|record| record["id"].as_str())
            .collect();
        let published = descriptions(kind).await;
        let of_list = |iri: &str| iri.rsplit('/').next().is_some_and(|key| ids.contains(key));
        let count = published.iter().filter(|(iri, _)| of_list(iri)).count();
        assert_eq!(count, listed, "{kind:?}");
    }
    let hidden: BTreeSet<&str> = [&all.datasets, &all.dataservices, &all.reuses, &all.topics]
        .into_iter()
        .flatten()
        .filter(|record| {
            record["private"] == true
                || ["archived", "deleted", "archived_at", "deleted_at"]
                    .iter()
                    .any(|key| record[key].is_string())
        })
        .map(|record| record["id"].as_str().unwrap())
        .collect();
    assert_eq!(hidden.len(), 3 + 3 + 2 + 1);
    for kind in [Kind::Dataset, Kind::Service, Kind::Reuse, Kind::Topic] {
        for (iri, _) in descriptions(kind).await {
            let key = iri.rsplit('/').next().unwrap();
            assert!(!hidden.contains(key), "{iri}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_private_person_is_named_by_a_discussion() {
    let all = bundled();
    let mut names = BTreeSet::new();
    for discussion in &all.discussions {
        let messages = discussion["discussion"].as_array().unwrap();
        let authors = messages.iter().map(|message| &message["posted_by"]);
        for person in authors.chain([&discussion["user"], &discussion["closed_by"]]) {
            for field in ["last_name", "slug", "id"] {
                names.extend(person[field].as_str().map(ToOwned::to_owned));
            }
        }
    }
    assert!(names.len() >= 30, "{names:?}");
    let found = descriptions(Kind::Discussion).await;
    for (iri, text) in &found {
        for name in &names {
            assert!(!text.contains(name.as_str()), "{iri} names {name}");
        }
    }
    // Organizations are named, and messages are there.
    let said = found
        .iter()
        .map(|(_, text)| text.matches("TextualBody").count());
    assert!(said.sum::<usize>() > 50);
    let by_organizations = found
        .iter()
        .filter(|(_, text)| text.contains("/organization/exemple/"));
    assert!(by_organizations.count() >= 15);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_belongs_together_is_linked() {
    let all = bundled();
    let dataset = |slug: &str| {
        let record = all.datasets.iter().find(|record| record["slug"] == slug);
        format!(
            "<https://moisson.example/dataset/exemple/{}>",
            record.unwrap()["id"].as_str().unwrap()
        )
    };
    let service = description(
        Kind::Service,
        &all.dataservices,
        "api-vigilance-et-observations",
    )
    .await;
    assert_eq!(service.matches("servesDataset").count(), 5, "{service}");
    assert!(service.contains(&dataset("vigilance-meteorologique")));
    let reuse = description(Kind::Reuse, &all.reuses, "ou-brancher").await;
    assert!(
        reuse.contains(&dataset("points-de-recharge-voltea"))
            && reuse.contains("/service/exemple/")
    );
    assert!(reuse.contains("/s/images/ou-brancher.svg"), "{reuse}");
    let topic = description(
        Kind::Topic,
        &all.topics,
        "adaptation-au-changement-climatique",
    )
    .await;
    assert_eq!(topic.matches("dcat#dataset>").count(), 48, "{topic}");
    let discussion = description(Kind::Discussion, &all.discussions, "Coordonnées inversées").await;
    assert!(discussion.contains(&dataset("fichier-consolide-des-bornes-de-recharge")));
    // Most harvested datasets say which of the harvested portals they came through.
    let origins: BTreeSet<String> = descriptions(Kind::Origin)
        .await
        .into_iter()
        .map(|(iri, _)| iri)
        .collect();
    let named = |text: &str| origins.iter().any(|iri| text.contains(iri.as_str()));
    let datasets = descriptions(Kind::Dataset).await;
    let came = datasets.iter().filter(|(_, text)| named(text)).count();
    assert!(came >= 18, "{came}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_deliberate_defect_of_the_other_lists_is_a_finding() {
    let all = bundled();
    let portal = PortalId::new("exemple").unwrap();
    let rows = reader().await.findings(Some(&portal), 10_000).unwrap();
    for (list, name, code, field) in [
        (
            &all.dataservices,
            "calendrier-des-marees-benevole",
            "iri-repaired",
            "base_api_url",
        ),
        (
            &all.dataservices,
            "service-de-moissonnage-oai-pmh-de-l-entrepot",
            "iri-invalid",
            "machine_documentation_url",
        ),
        (
            &all.dataservices,
            "places-libres-dans-les-parkings",
            "markup-found",
            "description",
        ),
        (
            &all.reuses,
            "detecteur-de-doublons-d-entreprises",
            "iri-invalid",
            "url",
        ),
        (&all.reuses, "carnet-du-randonneur", "iri-repaired", "url"),
        (&all.reuses, "prenoms-d-ici", "markup-found", "description"),
        (
            &all.discussions,
            "A",
            "missing-property",
            "discussion[0].content",
        ),
        (
            &all.discussions,
            "<script>alert(1)</script>",
            "markup-found",
            "discussion[0].content",
        ),
        (
            &all.topics,
            "ouvrir-les-donnees-de-sa-commune-par-ou-commencer",
            "value-unknown",
            "spatial.zones",
        ),
        (
            &all.topics,
            "mer-et-littoral",
            "missing-property",
            "dct:description",
        ),
        (
            &all.community_resources,
            "API JSON non officielle",
            "number-invalid",
            "filesize",
        ),
        (
            &all.community_resources,
            "Dictionnaire des variables (traduction anglaise)",
            "iri-repaired",
            "url",
        ),
        (
            &all.harvest_sources,
            "geonetwork-geoouest",
            "missing-property",
            "dct:description",
        ),
    ] {
        let is_named = |record: &&Value| record["slug"] == name || record["title"] == name;
        let record = list
            .iter()
            .find(is_named)
            .unwrap_or_else(|| panic!("no {name}"));
        let key = record["id"].as_str().unwrap();
        let found: Vec<(&str, &str)> = rows
            .iter()
            .filter(|row| row.record.ends_with(&format!("/{key}")))
            .map(|row| (row.code.as_str(), row.field.as_str()))
            .collect();
        let is_met = found
            .iter()
            .any(|(met, at)| *met == code && at.contains(field));
        assert!(is_met, "{name} has no {code} on {field}, but {found:?}");
    }
}
