//! The links of a dataset: distributions with the services behind them, and pages.
//!
//! What applies to all distributions of a dataset is said of each: rights, character sets, how space is
//! represented. The published mapping also has every format of the record on every link, which DCAT-AP
//! does not allow; see [`super::format`] for what each gets here.
//!
//! What a link of a record is for is in [`super::online`].
//!
//! # Fields of `distribution`
//!
//! | field | becomes |
//! |---|---|
//! | `transferOptions.onLine`, `distributor.distributorTransferOptions.onLine` | see [`super::online`], # Fields of `online resource` |
//! | `transferOptions` | without `onLine` around: see [`super::online`], # Fields of `online resource` |
//! | `transferOptions.transferSize`, `distributor.distributorTransferOptions.transferSize` | `dcat:byteSize` of a single file, of megabytes of 1 000 000 bytes, as in the published mapping |
//! | `distributionFormat`, `distributor.distributorFormat`, `transferOptions.distributionFormat` | see [`super::format`], # Fields of `format` |
//! | `distributor.distributorContact` | see [`super::party`], # Fields of `party` |
//! | `distributor.distributionOrderProcess.fees` | `dct:rights` of the distributions |
//!
//! # Left out of `distribution`
//!
//! | field | why |
//! |---|---|
//! | `transferOptions.offLine.*`, `distributor.distributorTransferOptions.offLine.*` | a medium that is sent by post: every distribution has an address |
//! | `transferOptions.unitsOfDistribution`, `distributor.distributorTransferOptions.unitsOfDistribution` | tiles, sheets or remarks: the links say it |
//! | `distributor.distributionOrderProcess.orderingInstructions`, `distributor.distributionOrderProcess.turnaround`, `distributor.distributionOrderProcess.plannedAvailableDateTime` | how and when to order by post |
//! | `name`, `version` | of a tool that leaves out the format around them |
//! | `description`, `transferOptions.transferFrequency.*` | what the links say themselves |

use std::collections::{HashMap, HashSet};

use oxigraph::model::NamedNode;

use super::constraint::Constraints;
use super::element::Element;
use super::format::{Format, Formats};
use super::online::{Behind, Online};
use super::text::Text;
use super::{Mentions, Record};
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::{adms, cnt, dcat, dcatap, dct, foaf};
use crate::source::part::key::Keys;
use crate::source::part::link::{is_archive, packed};
use crate::source::part::ogc;

/// INSPIRE's list of ways to represent space.
const REPRESENTATION: &str =
    "http://inspire.ec.europa.eu/metadata-codelist/SpatialRepresentationType/";

/// The links of a record, in their order.
pub(super) fn links<'a>(record: &Record<'a>) -> Vec<Element<'a>> {
    let options = record.root.all(
        "distributionInfo.transferOptions|distributionInfo.distributor.distributorTransferOptions",
    );
    let mut links = Vec::new();
    for option in options {
        let online = option.all("onLine");
        // Some tools leave out what should be around a link.
        if online.is_empty() && option.first("linkage").is_some() {
            links.push(option);
        }
        links.extend(online);
    }
    links
}

/// Writes the distributions and pages of a dataset; says whether there was any distribution.
pub(super) fn write(
    record: &Record<'_>,
    constraints: &Constraints<'_>,
    laws: &[NamedNode],
    mentions: &mut Mentions,
    about: &mut Describe<'_>,
) -> Distributions {
    let formats = Formats::read(record);
    let shared = Shared {
        record,
        constraints,
        laws,
        formats: &formats,
    };
    let mut keys = Keys::default();
    let mut seen = HashSet::new();
    let mut found = Distributions::None;
    let links: Vec<(Element<'_>, Online<'_>)> = links(record)
        .into_iter()
        .filter_map(|element| Some((element, Online::read(element, record)?)))
        .collect();
    let mut names: HashMap<&str, HashSet<Option<&str>>> = HashMap::new();
    for (_, online) in &links {
        let name = online.name.as_ref().and_then(Text::plain);
        names.entry(online.address).or_default().insert(name);
    }
    for (element, online) in &links {
        let field = online.linkage.path();
        match online.behind {
            Behind::Record => {}
            Behind::Landing => online.write_page(dcat::LANDING_PAGE, about),
            Behind::Page => online.write_page(foaf::PAGE, about),
            Behind::Picture => {
                about.iri(foaf::DEPICTION, online.address, &field);
            }
            Behind::Service(_) | Behind::Interface(_) | Behind::File(_) | Behind::Access => {
                let Some(access) = about.clean_iri(online.address, &field) else {
                    continue;
                };
                let name = online.name.as_ref().and_then(Text::plain);
                let same = (access.as_str().to_owned(), name);
                if !seen.insert(same) {
                    let message = "left out: another link has the same address and name";
                    about.find(Code::DuplicateIdentifier, &field, message, online.address);
                    continue;
                }
                found = Distributions::Some;
                // Layers are known by their names, and so is what shares its address; the name of a
                // file is a title, which changes.
                let is_layer = matches!(online.behind, Behind::Service(_));
                let is_shared = names.get(online.address).is_some_and(|all| all.len() > 1);
                let tells = name.filter(|_| is_layer || is_shared);
                let what = tells.unwrap_or_default();
                let key = keys.mint(
                    None,
                    access.as_str(),
                    what,
                    &record.identifier,
                    &field,
                    about,
                );
                let iri = record
                    .context
                    .base
                    .distribution(record.context.portal, &key);
                let mut one = about.resource(dcat::DISTRIBUTION, &iri, dcat::DISTRIBUTION_CLASS);
                shared.write(online, access, *element, mentions, &mut one);
            }
        }
    }
    formats.write_others(found == Distributions::Some, about);
    found
}

