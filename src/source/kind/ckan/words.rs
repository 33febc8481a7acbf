//! Texts, in as many languages as the portal has them (ckanext-fluent), and keywords.

use std::borrow::Cow;

use oxigraph::model::NamedNodeRef;

use super::fields::{Fields, Sent};
use crate::dcat::Describe;
use crate::finding::Finding;
use crate::rdf::iri::{Cleaned, clean};
use crate::rdf::vocab::{dcat, dcatap, dct, rdfs, skos};
use crate::source::contract::Context;
use crate::source::value::markup::note_markup;

/// A text with its language, where that is known.
pub(super) type Local<'a> = (Option<Cow<'a, str>>, Cow<'a, str>);

/// A text in each of its languages: of an object by its keys, else in the portal's own.
pub(super) fn localised<'a>(
    sent: &'a Sent<'_>,
    context: &Context<'a>,
    findings: &mut Vec<Finding>,
) -> Vec<Local<'a>> {
    let Some(texts) = sent.value().as_object() else {
        let text = sent.text(findings);
        let own = context.language.map(Cow::Borrowed);
        return text.map(|text| (own, text)).into_iter().collect();
    };
    if !texts.keys().all(|key| is_language(key)) {
        sent.unreadable(findings);
        return Vec::new();
    }
    let said = texts.iter().filter_map(|(language, text)| {
        let text = text.as_str()?.trim();
        (!text.is_empty()).then(|| (Some(tag(language)), Cow::Borrowed(text)))
    });
    said.collect()
}

/// Whether a key is a language such as `fr`, `pt_BR`.
pub(super) fn is_language(key: &str) -> bool {
    let main = key.split(['-', '_']).next().unwrap_or_default();
    (2..=3).contains(&main.len())
        && key.len() <= 12
        && main.bytes().all(|b| b.is_ascii_alphabetic())
}

fn tag(key: &str) -> Cow<'_, str> {
    if key.contains('_') {
        Cow::Owned(key.replace('_', "-"))
    } else {
        Cow::Borrowed(key)
    }
}

/// Writes the first of several fields as text, in each of its languages; whether there was one.
pub(super) fn write(
    property: NamedNodeRef<'_>,
    names: &[&str],
    fields: &Fields<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) -> bool {
    let Some(sent) = fields.first(names).map(|sent| open(sent)) else {
        return false;
    };
    let texts = localised(&sent, context, about.findings());
    for (language, text) in &texts {
        if property == dct::DESCRIPTION {
            note_markup(text, &sent.field, about);
        }
        about.text(property, text, language.as_deref(), &sent.field);
    }
    !texts.is_empty()
}

