//! A discussion of the API as duv:UserFeedback: a question about a record of the portal, and the
//! messages under it.
//!
//! **Private persons are never named**: who opened, answered or closed a discussion is read only where
//! it is an organization. What people write in a message stays as it is, a signature included.
//!
//! The IRI of a message is the discussion's with the message's identifier as fragment; older portals send
//! none, so that a message is then named by what it says. Discussions are also held about articles,
//! which are no part of a catalogue: the article's page is the target then, as far as the discussion's
//! own page tells it. A closed discussion takes no more messages: it is said by
//! `prov:invalidatedAtTime`, which asks for no activity and no person.
//!
//! # Fields of `discussions`
//!
//! | field | becomes |
//! |---|---|
//! | `id` | the IRI and `dct:identifier` |
//! | `title` | `dct:title` |
//! | `subject.class`, `subject.id` | `oa:hasTarget`: the IRI of the dataset, service, reuse, topic |
//! | `self_web_url` | `foaf:page`; without `/discussions`, `oa:hasTarget` of one about an article |
//! | `organization` | `dct:creator`, see [`super::agent`], # Fields of `organization stub` |
//! | `created` | `dct:created` |
//! | `closed` | `prov:invalidatedAtTime` |
//! | `discussion[].id` | the fragment of the message's IRI, under `oa:hasBody` |
//! | `discussion[].content` | `rdf:value` of the message |
//! | `discussion[].posted_on` | `dct:created` of the message, and the latest `dct:modified` of the discussion |
//! | `discussion[].last_modified_at` | `dct:modified` of the message, and the latest that of the discussion |
//! | `discussion[].posted_by_organization` | `dct:creator` of the message, see [`super::agent`], # Fields of `organization stub` |
//!
//! # Left out of `discussions`
//!
//! | field | why |
//! |---|---|
//! | `user.*`, `closed_by.*`, `discussion[].posted_by.*` | private persons, whom no catalogue names |
//! | `closed_by_organization.*` | who closed it says nothing of what was discussed |
//! | `class` | always `Discussion` |
//! | `url`, `self_api_url` | the address in the API: the page leads there as well |
//! | `spam.*`, `discussion[].spam.*` | what a filter thought of it |
//! | `permissions.*`, `discussion[].permissions.*` | of the account that asks |

use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode};
use serde::Deserialize;
use url::Url;

use super::payload::{List, Organization, Text};
use super::publisher;
use super::reference::Reference;
use crate::dcat::{Describe, RecordGraph};
use crate::finding::{Code, Finding};
use crate::rdf::vocab::{dct, duv, foaf, oa, prov, rdf};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Described, Part, Rejected};
use crate::source::part::fragment::Fragments;
use crate::source::value::field::Field;
use crate::source::value::markup::note_markup;
use crate::source::value::{date, page, text};

/// An item of `/api/1/discussions/`. Persons are not even read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Discussion {
    id: Text,
    title: Text,
    subject: Field<Reference>,
    organization: Field<Organization>,
    #[serde(rename = "discussion")]
    messages: List<Message>,
    created: Text,
    closed: Text,
    self_web_url: Text,
}

/// A message of a discussion.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Message {
    id: Text,
    content: Text,
    posted_on: Text,
    last_modified_at: Text,
    posted_by_organization: Field<Organization>,
}

/// Describes a discussion.
pub(super) fn describe(record: &Discussion, context: &Context<'_>) -> Result<Described, Rejected> {
    let identifier = record.id.peek_text().ok_or(Rejected::NoIdentifier)?;
    let id = RecordId::new(context.portal, Kind::Discussion, identifier);
    let mut findings = Vec::new();
    let mut graph = RecordGraph::new(context.base.record(&id));
    let mut authors = Authors::default();
    let author = authors.read(&record.organization, "organization", context, &mut findings);
    let mut about = Describe::main(&mut graph, &mut findings);
    about
        .a(duv::USER_FEEDBACK)
        .token(dct::IDENTIFIER, identifier, "id");
    text::title(&record.title, "title", context, &mut about);
    target(record, context, &mut about);
    about.link(oa::MOTIVATED_BY, oa::QUESTIONING.into_owned());
    page::each(
        &[(&record.self_web_url, foaf::PAGE, "self_web_url")],
        &mut about,
    );
    if let Some(author) = author {
        about.link(dct::CREATOR, author);
    }
    let dates = [
        (&record.created, dct::CREATED, "created"),
        (&record.closed, prov::INVALIDATED_AT_TIME, "closed"),
    ];
    date::each(&dates, &mut about);
    if let Some(latest) = messages(record, &mut authors, context, &mut about) {
        about.literal(dct::MODIFIED, latest);
    }
    Ok(Described::new(
        id,
        graph,
        authors.parts.into_values(),
        findings,
    ))
}

