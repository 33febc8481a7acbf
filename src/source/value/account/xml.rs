//! The account of a record in XML, whose mapping tables name properties: elements that begin in lower case.
//!
//! Classes between them, and what holds translations, are stepped over. A text or code anywhere in a property
//! is its value; attributes are steps with an `@`, but for those that say how XML is written.

use roxmltree::Node;

use super::Unmapped;
use super::table::{Step, Table};

/// Attributes that say how XML is written, and those that are the value itself.
const NO_FIELDS: [&str; 15] = [
    "actuate",
    "arcrole",
    "codeList",
    "codeListValue",
    "id",
    "isoType",
    "locale",
    "nilReason",
    "role",
    "schemaLocation",
    "show",
    "src",
    "srsDimension",
    "type",
    "uuid",
];

/// How the tables of a schema name what is in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Style {
    /// By properties and, between them, classes that are stepped over.
    Properties,
    /// The elements of the record by lists, since each may come again.
    Lists,
}

/// Notes what of a record, the element `root`, no row of its tables names.
pub(super) fn xml(table: &Table, root: Node<'_, '_>, style: Style) -> Unmapped {
    let mut unmapped = Unmapped::default();
    for child in root.children().filter(Node::is_element) {
        let mut walk = Walk {
            table,
            style,
            unmapped: &mut unmapped,
        };
        match style {
            Style::Properties => walk.element(child, Table::ROOT, ""),
            Style::Lists => walk.item(child),
        }
    }
    unmapped
}

struct Walk<'a> {
    table: &'a Table,
    style: Style,
    unmapped: &'a mut Unmapped,
}

/// Whether an element is a step of a way.
fn is_step(name: &str) -> bool {
    let holds_translations = matches!(name, "textGroup" | "URLGroup");
    let is_lower = name.starts_with(|c: char| c.is_ascii_lowercase());
    (is_lower && !holds_translations) || matches!(name, "DCP" | "ISBN" | "ISSN")
}

/// The first text or code in an element.
fn said<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.descendants().find_map(|node| {
        let code = node.attribute("codeListValue");
        let text = node.text().or(code)?.trim();
        (!text.is_empty()).then_some(text)
    })
}

impl Walk<'_> {
    fn item(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name();
        let step = match self.table.field(Table::ROOT, name) {
            Step::To(at) => self.table.item(at),
            other => other,
        };
        self.at(node, step, &format!("{name}[]"));
    }

    fn element(&mut self, node: Node<'_, '_>, at: usize, path: &str) {
        let name = node.tag_name().name();
        if self.style == Style::Properties && !is_step(name) {
            return self.at(node, Step::To(at), path);
        }
        let dot = if path.is_empty() { "" } else { "." };
        let step = self.table.field(at, name);
        self.at(node, step, &format!("{path}{dot}{name}"));
    }

    /// Accounts for what is in an element, which stands at `path`.
    fn at(&mut self, node: Node<'_, '_>, step: Step, path: &str) {
        let at = match step {
            Step::Covered => return,
            Step::To(at) => at,
            Step::Unknown => {
                if let Some(text) = said(node) {
                    self.unmapped.note(path, || text.to_owned());
                }
                return;
            }
        };
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value().trim());
            if value.is_empty() || (NO_FIELDS.contains(&name) && self.style == Style::Properties) {
                continue;
            }
            let name = format!("@{name}");
            let is_known = match self.table.field(at, &name) {
                Step::To(at) => self.table.knows(at),
                step => step == Step::Covered,
            };
            if !is_known {
                let path = format!("{path}.{name}");
                self.unmapped.note(&path, || value.to_owned());
            }
        }
        if !self.table.knows(at) {
            let code = node.attribute("codeListValue").unwrap_or_default();
            let texts = node.children().filter(Node::is_text);
            let mut texts = texts.filter_map(|text| text.text()).chain([code]);
            if let Some(text) = texts.find(|text| !text.trim().is_empty()) {
                self.unmapped.note(path, || text.trim().to_owned());
            }
        }
        for child in node.children().filter(Node::is_element) {
            self.element(child, at, path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::of_xml;
    use super::*;
    use roxmltree::Document;

    fn told(shape: &str, text: &str, style: Style) -> Vec<(String, String)> {
        let document = Document::parse(text).unwrap();
        let mut findings = Vec::new();
        of_xml(
            &mut findings,
            ("csw", shape),
            document.root_element(),
            style,
        );
        findings
            .into_iter()
            .map(|it| (it.field, it.value))
            .collect()
    }

    #[test]
    fn an_element_that_no_mapping_reads_is_told_once_with_its_first_text() {
        let text = "<MD_Metadata><fileIdentifier><CharacterString>r</CharacterString></fileIdentifier>\
            <mood><CharacterString>calm</CharacterString></mood><mood><X><y>wild</y></X></mood><void><X/></void>\
            <identificationInfo><MD_DataIdentification><citation><CI_Citation><title><S>t</S></title>\
            <tone><S>low</S></tone></CI_Citation></citation></MD_DataIdentification></identificationInfo></MD_Metadata>";
        let expected = [
            (
                "identificationInfo.citation.tone".to_owned(),
                "low".to_owned(),
            ),
            ("mood".to_owned(), "calm".to_owned()),
        ];
        assert_eq!(told("records", text, Style::Properties), expected);
    }

    #[test]
    fn so_is_one_of_dublin_core_and_an_attribute() {
        let text = "<Record><identifier>i</identifier><title>t</title><URI protocol='p' mood='m'>u</URI>\
            <BoundingBox crs='c'><LowerCorner>1 2</LowerCorner></BoundingBox><colour>red</colour></Record>";
        let expected = [
            ("URI[].@mood".to_owned(), "m".to_owned()),
            ("colour[]".to_owned(), "red".to_owned()),
        ];
        assert_eq!(told("csw:Record", text, Style::Lists), expected);
    }
}
