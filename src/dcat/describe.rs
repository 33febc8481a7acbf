//! The one writer of descriptions: knows how texts, IRIs, dates and numbers become RDF terms.
//!
//! Sources hand it values as the portal wrote them, with the name of the field they came from. What
//! cannot be written is a finding and is left out; what can be repaired is repaired, with a finding.
//! Dates follow XML Schema (<https://www.w3.org/TR/xmlschema11-2/>), languages BCP 47.

use std::borrow::Cow;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode};

use super::date::read_date;
use super::graph::RecordGraph;
use crate::finding::{Code, Finding};
use crate::rdf::iri::{Cleaned, NOWHERE, clean};
use crate::rdf::long;
use crate::rdf::vocab::{rdf, xsd};

/// Writes statements about one subject of a record's graph.
pub struct Describe<'a> {
    graph: &'a mut RecordGraph,
    findings: &'a mut Vec<Finding>,
    subject: NamedOrBlankNode,
}

impl<'a> Describe<'a> {
    /// Writes about the graph's main subject.
    pub fn main(graph: &'a mut RecordGraph, findings: &'a mut Vec<Finding>) -> Self {
        let subject = graph.iri().clone().into();
        Self {
            graph,
            findings,
            subject,
        }
    }

    /// The subject written about.
    #[must_use]
    pub fn subject(&self) -> &NamedOrBlankNode {
        &self.subject
    }

    /// The graph written to.
    #[must_use]
    pub fn graph(&self) -> &RecordGraph {
        self.graph
    }

    /// The graph written to, for what is no part of the description.
    pub(super) fn graph_mut(&mut self) -> &mut RecordGraph {
        self.graph
    }

    /// The findings written to, for readers of fields.
    pub fn findings(&mut self) -> &mut Vec<Finding> {
        self.findings
    }

    /// Notes an oddity.
    pub fn find(&mut self, code: Code, field: &str, message: &str, value: &str) {
        self.findings
            .push(Finding::new(code, field, message, value));
    }

    /// States a class of the subject.
    pub fn a(&mut self, class: NamedNodeRef<'_>) -> &mut Self {
        self.link(rdf::TYPE, class.into_owned())
    }

    /// Points to an IRI that needs no cleaning: one of ours, or a vocabulary's constant.
    pub fn link(&mut self, property: NamedNodeRef<'_>, to: NamedNode) -> &mut Self {
        self.graph.add(self.subject.clone(), property, to);
        self
    }

    /// Writes a text. Empty texts are skipped; control characters are dropped, with a finding. The
    /// language is the one that the portal states, or none: never a guess.
    pub fn text(
        &mut self,
        property: NamedNodeRef<'_>,
        value: &str,
        language: Option<&str>,
        field: &str,
    ) -> &mut Self {
        let mut clean = Cow::Borrowed(value);
        if value.contains(is_stray) {
            clean = value.chars().filter(|c| !is_stray(*c)).collect();
            self.find(
                Code::TextCleaned,
                field,
                "control characters were dropped",
                value,
            );
        }
        let mut clean = clean.trim();
        if clean.is_empty() {
            return self;
        }
        if let Some((kept, told)) = long::beginning(clean, value.len(), field) {
            clean = kept;
            let finding = Finding::too_long(true, field, &told.message, &told.shown);
            self.findings.push(finding);
        }
        let literal = match language {
            None => Literal::new_simple_literal(clean),
            Some(tag) => Literal::new_language_tagged_literal(clean, tag).unwrap_or_else(|_| {
                self.findings.push(Finding::new(
                    Code::LanguageInvalid,
                    field,
                    "the language tag was left out",
                    tag,
                ));
                Literal::new_simple_literal(clean)
            }),
        };
        self.graph.add(self.subject.clone(), property, literal);
        self
    }

    /// Writes a code, identifier or other text that is in no language.
    pub fn token(&mut self, property: NamedNodeRef<'_>, value: &str, field: &str) -> &mut Self {
        self.text(property, value, None, field)
    }

    /// Points to an IRI as the portal wrote it: cleaned, or left out with a finding. Empty is skipped.
    pub fn iri(
        &mut self,
        property: NamedNodeRef<'_>,
        value: &str,
        field: &str,
    ) -> Option<NamedNode> {
        if value.trim().is_empty() {
            return None;
        }
        let iri = self.clean_iri(value, field)?;
        self.graph.add(self.subject.clone(), property, iri.clone());
        Some(iri)
    }

    /// Cleans an IRI as the portal wrote it, with a finding where it was repaired or refused. A path
    /// without a host gets the portal's later: whoever writes knows no portal.
    pub fn clean_iri(&mut self, value: &str, field: &str) -> Option<NamedNode> {
        let whole = if value.starts_with('/') && !value.starts_with("//") {
            Cow::Owned(format!("{}{value}", NOWHERE.trim_end_matches('/')))
        } else {
            Cow::Borrowed(value)
        };
        match clean(&whole) {
            Cleaned::Kept(iri) => Some(iri),
            Cleaned::Repaired(iri) => {
                self.find(
                    Code::IriRepaired,
                    field,
                    "forbidden characters were percent-encoded",
                    value,
                );
                Some(iri)
            }
            Cleaned::Refused(why) => {
                self.find(Code::IriInvalid, field, &format!("left out: {why}"), value);
                None
            }
        }
    }

