//! Texts in one language or in several (`PT_FreeText`), and addresses behind them (Anchor).
//!
//! The text itself is in the language of the record, where that states one; else in the only one that
//! what it describes is in; else in that which the operator states for the portal, else in none. Translations name a locale of the record (`#FR`); where
//! it defines none of that name, the name is read as a code of a language.

use std::collections::HashMap;

use oxigraph::model::{Literal, NamedNodeRef};

use super::element::Element;
use super::language;
use crate::dcat::Describe;
use crate::finding::{Code, Finding};
use crate::source::contract::Context;
use crate::vocabulary::Vocabularies;

/// The languages of a record.
#[derive(Debug)]
pub(super) struct Locales<'a> {
    /// The tag of texts that are no translations.
    pub(super) own: Option<&'a str>,
    /// The tags of locales by name.
    named: HashMap<&'a str, &'a str>,
    vocabularies: &'a Vocabularies,
}

impl<'a> Locales<'a> {
    /// The languages that the record states.
    pub(super) fn read(
        record: Element<'a>,
        context: &Context<'a>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let vocabularies = context.vocabularies;
        let mut locales = Self {
            own: None,
            named: HashMap::new(),
            vocabularies,
        };
        let defined = "locale|defaultLocale|otherLocale|identificationInfo.defaultLocale|identificationInfo.otherLocale";
        for locale in record.all(defined) {
            let name = locale.classes().find_map(|class| class.attribute("id"));
            let code = locale
                .first("languageCode|language")
                .and_then(Element::code);
            if let (Some(name), Some(tag)) = (
                name,
                code.and_then(|code| language::tag(code, vocabularies)),
            ) {
                locales.named.entry(name).or_insert(tag);
            }
        }
        let stated = record.first("language|defaultLocale.language");
        locales.own = stated.and_then(|element| {
            let code = element.code()?;
            let tag = language::tag(code, vocabularies);
            if tag.is_none() {
                findings.push(Finding::new(
                    Code::LanguageInvalid,
                    element.path(),
                    "in no list: texts have the language of the portal, or none",
                    code,
                ));
            }
            tag
        });
        let only = || {
            let ways = "identificationInfo.language|identificationInfo.defaultLocale.language";
            let codes = record.all(ways).into_iter().filter_map(Element::code);
            let mut tags: Vec<_> = codes
                .map(|code| language::tag(code, vocabularies))
                .collect();
            tags.dedup();
            match tags.as_slice() {
                [only] => *only,
                _ => None,
            }
        };
        locales.own = locales.own.or_else(only).or(context.language);
        locales
    }

    fn tag(&self, locale: &str) -> Option<&'a str> {
        let name = locale.rsplit('#').next().unwrap_or(locale);
        let defined = self.named.get(name).copied();
        let code = name.strip_prefix("locale-").unwrap_or(name);
        defined.or_else(|| language::tag(code, self.vocabularies))
    }
}

