//! CSW 2.0.2: GeoNetwork, pycsw, and every other Catalogue Service for the Web (OGC 07-006r1).
//!
//! A service has one list of records. Each is kept as the XML element that was sent, with the namespaces
//! that its page declared for it, and described by what it is: ISO 19139 and ISO 19115-3 by the mapping
//! of `iso`, RDF by that of DCAT feeds, Dublin Core by `dublin`. Which of them is asked for, and why, is
//! said in `schema`; how the list is gone through, whatever the server does, in `crawl`.

mod answer;
mod capabilities;
mod constraint;
mod crawl;
mod dublin;
mod head;
mod iso;
mod question;
mod rdf;
mod record;
mod scan;
mod schema;
mod settings;
mod xml;

use std::borrow::Cow;

use crate::finding::{Code, Finding};
use crate::salvage::repaired_xml;
use crate::source::contract::{Context, Described, RawRecord, Rejected, Source, Split, SplitError};
use crate::source::value::charset;
use answer::{Answer, Results, Unusable};
use schema::Family;

/// The one list of a service.
const RECORDS: &str = "records";

/// What this kind brings.
pub(in crate::source) const SOURCE: Source = Source {
    name: "csw",
    collections: &[RECORDS],
    configure: settings::configure,
    describe,
    split: |body, _| split(body),
    marked: &[RECORDS],
};

fn describe(_: &str, payload: &[u8], context: &Context<'_>) -> Result<Described, Rejected> {
    let text = std::str::from_utf8(payload)
        .map_err(|error| Rejected::Unreadable(format!("it is no text: {error}")))?;
    let mut findings = Vec::new();
    let mut text = Cow::Borrowed(text);
    if let Some((repaired, first)) = repaired_xml(&text) {
        text = repaired.into();
        let message = "characters or references that are none of XML were repaired";
        findings.push(Finding::new(Code::SyntaxRepaired, "", message, &first));
    }
    if let Some((repaired, prefixes)) = record::declared(&text) {
        text = repaired.into();
        let message = "prefixes that are declared nowhere, taken as usual";
        findings.push(Finding::new(
            Code::FieldUnreadable,
            "xmlns",
            message,
            &prefixes.join(" "),
        ));
    }
    let mut described = described(&text, context)?;
    described.findings.splice(0..0, findings);
    Ok(described)
}

fn described(text: &str, context: &Context<'_>) -> Result<Described, Rejected> {
    let root = record::root(text.as_bytes());
    match root.as_ref().and_then(Family::of) {
        Some(Family::DublinCore) => dublin::describe(text, context),
        Some(Family::Iso) => iso::describe(text.as_bytes(), context),
        Some(Family::Rdf) => rdf::describe(text, context),
        None => Err(Rejected::Unreadable(format!(
            "`{}` is no record of a known schema",
            root.map_or("", |tag| tag.local())
        ))),
    }
}

fn split(body: &[u8]) -> Result<Split, SplitError> {
    match answer::read(body, None) {
        Ok(Answer::Results(results)) => Ok(Split {
            records: records(results),
            skipped: Vec::new(),
        }),
        Ok(Answer::Exception(exception)) => Ok(Split {
            records: Vec::new(),
            skipped: vec![format!("the service refused: {exception}")],
        }),
        Err(Unusable::NotXml(why) | Unusable::Shape(why)) => Err(SplitError::NotXml(why)),
    }
}

fn records(results: Results) -> Vec<RawRecord> {
    let mut records: Vec<_> = results.records.into_iter().map(record::raw).collect();
    for record in &mut records {
        charset::mark(record, &results.odd);
    }
    records
}
