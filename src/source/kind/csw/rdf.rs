//! Records in a DCAT output schema: a piece of RDF/XML each, described as a feed of one record is.

use crate::rdf::syntax::Syntax;
use crate::source::contract::{Context, Described, RawRecord, Rejected, Role};
use crate::source::feed;

/// Describes what a record is about. What it says besides of others (the services behind its
/// distributions, the catalogue) counts as said in passing.
pub(super) fn describe(text: &str, context: &Context<'_>) -> Result<Described, Rejected> {
    let document = feed::records(text.as_bytes(), Syntax::RdfXml, Some(context.root))
        .map_err(Rejected::Unreadable)?;
    if let Some(why) = document.cut_off {
        return Err(Rejected::Unreadable(why));
    }
    let (catalogues, mut records): (Vec<_>, Vec<_>) = document
        .records
        .into_iter()
        .partition(|record| record.collection == feed::CATALOGUES);
    if records.is_empty() {
        records = catalogues;
    }
    let mut records = records.into_iter();
    let main = records.next().ok_or_else(|| {
        Rejected::Unreadable("it describes no dataset, series or service".to_owned())
    })?;
    let of = |record: &RawRecord| feed::describe(record.collection, &record.payload, context);
    let mut described = of(&main)?;
    for other in records {
        // What is wrong with another one is no reason to lose this one.
        let Ok(other) = of(&other) else {
            continue;
        };
        described.findings.extend(other.findings);
        described
            .parts
            .extend(other.parts.into_iter().map(|mut part| {
                part.role = Role::Mention;
                part
            }));
    }
    Ok(described)
}
