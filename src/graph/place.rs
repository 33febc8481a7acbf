//! A record's place in the catalogue, and the dates that only the ledger knows, as canonical N-Triples.
//!
//! What has to be known of the description is found in its canonical text, line by line: a whole
//! catalogue is placed without parsing its triples.

use std::fmt::Write as _;

use oxigraph::model::{NamedNodeRef, TermRef};

use super::quads::date_time;
use crate::ledger::Description;
use crate::rdf::vocab::{dcat, dct, duv, oa, prov, rdf};
use crate::record::{Base, Kind};

/// The lines that place a record whose description is `text`; blank nodes are labelled as there.
pub(super) fn place(base: &Base, description: &Description, text: &str) -> String {
    let mut lines = String::new();
    let iri = format!("<{}>", description.iri);
    let catalogues = [base.catalogue(), base.portal(&description.id.portal)];
    let catalogues = catalogues.map(|catalogue| catalogue.to_string());
    let [_, portal] = &catalogues;
    let listed_as = match description.id.kind {
        Kind::Dataset | Kind::Series => Some(dcat::DATASET),
        Kind::Service => Some(dcat::SERVICE),
        _ => None,
    };
    if let Some(property) = listed_as {
        for catalogue in &catalogues {
            state(&mut lines, catalogue, property, &iri);
        }
    }
    if description.id.kind == Kind::Topic {
        state(&mut lines, portal, dcat::CATALOG, &iri);
    }
    if let Some((property, inverse)) = inverse(description.id.kind) {
        let start = format!("{iri} {property} <");
        for line in text.lines().filter(|line| line.starts_with(&start)) {
            if let Some((_, about)) = line
                .strip_suffix(" .")
                .and_then(|line| line.rsplit_once(' '))
            {
                state(&mut lines, about, inverse, &iri);
            }
        }
    }
    let dates = [
        (dct::ISSUED, description.issued),
        (dct::MODIFIED, description.modified),
    ];
    let end = format!(" {} {} .", rdf::TYPE, dcat::CATALOG_RECORD);
    for record in text.lines().filter_map(|line| line.strip_suffix(&*end)) {
        for catalogue in &catalogues {
            state(&mut lines, catalogue, dcat::RECORD, record);
        }
        for (property, time) in dates {
            if let Some(time) = time.and_then(date_time) {
                let time = TermRef::from(time.as_ref()).to_string();
                state(&mut lines, record, property, &time);
            }
        }
    }
    lines
}

fn state(lines: &mut String, subject: &str, property: NamedNodeRef<'_>, object: &str) {
    // A string takes whatever is written into it.
    let _ = writeln!(lines, "{subject} {property} {object} .");
}

/// The ways back: what a record of some kind says of another record, whose own record cannot know it,
/// and the property that leads from there. The record that says it owns the way back too.
#[must_use]
pub fn inverse(kind: Kind) -> Option<(NamedNodeRef<'static>, NamedNodeRef<'static>)> {
    match kind {
        Kind::Reuse => Some((duv::REFERS_TO, duv::HAS_USAGE)),
        Kind::Discussion => Some((oa::HAS_TARGET, duv::HAS_FEEDBACK)),
        Kind::Distribution => Some((prov::WAS_DERIVED_FROM, dcat::DISTRIBUTION)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::canon::{Digest, canonicalise};
    use crate::rdf::lines::parse;
    use crate::record::{Key, PortalId, RecordId};
    use oxigraph::io::{RdfFormat, RdfParser};

    fn placed(kind: Kind, turtle: &str) -> Vec<String> {
        let id = RecordId {
            portal: PortalId::new("p").unwrap(),
            kind,
            key: Key::from_url("k").unwrap(),
        };
        let description = Description {
            record: 1.into(),
            id,
            iri: "http://e/k".to_owned(),
            digest: Digest::of(b""),
            origin: None,
            quality: None,
            sequence: 1,
            issued: Some(0),
            modified: None,
            measured: None,
        };
        let triples = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle);
        let triples: Vec<_> = triples.map(|quad| quad.unwrap().into()).collect();
        let text = canonicalise(&triples).unwrap().text;
        let lines = place(&Base::new("http://b/").unwrap(), &description, &text);
        parse(&lines).unwrap();
        lines.lines().map(ToOwned::to_owned).collect()
    }

    #[test]
    fn a_dataset_is_listed_twice_and_its_record_dated() {
        let lines = placed(
            Kind::Dataset,
            "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
             <http://e/k> a dcat:Dataset ; dct:title \"<r> a <http://www.w3.org/ns/dcat#CatalogRecord> .\" .
             <http://e/r> a dcat:CatalogRecord .",
        );
        let dcat = |name: &str| format!("<http://www.w3.org/ns/dcat#{name}>");
        let mut expected = Vec::new();
        for (property, about) in [("dataset", "<http://e/k>"), ("record", "<http://e/r>")] {
            for catalogue in ["<http://b/catalog>", "<http://b/portal/p>"] {
                expected.push(format!("{catalogue} {} {about} .", dcat(property)));
            }
        }
        expected.push(
            "<http://e/r> <http://purl.org/dc/terms/issued> \"1970-01-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime> ."
                .to_owned(),
        );
        assert_eq!(lines, expected);
    }

    #[test]
    fn what_a_reuse_refers_to_leads_back_to_it() {
        let lines = placed(
            Kind::Reuse,
            "@prefix duv: <http://www.w3.org/ns/duv#> .
             <http://e/k> duv:refersTo <http://e/a>, <http://e/b>, \"text\" . <http://e/x> duv:refersTo <http://e/c> .",
        );
        let usage = |about: &str| {
            format!("<http://e/{about}> <http://www.w3.org/ns/duv#hasUsage> <http://e/k> .")
        };
        assert_eq!(lines, [usage("a"), usage("b")]);
    }
}
