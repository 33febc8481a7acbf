//! What holds for every page: nothing hostile comes through, and the same values give the same bytes.

mod attacks;
mod facts;
mod hostile;
mod others;
pub(super) mod samples;

use oxigraph::model::{BlankNode, Literal, NamedNode, Triple};
use samples::{AUTHORITY, Sample, texts};

use super::*;
use crate::dcat::view::{DatasetView, QualityView};
use crate::finding::{Code, Finding};

/// A description with a blank node, literals of several kinds and links; `text` wherever one fits.
fn statements(text: &str) -> Vec<Triple> {
    let node = |iri: &str| NamedNode::new_unchecked(iri);
    let subject = node("https://donnees.example.org/service/demo/s");
    let dct = |name: &str| node(&format!("http://purl.org/dc/terms/{name}"));
    let blank = BlankNode::new_unchecked("c14n0");
    let date = node("http://www.w3.org/2001/XMLSchema#date");
    vec![
        Triple::new(
            subject.clone(),
            dct("title"),
            Literal::new_language_tagged_literal_unchecked(text, "fr"),
        ),
        Triple::new(
            subject.clone(),
            dct("title"),
            Literal::new_language_tagged_literal_unchecked("Traffic service", "en"),
        ),
        Triple::new(
            subject.clone(),
            dct("issued"),
            Literal::new_typed_literal("2026-04-14", date),
        ),
        Triple::new(
            subject.clone(),
            dct("license"),
            node(&format!("{AUTHORITY}/licence/CC_BY_4_0")),
        ),
        Triple::new(
            subject.clone(),
            node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            node("http://www.w3.org/ns/dcat#DataService"),
        ),
        Triple::new(
            subject.clone(),
            node("http://www.w3.org/ns/dcat#endpointURL"),
            node("https://api.example/trafic"),
        ),
        Triple::new(
            subject.clone(),
            dct("relation"),
            NamedNode::new_unchecked(text),
        ),
        Triple::new(subject, dct("rights"), blank.clone()),
        Triple::new(
            blank,
            node("http://www.w3.org/2000/01/rdf-schema#label"),
            Literal::new_simple_literal(text),
        ),
    ]
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
    let html = written(&DatasetPage {
        page: Page::new(sample.site(), Language::En),
        dataset: &DatasetView::default(),
        publisher: None,
        contacts: &[],
        provenance: Provenance::default(),
        findings: &[],
        related: Related::default(),
        quality: QualityView::default(),
        measured: std::collections::BTreeMap::new(),
        metrics: &[],
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
        french.get(..200).unwrap_or(&french)
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
        let (html, _) = html.split_once("id=\"community\"").unwrap();
        let (open, folded) = html
            .split_once("<details class=\"rest\"")
            .unwrap_or((html, ""));
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
        written(&ErrorPage {
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
    let html = page_of("dataset");
    assert!(html.contains("Adresse réparée"));
    assert!(html.contains("<code>resources[2].url</code>"));
    assert!(html.contains("<code>https://e.org/a b.csv</code>"));
}

fn page_of(name: &str) -> String {
    let pages = Sample::new().pages();
    pages.into_iter().find(|(page, _)| *page == name).unwrap().1
}

fn block_of(html: &str) -> serde_json::Value {
    let (_, block) = html
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    serde_json::from_str(block.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn a_dataset_shows_what_others_made_of_it() {
    let html = page_of("dataset");
    for shown in [
        ">API Comptages routiers</a>",
        "14\u{a0}réutilisations",
        "src=\"https://static.example/carte.png\"",
        "href=\"https://carte.example/trafic\"",
        "Voir toutes les 14\u{a0}réutilisations",
        "TMJA en GeoPackage",
        "Association des cartographes",
        "Section absente du fichier 2024",
        "<strong>A17</strong>",
        "2\u{a0}messages",
        "Répondre sur le portail</a>",
        "Voir la discussion sur le portail</a>",
        ">ouverte</span>",
        "href=\"/topic/demo/t\"",
        "href=\"/origin/demo/idg\"",
        "geo.valdaure.example/fiche/881",
        "href=\"https://doi.org/10.5281/zenodo.123456\"",
        "Entreprises et associations : accès sous condition",
        "schema.data.example/comptages (1.2.0)",
        "<dt>Gestionnaire</dt>",
        "à l’échelle du département",
        "csw-iso-19139",
        ">disponible</span>",
        ">injoignable</span>",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    let (own, community) = html.split_once("id=\"community\"").unwrap();
    assert!(!own.contains("GeoPackage") && community.contains("GeoPackage"));
}

#[test]
fn measurements_have_the_names_of_their_metrics() {
    let html = page_of("dataset");
    assert!(
        html.contains("value=\"0.78\">78\u{202f}%</meter>"),
        "{html}"
    );
    assert!(html.contains("Licence indiquée") && html.contains("12\u{202f}345"));
    assert!(html.contains("unheard-of"));
}

#[test]
fn every_kind_has_a_page_and_a_type_of_schema_org() {
    for (name, class, shown) in [
        (
            "service",
            "WebAPI",
            "https://api.mobilites.example/comptages/v2",
        ),
        (
            "service",
            "WebAPI",
            "50 requêtes par seconde et par adresse",
        ),
        ("reuse", "CreativeWork", "Visualisation"),
        ("topic", "DataCatalog", "Plans de circulation"),
        ("origin", "DataCatalog", "csw-iso-19139"),
        (
            "community",
            "DataDownload",
            "https://asso.example/tmja.gpkg",
        ),
        ("discussion", "DiscussionForumPosting", "id=\"m-m1\""),
    ] {
        let html = page_of(name);
        assert_eq!(block_of(&html)["@type"], class, "{name}");
        assert!(html.contains(shown), "{name}: {shown}");
        assert!(html.contains("href=\"/dataset/demo/d\""), "{name}");
    }
}

#[test]
fn a_private_person_is_somebody() {
    let html = page_of("discussion");
    assert_eq!(html.matches("Un usager du portail").count(), 1);
    assert!(html.contains(">Ministère des Mobilités et des Territoires</a>"));
}

#[test]
fn an_override_of_direction_turns_nothing_round() {
    let sample = Sample::new();
    let mut dataset = sample.dataset.clone();
    dataset.descriptions = texts(&[("fr", "avant \u{202e}après")]);
    let html = sample.dataset_page(&dataset, Language::Fr);
    assert!(html.contains("avant après") && !html.contains('\u{202e}'));
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
