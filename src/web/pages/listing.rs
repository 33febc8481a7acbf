//! The pages that list datasets: the entrance and the catalogue.

use axum::http::HeaderMap;
use oxigraph::model::NamedNode;

use super::{Frame, Parameters, Rendered, languages, parameter, texts};
use crate::dcat::view::{AgentView, DatasetView};
use crate::ledger::{Description, Filter, Page, Position, Reader, Resolved};
use crate::publish::Manifest;
use crate::record::Kind;
use crate::web::catalogue::{Asked, summary};
use crate::web::error::WebError;
use crate::web::html::{
    self, CataloguePage, Chip, Document, Facet, HomePage, Language, Listed, Named, Pager,
};
use crate::web::state::App;

/// Datasets on the entrance.
const LATEST: u64 = 8;

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
    for kind in [Kind::Dataset, Kind::Organization] {
        let filter = Filter {
            kinds: vec![kind],
            ..Filter::default()
        };
        let total = reader.page(&filter, Position::Offset(0), 0, at)?.total;
        counts.extend(count_label(frame.language, kind.segment()).map(|label| (label, total)));
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
    let latest = reader
        .latest(Kind::Dataset, LATEST, at)?
        .iter()
        .map(|dataset| listed(reader, dataset, at))
        .collect::<Result<Vec<_>, _>>()?;
    let descriptions = texts(&app.config.catalogue.description);
    frame.rendered(html::home(&HomePage {
        page,
        descriptions: &descriptions,
        counts: &counts,
        portals: &portals,
        latest: &latest,
    }))
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
    page.documents = crate::rdf::syntax::Syntax::ALL
        .into_iter()
        .filter(|syntax| *syntax != crate::rdf::syntax::Syntax::N3)
        .map(|syntax| Document {
            syntax,
            href: asked.link_as(
                app,
                &format!("catalog.{}", syntax.extension()),
                asked.page(),
                Some(at),
            ),
        })
        .collect();
    page.languages = languages(&asked.link_as(app, "catalog.html", asked.page(), None));
    let datasets = found
        .records
        .iter()
        .map(|dataset| listed(reader, dataset, at))
        .collect::<Result<Vec<_>, _>>()?;
    let filters = chips(app, reader, asked, at)?;
    let last = asked.last(found.total);
    let number = asked.page();
    let link = |page: u64| asked.link_as(app, "catalog.html", page, Some(at));
    let pager = Pager {
        number,
        pages: last,
        first: (number > 1).then(|| link(1)),
        previous: (number > 1).then(|| link(number - 1)),
        next: (number < last).then(|| link(number + 1)),
        last: (number < last).then(|| link(last)),
    };
    let clear = format!("{}catalog", app.config.base_uri);
    frame.rendered(html::catalogue(&CataloguePage {
        page,
        datasets: &datasets,
        total: found.total,
        filters: &filters,
        clear: (!filters.is_empty()).then_some(clear.as_str()),
        pager,
    }))
}

fn chips(app: &App, reader: &Reader, asked: &Asked, at: u64) -> Result<Vec<Chip>, WebError> {
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
                agent(reader, value, at)?.map(|agent| agent.names),
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

/// A dataset as lists show it.
pub(super) fn listed(reader: &Reader, dataset: &Description, at: u64) -> Result<Listed, WebError> {
    let iri = NamedNode::new(dataset.iri.as_str()).map_err(|error| WebError::internal(&error))?;
    let view = DatasetView::of(&iri, &summary(reader, dataset)?);
    let publisher = match &view.publisher {
        Some(publisher) => agent(reader, publisher, at)?,
        None => None,
    };
    Ok(Listed::of(&view, publisher.as_ref()))
}

fn agent(reader: &Reader, iri: &str, at: u64) -> Result<Option<AgentView>, WebError> {
    let Resolved::Live(found) = reader.resolve(iri, at)? else {
        return Ok(None);
    };
    let node = NamedNode::new(found.iri.as_str()).map_err(|error| WebError::internal(&error))?;
    Ok(Some(AgentView::of(&node, &summary(reader, &found)?)))
}

/// What a number of records of a kind is called.
pub(super) fn count_label(language: Language, kind: &str) -> Option<String> {
    let (french, english) = match kind {
        "dataset" => ("jeux de données", "datasets"),
        "organization" => ("organisations", "organisations"),
        "contact" => ("points de contact", "contact points"),
        _ => return None,
    };
    Some(match language {
        Language::Fr => french.to_owned(),
        Language::En => english.to_owned(),
    })
}
