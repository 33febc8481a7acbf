//! The pages of services, reuses, topics, source portals and others' distributions.
//!
//! They have one shape: what it is and where to go on, a description, what belongs to it, facts beside.

use askama::Template;

use super::agent::publisher;
use super::distribution::Card;
use super::facts::{Beside, Facts, access, references};
use super::finding::{FindingRow, Noticed};
use super::group::Section;
use super::jsonld::{DataBlock, thing as schema_org};
use super::label::{Label, Said, Shown, UNVOUCHED};
use super::link::is_web;
use super::list::genre;
use super::markdown::{LONGEST, excerpt};
use super::noun::{capital, singular};
use super::page::Page;
use super::picture::Picture;
use super::prose::Prose;
use super::provenance::{Origin, Provenance};
use super::quality::Measured;
use super::related::Related;
use super::subject::Thing;
use super::talk::Talks;
use crate::dcat::view::{AgentView, ContactView, DatasetView, QualityView};

/// Keywords shown.
const MOST_KEYWORDS: usize = 100;

/// What a topic says of its elements: how much of it is shown.
const MOST_NOTES: usize = 50;

/// What the page of a service, a reuse, a topic or the like shows.
#[derive(Debug, Clone, Template)]
#[template(path = "thing.html")]
pub(in crate::web) struct ThingPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// What it is about.
    pub(in crate::web) thing: Thing<'a>,
    /// Who publishes or made it, where it is known.
    pub(in crate::web) publisher: Option<&'a AgentView>,
    /// Contact points, as far as they are known.
    pub(in crate::web) contacts: &'a [ContactView],
    /// Where the record comes from.
    pub(in crate::web) provenance: Provenance<'a>,
    /// What was odd about the record.
    pub(in crate::web) findings: &'a [Noticed<'a>],
    /// What belongs to it.
    pub(in crate::web) related: Related,
    /// What was measured of it.
    pub(in crate::web) quality: QualityView,
    /// The metrics that measurements name.
    pub(in crate::web) metrics: &'a [oxigraph::model::Triple],
}

impl ThingPage<'_> {
    fn view(&self) -> &DatasetView {
        self.thing.common()
    }

    fn title(&self) -> Said {
        self.page.title(&self.view().titles)
    }

    fn block(&self) -> DataBlock {
        DataBlock::of(&schema_org(&self.thing, self.publisher, &self.page))
    }

    fn summary(&self) -> String {
        excerpt(self.view().description(self.page.language.tag()), 200)
    }

    fn kind(&self) -> String {
        capital(singular(self.thing.kind(), self.page.language))
    }

    fn by(&self) -> Option<Label> {
        publisher(self.publisher, self.thing.maker(), &self.page)
    }

    fn picture(&self) -> Option<Picture> {
        let Thing::Reuse(reuse) = self.thing else {
            return None;
        };
        let base = self.page.site.base;
        Picture::of(reuse.picture.as_deref(), &self.title().text, base)
    }

    fn badges(&self) -> Vec<(&'static str, Said)> {
        let (view, page) = (self.view(), &self.page);
        let mut badges = Vec::new();
        if let Thing::Reuse(reuse) = self.thing
            && let Some(value) = &reuse.genre
        {
            badges.push(("plain", Said::plain(genre(value, page.language))));
        }
        if view.high_value {
            badges.push(("strong", Said::plain(page.words().high_value)));
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

    fn modified(&self) -> Option<Shown> {
        Shown::maybe(self.view().modified.as_deref(), &self.page)
    }

    /// Where to go on: what the button says, and where it leads. Only what can be followed.
    fn way(&self) -> Option<(&'static str, &str)> {
        let w = self.page.words();
        let (said, address) = match self.thing {
            Thing::Service(service) => (w.open_service, service.common.landing_pages.first()),
            Thing::Reuse(reuse) => (w.see_reuse, reuse.homepage.as_ref()),
            Thing::Topic(selection) => (w.page_at_portal, selection.common.pages.first()),
            Thing::Origin(selection) => (w.visit, selection.homepage.as_ref()),
            Thing::Contributed(..) => return None,
        };
        let address = address.filter(|address| is_web(address))?;
        Some((said, address))
    }

    /// The address of a service, as text to be copied.
    fn endpoints(&self) -> &[String] {
        match self.thing {
            Thing::Service(service) => &service.endpoints,
            _ => &[],
        }
    }

    /// A distribution is shown as on the page of a dataset, with its description.
    fn card(&self) -> Option<Card> {
        match self.thing {
            Thing::Contributed(_, one) => Some(Card::alone(one, &self.page)),
            _ => None,
        }
    }

    fn description(&self) -> Prose {
        Prose::of(&self.view().descriptions, LONGEST, self.page.language)
    }

    fn keywords(&self) -> &[String] {
        let all = &self.view().keywords;
        all.get(..MOST_KEYWORDS).unwrap_or(all)
    }

    fn groups(&self) -> Vec<Section> {
        Section::all(&self.related.groups, &self.page)
    }

    /// What a topic says of its elements.
    fn notes(&self) -> Vec<(Label, Prose)> {
        let Thing::Topic(selection) = self.thing else {
            return Vec::new();
        };
        let page = &self.page;
        let notes = selection.notes.iter().take(MOST_NOTES).map(|note| {
            let name = Said::of(&note.titles, page.language);
            let text = note.descriptions.get(page.language.tag());
            let label = match &note.item {
                Some(item) if name.is_empty() => Label::of(item, page),
                Some(item) if page.leads_to(item) => Label::named(item, name, page),
                _ => Label {
                    said: name,
                    ..Label::default()
                },
            };
            (label, Prose::plain(text, 4_000))
        });
        notes.collect()
    }

    fn talks(&self) -> Talks {
        self.related.talks(&self.page)
    }

    fn findings(&self) -> Vec<FindingRow<'_>> {
        FindingRow::all(self.findings, &self.page)
    }

    fn facts(&self) -> Facts {
        let is_service = matches!(self.thing, Thing::Service(_));
        let beside = Beside {
            publisher: self.by(),
            made: matches!(self.thing, Thing::Reuse(_) | Thing::Contributed(..)),
            unrelated: !is_service,
            at_portal: !is_service,
            contacts: self.contacts,
            own: own(&self.thing, &self.page),
            last: vec![self.related.topics(&self.page)],
        };
        Facts::of(self.view(), beside, &self.page)
    }

    fn quality(&self) -> Option<Measured> {
        Measured::of(&self.quality, self.metrics, &self.page)
    }

    fn origin(&self) -> Origin {
        let record = self.view().record.as_ref();
        Origin::of(&self.provenance, record, &self.page)
    }
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