/// Whether a dataset has distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Distributions {
    None,
    Some,
}

/// What is said of each distribution.
struct Shared<'s, 'a> {
    record: &'s Record<'a>,
    constraints: &'s Constraints<'a>,
    laws: &'s [NamedNode],
    formats: &'s Formats<'a>,
}

impl<'a> Shared<'_, 'a> {
    fn write(
        &self,
        online: &Online<'a>,
        access: NamedNode,
        element: Element<'a>,
        mentions: &mut Mentions,
        about: &mut Describe<'_>,
    ) {
        about.link(dcat::ACCESS_URL, access.clone());
        match (&online.name, &online.description) {
            (Some(name), description) => {
                name.write(dct::TITLE, about);
                if let Some(description) = description {
                    description.write(dct::DESCRIPTION, about);
                }
            }
            (None, Some(description)) => description.write(dct::TITLE, about),
            (None, None) => {}
        }
        let field = online.linkage.path();
        match online.behind {
            Behind::Service(protocol) => {
                about.token(dct::FORMAT, protocol, &field);
                self.service(protocol, &access, mentions, about);
            }
            Behind::Interface(format) => {
                about.token(dct::FORMAT, format, &field);
            }
            Behind::File(format) => {
                let declared = self.formats.of(element, online, self.record);
                self.file(format, online, declared, about);
                if access.as_str().contains("://") {
                    about.link(dcat::DOWNLOAD_URL, access);
                }
                self.size(element, about);
            }
            _ => {}
        }
        self.constraints.write_access(about);
        self.constraints.write_licence(self.record, about);
        self.constraints.write_rights(about);
        self.fees(about);
        for law in self.laws {
            about.link(dcatap::APPLICABLE_LEGISLATION, law.clone());
        }
        encodings(
            "identificationInfo.characterSet|identificationInfo.defaultLocale.characterEncoding",
            self.record.root,
            about,
        );
        self.representation(about);
    }

    /// Writes the format of a file. What is in an archive counts more than the archive.
    fn file(
        &self,
        format: Option<&str>,
        online: &Online<'_>,
        declared: Option<&Format<'_>>,
        about: &mut Describe<'_>,
    ) {
        let field = online.linkage.path();
        let archive = format.filter(|format| is_archive(format));
        let inner = archive.and_then(|_| packed(online.address, self.record.context.vocabularies));
        let declared = declared.filter(|declared| {
            let is_same = |format: &str| declared.is(format, self.record);
            // Where the file says itself what it is, another format is not its own.
            inner
                .or(format.filter(|_| archive.is_none()))
                .is_none_or(is_same)
        });
        match (inner.or(format), declared) {
            (_, Some(declared)) if inner.is_some() || archive.is_some() || format.is_none() => {
                declared.write(about);
            }
            (Some(format), declared) => {
                declared.inspect(|declared| declared.meet());
                about.token(dct::FORMAT, format, &field);
            }
            (None, _) => {}
        }
        let is_packed = inner.is_some()
            || archive.is_some_and(|archive| {
                declared.is_some_and(|declared| !declared.is(archive, self.record))
            });
        if is_packed && !declared.is_some_and(Format::is_compressed) {
            about.token(dcat::COMPRESS_FORMAT, archive.unwrap_or_default(), &field);
        }
    }

    fn service(
        &self,
        protocol: &'static str,
        access: &NamedNode,
        mentions: &mut Mentions,
        about: &mut Describe<'_>,
    ) {
        let (dataset, context) = (&self.record.iri, self.record.context);
        if let Some(service) = ogc::service(protocol, access, dataset, context) {
            about.link(dcat::ACCESS_SERVICE, service.graph.iri().clone());
            mentions.insert(service.id, service.graph);
        }
    }

    /// Writes the size of a file: that of its transfer options, where these have one link.
    fn size(&self, element: Element<'_>, about: &mut Describe<'_>) {
        let ways = "distributionInfo.transferOptions|distributionInfo.distributor.distributorTransferOptions";
        let options = self.record.root.all(ways);
        let around = options
            .into_iter()
            .find(|option| option.all("onLine").contains(&element));
        let Some(around) = around.filter(|option| option.all("onLine").len() == 1) else {
            return;
        };
        let Some((element, text)) = around
            .first("transferSize")
            .and_then(|e| Some((e, e.value()?)))
        else {
            return;
        };
        let megabytes: Option<f64> = text.replace(',', ".").parse().ok();
        if let Some(size) = megabytes.filter(|size| (0.0..1e12).contains(size)) {
            #[expect(clippy::cast_possible_truncation, reason = "its range was looked at")]
            let bytes = (size * 1_000_000.0).round() as i64;
            about.count(dcat::BYTE_SIZE, bytes, &element.path());
        } else {
            let message = "left out: it is no size";
            about.find(Code::NumberInvalid, &element.path(), message, text);
        }
    }

    fn fees(&self, about: &mut Describe<'_>) {
        let ways = "distributionInfo.distributor.distributionOrderProcess.fees";
        for fees in Text::all(self.record.root, ways, &self.record.locales) {
            fees.write(dct::RIGHTS, about);
        }
    }

    fn representation(&self, about: &mut Describe<'_>) {
        let ways = "identificationInfo.spatialRepresentationType";
        // GeoDCAT-AP has one; the first that INSPIRE's list has counts.
        let known = ["vector", "grid", "textTable", "tin", "stereoModel", "video"];
        let mut sent = self
            .record
            .root
            .all(ways)
            .into_iter()
            .filter_map(Element::code);
        if let Some(code) = sent.find(|code| known.contains(code)) {
            let iri = NamedNode::new_unchecked(format!("{REPRESENTATION}{code}"));
            about.link(adms::REPRESENTATION_TECHNIQUE, iri);
        }
    }
}

