//! The pages of organizations, persons and contact points.

use askama::Template;
use askama::filters::HtmlSafe;

use super::dataset::Origin;
use super::dataset::Provenance;
use super::label::{Label, Said, UNVOUCHED, foreign};
use super::link::{is_image, is_web, mailto, shown, tel};
use super::list::{Item, Listed};
use super::markdown::{Extent, Rich, excerpt, rich};
use super::number::datasets;
use super::page::Page;
use super::text::Words;
use crate::dcat::view::{AgentView, ContactView};

/// The longest description of an agent, in bytes of its source.
const LONGEST_DESCRIPTION: usize = 20_000;

/// What the page of an agent shows.
#[derive(Debug, Clone)]
pub struct AgentPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// The agent.
    pub agent: &'a AgentView,
    /// Some of its datasets.
    pub datasets: &'a [Listed],
    /// How many datasets it publishes.
    pub total: u64,
    /// Where all of them are listed.
    pub all: Option<&'a str>,
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
    /// Some of the datasets that name it.
    pub datasets: &'a [Listed],
    /// How many datasets name it.
    pub total: u64,
    /// Where all of them are listed.
    pub all: Option<&'a str>,
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
    logo: Option<&'a str>,
    description: Rich,
    description_language: Option<String>,
    is_shortened: bool,
    homepage: Option<Label>,
    at_portal: Option<Label>,
    identifiers: Vec<Label>,
    items: Vec<Item>,
    total: String,
    all: Option<&'a str>,
    origin: Origin,
}

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    name: Said,
    contact: Contact,
    items: Vec<Item>,
    total: String,
    all: Option<&'a str>,
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
    AgentTemplate {
        page,
        w: page.words(),
        name: Said::of(&agent.names, language).or(&shown(&agent.iri)),
        kind: agent.kind.as_deref().map(|kind| Label::of(kind, page)),
        summary: excerpt(source, 200),
        logo: agent.logo.as_deref().filter(|logo| is_image(logo)),
        description,
        description_language: foreign(agent.description.language(language.tag()), language),
        is_shortened: extent == Extent::Shortened,
        homepage: site(&agent.homepage),
        at_portal: site(&agent.page).filter(|_| agent.page != agent.homepage),
        identifiers: Label::all(&agent.identifiers, page),
        items: Item::all(input.datasets, page),
        total: datasets(input.total, language),
        all: input.all,
        origin: Origin::of(&input.provenance, None, page),
    }
    .render()
}

/// The page of a contact point.
///
/// # Errors
/// None of its own: askama's, if a template cannot be written.
pub fn contact(input: &ContactPage<'_>) -> Result<String, askama::Error> {
    let page = &input.page;
    ContactTemplate {
        page,
        w: page.words(),
        name: Said::of(&input.contact.names, page.language).or(page.words().contact_point),
        contact: Contact::of(input.contact, page).unnamed(),
        items: Item::all(input.datasets, page),
        total: datasets(input.total, page.language),
        all: input.all,
        origin: Origin::of(&input.provenance, None, page),
    }
    .render()
}
