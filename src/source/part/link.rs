//! A link of a record: what is behind it, told by what the record says of it and by its address.
//!
//! Catalogues agree on neither protocols nor functions. A picture and the record's own metadata are
//! told first, since whoever lists all links of a record lists those too. A protocol of the OGC, by
//! name or by address, or in the request that the address makes, is a service, whatever the function
//! says. Then the function counts (`CI_OnLineFunctionCode`); without one, a protocol of downloads or an
//! address that ends as a file of data does; what is left is a page. Only the path of an address tells
//! what answers there: an address inside of its query is that of something else.

use url::Url;

use crate::source::part::ogc;
use crate::vocabulary::{Alignment, Vocabularies};

/// What is behind a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Behind<'a> {
    /// A service of the OGC, by its protocol.
    Service(&'static str),
    /// Another interface for programs, by its format where it has one.
    Interface(&'static str),
    /// A file, with its format where that is known.
    File(Option<&'a str>),
    /// Access that starts somewhere else: an order, for example.
    Access,
    /// The page of the dataset.
    Landing,
    /// A page about it.
    Page,
    /// A picture.
    Picture,
    /// The record itself, in another form.
    Record,
}

/// What a record says of a link; empty where it says nothing.
#[derive(Debug, Clone, Copy)]
pub(in crate::source) struct Link<'a> {
    /// The protocol, by name or as a media type.
    pub(in crate::source) protocol: &'a str,
    /// Addresses that stand for the protocol.
    pub(in crate::source) addresses: [&'a str; 2],
    /// The application profile.
    pub(in crate::source) profile: &'a str,
    /// The code of the function.
    pub(in crate::source) function: &'a str,
    /// What it is called.
    pub(in crate::source) name: &'a str,
    /// The address.
    pub(in crate::source) address: &'a str,
    /// The identifier of the record that has the link.
    pub(in crate::source) record: &'a str,
}

impl<'a> Link<'a> {
    /// What is behind it.
    pub(in crate::source) fn behind(&self, vocabularies: &Vocabularies) -> Behind<'a> {
        if self.function == "completeMetadata" || self.is_of_the_record() {
            return Behind::Record;
        }
        if self.is_picture() {
            return Behind::Picture;
        }
        let lower = self.protocol.to_lowercase();
        if let Some(format) = ["kmz", "kml"]
            .into_iter()
            .find(|name| is_word(name, &lower))
        {
            return Behind::File(Some(format));
        }
        if let Some(protocol) = self.service() {
            return Behind::Service(protocol);
        }
        if let Some(format) = self.interface(&lower) {
            return Behind::Interface(format);
        }
        let format = self.format(vocabularies);
        let is_download = lower.contains("download")
            || lower.starts_with("file")
            || lower.starts_with("db:")
            || lower == "ftp";
        match self.function {
            "download" | "fileAccess" => Behind::File(format),
            "offlineAccess" | "order" => Behind::Access,
            "information" | "search" | "browsing" | "information.content" | "view" => Behind::Page,
            "browseGraphic" => Behind::Picture,
            _ if is_download => Behind::File(format),
            _ if format.is_some_and(|format| !is_document(format)) => Behind::File(format),
            _ if format.is_some() => Behind::Page,
            _ => Behind::Landing,
        }
    }

    /// Whether the address is that of the record's own description: a request for it, or a page of the
    /// catalogue about it. What is attached to a record is not the record.
    fn is_of_the_record(&self) -> bool {
        let Some(url) = Url::parse(self.address)
            .ok()
            .filter(|_| !self.record.is_empty())
        else {
            return false;
        };
        let is_it = |text: &str| text.eq_ignore_ascii_case(self.record);
        let in_query = url.query_pairs().any(|(_, value)| is_it(&value));
        let asked = |name: &str| {
            let mut pairs = url.query_pairs();
            pairs.find_map(|(of, value)| of.eq_ignore_ascii_case(name).then_some(value))
        };
        let request = asked("request").unwrap_or_default();
        if request.eq_ignore_ascii_case("GetRecordById") {
            return in_query;
        }
        let path = url.path().to_lowercase();
        let last = path.rsplit('/').next().unwrap_or_default();
        let asks = [
            "catalog.search",
            "metadata.show",
            "metadata.formatter",
            "md.format",
            "md.viewer",
            "xml.metadata.get",
            "rdf.metadata.get",
            "iso19139",
            "iso19115",
            "main.home",
            "search",
        ];
        if in_query && asks.iter().any(|program| last.starts_with(program)) {
            return true;
        }
        let encoded = [url.path(), url.fragment().unwrap_or_default()].join("/");
        let decoded = percent_encoding::percent_decode_str(&encoded).decode_utf8_lossy();
        let mut steps = decoded
            .split(['/', '?', '&', '='])
            .filter(|step| !step.is_empty());
        let mut before = "";
        let found = steps.by_ref().any(|step| {
            let found = is_it(step) && matches!(before, "metadata" | "records" | "uuid" | "record");
            before = step;
            found
        });
        found && matches!(steps.next(), None | Some("formatters" | "formatter"))
    }

    /// Whether it is a picture of what is described: a thumbnail, a legend.
    fn is_picture(&self) -> bool {
        let lower = self.protocol.to_lowercase();
        let query = Url::parse(self.address).ok();
        let asks_for_legend = query.is_some_and(|url| {
            let mut pairs = url.query_pairs();
            pairs.any(|(name, value)| {
                name.eq_ignore_ascii_case("request")
                    && value.eq_ignore_ascii_case("GetLegendGraphic")
            })
        });
        let name = self.name.to_lowercase();
        let is_called = [
            "thumbnail",
            "preview",
            "legend",
            "légende",
            "vignette",
            "aperçu",
            "overview",
        ]
        .iter()
        .any(|word| name.contains(word));
        let is_drawn = [
            "image/png",
            "image/jpeg",
            "image/jpg",
            "image/gif",
            "image/webp",
            "image/svg",
        ]
        .iter()
        .any(|media| lower.starts_with(media));
        let ending = extension(self.address).unwrap_or_default().to_lowercase();
        let ends = matches!(
            ending.as_str(),
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "svg"
        );
        lower.contains("thumbnail")
            || asks_for_legend
            || self.function != "download" && (is_drawn || is_called && ends)
    }

    /// The protocol of the OGC.
    fn service(&self) -> Option<&'static str> {
        let by_name = ogc::named(self.protocol).or_else(|| ogc::protocol(self.profile));
        let by_address = || {
            let last = |address: &&str| {
                let is_list = address.contains("opengis.net/def/serviceType/")
                    || address.contains("opengeospatial.org/standards/");
                let last = address.rsplit('/').next().filter(|_| is_list);
                last.and_then(ogc::protocol)
            };
            self.addresses.iter().find_map(last)
        };
        // What says that it is a page or a file is not asked what its address looks like.
        let is_told =
            self.protocol.to_lowercase().contains("download") || self.function == "download";
        by_name
            .or_else(by_address)
            .or_else(|| ogc::asked(self.address).filter(|_| !is_told))
    }

    /// Another interface, with the text that normalisation knows its format by.
    fn interface(&self, protocol: &str) -> Option<&'static str> {
        let is = |word: &str| protocol.contains(word);
        let end = self.address.find(['?', '#']).unwrap_or(self.address.len());
        let path = self.address.get(..end).unwrap_or(self.address);
        if is("esri:rest") || is("arcgis") || path.contains("/rest/services/") {
            Some("esri:rest")
        } else if is("ogcapi") || is("ogc api") || is("ogc-api") || is("openapi") {
            Some("ogcapi")
        } else if is("atom")
            || self
                .addresses
                .iter()
                .any(|address| address.ends_with("/atom"))
        {
            Some("atom")
        } else if is("opendap") || is("thredds") {
            Some("opendap")
        } else if is("sparql") {
            Some("sparql")
        } else if is_word("tms", protocol) {
            Some("tms")
        } else {
            None
        }
    }

    /// The format of a file: behind the protocol (`WWW:DOWNLOAD:text/csv`), by the profile where that is
    /// a media type, by the name of the file.
    fn format(&self, vocabularies: &Vocabularies) -> Option<&'a str> {
        let media = |text: &'a str| {
            let fits = text.contains('/') && !text.contains([' ', ':']);
            fits.then_some(text)
        };
        let behind = self.protocol.rsplit(':').next();
        behind
            .and_then(media)
            .or_else(|| media(self.profile))
            .or_else(|| of_file(self.address, vocabularies))
    }
}

