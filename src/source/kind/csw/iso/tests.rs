//! What becomes of records that nobody would write.

use url::Url;

use super::{describe, identifier};
use crate::finding::Code;
use crate::record::{Base, PortalId};
use crate::source::contract::{Context, Described, Rejected};
use crate::source::kind::csw::{RECORDS, split};

fn describes(record: &str) -> Result<Described, Rejected> {
    let (base, portal) = (
        Base::new("https://donnees.example.org/").unwrap(),
        PortalId::new("portail").unwrap(),
    );
    let root = Url::parse("https://portail.example.org/csw/").unwrap();
    let context = Context {
        base: &base,
        portal: &portal,
        root: &root,
        language: Some("fr"),
        licence: Some("lov2"),
        vocabularies: crate::vocabulary::Vocabularies::builtin(),
        former: crate::record::Former::NONE,
    };
    describe(record.as_bytes(), &context)
}

fn record(inside: &str) -> String {
    format!(
        "<gmd:MD_Metadata xmlns:gmd='http://www.isotc211.org/2005/gmd' xmlns:gco='http://www.isotc211.org/2005/gco'>\
         <gmd:fileIdentifier><gco:CharacterString>r-1</gco:CharacterString></gmd:fileIdentifier>\
         <gmd:dateStamp><gco:Date>2024-01-02</gco:Date></gmd:dateStamp>{inside}</gmd:MD_Metadata>"
    )
}

