//! The page of one resource.

mod agent;
mod dataset;
mod portal;
mod things;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::HeaderMap;
use oxigraph::model::{NamedNode, NamedNodeRef, Term, Triple};

use super::related::Relations;
use super::{Frame, Parameters, Rendered, languages, parameter, texts};
use crate::dcat::quality::metrics;
use crate::dcat::view::{ContactView, DatasetView, QualityView, RecordView, Texts};
use crate::ledger::{Description, FindingRow, Reader};
use crate::publish::Manifest;
use crate::rdf::vocab::{dcat, schema};
use crate::record::{Base, Kind, PortalId, Set};
use crate::web::document::Document;
use crate::web::error::WebError;
use crate::web::html::{self, Also, Named, Noticed, Page, Provenance, TriplesPage, named_in};
use crate::web::state::App;

/// Findings shown on a page.
const FINDINGS: u32 = 200;

/// Other records that are looked up because findings name them.
const MOST_OTHERS: usize = 20;

/// Addresses shown of the same thing on another portal.
const MOST_NAMES: usize = 3;

/// Records looked up that a description only names.
const MOST_NAMED: usize = 100;

/// What leads to records that pages list by themselves.
const LISTED: [NamedNodeRef<'static>; 2] = [dcat::SERIES_MEMBER, dcat::SERVES_DATASET];

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
    let one = One::new(app, reader, manifest, document, &frame)?;
    let html = match document.description.id.kind {
        Kind::Dataset | Kind::Series => dataset::page(&one),
        Kind::Organization => agent::organization(&one),
        Kind::Contact => agent::contact(&one),
        Kind::Portal => portal::page(&one),
        Kind::Service => things::service(&one),
        Kind::Reuse => things::reuse(&one),
        Kind::Topic => things::topic(&one),
        Kind::Origin => things::origin(&one),
        Kind::Distribution => things::distribution(&one),
        Kind::Discussion => things::discussion(&one),
        Kind::Catalogue => Ok(html::written(&TriplesPage {
            page: one.page(),
            subject: &document.description.iri,
            triples: &document.triples,
        })?),
    };
    Ok(frame.rendered(html?))
}

/// What every page of one resource is made of.
struct One<'a> {
    app: &'a App,
    reader: &'a Reader,
    frame: &'a Frame,
    document: &'a Document,
    iri: NamedNode,
    relations: Relations<'a>,
    portal: Option<Named>,
    origins: Vec<Named>,
    source: Option<String>,
    issued: Option<String>,
    modified: Option<String>,
    also: Vec<Also>,
    findings: Vec<FindingRow>,
    /// The records that findings name, by the IRIs that they have of them.
    others: Vec<Named>,
    /// The series that list it.
    series: Vec<String>,
    /// Names of the records of ours that the description names.
    names: BTreeMap<String, Texts>,
}

impl<'a> One<'a> {
    fn new(
        app: &'a App,
        reader: &'a Reader,
        manifest: &Manifest,
        document: &'a Document,
        frame: &'a Frame,
    ) -> Result<Self, WebError> {
        let description = &document.description;
        let iri = NamedNode::new(description.iri.as_str()).map_err(WebError::internal)?;
        let relations = Relations::new(reader, manifest.sequence);
        let findings = reader.findings_of(description.record, FINDINGS)?;
        let about = reader
            .about(&description.iri, manifest.sequence)?
            .into_iter();
        let series: Vec<String> = about
            .filter(|(kind, _)| *kind == Kind::Series)
            .map(|(_, iri)| iri)
            .collect();
        let record = RecordView::about(&iri, &document.triples).unwrap_or_default();
        Ok(Self {
            app,
            reader,
            frame,
            document,
            portal: portal(app, &description.id.portal),
            origins: relations.names(&record.origins)?,
            source: record.source,
            issued: time(description.issued),
            modified: time(description.modified),
            also: also(app, reader, description, manifest.sequence)?,
            others: others(&relations, &findings)?,
            findings,
            names: names(&relations, document, &series, &app.config.base_uri)?,
            series,
            iri,
            relations,
        })
    }

