//! `GetRecords` as it is sent: an XML document by POST, or parameters by GET.
//!
//! OGC 07-006r1, clause 10.8. POST is what every service must take; GET is for those that refuse it.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use url::Url;

use super::constraint::{Constraint, Queryables, Written};
use super::scan::escape;
use crate::fetch::Request;

/// What is accepted.
const ACCEPT: &str = "application/xml, text/xml;q=0.9, */*;q=0.1";

/// The namespaces of names in requests.
const NAMESPACES: [(&str, &str); 8] = [
    ("csw", "http://www.opengis.net/cat/csw/2.0.2"),
    ("ogc", "http://www.opengis.net/ogc"),
    ("apiso", "http://www.opengis.net/cat/csw/apiso/1.0"),
    ("gmd", "http://www.isotc211.org/2005/gmd"),
    ("mdb", "http://standards.iso.org/iso/19115/-3/mdb/2.0"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dct", "http://purl.org/dc/terms/"),
    ("gml", "http://www.opengis.net/gml"),
];

/// How a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Method {
    /// As a document.
    Post,
    /// As parameters.
    Get,
}

/// Whether records are asked for in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    /// By identifier.
    Sorted,
    /// As they come.
    Unsorted,
}

/// What is asked of a service, but for the place in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Question {
    /// Where documents are sent.
    #[serde(with = "address")]
    pub(super) post: Url,
    /// Where parameters are sent.
    #[serde(with = "address")]
    pub(super) get: Url,
    /// How.
    pub(super) method: Method,
    /// In which order.
    pub(super) order: Order,
    /// `outputSchema`
    pub(super) schema: String,
    /// `typeNames`
    pub(super) type_name: String,
}

