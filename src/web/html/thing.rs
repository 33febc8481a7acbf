//! The pages of services, reuses, topics, source portals and others' distributions.
//!
//! They have one shape: what it is and where to go on, a description, what belongs to it, facts beside.

use askama::Template;

use super::dataset::{Related, access, number, publisher};
use super::distribution::{Card, Contributed};
use super::facts::{Beside, Facts, references};
use super::finding::{FindingRow, Noticed};
use super::group::Section;
use super::jsonld::{DataBlock, thing as schema_org};
use super::label::{Label, Said, Shown, UNVOUCHED, foreign};
use super::link::is_web;
use super::list::genre;
use super::markdown::{Extent, LONGEST, Rich, excerpt, rich};
use super::noun::{capital, singular};
use super::number::count;
use super::page::{Page, written};
use super::picture::Picture;
use super::provenance::{Origin, Provenance};
use super::quality::Measured;
use super::talk::Talks;
use super::text::Words;
use crate::dcat::view::{
    AgentView, ContactView, DatasetView, QualityView, ReuseView, SelectionView, ServiceView,
};
use crate::record::Kind;

/// Keywords shown.
const MOST_KEYWORDS: usize = 100;

/// What a topic says of its elements: how much of it is shown.
const MOST_NOTES: usize = 50;

/// What such a page is about.
#[derive(Debug, Clone, Copy)]
pub enum Thing<'a> {
    /// A data service.
    Service(&'a ServiceView),
    /// A reuse.
    Reuse(&'a ReuseView),
    /// A topic of a portal.
    Topic(&'a SelectionView),
    /// A portal that the harvested portal harvests.
    Origin(&'a SelectionView),
    /// A distribution that somebody else than the dataset's publisher has added: its title,
    /// description and terms, and the file.
    Contributed(&'a DatasetView, &'a Contributed),
}

impl<'a> Thing<'a> {
    pub(super) fn common(&self) -> &'a DatasetView {
        match self {
            Self::Service(service) => &service.common,
            Self::Reuse(reuse) => &reuse.common,
            Self::Topic(selection) | Self::Origin(selection) => &selection.common,
            Self::Contributed(view, _) => view,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Service(_) => Kind::Service,
            Self::Reuse(_) => Kind::Reuse,
            Self::Topic(_) => Kind::Topic,
            Self::Origin(_) => Kind::Origin,
            Self::Contributed(..) => Kind::Distribution,
        }
    }
}

/// What the page of a service, a reuse, a topic or the like shows.
#[derive(Debug, Clone)]
pub struct ThingPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// What it is about.
    pub thing: Thing<'a>,
    /// Who publishes or made it, where it is known.
    pub publisher: Option<&'a AgentView>,
    /// Contact points, as far as they are known.
    pub contacts: &'a [ContactView],
    /// Where the record comes from.
    pub provenance: Provenance<'a>,
    /// What was odd about the record.
    pub findings: &'a [Noticed<'a>],
    /// What belongs to it.
    pub related: Related,
    /// What was measured of it.
    pub quality: QualityView,
    /// The metrics that measurements name.
    pub metrics: &'a [oxigraph::model::Triple],
}

#[derive(Template)]
#[template(path = "thing.html")]
struct ThingTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    block: DataBlock,
    summary: String,
    kind: String,
    title: Said,
    publisher: Option<Label>,
    badges: Vec<(&'static str, Said)>,
    modified: Option<Shown>,
    picture: Option<Picture>,
    /// Where to go on: what the button says, and where it leads.
    way: Option<(&'static str, &'a str)>,
    rel: &'static str,
    /// The address of a service, as text to be copied.
    endpoints: &'a [String],
    description: Rich,
    description_language: Option<String>,
    description_extent: Extent,
    keywords: &'a [String],
    card: Option<Card>,
    groups: Vec<Section>,
    notes: Vec<(Label, Rich)>,
    talks: Talks,
    facts: Facts,
    quality: Option<Measured>,
    origin: Origin,
    findings: Vec<FindingRow<'a>>,
    findings_count: String,
}

impl ThingTemplate<'_> {
    fn is_shortened(&self) -> bool {
        self.description_extent == Extent::Shortened
    }
}

