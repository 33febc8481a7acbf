//! A page of the catalogue as RDF: the catalogue, the paging, and the document of each dataset and data
//! service, written record by record while it is sent.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream::try_unfold;
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};

use crate::graph::date_time;
use crate::ledger::RecordNumber;
use crate::ledger::{Description, Page, Reader, Resolved};
use crate::rdf::syntax::Syntax;
use crate::rdf::vocab::{dcat, dct, hydra, rdf as rdfns, xsd};
use crate::rdf::write::Writer;
use crate::record::{Kind, Set};
use crate::web::document::{self, Links};
use crate::web::error::WebError;
use crate::web::paged::{Asked, Dialect};
use crate::web::said::Said;
use crate::web::spool::Spool;
use crate::web::state::App;

/// A page on its way to its client. What is not sent yet is not made yet: a client that reads slowly, or
/// not at all, holds the numbers of the records that are to come and a few bytes.
pub(super) struct Feed {
    app: Arc<App>,
    at: u64,
    links: Links,
    rest: std::vec::IntoIter<RecordNumber>,
    said: Said,
    output: Output,
}

/// What is made of the page.
enum Output {
    Writing(Box<Writer<Spool>>),
    Ended(Spool),
}

impl Feed {
    /// A page whose head is made: the catalogue, the paging, the lists of what follows.
    pub(super) fn begin(
        app: &Arc<App>,
        reader: &Reader,
        asked: &Asked,
        listed: &Page,
        at: u64,
        syntax: Syntax,
    ) -> Result<Self, WebError> {
        let mut said = Said::default();
        let quads = head(app, reader, asked, listed, at, &mut said)?;
        let failed = |error| WebError::internal(&error);
        let spool = Spool::new(app.config.store.path.clone());
        let mut writer = Writer::new(syntax, spool).map_err(failed)?;
        writer.write(&quads).map_err(failed)?;
        let records: Vec<RecordNumber> = listed.records.iter().map(|one| one.record).collect();
        Ok(Self {
            app: Arc::clone(app),
            at,
            links: asked.links,
            rest: records.into_iter(),
            said,
            output: Output::Writing(Box::new(writer)),
        })
    }

    /// The page as the body of an answer, which is broken off where the rest of it cannot be made.
    pub(super) fn into_body(self) -> Body {
        Body::from_stream(try_unfold(self, |feed| async move {
            feed.next().await.map_err(|error| {
                tracing::error!(%error, cause = ?error, "a page of the catalogue is broken off");
                io::Error::other(error)
            })
        }))
    }

    async fn next(mut self) -> Result<Option<(Bytes, Self)>, WebError> {
        loop {
            let (spool, ended) = match &mut self.output {
                Output::Writing(writer) => (writer.get_mut(), false),
                Output::Ended(spool) => (spool, true),
            };
            let piece = spool.take().map_err(WebError::internal)?;
            if let Some(piece) = piece {
                return Ok(Some((piece, self)));
            }
            if ended {
                return Ok(None);
            }
            // The turn to read is given back before anything is sent.
            let app = Arc::clone(&self.app);
            self = app.read(|app, reader, _| self.advance(app, reader)).await?;
        }
    }

    /// Writes the next records, and the end after the last.
    fn advance(mut self, app: &App, reader: &Reader) -> Result<Self, WebError> {
        let failed = |error| WebError::internal(&error);
        let Output::Writing(mut writer) = self.output else {
            return Ok(self);
        };
        let catalogue = app.config.base_uri.catalogue();
        while !writer.get_mut().is_worth_taking() {
            let Some(record) = self.rest.next() else {
                self.output = Output::Ended(writer.finish().map_err(failed)?);
                return Ok(self);
            };
            let record = reader
                .description(record, self.at)?
                .ok_or_else(|| WebError::internal("a record of the page is gone"))?;
            let links = self.links;
            let (mut quads, _turn) =
                document::part(app, reader, record, self.at, links, &mut self.said)?;
            // The head has said what is in the catalogue.
            quads.retain(|quad| !lists(quad, &catalogue));
            writer.write(&quads).map_err(failed)?;
        }
        self.output = Output::Writing(writer);
        Ok(self)
    }
}

/// Whether a statement is an entry of the catalogue's lists, or of a named graph.
fn lists(quad: &Quad, catalogue: &NamedNode) -> bool {
    const LISTS: [NamedNodeRef<'static>; 3] = [dcat::DATASET, dcat::SERVICE, dcat::RECORD];
    !quad.graph_name.is_default_graph()
        || (quad.subject == catalogue.as_ref().into() && LISTS.contains(&quad.predicate.as_ref()))
}

/// The catalogue, the paging, and the lists of the page.
fn head(
    app: &App,
    reader: &Reader,
    asked: &Asked,
    listed: &Page,
    at: u64,
    said: &mut Said,
) -> Result<Vec<Quad>, WebError> {
    let catalogue = app.config.base_uri.catalogue();
    let mut quads = Vec::new();
    let mut state = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
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
        let iri = NamedNode::new(listed.iri.as_str()).map_err(WebError::internal)?;
        let property = match listed.id.kind {
            Kind::Service => dcat::SERVICE,
            _ => dcat::DATASET,
        };
        state(&catalogue, property, iri.into());
        for record in records_of(app, reader, listed, at)? {
            state(&catalogue, dcat::RECORD, record.into());
        }
    }
    if let Resolved::Live(found) = reader.resolve(catalogue.as_str(), at)? {
        let links = Links::WithinDataset;
        let (own, _turn) = document::part(app, reader, *found, at, links, said)?;
        quads.extend(
            own.into_iter()
                .filter(|quad| quad.graph_name.is_default_graph()),
        );
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
    state: &mut impl FnMut(&NamedNode, NamedNodeRef<'_>, Term),
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