/// A text as an element has it.
#[derive(Debug, Clone)]
pub(super) struct Text<'a> {
    /// The element it is in.
    pub(super) element: Element<'a>,
    /// The text in each language, that of the record first.
    said: Vec<(Option<&'a str>, &'a str)>,
    /// Translations that are not said: in a language that has another text, or in an unknown one.
    odd: Vec<(Code, &'a str)>,
    /// The address behind it.
    pub(super) anchor: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// The text in an element; `None` where there is neither text nor address.
    pub(super) fn read(element: Element<'a>, locales: &Locales<'a>) -> Option<Self> {
        let mut text = Self {
            element,
            said: Vec::new(),
            odd: Vec::new(),
            anchor: None,
        };
        text.said
            .extend(element.value().map(|own| (locales.own, own)));
        let anchors = element.classes().filter(|class| class.name() == "Anchor");
        text.anchor = anchors
            .filter_map(|anchor| anchor.attribute("href"))
            .find(|address| !is_of_the_editor(address));
        for group in element.all("textGroup") {
            for translated in group.classes() {
                let Some(said) = translated.own_text() else {
                    continue;
                };
                let tag = translated.attribute("locale").and_then(|l| locales.tag(l));
                let known = text.said.iter().find(|(of, _)| *of == tag && tag.is_some());
                match known {
                    Some((_, same)) if *same == said => {}
                    Some(_) => text.odd.push((Code::ConflictingValues, said)),
                    // Without a language of its own, a translation only repeats the text.
                    None if tag.is_none() && !text.said.is_empty() => {
                        text.odd.push((Code::LanguageInvalid, said));
                    }
                    None => text.said.push((tag, said)),
                }
            }
        }
        (!text.said.is_empty() || text.anchor.is_some()).then_some(text)
    }

    /// All texts at the end of a way.
    pub(super) fn all(from: Element<'a>, ways: &str, locales: &Locales<'a>) -> Vec<Self> {
        let elements = from.all(ways).into_iter();
        elements
            .filter_map(|element| Self::read(element, locales))
            .collect()
    }

    /// The first text at the end of a way.
    pub(super) fn first(from: Element<'a>, ways: &str, locales: &Locales<'a>) -> Option<Self> {
        Self::all(from, ways, locales).into_iter().next()
    }

    /// The text in the first of its languages.
    pub(super) fn plain(&self) -> Option<&'a str> {
        self.said.first().map(|(_, text)| *text)
    }

    /// The text in each of its languages.
    pub(super) fn words(&self) -> impl Iterator<Item = &'a str> {
        self.said.iter().map(|(_, text)| *text)
    }

    /// The address behind it; without one, the text itself where that is an address.
    pub(super) fn address(&self) -> Option<&'a str> {
        self.anchor
            .or_else(|| self.words().find(|text| is_address(text)))
    }

    /// Writes it in each of its languages.
    pub(super) fn write(&self, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
        let field = self.element.path();
        for (tag, text) in &self.said {
            about.text(property, text, *tag, &field);
        }
        self.tell(about);
    }

    /// The text in each of its languages, as literals.
    pub(super) fn literals(&self) -> impl Iterator<Item = Literal> {
        self.said.iter().map(|(tag, text)| {
            let tagged = tag.and_then(|tag| crate::rdf::language::tagged(*text, tag));
            tagged.unwrap_or_else(|| Literal::new_simple_literal(*text))
        })
    }

    /// Writes a name, which is in no language unless it has a translation.
    pub(super) fn write_name(&self, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
        let field = self.element.path();
        let several = self.said.len() > 1;
        for (tag, text) in &self.said {
            about.text(property, text, tag.filter(|_| several), &field);
        }
        self.tell(about);
    }

    fn tell(&self, about: &mut Describe<'_>) {
        for (code, text) in &self.odd {
            let message = match code {
                Code::LanguageInvalid => "left out: the record does not say its language",
                _ => "left out: there is another text in its language",
            };
            about.find(*code, &self.element.path(), message, text);
        }
    }
}

/// Whether a text is an address of the web, and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && !text.contains(char::is_whitespace)
}

/// Addresses by which an editor finds its own fragments again.
fn is_of_the_editor(address: &str) -> bool {
    address.starts_with("local://") || address.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::kind::csw::xml::parse;

    fn said(xml: &str) -> Vec<(Option<String>, String)> {
        let text = format!("<r>{xml}</r>");
        let document = parse(&text).unwrap();
        let locales = Locales {
            own: Some("fr"),
            named: HashMap::from([("A", "en")]),
            vocabularies: Vocabularies::builtin(),
        };
        let text = Text::first(Element::new(document.root_element()), "t", &locales);
        let said = text.map(|text| text.said).unwrap_or_default();
        said.into_iter()
            .map(|(tag, text)| (tag.map(Into::into), text.into()))
            .collect()
    }

    #[test]
    fn translations_are_in_the_language_of_their_locale() {
        let group = |locale: &str, text: &str| {
            format!(
                "<textGroup><LocalisedCharacterString locale='{locale}'>{text}</LocalisedCharacterString></textGroup>"
            )
        };
        let groups = [
            group("#A", "one"),
            group("#FR", "un"),
            group("#DE", "eins"),
            group("#A", " "),
            group("#Q9", "?"),
        ];
        let xml = format!(
            "<t><CharacterString>un</CharacterString><PT_FreeText>{}</PT_FreeText></t>",
            groups.concat()
        );
        let expected = [("fr", "un"), ("en", "one"), ("de", "eins")];
        let expected: Vec<_> = expected
            .map(|(tag, text)| (Some(tag.to_owned()), text.to_owned()))
            .into();
        assert_eq!(said(&xml), expected);
        assert_eq!(said("<t><CharacterString/></t>"), []);
    }
}
