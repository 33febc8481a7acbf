//! Agents and contacts that a package states with fields of its own: publishers, creators, contact points,
//! and whoever did something with the data.
//!
//! They are objects in lists (ckanext-scheming), or fields with a prefix (`publisher_name`), or no more
//! than a name. Each is a record of its own, named by its IRI, else by what is said of it: portals have no list of them.
//!
//! # Fields of `agent`
//!
//! | field | becomes |
//! |---|---|
//! | `uri` | the IRI is made of it; `adms:identifier` |
//! | `identifier`, `id` | the IRI, without `uri`, where it is one; `dct:identifier` of an agent, `vcard:hasUID` of a contact |
//! | `name`, `name_translated.*`, `title` | `foaf:name`, `vcard:fn` |
//! | `given_name` | before the name of a person |
//! | `email`, `mail` | `foaf:mbox`, `vcard:hasEmail` |
//! | `url`, `homepage` | `foaf:homepage`, `vcard:hasURL` |
//! | `phone`, `telephone` | `foaf:phone`, `vcard:hasTelephone` |
//! | `type` | `dct:type` |
//! | `role` | `prov:qualifiedAttribution` with this role |
//!
//! # Left out of `agent`
//!
//! | field | why |
//! |---|---|
//! | `affiliation`, `affiliation_02`, `affiliation_03` | of a person, in words without an identifier |
//! | `id_given` | of Croissant: another name of what `uri` says |
//! | `identifier_scheme`, `data_credit`, `data_credit.*` | of EnviDat: whose identifier it is, what a person did |
//! | `actedOnBehalfOf[].*` | agents behind agents, of whom a catalogue has no use |

use std::borrow::Cow;
use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef};

use super::fields::{Fields, Sent};
use super::words::{is_iri, localised, open};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Finding;
use crate::rdf::vocab::{dct, foaf, vcard};
use crate::record::{Key, Kind, RecordId};
use crate::source::contract::{Context, Part, Role};
use crate::source::part::name::{node, notation};
use crate::source::value::{mail, telephone};

/// ADMS publisher types, <http://purl.org/adms/publishertype/1.0>, by the last part of their IRI.
const PUBLISHER_TYPES: &str = "http://purl.org/adms/publishertype/";

/// What is said of an agent.
#[derive(Default)]
pub(super) struct Stated<'a> {
    pub(super) uri: Option<Sent<'a>>,
    pub(super) identifier: Option<Sent<'a>>,
    pub(super) name: Option<Sent<'a>>,
    pub(super) given_name: Option<Sent<'a>>,
    pub(super) email: Option<Sent<'a>>,
    pub(super) url: Option<Sent<'a>>,
    pub(super) phone: Option<Sent<'a>>,
    pub(super) kind: Option<Sent<'a>>,
    pub(super) role: Option<Sent<'a>>,
}

impl<'a> Stated<'a> {
    /// An agent that is an object.
    pub(super) fn of_object(part: &Fields<'a>) -> Self {
        Self {
            uri: part.find("uri"),
            identifier: part.first(&["identifier", "id"]),
            name: part.first(&["name_translated", "name", "title"]),
            given_name: part.find("given_name"),
            email: part.first(&["email", "mail"]),
            url: part.first(&["url", "homepage"]),
            phone: part.first(&["phone", "telephone"]),
            kind: part.find("type"),
            role: part.find("role"),
        }
    }

    /// An agent whose fields have a prefix in the record.
    pub(super) fn of_prefix(record: &Fields<'a>, prefix: &str) -> Self {
        let find = |name: &str| record.find(&format!("{prefix}_{name}"));
        Self {
            uri: find("uri"),
            identifier: find("identifier").or_else(|| find("id")),
            name: find("name"),
            given_name: None,
            email: find("email").or_else(|| record.find(&format!("{prefix}-email"))),
            url: find("url"),
            phone: find("phone"),
            kind: find("type"),
            role: None,
        }
    }

    /// An agent of whom there is one text: a name, an address or an IRI.
    pub(super) fn of_text(sent: Sent<'a>) -> Self {
        let text = sent.value().as_str().unwrap_or_default();
        let mut agent = Self::default();
        if is_iri(text) && !text.starts_with("mailto:") {
            agent.uri = Some(sent);
        } else if text.contains('@') && !text.contains(' ') {
            agent.email = Some(sent);
        } else {
            agent.name = Some(sent);
        }
        agent
    }

    /// Whether it names or leads to anybody.
    pub(super) fn says_something(&self) -> bool {
        let said = [&self.uri, &self.name, &self.email, &self.url];
        said.into_iter().any(Option::is_some)
    }

    /// What names it: its IRI, its identifier, or all that is said of it.
    fn key(&self) -> Key {
        let text = |sent: &Option<Sent<'_>>| sent.as_ref().map(|sent| plain(sent).into_owned());
        if let Some(uri) = text(&self.uri) {
            return Key::hashed(&uri);
        }
        // Editors number persons dataset by dataset: only an IRI means the same one everywhere.
        let identifier = text(&self.identifier);
        if let Some(iri) = identifier.filter(|text| is_iri(text)) {
            return Key::hashed(&iri);
        }
        let said = [
            &self.identifier,
            &self.given_name,
            &self.name,
            &self.email,
            &self.url,
        ]
        .map(text);
        Key::hashed(&said.map(Option::unwrap_or_default).join("\n"))
    }
}

