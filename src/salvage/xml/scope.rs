//! The open elements of an RDF/XML document, each with what is in force inside it.

use oxigraph::model::{BlankNode, NamedNode, NamedOrBlankNode};

use crate::rdf::long;

/// An open element.
pub(super) struct Frame {
    /// Its name as written.
    pub(super) name: String,
    /// Its part in the graph.
    pub(super) role: Role,
    /// The language of texts (`xml:lang`).
    pub(super) language: Option<String>,
    /// What references are resolved against (`xml:base`).
    pub(super) base: Option<String>,
    /// How many namespaces were declared around it.
    pub(super) outer_namespaces: usize,
}

impl Frame {
    /// The resource that the element is about.
    pub(super) fn subject(&self) -> Option<&NamedOrBlankNode> {
        match &self.role {
            Role::Node { subject, .. } => Some(subject),
            Role::Property(property) => Some(&property.subject),
            Role::Root | Role::Markup | Role::Skipped => None,
        }
    }
}

/// What an element is.
pub(super) enum Role {
    /// `rdf:RDF`, or an envelope around it.
    Root,
    /// A resource; its children are properties.
    Node {
        /// Which.
        subject: NamedOrBlankNode,
        /// How many `rdf:li` it has had.
        items: u32,
    },
    /// A property.
    Property(Property),
    /// Markup inside of a text.
    Markup,
    /// Left out, with all that is in it.
    Skipped,
}

/// A property in the middle of being read.
pub(super) struct Property {
    pub(super) subject: NamedOrBlankNode,
    pub(super) predicate: NamedNode,
    /// The name of the statement (`rdf:ID`).
    pub(super) reified: Option<NamedNode>,
    pub(super) text: String,
    /// The bytes of it that were not kept, since it is too long.
    pub(super) beyond: usize,
    pub(super) value: Value,
}

impl Property {
    /// Adds to its text; what is too long is counted alone.
    pub(super) fn push(&mut self, text: &str) {
        let room = (long::LITERAL + 1).saturating_sub(self.text.len());
        let kept = text
            .get(..text.floor_char_boundary(room))
            .unwrap_or_default();
        if self.beyond == 0 {
            self.text.push_str(kept);
            self.beyond = text.len() - kept.len();
        } else {
            self.beyond += text.len();
        }
    }
}

/// What the value of a property is going to be.
#[derive(PartialEq, Eq)]
pub(super) enum Value {
    /// A text, unless a resource comes.
    Text {
        /// `rdf:datatype`
        datatype: Option<String>,
    },
    /// XML (`rdf:parseType="Literal"`).
    Markup,
    /// A resource that has been stated already.
    Given,
    /// A list (`rdf:parseType="Collection"`).
    List {
        /// The node of its last item so far.
        last: Option<BlankNode>,
    },
}
