//! Formats that a record names: for its distributions, which do not say which of them they are in.
//!
//! A distribution has one format in DCAT-AP. The one that its own address or protocol says counts;
//! else the only one that the record names for it; of several, the one that the name of its file or its
//! own words name. Formats of transfer options and of a distributor are those of their own links. An
//! archive is not the format of what is in it, and a service has the format of its protocol, whatever
//! the record names for the data. What is named and no distribution has is the dataset's `dct:format`,
//! with a finding.
//!
//! # Fields of `format`
//!
//! | field | becomes |
//! |---|---|
//! | `name`, `formatSpecificationCitation.title`, `formatSpecificationCitation.alternateTitle` | `dct:format` of a distribution, else of the dataset |
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

use std::cell::Cell;

use super::Record;
use super::element::Element;
use super::online::Online;
use super::text::{Text, is_address};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{dcat, dct};
use crate::source::part::link::{self, is_format};
use crate::vocabulary::Alignment;

/// A format as a record names it.
#[derive(Debug, Clone)]
pub(super) struct Format<'a> {
    name: Text<'a>,
    specification: Option<Text<'a>>,
    compression: Option<Element<'a>>,
    /// Whether a distribution has it.
    is_written: Cell<bool>,
}

/// The formats of a record, by what they are said of.
#[derive(Debug)]
pub(super) struct Formats<'a> {
    /// Those of some links alone.
    own: Vec<(Vec<Element<'a>>, Vec<Format<'a>>)>,
    /// Those of all others.
    common: Vec<Format<'a>>,
}

impl<'a> Formats<'a> {
    /// Reads the formats of a record.
    pub(super) fn read(record: &Record<'a>) -> Self {
        let (mut own, mut loose) = (Vec::new(), Vec::new());
        let options = "distributionInfo.transferOptions|distributionInfo.distributor.distributorTransferOptions";
        let distributors = record.root.all("distributionInfo.distributor");
        let groups = [
            (record.root.all(options), "onLine", "distributionFormat"),
            (
                distributors,
                "distributorTransferOptions.onLine",
                "distributorFormat",
            ),
        ];
        for (elements, links, formats) in groups {
            for element in elements {
                let formats = Format::all(element, formats, record);
                match element.all(links) {
                    links if links.is_empty() => loose.extend(formats),
                    links if !formats.is_empty() => own.push((links, formats)),
                    _ => {}
                }
            }
        }
        let mut common = Format::all(record.root, "distributionInfo.distributionFormat", record);
        common.extend(loose);
        if common.is_empty() && own.is_empty() {
            common = Format::all(record.root, "identificationInfo.resourceFormat", record);
        }
        Self { own, common }
    }

    /// The format of a file: the only one that the record names for it, or the one of several that its
    /// name or its words name.
    pub(super) fn of(
        &self,
        element: Element<'a>,
        online: &Online<'a>,
        record: &Record<'a>,
    ) -> Option<&Format<'a>> {
        let own = self.own.iter().find(|(links, _)| links.contains(&element));
        let formats = own.map_or(&self.common, |(_, formats)| formats);
        if let [only] = formats.as_slice() {
            return Some(only);
        }
        let vocabularies = record.context.vocabularies;
        let concept = |text: &str| vocabularies.align(Alignment::Format, text);
        let inner = link::packed(online.address, vocabularies).and_then(concept);
        let of_file = |format: &&Format<'_>| {
            inner.is_some() && format.name.words().any(|word| concept(word) == inner)
        };
        if let Some(found) = formats.iter().find(of_file) {
            return Some(found);
        }
        let words = online.words().to_lowercase();
        let named = |format: &&Format<'_>| {
            let mut names = format.name.words().map(str::to_lowercase);
            names.any(|name| name.len() > 2 && words.contains(&name))
        };
        let mut fits = formats.iter().filter(named);
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// Writes the formats that no distribution has as those of the dataset.
    pub(super) fn write_others(&self, has_distributions: bool, dataset: &mut Describe<'_>) {
        let own = self.own.iter().flat_map(|(_, formats)| formats);
        for format in self.common.iter().chain(own) {
            if format.is_written.get() {
                continue;
            }
            let field = format.name.element.path();
            if has_distributions {
                let message =
                    "said of the dataset: the record does not say which link has this format";
                let name = format
                    .name
                    .plain()
                    .or(format.name.anchor)
                    .unwrap_or_default();
                dataset.find(Code::FieldUnreadable, &field, message, name);
            }
            format.write_name(dataset);
            format.write_specification(dataset);
        }
    }
}

impl<'a> Format<'a> {
    /// The formats at the end of a way.
    fn all(from: Element<'a>, ways: &str, record: &Record<'a>) -> Vec<Self> {
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
                is_written: Cell::new(false),
            })
        };
        let formats = from.all(ways).into_iter().filter_map(read);
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

    /// Whether the record says how files of the format are compressed.
    pub(super) fn is_compressed(&self) -> bool {
        self.compression.is_some()
    }

    /// Notes that a distribution has it, though its own address says so.
    pub(super) fn meet(&self) {
        self.is_written.set(true);
    }

    /// Whether it is the format of this name.
    pub(super) fn is(&self, format: &str, record: &Record<'_>) -> bool {
        let concept = |text: &str| record.context.vocabularies.align(Alignment::Format, text);
        let known = concept(format);
        self.name.words().any(|name| {
            name.eq_ignore_ascii_case(format) || known.is_some() && concept(name) == known
        })
    }

    fn write_name(&self, about: &mut Describe<'_>) {
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
    }

    /// Writes the format of a distribution.
    pub(super) fn write(&self, about: &mut Describe<'_>) {
        self.meet();
        self.write_name(about);
        self.write_specification(about);
        if let Some(compression) = self.compression {
            let text = compression.value().unwrap_or_default();
            about.token(dcat::COMPRESS_FORMAT, text, &compression.path());
        }
    }

    fn write_specification(&self, about: &mut Describe<'_>) {
        if let Some(specification) = &self.specification {
            if let Some(address) = specification.address() {
                about.iri(dct::CONFORMS_TO, address, &specification.element.path());
            } else {
                let mut standard = about.node(dct::CONFORMS_TO, dct::STANDARD);
                specification.write(dct::TITLE, &mut standard);
            }
        }
    }
}

fn is_media_type(address: &str) -> bool {
    address.contains("iana.org/assignments/media-types/")
        || address.contains("inspire.ec.europa.eu/media-types/")
}
