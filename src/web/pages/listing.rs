//! The entrance and the catalogue.

use axum::http::HeaderMap;

use super::related::Relations;
use super::{Frame, Parameters, Rendered, languages, parameter, texts};
use crate::ledger::{Filter, Page, Position, Reader};
use crate::publish::Manifest;
use crate::record::{Base, Kind, Set};
use crate::web::error::WebError;
use crate::web::html::{
    self, CataloguePage, Chip, Counted, Document, Facet, HomePage, Named, Pager,
};
use crate::web::paged::Asked;
use crate::web::state::App;

/// Datasets on the entrance.
const LATEST: u64 = 8;

/// What the entrance counts.
const COUNTED: [Kind; 7] = [
    Kind::Dataset,
    Kind::Series,
    Kind::Service,
    Kind::Reuse,
    Kind::Discussion,
    Kind::Topic,
    Kind::Organization,
];

/// The entrance.
pub(in crate::web) fn home(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let mut page = frame.page(app);
    let base = &app.config.base_uri;
    page.iri = Some(base.catalogue().into_string());
    page.documents = Document::of_path("catalog", base);
    page.languages = languages(base.as_str());
    let at = manifest.sequence;
    let mut counts = Vec::new();
    for kind in COUNTED {
        for persons in both(kind).iter().copied() {
            let filter = apart(of_kind(kind), kind, persons);
            let number = reader.page(&filter, Position::Offset(0), 0, at)?.total;
            if number > 0 {
                counts.push(Counted {
                    kind,
                    persons,
                    number,
                    all: Some(everything(base, kind, persons)),
                });
            }
        }
    }
    let mut portals = Vec::new();
    for portal in &app.config.portals {
        let filter = Filter {
            kinds: vec![Kind::Dataset],
            portal: Some(portal.id.clone()),
            ..Filter::default()
        };
        let named = Named {
            iri: base.portal(&portal.id).into_string(),
            names: match &portal.title {
                Some(title) => texts(title),
                None => std::iter::once((String::new(), portal.id.to_string())).collect(),
            },
        };
        portals.push((
            named,
            reader.page(&filter, Position::Offset(0), 0, at)?.total,
        ));
    }
    let relations = Relations::new(reader, at);
    let latest = reader
        .newest(&of_kind(Kind::Dataset), LATEST, at)?
        .iter()
        .map(|dataset| relations.listed(dataset))
        .collect::<Result<Vec<_>, _>>()?;
    let descriptions = texts(&app.config.catalogue.description);
    Ok(frame.rendered(html::written(&HomePage {
        page,
        descriptions: &descriptions,
        counts: &counts,
        portals: &portals,
        latest: &latest,
    })?))
}

/// A page of the catalogue.
#[expect(clippy::too_many_arguments, reason = "everything that the page shows")]
pub(in crate::web) fn catalogue(
    app: &App,
    reader: &Reader,
    manifest: &Manifest,
    asked: &Asked,
    at: u64,
    found: &Page,
    parameters: &Parameters,
    headers: &HeaderMap,
) -> Result<Rendered, WebError> {
    let frame = Frame::new(app, Some(manifest), parameter(app, parameters, headers));
    let mut page = frame.page(app);
    page.documents = Document::each(|syntax| {
        let name = format!("catalog.{}", syntax.extension());
        asked.link_as(app, &name, asked.page(), Some(at))
    });
    page.languages = languages(&asked.link_as(app, "catalog.html", asked.page(), asked.at()));
    let relations = Relations::new(reader, at);
    let datasets = found
        .records
        .iter()
        .map(|dataset| relations.listed(dataset))
        .collect::<Result<Vec<_>, _>>()?;
    let filters = chips(app, &relations, asked)?;
    let last = asked.last(found.total);
    let number = asked.page();
    let link = |page: u64| asked.link_as(app, "catalog.html", page, Some(at));
    let clear = format!("{}catalog", app.config.base_uri);
    Ok(frame.rendered(html::written(&CataloguePage {
        page,
        kind: Kind::Dataset,
        persons: false,
        listed: &datasets,
        total: found.total,
        filters: &filters,
        clear: (!filters.is_empty()).then_some(clear.as_str()),
        pager: Pager::of(number, last, link),
    })?))
}

fn chips(app: &App, relations: &Relations<'_>, asked: &Asked) -> Result<Vec<Chip>, WebError> {
    let filters = asked.filters();
    let mut chips = Vec::with_capacity(filters.len());
    for (name, value) in &filters {
        let others = filters.iter().filter(|(other, _)| other != name);
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .finish();
        let (kind, names) = match *name {
            "portal" => (
                Facet::Portal,
                app.config
                    .portal(value)
                    .and_then(|portal| portal.title.as_ref())
                    .map(texts),
            ),
            "publisher" => (
                Facet::Publisher,
                relations
                    .agent(Some(value))?
                    .map(|agent| agent.names.clone()),
            ),
            "theme" => (Facet::Theme, None),
            "hvd" => (Facet::HighValue, None),
            "modified_since" => (Facet::Modified, None),
            _ => (Facet::Other, None),
        };
        chips.push(Chip {
            kind,
            value: value.clone(),
            names: names.unwrap_or_default(),
            remove: format!("{}catalog?{query}", app.config.base_uri),
        });
    }
    Ok(chips)
}

/// Where all records of a kind are listed.
fn everything(base: &Base, kind: Kind, persons: bool) -> String {
    match kind {
        Kind::Dataset => format!("{base}catalog"),
        kind => format!("{base}list/{}", segment(kind, persons)),
    }
}

/// What the list of a kind is called: persons have one of their own.
pub(super) fn segment(kind: Kind, persons: bool) -> &'static str {
    if persons { "person" } else { kind.segment() }
}

/// Whether persons are counted for a kind: agents are counted twice, organizations and persons.
pub(super) fn both(kind: Kind) -> &'static [bool] {
    match kind {
        Kind::Organization => &[false, true],
        _ => &[false],
    }
}

/// A filter of agents, for persons or for all the others, among whom who publishes this catalogue is none;
/// that of another kind as it is.
pub(super) fn apart(filter: Filter, kind: Kind, persons: bool) -> Filter {
    match (kind, persons) {
        (Kind::Organization, false) => Filter {
            without: vec![Set::Person],
            harvested: true,
            ..filter
        },
        (Kind::Organization, true) => Filter {
            sets: [filter.sets, vec![(Set::Person, None)]].concat(),
            ..filter
        },
        _ => filter,
    }
}

fn of_kind(kind: Kind) -> Filter {
    Filter {
        kinds: vec![kind],
        ..Filter::default()
    }
}
