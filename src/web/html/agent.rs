//! The pages of organizations, persons and contact points.

use askama::Template;
use askama::filters::HtmlSafe;

use super::group::{Group, Section};
use super::label::{Label, Said};
use super::link::{mailto, shown, tel};
use super::markdown::excerpt;
use super::page::Page;
use super::picture::Picture;
use super::prose::Prose;
use super::provenance::{Origin, Provenance};
use super::quality::Measured;
use crate::dcat::view::{AgentView, ContactView, QualityView};

/// The longest description of an agent, in bytes of its source.
const LONGEST_DESCRIPTION: usize = 20_000;

/// What the page of an agent shows.
#[derive(Debug, Clone, Template)]
#[template(path = "agent.html")]
pub(in crate::web) struct AgentPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The agent.
    pub(in crate::web) agent: &'a AgentView,
    /// What it publishes: datasets, services, reuses.
    pub(in crate::web) groups: &'a [Group],
    /// What was measured of it.
    pub(in crate::web) quality: QualityView,
    /// The metrics that measurements name.
    pub(in crate::web) metrics: &'a [oxigraph::model::Triple],
    /// Where the record comes from.
    pub(in crate::web) provenance: Provenance<'a>,
}

/// What the page of a contact point shows.
#[derive(Debug, Clone, Template)]
#[template(path = "contact.html")]
pub(in crate::web) struct ContactPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// The contact point.
    pub(in crate::web) contact: &'a ContactView,
    /// What names it.
    pub(in crate::web) groups: &'a [Group],
    /// Where the record comes from.
    pub(in crate::web) provenance: Provenance<'a>,
}

/// A contact point, ready for its template.
#[derive(Debug, Clone, Template)]
#[template(path = "part/contact.html")]
pub(super) struct Contact {
    name: Label,
    emails: Vec<Label>,
    telephones: Vec<Label>,
    urls: Vec<Label>,
}

impl HtmlSafe for Contact {}

impl Contact {
    pub(super) fn of(contact: &ContactView, page: &Page<'_>) -> Self {
        let way = |text: &str, href: Option<String>| Label {
            href,
            ..Label::text(text)
        };
        let name = Said::of(&contact.names, page.language).or(page.words().contact_point);
        Self {
            name: Label::named(&contact.iri, name, page),
            emails: contact
                .emails
                .iter()
                .map(|email| way(email, mailto(email)))
                .collect(),
            telephones: contact
                .telephones
                .iter()
                .map(|number| way(number, tel(number)))
                .collect(),
            urls: contact
                .urls
                .iter()
                .map(|url| Label::address(url, page))
                .collect(),
        }
    }

    /// Without its name: on its own page that is the title.
    fn unnamed(mut self) -> Self {
        self.name = Label::default();
        self
    }
}

/// Whoever publishes or made something: its name where it is known, else its address.
pub(super) fn publisher(
    known: Option<&AgentView>,
    iri: Option<&str>,
    page: &Page<'_>,
) -> Option<Label> {
    match (known, iri) {
        (Some(agent), _) => Some(Label::named(
            &agent.iri,
            Said::of(&agent.names, page.language),
            page,
        )),
        (None, Some(iri)) => Some(Label::of(iri, page)),
        (None, None) => None,
    }
}

impl AgentPage<'_> {
    fn name(&self) -> Said {
        Said::of(&self.agent.names, self.page.language).or(&shown(&self.agent.iri))
    }

    fn kind(&self) -> Option<Label> {
        let kind = self.agent.kind.as_deref()?;
        Some(Label::of(kind, &self.page))
    }

    fn summary(&self) -> String {
        excerpt(self.agent.description.get(self.page.language.tag()), 200)
    }

    fn logo(&self) -> Option<Picture> {
        let base = self.page.site.base;
        Picture::of(self.agent.logo.as_deref(), &self.name().text, base)
    }

    fn description(&self) -> Prose {
        let texts = &self.agent.description;
        Prose::of(texts, LONGEST_DESCRIPTION, self.page.language)
    }

    fn homepage(&self) -> Option<Label> {
        Label::site(self.agent.homepage.as_deref()?)
    }

    fn at_portal(&self) -> Option<Label> {
        let page = self.agent.page.as_deref()?;
        Label::site(page).filter(|_| self.agent.page != self.agent.homepage)
    }

    fn identifiers(&self) -> Vec<Label> {
        let identifiers = self.agent.identifiers.iter();
        identifiers
            .map(|identifier| Label::identifier(identifier, &self.page))
            .collect()
    }

    fn part_of(&self) -> Vec<Label> {
        let whole = self.agent.part_of.iter();
        whole
            .filter(|iri| self.page.leads_to(iri))
            .map(|iri| Label::of(iri, &self.page))
            .collect()
    }

    fn see_also(&self) -> Vec<Label> {
        Label::all(&self.agent.see_also, &self.page)
    }

    fn quality(&self) -> Option<Measured> {
        Measured::of(&self.quality, self.metrics, &self.page)
    }

    fn groups(&self) -> Vec<Section> {
        Section::all(self.groups, &self.page)
    }

    fn origin(&self) -> Origin {
        Origin::of(&self.provenance, None, &self.page)
    }
}

impl ContactPage<'_> {
    fn name(&self) -> Said {
        Said::of(&self.contact.names, self.page.language).or(self.page.words().contact_point)
    }

    fn ways(&self) -> Contact {
        Contact::of(self.contact, &self.page).unnamed()
    }

    fn groups(&self) -> Vec<Section> {
        Section::all(self.groups, &self.page)
    }

    fn origin(&self) -> Origin {
        Origin::of(&self.provenance, None, &self.page)
    }
}