/// A text that is an object of languages as JSON, opened; a title may begin with a bracket.
pub(super) fn open(sent: Sent<'_>) -> Sent<'_> {
    let is_object = sent
        .value()
        .as_str()
        .is_some_and(|text| text.trim_start().starts_with('{'));
    if is_object { sent.opened() } else { sent }
}

/// Writes a value as the IRI that it is, else as a node of `class` that is called so.
pub(super) fn named(
    property: NamedNodeRef<'_>,
    class: NamedNodeRef<'_>,
    label: NamedNodeRef<'_>,
    sent: &Sent<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    if let Some(text) = sent.value().as_str().filter(|text| is_iri(text)) {
        about.iri(property, text, &sent.field);
        return;
    }
    // What something is called is in no language, unless it is called so in several.
    let is_name = label != rdfs::LABEL && !sent.value().is_object();
    let texts = localised(sent, context, about.findings());
    if texts.is_empty() {
        return;
    }
    let mut node = about.node(property, class);
    for (language, text) in texts {
        let language = language.filter(|_| !is_name);
        node.text(label, &text, language.as_deref(), &sent.field);
    }
}

/// Writes a value as the IRI that it is, else as a concept that is called so.
pub(super) fn concept(
    property: NamedNodeRef<'_>,
    sent: &Sent<'_>,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let (class, label) = (skos::CONCEPT, skos::PREF_LABEL);
    named(property, class, label, sent, context, about);
}

/// Writes a code as the IRI that it is, else as the word that normalisation may know.
pub(super) fn code(property: NamedNodeRef<'_>, sent: &Sent<'_>, about: &mut Describe<'_>) {
    let Some(text) = sent.text(about.findings()).map(Cow::into_owned) else {
        return;
    };
    if is_iri(&text) {
        about.iri(property, &text, &sent.field);
    } else {
        about.token(property, &text, &sent.field);
    }
}

/// Whether a text is a web address or another IRI.
pub(super) fn is_iri(text: &str) -> bool {
    match clean(text) {
        Cleaned::Kept(_) => true,
        // A sentence with a colon in it is none.
        Cleaned::Repaired(iri) => iri.as_str().contains("://"),
        Cleaned::Refused(_) => false,
    }
}

/// Writes tags and groups as keywords; each is offered as a theme, and as an HVD category to
/// datasets that name the regulation, of which normalisation keeps what a vocabulary has.
pub(super) fn keywords(
    fields: &Fields<'_>,
    offer_categories: Categories,
    context: &Context<'_>,
    about: &mut Describe<'_>,
) {
    let translated = ["tags_translated", "keywords"]
        .into_iter()
        .find_map(|name| fields.find(name).map(Sent::opened));
    if let Some(sent) = &translated {
        if let Some(lists) = sent.value().as_object() {
            for (language, words) in lists {
                for word in words.as_array().into_iter().flatten() {
                    let word = word.as_str().unwrap_or_default();
                    keyword(
                        word,
                        Some(&tag(language)),
                        &sent.field,
                        offer_categories,
                        about,
                    );
                }
            }
        } else {
            for word in sent.clone().items() {
                if let Some(text) = word.text(about.findings()).map(Cow::into_owned) {
                    keyword(
                        &text,
                        context.language,
                        &word.field,
                        offer_categories,
                        about,
                    );
                }
            }
        }
    }
    let is_by_language = translated.is_some_and(|sent| sent.value().is_object());
    if let Some(tags) = fields.find("tags").filter(|_| !is_by_language) {
        for tag in tags.items() {
            let named = tag.fields();
            let word = match &named {
                Some(named) => named.peek("display_name").or(named.peek("name")),
                None => tag.value().as_str(),
            };
            match word {
                Some(word) => {
                    keyword(word, context.language, &tag.field, offer_categories, about);
                }
                None => tag.unreadable(about.findings()),
            }
        }
    }
    if super::is_of_dkan(fields) {
        // There they are those who publish.
        return;
    }
    for list in fields.all(&["groups", "category"]) {
        for group in list.items() {
            group_name(&group, context, about);
        }
    }
}

/// Whether tags may be HVD categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Categories {
    /// The record names the regulation, and no category itself.
    Offered,
    /// It does not.
    Not,
}

fn keyword(
    word: &str,
    language: Option<&str>,
    field: &str,
    categories: Categories,
    about: &mut Describe<'_>,
) {
    about.text(dcat::KEYWORD, word, language, field);
    about.token(dcat::THEME, word, field);
    if categories == Categories::Offered {
        about.token(dcatap::HVD_CATEGORY, word, field);
    }
}

/// A group puts a dataset under a subject, which is what a keyword does.
fn group_name(group: &Sent<'_>, context: &Context<'_>, about: &mut Describe<'_>) {
    let Some(named) = group.fields() else {
        if let Some(text) = group.text(about.findings()).map(Cow::into_owned) {
            keyword(
                &text,
                context.language,
                &group.field,
                Categories::Not,
                about,
            );
        }
        return;
    };
    if let Some(title) = named.first(&["title", "display_name", "name"]) {
        let title = open(title);
        for (language, text) in localised(&title, context, about.findings()) {
            let language = language.as_deref();
            keyword(&text, language, &title.field, Categories::Not, about);
        }
    }
}