/// Writes what is discussed.
fn target(record: &Discussion, context: &Context<'_>, about: &mut Describe<'_>) {
    let Some(subject) = record.subject.read("subject", about.findings()) else {
        if !record.subject.is_sent() {
            about.find(
                Code::MissingProperty,
                "subject",
                "what is discussed is not said",
                "",
            );
        }
        return;
    };
    if let Some(iri) = subject.iri(context) {
        about.link(oa::HAS_TARGET, iri);
    } else if let Some(page) = record.self_web_url.peek_text().and_then(discussed_page) {
        about.iri(oa::HAS_TARGET, page.as_str(), "self_web_url");
    } else {
        about.find(
            Code::ValueUnknown,
            "subject.class",
            "left out: nothing of this class is described, and its page is not known",
            subject.class().unwrap_or_default(),
        );
    }
}

/// The page that a discussion is shown on, told from the discussion's own: udata appends
/// `/discussions?discussion_id=…` to it, earlier `#/discussions/…`.
fn discussed_page(own: &str) -> Option<Url> {
    let whole = Url::parse(own).ok()?;
    let mut page = whole.clone();
    page.set_fragment(None);
    page.set_query(None);
    let path = page.path().trim_end_matches('/');
    if let Some(above) = path.strip_suffix("/discussions").map(str::to_owned) {
        page.set_path(&format!("{above}/"));
    } else if !whole.fragment()?.starts_with("/discussions/") {
        return None;
    }
    Some(page)
}

/// Writes the messages; gives the date of the last change among them.
fn messages(
    record: &Discussion,
    authors: &mut Authors,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> Option<Literal> {
    let messages: Vec<_> = record
        .messages
        .items("discussion", about.findings())
        .collect();
    let mut fragments = Fragments::new(context.base.record(&RecordId::new(
        context.portal,
        Kind::Discussion,
        record.id.peek_text()?,
    )));
    let mut latest: Option<Literal> = None;
    for (position, message) in messages {
        let field = format!("discussion[{position}]");
        let at = |name: &str| format!("{field}.{name}");
        let Some(said) = message.content.text(&at("content"), about.findings()) else {
            if message.content.peek().is_some() || !message.content.is_sent() {
                about.find(
                    Code::MissingProperty,
                    &at("content"),
                    "the message is left out: it is empty",
                    "",
                );
            }
            continue;
        };
        let says = [message.posted_on.peek_text().unwrap_or_default(), said].join("\n");
        let iri = fragments.mint(&message.id, &says, &field, about);
        let author = authors.read(
            &message.posted_by_organization,
            &at("posted_by_organization"),
            context,
            about.findings(),
        );
        let mut body = about.resource(oa::HAS_BODY, &iri, oa::TEXTUAL_BODY);
        note_markup(said, &at("content"), &mut body);
        body.text(rdf::VALUE, said, context.language, &at("content"));
        if let Some(author) = author {
            body.link(dct::CREATOR, author);
        }
        for (date, property, name) in [
            (&message.posted_on, dct::CREATED, "posted_on"),
            (&message.last_modified_at, dct::MODIFIED, "last_modified_at"),
        ] {
            let date = date.text(&at(name), body.findings()).unwrap_or_default();
            let date = body.date(property, date, &at(name));
            // Moments are all in UTC and written alike, so that their text tells which is later.
            latest = latest
                .into_iter()
                .chain(date)
                .max_by(|one, other| one.value().cmp(other.value()));
        }
    }
    latest
}

/// The organizations that opened a discussion or wrote in it, each once.
#[derive(Default)]
struct Authors {
    parts: BTreeMap<RecordId, Part>,
}

impl Authors {
    fn read(
        &mut self,
        sent: &Field<Organization>,
        field: &str,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<NamedNode> {
        let part = publisher::mention(sent.read(field, findings)?, field, context, findings)?;
        let iri = part.graph.iri().clone();
        self.parts.entry(part.id.clone()).or_insert(part);
        Some(iri)
    }
}