/// A value as text, whatever it is.
fn plain<'a>(sent: &'a Sent<'_>) -> Cow<'a, str> {
    match sent.value().as_str() {
        Some(text) => Cow::Borrowed(text.trim()),
        None => Cow::Owned(sent.value().to_string()),
    }
}

/// What an agent is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum As {
    /// A foaf:Agent.
    Agent,
    /// A vcard:Kind.
    Contact,
}

/// The agents and contacts that a record mentions.
#[derive(Default)]
pub(super) struct Mentions {
    parts: BTreeMap<RecordId, RecordGraph>,
}

impl Mentions {
    /// Describes an agent, and gives its IRI.
    pub(super) fn add(
        &mut self,
        stated: &Stated<'_>,
        taken: As,
        context: &Context<'_>,
        findings: &mut Vec<Finding>,
    ) -> NamedNode {
        let id = RecordId {
            portal: context.portal.clone(),
            kind: match taken {
                As::Agent => Kind::Organization,
                As::Contact => Kind::Contact,
            },
            key: stated.key(),
        };
        let iri = context.base.record(&id);
        let graph = self
            .parts
            .entry(id)
            .or_insert_with(|| RecordGraph::new(iri.clone()));
        let mut about = Describe::main(graph, findings);
        match taken {
            As::Agent => agent(stated, context, &mut about),
            As::Contact => contact(stated, context, &mut about),
        }
        graph.dedup();
        iri
    }

    /// Adds a part that somebody else described; what is there already stays.
    pub(super) fn extend(&mut self, part: Part) {
        self.parts.entry(part.id).or_insert(part.graph);
    }

    /// What the record says of them.
    pub(super) fn into_parts(self) -> impl Iterator<Item = Part> {
        self.parts.into_iter().map(|(id, graph)| Part {
            id,
            role: Role::Mention,
            graph,
        })
    }
}

fn agent(stated: &Stated<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    about.a(foaf::AGENT);
    if stated.given_name.is_some() {
        about.a(foaf::PERSON);
    }
    names(stated, foaf::NAME, context, about);
    if let Some(sent) = &stated.email {
        mail::write(foaf::MBOX, &plain(sent), &sent.field, about);
    }
    address(stated.url.as_ref(), foaf::HOMEPAGE, about);
    if let Some(sent) = &stated.phone {
        telephone::write(foaf::PHONE, &plain(sent), &sent.field, about);
    }
    if let Some(sent) = &stated.kind {
        kind(sent, context, about);
    }
    if let Some(sent) = &stated.uri {
        node(notation(&plain(sent)), about);
    }
    if let Some(sent) = &stated.identifier {
        about.token(dct::IDENTIFIER, &plain(sent), &sent.field);
    }
}

fn contact(stated: &Stated<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    about.a(vcard::KIND);
    if stated.role.is_some() {
        // Who has a role is an agent as well.
        about.a(foaf::AGENT);
        names(stated, foaf::NAME, context, about);
    }
    names(stated, vcard::FN, context, about);
    if let Some(sent) = &stated.email {
        mail::write(vcard::HAS_EMAIL, &plain(sent), &sent.field, about);
    }
    address(stated.url.as_ref(), vcard::HAS_URL, about);
    if let Some(sent) = &stated.phone {
        telephone::write(vcard::HAS_TELEPHONE, &plain(sent), &sent.field, about);
    }
    for sent in [&stated.identifier, &stated.uri].into_iter().flatten() {
        let uid = Literal::new_simple_literal(plain(sent));
        about.literal(vcard::HAS_UID, uid);
    }
}

/// A name is in no language, unless it is given in several.
fn names(
    stated: &Stated<'_>,
    property: NamedNodeRef<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let Some(name) = stated.name.clone().map(open) else {
        // An address alone still has to be called something: DCAT-AP wants a name of every agent.
        let other = [&stated.email, &stated.url, &stated.uri]
            .into_iter()
            .flatten()
            .next();
        if let Some(other) = other.filter(|_| property == foaf::NAME) {
            about.token(property, &plain(other), &other.field);
        }
        return;
    };
    let is_translated = name.value().is_object();
    let given = stated.given_name.as_ref().map(plain).unwrap_or_default();
    for (language, text) in localised(&name, context, about.findings()) {
        let text = format!("{given} {text}");
        let language = language.filter(|_| is_translated);
        about.text(property, text.trim(), language.as_deref(), &name.field);
    }
}

fn address(sent: Option<&Sent<'_>>, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
    if let Some(sent) = sent {
        about.iri(property, &plain(sent), &sent.field);
    }
}

/// The kind of an agent: an IRI, a code of ADMS, or words; or a list of them.
fn kind(sent: &Sent<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    for sent in sent.clone().items() {
        let known = format!("{PUBLISHER_TYPES}{}", plain(&sent));
        if context.vocabularies.contains(&known) {
            about.link(dct::TYPE, NamedNode::new_unchecked(known));
        } else {
            super::words::concept(dct::TYPE, &sent, context, about);
        }
    }
}
