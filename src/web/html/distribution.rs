//! A distribution as a card on its dataset's page.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;

use super::facts::references;
use super::label::{Label, Named, Said, Shown, UNVOUCHED, format};
use super::link::is_web;
use super::number::size;
use super::page::Page;
use super::prose::Prose;
use super::text::Words;
use crate::dcat::view::{AccessService, DatasetView, DistributionView, QualityView, Reference};

/// Distributions shown at once; the rest is folded away.
const OPEN: usize = 20;

/// Distributions that a page shows at all: beyond it, it would weigh megabytes.
const MOST: usize = 1_000;

/// From how many on each description is folded away.
const FOLDED_FROM: usize = 4;

/// The longest description of one distribution, in bytes of its source.
const LONGEST_DESCRIPTION: usize = 8_000;

/// A card.
#[derive(Debug, Clone, Template)]
#[template(path = "part/distribution.html")]
pub(super) struct Card {
    w: &'static Words,
    anchor: String,
    title: Label,
    by: Vec<Label>,
    format: Option<Said>,
    /// Whether its portal could reach it, with the class of the style sheet and the time.
    reached: Option<(&'static str, &'static str, Option<Shown>)>,
    size: Option<String>,
    issued: Option<Shown>,
    modified: Option<Shown>,
    licences: Vec<Label>,
    rights: Vec<Label>,
    checksum: Option<(String, String)>,
    schemas: Vec<Label>,
    representations: Vec<Label>,
    services: Vec<Label>,
    /// Where those services answer.
    endpoints: Vec<Label>,
    /// Addresses beyond the two that are buttons: what they are, and each.
    further: Vec<(&'static str, Vec<Label>)>,
    description: Prose,
    folded: Folding,
    download: Option<String>,
    access: Option<String>,
    /// Addresses that cannot be followed, as text.
    unusable: Vec<String>,
    rel: &'static str,
}

impl HtmlSafe for Card {}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Folding {
    Open,
    Folded,
}

/// All distributions of a dataset.
#[derive(Debug, Clone, Default)]
pub(super) struct Cards {
    /// Those shown at once.
    pub(super) open: Vec<Card>,
    /// Those folded away.
    pub(super) folded: Vec<Card>,
    /// How many are only in the RDF.
    pub(super) left_out: usize,
    /// How many there are.
    pub(super) total: usize,
}

impl Cards {
    pub(super) fn of(
        dataset: &DatasetView,
        measured: &BTreeMap<String, QualityView>,
        page: &Page<'_>,
    ) -> Self {
        let total = dataset.distributions.len();
        let folding = if total < FOLDED_FROM {
            Folding::Open
        } else {
            Folding::Folded
        };
        let mut cards = dataset.distributions.iter().take(MOST).map(|one| {
            let card = Card::of(one, Some(dataset), folding, page);
            match measured.get(&one.iri) {
                Some(quality) => card.measured(quality, page),
                None => card,
            }
        });
        // One more behind a fold would cost the reader more than it saves.
        let shown = if total <= OPEN + 2 { total } else { OPEN };
        Self {
            open: cards.by_ref().take(shown).collect(),
            folded: cards.collect(),
            left_out: total.saturating_sub(MOST),
            total,
        }
    }
}

/// A distribution that somebody else than the publisher of its dataset has added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct Contributed {
    /// The distribution.
    pub(in crate::web) distribution: DistributionView,
    /// Who made it, as far as they are known.
    pub(in crate::web) authors: Vec<Named>,
}

impl Card {
    /// A distribution that is a record of its own, linked to its page.
    pub(super) fn contributed(one: &Contributed, page: &Page<'_>) -> Self {
        let card = Self::of(&one.distribution, None, Folding::Folded, page);
        Self {
            title: Label::named(&one.distribution.iri, card.title.said, page),
            by: one
                .authors
                .iter()
                .map(|author| author.label(page))
                .collect(),
            ..card
        }
    }

    /// With what its portal's link checker found.
    fn measured(self, quality: &QualityView, page: &Page<'_>) -> Self {
        let w = page.words();
        let (said, class) = match quality.value("available") {
            Some("true") => (w.reached, "good"),
            Some("false") => (w.unreached, "warn"),
            _ => return self,
        };
        let checked = Shown::maybe(quality.value("checked-at"), page);
        Self {
            reached: Some((said, class, checked)),
            ..self
        }
    }

