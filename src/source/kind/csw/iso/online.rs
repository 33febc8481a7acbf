//! A link of a record, and what is behind it: a service, a file, or a page.
//!
//! What is behind it is told as for every source, by [`crate::source::part::link`].
//!
//! # Fields of `online resource`
//!
//! | field | becomes |
//! |---|---|
//! | `linkage` | `dcat:accessURL`, `dcat:downloadURL`, `dcat:accessService`, `dcat:landingPage` or `foaf:page` |
//! | `protocol`, `protocol.@href`, `applicationProfile.@href`, `applicationProfile`, `function` | which of these; `dct:format` of services and of some files |
//! | `name`, `description` | `dct:title`, `dct:description` of the distribution; `rdfs:label`, `dct:description` of the page, in the graph of origins |
//!
//! # Left out of `online resource`
//!
//! | field | why |
//! |---|---|
//! | `description.@href`, `name.@href` | what INSPIRE calls such a link: the protocol tells |
//! | `function.@codeSpace`, `protocolRequest` | the list is one; the request is in the address |

use oxigraph::model::NamedNodeRef;

use super::Record;
use super::element::Element;
use super::text::Text;
use crate::dcat::Describe;
use crate::rdf::vocab::{dct, rdfs};
pub(super) use crate::source::part::link::Behind;
use crate::source::part::link::Link;

/// A link of a record.
#[derive(Debug, Clone)]
pub(super) struct Online<'a> {
    /// Where the address is.
    pub(super) linkage: Element<'a>,
    /// The address.
    pub(super) address: &'a str,
    /// Its name.
    pub(super) name: Option<Text<'a>>,
    /// Its description.
    pub(super) description: Option<Text<'a>>,
    /// What is behind it.
    pub(super) behind: Behind<'a>,
}

impl<'a> Online<'a> {
    /// Reads a link; `None` where it has no address.
    pub(super) fn read(element: Element<'a>, record: &Record<'a>) -> Option<Self> {
        let linkage = element.first("linkage")?;
        let address = linkage.value().or_else(|| {
            let translated = linkage.all("URLGroup|textGroup").into_iter();
            translated
                .flat_map(Element::classes)
                .find_map(Element::own_text)
        })?;
        let text = |way: &str| Text::first(element, way, &record.locales);
        let said = |way: &str| {
            let text = text(way);
            let plain = text.as_ref().and_then(Text::plain);
            (
                plain.unwrap_or_default(),
                text.as_ref().and_then(|t| t.anchor).unwrap_or_default(),
            )
        };
        let (protocol, protocol_address) = said("protocol");
        let (profile, profile_address) = said("applicationProfile");
        let function = element.first("function").and_then(Element::code);
        let (called, _) = said("name");
        let link = Link {
            protocol,
            addresses: [protocol_address, profile_address],
            profile,
            function: function.unwrap_or_default(),
            name: called,
            address,
            record: record.own_identifier(),
        };
        let named = |text: &Text<'a>| text.plain().is_some();
        Some(Self {
            linkage,
            address,
            name: text("name").filter(named),
            description: text("description").filter(named),
            behind: link.behind(record.context.vocabularies),
        })
    }

    /// The same as an address of a service, where nothing else is said of it.
    pub(super) fn of_protocol(self, protocol: Option<&'static str>) -> Self {
        let behind = match (self.behind, protocol) {
            (Behind::Landing | Behind::File(None) | Behind::Page, Some(protocol)) => {
                Behind::Service(protocol)
            }
            (behind, _) => behind,
        };
        Self { behind, ..self }
    }

    /// Writes it as a page. What it is called is said of the page, which the record does not own: its name
    /// is in the graph of origins.
    pub(super) fn write_page(&self, property: NamedNodeRef<'_>, about: &mut Describe<'_>) {
        let field = self.linkage.path();
        let Some(page) = about.iri(property, self.address, &field) else {
            return;
        };
        for text in [&self.name, &self.description].into_iter().flatten() {
            let label = if self
                .name
                .as_ref()
                .is_some_and(|name| name.element == text.element)
            {
                rdfs::LABEL
            } else {
                dct::DESCRIPTION
            };
            for literal in text.literals() {
                about.origin_of(&page, label, literal);
            }
        }
    }

    /// Its words, by which formats are told.
    pub(super) fn words(&self) -> String {
        let texts = [&self.name, &self.description];
        let words = texts.into_iter().flatten().flat_map(Text::words);
        words.chain([self.address]).collect::<Vec<_>>().join(" ")
    }
}
