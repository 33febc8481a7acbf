//! A page of a list of records of one kind, for people and for programs.

use axum::http::HeaderMap;

use super::listing::{apart, segment};
use super::related::{Relations, of_kind, series};
use super::{Frame, Parameters, Rendered, languages, parameter, texts};
use crate::dcat::view::{DatasetView, ReuseView, SelectionView, ServiceView, Texts};
use crate::ledger::{Description, Filter, Position, Reader};
use crate::publish::Manifest;
use crate::record::{Kind, PortalId, Set};
use crate::web::document::summary;
use crate::web::error::WebError;
use crate::web::html::{self, CataloguePage, Chip, Document, Facet, Listed, Pager};
use crate::web::paged::known;
use crate::web::state::App;

/// Records on a page.
pub(in crate::web) const PAGE_SIZE: u64 = 50;

/// A request for a list, understood. Every condition given must hold.
#[derive(Debug)]
pub(in crate::web) struct Asked {
    /// What is listed.
    pub(in crate::web) kind: Kind,
    /// Of agents, persons; else all the others.
    pub(in crate::web) persons: bool,
    /// The number of the page, from 1.
    pub(in crate::web) page: u64,
    /// Those that are about this IRI.
    pub(in crate::web) about: Option<String>,
    /// Those that this IRI is about; no other condition counts beside it.
    pub(in crate::web) of: Option<String>,
    /// Those that this agent publishes.
    pub(in crate::web) publisher: Option<String>,
    /// Those whose document this IRI belongs into.
    pub(in crate::web) uses: Option<String>,
    /// Those of this portal.
    pub(in crate::web) portal: Option<PortalId>,
}

/// What a page of a list has.
pub(in crate::web) struct Found {
    /// The records on the page.
    pub(in crate::web) records: Vec<Description>,
    /// How many there are in all.
    pub(in crate::web) total: u64,
}

impl Found {
    /// What a page of a list has as of a sequence.
    pub(in crate::web) fn of(reader: &Reader, asked: &Asked, at: u64) -> Result<Self, WebError> {
        if matches!(asked.kind, Kind::Catalogue | Kind::Portal) {
            return Err(WebError::NotFound);
        }
        let found = match &asked.of {
            Some(iri) => members(reader, asked, iri, at),
            None => found(reader, asked, at),
        }?;
        if asked.page > found.pages() {
            return Err(WebError::NotFound);
        }
        Ok(found)
    }

    /// How many pages there are, at least one.
    pub(in crate::web) fn pages(&self) -> u64 {
        self.total.div_ceil(PAGE_SIZE).max(1)
    }
}

/// A page of a list, for people.
pub(in crate::web) fn list(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    asked: &Asked,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let at = manifest.sequence;
    let found = Found::of(reader, asked, at)?;
    let (pages, total) = (found.pages(), found.total);
    let relations = Relations::new(reader, at);
    let listed = found.records.iter().map(|one| relations.listed(one));
    let listed: Vec<Listed> = listed.collect::<Result<_, _>>()?;
    let link = |page: u64| address(app, asked, None, page);
    let number = asked.page;
    let mut page = frame.page(app);
    page.languages = languages(&address(app, asked, None, number));
    page.documents = Document::each(|syntax| {
        let extension = Some(syntax.extension());
        address(app, asked, extension, number)
    });
    let chips = chips(app, &relations, asked)?;
    Ok(frame.rendered(html::written(&CataloguePage {
        page,
        kind: asked.kind,
        persons: asked.persons,
        listed: &listed,
        total,
        filters: &chips,
        clear: None,
        pager: Pager::of(number, pages, link),
    })?))
}

fn offset(asked: &Asked) -> u64 {
    (asked.page - 1).saturating_mul(PAGE_SIZE)
}

