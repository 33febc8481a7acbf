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

use crate::finding::{Code, Finding};
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
    let Some((repaired, prefixes)) = record::declared(text) else {
        return described(text, context);
    };
    let mut described = described(&repaired, context)?;
    let finding = Finding::new(
        Code::FieldUnreadable,
        "xmlns",
        "prefixes that are declared nowhere, taken as usual",
        &prefixes.join(" "),
    );
    described.findings.insert(0, finding);
    Ok(described)
}

fn described(text: &str, context: &Context<'_>) -> Result<Described, Rejected> {
    let root = record::root(text.as_bytes());
    match Family::of(root) {
        Some(Family::DublinCore) => dublin::describe(text, context),
        Some(Family::Iso) => iso::describe(text.as_bytes(), context),
        Some(Family::Rdf) => rdf::describe(text, context),
        None => Err(Rejected::Unreadable(format!(
            "`{root}` is no record of a known schema"
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