/// Whether a text has a word that is not a part of another.
fn is_word(word: &str, text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|part| part == word)
}

/// Whether a format is that of texts for people rather than of data.
fn is_document(format: &str) -> bool {
    matches!(
        format.to_lowercase().as_str(),
        "pdf"
            | "doc"
            | "docx"
            | "odt"
            | "rtf"
            | "txt"
            | "ppt"
            | "pptx"
            | "odp"
            | "application/pdf"
            | "text/html"
            | "jpg"
            | "jpeg"
            | "png"
            | "gif"
    )
}

/// Whether a text is the name of a format.
pub(in crate::source) fn is_format(text: &str, vocabularies: &Vocabularies) -> bool {
    vocabularies.align(Alignment::Format, text).is_some()
}

/// The format that the name of a file says: its extension, where that is a format of data or documents.
pub(in crate::source) fn of_file<'a>(
    address: &'a str,
    vocabularies: &Vocabularies,
) -> Option<&'a str> {
    extension(address).filter(|extension| is_format(extension, vocabularies))
}

/// The format of what is packed in a file, where its name says that as well: `shp` of `x.shp.zip`.
pub(in crate::source) fn packed<'a>(
    address: &'a str,
    vocabularies: &Vocabularies,
) -> Option<&'a str> {
    let (packed, archive) = file_name(address)?.rsplit_once('.')?;
    let (_, inner) = packed.rsplit_once('.').filter(|_| is_archive(archive))?;
    (!is_archive(inner) && is_format(inner, vocabularies)).then_some(inner)
}

/// Whether a format is that of archives and compressed files.
pub(in crate::source) fn is_archive(format: &str) -> bool {
    let archives = ["zip", "gz", "7z", "tar", "tgz", "rar", "bz2"];
    archives.contains(&format.to_lowercase().as_str())
}

/// The name of the file at an address.
fn file_name(address: &str) -> Option<&str> {
    let end = address.find(['?', '#']).unwrap_or(address.len());
    let (_, path) = address.get(..end)?.split_once("://")?;
    let (_, path) = path.split_once('/')?;
    Some(path.rsplit_once('/').map_or(path, |(_, name)| name))
}

/// The ending of a file's name, where it is none of a page.
fn extension(address: &str) -> Option<&str> {
    let (_, extension) = file_name(address)?.rsplit_once('.')?;
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
    (!is_page && (2..=8).contains(&extension.len())).then_some(extension)
}

#[cfg(test)]
mod tests;
