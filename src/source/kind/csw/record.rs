//! One record on its own: its key, its date, and what it is.

use std::fmt::Write as _;

use super::RECORDS;
use super::head::{self, Head};
use super::iso;
use super::scan::{Does, Tag, Tags, local};
use crate::source::contract::RawRecord;

/// A record as it was cut out of its page.
pub(super) fn raw(payload: String) -> RawRecord {
    let Head {
        identifier,
        modified,
    } = head::read(&payload);
    let key = match identifier.as_str() {
        // Of some, what they describe has an identifier.
        "" => iso::identifier(payload.as_bytes()).unwrap_or_default(),
        _ => identifier,
    };
    RawRecord {
        collection: RECORDS,
        key,
        payload: payload.into_bytes(),
        // What is no date cannot be asked from.
        mark: modified.filter(|date| is_day(date)),
    }
}

/// Whether a text begins with a day.
fn is_day(text: &str) -> bool {
    text.get(..10)
        .is_some_and(|day| day.parse::<chrono::NaiveDate>().is_ok())
}

/// A record's root element; `None` where it has none.
pub(super) fn root(payload: &[u8]) -> Option<Tag<'_>> {
    let text = std::str::from_utf8(payload).ok()?;
    Tags::of(text).next().ok().flatten()
}

/// Namespaces that records use without declaring them, as some servers copy fragments about.
const USUAL: [(&str, &str); 21] = [
    ("gmd", "http://www.isotc211.org/2005/gmd"),
    ("gco", "http://www.isotc211.org/2005/gco"),
    ("gmx", "http://www.isotc211.org/2005/gmx"),
    ("gmi", "http://www.isotc211.org/2005/gmi"),
    ("gts", "http://www.isotc211.org/2005/gts"),
    ("gsr", "http://www.isotc211.org/2005/gsr"),
    ("gss", "http://www.isotc211.org/2005/gss"),
    ("srv", "http://www.isotc211.org/2005/srv"),
    ("gfc", "http://www.isotc211.org/2005/gfc"),
    ("gml", "http://www.opengis.net/gml"),
    ("xlink", "http://www.w3.org/1999/xlink"),
    ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ("geonet", "http://www.fao.org/geonetwork"),
    ("csw", "http://www.opengis.net/cat/csw/2.0.2"),
    ("ows", "http://www.opengis.net/ows"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
];

/// A record with the usual namespaces that it uses and nowhere declares, and their prefixes; `None` where
/// it declares all.
pub(super) fn declared(text: &str) -> Option<(String, Vec<&'static str>)> {
    let mut tags = Tags::of(text);
    let root = tags.next().ok()??;
    if root.does == Does::Close {
        return None;
    }
    let missing: Vec<_> = USUAL
        .into_iter()
        .filter(|(prefix, _)| {
            text.contains(&format!("{prefix}:")) && !text.contains(&format!("xmlns:{prefix}"))
        })
        .filter(|(prefix, _)| is_named(text, prefix))
        .collect();
    if missing.is_empty() {
        return None;
    }
    let (head, tail) = text.split_at_checked(root.start + 1 + root.name.len())?;
    let mut repaired = head.to_owned();
    for (prefix, iri) in &missing {
        let _ = write!(repaired, " xmlns:{prefix}=\"{iri}\"");
    }
    repaired.push_str(tail);
    let prefixes = missing.into_iter().map(|(prefix, _)| prefix).collect();
    Some((repaired, prefixes))
}

/// Whether an element or attribute has the prefix.
fn is_named(text: &str, prefix: &str) -> bool {
    let has = |tag: &Tag<'_>| {
        let of = |name: &str| name.strip_suffix(local(name)) == Some(&format!("{prefix}:"));
        of(tag.name)
            || tag
                .attributes
                .split(|c: char| c.is_whitespace() || c == '=')
                .any(of)
    };
    let mut tags = Tags::of(text);
    while let Ok(Some(tag)) = tags.next() {
        if has(&tag) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::schema::Family;
    use super::super::xml::parse;
    use super::*;

    #[test]
    fn usual_prefixes_that_nothing_declares_are_declared() {
        let text = "<gmd:MD_Metadata xmlns:gmd=\"http://www.isotc211.org/2005/gmd\"><gco:CharacterString xlink:href='x'>srv: a</gco:CharacterString></gmd:MD_Metadata>";
        assert!(parse(text).is_err());
        let (repaired, prefixes) = declared(text).unwrap();
        assert_eq!(prefixes, ["gco", "xlink"]);
        assert!(parse(&repaired).is_ok(), "{repaired}");
        assert_eq!(declared(&repaired), None);
        assert_eq!(declared("<x:a/>"), None);
    }

    #[test]
    fn only_a_date_is_a_mark() {
        let mark = |stamp: &str| {
            raw(format!(
                "<MD_Metadata><dateStamp>{stamp}</dateStamp></MD_Metadata>"
            ))
            .mark
        };
        assert_eq!(
            mark("2024-02-29T10:00").as_deref(),
            Some("2024-02-29T10:00")
        );
        for stamp in ["01/02/2020", "bientôt", "2024", "2023-02-29"] {
            assert_eq!(mark(stamp), None, "{stamp}");
        }
    }

    #[test]
    fn a_record_is_known_by_its_root() {
        let family = |payload: &'static [u8]| root(payload).as_ref().and_then(Family::of);
        for iso in [
            &b"<?xml version='1.0'?><!-- x --><gmi:MI_Metadata a='b'/>"[..],
            b"<che:CHE_MD_Metadata/>",
            b"<p:Fiche gco:isoType='gmd:MD_Metadata'/>",
            b"<p:Fiche gco:isoType='mdb:MD_Metadata'/>",
        ] {
            assert_eq!(family(iso), Some(Family::Iso));
        }
        for other in [
            &b"<p:Fiche/>"[..],
            b"<p:Fiche gco:isoType='gmd:CI_Citation'/>",
            b"<p:NoMD_MetadataHere/>",
            b"no xml",
        ] {
            assert_eq!(family(other), None);
        }
    }
}
