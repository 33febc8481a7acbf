//! Nothing that a portal sends may run, load or lead anywhere but by a plain link.

use super::samples::{Sample, texts};
use super::*;
use crate::dcat::view::{AgentView, ContactView, DatasetView, DistributionView, Place, Texts};

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

/// Every page, made of `text`; the dataset's comes first.
fn pages_with(sample: &Sample, text: &str) -> Vec<(&'static str, String)> {
    let page = Page {
        iri: Some(text.to_owned()),
        ..sample.page(Language::Fr)
    };
    let mut pages = pages_of_records(&page, text);
    pages.extend(pages_of_lists(&page, text));
    pages
}

fn pages_of_records(page: &Page<'_>, text: &str) -> Vec<(&'static str, String)> {
    let (data, publisher, point) = hostile(text);
    let page = || page.clone();
    let named = Named {
        iri: text.to_owned(),
        names: data.titles.clone(),
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
    let listed = [Listed::of(&data, Some(&publisher))];
    let described = statements(text);
    let all = [
        (
            "dataset",
            dataset(&DatasetPage {
                page: page(),
                dataset: &data,
                publisher: Some(&publisher),
                contacts: std::slice::from_ref(&point),
                provenance,
                findings: &noticed,
            }),
        ),
        (
            "agent",
            agent(&AgentPage {
                page: page(),
                agent: &publisher,
                datasets: &listed,
                total: 1,
                all: Some("/catalog"),
                provenance,
            }),
        ),
        (
            "contact",
            contact(&ContactPage {
                page: page(),
                contact: &point,
                datasets: &listed,
                total: 1,
                all: None,
                provenance,
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
            "triples",
            triples(&TriplesPage {
                page: page(),
                subject: text,
                triples: &described,
            }),
        ),
    ];
    all.map(|(name, html)| (name, html.unwrap())).into()
}

fn pages_of_lists(page: &Page<'_>, text: &str) -> Vec<(&'static str, String)> {
    let (data, publisher, _) = hostile(text);
    let page = || page.clone();
    let named = Named {
        iri: text.to_owned(),
        names: data.titles.clone(),
    };
    let listed = [Listed::of(&data, Some(&publisher))];
    let chips = [Chip {
        kind: Facet::Publisher,
        value: text.to_owned(),
        names: Texts::default(),
        remove: "/catalog".to_owned(),
    }];
    let counts = [(text.to_owned(), 1)];
    let all = [
        (
            "portal",
            portal(&PortalPage {
                page: page(),
                portal: &named,
                descriptions: &data.descriptions,
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
                descriptions: &data.descriptions,
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
    ];
    all.map(|(name, html)| (name, html.unwrap())).into()
}

/// Every tag of a page as (name, attributes), as an HTML parser would see them.
#[expect(
    clippy::string_slice,
    reason = "cut where an ASCII character was found"
)]
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
