//! The page of a portal: what it has, and how its last harvest went.

use oxigraph::model::Term;

use super::{One, time};
use crate::config;
use crate::dcat::view::Texts;
use crate::ledger::{Filter, Position};
use crate::rdf::vocab::dct;
use crate::record::{Kind, Set};
use crate::web::error::WebError;
use crate::web::html::{self, Counted, LastRun, Named, PortalPage};
use crate::web::pages::harvest::outcome;
use crate::web::pages::listing::both;
use crate::web::pages::related::list;

/// Datasets listed.
const FEW: u64 = 25;

pub(super) fn page(one: &One<'_>) -> Result<String, WebError> {
    let description = &one.document.description;
    let id = &description.id.portal;
    let named = one.portal.clone().unwrap_or_else(|| Named {
        iri: description.iri.clone(),
        names: Texts::default(),
    });
    let filter = Filter {
        kinds: vec![Kind::Dataset],
        portal: Some(id.clone()),
        ..Filter::default()
    };
    let datasets = one
        .relations
        .group(&filter, Kind::Dataset, FEW, "portal", id.as_str())?;
    let run = one.reader.runs(Some(id), 1)?.pop();
    let ended = run.as_ref().and_then(|run| time(run.ended));
    let last_run = run.as_ref().map(|run| LastRun {
        outcome: outcome(run.state),
        ended: ended.as_deref(),
        created: run.counts.created,
        updated: run.counts.updated,
        unchanged: run.counts.unchanged,
        withdrawn: run.counts.withdrawn,
        rejected: run.counts.rejected,
    });
    let homepage = one
        .app
        .config
        .portal(id.as_str())
        .map(config::Portal::public_url);
    Ok(html::written(&PortalPage {
        page: one.page(),
        portal: &named,
        descriptions: &descriptions(one),
        homepage: homepage.as_deref(),
        counts: &counts(one)?,
        last_run,
        groups: &[datasets],
    })?)
}

fn descriptions(one: &One<'_>) -> Texts {
    one.document
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
        .collect()
}

/// How many records of each kind it has.
fn counts(one: &One<'_>) -> Result<Vec<Counted>, WebError> {
    let id = &one.document.description.id.portal;
    let status = one.reader.portal_status(id)?;
    let (base, at) = (one.reader.base(), one.relations.at);
    let persons = Filter {
        kinds: vec![Kind::Organization],
        portal: Some(id.clone()),
        sets: vec![(Set::Person, None)],
        ..Filter::default()
    };
    let persons = one.reader.page(&persons, Position::Offset(0), 0, at)?.total;
    let mut counts = Vec::new();
    for kind in Kind::ALL {
        let segment = kind.segment();
        let known = status
            .records
            .iter()
            .find(|(known, _)| known.as_str() == segment);
        let Some((_, number)) = known.filter(|_| !matches!(kind, Kind::Portal | Kind::Catalogue))
        else {
            continue;
        };
        for of_persons in both(kind).iter().copied() {
            let number = match (kind, of_persons) {
                (Kind::Organization, false) => number.saturating_sub(persons),
                (_, true) => persons,
                (_, false) => *number,
            };
            let all = if of_persons {
                format!("{base}list/person?portal={id}")
            } else {
                list(base, kind, "portal", id.as_str())
            };
            if number > 0 {
                counts.push(Counted {
                    kind,
                    persons: of_persons,
                    number,
                    all: Some(all),
                });
            }
        }
    }
    Ok(counts)
}
