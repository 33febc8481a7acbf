//! The pages of organizations, persons and contact points.

use askama::Template;
use askama::filters::HtmlSafe;

use super::group::{Group, Section};
use super::label::{Label, Said, UNVOUCHED, foreign};
use super::link::{is_web, mailto, shown, tel};
use super::markdown::{Extent, Rich, excerpt, rich};
use super::page::{Page, written};
use super::picture::Picture;
use super::provenance::{Origin, Provenance};
use super::quality::Measured;
use super::text::Words;
use crate::dcat::view::{AgentView, ContactView, Identifier, QualityView};

/// The longest description of an agent, in bytes of its source.
const LONGEST_DESCRIPTION: usize = 20_000;

/// What the page of an agent shows.
#[derive(Debug, Clone)]
pub struct AgentPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The agent.
    pub agent: &'a AgentView,
    /// What it publishes: datasets, services, reuses.
    pub groups: &'a [Group],
    /// What was measured of it.
    pub quality: QualityView,
    /// The metrics that measurements name.
    pub metrics: &'a [oxigraph::model::Triple],
    /// Where the record comes from.
    pub provenance: Provenance<'a>,
}

/// What the page of a contact point shows.
#[derive(Debug, Clone)]
pub struct ContactPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The contact point.
    pub contact: &'a ContactView,
    /// What names it.
    pub groups: &'a [Group],
    /// Where the record comes from.
    pub provenance: Provenance<'a>,
}

#[derive(Template)]
#[template(path = "agent.html")]
struct AgentTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    name: Said,
    kind: Option<Label>,
    summary: String,
    logo: Option<Picture>,
    description: Rich,
    description_language: Option<String>,
    is_shortened: bool,
    homepage: Option<Label>,
    at_portal: Option<Label>,
    identifiers: Vec<Label>,
    registered: &'a [Identifier],
    part_of: Vec<Label>,
    see_also: Vec<Label>,
    quality: Option<Measured>,
    groups: Vec<Section>,
    origin: Origin,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    name: Said,
    contact: Contact,
    groups: Vec<Section>,
    origin: Origin,
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
            said: Said::plain(text),
            href,
            rel: "",
            hint: String::new(),
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

/// The page of an organization or a person.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn agent(input: &AgentPage<'_>) -> Result<String, askama::Error> {
    let (page, agent) = (&input.page, input.agent);
    let language = page.language;
    let source = agent.description.get(language.tag());
    let (description, extent) = rich(source, LONGEST_DESCRIPTION);
    let site = |url: &Option<String>| {
        url.as_deref().filter(|url| is_web(url)).map(|url| Label {
            said: Said::plain(shown(url)),
            href: Some(url.to_owned()),
            rel: UNVOUCHED,
            hint: String::new(),
        })
    };
    let name = Said::of(&agent.names, language).or(&shown(&agent.iri));
    written(&AgentTemplate {
        page,
        w: page.words(),
        logo: Picture::of(agent.logo.as_deref(), &name.text, input.page.site.base),
        name,
        kind: agent.kind.as_deref().map(|kind| Label::of(kind, page)),
        summary: excerpt(source, 200),
        description,
        description_language: foreign(agent.description.language(language.tag()), language),
        is_shortened: extent == Extent::Shortened,
        homepage: site(&agent.homepage),
        at_portal: site(&agent.page).filter(|_| agent.page != agent.homepage),
        identifiers: agent
            .identifiers
            .iter()
            .map(|identifier| Label::identifier(identifier, page))
            .collect(),
        registered: &agent.registered,
        part_of: agent
            .part_of
            .iter()
            .filter(|iri| page.leads_to(iri))
            .map(|iri| Label::of(iri, page))
            .collect(),
        see_also: Label::all(&agent.see_also, page),
        quality: Measured::of(&input.quality, input.metrics, page),
        groups: Section::all(input.groups, page),
        origin: Origin::of(&input.provenance, None, page),
    })
}

/// The page of a contact point.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn contact(input: &ContactPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    written(&ContactTemplate {
        page,
        w: page.words(),
        name: Said::of(&input.contact.names, page.language).or(page.words().contact_point),
        contact: Contact::of(input.contact, page).unnamed(),
        groups: Section::all(input.groups, page),
        origin: Origin::of(&input.provenance, None, page),
    })
}
