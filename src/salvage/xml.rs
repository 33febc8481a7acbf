//! RDF/XML (<https://www.w3.org/TR/rdf-syntax-grammar/>), read as a stream and as far as it can be read.
//!
//! A reader of its own, because the parsers that exist either stop at the first error, or go on and
//! make up statements, and none notices that a document was cut off. Here an error costs the element
//! that has it: an element that is not closed ends with the one around it, an undeclared prefix is the
//! vocabulary that everybody means by it or costs what it names, HTML in a text is text. Nothing is
//! fetched, no entity leads outside, and the depth is bounded.

mod attribute;
mod element;
mod scope;

use std::io::BufRead;

use oxigraph::model::{BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use quick_xml::events::Event;

use super::entity::Entities;
use super::{End, ReadError};
use crate::finding::{Code, Finding};
use crate::rdf::long;
use crate::rdf::vocab::curie;
use crate::rdf::vocab::rdf;
use crate::salvage::index::Index;
use crate::salvage::term;
use scope::{Frame, Property, Role, Value};

/// Elements deeper than this are left out: real ones lie 30 deep.
const DEEPEST: usize = 200;

/// The most namespaces that are in force at a time.
const NAMESPACES: usize = 1_000;

/// The longest `xml:base`, namespace or `xml:lang`, in bytes: each element of a document can repeat it.
const LONGEST: usize = 1 << 10;

/// The references of a longer text, in bytes, are not resolved: it is too long whatever they stand for.
const UNRESOLVED: usize = 16 * long::LITERAL;

/// Reads a document into `index`.
pub(super) fn read(
    input: impl BufRead,
    base: Option<&str>,
    index: &mut Index,
) -> Result<End, ReadError> {
    let mut reader = quick_xml::Reader::from_reader(input);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = true;
    let mut document = Document {
        index,
        base: base.map(str::to_owned),
        frames: Vec::new(),
        namespaces: Vec::new(),
        entities: Entities::default(),
        roots: 0,
        beyond: 0,
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        // What one long text took is given back.
        buffer.shrink_to(UNRESOLVED);
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if document.is_too_deep() => document.pass(&tag),
            Ok(Event::Start(tag)) => document.start(&tag)?,
            Ok(Event::End(_)) if document.beyond > 0 => document.beyond -= 1,
            Ok(Event::End(tag)) => document.end(&String::from_utf8_lossy(tag.name().as_ref())),
            Ok(Event::Text(_) | Event::CData(_)) if document.beyond > 0 => {}
            Ok(Event::Text(text)) => document.text(&String::from_utf8_lossy(&text)),
            Ok(Event::CData(text)) => document.plain(&String::from_utf8_lossy(&text)),
            Ok(Event::DocType(text)) => {
                document.entities.declare(&String::from_utf8_lossy(&text));
            }
            Ok(Event::Eof) => return document.finish(),
            Ok(_) => {}
            Err(quick_xml::Error::Io(error)) => return Err(ReadError::Io(error.kind().into())),
            Err(quick_xml::Error::Syntax(error)) => {
                // What begins here has no end: the document was cut off.
                return document.cut(&error.to_string());
            }
            Err(error) => document.find(Code::SyntaxRepaired, "", "left out", &error.to_string()),
        }
    }
}

/// A document in the middle of being read.
struct Document<'i> {
    index: &'i mut Index,
    base: Option<String>,
    frames: Vec<Frame>,
    /// Prefix and namespace, the inner ones last.
    namespaces: Vec<(String, String)>,
    entities: Entities,
    roots: u32,
    /// How many open elements lie too deep: they are counted only.
    beyond: u64,
}