/// Writes the character sets at the end of a way by the names of IANA.
pub(super) fn encodings(ways: &str, from: Element<'_>, about: &mut Describe<'_>) {
    for element in from.all(ways) {
        let Some(code) = element.code() else {
            continue;
        };
        let lower = code.to_lowercase();
        let name = match lower.as_str() {
            "utf8" | "utf-8" => "UTF-8".to_owned(),
            "utf7" => "UTF-7".to_owned(),
            "utf16" | "utf-16" => "UTF-16".to_owned(),
            "ucs2" => "ISO-10646-UCS-2".to_owned(),
            "ucs4" => "ISO-10646-UCS-4".to_owned(),
            "usascii" => "US-ASCII".to_owned(),
            "ebcdic" => "IBM037".to_owned(),
            "jis" => "JIS_Encoding".to_owned(),
            "shiftjis" => "Shift_JIS".to_owned(),
            "eucjp" => "EUC-JP".to_owned(),
            "euckr" => "EUC-KR".to_owned(),
            "big5" => "Big5".to_owned(),
            "gb2312" => "GB2312".to_owned(),
            other => match other.strip_prefix("8859part") {
                Some(part) if part.bytes().all(|b| b.is_ascii_digit()) => {
                    format!("ISO-8859-{part}")
                }
                _ if lower.starts_with("iso-8859-") => lower.to_uppercase(),
                _ => code.to_owned(),
            },
        };
        about.token(cnt::CHARACTER_ENCODING, &name, &element.path());
    }
}

/// Writes the links of what has no distributions as pages.
pub(super) fn pages(record: &Record<'_>, about: &mut Describe<'_>) {
    for element in links(record) {
        let Some(online) = Online::read(element, record) else {
            continue;
        };
        match online.behind {
            Behind::Record => {}
            Behind::Picture => {
                about.iri(foaf::DEPICTION, online.address, &online.linkage.path());
            }
            Behind::Page => online.write_page(foaf::PAGE, about),
            _ => online.write_page(dcat::LANDING_PAGE, about),
        }
    }
}
