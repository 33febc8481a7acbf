//! The page of one resource.

use axum::http::HeaderMap;
use oxigraph::model::{NamedNode, Term};

use super::listing::{count_label, listed};
use super::{Frame, Parameters, Rendered, languages, parameter, texts};
use crate::dcat::view::{AgentView, ContactView, DatasetView, Texts};
use crate::ledger::{Filter, Position, Reader, RunState};
use crate::publish::Manifest;
use crate::rdf::vocab::{dct, foaf};
use crate::record::{Kind, Set};
use crate::web::document::Document;
use crate::web::error::WebError;
use crate::web::html::{
    self, AgentPage, ContactPage, DatasetPage, LastRun, Listed, Named, Noticed, Outcome, Page,
    PortalPage, Provenance, TriplesPage,
};
use crate::web::state::App;

/// Datasets listed on the page of an agent, a contact or a portal.
const FEW: u64 = 25;
/// Findings shown on a page.
const FINDINGS: u32 = 200;

/// The page of what `document` is about.
pub(in crate::web) fn resource(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    document: &Document,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let mut page = frame.page(app);
    let description = &document.description;
    let path = app
        .config
        .base_uri
        .path(&description.iri)
        .unwrap_or_default();
    page.iri = Some(description.iri.clone());
    page.documents = html::Document::of_path(path, &app.config.base_uri);
    page.languages = languages(&format!("{}.html", description.iri));
    let iri = subject(document)?;
    let at = manifest.sequence;
    let (issued, modified) = (time(description.issued), time(description.modified));
    let source = source(document);
    let portal = app
        .config
        .portal(description.id.portal.as_str())
        .map(|portal| Named {
            iri: app.config.base_uri.portal(&portal.id).into_string(),
            names: portal
                .title
                .as_ref()
                .map_or_else(|| plain(portal.id.as_str()), texts),
        });
    let provenance = Provenance {
        portal: portal.as_ref(),
        source: source.as_deref(),
        issued: issued.as_deref(),
        modified: modified.as_deref(),
    };
    let html = match description.id.kind {
        Kind::Dataset => return dataset_page(reader, document, &frame, page, provenance),
        Kind::Organization => {
            let agent = AgentView::of(&iri, &document.triples);
            let filter = filter(vec![(Set::Publisher, Some(description.iri.clone()))]);
            let (datasets, total) = some(reader, &filter, at)?;
            let all = address(app, "publisher", &description.iri);
            html::agent(&AgentPage {
                page,
                agent: &agent,
                datasets: &datasets,
                total,
                all: Some(&all),
                provenance,
            })
        }
        Kind::Contact => {
            let contact = ContactView::of(&iri, &document.triples);
            let filter = filter(vec![(Set::Uses, Some(description.iri.clone()))]);
            let (datasets, total) = some(reader, &filter, at)?;
            html::contact(&ContactPage {
                page,
                contact: &contact,
                datasets: &datasets,
                total,
                all: None,
                provenance,
            })
        }
        Kind::Portal => return portal_page(app, reader, document, &frame, page, portal, at),
        _ => html::triples(&TriplesPage {
            page,
            subject: &description.iri,
            triples: &document.triples,
        }),
    };
    frame.rendered(html)
}

/// The dataset's page.
fn dataset_page(
    reader: &Reader,
    document: &Document,
    frame: &Frame,
    page: Page<'_>,
    provenance: Provenance<'_>,
) -> Result<Rendered, WebError> {
    let iri = subject(document)?;
    let dataset = DatasetView::of(&iri, &document.triples);
    let publisher = beside(document, dataset.publisher.as_deref(), AgentView::of);
    let contacts: Vec<ContactView> = dataset
        .contacts
        .iter()
        .filter_map(|contact| beside(document, Some(contact), ContactView::of))
        .collect();
    let rows = reader.findings_of(document.description.record, FINDINGS)?;
    let findings: Vec<Noticed<'_>> = rows
        .iter()
        .map(|row| Noticed {
            code: &row.code,
            field: &row.field,
            message: &row.message,
            value: &row.value,
        })
        .collect();
    frame.rendered(html::dataset(&DatasetPage {
        page,
        dataset: &dataset,
        publisher: publisher.as_ref(),
        contacts: &contacts,
        provenance,
        findings: &findings,
    }))
}