fn texts(described: &Described) -> String {
    let triples = described.parts.iter().flat_map(|part| part.graph.triples());
    let lines: Vec<String> = triples.map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn a_document_type_costs_the_record_and_is_named() {
    let bomb = format!("<!DOCTYPE a [<!ENTITY b 'bb'>]>{}", record("&b;"));
    let Err(Rejected::Unreadable(why)) = describes(&bomb) else {
        panic!("it was described");
    };
    assert!(why.contains("DOCTYPE"), "{why}");
    assert!(split(bomb.as_bytes()).is_err());
    assert_eq!(identifier(bomb.as_bytes()), None);
}

#[test]
fn what_is_no_record_is_rejected_with_its_name() {
    let Err(Rejected::Unreadable(why)) = describes("<csw:Record xmlns:csw='urn:c'/>") else {
        panic!("it was described");
    };
    assert!(why.ends_with(": Record"), "{why}");
    let nameless = record("").replace("r-1", " ");
    assert_eq!(describes(&nameless).unwrap_err(), Rejected::NoIdentifier);
}

#[test]
fn unknown_elements_are_no_errors() {
    let odd =
        "<gmd:mood><gmd:XX_Mood level='3'>good</gmd:XX_Mood></gmd:mood><o:o xmlns:o='urn:o'/>";
    let with = describes(&record(odd)).unwrap();
    let without = describes(&record("")).unwrap();
    assert_eq!(texts(&with), texts(&without));
    let (told, findings): (Vec<_>, Vec<_>) = with
        .findings
        .into_iter()
        .partition(|found| found.code == Code::FieldUnmapped);
    assert_eq!(findings, without.findings);
    assert_eq!(
        (told.len(), told[0].field.as_str(), told[0].value.as_str()),
        (1, "mood", "good")
    );
}

#[test]
fn the_crawl_learns_identifier_and_date_without_describing() {
    let text = record("");
    assert_eq!(identifier(text.as_bytes()).as_deref(), Some("r-1"));
    let page = format!(
        "<a:page xmlns:a='urn:a'>{text}{}</a:page>",
        text.replace("r-1", "r-2")
    );
    let split = split(page.as_bytes()).unwrap();
    let keys: Vec<_> = split
        .records
        .iter()
        .map(|raw| (raw.collection, raw.key.as_str()))
        .collect();
    assert_eq!(keys, [(RECORDS, "r-1"), (RECORDS, "r-2")]);
}

#[test]
fn a_licence_is_assumed_only_where_none_is_stated() {
    let info = |constraint: &str| {
        let stated = format!(
            "<gmd:resourceConstraints><gmd:MD_Constraints>{constraint}</gmd:MD_Constraints></gmd:resourceConstraints>"
        );
        record(&format!(
            "<gmd:identificationInfo><gmd:MD_DataIdentification>{stated}</gmd:MD_DataIdentification></gmd:identificationInfo>"
        ))
    };
    let assumed = describes(&info("")).unwrap();
    assert!(texts(&assumed).contains("\"lov2\""));
    assert!(
        assumed
            .findings
            .iter()
            .any(|f| f.code.as_str() == "licence-assumed")
    );
    let stated = "<gmd:useLimitation><gco:CharacterString>ODbL 1.0</gco:CharacterString></gmd:useLimitation>";
    let stated = describes(&info(stated)).unwrap();
    assert!(!texts(&stated).contains("\"lov2\""), "{}", texts(&stated));
}

#[test]
fn texts_without_stated_language_are_in_that_of_the_portal() {
    let title = "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation><gmd:title>\
        <gco:CharacterString>Ponts</gco:CharacterString></gmd:title></gmd:CI_Citation></gmd:citation>\
        </gmd:MD_DataIdentification></gmd:identificationInfo>";
    let described = describes(&record(title)).unwrap();
    assert!(texts(&described).contains("\"Ponts\"@fr"));
    let english = "<gmd:language><gco:CharacterString>eng</gco:CharacterString></gmd:language>";
    let described = describes(&record(&format!("{english}{title}"))).unwrap();
    assert!(texts(&described).contains("\"Ponts\"@en"));
}

#[test]
fn what_a_record_describes_has_its_own_identifier_beside_that_of_the_record() {
    let with = |identifiers: &str| {
        let info = format!(
            "<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>{identifiers}\
             </gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification></gmd:identificationInfo>"
        );
        texts(&describes(&record(&info)).unwrap())
    };
    let identifier = |code: &str, space: &str| {
        format!(
            "<gmd:identifier xmlns:gmx='http://www.isotc211.org/2005/gmx' xmlns:xlink='http://www.w3.org/1999/xlink'>\
             <gmd:RS_Identifier><gmd:code>{code}</gmd:code><gmd:codeSpace><gco:CharacterString>{space}\
             </gco:CharacterString></gmd:codeSpace></gmd:RS_Identifier></gmd:identifier>"
        )
    };
    let said = |text: &str, value: &str| {
        let of_dataset =
            |line: &&str| line.contains("/dataset/") && line.contains("dc/terms/identifier");
        text.lines()
            .filter(of_dataset)
            .any(|line| line.contains(&format!("\"{value}\"")))
    };
    // An anchor leads to the whole name: the text in it and the code space are parts of that.
    let anchor = identifier(
        "<gmx:Anchor xlink:href='https://doi.org/10.99999/r-1'>10.99999/r-1</gmx:Anchor>",
        "doi.org",
    );
    let text = identifier(
        "<gco:CharacterString>REF_7</gco:CharacterString>",
        "fr-exemple",
    );
    let both = with(&format!("{anchor}{text}"));
    assert!(said(&both, "https://doi.org/10.99999/r-1"), "{both}");
    assert!(said(&both, "fr-exemple/REF_7"), "{both}");
    assert!(!said(&both, "r-1") && !said(&both, "doi.org/"), "{both}");
    // An empty one is none, and then the record's stands for it.
    let empty = with(&identifier(
        "<gco:CharacterString> </gco:CharacterString>",
        "doi.org",
    ));
    assert!(said(&empty, "r-1") && !said(&empty, "doi.org/"), "{empty}");
    // The record keeps its own whatever it describes.
    for text in [&both, &empty] {
        let record = text
            .lines()
            .find(|line| line.contains("/record/") && line.contains("dc/terms/identifier"));
        assert!(
            record.is_some_and(|line| line.contains("\"r-1\"")),
            "{text}"
        );
    }
}