    /// The same on its own page, with everything shown.
    pub(super) fn alone(one: &Contributed, page: &Page<'_>) -> Self {
        Self::of(&one.distribution, None, Folding::Open, page)
    }

    fn of(
        one: &DistributionView,
        dataset: Option<&DatasetView>,
        folded: Folding,
        page: &Page<'_>,
    ) -> Self {
        let language = page.language;
        let usable = |url: &Option<String>| url.clone().filter(|url| is_web(url));
        let download = usable(&one.download_url);
        // Most portals give one address as both.
        let access = usable(&one.access_url).filter(|url| download.as_ref() != Some(url));
        let mut unusable: Vec<String> = [&one.download_url, &one.access_url]
            .into_iter()
            .flatten()
            .filter(|url| !is_web(url))
            .cloned()
            .collect();
        unusable.dedup();
        // What the whole dataset has is said once, beside it.
        let shared = |number: usize| dataset.is_some() && number < 2;
        let (all_licences, all_rights) = dataset.map_or((0, 0), |dataset| {
            (dataset.licences.len(), dataset.rights.len())
        });
        let licences: &[String] = if shared(all_licences) {
            &[]
        } else {
            &one.licences
        };
        let rights: &[Reference] = if shared(all_rights) { &[] } else { &one.rights };
        Self {
            w: language.words(),
            anchor: format!("d-{}", one.key),
            title: Label {
                said: title(one, page),
                ..Label::default()
            },
            by: Vec::new(),
            format: one
                .format
                .as_ref()
                .or(one.media_type.as_ref())
                .map(|value| format(value, page))
                .filter(|format| !format.is_empty()),
            reached: None,
            size: one.byte_size.map(|bytes| size(bytes, language)),
            issued: Shown::maybe(one.issued.as_deref(), page),
            modified: Shown::maybe(one.modified.as_deref(), page)
                .filter(|_| one.modified != one.issued),
            licences: Label::all(licences, page),
            rights: references(rights, page),
            checksum: one
                .checksum
                .as_ref()
                .map(|(algorithm, value)| (Label::of(algorithm, page).said.text, value.clone())),
            schemas: references(&one.conforms_to, page),
            services: one
                .services
                .iter()
                .map(|service| ogc(service, page))
                .collect(),
            representations: Label::all(&one.representations, page),
            endpoints: endpoints(one, page),
            further: further(one, page),
            description: Prose::of(&one.descriptions, LONGEST_DESCRIPTION, language),
            folded,
            download,
            access,
            unusable,
            rel: UNVOUCHED,
        }
    }

    fn is_folded(&self) -> bool {
        self.folded == Folding::Folded
    }
}

/// A service that gives access: its title, leading to its page.
fn ogc(service: &AccessService, page: &Page<'_>) -> Label {
    let named = Said::of(&service.titles, page.language);
    let mut label = Label::named(&service.iri, named, page);
    if let Some(endpoint) = service
        .endpoints
        .first()
        .filter(|_| service.titles.is_empty())
    {
        label = Label::address(endpoint, page);
    }
    label
}

/// Where services answer that are shown by their names.
fn endpoints(one: &DistributionView, page: &Page<'_>) -> Vec<Label> {
    let named = |service: &&AccessService| !service.titles.is_empty();
    let mut endpoints: Vec<&String> = one
        .services
        .iter()
        .flat_map(|service| service.endpoints.iter().skip(usize::from(!named(&service))))
        .collect();
    endpoints.sort_unstable();
    endpoints.dedup();
    endpoints
        .into_iter()
        .map(|endpoint| Label::address(endpoint, page))
        .collect()
}

/// The addresses that are no buttons.
fn further(one: &DistributionView, page: &Page<'_>) -> Vec<(&'static str, Vec<Label>)> {
    let w = page.words();
    let labels = |all: &[String], shown: Option<&String>| -> Vec<Label> {
        all.iter()
            .filter(|url| Some(*url) != shown)
            .map(|url| Label::address(url, page))
            .collect()
    };
    let further = vec![
        (w.further_download, labels(&one.further_downloads, None)),
        (
            w.further_access,
            labels(&one.further_access, one.download_url.as_ref()),
        ),
    ];
    further
        .into_iter()
        .filter(|(_, labels)| !labels.is_empty())
        .collect()
}

pub(super) fn title(one: &DistributionView, page: &Page<'_>) -> Said {
    let said = Said::of(&one.titles, page.language);
    said.or(one.title(page.language.tag()))
}
