//! Small feeds that others found to be read wrongly, where they are at hand: what must come out of each.
//!
//! A row is a file, what the catalogue must say and what it must not, as parts of lines of N-Triples.

use std::fmt::Write as _;

use moisson::config::PortalKind;
use moisson::dcat::derive;
use moisson::harvest::{describe, settle};
use moisson::source;
use moisson::vocabulary::Vocabularies;

use crate::support::{shared, with_recipe};

/// A file, what is said of it, and what is not.
type Row = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

/// What the catalogue says.
const CATALOGUE: &[Row] = &[
    (
        "dcat/agents.ttl",
        &[
            "ns/locn#postName> \"Townville\"",
            "vcard/ns#hasValue> <tel:+33100000000>",
            "vcard/ns#hasEmail> <mailto:desk@town.example>",
            "foaf/0.1/homepage> <http://town.example/>",
            "<http://e.example/ptype> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Local authority\"@en",
            "<http://e.example/std> <http://purl.org/dc/terms/title> \"Standard S\"@en",
            "<http://e.example/theme/roads> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Roads\"@en",
            "<http://e.example/themes> <http://purl.org/dc/terms/title> \"Themes\"@en",
            "<http://e.example/act> <http://www.w3.org/2000/01/rdf-schema#label> \"Survey\"@en",
            "<http://e.example/law> <http://www.w3.org/2000/01/rdf-schema#label> \"legal basis\"@en",
            "corporate-body/EEA> <http://xmlns.com/foaf/0.1/name>",
            "inXSDDate> \"2020-01-01\"",
            "\"POINT(1 2)\"",
            "authority/licence/CC_BY_4_0>",
            "authority/file-type/CSV>",
        ],
        &["<http://e.example/geom>"],
    ),
    (
        "dcat/cats.ttl",
        &[
            "hasPart> <http://other.example/catalog>",
            "dcat#catalog> <http://far.example/cat>",
            "dcat#service> <http://remote.example/svc>",
            "dcat#dataset> <http://remote.example/9>",
            "dcat#dataset> <http://remote.example/8>",
            "dcat#record> <http://c.example/rec3>",
            "dcat#catalog> <https://donnees.example.org/topic/",
            "isPartOf> <https://donnees.example.org/topic/",
        ],
        &[],
    ),
    (
        "dcat/catalogue-of-links.rdf",
        &["dcat#dataset> <http://127.0.0.1:23117/lod1.ttl>"],
        &[],
    ),
    (
        "dcat/dcat-record-merge.ttl",
        &[
            "<http://p.example/rec/1> <http://purl.org/dc/terms/modified> \"2025-05-16\"",
            "terms/source> <http://p.example/rec/1>",
        ],
        &[
            "\"r1\"",
            "ISO 19115-3",
            "conformsTo> <http://data.europa.eu/930/>",
        ],
    ),
    (
        "dcat/dcat-agent-org-name.ttl",
        &["vcard/ns#fn> \"Odema\"@fr", "foaf/0.1/name> \"Odema\"@fr"],
        &["@fre"],
    ),
    (
        "dcat/dcat-contact.ttl",
        &["<mailto:hello@p.example>", "<https://p.example/contact>"],
        &["mailto:%20"],
    ),
    (
        "dcat/dcat-lang-fre.ttl",
        &["\"Titre\"@fr", "\"Title\"@en", "\"eau\"@fr"],
        &["@fre", "@eng"],
    ),
    (
        "dcat/dcat-old-terms.ttl",
        &[
            "terms/description> \"Résumé\"@fr",
            "dcat#startDate> \"2016-01-01\"",
            "dcat#endDate> \"2016-12-05\"",
            "dcat#version> \"1.0\"",
            "frequency/AS_NEEDED>",
            "\"POLYGON((3 44,3 45,4 45,4 44,3 44))\"",
        ],
        &[],
    ),
    (
        "dcat/dcat-themes.ttl",
        &[
            "dcat#keyword> \"Mobilier urbain\"@fr",
            "<http://p.example/theme/hy> <http://www.w3.org/2004/02/skos/core#prefLabel> \"Hydrographie\"@fr",
            "dcat#theme> <http://inspire.ec.europa.eu/theme/hy>",
            "dcat#theme> <http://inspire.ec.europa.eu/theme/sd>",
            "data-theme/HEAL>",
        ],
        &[],
    ),
    (
        "dcat/embed.ttl",
        &[
            "access-right/PUBLIC>",
            "country/FRA>",
            "rights> <http://creativecommons.org/licenses/by/4.0/>",
        ],
        &[],
    ),
    (
        "dcat/dates.ttl",
        &[
            "issued> \"2021-04-14T11:15:00\"^^",
            "issued> \"2020-11-17\"^^",
            "issued> \"2021-04-14T11:15:10Z\"^^",
            "issued> \"2021-04-14T11:15:10.123456+02:00\"^^",
            "issued> \"2021-04-15T00:00:00\"^^",
            "issued> \"2020-12-25\"^^",
        ],
        &["2009", "\"0001-", "1618391710"],
    ),
    (
        "misc/a23-tz.ttl",
        &[
            "issued> \"2024-05-01T10:00:00\"^^",
            "dcat#startDate> \"2019-01-01\"",
            "dcat#endDate> \"2019-12-31T00:00:00\"^^",
            "modified> \"2024-05-02T00:00:00Z\"",
        ],
        &["0000-00-00", "1714550400"],
    ),
    (
        "dcat/text.ttl",
        &[
            "relation> <http://e.example/rel>",
            "isReferencedBy> <https://doi.org/10.1/2>",
            "access-right/PUBLIC>",
            "notation> \"10.5281/zenodo.1234\"",
            "identifier> \"http://e.example/id/1\"",
            "<mailto:a@b.example>",
            "accessService> <http://e.example/svc>",
            "distribution-status/COMPLETED>",
            "\"10\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
            "\"P1D\"^^<http://www.w3.org/2001/XMLSchema#duration>",
            "foaf/0.1/name> \"Ville de X\"",
        ],
        &["foaf/0.1/name> \"http"],
    ),
    (
        "dcat/pod1.json",
        &[
            "title> \"Public Domain\"",
            "licence/CC0>",
            "title> \"GTFS 2.0\"",
            "label> \"a note\"",
            "landingPage> <http://www.pod.example/x>",
            "isPartOf> <https://donnees.example.org/dataset/",
            "<mailto:a@b.example>",
        ],
        &["see%20manual", "a%20note"],
    ),
    (
        "dcat/lic.json",
        &[
            "title> \"<p>Terms of use apply</p>\"",
            "title> \"<a href='http://x.example/terms'>Terms</a>\"",
            "licence/CC0>",
        ],
        &["%3C"],
    ),
    (
        "dcat/dcat-licence-html.json",
        &[
            "licence-ouverte-open-licence/</div>\"",
            "2022-07-29T10:07:13.000Z",
        ],
        &["%3C"],
    ),
    (
        "dcat/dcat-empty-strings.json",
        &[
            "accessURL> <https://d.example/1.csv>",
            "<mailto:contact@org.example>",
        ],
        &["\"\""],
    ),
    (
        "misc/a1-bbox-array.jsonld",
        &["\"POLYGON((-1.25 44.5,0.75 44.5,0.75 45.6,-1.25 45.6,-1.25 44.5))\""],
        &["XMLSchema#double"],
    ),
    (
        "misc/a1b-data.json",
        &[
            "\"type\\\":\\\"Polygon\\\"",
            "dcat#startDate> \"2019-03-01\"",
        ],
        &["schema#coordinates"],
    ),
    (
        "misc/a30-ogc.rdf",
        &[
            "geometry> \"POLYGON((4.446 45.542,4.446 46.013,4.756 46.013,4.756 45.542,4.446 45.542))\"",
            "<http://www.opengis.net/def/crs/EPSG/0/2154> POLYGON",
            "bbox> \"POLYGON((4.4 45.5,4.7 45.5,4.7 46,4.4 46,4.4 45.5))\"",
        ],
        &["\"Lyon\"", "> \"POLYGON((420000"],
    ),
    (
        "misc/a7-format-bnode.rdf",
        &["file-type/RDF_XML>", "file-type/SHP>", "file-type/GEOJSON>"],
        &[],
    ),
    (
        "misc/a20d-ctrl.rdf",
        &["title> \"Avant ü é\"", "title> \"Deux\""],
        &["\\u001A"],
    ),
    (
        "misc/a20c-ctrl.ttl",
        &["title> \"Avantapres\""],
        &["\\u0001"],
    ),
    (
        "misc/a21b-vcard-two.ttl",
        &["<mailto:b@exemple.example>", "<tel:+33155555555>"],
        &["mailto:a@exemple.example;", "pas d'adresse"],
    ),
    (
        "dcat/old.ttl",
        &[
            "dcat#startDate> \"2020-01-01\"",
            "licence/IODL_2_0>",
            "licence/ODC_BY>",
            "language/ITA>",
            "country/DEU>",
            "data-theme/ENER>",
        ],
        &[],
    ),
];

