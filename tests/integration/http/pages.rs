//! The pages: their language, and what a browser sees when something is wrong.

use axum::http::StatusCode;

use super::{BASE, BROWSER, DATASET, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_in_the_language_that_is_asked_for() {
    let app = TestApp::sample().await;
    for path in [
        "",
        "catalog.html",
        &format!("{DATASET}.html"),
        "portal/exemple.html",
    ] {
        for (query, header, expected) in [
            ("", "", "fr"),
            ("", "en-GB,en;q=0.9,fr;q=0.5", "en"),
            ("", "de,fr;q=0.2,en;q=0.1", "fr"),
            ("", "de", "fr"),
            ("?lang=en", "fr", "en"),
            ("?lang=fr", "en", "fr"),
            ("?lang=xx", "en", "en"),
        ] {
            let headers = [("accept", BROWSER), ("accept-language", header)];
            let page = app.get_with(&format!("{path}{query}"), &headers).await.ok();
            assert_eq!(
                page.header("content-language"),
                expected,
                "{path}{query} {header}"
            );
            assert!(page.listed("vary").contains("accept-language"));
            assert!(
                page.text().contains(&format!("<html lang=\"{expected}\"")),
                "{path}{query}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rdf_does_not_depend_on_the_language_of_the_client() {
    let app = TestApp::sample().await;
    let path = format!("{DATASET}.ttl");
    let english = app.get_with(&path, &[("accept-language", "en")]).await.ok();
    let french = app.get_with(&path, &[("accept-language", "fr")]).await.ok();
    assert_eq!(english.body, french.body);
    assert!(!english.listed("vary").contains("accept-language"));
}

#[tokio::test(flavor = "multi_thread")]
async fn browsers_get_a_page_for_an_error_and_programs_a_line() {
    let app = TestApp::sample().await;
    for (path, status) in [
        ("nowhere", 404),
        ("dataset/exemple/inconnu", 404),
        ("dataset/exemple/inconnu.ttl", 404),
        ("catalog?page=0", 400),
        ("catalog?colour=blue", 400),
        ("catalog?page=x", 400),
        ("resolve?uri=https://nowhere.example/", 404),
        ("dataset/exemple/%ff", 400),
    ] {
        for (language, heading) in [("fr", "<html lang=\"fr\""), ("en", "<html lang=\"en\"")] {
            let headers = [("accept", BROWSER), ("accept-language", language)];
            let page = app.get_with(path, &headers).await;
            assert_eq!(
                page.header("content-type"),
                "text/html; charset=utf-8",
                "{path}"
            );
            assert!(page.listed("vary").contains("accept"), "{path}");
            let text = page.refused(status);
            assert!(text.contains(heading), "{path}");
        }
        let line = app.get_as(path, "text/turtle").await;
        assert_eq!(
            line.header("content-type"),
            "text/plain; charset=utf-8",
            "{path}"
        );
        assert!(line.refused(status).lines().count() <= 2, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_embed_schema_org_and_run_no_script_of_portals() {
    let app = TestApp::sample().await;
    for iri in app.datasets().await {
        let page = app.get(&format!("{iri}.html")).await;
        assert_eq!(page.status, StatusCode::OK, "{iri}");
        let text = page.text();
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{policy}"
        );
        let start = "<script type=\"application/ld+json\">";
        let embedded = text
            .split(start)
            .nth(1)
            .and_then(|rest| rest.split("</script>").next());
        let embedded: serde_json::Value = serde_json::from_str(embedded.unwrap()).unwrap();
        assert!(embedded.to_string().contains("Dataset"), "{iri}");
        let rest = text.replace(start, "");
        for danger in ["javascript:", "onerror=", "<iframe", "<script>alert"] {
            let shown: Vec<&str> = rest
                .match_indices(danger)
                .map(|(at, _)| &rest[at.saturating_sub(30)..at])
                .collect();
            // As text of a description it is harmless; in a tag it is not.
            let in_tag = shown
                .iter()
                .any(|before| before.ends_with("href=\"") || danger.starts_with('<'));
            assert!(!in_tag, "{iri}: {danger} {shown:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_records_of_a_kind_are_listed_page_by_page() {
    let app = TestApp::sample().await;
    let page = app.get("list/organization").await.ok();
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let home = app.get_as("", BROWSER).await.ok();
    assert!(
        home.text()
            .contains("/list/organization\">organisations</a>")
    );
    assert!(page.text().contains("href=\"/organization/exemple/"));
    let portal = app.get("portal/exemple.html").await.ok();
    assert!(portal.text().contains("/list/reuse?portal=exemple\">"));
    let nobody = format!("list/dataset?publisher={BASE}organization/exemple/none");
    let refused = app.get_as(&nobody, BROWSER).await;
    assert_eq!(refused.status.as_u16(), 400, "{}", refused.text());
    for page in [900, u64::MAX] {
        let path = format!("list/organization?page={page}");
        assert_eq!(app.get(&path).await.status.as_u16(), 404, "{path}");
    }
    for (path, status) in [
        ("list/portal", 404),
        ("list/nothing", 404),
        ("list/dataset?colour=blue", 400),
        ("list/dataset?portal=a/b", 400),
        ("list/dataset?page=x", 400),
        ("list/dataset?of=https://e.org/unknown", 404),
    ] {
        assert_eq!(app.get(path).await.status.as_u16(), status, "{path}");
    }
}

/// The addresses on a page that start with `prefix`, in their order, each once.
fn addresses(html: &str, prefix: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in html.split("href=\"/").skip(1) {
        let address = part.split('"').next().unwrap_or_default().to_owned();
        if address.starts_with(prefix) && !found.contains(&address) {
            found.push(address);
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_record_has_a_page_that_leads_on() {
    let app = TestApp::sample().await;
    for (kind, class, leads_to) in [
        ("service", "WebAPI", "dataset/"),
        ("reuse", "CreativeWork", "dataset/"),
        ("discussion", "DiscussionForumPosting", ""),
        ("topic", "DataCatalog", "dataset/"),
        ("origin", "DataCatalog", "dataset/"),
        ("distribution", "DataDownload", "dataset/"),
    ] {
        let list = app.get(&format!("list/{kind}")).await.ok();
        let records = addresses(&list.text(), &format!("{kind}/"));
        assert!(!records.is_empty(), "{kind}");
        let mut leading = 0;
        for record in &records {
            let page = app.get(&format!("{record}.html")).await.ok();
            let html = page.text();
            assert!(html.contains(&format!("\"@type\":\"{class}\"")), "{record}");
            assert!(html.contains(&format!("/{record}.ttl\"")), "{record}");
            leading += usize::from(!addresses(&html, leads_to).is_empty());
        }
        assert!(leading > 0, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_shows_what_is_about_its_record_and_the_way_back() {
    let app = TestApp::sample().await;
    for kind in [
        "reuse",
        "service",
        "discussion",
        "topic",
        "distribution",
        "origin",
    ] {
        let list = app.get(&format!("list/{kind}")).await.ok();
        let mut pairs = 0;
        for record in addresses(&list.text(), &format!("{kind}/")) {
            let page = app.get(&format!("{record}.html")).await.ok();
            for dataset in addresses(&page.text(), "dataset/") {
                let other = app.get(&format!("{dataset}.html")).await.ok();
                let back = format!("href=\"/{record}\"");
                assert!(other.text().contains(&back), "{dataset} → {record}");
                pairs += 1;
            }
        }
        assert!(pairs > 0, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_other_language_of_a_page_is_one_click_away_and_stays_over_pages() {
    let app = TestApp::sample().await;
    for (path, next) in [
        ("catalog.html?lang=en", ""),
        ("list/dataset?lang=en", "/list/dataset?page=2&amp;lang=en"),
    ] {
        let html = app.get_as(path, BROWSER).await.ok().text();
        let switch = html.split("hreflang=\"fr\" href=\"").nth(1).unwrap();
        let address = switch
            .split('"')
            .next()
            .unwrap()
            .replace("&amp;", "&")
            .replace("&#38;", "&");
        let other = app
            .get_as(address.strip_prefix(BASE).unwrap(), BROWSER)
            .await
            .ok();
        assert!(other.text().contains("<html lang=\"fr\""), "{address}");
        assert!(html.replace("&#38;", "&amp;").contains(next), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_findings_say_is_in_the_language_of_the_page_and_names_records() {
    let app = TestApp::sample().await;
    let twice = "dataset/exemple/5a9414b3158fc9e9269d97a6.html";
    for (lang, before, after) in [
        (
            "fr",
            "<small>le portail l’a deux fois, aussi comme <a href=\"/dataset/exemple/603f620f07e61c2172339b9a?lang=fr\"",
            "</a> : cela ne prouve rien",
        ),
        (
            "en",
            "<small>the portal has it twice, also as <a href=\"/dataset/exemple/603f620f07e61c2172339b9a?lang=en\"",
            "</a>: it proves nothing",
        ),
    ] {
        let html = app.get(&format!("{twice}?lang={lang}")).await.ok().text();
        assert!(html.contains(before), "{before}");
        assert!(html.contains(after), "{after}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_harvest_shows_records_by_their_titles_and_findings_by_their_labels() {
    let app = TestApp::sample().await;
    let runs = app.get("harvest/exemple.json").await.ok();
    let runs: serde_json::Value = serde_json::from_slice(&runs.body).unwrap();
    let path = format!("harvest/exemple/{}.html?lang=fr", runs[0]["id"]);
    let html = app.get(&path).await.ok().text();
    assert!(html.contains(&format!(
        "<a href=\"/{DATASET}?lang=fr\">Comptes nationaux trimestriels</a>"
    )));
    assert!(html.contains("<dt>Date illisible <code>date-invalid</code></dt>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_in_another_language_shows_its_tag() {
    let app = TestApp::sample().await;
    for (lang, shown) in [("en", true), ("fr", false)] {
        let html = app
            .get(&format!("{DATASET}.html?lang={lang}"))
            .await
            .ok()
            .text();
        let title = html
            .split("<h1>")
            .nth(1)
            .unwrap()
            .split("</h1>")
            .next()
            .unwrap();
        assert_eq!(title.contains(">fr</small>"), shown, "{title}");
        assert_eq!(title.contains("<span lang=\"fr\">"), shown, "{title}");
    }
}
