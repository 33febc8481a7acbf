//! Who asked for a language keeps it, and what lists and pages lead to.

use super::{BASE, BROWSER, DATASET, TestApp};

/// The addresses of the links of a page.
fn links(html: &str) -> Vec<String> {
    let tags = html
        .split("<a ")
        .skip(1)
        .filter_map(|tag| tag.split_once('>'));
    let addresses = tags.filter_map(|(tag, _)| tag.split_once("href=\"")?.1.split_once('"'));
    addresses
        .map(|(address, _)| address.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_of_a_page_keeps_the_language_that_was_asked_for() {
    let app = TestApp::sample().await;
    for path in [
        "",
        "catalog",
        "list/organization",
        &format!("{DATASET}.html"),
        "status",
        "nowhere",
    ] {
        let html = app.get_as(&format!("{path}?lang=en"), BROWSER).await.text();
        let own = links(&html).into_iter().filter(|link| {
            let path = link.split(['?', '#']).next().unwrap();
            let file = path.rsplit('/').next().unwrap();
            (path.starts_with('/') || path.starts_with(BASE))
                && file.split_once('.').is_none_or(|(_, end)| end == "html")
        });
        let own: Vec<String> = own.collect();
        assert!(own.len() > 3, "{path}: {own:?}");
        for link in own {
            assert!(link.contains("lang="), "{path}: {link}");
        }
        let plain = app.get_as(path, BROWSER).await.text();
        // The switch alone.
        let said = links(&plain)
            .iter()
            .filter(|link| link.contains("lang="))
            .count();
        assert!(said <= 2, "{path}");
    }
    let feed = app.get("catalog.ttl").await.ok().text();
    let at: String = feed
        .split("at=")
        .nth(1)
        .unwrap()
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let path = format!("catalog?lang=en&at={at}&page_size=1");
    let asked = app.get_as(&path, BROWSER).await.ok().text();
    let switch = links(&asked)
        .into_iter()
        .find(|link| link.contains("lang=fr"))
        .unwrap();
    assert!(
        switch.contains(&format!("at={at}")) && switch.contains("page_size=1"),
        "{switch}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_of_what_nobody_knows_are_refused() {
    let app = TestApp::sample().await;
    for name in ["publisher", "about", "uses"] {
        let message = app
            .get_as(&format!("list/dataset?{name}=typo"), "text/turtle")
            .await
            .refused(400);
        assert!(
            message.contains(&format!("`{name}`: `typo` is the IRI of no")),
            "{message}"
        );
    }
    app.get(&format!("list/reuse?about={BASE}{DATASET}"))
        .await
        .ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_leads_to_its_catalogue_record_and_to_the_named_graphs() {
    let app = TestApp::sample().await;
    let html = app
        .get_as(&format!("{DATASET}.html"), BROWSER)
        .await
        .ok()
        .text();
    let links = links(&html);
    for graph in ["origin", "quality", "provenance"] {
        assert!(links.contains(&format!("/graph/{graph}")), "{graph}");
    }
    let record = DATASET.replace("dataset/", "record/");
    assert!(links.contains(&format!("/{record}")), "{links:?}");
    let answer = app.get_as(&record, BROWSER).await;
    assert_eq!(answer.location(), format!("{record}.html"));
    let page = app
        .get_as(&format!("{record}.html"), BROWSER)
        .await
        .ok()
        .text();
    assert!(
        page.contains("CatalogRecord") && page.contains("foaf:primaryTopic"),
        "{page}"
    );
    assert!(
        page.contains("dct:modified") && !page.contains("dcat:distribution"),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_publishes_the_catalogue_alone_is_no_organization_of_it() {
    let app = TestApp::sample().await;
    let list = app.get("list/organization.json").await.ok().text();
    assert!(
        list.contains("/organization/exemple/") && !list.contains("/organization/_/"),
        "{list}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_well_known_address_leads_to_the_catalogue() {
    let app = TestApp::sample().await;
    assert_eq!(app.get(".well-known/void").await.location(), "catalog");
}