impl Document<'_> {
    fn is_too_deep(&self) -> bool {
        self.frames.len() >= DEEPEST
    }

    /// Passes over an element that lies too deep.
    fn pass(&mut self, tag: &quick_xml::events::BytesStart<'_>) {
        if self.beyond == 0 {
            let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
            self.find(Code::GraphRefused, "", "left out: it lies too deep", &name);
        }
        self.beyond += 1;
    }

    /// Notes an oddity of the innermost resource.
    fn find(&mut self, code: Code, field: &str, message: &str, value: &str) {
        let about = self.frames.iter().rev().find_map(Frame::subject).cloned();
        let field = if field.is_empty() {
            self.field()
        } else {
            field.to_owned()
        };
        let finding = Finding::new(code, field, message, value);
        self.index.find(about.as_ref(), &finding);
    }

    fn told(&mut self, about: Option<&NamedOrBlankNode>, finding: Option<Finding>) {
        if let Some(finding) = finding {
            self.index.find(about, &finding);
        }
    }

    /// What a finding calls the place that is read.
    fn field(&self) -> String {
        let property = self
            .frames
            .iter()
            .rev()
            .find_map(|frame| match &frame.role {
                Role::Property(property) => Some(curie(property.predicate.as_ref())),
                _ => None,
            });
        property.unwrap_or_else(|| "the document".to_owned())
    }

    fn text(&mut self, raw: &str) {
        match self.frames.last().map(|frame| &frame.role) {
            Some(Role::Property(_) | Role::Markup) => {
                let is_markup = self
                    .frames
                    .iter()
                    .rev()
                    .find_map(|frame| match &frame.role {
                        Role::Property(property) => Some(property.value == Value::Markup),
                        _ => None,
                    });
                if is_markup == Some(true) {
                    self.plain(raw);
                    return;
                }
                if raw.len() > UNRESOLVED {
                    self.plain(raw);
                    return;
                }
                let (text, odd) = self.entities.resolve(raw);
                let (text, odd) = (text.into_owned(), odd);
                if let Some(odd) = odd {
                    self.find(
                        Code::SyntaxRepaired,
                        "",
                        "this is no reference of XML",
                        &odd,
                    );
                }
                self.plain(&text);
            }
            Some(Role::Node { .. }) if !raw.trim().is_empty() => {
                self.find(
                    Code::SyntaxRepaired,
                    "",
                    "left out: a text stands between the properties",
                    raw.trim(),
                );
            }
            _ => {}
        }
    }

    /// Adds to the text of the innermost property.
    fn plain(&mut self, text: &str) {
        let inner = self
            .frames
            .iter_mut()
            .rev()
            .find_map(|frame| match &mut frame.role {
                Role::Property(property) => Some(property),
                _ => None,
            });
        if matches!(
            self_role(inner.as_deref()),
            Some(Value::Text { .. } | Value::Markup)
        ) && let Some(property) = inner
        {
            property.push(text);
        }
    }

    fn end(&mut self, name: &str) {
        let Some(place) = self.frames.iter().rposition(|frame| frame.name == name) else {
            self.find(
                Code::SyntaxRepaired,
                "",
                "skipped: this end belongs to nothing",
                &format!("</{name}>"),
            );
            return;
        };
        while self.frames.len() > place + 1 {
            let open = self.frames.last().map(|frame| frame.name.clone());
            let open = open.unwrap_or_default();
            self.find(
                Code::SyntaxRepaired,
                "",
                "closed with the element around it",
                &format!("<{open}>"),
            );
            self.close();
        }
        self.close();
    }

    /// Closes the innermost element.
    fn close(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.namespaces.truncate(frame.outer_namespaces);
        match frame.role {
            Role::Property(property) => self.finish_property(property, frame.language.as_deref()),
            Role::Markup => {
                if !matches!(frame.name.as_str(), "br" | "hr" | "img") {
                    self.plain(&format!("</{}>", frame.name));
                }
            }
            Role::Root | Role::Node { .. } | Role::Skipped => {}
        }
    }

    fn finish_property(&mut self, property: Property, language: Option<&str>) {
        let Property {
            subject,
            predicate,
            reified,
            mut text,
            beyond,
            value,
        } = property;
        let field = curie(predicate.as_ref());
        if beyond > 0 && value != Value::Given {
            text.push_str(&long::mark(text.len() + beyond));
        }
        let (object, finding): (Term, _) = match value {
            Value::Given => {
                if !text.trim().is_empty() {
                    let message = "left out: a text stands beside a resource";
                    let finding = Finding::new(Code::SyntaxRepaired, field, message, &text);
                    self.told(Some(&subject), Some(finding));
                }
                return;
            }
            Value::List { last } => {
                match last {
                    Some(last) => self.add(last, rdf::REST, rdf::NIL.into_owned(), None),
                    None => self.add(subject, predicate.as_ref(), rdf::NIL.into_owned(), reified),
                }
                return;
            }
            Value::Markup => {
                let literal = oxigraph::model::Literal::new_typed_literal(text, rdf::XML_LITERAL);
                (literal.into(), None)
            }
            Value::Text { datatype: None } => {
                let (literal, finding) = term::tagged(text, language.unwrap_or_default(), &field);
                (literal.into(), finding)
            }
            Value::Text {
                datatype: Some(datatype),
            } => {
                let (datatype, finding) = term::iri(&datatype, None, &field);
                let literal = match datatype {
                    Some(datatype) => oxigraph::model::Literal::new_typed_literal(text, datatype),
                    None => oxigraph::model::Literal::new_simple_literal(text),
                };
                (literal.into(), finding)
            }
        };
        self.told(Some(&subject), finding);
        self.add(subject, predicate.as_ref(), object, reified);
    }

    /// Adds a statement, and what is said of it by name.
    fn add(
        &mut self,
        subject: impl Into<NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
        reified: Option<NamedNode>,
    ) {
        let triple = Triple::new(subject, predicate.into_owned(), object);
        if let Some(statement) = reified {
            let parts: [(NamedNodeRef<'_>, Term); 4] = [
                (rdf::TYPE, rdf::STATEMENT.into_owned().into()),
                (rdf::SUBJECT, triple.subject.clone().into()),
                (rdf::PREDICATE, triple.predicate.clone().into()),
                (rdf::OBJECT, triple.object.clone()),
            ];
            for (property, value) in parts {
                self.index
                    .add(Triple::new(statement.clone(), property.into_owned(), value));
            }
        }
        self.index.add(triple);
    }

    /// The end of the document.
    fn finish(mut self) -> Result<End, ReadError> {
        if self.roots == 0 {
            return Err(ReadError::NotRdf("it has no element at all".to_owned()));
        }
        match self.frames.first().map(|frame| frame.name.clone()) {
            None => Ok(End::Whole),
            Some(root) => self.cut(&format!("`{root}` is not closed")),
        }
    }

    /// The document ends in the middle: what was complete stays.
    fn cut(&mut self, why: &str) -> Result<End, ReadError> {
        if self.roots == 0 {
            return Err(ReadError::NotRdf(why.to_owned()));
        }
        // The text of what is open is not whole.
        self.frames.clear();
        Ok(End::CutOff(why.to_owned()))
    }
}

fn self_role(property: Option<&Property>) -> Option<&Value> {
    property.map(|property| &property.value)
}

/// A label of a document as a blank node of ours.
fn labelled(label: &str) -> BlankNode {
    let fits = !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric());
    if fits {
        BlankNode::new_unchecked(format!("n{label}"))
    } else {
        let hex = data_encoding::HEXLOWER.encode(label.as_bytes());
        BlankNode::new_unchecked(format!("h{hex}"))
    }
}

#[cfg(test)]
mod tests;
