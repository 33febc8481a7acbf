//! The sample portal's deliberate defects (`data/README.md`): each is a finding that names its field, and
//! what is published lacks nothing that DCAT-AP demands but what the source did not say.

mod announced;
mod contents;

use std::collections::{BTreeMap, BTreeSet};

use moisson::demo::udata::SampleData;
use moisson::ledger::{Filter, Position, Reader};
use moisson::rdf::lines;
use moisson::record::{Base, Kind, PortalId};
use oxigraph::model::{NamedOrBlankNode, Triple};

use crate::http::sample;
use crate::support::BASE;

/// A defect: the dataset's slug, the finding's code, its field.
const DEFECTS: &[(&str, &str, &str)] = &[
    (
        "releves-pluviometriques-vaux-le-moutier",
        "missing-property",
        "dct:title",
    ),
    (
        "frequentation-de-la-bibliotheque",
        "date-invalid",
        "temporal_coverage.start",
    ),
    (
        "frequentation-de-la-bibliotheque",
        "date-invalid",
        "temporal_coverage.end",
    ),
    (
        "comptage-des-passages-sur-la-passerelle",
        "period-reversed",
        "temporal_coverage",
    ),
    (
        "journal-des-marees-noires",
        "date-invalid",
        "harvest.created_at",
    ),
    ("journal-des-marees-noires", "date-invalid", "last_modified"),
    (
        "plans-de-prevention-des-risques",
        "iri-repaired",
        "resources[0].url",
    ),
    (
        "plans-de-prevention-des-risques",
        "iri-repaired",
        "harvest.remote_url",
    ),
    ("liste-des-commerces", "iri-invalid", "resources[0].url"),
    (
        "agenda-des-manifestations",
        "iri-invalid",
        "resources[0].url",
    ),
    (
        "cartographie-des-sentiers",
        "licence-unknown",
        "dct:license",
    ),
    ("annuaire-des-associations", "markup-found", "description"),
    (
        "zones-de-baignade-surveillee",
        "geometry-invalid",
        "spatial.geom",
    ),
    (
        "zone-de-mouillage-du-port",
        "geometry-invalid",
        "spatial.geom",
    ),
    (
        "emprise-de-la-reserve-naturelle",
        "geometry-invalid",
        "spatial.geom",
    ),
    (
        "registre-des-dossiers-d-urbanisme",
        "number-invalid",
        "resources[0].filesize",
    ),
    (
        "releve-des-compteurs-d-eau",
        "checksum-invalid",
        "resources[0].checksum",
    ),
    ("points-d-interet-touristiques", "text-cleaned", "tags"),
    (
        "releve-de-decisions-du-comite-syndical",
        "text-cleaned",
        "title",
    ),
    (
        "releve-de-decisions-du-comite-syndical",
        "text-cleaned",
        "description",
    ),
    ("carte-des-composteurs", "field-unreadable", ".url"),
    ("stations-de-gonflage-velo", "field-unreadable", ".title"),
    ("effectifs-des-colleges", "duplicate-identifier", ".url"),
    (
        "calendrier-des-lunaisons",
        "value-unknown",
        "dct:accrualPeriodicity",
    ),
    (
        "reseau-wifi-public",
        "identifier-invalid",
        "contact_points[0].email",
    ),
    (
        "reseau-wifi-public",
        "iri-invalid",
        "contact_points[0].contact_form",
    ),
    (
        "reseau-wifi-public",
        "value-unknown",
        "contact_points[0].role",
    ),
    ("reseau-wifi-public", "value-unknown", "spatial.zones"),
    (
        "limites-communales-pays-de-brevonne",
        "duplicate-identifier",
        "identity",
    ),
    (
        "limites-administratives-des-communes",
        "duplicate-identifier",
        "identity",
    ),
    (
        "budget-participatif-projets-et-votes",
        "missing-property",
        "dct:description",
    ),
];

/// The identifiers of the sample's datasets by their slugs.
fn identifiers() -> BTreeMap<String, String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    SampleData::bundled().change(|records| {
        let datasets = records.datasets.iter();
        datasets
            .map(|dataset| (text(&dataset["slug"]), text(&dataset["id"])))
            .collect()
    })
}

