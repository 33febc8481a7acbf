//! What a catalogue service (CSW 2.0.2) is asked for: its one list, by type and by a constraint.

use std::sync::Arc;

use roxmltree::{Document, ParsingOptions};
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use super::crawl;
use crate::source::contract::{Configured, Crawl, Fault, Keys, Start};

/// What the configuration says of a service.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Settings {
    /// The schema that records are asked for in; the best that the server has where none is given.
    pub(super) output_schema: Option<String>,
    /// Which records are asked for: an OGC Filter as XML, or a CQL text.
    pub(super) constraint: Option<String>,
    /// Types of records, one of which each has; all where none is given.
    pub(super) types: Vec<String>,
    /// The environment variable that holds what `Authorization` says.
    #[serde(skip)]
    pub(super) key: Option<String>,
}

pub(super) fn configure(keys: &mut Keys) -> Result<Arc<dyn Configured>, Fault> {
    Ok(Arc::new(Settings {
        constraint: keys.checked("constraint", check_constraint)?,
        output_schema: keys.checked("output_schema", check_schema)?,
        types: keys.filters(read_filter)?.concat(),
        key: keys.take("api_key_env")?,
    }))
}

impl Configured for Settings {
    fn crawl(&self, start: Start<'_>) -> Result<Box<dyn Crawl>, String> {
        Ok(Box::new(crawl::Crawl::new(self, start)?))
    }

    fn question(&self) -> Value {
        json!(self)
    }
}

/// Prefixes that a Filter may use without declaring them: those of the requests.
const PREFIXES: &str = "xmlns:ogc='http://www.opengis.net/ogc' xmlns:gml='http://www.opengis.net/gml' \
                        xmlns:csw='http://www.opengis.net/cat/csw/2.0.2' \
                        xmlns:apiso='http://www.opengis.net/cat/csw/apiso/1.0' \
                        xmlns:gmd='http://www.isotc211.org/2005/gmd' \
                        xmlns:mdb='http://standards.iso.org/iso/19115/-3/mdb/2.0' \
                        xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dct='http://purl.org/dc/terms/'";

/// The longest constraint: it goes into an address where a service takes no POST.
const LONGEST: usize = 16 << 10;

fn read_filter(name: &str, values: Vec<String>) -> Result<Vec<String>, String> {
    if name != "type" {
        return Err(format!(
            "a catalogue service has no filter `{name}`; known: type. What else records must meet is \
             written in `constraint`"
        ));
    }
    let is_code = |value: &String| {
        !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    if values.is_empty() || !values.iter().all(is_code) {
        return Err(
            "its values are codes of ISO 19115, as `dataset`, `series`, `service`, `nonGeographicDataset`"
                .to_owned(),
        );
    }
    Ok(values)
}

fn check_schema(schema: &str) -> Result<(), String> {
    Url::parse(schema)
        .map(drop)
        .map_err(|error| format!("`{schema}` is no name of a schema: {error}"))
}

fn check_constraint(text: &str) -> Result<(), String> {
    if text.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    if text.trim_start().starts_with('<') {
        check_filter_element(text)
    } else {
        check_cql(text)
    }
}

/// An OGC Filter 1.1 (OGC 04-095) is XML, and has one condition.
fn check_filter_element(text: &str) -> Result<(), String> {
    let text = match text.trim_start().strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest),
        None => text,
    };
    let around = format!("<constraint {PREFIXES}>{text}</constraint>");
    let options = ParsingOptions {
        allow_dtd: false,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(&around, options)
        .map_err(|error| format!("it is no well-formed XML: {error}"))?;
    let mut elements = document
        .root_element()
        .children()
        .filter(|node| !node.is_comment());
    let filter = elements.find(roxmltree::Node::is_element);
    let Some(filter) =
        filter.filter(|it| it.has_tag_name(("http://www.opengis.net/ogc", "Filter")))
    else {
        return Err("it is no Filter of the namespace http://www.opengis.net/ogc".to_owned());
    };
    if elements.any(|node| !node.is_text()) {
        return Err("there is more than one Filter".to_owned());
    }
    let conditions = filter
        .children()
        .filter(roxmltree::Node::is_element)
        .count();
    if conditions != 1 {
        return Err(format!(
            "a Filter has one condition, and this one {conditions}; several go into `ogc:And` or `ogc:Or`"
        ));
    }
    Ok(())
}

/// Of CQL (OGC 07-006r1, clause 6.2.3) what goes wrong most: a quote or a parenthesis that is not closed.
fn check_cql(text: &str) -> Result<(), String> {
    let (mut depth, mut quote) = (0_i32, None);
    for c in text.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return Err("a parenthesis is closed that is not open".to_owned());
        }
    }
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    match (quote, depth) {
        (Some(quote), _) => Err(format!("a quote ({quote}) is not closed")),
        (None, 1..) => Err("a parenthesis is not closed".to_owned()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_that_a_service_can_read_are_taken() {
        for text in [
            "<ogc:Filter><ogc:PropertyIsEqualTo><ogc:PropertyName>apiso:Type</ogc:PropertyName><ogc:Literal>dataset</ogc:Literal></ogc:PropertyIsEqualTo></ogc:Filter>",
            "\n<!-- ours --><Filter xmlns='http://www.opengis.net/ogc'><Not><x:y xmlns:x='urn:x'/></Not></Filter> ",
            "<?xml version=\"1.0\"?><ogc:Filter><ogc:And/></ogc:Filter>",
            "apiso:Title LIKE '%l''eau (douce%' AND (apiso:Type = 'dataset' OR AnyText = \"mer\")",
        ] {
            assert_eq!(check_constraint(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn constraints_that_no_service_can_read_are_errors() {
        for (text, why) in [
            ("<ogc:Filter><ogc:And></ogc:Filter>", "no well-formed XML"),
            ("<ogc:Filter><fes:And/></ogc:Filter>", "no well-formed XML"),
            (
                "<!DOCTYPE a [<!ENTITY b 'c'>]><ogc:Filter/>",
                "no well-formed XML",
            ),
            ("<Filter><And/></Filter>", "no Filter of the namespace"),
            ("<ogc:Filter/>", "and this one 0"),
            (
                "<ogc:Filter><ogc:Not/><ogc:Not/></ogc:Filter>",
                "and this one 2",
            ),
            (
                "<ogc:Filter><ogc:Not/></ogc:Filter><ogc:Filter/>",
                "more than one",
            ),
            ("", "it is empty"),
            ("a = 'b", "a quote (') is not closed"),
            ("(a = 'b'", "a parenthesis is not closed"),
            ("a = 'b')", "that is not open"),
        ] {
            let error = check_constraint(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn types_are_codes() {
        let check = |name: &str, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            read_filter(name, values).map(drop)
        };
        assert_eq!(check("type", &["dataset", "nonGeographicDataset"]), Ok(()));
        for (name, values, why) in [
            ("types", &["dataset"][..], "known: type"),
            ("type", &[], "codes of ISO 19115"),
            ("type", &["<a>"], "codes of ISO 19115"),
        ] {
            assert!(check(name, values).unwrap_err().contains(why), "{name}");
        }
    }
}
