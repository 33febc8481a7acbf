//! Formats that a record names: for its distributions, which do not say which of them they are in.
//!
//! A distribution has one format in DCAT-AP. The one that its own address or protocol says counts;
//! else the only one that the record names; of several, the one whose name stands in the distribution's
//! own words. An archive is not the format of what is in it. A view service delivers pictures, whatever format the record names for its data.
//!
//! # Fields of `format`
//!
//! | field | becomes |
//! |---|---|
//! | `name`, `formatSpecificationCitation.title`, `formatSpecificationCitation.alternateTitle` | `dct:format` |
//! | `name.@href`, `formatSpecificationCitation.title.@href` | `dcat:mediaType` or `dct:format` |
//! | `specification`, `specification.@href` | `dct:conformsTo` of the distribution |
//! | `fileDecompressionTechnique` | `dcat:compressFormat` |
//!
//! # Left out of `format`
//!
//! | field | why |
//! |---|---|
//! | `version`, `formatSpecificationCitation.edition`, `amendmentNumber` | EU file types have no versions |
//! | `formatDistributor.*` | who sells the software that reads it |
//! | `formatSpecificationCitation.*`, `medium.*`, `fileDecompressionTechnique.@href` | more about the format, for its publisher to say |
//! | `@href`, `@uuidref` | where an editor has its copy |

use super::Record;
use super::element::Element;
use super::text::{Text, is_address};
use crate::dcat::Describe;
use crate::rdf::vocab::{dcat, dct};
use crate::vocabulary::{Alignment, Vocabularies};

/// A format as a record names it.
#[derive(Debug, Clone)]
pub(super) struct Format<'a> {
    name: Text<'a>,
    specification: Option<Text<'a>>,
    compression: Option<Element<'a>>,
}

impl<'a> Format<'a> {
    /// The formats at the end of a way.
    pub(super) fn all(ways: &str, record: &Record<'a>) -> Vec<Self> {
        let read = |element: Element<'a>| {
            let ways =
                "name|formatSpecificationCitation.title|formatSpecificationCitation.alternateTitle";
            let names = Text::all(element, ways, &record.locales);
            let known = names.iter().find(|name| {
                name.words()
                    .any(|word| is_format(word, record.context.vocabularies))
            });
            let name = known.or(names.first())?.clone();
            let compression = element.first("fileDecompressionTechnique");
            Some(Self {
                name,
                specification: Text::first(element, "specification", &record.locales),
                compression: compression.filter(|element| element.value().is_some()),
            })
        };
        let formats = record.root.all(ways).into_iter().filter_map(read);
        let mut all: Vec<Self> = Vec::new();
        for format in formats {
            let is_known = |known: &Self| {
                (known.name.plain(), known.name.anchor) == (format.name.plain(), format.name.anchor)
            };
            // `unknown` and `inapplicable` are what guidelines want where there is nothing to say.
            let says_nothing = format.name.plain().is_some_and(|name| {
                matches!(
                    name.to_lowercase().as_str(),
                    "unknown" | "inapplicable" | "-" | "n/a" | "inconnu"
                )
            });
            if !says_nothing && !all.iter().any(is_known) {
                all.push(format);
            }
        }
        all
    }

    /// Which of several formats a distribution is in, by its words: the only one, or the one that they
    /// name.
    pub(super) fn of<'f>(formats: &'f [Self], words: &str) -> Option<&'f Self> {
        if let [only] = formats {
            return Some(only);
        }
        let words = words.to_lowercase();
        let named = |format: &&Self| {
            let names = format.name.words().map(str::to_lowercase);
            names
                .into_iter()
                .any(|name| name.len() > 2 && words.contains(&name))
        };
        let mut fits = formats.iter().filter(named);
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// Whether the record says how files of the format are compressed.
    pub(super) fn is_compressed(&self) -> bool {
        self.compression.is_some()
    }

    /// Writes the format of a distribution.
    pub(super) fn write(&self, about: &mut Describe<'_>) {
        let field = self.name.element.path();
        match self.name.address() {
            Some(address) if is_media_type(address) => {
                about.token(dcat::MEDIA_TYPE, address, &field);
            }
            Some(address) if self.name.plain().is_none_or(is_address) => {
                about.token(dct::FORMAT, address, &field);
            }
            _ => {
                about.token(dct::FORMAT, self.name.plain().unwrap_or_default(), &field);
            }
        }
        if let Some(specification) = &self.specification {
            if let Some(address) = specification.address() {
                about.iri(dct::CONFORMS_TO, address, &specification.element.path());
            } else {
                let mut standard = about.node(dct::CONFORMS_TO, dct::STANDARD);
                specification.write(dct::TITLE, &mut standard);
            }
        }
        if let Some(compression) = self.compression {
            let text = compression.value().unwrap_or_default();
            about.token(dcat::COMPRESS_FORMAT, text, &compression.path());
        }
    }
}

fn is_format(text: &str, vocabularies: &Vocabularies) -> bool {
    vocabularies.align(Alignment::Format, text).is_some()
}

fn is_media_type(address: &str) -> bool {
    address.contains("iana.org/assignments/media-types/")
        || address.contains("inspire.ec.europa.eu/media-types/")
}

/// The format that the name of a file says: its extension, where that is a format of data or documents.
pub(super) fn of_file<'a>(address: &'a str, vocabularies: &Vocabularies) -> Option<&'a str> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (_, path) = address.get(..end)?.split_once("://")?;
    let (_, name) = path
        .split_once('/')?
        .1
        .rsplit_once('/')
        .unwrap_or(("", path.split_once('/')?.1));
    let (_, extension) = name.rsplit_once('.')?;
    let is_page = matches!(
        extension.to_lowercase().as_str(),
        "html"
            | "htm"
            | "xhtml"
            | "php"
            | "asp"
            | "aspx"
            | "jsp"
            | "jsf"
            | "do"
            | "map"
            | "fr"
            | "com"
    );
    (!is_page && (2..=8).contains(&extension.len()) && is_format(extension, vocabularies))
        .then_some(extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_from_a_page() {
        for (address, format) in [
            ("https://a.example/d/file.zip", Some("zip")),
            ("https://a.example/file.CSV?x=1.pdf", Some("CSV")),
            ("https://a.example/f.geojson#a", Some("geojson")),
            ("https://a.example/index.html", None),
            ("https://a.example/show.php?file=a.zip", None),
            ("https://a.example", None),
            ("https://a.example.pdf", None),
            ("https://a.example/v1.2/x", None),
        ] {
            assert_eq!(
                of_file(address, Vocabularies::builtin()),
                format,
                "{address}"
            );
        }
    }
}
