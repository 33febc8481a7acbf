//! What holds for every page: nothing hostile comes through, and the same values give the same bytes.

mod samples;

use samples::{Sample, texts};

use super::*;
use crate::dcat::view::{AgentView, ContactView, DatasetView, DistributionView, Place, Texts};
use crate::finding::{Code, Finding};

/// Texts that a portal may send, each of which would run a script or load something if it came through.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--<script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](http://e.org/beacon.gif)",
    "<style>@import 'https://e.org/x.css'</style>",
    "<p style=\"background:url(https://e.org/x)\" class=x id=content>x</p>",
    "<base href=\"https://e.org/\"><meta http-equiv=refresh content=\"0;url=https://e.org/\">",
    "<form action=\"https://e.org/\"><input name=q></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://e.org/\"onclick=\"alert(1)",
    "https://e.org/<script>alert(1)</script>",
];

/// A dataset that has `text` wherever a text or an address can stand.
fn hostile(text: &str) -> (DatasetView, AgentView, ContactView) {
    let some = || Some(text.to_owned());
    let many = || vec![text.to_owned()];
    let said = || texts(&[("fr", text), (text, text)]);
    let place = Place {
        iri: some(),
        labels: many(),
        bbox: some(),
        geometry: some(),
        centroid: some(),
    };
    let distribution = DistributionView {
        iri: text.to_owned(),
        key: text.to_owned(),
        titles: said(),
        descriptions: said(),
        access_url: some(),
        download_url: some(),
        format: some(),
        media_type: some(),
        issued: some(),
        modified: some(),
        licences: many(),
        rights: many(),
        checksum: Some((text.to_owned(), text.to_owned())),
        conforms_to: many(),
        services: many(),
        ..DistributionView::default()
    };
    let dataset = DatasetView {
        iri: text.to_owned(),
        titles: said(),
        descriptions: said(),
        publisher: some(),
        keywords: many(),
        themes: many(),
        issued: some(),
        modified: some(),
        frequency: some(),
        licences: vec![text.to_owned(), "https://e.org/l".to_owned()],
        rights: vec![text.to_owned(), "r".to_owned()],
        access_rights: some(),
        languages: many(),
        spatial: vec![place],
        landing_pages: many(),
        pages: many(),
        identifiers: many(),
        conforms_to: many(),
        version: some(),
        distributions: vec![distribution],
        record: some(),
        ..DatasetView::default()
    };
    let agent = AgentView {
        iri: text.to_owned(),
        names: said(),
        description: said(),
        kind: some(),
        homepage: some(),
        page: some(),
        logo: some(),
        identifiers: many(),
    };
    let contact = ContactView {
        iri: text.to_owned(),
        names: said(),
        emails: many(),
        urls: many(),
        telephones: many(),
    };
    (dataset, agent, contact)
}

/// Every page, made of `text`.
fn pages_with(sample: &Sample, text: &str) -> Vec<(&'static str, String)> {
    let (dataset, agent, contact) = hostile(text);
    let mut page = sample.page(Language::Fr);
    page.iri = Some(text.to_owned());
    let named = Named {
        iri: text.to_owned(),
        names: dataset.titles.clone(),
    };
    let noticed = [Noticed {
        code: text,
        field: text,
        message: text,
        value: text,
    }];
    let provenance = Provenance {
        portal: Some(&named),
        source: Some(text),
        issued: Some(text),
        modified: Some(text),
    };
    let listed = [Listed::of(&dataset, Some(&agent))];
    let chips = [Chip {
        kind: Facet::Publisher,
        value: text.to_owned(),
        names: Texts::default(),
        remove: "/catalog".to_owned(),
    }];
    let counts = [(text.to_owned(), 1)];
    let triples = samples::triples(text);
    let page = || page.clone();
    let all = [
        (
            "dataset",
            super::dataset(&DatasetPage {
                page: page(),
                dataset: &dataset,
                publisher: Some(&agent),
                contacts: std::slice::from_ref(&contact),
                provenance,
                findings: &noticed,
            }),
        ),
        (
            "agent",
            super::agent(&AgentPage {
                page: page(),
                agent: &agent,
                datasets: &listed,
                total: 1,
                all: Some("/catalog"),
                provenance,
            }),
        ),
        (
            "contact",
            super::contact(&ContactPage {
                page: page(),
                contact: &contact,
                datasets: &listed,
                total: 1,
                all: None,
                provenance,
            }),
        ),
        (
            "portal",
            portal(&PortalPage {
                page: page(),
                portal: &named,
                descriptions: &dataset.descriptions,
                homepage: Some(text),
                counts: &counts,
                last_run: Some(LastRun {
                    ended: Some(text),
                    ..LastRun::default()
                }),
                datasets: &listed,
                total: 1,
                all: None,
            }),
        ),
        (
            "record",
            record(&RecordPage {
                page: page(),
                topic: &named,
                provenance,
                findings: &noticed,
            }),
        ),
        (
            "catalogue",
            catalogue(&CataloguePage {
                page: page(),
                datasets: &listed,
                total: 1,
                filters: &chips,
                clear: None,
                pager: Pager::default(),
            }),
        ),
        (
            "home",
            home(&HomePage {
                page: page(),
                descriptions: &dataset.descriptions,
                counts: &counts,
                portals: &[(named.clone(), 1)],
                latest: &listed,
            }),
        ),
        (
            "error",
            error(&ErrorPage {
                page: page(),
                problem: Problem::BadRequest(text),
            }),
        ),
        (
            "triples",
            super::triples(&TriplesPage {
                page: page(),
                subject: text,
                triples: &triples,
            }),
        ),
    ];
    all.into_iter()
        .map(|(name, html)| (name, html.unwrap()))
        .collect()
}