/// The page of a service, a reuse, a topic, a source portal or somebody's distribution.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn thing(input: &ThingPage<'_>) -> Result<String, askama::Error> {
    let (page, view) = (&input.page, input.thing.common());
    let (language, w) = (page.language, page.words());
    let source = view.description(language.tag());
    let (description, description_extent) = rich(source, LONGEST);
    let title = Said::of(&view.titles, language).or(w.untitled);
    let by = publisher(input.publisher, maker(&input.thing), page);
    let (card, endpoints): (_, &[String]) = match input.thing {
        Thing::Contributed(_, one) => (Some(Card::alone(one, page)), &[]),
        Thing::Service(service) => (None, &service.endpoints),
        _ => (None, &[]),
    };
    let picture = match input.thing {
        Thing::Reuse(reuse) => Picture::of(reuse.picture.as_deref(), &title.text, page.site.base),
        _ => None,
    };
    let notes = match input.thing {
        Thing::Topic(selection) => selection.notes.as_slice(),
        _ => &[],
    };
    written(&ThingTemplate {
        page,
        w,
        block: DataBlock::of(&schema_org(input)),
        summary: excerpt(source, 200),
        kind: capital(singular(input.thing.kind(), language)),
        title,
        badges: badges(input, page),
        modified: Shown::maybe(view.modified.as_deref(), page),
        picture,
        way: way(&input.thing, w),
        rel: UNVOUCHED,
        endpoints,
        // The card of a distribution has its description.
        description: if card.is_some() {
            Rich::default()
        } else {
            description
        },
        description_language: foreign(view.descriptions.language(language.tag()), language),
        description_extent,
        keywords: view.keywords.get(..MOST_KEYWORDS).unwrap_or(&view.keywords),
        card,
        groups: Section::all(&input.related.groups, page),
        notes: notes
            .iter()
            .take(MOST_NOTES)
            .map(|note| {
                let name = Said::of(&note.titles, language);
                let text = rich(note.descriptions.get(language.tag()), 4_000).0;
                match &note.item {
                    Some(item) if name.is_empty() => (Label::of(item, page), text),
                    Some(item) if page.leads_to(item) => (Label::named(item, name, page), text),
                    _ => (
                        Label {
                            said: name,
                            ..Label::default()
                        },
                        text,
                    ),
                }
            })
            .collect(),
        talks: Talks::of(&input.related, page),
        facts: Facts::of(
            view,
            Beside {
                publisher: by.clone(),
                made: matches!(input.thing, Thing::Reuse(_) | Thing::Contributed(..)),
                unrelated: !matches!(input.thing, Thing::Service(_)),
                at_portal: !matches!(input.thing, Thing::Service(_)),
                contacts: input.contacts,
                own: own(&input.thing, page),
                last: vec![(
                    w.topics,
                    input
                        .related
                        .topics
                        .iter()
                        .map(|one| one.label(page))
                        .collect(),
                )],
            },
            page,
        ),
        publisher: by,
        quality: Measured::of(&input.quality, input.metrics, page),
        origin: Origin::of(&input.provenance, view.record.as_ref(), page),
        findings: input
            .findings
            .iter()
            .map(|finding| FindingRow::of(finding, page))
            .collect(),
        findings_count: count(number(input.findings.len()), language),
    })
}

/// The IRI of whoever publishes or made it.
fn maker<'a>(thing: &Thing<'a>) -> Option<&'a str> {
    let creators = match thing {
        Thing::Reuse(reuse) => &reuse.creators,
        Thing::Contributed(_, one) => &one.distribution.creators,
        _ => return thing.common().publisher.as_deref(),
    };
    creators.first().map(String::as_str)
}

/// Where to go on from the page: only what can be followed.
fn way<'a>(thing: &Thing<'a>, w: &'static Words) -> Option<(&'static str, &'a str)> {
    let (said, address) = match thing {
        Thing::Service(service) => (w.open_service, service.common.landing_pages.first()),
        Thing::Reuse(reuse) => (w.see_reuse, reuse.homepage.as_ref()),
        Thing::Topic(selection) => (w.page_at_portal, selection.common.pages.first()),
        Thing::Origin(selection) => (w.visit, selection.homepage.as_ref()),
        Thing::Contributed(..) => return None,
    };
    let address = address
        .map(String::as_str)
        .filter(|address| is_web(address))?;
    Some((said, address))
}

fn badges(input: &ThingPage<'_>, page: &Page<'_>) -> Vec<(&'static str, Said)> {
    let (view, w) = (input.thing.common(), page.words());
    let mut badges = Vec::new();
    if let Thing::Reuse(reuse) = input.thing
        && let Some(value) = &reuse.genre
    {
        badges.push(("plain", Said::plain(genre(value, page.language))));
    }
    if view.high_value {
        badges.push(("strong", Said::plain(w.high_value)));
    }
    if let Some(right) = view.access_rights.first() {
        let right = Label::reference(right, page).said;
        badges.push((access(&view.access_rights), right));
    }
    if let Some(licence) = view.licences.first() {
        badges.push(("plain", Label::of(licence, page).said));
    }
    badges
}

/// The facts that only one kind has.
fn own(thing: &Thing<'_>, page: &Page<'_>) -> Vec<(&'static str, Vec<Label>)> {
    let w = page.words();
    match thing {
        Thing::Service(service) => vec![
            (
                w.endpoint_description,
                Label::all(&service.endpoint_descriptions, page),
            ),
            (w.formats, Label::all(&service.formats, page)),
            (w.availability, references(&service.availability, page)),
        ],
        Thing::Reuse(reuse) => vec![(w.homepage, Label::all(reuse.homepage.as_slice(), page))],
        Thing::Origin(selection) => {
            vec![(w.homepage, Label::all(selection.homepage.as_slice(), page))]
        }
        Thing::Topic(_) | Thing::Contributed(..) => Vec::new(),
    }
}
