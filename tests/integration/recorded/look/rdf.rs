//! The datasets and services that a feed describes: named resources of these classes of which it says
//! more than the class, however it is written.

use std::collections::BTreeSet;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Term;
use roxmltree::{Document, Node};
use serde_json::Value;

use super::{Look, text};

const DCAT: &str = "http://www.w3.org/ns/dcat#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const CLASSES: [&str; 2] = ["Dataset", "DataService"];

/// Looks into a feed; `None` where it cannot be read.
pub(super) fn look(body: &[u8]) -> Option<Look> {
    let text = text(body);
    let mut named = BTreeSet::new();
    let mut all = usize::MAX;
    match text.chars().next() {
        Some('{' | '[') => {
            let whole: Value = serde_json::from_str(&text).ok()?;
            objects(&whole, &mut named);
            // A data.json lists datasets that need not be named.
            if named.is_empty() && !text.contains("ataset") && !text.contains("DataService") {
                all = 0;
            }
        }
        Some('<') if text.starts_with("<?") || text.contains("<rdf:RDF") => {
            let document = Document::parse(&text).ok()?;
            for node in document.descendants().filter(Node::is_element) {
                named.extend(element(node));
            }
        }
        _ => {
            let base = "https://portail.example/";
            let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(base);
            let mut said = BTreeSet::new();
            for quad in parser.unwrap().for_slice(text.as_bytes()) {
                let quad = quad.ok()?;
                if quad.predicate.as_str() != format!("{RDF}type") {
                    said.insert(quad.subject.to_string());
                }
                let is_class = |class: &Term| {
                    CLASSES
                        .iter()
                        .any(|name| class.to_string() == format!("<{DCAT}{name}>"))
                };
                if quad.predicate.as_str() == format!("{RDF}type")
                    && quad.subject.is_named_node()
                    && is_class(&quad.object)
                {
                    named.insert(quad.subject.to_string());
                }
            }
            named.retain(|name| said.contains(name));
        }
    }
    Some(Look {
        least: named.len(),
        most: all,
    })
}

/// The name of the dataset or service that an element is.
fn element(node: Node<'_, '_>) -> Option<String> {
    let name = node.attribute((RDF, "about"))?;
    let tag = node.tag_name();
    let is_class = tag.namespace() == Some(DCAT) && CLASSES.contains(&tag.name());
    let has_class = node.children().any(|child| {
        let class = child.attribute((RDF, "resource")).unwrap_or_default();
        child.has_tag_name((RDF, "type"))
            && CLASSES.iter().any(|name| class == format!("{DCAT}{name}"))
    });
    let says_more = node
        .children()
        .any(|child| child.is_element() && !child.has_tag_name((RDF, "type")));
    ((is_class || has_class) && says_more).then(|| name.trim().to_owned())
}

fn objects(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| objects(item, named)),
        Value::Object(object) => {
            let types = object
                .get("@type")
                .map(Value::to_string)
                .unwrap_or_default();
            let is_class = types.split(['"', ',', '[', ']']).any(|class| {
                let class = class.strip_prefix("dcat:").or(class.strip_prefix(DCAT));
                class.is_some_and(|class| CLASSES.contains(&class))
            });
            if let (Some(Value::String(name)), true) = (object.get("@id"), is_class)
                && !name.starts_with("_:")
                && object.len() > 2
            {
                named.insert(name.clone());
            }
            object.values().for_each(|inner| objects(inner, named));
        }
        _ => {}
    }
}

#[test]
fn named_datasets_are_counted_in_every_syntax() {
    let named = |body: &str| look(body.as_bytes()).map(|look| look.least);
    let xml = format!(
        "<rdf:RDF xmlns:rdf=\"{RDF}\" xmlns:dcat=\"{DCAT}\"><dcat:Dataset rdf:about=\"http://a.example/1\"><a/></dcat:Dataset>\
         <dcat:Dataset><a/></dcat:Dataset><dcat:Dataset rdf:about=\"http://a.example/3\"/><rdf:Description rdf:about=\"http://a.example/2\"><rdf:type rdf:resource=\"{DCAT}DataService\"/>\
         <a/></rdf:Description></rdf:RDF>"
    );
    assert_eq!(named(&xml), Some(2));
    assert_eq!(named(&xml[..xml.len() - 5]), None);
    let json = r#"{"@graph": [{"@id": "http://a.example/1", "@type": ["dcat:Dataset"], "a": 1}, {"@type": "dcat:Dataset", "a": 1}]}"#;
    assert_eq!(named(json), Some(1));
    let turtle = format!("<a> a <{DCAT}Dataset> ; <b> 1 . <c> a <{DCAT}Dataset> . [] <b> 1 .");
    assert_eq!(named(&turtle), Some(1));
    assert_eq!(look(b"{}").map(|look| look.most), Some(0));
}
