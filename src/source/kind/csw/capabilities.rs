//! What a service says it can do: `GetCapabilities`.
//!
//! It is a hint and no more: where it is missing, broken or wrong, the records are asked for all the
//! same. Addresses in it are often those of the machine behind the proxy, so one of another origin than
//! the configured address is not followed. OGC 07-006r1, clause 10.5.

use url::Url;

use super::answer::Unusable;
use super::scan::{Does, Tag, Tags, unescape};
use crate::address::{public, public_text};
use crate::salvage::charset;

/// What is read of the capabilities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Capabilities {
    /// The version that the service speaks.
    pub(super) version: String,
    /// Where `GetRecords` takes XML by POST.
    pub(super) post: Option<String>,
    /// Where it takes parameters by GET.
    pub(super) get: Option<String>,
    /// `outputSchema`
    pub(super) schemas: Vec<String>,
    /// `typeNames`
    pub(super) types: Vec<String>,
    /// `constraintLanguage`: `FILTER`, `CQL_TEXT`
    pub(super) languages: Vec<String>,
    /// What can be asked for and sorted by, without namespaces.
    pub(super) queryables: Vec<String>,
}

impl Capabilities {
    /// Whether a property can be asked for, as far as the service says so.
    pub(super) fn knows(&self, queryable: &str) -> bool {
        let is_it = |known: &String| known.eq_ignore_ascii_case(queryable);
        self.queryables.is_empty() || self.queryables.iter().any(is_it)
    }

    /// Whether constraints can be written so, as far as the service says so.
    pub(super) fn speaks(&self, language: &str) -> bool {
        let is_it = |known: &String| known.eq_ignore_ascii_case(language);
        self.languages.is_empty() || self.languages.iter().any(is_it)
    }
}

/// Reads capabilities.
pub(super) fn read(body: &[u8], sent: Option<&str>) -> Result<Capabilities, Unusable> {
    let decoded = charset::text(body, sent);
    let text = decoded.text.as_ref();
    let mut tags = Tags::of(text);
    let root = tags.next()?;
    let Some(root) = root.filter(|tag| tag.local() == "Capabilities") else {
        let name = root.map_or("nothing", |tag| tag.local());
        return Err(Unusable::Shape(format!("it is `{name}`, no capabilities")));
    };
    let mut capabilities = Capabilities {
        version: root.attribute("version").unwrap_or_default(),
        ..Capabilities::default()
    };
    let mut reading = Reading::default();
    while let Some(tag) = tags.next()? {
        if tag.does == Does::Close && tag.name == root.name {
            return Ok(capabilities);
        }
        reading.tag(tag, text, &mut capabilities);
    }
    Err(Unusable::NotXml("it is cut off".to_owned()))
}

/// Where in the capabilities the reading is.
#[derive(Default)]
struct Reading {
    in_get_records: bool,
    /// The parameter or constraint that is open.
    parameter: String,
    /// The address of the `Post` that is open; with the constraint on its encoding it may be SOAP's.
    post: Option<String>,
    is_soap: bool,
}

impl Reading {
    fn tag(&mut self, tag: Tag<'_>, text: &str, into: &mut Capabilities) {
        let opens = tag.does != Does::Close;
        match tag.local() {
            "Operation" => {
                let name = tag.attribute("name").unwrap_or_default();
                self.in_get_records = opens && name == "GetRecords";
            }
            "Parameter" | "Constraint" if tag.does == Does::Open => {
                self.parameter = tag.attribute("name").unwrap_or_default().to_lowercase();
            }
            "Parameter" | "Constraint" => self.parameter.clear(),
            "Get" if self.in_get_records && opens => {
                into.get = into.get.take().or_else(|| tag.attribute("href"));
            }
            "Post" if self.in_get_records => {
                if opens {
                    self.post = tag.attribute("href");
                    self.is_soap = false;
                }
                if tag.does != Does::Open {
                    let post = self.post.take().filter(|_| !self.is_soap);
                    into.post = into.post.take().or(post);
                }
            }
            "Value" if tag.does == Does::Open => {
                let value = text.get(tag.end..).and_then(|rest| rest.split('<').next());
                self.value(unescape(value.unwrap_or_default().trim()), into);
            }
            _ => {}
        }
    }

    fn value(&mut self, value: String, into: &mut Capabilities) {
        if self.parameter == "postencoding" && self.post.is_some() {
            self.is_soap = value.eq_ignore_ascii_case("SOAP");
        }
        let is_of_records = self.in_get_records;
        match self.parameter.as_str() {
            "outputschema" if is_of_records => into.schemas.push(value),
            "typenames" | "typename" if is_of_records => into.types.push(value),
            "constraintlanguage" if is_of_records => into.languages.push(value),
            "supportedisoqueryables" | "additionalqueryables" | "supporteddublincorequeryables" => {
                let (_, bare) = value.rsplit_once(':').unwrap_or(("", &value));
                into.queryables.push(bare.to_owned());
            }
            _ => {}
        }
    }
}

