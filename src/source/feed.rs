//! Catalogues in RDF, in any syntax: their records, how their pages are gone through, and how a record
//! becomes graphs.
//!
//! The kind `dcat` is nothing else; other software serves such feeds beside its API, or such records in it.
//! The tables of what becomes of which property stand with the kind, in [`super::kind::dcat`].

mod crawl;
mod describe;
mod document;
mod hydra;
pub(in crate::source) mod payload;
mod records;
mod spool;

use url::Url;

use super::contract::{Crawl, RawRecord, Start};
use crate::address::public;
use crate::rdf::iri::{NOWHERE, encode};
use crate::rdf::syntax::Syntax;
use crate::salvage::index::{Index, IndexError, Room};
use crate::salvage::{self, End, ReadError};
use records::Mains;

pub(in crate::source) use crawl::{Asked, Parameter, SINCE};
pub(in crate::source) use describe::describe;
pub(in crate::source) use records::LINKS;

/// The collection of dcat:Dataset.
pub(in crate::source) const DATASETS: &str = "datasets";
/// The collection of dcat:DatasetSeries.
pub(in crate::source) const SERIES: &str = "series";
/// The collection of dcat:DataService.
pub(in crate::source) const SERVICES: &str = "services";
/// The collection of dcat:Catalog.
pub(in crate::source) const CATALOGUES: &str = "catalogues";

/// Every collection, in the order in which a document's records are given.
pub(in crate::source) const COLLECTIONS: [&str; 4] = [CATALOGUES, DATASETS, SERIES, SERVICES];

/// The records of a document, and what was odd about the document as a whole.
pub(in crate::source) struct Document {
    /// The records, catalogues first.
    pub(in crate::source) records: Vec<RawRecord>,
    /// What was repaired or left out that belongs to no record, one sentence each.
    pub(in crate::source) notes: Vec<String>,
    /// Why the document is not whole, where it is not.
    pub(in crate::source) cut_off: Option<String>,
}

/// Reads the records of a document in `syntax`, whose address is `address`.
///
/// # Errors
/// A message where it is no RDF.
pub(in crate::source) fn records(
    bytes: &[u8],
    syntax: Syntax,
    address: Option<&Url>,
) -> Result<Document, String> {
    let base = address.map(base_of);
    let base = base.as_ref().map(Url::as_str);
    let mut index = Index::new(Room::Memory).map_err(|error| error.to_string())?;
    let end = match salvage::read(
        bytes,
        syntax,
        None,
        Some(base.unwrap_or(NOWHERE)),
        &mut index,
    ) {
        Ok(end) => end,
        Err(ReadError::NotRdf(why)) => return Err(why),
        Err(error @ ReadError::Io(_)) => return Err(error.to_string()),
    };
    let records = all(&mut index, base).map_err(|error| error.to_string())?;
    Ok(Document {
        records,
        notes: index.remarks.notes(),
        cut_off: match end {
            End::Whole => None,
            End::CutOff(why) => Some(why),
        },
    })
}

/// What is relative in a document leads below this: its address as everybody sees it, with what a URL may
/// have and no IRI can percent-encoded (`?fq[]=tags`).
fn base_of(url: &Url) -> Url {
    let shown = public(url);
    Url::parse(&encode(shown.as_str())).unwrap_or(shown)
}

/// Every record of what has been read.
fn all(index: &mut Index, base: Option<&str>) -> Result<Vec<RawRecord>, IndexError> {
    index.settle()?;
    let mains = Mains::of(index, base)?;
    let roots = mains.roots(index)?;
    let mut records = Vec::with_capacity(mains.list.len());
    for main in &mains.list {
        records.push(mains.record(main, roots.contains(&main.node), index)?);
    }
    index.note_unmarked()?;
    Ok(records)
}

/// By what a stored record of a feed is identified.
pub struct LastingKey {
    /// As its payload has it.
    pub was: String,
    /// By today's rule: in the form that lasts.
    pub is: String,
}

/// What a record is called in its document.
pub(in crate::source) fn name_of(payload: &[u8]) -> Option<String> {
    let (head, _) = payload::split(payload).ok()?;
    Some(head.main)
}

/// Whether a stored record is RDF that is read as a feed of one record is.
#[must_use]
pub fn is_rdf(payload: &[u8]) -> bool {
    let namespace = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    std::str::from_utf8(payload).is_ok_and(|text| text.contains(namespace))
}

/// By what a stored record of a collection is identified; none where it is no record of a feed.
#[must_use]
pub fn lasting_key(collection: &str, payload: &[u8]) -> Option<LastingKey> {
    let (kind, _) = describe::kind(collection)?;
    let (head, _) = payload::split(payload).ok()?;
    let is = head.lasting_key(kind);
    Some(LastingKey { was: head.key, is })
}

/// A crawl of a feed, for any kind of portal that has one.
///
/// # Errors
/// A cursor that cannot be gone on from.
pub(in crate::source) fn feed(asked: &Asked, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
    Ok(Box::new(crawl::Feed::new(asked, start)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_url_may_have_and_no_iri_does_not_lose_the_records() {
        let turtle =
            "<> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> \"T\" .";
        let json = r##"{"@id": "#d", "@type": "http://www.w3.org/ns/dcat#Dataset", "http://purl.org/dc/terms/title": "T"}"##;
        let xml = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dct='http://purl.org/dc/terms/'>\
            <rdf:Description rdf:about=''><rdf:type rdf:resource='http://www.w3.org/ns/dcat#Dataset'/><dct:title>T</dct:title>\
            </rdf:Description></rdf:RDF>";
        for query in ["fq[]=tags", "a|b", "a^b", "{a}", "a=100%", "%zz", "q=`a`"] {
            let url = Url::parse(&format!("https://e.org/c?{query}")).unwrap();
            for (text, syntax) in [
                (turtle, Syntax::Turtle),
                (json, Syntax::JsonLd),
                (xml, Syntax::RdfXml),
            ] {
                let document = records(text.as_bytes(), syntax, Some(&url)).unwrap();
                assert_eq!(document.records.len(), 1, "{query}: {syntax:?}");
            }
        }
        let plain = Url::parse("https://e.org/c?page=2%20").unwrap();
        assert_eq!(base_of(&plain), plain);
    }
}
