//! The text index: what it finds, that following changes is as good as making it anew, and that a damaged one
//! is never asked.

mod changes;
mod found;
mod hostile;
mod measure;
mod places;
mod service;

use std::sync::{Arc, Mutex};

use moisson::config::PortalKind;
use moisson::harvest::Scope;
use moisson::publish::Snapshot;
use moisson::search::{Answer, Index, Matching, Request, Text};

use crate::support::Farm;

const PREFIXES: &str =
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://e.org/o/ville> a foaf:Organization ; foaf:name \"Ville de Saint-Étienne\"@fr .
";

/// Key, and what is said of the dataset in Turtle.
const DATASETS: &[(&str, &str)] = &[
    (
        "air",
        "dct:title \"Qualité de l'air à Lyon\"@fr ; dct:description \"Mesures horaires des stations fixes.\"@fr ; dcat:keyword \"pollution\"@fr",
    ),
    (
        "aires",
        "dct:title \"Aires de covoiturage\"@fr ; dct:publisher <https://e.org/o/ville>",
    ),
    (
        "eau",
        "dct:title \"Données sur les eaux de baignade\"@fr ; dct:modified \"2024-05-01\"^^xsd:date",
    ),
    (
        "bus",
        "dct:title \"Arrêts de bus au format GTFS\"@fr ; dct:modified \"2025-05-01\"^^xsd:date",
    ),
    ("plu", "dct:title \"Plan local d'urbanisme de Brest\"@fr"),
    ("zones", "dct:title \"PLU numérisé\"@fr"),
    (
        "lines",
        "dct:title \"Broadband connections by municipality\"@en",
    ),
    (
        "plain",
        "dct:title \"Registre des arbres remarquables\" ; dct:temporal [ a dct:PeriodOfTime ; dcat:startDate \"2019\"^^xsd:gYear ; dcat:endDate \"2021\"^^xsd:gYear ]",
    ),
    ("german", "dct:title \"Häuser und Straßen\"@de"),
    (
        "fiji",
        "dct:title \"Reefs\"@en ; dct:spatial [ a dct:Location ; dcat:bbox \"POLYGON((177 -21,182 -21,182 -12,177 -12,177 -21))\"^^geo:wktLiteral ]",
    ),
    (
        "paris",
        "dct:title \"Vélos\"@fr ; dct:spatial [ a dct:Location ; dcat:bbox \"POLYGON((2.2 48.8,2.5 48.8,2.5 48.9,2.2 48.9,2.2 48.8))\"^^geo:wktLiteral ]",
    ),
    (
        "lyon",
        "dct:title \"Vélos\"@fr ; dct:spatial [ a dct:Location ; dcat:bbox \"POLYGON((4.8 45.7,4.9 45.7,4.9 45.8,4.8 45.8,4.8 45.7))\"^^geo:wktLiteral ]",
    ),
];

/// A portal whose feed can be changed.
struct Portal {
    farm: Farm,
    feed: Arc<Mutex<String>>,
}

/// A feed of datasets.
fn turtle(datasets: &[(&str, &str)]) -> String {
    let described = datasets.iter().map(|(key, said)| {
        let part = format!("<https://e.org/d/{key}#part>");
        format!(
            "<https://e.org/d/{key}> a dcat:Dataset ; dct:identifier \"{key}\" ; {said} ; dcat:distribution {part} .
             {part} a dcat:Distribution ; dcat:accessURL <https://e.org/f/{key}> .\n"
        )
    });
    format!("{PREFIXES}{}", described.collect::<String>())
}

impl Portal {
    async fn new() -> Self {
        let feed = Arc::new(Mutex::new(turtle(DATASETS)));
        let text = Arc::clone(&feed);
        let answer = axum::routing::get(move || async move {
            (
                [("content-type", "text/turtle")],
                text.lock().unwrap().clone(),
            )
        });
        let routes = axum::Router::new().route("/flux", answer);
        let portal = Self {
            farm: Farm::of_kind(PortalKind::Dcat, "/flux", routes).await,
            feed,
        };
        portal.harvest().await;
        portal
    }

    async fn harvest(&self) {
        self.farm.sleep(3_600);
        self.farm.harvest(Scope::Full).await;
        self.farm.publish();
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot::current(&self.farm.layout()).unwrap().unwrap()
    }

    fn index(&self) -> Index {
        self.snapshot().index().unwrap()
    }
}

fn text(matching: Matching, text: &str) -> Request {
    Request {
        texts: vec![Text {
            text: text.to_owned(),
            matching,
        }],
        ..Request::default()
    }
}

/// The titles of what was found, sorted.
fn titles(answer: &Answer) -> Vec<String> {
    let mut titles: Vec<String> = answer
        .hits
        .iter()
        .flat_map(|hit| hit.titles.iter().map(|title| title.text.clone()))
        .collect();
    titles.sort_unstable();
    titles
}