/// The address to use in place of the configured one, or why the one that is named is not.
pub(super) fn address(named: Option<&str>, configured: &Url) -> Result<Url, Option<String>> {
    let named = named.filter(|named| !named.trim().is_empty()).ok_or(None)?;
    let url = configured.join(named.trim()).map_err(|error| {
        Some(format!(
            "`{}`, which is no address ({error})",
            public_text(named)
        ))
    })?;
    if url.origin() == configured.origin() {
        return Ok(url);
    }
    Err(Some(public(&url).into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = r#"<?xml version="1.0"?><csw:Capabilities version="2.0.2" xmlns:csw="urn:csw"><ows:OperationsMetadata>
        <ows:Operation name="GetCapabilities"><ows:DCP><ows:HTTP><ows:Get xlink:href="http://h/caps"/></ows:HTTP></ows:DCP>
          <ows:Parameter name="outputSchema"><ows:Value>no</ows:Value></ows:Parameter></ows:Operation>
        <ows:Operation name="GetRecords"><ows:DCP><ows:HTTP><ows:Get xlink:href="http://h/get?a=1&amp;b=2"/>
          <ows:Post xlink:href="http://h/soap"><ows:Constraint name="PostEncoding"><ows:Value>SOAP</ows:Value></ows:Constraint></ows:Post>
          <ows:Post xlink:href="http://h/post"><ows:Constraint name="PostEncoding"><ows:Value>XML</ows:Value></ows:Constraint></ows:Post></ows:HTTP></ows:DCP>
          <ows:Parameter name="outputSchema"><ows:Value>http://www.isotc211.org/2005/gmd</ows:Value><ows:Value> http://www.w3.org/ns/dcat# </ows:Value></ows:Parameter>
          <ows:Parameter name="typeNames"><ows:Value>gmd:MD_Metadata</ows:Value></ows:Parameter>
          <ows:Parameter name="CONSTRAINTLANGUAGE"><ows:Value>FILTER</ows:Value></ows:Parameter>
          <ows:Constraint name="PostEncoding"><ows:Value>SOAP</ows:Value></ows:Constraint>
          <ows:Constraint name="SupportedISOQueryables"><ows:Value>apiso:Identifier</ows:Value><ows:Value>Modified</ows:Value></ows:Constraint></ows:Operation>
        </ows:OperationsMetadata></csw:Capabilities>"#;

    #[test]
    fn what_get_records_can_do_is_read() {
        let it = read(SERVICE.as_bytes(), None).unwrap();
        assert_eq!(it.version, "2.0.2");
        assert_eq!(it.get.as_deref(), Some("http://h/get?a=1&b=2"));
        assert_eq!(it.post.as_deref(), Some("http://h/post"));
        assert_eq!(
            it.schemas,
            [
                "http://www.isotc211.org/2005/gmd",
                "http://www.w3.org/ns/dcat#"
            ]
        );
        assert_eq!(it.types, ["gmd:MD_Metadata"]);
        assert!(it.speaks("filter") && !it.speaks("CQL_TEXT"));
        assert!(it.knows("identifier") && it.knows("modified") && !it.knows("Title"));
        assert!(
            Capabilities::default().knows("Title") && Capabilities::default().speaks("CQL_TEXT")
        );
    }

    #[test]
    fn what_is_no_capabilities_is_told() {
        for text in ["<WMS_Capabilities/>", "", "<html>", "<ExceptionReport/>"] {
            assert!(
                matches!(read(text.as_bytes(), None), Err(Unusable::Shape(_))),
                "{text}"
            );
        }
        let cut = SERVICE.get(..SERVICE.len() / 2).unwrap();
        assert!(matches!(
            read(cut.as_bytes(), None),
            Err(Unusable::NotXml(_))
        ));
    }

    #[test]
    fn an_address_of_another_machine_is_not_followed() {
        let configured = Url::parse("https://geo.example/geonetwork/srv/fre/csw").unwrap();
        let address = |named: &str| address(Some(named), &configured);
        for (named, used) in [
            (
                "https://geo.example/other/csw",
                "https://geo.example/other/csw",
            ),
            ("https://geo.example:443/csw?", "https://geo.example/csw?"),
            ("/csw", "https://geo.example/csw"),
        ] {
            assert_eq!(address(named).unwrap().as_str(), used);
        }
        for named in [
            "http://localhost:8080/csw",
            "http://geo.example/csw",
            "https://geo.example:8443/",
            "http://[",
        ] {
            assert!(matches!(address(named), Err(Some(_))), "{named}");
        }
        assert_eq!(address(" "), Err(None));
    }
}
