//! An element of a record, and the ways down from it.
//!
//! ISO 19139 and 19115-3 alternate properties (`citation`, in lower case) with the classes of their
//! values (`CI_Citation`, capitalised). Ways are named by properties alone; classes are stepped over,
//! whatever profile they come from. So `citation.title` is the same in both spellings, and also where a
//! profile has a class of its own. Namespaces are not looked at: between versions little else differs.

use roxmltree::Node;

use crate::finding::Finding;
use crate::source::value::account;

/// Equals are counted no further than this, or many of them would take time with the square of their number.
const COUNTED: usize = 1_000;

/// An element of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'a> {
    node: Node<'a, 'a>,
}

impl<'a> Element<'a> {
    pub(super) fn new(node: Node<'a, 'a>) -> Self {
        Self { node }
    }

    /// Its name without prefix.
    pub(super) fn name(self) -> &'a str {
        self.node.tag_name().name()
    }

    /// Its namespace.
    pub(super) fn namespace(self) -> &'a str {
        self.node.tag_name().namespace().unwrap_or_default()
    }

    /// Three properties are abbreviations, and look like classes.
    fn is_class(self) -> bool {
        let name = self.name();
        name.starts_with(|c: char| c.is_ascii_uppercase())
            && !matches!(name, "DCP" | "ISBN" | "ISSN")
    }

    fn children(self) -> impl Iterator<Item = Element<'a>> {
        let elements = self.node.children().filter(Node::is_element);
        elements.map(Element::new)
    }

    /// The properties of the value: those of the element, and of the classes in it.
    pub(super) fn properties(self) -> Vec<Element<'a>> {
        let mut found = Vec::new();
        let mut open: Vec<Element<'a>> = self.children().collect();
        open.reverse();
        while let Some(element) = open.pop() {
            if element.is_class() {
                let below: Vec<_> = element.children().collect();
                open.extend(below.into_iter().rev());
            } else {
                found.push(element);
            }
        }
        found
    }

    /// The classes that the element has in it, as they are written.
    pub(super) fn classes(self) -> impl Iterator<Item = Element<'a>> {
        self.children().filter(|child| child.is_class())
    }

    /// Whether it is a class of this name, or one of a profile's that says that it specialises it: by the
    /// end of its name (`CHE_MD_Metadata`), or by `gco:isoType`.
    fn is_a(self, class: &str) -> bool {
        let ends = |name: &str, separator: char| {
            let rest = name.strip_suffix(class);
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(separator))
        };
        ends(self.name(), '_')
            || self
                .attribute("isoType")
                .is_some_and(|base| ends(base, ':'))
    }

    /// Whether it is a whole record.
    pub(super) fn is_record(self) -> bool {
        self.is_a("MD_Metadata") || self.is_a("MI_Metadata")
    }

    /// The class below it of this name, at any depth of classes.
    pub(super) fn class(self, name: &str) -> Option<Element<'a>> {
        let mut open: Vec<Element<'a>> = self.classes().collect();
        while let Some(class) = open.pop() {
            if class.is_a(name) {
                return Some(class);
            }
            open.extend(class.classes());
        }
        None
    }

    /// All elements at the end of a way, as `citation.title`; ways that mean the same in different
    /// versions are separated by `|`, and what the first has comes first.
    pub(super) fn all(self, ways: &str) -> Vec<Element<'a>> {
        let mut found = Vec::new();
        for way in ways.split('|') {
            let mut at = vec![self];
            for step in way.split('.') {
                let below = at.iter().flat_map(|element| element.properties());
                at = below.filter(|element| element.name() == step).collect();
            }
            found.extend(at);
        }
        found
    }

    /// The first element at the end of a way.
    pub(super) fn first(self, ways: &str) -> Option<Element<'a>> {
        self.all(ways).into_iter().next()
    }

    /// An attribute by its name without prefix; empty ones are none.
    pub(super) fn attribute(self, name: &str) -> Option<&'a str> {
        let mut attributes = self.node.attributes();
        let found = attributes.find(|attribute| attribute.name() == name)?;
        Some(found.value().trim()).filter(|value| !value.is_empty())
    }

    /// An attribute of the element or of a class in it.
    pub(super) fn attribute_within(self, name: &str) -> Option<&'a str> {
        let mut within = self.classes();
        self.attribute(name)
            .or_else(|| within.find_map(|class| class.attribute(name)))
    }

    /// The text that is directly in it, trimmed; `None` where there is none.
    pub(super) fn own_text(self) -> Option<&'a str> {
        let mut texts = self.node.children().filter(Node::is_text);
        texts.find_map(|node| node.text().map(str::trim).filter(|text| !text.is_empty()))
    }

    /// The text of the value, which is mostly in a class (`CharacterString`, `Date`, `Decimal`): the
    /// first that is not a translation.
    pub(super) fn value(self) -> Option<&'a str> {
        self.own_text().or_else(|| {
            let plain = self.classes().filter(|c| c.name() != "PT_FreeText");
            plain.into_iter().find_map(Element::own_text)
        })
    }

    /// A code: that of the attribute; or, where that is only a number in somebody's register, the text,
    /// which then has its name in several languages, the first of them the standard's.
    pub(super) fn code(self) -> Option<&'a str> {
        let listed = self.attribute_within("codeListValue");
        let is_number = |code: &str| {
            let digits = code.strip_prefix("RI_").unwrap_or(code);
            !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
        };
        let written = || {
            let text = self.value()?;
            let (first, _) = text.split_once(';').unwrap_or((text, ""));
            Some(first.trim()).filter(|code| !code.is_empty())
        };
        match listed {
            Some(code) if !is_number(code) => Some(code),
            Some(code) => written().or(Some(code)),
            None => written(),
        }
    }

    /// Notes what of a record, of which this is the root, no mapping reads.
    pub(super) fn account(self, findings: &mut Vec<Finding>) {
        let of = (super::super::SOURCE.name, "records");
        account::of_xml(findings, of, self.node, account::Style::Properties);
    }

    /// Where it stands in the record, for findings: properties with the position among equals.
    pub(super) fn path(self) -> String {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(element) = at {
            let parent = element.node.parent_element().map(Element::new);
            if parent.is_some() && !element.is_class() {
                steps.push(element.step());
            }
            // The record itself may be below the envelope of an answer.
            at = parent.filter(|_| !element.is_record());
        }
        steps.reverse();
        steps.join(".")
    }

    fn step(self) -> String {
        let same =
            |node: &Node<'a, 'a>| node.is_element() && node.tag_name() == self.node.tag_name();
        let others = |node: &Node<'a, 'a>| *node != self.node && same(node);
        let siblings = self.node.prev_siblings().filter(others);
        match siblings.take(COUNTED).count() {
            0 if !self.node.next_siblings().any(|node| others(&node)) => self.name().to_owned(),
            COUNTED => format!("{}[{COUNTED} or more]", self.name()),
            before => format!("{}[{before}]", self.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::kind::csw::xml::parse;

    const RECORD: &str = r#"<m:MD_Metadata xmlns:m="urn:m" xmlns:x="urn:x">
        <m:a><m:CI_A><m:b><m:CharacterString> one </m:CharacterString></m:b></m:CI_A></m:a>
        <m:a><m:CI_A><m:MY_Inner><m:b x:href="u"><m:Code codeListValue="two"/></m:b></m:MY_Inner></m:CI_A></m:a>
        <m:c>three; trois</m:c><m:d><m:Code codeListValue="RI_12">four; quatre</m:Code></m:d>
        </m:MD_Metadata>"#;

    #[test]
    fn ways_step_over_classes() {
        let document = parse(RECORD).unwrap();
        let root = Element::new(document.root_element());
        let found = root.all("a.b|c");
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].value(), Some("one"));
        assert_eq!(found[1].code(), Some("two"));
        assert_eq!(found[1].attribute("href"), Some("u"));
        assert_eq!(found[2].code(), Some("three"));
        assert_eq!(root.first("d").unwrap().code(), Some("four"));
        assert_eq!(root.all("b").len(), 0);
    }

    #[test]
    fn paths_tell_equals_apart() {
        let document = parse(RECORD).unwrap();
        let root = Element::new(document.root_element());
        let paths: Vec<String> = root.all("a.b|c").into_iter().map(Element::path).collect();
        assert_eq!(paths, ["a[0].b", "a[1].b", "c"]);
    }
}