fn found(reader: &Reader, asked: &Asked, at: u64) -> Result<Found, WebError> {
    let sets = [
        (Set::About, &asked.about),
        (Set::Publisher, &asked.publisher),
        (Set::Uses, &asked.uses),
    ];
    for (set, value) in sets {
        if let Some(value) = value {
            known(reader, set, value, at)?;
        }
    }
    let filter = Filter {
        kinds: vec![asked.kind],
        portal: asked.portal.clone(),
        sets: sets
            .into_iter()
            .filter(|(_, value)| value.is_some())
            .map(|(set, value)| (set, value.clone()))
            .collect(),
        ..Filter::default()
    };
    let filter = apart(filter, asked.kind, asked.persons);
    let page = reader.page(&filter, Position::Offset(offset(asked)), PAGE_SIZE, at)?;
    Ok(Found {
        records: page.records,
        total: page.total,
    })
}

/// What `iri` selects, serves or uses, in the order of the IRIs.
fn members(reader: &Reader, asked: &Asked, iri: &str, at: u64) -> Result<Found, WebError> {
    let record = reader.live_of(iri, at)?.ok_or(WebError::NotFound)?;
    let node = oxigraph::model::NamedNode::new(record.iri.as_str()).map_err(WebError::internal)?;
    let triples = summary(reader, &record)?;
    let after = usize::try_from(offset(asked)).unwrap_or(usize::MAX);
    let few = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    if (record.id.kind, asked.kind) == (Kind::Series, Kind::Dataset) {
        let named = DatasetView::of(&node, &triples).members;
        let members = series(reader, &record.iri, &named, at)?;
        let mut records = Vec::new();
        for iri in members.iter().skip(after).take(few) {
            records.extend(reader.live_of(iri, at)?);
        }
        return Ok(Found {
            records,
            total: u64::try_from(members.len()).unwrap_or(u64::MAX),
        });
    }
    let members = match record.id.kind {
        Kind::Service => ServiceView::of(&node, &triples).serves,
        Kind::Reuse => ReuseView::of(&node, &triples).uses,
        _ => SelectionView::of(&node, &triples).members,
    };
    let mut live = Vec::new();
    for iri in of_kind(&members, asked.kind, reader.base()) {
        live.extend(reader.live_of(iri, at)?);
    }
    let total = u64::try_from(live.len()).unwrap_or(u64::MAX);
    Ok(Found {
        records: live.into_iter().skip(after).take(few).collect(),
        total,
    })
}

fn conditions(asked: &Asked) -> Vec<(&'static str, &str)> {
    let portal = asked.portal.as_ref().map(PortalId::as_str);
    let given = [
        ("about", asked.about.as_deref()),
        ("of", asked.of.as_deref()),
        ("publisher", asked.publisher.as_deref()),
        ("uses", asked.uses.as_deref()),
        ("portal", portal),
    ];
    let given = given.into_iter();
    given
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// The address of a page of a list, with an extension or without one; of the list itself, where it is the
/// first.
pub(in crate::web) fn address(
    app: &App,
    asked: &Asked,
    extension: Option<&str>,
    page: u64,
) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(conditions(asked));
    if page > 1 {
        query.append_pair("page", &page.to_string());
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    let base = &app.config.base_uri;
    let kind = segment(asked.kind, asked.persons);
    let extension = extension.map_or(String::new(), |extension| format!(".{extension}"));
    format!("{base}list/{kind}{extension}{mark}{query}")
}

/// The conditions in force, by name; a click removes one.
fn chips(app: &App, relations: &Relations<'_>, asked: &Asked) -> Result<Vec<Chip>, WebError> {
    let all = conditions(asked);
    let mut chips = Vec::new();
    for (name, value) in &all {
        let others = all.iter().filter(|(other, _)| other != name);
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .finish();
        let (kind, names) = match *name {
            "portal" => {
                let portal = app.config.portal(value);
                let title = portal.and_then(|portal| portal.title.as_ref());
                (Facet::Portal, title.map(texts).unwrap_or_default())
            }
            name => {
                let named = relations.names(&[(*value).to_owned()])?.pop();
                let facet = if name == "publisher" {
                    Facet::Publisher
                } else {
                    Facet::Other
                };
                (
                    facet,
                    named.map_or_else(Texts::default, |named| named.names),
                )
            }
        };
        let kind_of = segment(asked.kind, asked.persons);
        chips.push(Chip {
            kind,
            value: (*value).to_owned(),
            names,
            remove: format!("{}list/{kind_of}?{query}", app.config.base_uri),
        });
    }
    Ok(chips)
}
