//! Attributes of an element of RDF/XML, by what they mean.

use oxigraph::model::{NamedNode, NamedOrBlankNode, Term};

use super::Document;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::rdf;
use crate::salvage::term;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// The attributes of an element, by what they mean.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) about: Option<String>,
    pub(super) id: Option<String>,
    pub(super) node_id: Option<String>,
    pub(super) resource: Option<String>,
    pub(super) datatype: Option<String>,
    pub(super) parse_type: Option<String>,
    /// Properties written as attributes.
    pub(super) properties: Vec<(NamedNode, String)>,
}

impl Document<'_> {
    /// States what attributes say of a resource.
    pub(super) fn said_by_attributes(
        &mut self,
        subject: &NamedOrBlankNode,
        properties: Vec<(NamedNode, String)>,
        base: Option<&str>,
        language: Option<&str>,
    ) {
        for (property, value) in properties {
            let field = curie(property.as_ref());
            let (object, finding): (Option<Term>, _) = if property == rdf::TYPE {
                let (class, finding) = term::iri(&term::resolve(&value, base), base, &field);
                (class.map(Term::from), finding)
            } else {
                let (literal, finding) = term::tagged(value, language.unwrap_or_default(), &field);
                (Some(literal.into()), finding)
            };
            self.told(Some(subject), finding);
            if let Some(object) = object {
                self.add(subject.clone(), property.as_ref(), object, None);
            }
        }
    }

    /// Tells attributes apart.
    pub(super) fn attributes(&mut self, written: Vec<(String, String)>) -> Attributes {
        let mut attributes = Attributes::default();
        for (key, value) in written {
            let (prefix, local) = key.split_once(':').unwrap_or(("", &key));
            // Without a prefix they are as old as the first draft, and meant as RDF's.
            let is_rdf = prefix.is_empty()
                || self.namespace(prefix) == Some(rdf::NS)
                || (prefix == "rdf" && self.namespace(prefix).is_none());
            let place = match local {
                "about" if is_rdf => &mut attributes.about,
                "ID" if is_rdf => &mut attributes.id,
                "nodeID" if is_rdf => &mut attributes.node_id,
                "resource" if is_rdf => &mut attributes.resource,
                "datatype" if is_rdf => &mut attributes.datatype,
                "parseType" if is_rdf => &mut attributes.parse_type,
                "bagID" | "aboutEach" | "aboutEachPrefix" if is_rdf => continue,
                _ => {
                    if prefix.is_empty() || self.namespace(prefix) == Some(XML) || prefix == "xml" {
                        continue;
                    }
                    let iri = self.expand(prefix, local, "attribute");
                    let iri = iri.and_then(|iri| term::iri(&iri, None, "").0);
                    // `xsi:schemaLocation` is about the document.
                    if let Some(iri) =
                        iri.filter(|iri| !iri.as_str().contains("XMLSchema-instance"))
                    {
                        attributes.properties.push((iri, value));
                    }
                    continue;
                }
            };
            *place = Some(value);
        }
        attributes
    }
}
