//! The values of an XML record of ISO 19139 or 19115-3, as its mapping tables name them.
//!
//! A way is made of properties, which begin in lower case (but for three abbreviations); classes between
//! them, and what holds translations, are stepped over. The text of whatever is in a property is the value of the property,
//! and so is a code; attributes are steps with an `@`, but for those that say how XML is written.

use roxmltree::{Document, Node};

use super::path::Path;
use super::walk::{Found, Held};

/// Attributes that say how XML is written, and those that are the value itself.
const NO_FIELDS: [&str; 14] = [
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
    "type",
    "uuid",
];

/// Where a value stands in the text: what is taken out with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) found: Found,
    pub(super) range: std::ops::Range<usize>,
}

/// The values of a record, the root of a document.
pub(super) fn places(record: &Document<'_>) -> Vec<Place> {
    let mut places = Vec::new();
    for child in record.root_element().children().filter(Node::is_element) {
        walk(child, &Path::default(), child, &mut places);
    }
    places
}

/// The values of a record, without their places.
pub(super) fn values(record: &Document<'_>) -> Vec<Found> {
    let places = places(record).into_iter();
    places.map(|place| place.found).collect()
}

/// Whether an element is a step of a way.
fn is_step(name: &str) -> bool {
    let holds_translations = matches!(name, "textGroup" | "URLGroup");
    let is_lower = name.starts_with(|c: char| c.is_ascii_lowercase());
    (is_lower && !holds_translations) || matches!(name, "DCP" | "ISBN" | "ISSN")
}

fn walk(node: Node<'_, '_>, above: &Path, property: Node<'_, '_>, places: &mut Vec<Place>) {
    let name = node.tag_name().name();
    let (path, property) = if is_step(name) {
        (above.field(name), node)
    } else {
        (above.clone(), property)
    };
    let mut is_empty = true;
    let mut add = |path: Path, value: &str, range| {
        let value: String = value.chars().take(60).collect();
        let held = Held::Something(value);
        places.push(Place {
            found: Found { path, held },
            range,
        });
    };
    for attribute in node.attributes() {
        let value = attribute.value().trim();
        if attribute.name() == "codeListValue" && !value.is_empty() {
            is_empty = false;
            add(path.clone(), value, node.range());
        } else if !NO_FIELDS.contains(&attribute.name()) && attribute.name() != "srsDimension" {
            is_empty = false;
            let path = path.field(&format!("@{}", attribute.name()));
            add(path, value, attribute.range());
        }
    }
    for text in node.children().filter(Node::is_text) {
        let text = text.text().unwrap_or_default().trim();
        if !text.is_empty() {
            is_empty = false;
            add(path.clone(), text, node.range());
        }
    }
    let below: Vec<_> = node.children().filter(Node::is_element).collect();
    if below.is_empty() && is_empty && node == property {
        places.push(Place {
            found: Found {
                path: path.clone(),
                held: Held::Nothing,
            },
            range: property.range(),
        });
    }
    for child in below {
        walk(child, &path, property, places);
    }
}

#[test]
fn every_value_is_met_with_its_way() {
    let text = "<m:MD_Metadata xmlns:m='urn:m' xmlns:x='urn:x'>\
        <m:a x:type='t'><m:CI_A id='i'><m:b><m:Anchor x:href='u'> one </m:Anchor><m:PT_FreeText><m:textGroup>\
        <m:Localised locale='#FR'>un</m:Localised></m:textGroup></m:PT_FreeText></m:b>\
        <m:c><m:Code codeList='l' codeListValue='two'/></m:c></m:CI_A></m:a><m:d nilReason='missing'/></m:MD_Metadata>";
    let document = Document::parse(text).unwrap();
    let met: Vec<_> = values(&document)
        .into_iter()
        .map(|found| format!("{} {:?}", found.path, found.held))
        .collect();
    let expected = [
        "a.b.@href Something(\"u\")",
        "a.b Something(\"one\")",
        "a.b Something(\"un\")",
        "a.c Something(\"two\")",
        "d Nothing",
    ];
    assert_eq!(met, expected);
}