async fn reader() -> Reader {
    Reader::open(&sample().await, &Base::new(BASE).unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_deliberate_defect_is_a_finding() {
    let identifiers = identifiers();
    let portal = PortalId::new("exemple").unwrap();
    let rows = reader().await.findings(Some(&portal), 10_000).unwrap();
    for (slug, code, field) in DEFECTS {
        let key = &identifiers[*slug];
        let found: Vec<(&str, &str)> = rows
            .iter()
            .filter(|row| row.record.ends_with(&format!("/{key}")))
            .map(|row| (row.code.as_str(), row.field.as_str()))
            .collect();
        let met = found
            .iter()
            .any(|(found, at)| found == code && at.contains(field));
        assert!(met, "{slug} has no {code} on {field}, but {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_mandatory_is_missing_but_what_the_source_did_not_say() {
    let reader = reader().await;
    let at = reader.sequence().unwrap();
    let portal = PortalId::new("exemple").unwrap();
    let rows = reader.findings(Some(&portal), 10_000).unwrap();
    let violations: BTreeSet<(String, String)> = rows
        .iter()
        .filter(|row| {
            // Of an empty message DCAT-AP asks nothing.
            ["missing-property", "too-many-values", "wrong-range"].contains(&row.code.as_str())
                && !row.field.starts_with("discussion")
        })
        // What a message lacks is said of its field: no profile demands it.
        .filter(|row| !row.field.starts_with("discussion["))
        .map(|row| {
            (
                row.record.rsplit('/').next().unwrap_or_default().to_owned(),
                row.field.clone(),
            )
        })
        .collect();
    let terms = "http://purl.org/dc/terms/";
    let dcat = "http://www.w3.org/ns/dcat#";
    let foaf = "http://xmlns.com/foaf/0.1/";
    let demanded = [
        (
            format!("{dcat}Dataset"),
            vec![format!("{terms}title"), format!("{terms}description")],
        ),
        (
            format!("{dcat}Distribution"),
            vec![format!("{dcat}accessURL")],
        ),
        (format!("{foaf}Agent"), vec![format!("{foaf}name")]),
        (
            format!("{dcat}CatalogRecord"),
            vec![format!("{foaf}primaryTopic")],
        ),
        (
            format!("{dcat}DataService"),
            vec![format!("{terms}title"), format!("{dcat}endpointURL")],
        ),
        (
            format!("{dcat}Catalog"),
            vec![format!("{terms}title"), format!("{terms}description")],
        ),
    ];
    let (mut lacking, mut met) = (BTreeSet::new(), BTreeMap::new());
    for kind in [
        Kind::Dataset,
        Kind::Organization,
        Kind::Contact,
        Kind::Service,
        Kind::Distribution,
        Kind::Topic,
        Kind::Origin,
    ] {
        let filter = Filter {
            kinds: vec![kind],
            portal: Some(portal.clone()),
            ..Filter::default()
        };
        for record in reader
            .page(&filter, Position::Offset(0), 100_000, at)
            .unwrap()
            .records
        {
            let triples = lines::parse(&reader.body(record.digest).unwrap()).unwrap();
            for (class, properties) in &demanded {
                for subject in typed(&triples, class) {
                    *met.entry(class.clone()).or_insert(0) += 1;
                    for property in properties {
                        let stated = triples.iter().any(|triple| {
                            triple.subject == *subject && triple.predicate.as_str() == property
                        });
                        if !stated {
                            let key = record.iri.rsplit('/').next().unwrap_or_default().to_owned();
                            lacking.insert((key, property.replace(terms, "dct:")));
                        }
                    }
                }
            }
        }
    }
    assert!(
        met.len() == demanded.len() && met.values().all(|count| *count > 10),
        "{met:?}"
    );
    assert_eq!(lacking, violations);
    // A title and a description of datasets, the descriptions of a topic and of three harvested portals.
    assert_eq!(lacking.len(), 6);
}

/// The subjects of a class.
fn typed<'a>(triples: &'a [Triple], class: &str) -> Vec<&'a NamedOrBlankNode> {
    let of_class = triples.iter().filter(|triple| {
        triple.predicate.as_ref() == oxigraph::model::vocab::rdf::TYPE
            && triple.object.to_string() == format!("<{class}>")
    });
    of_class.map(|triple| &triple.subject).collect()
}