    /// Writes a date or a moment as the portal wrote it, as xsd:date, xsd:dateTime, xsd:gYearMonth or
    /// xsd:gYear; a moment is written in UTC, to the second. Unreadable ones are left out, with a finding.
    pub fn date(
        &mut self,
        property: NamedNodeRef<'_>,
        value: &str,
        field: &str,
    ) -> Option<Literal> {
        if value.trim().is_empty() {
            return None;
        }
        let Some(literal) = read_date(value.trim()) else {
            self.find(Code::DateInvalid, field, "left out: it is no date", value);
            return None;
        };
        self.graph
            .add(self.subject.clone(), property, literal.clone());
        // The same moment in another zone is no other date.
        let is_same = literal.value() == value.trim()
            || chrono::DateTime::parse_from_rfc3339(value.trim()).is_ok();
        if self.subject.is_named_node() && !is_same {
            self.origin(property, value.trim());
        }
        Some(literal)
    }

    /// Writes a literal that the caller has made.
    pub fn literal(&mut self, property: NamedNodeRef<'_>, literal: Literal) -> &mut Self {
        self.graph.add(self.subject.clone(), property, literal);
        self
    }

    /// Writes an xsd:nonNegativeInteger, or a finding where `value` is negative.
    pub fn count(&mut self, property: NamedNodeRef<'_>, value: i64, field: &str) -> &mut Self {
        if value < 0 {
            self.find(
                Code::NumberInvalid,
                field,
                "left out: it is negative",
                &value.to_string(),
            );
            return self;
        }
        self.literal(
            property,
            Literal::new_typed_literal(value.to_string(), xsd::NON_NEGATIVE_INTEGER),
        )
    }

    /// A resource of its own IRI that the record owns (a distribution, the catalogue record); the
    /// property leads to it.
    pub fn resource(
        &mut self,
        property: NamedNodeRef<'_>,
        iri: &NamedNode,
        class: NamedNodeRef<'_>,
    ) -> Describe<'_> {
        self.graph.add(self.subject.clone(), property, iri.clone());
        self.about(iri.clone(), class)
    }

    /// Writes about another subject that the record owns, without a link to it.
    pub fn about(&mut self, iri: NamedNode, class: NamedNodeRef<'_>) -> Describe<'_> {
        self.graph.add(iri.clone(), rdf::TYPE, class.into_owned());
        Describe {
            graph: self.graph,
            findings: self.findings,
            subject: iri.into(),
        }
    }

    /// A blank node of `class` under `property`: only for what nobody links to.
    pub fn node(&mut self, property: NamedNodeRef<'_>, class: NamedNodeRef<'_>) -> Describe<'_> {
        let blank = self.graph.blank();
        self.graph
            .add(self.subject.clone(), property, blank.clone());
        self.graph.add(blank.clone(), rdf::TYPE, class.into_owned());
        Describe {
            graph: self.graph,
            findings: self.findings,
            subject: blank.into(),
        }
    }

    /// Keeps in the origin graph what is said of something that the record does not own.
    pub fn origin_of(
        &mut self,
        thing: &NamedNode,
        property: NamedNodeRef<'_>,
        value: Literal,
    ) -> &mut Self {
        self.graph.add_origin(thing.clone(), property, value);
        self
    }

    /// Keeps an original value in the origin graph.
    pub fn origin(&mut self, property: NamedNodeRef<'_>, value: &str) -> &mut Self {
        self.graph.add_origin(
            self.subject.clone(),
            property,
            Literal::new_simple_literal(value),
        );
        self
    }
}

/// Control characters that no text needs; XML 1.0 (and so RDF/XML) cannot even carry them.
fn is_stray(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::vocab::dct;

    #[test]
    fn what_is_no_date_is_left_out_with_a_finding() {
        let mut graph = RecordGraph::new(NamedNode::new_unchecked("http://e/d"));
        let mut findings = Vec::new();
        Describe::main(&mut graph, &mut findings).date(dct::ISSUED, "hier", "created_at");
        assert!(graph.triples().is_empty());
        assert_eq!(
            (findings[0].code, findings[0].field.as_str()),
            (Code::DateInvalid, "created_at")
        );
    }

    #[test]
    fn texts_lose_control_characters_and_bad_language_tags_only() {
        let mut graph = RecordGraph::new(NamedNode::new_unchecked("http://e/d"));
        let mut findings = Vec::new();
        Describe::main(&mut graph, &mut findings)
            .text(dct::TITLE, " a\u{0}b\n", Some("fr_FR"), "title")
            .text(dct::TITLE, "  ", Some("fr"), "title");
        assert_eq!(graph.triples().len(), 1);
        assert_eq!(graph.triples()[0].object.to_string(), "\"ab\"");
        assert_eq!(
            findings.iter().map(|f| f.code).collect::<Vec<_>>(),
            [Code::TextCleaned, Code::LanguageInvalid]
        );
    }
}
