//! Records in a DCAT output schema: a piece of RDF/XML each, described as a feed of one record is.

use oxigraph::model::{NamedNodeRef, Term, Triple};
use url::Url;

use crate::rdf::syntax::Syntax;
use crate::rdf::vocab::dcat;
use crate::record::{Kind, Reference};
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
    if let Some(name) = feed::name_of(&main.payload)
        && let Some(part) = described.parts.first_mut()
    {
        refer(part.graph.triples_mut(), &name, context);
        part.graph.dedup();
    }
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

/// Makes references of what leads to other things on the host of the record that is called `name`: they may be
/// other records of the service, each of which is a document of its own.
fn refer(triples: &mut [Triple], name: &str, context: &Context<'_>) {
    let host = |iri: &str| Url::parse(iri).ok()?.host_str().map(str::to_owned);
    let Some(own) = host(name) else {
        return;
    };
    for triple in triples {
        let Term::NamedNode(object) = &triple.object else {
            continue;
        };
        let property = triple.predicate.as_ref();
        let is_known = object.as_str() == name || context.base.path(object.as_str()).is_some();
        if is_known
            || !feed::LINKS.contains(&property)
            || host(object.as_str()).as_ref() != Some(&own)
        {
            continue;
        }
        let (kind, address) = (likely(property), object.as_str());
        let reference = Reference::new(context.portal, kind, address, address);
        triple.object = reference.iri().into();
    }
}

/// The kind of what a property leads to.
fn likely(property: NamedNodeRef<'_>) -> Kind {
    if property == dcat::IN_SERIES {
        Kind::Series
    } else if property == dcat::ACCESS_SERVICE || property == dcat::SERVICE {
        Kind::Service
    } else {
        Kind::Dataset
    }
}