/// Every tag of a page as (name, attributes), as an HTML parser would see them.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || "=>/".contains(c))
                .unwrap_or(rest.len());
            let attribute = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').expect("an attribute is closed");
                quoted[..end].clone_into(&mut value);
                rest = &quoted[end + 1..];
            } else {
                assert!(
                    !rest.starts_with('='),
                    "an attribute without quotes: {attribute}"
                );
            }
            attributes.push((attribute, value));
        }
        // What stands in a script is not markup, up to its end tag.
        if name == "script" {
            let end = rest
                .to_ascii_lowercase()
                .find("</script")
                .expect("a script is closed");
            rest = &rest[end..];
        }
        tags.push((name, attributes));
    }
    tags
}

#[test]
fn nothing_hostile_comes_through_any_page() {
    let sample = Sample::new();
    // What pages are made of, learnt from an innocent text: attacks may add nothing to it.
    for attack in ATTACKS {
        for (name, html) in pages_with(&sample, attack) {
            for (tag, attributes) in tags(&html) {
                let of = |wanted: &str| {
                    attributes
                        .iter()
                        .find(|(key, _)| key == wanted)
                        .map(|(_, value)| value.as_str())
                };
                let known = [
                    "html", "head", "meta", "title", "link", "script", "body", "a", "header",
                    "div", "svg", "path", "span", "nav", "ul", "li", "ol", "main", "article",
                    "section", "aside", "footer", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl",
                    "dt", "dd", "details", "summary", "code", "small", "time", "table", "thead",
                    "tbody", "tr", "th", "td", "br", "img", "text", "circle", "strong", "em",
                    "form", "input", "button", "label", "doctype",
                ];
                assert!(
                    known.contains(&tag.as_str()),
                    "<{tag}> on {name} for {attack}"
                );
                if tag == "script" {
                    assert_eq!(
                        attributes,
                        [("type".to_owned(), "application/ld+json".to_owned())],
                        "{name}: {attack}"
                    );
                }
                if tag == "meta" {
                    assert_eq!(of("http-equiv"), None, "{name}: {attack}");
                }
                if tag == "form" {
                    assert_eq!(of("action"), Some("/search"), "{name}: {attack}");
                }
                for (key, value) in &attributes {
                    let place = format!("{key}={value} on {name} for {attack}");
                    assert!(
                        !key.starts_with("on") && key != "style" && key != "srcdoc",
                        "{place}"
                    );
                    let starts =
                        |schemes: &[&str]| schemes.iter().any(|scheme| value.starts_with(scheme));
                    match key.as_str() {
                        "href" if tag == "link" => {}
                        "href" => assert!(
                            starts(&["/", "#", "http://", "https://", "ftp://", "mailto:", "tel:"]),
                            "{place}"
                        ),
                        "src" => assert!(starts(&["https://"]), "{place}"),
                        "action" => assert_eq!(value, "/search", "{place}"),
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn json_ld_stays_json_whatever_the_texts() {
    let sample = Sample::new();
    for attack in ATTACKS {
        let (_, html) = pages_with(&sample, attack).remove(0);
        let block = html
            .split_once("application/ld+json\">")
            .unwrap()
            .1
            .split_once("</script>")
            .unwrap()
            .0;
        let value: serde_json::Value = serde_json::from_str(block).unwrap();
        assert_eq!(value["name"], *attack);
    }
}

#[test]
fn templates_leave_escaping_on() {
    for entry in ["src/web/templates", "src/web/templates/part"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(entry);
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                let text = std::fs::read_to_string(&path).unwrap();
                for forbidden in [
                    "|safe",
                    "| safe",
                    "autoescape",
                    " style=",
                    "<style",
                    "javascript:",
                ] {
                    assert!(
                        !text.contains(forbidden),
                        "{forbidden} in {}",
                        path.display()
                    );
                }
            }
        }
    }
}

#[test]
fn an_empty_dataset_has_a_page() {
    let sample = Sample::new();
    let html = dataset(&DatasetPage {
        page: Page::new(sample.site(), Language::En),
        dataset: &DatasetView::default(),
        publisher: None,
        contacts: &[],
        provenance: Provenance::default(),
        findings: &[],
    })
    .unwrap();
    assert!(html.contains("<h1>Untitled</h1>"), "{html}");
    assert!(html.contains("The source portal announces no file."));
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let sample = Sample::new();
    assert_eq!(sample.pages(), Sample::new().pages());
}

#[test]
fn a_page_speaks_its_language_and_marks_the_others() {
    let sample = Sample::new();
    let french = sample.dataset(Language::Fr);
    assert!(
        french.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"),
        "{}",
        &french[..200]
    );
    assert!(french.contains("1,3\u{a0}Mo"));
    assert!(french.contains("14 avril 2026"));
    assert!(french.contains("<span lang=\"en\">Etalab Open Licence V 2.0</span>"));
    assert!(
        french.contains(
            "<a href=\"/dataset/demo/d?lang=en\" lang=\"en\" hreflang=\"en\">English</a>"
        )
    );
    let english = sample.dataset(Language::En);
    assert!(english.contains("1.3\u{a0}MB"));
    assert!(english.contains("<h1><span lang=\"fr\">Trafic moyen"));
}

#[test]
fn many_distributions_are_folded_and_very_many_are_left_to_the_rdf() {
    let sample = Sample::new();
    let cards = |number: usize| {
        let dataset = sample.with_distributions(number);
        let html = sample.dataset_page(&dataset, Language::En);
        let (open, folded) = html
            .split_once("<details class=\"rest\"")
            .unwrap_or((&html, ""));
        let count = |part: &str| part.matches("class=\"card\"").count();
        (
            count(open),
            count(folded),
            html.contains("are only in the data of this page"),
        )
    };
    assert_eq!(cards(20), (20, 0, false));
    assert_eq!(cards(60), (20, 40, false));
    assert_eq!(cards(1_200), (20, 980, true));
}

#[test]
fn a_description_of_megabytes_is_cut_with_a_note() {
    let sample = Sample::new();
    let mut dataset = sample.dataset.clone();
    dataset.descriptions = texts(&[("fr", &"Une phrase **assez** longue. ".repeat(100_000))]);
    let html = sample.dataset_page(&dataset, Language::Fr);
    assert!(html.len() < 150_000, "{}", html.len());
    assert!(html.contains("Texte abrégé"));
    assert!(!sample.dataset(Language::Fr).contains("Texte abrégé"));
}

#[test]
fn links_that_cannot_be_followed_are_text() {
    let sample = Sample::new();
    let mut dataset = sample.with_distributions(1);
    dataset.distributions[0].download_url = Some("s3://bucket/fichier.csv".to_owned());
    dataset.distributions[0].access_url = Some("javascript:alert(1)".to_owned());
    let html = sample.dataset_page(&dataset, Language::En);
    assert!(html.contains("<code>s3://bucket/fichier.csv</code> (unusable address)"));
    assert!(!html.contains("href=\"s3:") && !html.contains("href=\"javascript:"));
}

#[test]
fn errors_say_what_happened_and_what_exists() {
    let sample = Sample::new();
    let page = |problem: Problem<'_>| {
        error(&ErrorPage {
            page: Page::new(sample.site(), Language::En),
            problem,
        })
        .unwrap()
    };
    let documents = Document::of_path("dataset/demo/d", &sample.base);
    let html = page(Problem::NotAcceptable(&documents));
    assert!(html.contains("href=\"/dataset/demo/d.ttl\"") && html.contains("application/ld+json"));
    assert!(page(Problem::Gone(Some("2026-11-02T10:00:00Z"))).contains("2 November 2026"));
    for (problem, status) in [
        (Problem::BadRequest("page: `x` is no number"), 400),
        (Problem::NotFound, 404),
        (Problem::Internal, 500),
        (Problem::Unavailable, 503),
    ] {
        assert_eq!(problem.status(), status);
        assert!(page(problem).contains(&format!("<p class=\"status\">{status}</p>")));
    }
}

#[test]
fn documents_of_the_page_are_one_click_away() {
    let html = Sample::new().dataset(Language::Fr);
    for extension in ["ttl", "jsonld", "rdf", "nt", "trig", "nq"] {
        let address = format!("href=\"/dataset/demo/d.{extension}\"");
        assert_eq!(html.matches(&address).count(), 2, "{extension}");
    }
}

#[test]
fn findings_are_shown_with_the_value_met() {
    let sample = Sample::new();
    let finding = Finding::new(
        Code::IriRepaired,
        "resources[2].url",
        "encoded",
        "https://e.org/a b",
    );
    let html = record(&RecordPage {
        page: sample.page(Language::Fr),
        topic: &Named::default(),
        provenance: Provenance::default(),
        findings: &[Noticed::from(&finding)],
    })
    .unwrap();
    assert!(html.contains("Adresse réparée") && html.contains("<code>https://e.org/a b</code>"));
}

#[test]
#[ignore = "writes the sample pages to a temporary folder, to be looked at"]
fn sample_pages_are_written() {
    let folder = std::env::temp_dir().join("moisson-pages");
    std::fs::create_dir_all(folder.join("assets")).unwrap();
    for name in ["style.css", "icon.svg"] {
        std::fs::write(folder.join("assets").join(name), asset(name).unwrap().1).unwrap();
    }
    for (name, html) in Sample::new().pages() {
        let html = html.replace("\"/assets/", "\"assets/");
        std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
}
