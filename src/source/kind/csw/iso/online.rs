//! A link of a record, and what is behind it: a service, a file, or a page.
//!
//! Catalogues agree on neither protocols nor functions. A protocol of the OGC, by name or by address, or
//! in the request that the address makes, is a service, whatever the function says. Then the function
//! counts (`CI_OnLineFunctionCode`); without one, a protocol of downloads or an address that ends as a
//! file of data does; what is left is a page.
//!
//! # Fields of `online resource`
//!
//! | field | becomes |
//! |---|---|
//! | `linkage` | `dcat:accessURL`, `dcat:downloadURL`, `dcat:accessService`, `dcat:landingPage` or `foaf:page` |
//! | `protocol`, `protocol.@href`, `applicationProfile.@href`, `applicationProfile`, `function` | which of these; `dct:format` of services and of some files |
//! | `name`, `description` | `dct:title`, `dct:description` of the distribution |
//!
//! # Left out of `online resource`
//!
//! | field | why |
//! |---|---|
//! | `description.@href`, `name.@href` | what INSPIRE calls such a link: the protocol tells |
//! | `function.@codeSpace`, `protocolRequest` | the list is one; the request is in the address |

use url::Url;

use super::Record;
use super::element::Element;
use super::format::of_file;
use super::text::Text;
use crate::source::part::ogc;
use crate::vocabulary::Vocabularies;

/// What is behind a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind<'a> {
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
        let words = Words {
            protocol,
            addresses: [protocol_address, profile_address],
            profile,
            function: function.unwrap_or_default(),
            address,
            vocabularies: record.context.vocabularies,
        };
        let named = |text: &Text<'a>| text.plain().is_some();
        Some(Self {
            linkage,
            address,
            name: text("name").filter(named),
            description: text("description").filter(named),
            behind: words.behind(),
        })
    }

    /// Its words, by which formats are told.
    pub(super) fn words(&self) -> String {
        let texts = [&self.name, &self.description];
        let words = texts.into_iter().flatten().flat_map(Text::words);
        words.chain([self.address]).collect::<Vec<_>>().join(" ")
    }
}

/// What a link says of itself.
struct Words<'a> {
    protocol: &'a str,
    addresses: [&'a str; 2],
    profile: &'a str,
    function: &'a str,
    address: &'a str,
    vocabularies: &'a Vocabularies,
}

impl<'a> Words<'a> {
    fn behind(&self) -> Behind<'a> {
        if self.function == "completeMetadata" {
            return Behind::Record;
        }
        if let Some(protocol) = self.service() {
            return Behind::Service(protocol);
        }
        if let Some(format) = self.interface() {
            return Behind::Interface(format);
        }
        let format = self.format();
        let lower = self.protocol.to_lowercase();
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

    /// The protocol of the OGC.
    fn service(&self) -> Option<&'static str> {
        let by_name = ogc::protocol(self.protocol);
        let by_words = || {
            let words = self.protocol.to_lowercase();
            let named = [
                ("web map tile service", "wmts"),
                ("web map service", "wms"),
                ("web feature service", "wfs"),
                ("web coverage service", "wcs"),
                ("web processing service", "wps"),
                ("sensor observation service", "sos"),
                ("catalogue service", "csw"),
            ];
            named
                .iter()
                .find(|(name, _)| words.contains(name))
                .map(|(_, protocol)| *protocol)
        };
        let by_address = || {
            let last = |address: &&str| {
                let is_list = address.contains("opengis.net/def/serviceType/")
                    || address.contains("opengeospatial.org/standards/");
                let last = address.rsplit('/').next().filter(|_| is_list);
                last.and_then(ogc::protocol)
            };
            self.addresses.iter().find_map(last)
        };
        let by_request = || {
            let url = Url::parse(self.address).ok()?;
            let mut parameters = url.query_pairs();
            let service = parameters.find(|(name, _)| name.eq_ignore_ascii_case("service"));
            ogc::protocol(&service?.1)
        };
        // What says that it is a page or a file is not asked what its address looks like.
        let is_told =
            self.protocol.to_lowercase().contains("download") || self.function == "download";
        by_name
            .or_else(by_words)
            .or_else(by_address)
            .or_else(|| by_request().filter(|_| !is_told))
    }

    /// Another interface, with the text that normalisation knows its format by.
    fn interface(&self) -> Option<&'static str> {
        let lower = self.protocol.to_lowercase();
        let is = |word: &str| lower.contains(word);
        if is("esri:rest") || is("arcgis") || self.address.contains("/rest/services/") {
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
        } else if is("tms") {
            Some("tms")
        } else {
            None
        }
    }

    /// The format of a file: behind the protocol (`WWW:DOWNLOAD:text/csv`), by the profile where that is
    /// a media type, by the name of the file.
    fn format(&self) -> Option<&'a str> {
        let media = |text: &'a str| {
            let fits = text.contains('/') && !text.contains([' ', ':']);
            fits.then_some(text)
        };
        let behind = self.protocol.rsplit(':').next();
        behind
            .and_then(media)
            .or_else(|| media(self.profile))
            .or_else(|| of_file(self.address, self.vocabularies))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn behind<'a>(protocol: &'a str, function: &'a str, address: &'a str) -> Behind<'a> {
        let words = Words {
            protocol,
            addresses: ["", ""],
            profile: "",
            function,
            address,
            vocabularies: Vocabularies::builtin(),
        };
        words.behind()
    }

    #[test]
    fn what_is_behind_a_link_is_told_by_what_it_says() {
        use Behind::{Access, File, Interface, Landing, Page, Record, Service};
        for (protocol, function, address, expected) in [
            (
                "OGC:WMS-1.3.0-http-get-map",
                "",
                "https://a.example/w",
                Service("wms"),
            ),
            (
                "OGC Web Feature Service",
                "download",
                "https://a.example/w",
                Service("wfs"),
            ),
            (
                "http",
                "",
                "https://a.example/w?Service=WFS&x=1",
                Service("wfs"),
            ),
            (
                "WWW:DOWNLOAD-1.0-http--download",
                "",
                "https://a.example/w?service=WFS&request=GetFeature",
                File(None),
            ),
            (
                "ESRI:REST",
                "",
                "https://a.example/w",
                Interface("esri:rest"),
            ),
            (
                "",
                "",
                "https://a.example/arcgis/rest/services/x/MapServer",
                Interface("esri:rest"),
            ),
            (
                "WWW:DOWNLOAD:text/csv",
                "",
                "https://a.example/w",
                File(Some("text/csv")),
            ),
            (
                "WWW:LINK-1.0-http--link",
                "",
                "https://a.example/d.zip",
                File(Some("zip")),
            ),
            (
                "WWW:LINK-1.0-http--link",
                "information",
                "https://a.example/d.zip",
                Page,
            ),
            (
                "WWW:LINK-1.0-http--link",
                "",
                "https://a.example/notice.pdf",
                Page,
            ),
            ("WWW:LINK-1.0-http--link", "", "https://a.example/", Landing),
            ("", "download", "https://a.example/get", File(None)),
            ("", "order", "https://a.example/shop", Access),
            (
                "WWW:LINK",
                "completeMetadata",
                "https://a.example/x",
                Record,
            ),
        ] {
            assert_eq!(
                behind(protocol, function, address),
                expected,
                "{protocol} {address}"
            );
        }
    }
}