/// The portal's page.
fn portal_page(
    app: &App,
    reader: &Reader,
    document: &Document,
    frame: &Frame,
    page: Page<'_>,
    portal: Option<Named>,
    at: u64,
) -> Result<Rendered, WebError> {
    let description = &document.description;
    let named = portal.unwrap_or_else(|| Named {
        iri: description.iri.clone(),
        names: Texts::default(),
    });
    let descriptions = document
        .triples
        .iter()
        .filter(|triple| triple.predicate.as_ref() == dct::DESCRIPTION)
        .filter_map(|triple| match &triple.object {
            Term::Literal(text) => Some((
                text.language().unwrap_or_default().to_owned(),
                text.value().to_owned(),
            )),
            _ => None,
        })
        .collect();
    let filter = Filter {
        portal: Some(description.id.portal.clone()),
        ..filter(Vec::new())
    };
    let (datasets, total) = some(reader, &filter, at)?;
    let run = reader.runs(Some(&description.id.portal), 1)?.pop();
    let ended = run.as_ref().and_then(|run| time(run.ended));
    let last_run = run.as_ref().map(|run| LastRun {
        outcome: match run.state {
            RunState::Running => Outcome::Running,
            RunState::Done => Outcome::Done,
            RunState::Partial => Outcome::Partial,
            RunState::Failed => Outcome::Failed,
            RunState::Suspicious => Outcome::Suspicious,
        },
        ended: ended.as_deref(),
        created: run.counts.created,
        updated: run.counts.updated,
        unchanged: run.counts.unchanged,
        withdrawn: run.counts.withdrawn,
        rejected: run.counts.rejected,
    });
    let status = reader.portal_status(&description.id.portal)?;
    let counts: Vec<(String, u64)> = status
        .records
        .iter()
        .filter_map(|(kind, count)| Some((count_label(frame.language, kind)?, *count)))
        .collect();
    let homepage = app
        .config
        .portal(description.id.portal.as_str())
        .map(|portal| portal.url.as_str());
    let all = address(app, "portal", description.id.portal.as_str());
    frame.rendered(html::portal(&PortalPage {
        page,
        portal: &named,
        descriptions: &descriptions,
        homepage,
        counts: &counts,
        last_run,
        datasets: &datasets,
        total,
        all: Some(&all),
    }))
}

/// Unix seconds as a page's `xsd:dateTime`.
fn time(seconds: Option<i64>) -> Option<String> {
    seconds
        .and_then(crate::graph::date_time)
        .map(|time| time.value().to_owned())
}

fn subject(document: &Document) -> Result<NamedNode, WebError> {
    NamedNode::new(document.description.iri.as_str()).map_err(|error| WebError::internal(&error))
}

/// The portal's own record that a description comes from.
fn source(document: &Document) -> Option<String> {
    let record = document.triples.iter().find(|triple| {
        triple.predicate.as_ref() == foaf::PRIMARY_TOPIC
            && matches!(&triple.object, Term::NamedNode(topic) if topic.as_str() == document.description.iri)
    })?;
    document
        .triples
        .iter()
        .find(|triple| triple.subject == record.subject && triple.predicate.as_ref() == dct::SOURCE)
        .and_then(|triple| match &triple.object {
            Term::NamedNode(source) => Some(source.as_str().to_owned()),
            _ => None,
        })
}

/// The view of a record that belongs to the document.
fn beside<T>(
    document: &Document,
    iri: Option<&str>,
    view: impl Fn(&NamedNode, &[oxigraph::model::Triple]) -> T,
) -> Option<T> {
    let (found, triples) = document
        .beside
        .iter()
        .find(|(found, _)| Some(found.iri.as_str()) == iri)?;
    Some(view(&NamedNode::new(found.iri.as_str()).ok()?, triples))
}

fn filter(sets: Vec<(Set, Option<String>)>) -> Filter {
    Filter {
        kinds: vec![Kind::Dataset],
        sets,
        ..Filter::default()
    }
}

/// A few of the datasets that match, and how many there are.
fn some(reader: &Reader, filter: &Filter, at: u64) -> Result<(Vec<Listed>, u64), WebError> {
    let page = reader.page(filter, Position::Offset(0), FEW, at)?;
    Ok((
        page.records
            .iter()
            .map(|one| listed(reader, one, at))
            .collect::<Result<_, _>>()?,
        page.total,
    ))
}

/// The catalogue, filtered.
fn address(app: &App, name: &str, value: &str) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(name, value)
        .finish();
    format!("{}catalog?{query}", app.config.base_uri)
}

fn plain(text: &str) -> Texts {
    std::iter::once((String::new(), text.to_owned())).collect()
}
