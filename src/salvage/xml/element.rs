//! What an element of RDF/XML says by its name and its attributes.

use oxigraph::model::{BlankNode, NamedOrBlankNode, Term};
use quick_xml::events::BytesStart;

use super::scope::{Frame, Property, Role, Value};
use super::{Document, LONGEST, NAMESPACES, ReadError, labelled};
use crate::finding::{Code, Finding};
use crate::rdf::namespace::well_known;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::rdf;
use crate::salvage::term;

/// Namespaces of envelopes in which services send RDF/XML: CSW, OAI-PMH, SOAP, Atom.
const ENVELOPES: [&str; 5] = [
    "http://www.opengis.net/cat/csw",
    "http://www.openarchives.org/OAI/",
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://www.w3.org/2003/05/soap-envelope",
    "http://www.w3.org/2005/Atom",
];

/// What is open around an element that begins.
enum Around {
    Nothing,
    Node,
    Property,
    List,
    Markup,
    Skipped,
}

impl Document<'_> {
    /// An element begins.
    pub(super) fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            // `a < b > c`: no element at all. Its end, were it one, is skipped.
            let raw = String::from_utf8_lossy(tag).into_owned();
            self.find(
                Code::SyntaxRepaired,
                "",
                "this is no element",
                &format!("<{raw}>"),
            );
            self.text(&format!("<{raw}>"));
            return Ok(());
        }
        let outer_namespaces = self.namespaces.len();
        let (mut language, mut base) = match self.frames.last() {
            Some(frame) => (frame.language.clone(), frame.base.clone()),
            None => (None, self.base.clone()),
        };
        let mut written = Vec::new();
        for attribute in tag.html_attributes().with_checks(false).flatten() {
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            let value = self.entities.resolve(&raw).0.into_owned();
            let is_for_all = key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xml:");
            if is_for_all && (value.len() > LONGEST || self.namespaces.len() >= NAMESPACES) {
                let message = "left out: too long, or one too many";
                self.find(Code::SyntaxRepaired, "", message, &key);
                continue;
            }
            match key.split_once(':') {
                None if key == "xmlns" => self.namespaces.push((String::new(), value)),
                Some(("xmlns", prefix)) => self.namespaces.push((prefix.to_owned(), value)),
                Some(("xml", "lang")) => language = Some(value),
                Some(("xml", "base")) => base = Some(term::resolve(&value, base.as_deref())),
                _ => written.push((key, value)),
            }
        }
        let role = self.role(&name, written, base.as_deref(), language.as_deref(), tag)?;
        self.frames.push(Frame {
            name,
            role,
            language,
            base,
            outer_namespaces,
        });
        Ok(())
    }

    fn around(&self) -> Around {
        match self.frames.last().map(|frame| &frame.role) {
            None | Some(Role::Root) => Around::Nothing,
            Some(Role::Node { .. }) => Around::Node,
            Some(Role::Markup) => Around::Markup,
            Some(Role::Skipped) => Around::Skipped,
            Some(Role::Property(property)) => match &property.value {
                Value::Markup => Around::Markup,
                Value::List { .. } => Around::List,
                Value::Text { .. } | Value::Given => Around::Property,
            },
        }
    }

    fn role(
        &mut self,
        name: &str,
        written: Vec<(String, String)>,
        base: Option<&str>,
        language: Option<&str>,
        tag: &BytesStart<'_>,
    ) -> Result<Role, ReadError> {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        match self.around() {
            Around::Skipped => return Ok(Role::Skipped),
            Around::Markup => {
                self.plain(&format!("<{}>", String::from_utf8_lossy(tag)));
                return Ok(Role::Markup);
            }
            Around::Property if prefix.is_empty() && self.namespace("").is_none() => {
                self.find(
                    Code::MarkupFound,
                    "",
                    "kept as text: HTML stands in a property",
                    name,
                );
                self.plain(&format!("<{}>", String::from_utf8_lossy(tag)));
                return Ok(Role::Markup);
            }
            Around::Property if self.is_sibling(local) => {
                let open = self.frames.last().map(|frame| frame.name.clone());
                let open = open.unwrap_or_default();
                self.find(
                    Code::SyntaxRepaired,
                    "",
                    "closed before the next property",
                    &open,
                );
                self.close();
                return self.role(name, written, base, language, tag);
            }
            _ => {}
        }
        let Some(iri) = self.expand(prefix, local, "element") else {
            if self.roots == 0 {
                self.roots += 1;
                return match local.to_ascii_lowercase().as_str() {
                    "html" => Err(ReadError::NotRdf("it is a page of HTML".to_owned())),
                    _ => Ok(Role::Root),
                };
            }
            return Ok(match self.around() {
                Around::Node => Role::Skipped,
                _ => self.node(None, written, base, language),
            });
        };
        match self.around() {
            Around::Nothing => {
                self.roots += 1;
                if iri == rdf::RDF.as_str() || ENVELOPES.iter().any(|ns| iri.starts_with(ns)) {
                    return Ok(Role::Root);
                }
                if iri == "http://www.w3.org/1999/xhtmlhtml" {
                    return Err(ReadError::NotRdf("it is a page of HTML".to_owned()));
                }
                Ok(self.node(Some(&iri), written, base, language))
            }
            Around::Property | Around::List => Ok(self.node(Some(&iri), written, base, language)),
            Around::Node => Ok(self.property(&iri, written, base, language)),
            Around::Markup | Around::Skipped => Ok(Role::Skipped),
        }
    }

    /// Whether an element inside of a property with a text is the next property: the end is missing.
    fn is_sibling(&self, local: &str) -> bool {
        let Some(Role::Property(property)) = self.frames.last().map(|frame| &frame.role) else {
            return false;
        };
        !property.text.trim().is_empty() && local.starts_with(char::is_lowercase)
    }

    pub(super) fn namespace(&self, prefix: &str) -> Option<&str> {
        let declared = self.namespaces.iter().rev();
        let (_, namespace) = { declared }.find(|(known, _)| known == prefix)?;
        (!namespace.is_empty()).then_some(namespace)
    }

    /// The IRI of a name; none, with a finding, where nobody knows the prefix.
    pub(super) fn expand(&mut self, prefix: &str, local: &str, what: &str) -> Option<String> {
        if let Some(namespace) = self.namespace(prefix) {
            // Some writers leave the sign at the end of a namespace out.
            return Some(format!("{namespace}{local}"));
        }
        let name = format!("{prefix}:{local}");
        if let Some(namespace) = well_known(prefix) {
            let message = format!("taken as {namespace}: the prefix is not declared");
            self.find(Code::PrefixUndeclared, &name, &message, &name);
            return Some(format!("{namespace}{local}"));
        }
        if self.roots > 0 && !prefix.is_empty() {
            let message = format!("this {what} was left out: its prefix is not declared");
            self.find(Code::PrefixUndeclared, &name, &message, &name);
        }
        None
    }

    /// A resource begins.
    fn node(
        &mut self,
        class: Option<&str>,
        written: Vec<(String, String)>,
        base: Option<&str>,
        language: Option<&str>,
    ) -> Role {
        let attributes = self.attributes(written);
        let subject = self.named(
            attributes.about.as_deref(),
            attributes.id.as_deref(),
            attributes.node_id.as_deref(),
            base,
        );
        self.reach(&subject);
        if let Some(class) = class.filter(|class| *class != rdf::DESCRIPTION.as_str()) {
            let (class, finding) = term::iri(class, None, "rdf:type");
            self.told(Some(&subject), finding);
            if let Some(class) = class {
                self.add(subject.clone(), rdf::TYPE, class, None);
            }
        }
        self.said_by_attributes(&subject, attributes.properties, base, language);
        Role::Node { subject, items: 0 }
    }

    /// The resource that attributes name, or a new blank node.
    fn named(
        &mut self,
        about: Option<&str>,
        id: Option<&str>,
        node_id: Option<&str>,
        base: Option<&str>,
    ) -> NamedOrBlankNode {
        let fragment = id.map(|id| format!("#{id}"));
        if let Some(reference) = about.or(fragment.as_deref()) {
            // Blank nodes written as addresses are still blank nodes.
            if let Some(label) = reference.trim().strip_prefix("_:") {
                return labelled(label).into();
            }
            let (iri, finding) = term::iri(&term::resolve(reference, base), base, "rdf:about");
            let subject = iri.map_or_else(
                || NamedOrBlankNode::from(BlankNode::default()),
                NamedOrBlankNode::from,
            );
            self.told(Some(&subject), finding);
            return subject;
        }
        match node_id {
            Some(label) => labelled(label).into(),
            None => BlankNode::default().into(),
        }
    }

    /// States that the property around leads to a resource.
    fn reach(&mut self, node: &NamedOrBlankNode) {
        let Some(Role::Property(property)) = self.frames.last_mut().map(|frame| &mut frame.role)
        else {
            return;
        };
        let (subject, predicate) = (property.subject.clone(), property.predicate.clone());
        match &mut property.value {
            Value::List { last } => {
                let cell = BlankNode::default();
                let before = last.replace(cell.clone());
                let reified = property.reified.take();
                match before {
                    Some(before) => self.add(before, rdf::REST, cell.clone(), None),
                    None => self.add(subject, predicate.as_ref(), cell.clone(), reified),
                }
                self.add(cell, rdf::FIRST, Term::from(node.clone()), None);
            }
            value => {
                *value = Value::Given;
                let reified = property.reified.take();
                self.add(
                    subject,
                    predicate.as_ref(),
                    Term::from(node.clone()),
                    reified,
                );
            }
        }
    }

    /// A property begins.
    fn property(
        &mut self,
        iri: &str,
        written: Vec<(String, String)>,
        base: Option<&str>,
        language: Option<&str>,
    ) -> Role {
        let Some(Role::Node { subject, items }) =
            self.frames.last_mut().map(|frame| &mut frame.role)
        else {
            return Role::Skipped;
        };
        let subject = subject.clone();
        let iri = if iri == rdf::LI.as_str() {
            *items += 1;
            format!("{}_{items}", rdf::NS)
        } else {
            iri.to_owned()
        };
        let (predicate, finding) = term::iri(&iri, None, "the document");
        self.told(Some(&subject), finding);
        let Some(predicate) = predicate else {
            return Role::Skipped;
        };
        let attributes = self.attributes(written);
        let field = curie(predicate.as_ref());
        let reified = attributes
            .id
            .as_deref()
            .and_then(|id| term::iri(&term::resolve(&format!("#{id}"), base), None, &field).0);
        let new = |value| {
            Role::Property(Property {
                subject: subject.clone(),
                predicate: predicate.clone(),
                reified: reified.clone(),
                text: String::new(),
                beyond: 0,
                value,
            })
        };
        match attributes.parse_type.as_deref() {
            Some("Resource") => {
                let node = BlankNode::default();
                self.add(subject.clone(), predicate.as_ref(), node.clone(), reified);
                return Role::Node {
                    subject: node.into(),
                    items: 0,
                };
            }
            Some("Collection") => return new(Value::List { last: None }),
            Some(_) => return new(Value::Markup),
            None => {}
        }
        let is_resource = attributes.resource.is_some()
            || attributes.node_id.is_some()
            || attributes.about.is_some()
            || (!attributes.properties.is_empty() && attributes.datatype.is_none());
        if !is_resource {
            let datatype = attributes
                .datatype
                .map(|datatype| term::resolve(&datatype, base));
            return new(Value::Text { datatype });
        }
        let reference = attributes.resource.or(attributes.about);
        if let Some(reference) = &reference
            && !reference.trim_start().starts_with("_:")
        {
            if reference.trim().is_empty() && attributes.properties.is_empty() {
                // An empty reference is the document itself: a template without a value.
                let finding = Finding::new(Code::IriInvalid, field, "left out: it is empty", "");
                self.told(Some(&subject), Some(finding));
                return new(Value::Given);
            }
            let (object, finding) = term::iri(&term::resolve(reference, base), base, &field);
            self.told(Some(&subject), finding);
            let Some(object) = object else {
                return new(Value::Given);
            };
            self.add(
                subject.clone(),
                predicate.as_ref(),
                object.clone(),
                reified.clone(),
            );
            self.said_by_attributes(&object.into(), attributes.properties, base, language);
            return new(Value::Given);
        }
        let node = self.named(
            reference.as_deref(),
            None,
            attributes.node_id.as_deref(),
            base,
        );
        self.add(
            subject.clone(),
            predicate.as_ref(),
            Term::from(node.clone()),
            reified.clone(),
        );
        self.said_by_attributes(&node, attributes.properties, base, language);
        new(Value::Given)
    }
}
