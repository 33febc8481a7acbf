//! A page of the catalogue as RDF: the catalogue, the paging, and the document of each dataset and data
//! service.

use std::collections::HashSet;

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};

use super::{Asked, Dialect};
use crate::graph::date_time;
use crate::ledger::{Description, Page, Reader, Resolved};
use crate::rdf::vocab::{dcat, dct, hydra, rdf as rdfns, xsd};
use crate::record::{Kind, Set};
use crate::web::document::{self, Links, Scope};
use crate::web::error::WebError;
use crate::web::state::App;

/// A page as RDF: the catalogue, the paging, and each dataset's document.
pub(super) fn quads(
    app: &App,
    reader: &Reader,
    asked: &Asked,
    listed: &Page,
    at: u64,
) -> Result<Vec<Quad>, WebError> {
    let catalogue = app.config.base_uri.catalogue();
    let mut quads = Vec::new();
    let mut state =
        |subject: &NamedNode, predicate: oxigraph::model::NamedNodeRef<'_>, object: Term| {
            quads.push(Quad::new(
                subject.clone(),
                predicate,
                object,
                GraphName::DefaultGraph,
            ));
        };
    paging(app, asked, listed, at, &mut state);
    if let Some(time) = reader.time_of(at)?.and_then(date_time) {
        state(&catalogue, dct::MODIFIED, time.into());
    }
    for listed in &listed.records {
        let iri =
            NamedNode::new(listed.iri.as_str()).map_err(|error| WebError::internal(&error))?;
        let property = match listed.id.kind {
            Kind::Service => dcat::SERVICE,
            _ => dcat::DATASET,
        };
        state(&catalogue, property, iri.into());
        for record in records_of(app, reader, listed, at)? {
            state(&catalogue, dcat::RECORD, record.into());
        }
    }
    let head = match reader.resolve(catalogue.as_str(), at)? {
        Resolved::Live(found) => {
            document::compose(
                app,
                reader,
                *found,
                at,
                Links::WithinDataset,
                Scope::Catalogue,
            )?
            .quads
        }
        _ => Vec::new(),
    };
    let documents = listed
        .records
        .iter()
        .map(|dataset| {
            Ok(document::compose(
                app,
                reader,
                dataset.clone(),
                at,
                asked.links,
                Scope::Catalogue,
            )?
            .quads)
        })
        .collect::<Result<Vec<_>, WebError>>()?;
    let mut said: HashSet<Quad> = quads.iter().cloned().collect();
    for quad in head.into_iter().chain(documents.into_iter().flatten()) {
        // Agents, contacts and concepts that datasets share are said once a page.
        if quad.graph_name.is_default_graph() && said.insert(quad.clone()) {
            quads.push(quad);
        }
    }
    Ok(quads)
}

fn records_of(
    app: &App,
    reader: &Reader,
    dataset: &Description,
    at: u64,
) -> Result<Vec<NamedNode>, WebError> {
    let prefix = app.config.base_uri.iri("record/");
    let owned = reader.values(dataset.record, Set::Subject, at)?;
    Ok(owned
        .into_iter()
        .filter(|iri| iri.starts_with(prefix.as_str()))
        .filter_map(|iri| NamedNode::new(iri).ok())
        .collect())
}

fn paging(
    app: &App,
    asked: &Asked,
    listed: &Page,
    at: u64,
    state: &mut impl FnMut(&NamedNode, oxigraph::model::NamedNodeRef<'_>, Term),
) {
    let catalogue = app.config.base_uri.catalogue();
    let page = |number: u64| NamedNode::new_unchecked(asked.link(app, number, at));
    let this = page(asked.page);
    let last = asked.last(listed.total);
    let total: Term = Literal::new_typed_literal(listed.total.to_string(), xsd::INTEGER).into();
    let (class, names) = match asked.dialect {
        Dialect::View => (
            hydra::PARTIAL_COLLECTION_VIEW,
            [hydra::FIRST, hydra::PREVIOUS, hydra::NEXT, hydra::LAST],
        ),
        Dialect::Paged => (
            hydra::PAGED_COLLECTION,
            [
                hydra::FIRST_PAGE,
                hydra::PREVIOUS_PAGE,
                hydra::NEXT_PAGE,
                hydra::LAST_PAGE,
            ],
        ),
    };
    if asked.dialect == Dialect::View {
        state(
            &catalogue,
            rdfns::TYPE,
            hydra::COLLECTION.into_owned().into(),
        );
        state(&catalogue, hydra::TOTAL_ITEMS, total.clone());
        state(&catalogue, hydra::VIEW, this.clone().into());
    }
    state(&this, rdfns::TYPE, class.into_owned().into());
    state(&this, hydra::TOTAL_ITEMS, total);
    state(
        &this,
        hydra::ITEMS_PER_PAGE,
        Literal::new_typed_literal(asked.page_size.to_string(), xsd::INTEGER).into(),
    );
    let [first, previous, next, last_of] = names;
    state(&this, first, page(1).into());
    if asked.page > 1 {
        state(&this, previous, page(asked.page - 1).into());
    }
    if asked.page < last {
        state(&this, next, page(asked.page + 1).into());
    }
    state(&this, last_of, page(last).into());
}
