//! DCAT feeds (<https://www.w3.org/TR/vocab-dcat-3/>): catalogues published as RDF, in any syntax.
//!
//! A feed is read with everything that it says: a record keeps its own statements, known or not, under
//! names of ours. What is a record: each `dcat:Dataset`, `dcat:DatasetSeries`, `dcat:DataService`
//! and `dcat:Catalog`, and schema.org's `Dataset` and `DataCatalog`, with its IRI or, for a blank node, its
//! `dct:identifier`; without either it is rejected. The feed's own catalogue is a record like any other,
//! for what it says of itself; that it lists the records is what makes them the portal's.
//!
//! # Fields of `record`
//!
//! | property | becomes |
//! |---|---|
//! | the record's IRI | the key of ours; `adms:identifier` |
//! | `dct:identifier` | itself; the key of a record without an IRI |
//! | `dcat:distribution`, `adms:sample` | distributions of ours, keyed by their IRI, identifier or address; their IRI is an `adms:identifier` |
//! | `dct:publisher`, `dct:creator`, GeoDCAT-AP's roles, `prov:agent` | agents of ours, keyed by their IRI, else by all that is said of them; those of the EU's code lists keep their names |
//! | `dcat:contactPoint` | contact points of ours, likewise |
//! | `dcat:accessService` | a service of the feed; one without a name becomes one of ours |
//! | links to other records of the feed | links to ours |
//! | `foaf:primaryTopic` from a dcat:CatalogRecord | the `dct:source` of our catalogue record (in the origin graph where neither it nor what it is about has a date: DCAT-AP wants one of every dcat:CatalogRecord); what it says is in the origin graph, as its own; its `dct:modified` stands on the document that ours was derived from as well, a `prov:wasDerivedFrom` without IRI; one without a name is that document itself; one that has the dataset's IRI is none |
//! | `dct:temporal`, `spdx:checksum`, places with a geometry, addresses and telephones of agents… that have an IRI | parts of the record or the agent, without a name; the name is in the origin graph |
//! | `org:subOrganizationOf` of an agent, publisher and contact of a service | agents of ours |
//! | several geometries of one place | as many places, since DCAT-AP allows one each; Well-known Text is made where only GeoJSON is sent |
//! | dates, sizes, addresses, geometries that are written wrongly | what they mean, or nothing; the original is in the origin graph |
//! | e-mail addresses and telephone numbers as texts, several in one, percent-encoded, below the feed's own address | `mailto:`, `tel:`, each of them; the address of a page is one |
//! | IRIs stated as texts | IRIs, wherever a thing belongs |
//! | words where a thing belongs (`dct:conformsTo`, `dct:provenance`, `dct:references`…) | a thing that is called so, or nothing; the original is in the origin graph |
//! | words in the place of a relative address | words |
//! | nodes that hold nothing but a value (`rdf:value`, `vcard:hasValue`, `skos:notation`…), lists of values | the values |
//! | geometries of GeoSPARQL and schema.org, latitudes and longitudes, the box and the period of Dublin Core | `locn:geometry`, `dcat:bbox`, `dcat:centroid`; dates |
//! | `dct:abstract`, `owl:versionInfo`, `schema:startDate`, moments of OWL-Time | themselves, and DCAT-AP's words for them where those are not said |
//! | terms of schema.org | themselves, and those of DCAT that say the same |
//! | `pod:accessLevel` | itself, and `dct:accessRights` where none are stated |
//! | `dct:isPartOf`, `dct:hasPart`, `dcat:inSeries`, `dcat:servesDataset`, `dct:source` with the identifier of a record | a link to it |
//! | `dct:temporal`, `dct:spatial` as texts: periods, boxes, geometries | a dct:PeriodOfTime, a dct:Location |
//! | statements about anything else (a licence, a concept, a standard) | the origin graph; its classes and labels are in the catalogue too, unless it is a dataset, a distribution, a service, a catalogue or a record of one |
//! | any other property | itself |
//!
//! # Left out of `record`
//!
//! | property | why |
//! |---|---|
//! | empty texts | they say nothing |
//! | nodes of which at most a class is said | they say nothing: a finding |
//! | `dcat:dataset`, `dcat:record`… of the feed's own catalogue that lead to what the feed describes | all records are the portal's; catalogues below it, and what others publish, stay |
//! | Hydra's terms | the pages of the feed are none of the catalogue's |
//! | resources that no record leads to | they are counted in the report |
//! | named graphs, N3's formulas | which graph a statement stands in says nothing of the data; what stands in a formula is not stated |

mod settings;

#[cfg(test)]
mod tests;

use crate::rdf::syntax::Syntax;
use crate::salvage::sniff;
use crate::source::contract::{Source, Split, SplitError};
use crate::source::feed;

/// What this kind brings.
pub(in crate::source) const SOURCE: Source = Source {
    name: "dcat",
    collections: &feed::COLLECTIONS,
    configure: settings::configure,
    describe: feed::describe,
    split,
    marked: &[feed::DATASETS],
};

/// Splits a document as `moisson convert` is given it.
fn split(body: &[u8], claimed: Option<Syntax>) -> Result<Split, SplitError> {
    let syntax = sniff::syntax(body, claimed).map_err(SplitError::NotRdf)?;
    let document = feed::records(body, syntax, None).map_err(SplitError::NotRdf)?;
    let mut skipped = document.notes;
    skipped.extend(
        document
            .cut_off
            .map(|why| format!("the document is cut off: {why}")),
    );
    if document.records.is_empty() {
        skipped.push("no dataset, series, service or catalogue is described".to_owned());
    }
    Ok(Split {
        records: document.records,
        skipped,
    })
}