/// What a document becomes: lines of the catalogue with what is stated of others, and findings.
fn read(kind: PortalKind, body: &[u8]) -> (String, String) {
    let (mut lines, mut findings) = (String::new(), String::new());
    let split = (source::of(kind).split)(body, None).unwrap();
    with_recipe(kind, |recipe| {
        let records = split.records.iter();
        let mut described: Vec<_> = records
            .filter_map(|record| describe(recipe, record.collection, &record.payload).ok())
            .collect();
        let mut together: Vec<_> = described.iter_mut().collect();
        settle(&mut together, recipe);
        for one in &described {
            for finding in &one.findings {
                writeln!(
                    findings,
                    "{}: {} ({})",
                    finding.field, finding.message, finding.value
                )
                .unwrap();
            }
            for part in &one.parts {
                let graph = &part.graph;
                let stated = derive(graph.triples(), graph.origin(), Vocabularies::builtin());
                for triple in graph.triples().iter().chain(&stated) {
                    writeln!(lines, "{triple} .").unwrap();
                }
            }
        }
    });
    (lines, findings)
}

#[test]
fn the_feeds_of_others_that_were_read_wrongly_say_what_they_mean() {
    let Some(folder) = shared::folder("cases") else {
        return;
    };
    let mut wrong = String::new();
    for (name, said, unsaid) in CATALOGUE {
        // Whoever keeps the files may give up some of them.
        let Ok(body) = std::fs::read(folder.join(name)) else {
            continue;
        };
        let (lines, findings) = read(PortalKind::Dcat, &body);
        for part in *said {
            if !lines.contains(part) {
                writeln!(wrong, "{name}: not said: {part}").unwrap();
            }
        }
        for part in unsaid.iter().chain(&["document.invalid"]) {
            if lines.contains(part) {
                writeln!(wrong, "{name}: said: {part}").unwrap();
            }
        }
        if findings.contains("document.invalid") {
            writeln!(wrong, "{name}: told of a host that nobody has").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