/// Addresses in a cursor, which is text.
mod address {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};
    use url::Url;

    pub(super) fn serialize<S: Serializer>(url: &Url, to: S) -> Result<S::Ok, S::Error> {
        url.as_str().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Url, D::Error> {
        let text = String::deserialize(from)?;
        Url::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// A piece of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// `startPosition`, from 1.
    pub(super) start: u64,
    /// `maxRecords`
    pub(super) size: u64,
}

/// The request for the capabilities of a service.
pub(super) fn capabilities(endpoint: &Url) -> Request {
    let url = with(
        endpoint,
        &[
            ("service", "CSW"),
            ("version", "2.0.2"),
            ("acceptVersions", "2.0.2"),
            ("request", "GetCapabilities"),
        ],
    );
    Request::new(url, ACCEPT)
}

/// The address of a record of a service, whose address may have got a slash at its end.
pub(super) fn by_id(root: &Url, schema: &str, identifier: &str) -> Url {
    let mut url = root.clone();
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    url.query_pairs_mut()
        .append_pair("service", "CSW")
        .append_pair("version", "2.0.2")
        .append_pair("request", "GetRecordById")
        .append_pair("elementSetName", "full")
        .append_pair("outputSchema", schema)
        .append_pair("id", identifier);
    url
}

impl Question {
    /// The address that is asked.
    pub(super) fn address(&self) -> &Url {
        match self.method {
            Method::Post => &self.post,
            Method::Get => &self.get,
        }
    }

    /// The request for a piece of the list, or of what is behind an identifier in it.
    pub(super) fn request(
        &self,
        window: Window,
        constraint: &Constraint,
        after: Option<&str>,
    ) -> Request {
        let constraint = constraint.write(Queryables::of(&self.type_name), after);
        match self.method {
            Method::Post => Request::post(
                self.post.clone(),
                ACCEPT,
                "application/xml; charset=utf-8",
                self.document(window, constraint.as_ref()),
            ),
            Method::Get => Request::new(self.parameters(window, constraint.as_ref()), ACCEPT),
        }
    }

    fn document(&self, window: Window, constraint: Option<&Written>) -> String {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<csw:GetRecords");
        for (prefix, iri) in NAMESPACES {
            let _ = write!(text, " xmlns:{prefix}=\"{iri}\"");
        }
        let Window { start, size } = window;
        let (schema, type_name) = (escape(&self.schema), escape(&self.type_name));
        let _ = write!(
            text,
            " service=\"CSW\" version=\"2.0.2\" resultType=\"results\" outputFormat=\"application/xml\" \
             outputSchema=\"{schema}\" startPosition=\"{start}\" maxRecords=\"{size}\">\
             <csw:Query typeNames=\"{type_name}\"><csw:ElementSetName>full</csw:ElementSetName>"
        );
        match constraint {
            None => {}
            Some(Written::Filter(filter)) => {
                let _ = write!(
                    text,
                    "<csw:Constraint version=\"1.1.0\">{filter}</csw:Constraint>"
                );
            }
            Some(Written::Cql(cql)) => {
                let cql = escape(cql);
                let _ = write!(
                    text,
                    "<csw:Constraint version=\"1.1.0\"><csw:CqlText>{cql}</csw:CqlText></csw:Constraint>"
                );
            }
        }
        if self.order == Order::Sorted {
            let name = Queryables::of(&self.type_name).identifier;
            let _ = write!(
                text,
                "<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>{name}</ogc:PropertyName>\
                 <ogc:SortOrder>ASC</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>"
            );
        }
        text.push_str("</csw:Query></csw:GetRecords>");
        text
    }

    fn parameters(&self, window: Window, constraint: Option<&Written>) -> Url {
        let (start, size) = (window.start.to_string(), window.size.to_string());
        let mut parameters = vec![
            ("service", "CSW"),
            ("version", "2.0.2"),
            ("request", "GetRecords"),
            ("resultType", "results"),
            ("outputFormat", "application/xml"),
            ("outputSchema", &self.schema),
            ("typeNames", &self.type_name),
            ("elementSetName", "full"),
            ("startPosition", &start),
            ("maxRecords", &size),
        ];
        match constraint {
            None => {}
            Some(Written::Filter(filter)) => parameters.extend([
                ("constraintLanguage", "FILTER"),
                ("constraint_language_version", "1.1.0"),
                ("constraint", filter.as_str()),
            ]),
            Some(Written::Cql(cql)) => parameters.extend([
                ("constraintLanguage", "CQL_TEXT"),
                ("constraint_language_version", "1.1.0"),
                ("constraint", cql.as_str()),
            ]),
        }
        let sort = format!("{}:A", Queryables::of(&self.type_name).identifier);
        if self.order == Order::Sorted {
            parameters.push(("sortBy", &sort));
        }
        with(&self.get, &parameters)
    }
}

/// An address with these parameters, in place of those that it may have by the same names.
fn with(address: &Url, parameters: &[(&str, &str)]) -> Url {
    let mut url = address.clone();
    let is_replaced = |name: &str| {
        let mut names = parameters.iter().map(|(name, _)| name);
        names.any(|replaced| replaced.eq_ignore_ascii_case(name))
    };
    let kept: Vec<(String, String)> = address
        .query_pairs()
        .filter(|(name, _)| !name.is_empty() && !is_replaced(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.query_pairs_mut()
        .clear()
        .extend_pairs(kept)
        .extend_pairs(parameters);
    url
}

#[cfg(test)]
mod tests {
    use super::super::xml::parse;
    use super::*;

    fn question(schema: &str, type_name: &str) -> Question {
        let url = Url::parse("http://h/csw?map=a%20b&REQUEST=x").unwrap();
        Question {
            post: url.clone(),
            get: url,
            method: Method::Post,
            order: Order::Sorted,
            schema: schema.to_owned(),
            type_name: type_name.to_owned(),
        }
    }

    const WINDOW: Window = Window {
        start: 51,
        size: 50,
    };

    #[test]
    fn a_document_is_xml_with_a_total_order() {
        let constraint = Constraint {
            configured: Some("a < 'b & c'".to_owned()),
            ..Constraint::default()
        };
        let written = constraint.write(Queryables::of("csw:Record"), None);
        let asked = question("http://www.w3.org/ns/dcat#", "csw:Record");
        let text = asked.document(WINDOW, written.as_ref());
        let document = parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(
            root.attribute("outputSchema"),
            Some("http://www.w3.org/ns/dcat#")
        );
        assert_eq!(
            (
                root.attribute("startPosition"),
                root.attribute("maxRecords")
            ),
            (Some("51"), Some("50"))
        );
        let find = |name: &str| {
            let mut all = document.descendants();
            all.find(|node| node.tag_name().name() == name)
                .and_then(|node| node.text())
        };
        assert_eq!(find("CqlText"), Some("a < 'b & c'"));
        assert_eq!(find("PropertyName"), Some("dc:identifier"));
        let unsorted = Question {
            order: Order::Unsorted,
            ..asked
        };
        assert!(!unsorted.document(WINDOW, None).contains("SortBy"));
    }

    #[test]
    fn parameters_encode_the_hash_and_keep_what_the_address_has() {
        let asked = question("http://www.w3.org/ns/dcat#core", "gmd:MD_Metadata");
        let url = asked.parameters(WINDOW, Some(&Written::Filter("<a/>".to_owned())));
        let query = url.query().unwrap();
        for part in [
            "map=a+b",
            "request=GetRecords",
            "dcat%23core",
            "startPosition=51",
            "sortBy=apiso%3AIdentifier%3AA",
            "constraint=%3Ca%2F%3E",
        ] {
            assert!(query.contains(part), "{part}: {query}");
        }
        assert!(!query.contains("REQUEST=x"));
    }
}