    fn page(&self) -> Page<'_> {
        let (base, iri) = (&self.app.config.base_uri, &self.document.description.iri);
        Page {
            iri: Some(iri.clone()),
            documents: html::Document::of_path(base.path(iri).unwrap_or_default(), base),
            languages: languages(&format!("{iri}.html")),
            has_graphs: true,
            names: &self.names,
            ..self.frame.page(self.app)
        }
    }

    fn provenance(&self) -> Provenance<'_> {
        Provenance {
            portal: self.portal.as_ref(),
            origins: &self.origins,
            source: self.source.as_deref(),
            issued: self.issued.as_deref(),
            modified: self.modified.as_deref(),
            also: &self.also,
        }
    }

    fn findings(&self) -> Vec<Noticed<'_>> {
        self.findings
            .iter()
            .map(|row| Noticed {
                code: &row.code,
                field: &row.field,
                message: &row.message,
                value: &row.value,
                others: &self.others,
            })
            .collect()
    }

    /// The contact points and those with a role, as far as the document describes them as contacts.
    fn contacts(&self, view: &DatasetView) -> Vec<ContactView> {
        let roles = view.roles.iter().map(|role| &role.agent);
        let iris: Vec<&String> = view.contacts.iter().chain(roles).collect();
        let beside = self.document.beside.iter();
        beside
            .filter(|(found, _)| found.id.kind == Kind::Contact && iris.contains(&&found.iri))
            .filter_map(|(found, triples)| {
                let iri = NamedNode::new(found.iri.as_str()).ok()?;
                Some(ContactView::of(&iri, triples))
            })
            .collect()
    }

    /// The view of a record that belongs to the document.
    fn beside<T>(&self, iri: Option<&str>, view: impl Fn(&NamedNode, &[Triple]) -> T) -> Option<T> {
        let (found, triples) = self
            .document
            .beside
            .iter()
            .find(|(found, _)| Some(found.iri.as_str()) == iri)?;
        Some(view(&NamedNode::new(found.iri.as_str()).ok()?, triples))
    }

    /// The metrics, where anything is measured.
    fn metrics(&self) -> Vec<Triple> {
        if self.document.quality.is_empty() {
            Vec::new()
        } else {
            metrics(&self.app.config.base_uri)
        }
    }

    fn quality(&self) -> QualityView {
        QualityView::of(&self.iri, &self.document.quality)
    }
}

/// The records that findings name.
fn others(relations: &Relations<'_>, findings: &[FindingRow]) -> Result<Vec<Named>, WebError> {
    let iris = findings.iter().flat_map(|row| named_in(&row.message));
    let iris: BTreeSet<&str> = iris.collect();
    relations.named_by(iris.into_iter().take(MOST_OTHERS))
}

/// The names of the records that a description names, as far as they are published: of an alias, that of
/// the record shown in its place.
fn names(
    relations: &Relations<'_>,
    document: &Document,
    series: &[String],
    base: &Base,
) -> Result<BTreeMap<String, Texts>, WebError> {
    let of_kind = document.description.id.kind;
    let is_told = |property: NamedNodeRef<'_>| match of_kind {
        Kind::Dataset | Kind::Series | Kind::Service => !LISTED.contains(&property),
        Kind::Organization | Kind::Contact | Kind::Distribution => true,
        // What it says of its elements.
        Kind::Topic => property == schema::ITEM,
        Kind::Catalogue | Kind::Portal | Kind::Reuse | Kind::Origin | Kind::Discussion => false,
    };
    let listing = series.iter().map(String::as_str);
    let told: BTreeSet<&str> = document
        .triples
        .iter()
        .filter(|triple| is_told(triple.predicate.as_ref()))
        .filter_map(|triple| match &triple.object {
            Term::NamedNode(node) if *node.as_str() != *document.description.iri => {
                Some(node.as_str())
            }
            _ => None,
        })
        .filter(|iri| is_record(iri, base))
        .chain(listing)
        .collect();
    let mut names = BTreeMap::new();
    for iri in told.into_iter().take(MOST_NAMED) {
        if let Some(found) = relations.name(iri)? {
            names.insert(iri.to_owned(), found.names);
        }
    }
    Ok(names)
}

/// Whether an IRI is one that a record has, and no distribution's, which its dataset describes.
fn is_record(iri: &str, base: &Base) -> bool {
    let segment = base.path(iri).and_then(|path| path.split('/').next());
    segment
        .and_then(|segment| Kind::from_segment(segment).ok())
        .is_some_and(|kind| kind != Kind::Distribution)
}

/// A portal of the configuration.
fn portal(app: &App, id: &PortalId) -> Option<Named> {
    let portal = app.config.portal(id.as_str())?;
    let title = portal.title.as_ref();
    Some(Named {
        iri: app.config.base_uri.portal(id).into_string(),
        names: title.map_or_else(|| plain(id.as_str()), texts),
    })
}

/// The other portals that have the same thing, what it is called there, and how it was recognised.
fn also(
    app: &App,
    reader: &Reader,
    description: &Description,
    at: u64,
) -> Result<Vec<Also>, WebError> {
    let known = reader.values(description.record, Set::Alias, at)?;
    let mut found = Vec::new();
    for alias in reader.aliases(description.record, at)? {
        let mut names = reader.values(alias.record, Set::Alias, at)?;
        names.retain(|name| name.starts_with("http") && !known.contains(name));
        names.truncate(MOST_NAMES);
        found.push(Also {
            portal: portal(app, &alias.id.portal).unwrap_or_else(|| Named {
                iri: app.config.base_uri.portal(&alias.id.portal).into_string(),
                names: plain(alias.id.portal.as_str()),
            }),
            is_derived: alias.why.is_some() && alias.id.portal == description.id.portal,
            iri: alias.iri,
            names,
            why: alias.why,
            since: time(alias.time),
        });
    }
    Ok(found)
}

/// Unix seconds as a page's `xsd:dateTime`.
fn time(seconds: Option<i64>) -> Option<String> {
    seconds
        .and_then(crate::graph::date_time)
        .map(|time| time.value().to_owned())
}

fn plain(text: &str) -> Texts {
    std::iter::once((String::new(), text.to_owned())).collect()
}
