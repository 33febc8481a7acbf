//! The dcat:CatalogRecord of a record: one of our own. That of the feed is another record, by another hand:
//! ours was derived from it, and what it says stays its own.
//!
//! The `dct:source` of ours is a dcat:CatalogRecord as well, and DCAT-AP wants to know when each of those was
//! changed (`dcat::derive` says it of the source). Where the feed says it neither of its own record nor of
//! what that is about, the source is named in the origin graph alone.

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::super::payload::Head;
use super::names::Names;
use super::{Work, field, value};
use crate::rdf::vocab::{dcat, dct, foaf, prov, rdf};
use crate::record::RecordId;

/// The profile that the catalogue record says the description follows.
const PROFILE: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("https://semiceu.github.io/DCAT-AP/releases/3.0.1/");

impl Work<'_> {
    /// Writes the catalogue record, and what it was derived from.
    pub(super) fn catalogue_record(
        &mut self,
        head: &Head,
        id: &RecordId,
        names: &Names,
        triples: &[Triple],
    ) {
        let topic = self.graph.iri().clone();
        let entry = self.context.base.catalogue_record(id);
        self.graph
            .add(entry.clone(), rdf::TYPE, dcat::CATALOG_RECORD.into_owned());
        self.graph.add(entry.clone(), foaf::PRIMARY_TOPIC, topic);
        self.graph
            .add(entry.clone(), dct::CONFORMS_TO, PROFILE.into_owned());
        let is_dated = self.document(&entry, names, triples) || self.is_dated();
        // A record's source is a record: neither the dataset, nor a page of the feed, which is another one
        // tomorrow.
        for source in names.records() {
            if is_dated {
                self.graph.add(entry.clone(), dct::SOURCE, source.clone());
            } else {
                self.graph
                    .add_origin(entry.clone(), dct::SOURCE, source.clone());
            }
        }
        for record in names.nameless_records() {
            self.graph
                .add(entry.clone(), prov::WAS_DERIVED_FROM, Term::from(record));
        }
        let identifier = Literal::new_simple_literal(head.name());
        self.graph.add(entry, dct::IDENTIFIER, identifier);
    }

    /// Writes when the feed's own record was changed, on the document that ours was derived from: the dates
    /// of our catalogue record are those of our catalogue. Whether it says that.
    fn document(&mut self, entry: &NamedNode, names: &Names, triples: &[Triple]) -> bool {
        let mut stamps = triples.iter().filter(|triple| names.is_record_date(triple));
        let Some(stamp) = stamps.next() else {
            return false;
        };
        let property = dct::MODIFIED;
        let field = field(&names.node(&stamp.subject), property, names);
        let date = match value::repair(property, &stamp.object, &field, self.context, self.findings)
        {
            value::Repaired::Kept => stamp.object.clone(),
            value::Repaired::As(dates) => match dates.into_iter().next() {
                Some(date) => date,
                None => return false,
            },
            _ => return false,
        };
        let document = self.graph.blank();
        self.graph
            .add(entry.clone(), prov::WAS_DERIVED_FROM, document.clone());
        self.graph
            .add(document.clone(), rdf::TYPE, prov::ENTITY.into_owned());
        self.graph.add(document, property, date);
        true
    }

    /// Whether the record says when it was changed, or issued at least.
    fn is_dated(&self) -> bool {
        [dct::MODIFIED, dct::ISSUED].into_iter().any(|property| {
            let mut dates = self.graph.objects(self.graph.iri(), property);
            dates.any(|date| date.is_literal())
        })
    }
}
