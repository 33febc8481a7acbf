//! One fact, several readers: whichever kind of portal says something, the same statement comes of it.

use moisson::config::PortalKind;
use moisson::harvest::{describe, prepared, settle};
use moisson::source;

use crate::support::with_recipe;

/// What a dataset says of itself; empty where it says nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    modified: &'static str,
    licence: &'static str,
    language: &'static str,
    mail: &'static str,
    format: &'static str,
    address: &'static str,
    law: &'static str,
}

/// A kind of portal, and a dataset as it has it.
type Kind = (&'static str, PortalKind, fn(&Facts) -> String);

const KINDS: [Kind; 6] = [
    ("udata", PortalKind::Udata, udata),
    ("ckan", PortalKind::Ckan, ckan),
    ("ods", PortalKind::Ods, ods),
    ("iso", PortalKind::Csw, iso),
    ("dublin", PortalKind::Csw, dublin),
    ("dcat", PortalKind::Dcat, dcat),
];

fn udata(facts: &Facts) -> String {
    serde_json::json!([{
        "id": "5e1f20058b4c414d3f944601", "title": "T", "description": "d",
        "last_modified": facts.modified, "license": facts.licence,
        "contact_points": [{"id": "5e1f20058b4c414d3f944602", "name": "S", "email": facts.mail, "role": "contact"}],
        "resources": [{"id": "5e1f2005-8b4c-414d-8f94-4603aaaaaaaa", "title": "f", "format": facts.format, "url": facts.address}],
    }])
    .to_string()
}

fn ckan(facts: &Facts) -> String {
    serde_json::json!({
        "id": "dd000000-0000-4000-8000-000000000001", "name": "a", "title": "T", "notes": "d",
        "license_title": facts.licence,
        "extras": [
            {"key": "modified", "value": facts.modified},
            {"key": "language", "value": facts.language},
            {"key": "contact_name", "value": "S"},
            {"key": "contact_email", "value": facts.mail},
            {"key": "applicable_legislation", "value": facts.law},
        ],
        "resources": [{"id": "dd000000-0000-4000-8000-000000000002", "name": "f", "format": facts.format, "url": facts.address}],
    })
    .to_string()
}

fn ods(facts: &Facts) -> String {
    serde_json::json!({
        "dataset_id": "d", "has_records": false,
        "metas": {
            "default": {"title": "T", "description": "d", "modified": facts.modified, "license": facts.licence,
                "metadata_languages": [facts.language]},
            "dcat": {"contact_name": "S", "contact_email": facts.mail},
        },
        "attachments": [],
        "alternative_exports": [],
    })
    .to_string()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn iso(facts: &Facts) -> String {
    let text = |name: &str, value: &str| {
        let value = escaped(value);
        format!("<gmd:{name}><gco:CharacterString>{value}</gco:CharacterString></gmd:{name}>")
    };
    let Facts {
        modified,
        licence,
        language,
        mail,
        format,
        address,
        law,
    } = facts;
    let (title, name, role) = (
        text("title", "T"),
        text("organisationName", "S"),
        "pointOfContact",
    );
    let mail = text("electronicMailAddress", mail);
    let (limit, law) = (text("otherConstraints", licence), text("keyword", law));
    let address = escaped(address);
    let how = if *format == "WFS" {
        text("protocol", "OGC:WFS")
    } else {
        r#"<gmd:function><gmd:CI_OnLineFunctionCode codeListValue="download"/></gmd:function>"#
            .to_owned()
    };
    let format = text("name", format);
    format!(
        r#"<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>d</gco:CharacterString></gmd:fileIdentifier><gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="dataset"/></gmd:hierarchyLevel><gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>{title}<gmd:date><gmd:CI_Date><gmd:date><gco:DateTime>{modified}</gco:DateTime></gmd:date><gmd:dateType><gmd:CI_DateTypeCode codeListValue="revision"/></gmd:dateType></gmd:CI_Date></gmd:date></gmd:CI_Citation></gmd:citation><gmd:pointOfContact><gmd:CI_ResponsibleParty>{name}<gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address>{mail}</gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo><gmd:role><gmd:CI_RoleCode codeListValue="{role}"/></gmd:role></gmd:CI_ResponsibleParty></gmd:pointOfContact><gmd:descriptiveKeywords><gmd:MD_Keywords>{law}</gmd:MD_Keywords></gmd:descriptiveKeywords><gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:useConstraints><gmd:MD_RestrictionCode codeListValue="otherRestrictions"/></gmd:useConstraints>{limit}</gmd:MD_LegalConstraints></gmd:resourceConstraints><gmd:language><gmd:LanguageCode codeListValue="{language}"/></gmd:language></gmd:MD_DataIdentification></gmd:identificationInfo><gmd:distributionInfo><gmd:MD_Distribution><gmd:distributionFormat><gmd:MD_Format>{format}</gmd:MD_Format></gmd:distributionFormat><gmd:transferOptions><gmd:MD_DigitalTransferOptions><gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{address}</gmd:URL></gmd:linkage>{how}</gmd:CI_OnlineResource></gmd:onLine></gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo></gmd:MD_Metadata>"#
    )
}

fn dublin(facts: &Facts) -> String {
    let Facts {
        modified,
        licence,
        language,
        format,
        address,
        ..
    } = facts;
    let (licence, address) = (escaped(licence), escaped(address));
    let protocol = match *format {
        "WFS" => "OGC:WFS",
        _ => "WWW:DOWNLOAD-1.0-http--download",
    };
    format!(
        r#"<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/"><dc:identifier>d</dc:identifier><dc:title>T</dc:title><dc:type>dataset</dc:type><dct:modified>{modified}</dct:modified><dc:language>{language}</dc:language><dc:rights>{licence}</dc:rights><dc:format>{format}</dc:format><dc:URI protocol="{protocol}">{address}</dc:URI></csw:Record>"#
    )
}

fn dcat(facts: &Facts) -> String {
    let Facts {
        modified,
        licence,
        language,
        mail,
        format,
        address,
        law,
    } = facts;
    format!(
        r#"@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix dcatap: <http://data.europa.eu/r5r/> .
<https://e.org/d> a dcat:Dataset ; dct:title "T" ; dct:modified "{modified}" ; dct:language "{language}" ; dcatap:applicableLegislation "{law}" ;
  dcat:contactPoint [ a vcard:Kind ; vcard:fn "S" ; vcard:hasEmail "{mail}" ] ;
  dcat:distribution [ a dcat:Distribution ; dct:license "{licence}" ; dct:format "{format}" ; dcat:downloadURL <{address}> ; dcat:accessURL <{address}> ] ."#
    )
}

/// The lines that are published of a dataset of a kind.
fn published(kind: PortalKind, body: &str) -> String {
    let split = (source::of(kind).split)(body.as_bytes(), None).unwrap();
    assert_eq!(split.records.len(), 1, "{kind:?}: {:?}", split.skipped);
    with_recipe(kind, |recipe| {
        let record = &split.records[0];
        let mut described = describe(recipe, record.collection, &record.payload).unwrap();
        settle(&mut [&mut described], recipe);
        let prepared = prepared(Ok(described)).unwrap();
        let parts = prepared.parts.iter();
        parts.map(|part| part.body.text.as_str()).collect()
    })
}

/// Holds that each of these kinds says `expected`, each a predicate and an object, of `facts`.
fn hold(kinds: &[&str], facts: Facts, expected: &[&str]) {
    let mut missing = Vec::new();
    for (name, kind, template) in KINDS.iter().filter(|(name, ..)| kinds.contains(name)) {
        let lines = published(*kind, &template(&facts));
        for statement in expected {
            if !lines.contains(statement) {
                missing.push(format!("{name}: no {statement} in\n{lines}"));
            }
        }
    }
    assert!(missing.is_empty(), "{facts:?}\n{}", missing.join("\n"));
}

const ALL: [&str; 6] = ["udata", "ckan", "ods", "iso", "dublin", "dcat"];

#[test]
fn a_date_is_the_same_whoever_says_it() {
    for (modified, value) in [
        (
            "2024-05-01T10:00:00+0200",
            r#""2024-05-01T08:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>"#,
        ),
        (
            "2024-05-01T10:00:00",
            r#""2024-05-01T10:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>"#,
        ),
        (
            "2024-05-01 10:00",
            r#""2024-05-01T10:00:00"^^<http://www.w3.org/2001/XMLSchema#dateTime>"#,
        ),
        (
            "20240501",
            r#""2024-05-01"^^<http://www.w3.org/2001/XMLSchema#date>"#,
        ),
        (
            "25/12/2024",
            r#""2024-12-25"^^<http://www.w3.org/2001/XMLSchema#date>"#,
        ),
        (
            "2024-05",
            r#""2024-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>"#,
        ),
    ] {
        let facts = Facts {
            modified,
            ..Facts::default()
        };
        let statement = format!("<http://purl.org/dc/terms/modified> {value}");
        hold(&ALL, facts, &[&statement]);
    }
}

#[test]
fn a_licence_is_the_same_whoever_says_it() {
    for (licence, concept) in [
        ("Licence Ouverte 2.0", "ETALAB_2_0"),
        (
            "Creative Commons Attribution 4.0 International",
            "CC_BY_4_0",
        ),
        ("Licence ODbL 1.0", "ODC_BL"),
    ] {
        let facts = Facts {
            licence,
            format: "CSV",
            address: "https://d.example/f.csv",
            ..Facts::default()
        };
        let statement = format!(
            "<http://purl.org/dc/terms/license> <http://publications.europa.eu/resource/authority/licence/{concept}>"
        );
        hold(
            &["udata", "ckan", "iso", "dublin", "dcat"],
            facts,
            &[&statement],
        );
    }
}

#[test]
fn a_language_is_the_same_whoever_says_it() {
    for (language, code) in [("fre", "FRA"), ("fr", "FRA"), ("deu", "DEU")] {
        let facts = Facts {
            language,
            ..Facts::default()
        };
        let statement = format!(
            "<http://purl.org/dc/terms/language> <http://publications.europa.eu/resource/authority/language/{code}>"
        );
        hold(
            &["ckan", "ods", "iso", "dublin", "dcat"],
            facts,
            &[&statement],
        );
    }
}

#[test]
fn addresses_of_mail_are_the_same_whoever_says_them() {
    for mail in [
        "a@e.example; b@e.example",
        "mailto:a@e.example, mailto:b@e.example",
        "Nom <a@e.example>, b@e.example",
    ] {
        let facts = Facts {
            mail,
            ..Facts::default()
        };
        let statements = ["<mailto:a@e.example>", "<mailto:b@e.example>"];
        let said =
            statements.map(|mail| format!("<http://www.w3.org/2006/vcard/ns#hasEmail> {mail}"));
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        hold(&["udata", "ckan", "ods", "iso"], facts, &said);
    }
}

#[test]
fn a_format_is_the_same_whoever_says_it() {
    for (format, concept) in [
        ("CSV", "CSV"),
        ("GeoJSON", "GEOJSON"),
        ("ESRI Shapefile", "SHP"),
        ("application/json", "JSON"),
    ] {
        let facts = Facts {
            format,
            address: "https://d.example/f",
            ..Facts::default()
        };
        let statement = format!(
            "<http://purl.org/dc/terms/format> <http://publications.europa.eu/resource/authority/file-type/{concept}>"
        );
        hold(
            &["udata", "ckan", "iso", "dublin", "dcat"],
            facts,
            &[&statement],
        );
    }
}

#[test]
fn the_law_on_high_value_datasets_is_the_same_whoever_says_it() {
    for law in [
        "https://data.europa.eu/eli/reg_impl/2023/138",
        "http://data.europa.eu/eli/reg_impl/2023/138/oj/",
        "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32023R0138",
    ] {
        let facts = Facts {
            law,
            ..Facts::default()
        };
        let statement = "<http://data.europa.eu/r5r/applicableLegislation> <http://data.europa.eu/eli/reg_impl/2023/138/oj>";
        hold(&["ckan", "iso", "dcat"], facts, &[statement]);
    }
}

#[test]
fn a_geographic_service_is_one_whoever_links_to_it() {
    let facts = Facts {
        format: "WFS",
        address: "https://geo.example/ows?service=WFS&request=GetCapabilities",
        ..Facts::default()
    };
    let statements = [
        "<http://www.w3.org/ns/dcat#endpointURL> <https://geo.example/ows>",
        "<http://purl.org/dc/terms/conformsTo> <http://www.opengis.net/def/serviceType/ogc/wfs>",
    ];
    hold(&["udata", "ckan", "iso", "dublin"], facts, &statements);
}
