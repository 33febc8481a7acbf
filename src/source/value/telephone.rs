//! Telephone numbers: several in one text, with what is dialled at home only. Each is the `tel:` that it
//! means (RFC 3966).

use oxigraph::model::{NamedNode, NamedNodeRef};

use crate::dcat::Describe;
use crate::finding::Code;

/// The numbers in a text; of what separates several, a slash, a comma, a semicolon, a bar or a word.
pub(in crate::source) fn numbers(text: &str) -> Vec<NamedNode> {
    let text = text.trim();
    let several = text.split([';', '/', '|', ',', '\n', '"', '[', ']']);
    let several = several
        .flat_map(|part| part.split(" ou "))
        .flat_map(|part| part.split(" or "));
    let several: Vec<&str> = several.filter(|part| !part.trim().is_empty()).collect();
    let all: Option<Vec<NamedNode>> = several.into_iter().map(number).collect();
    // A slash also separates the parts of one number.
    let mut found = all.unwrap_or_else(|| number(text).into_iter().collect());
    let mut seen = std::collections::HashSet::new();
    found.retain(|number| seen.insert(number.clone()));
    found
}

/// Writes telephone numbers under `property`; a finding where there is none.
pub(in crate::source) fn write(
    property: NamedNodeRef<'_>,
    text: &str,
    field: &str,
    about: &mut Describe<'_>,
) {
    let numbers = numbers(text);
    if numbers.is_empty() && !text.trim().is_empty() {
        let message = "left out: it is no telephone number";
        about.find(Code::IriInvalid, field, message, text);
    }
    for number in numbers {
        about.link(property, number);
    }
}

/// A number as IRI.
fn number(text: &str) -> Option<NamedNode> {
    let text = text.trim();
    let text = text.strip_prefix("tel:").unwrap_or(text).trim_start();
    // What stands in brackets is dialled at home only: +33 (0)1 …
    let text = text.replace("(0)", "");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = if text
        .trim_start_matches(|c: char| !c.is_ascii_digit() && c != '+')
        .starts_with('+')
    {
        "+"
    } else {
        ""
    };
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    ((4..=15).contains(&digits.len()) && letters <= digits.len())
        .then(|| NamedNode::new_unchecked(format!("tel:{plus}{digits}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_and_one_with_slashes_is_one() {
        for (text, found) in [
            ("+33 1 55 55 55 55", &["tel:+33155555555"][..]),
            ("tel:+33155555555", &["tel:+33155555555"]),
            ("+33 (0)1 55 55 55 55", &["tel:+33155555555"]),
            (
                "01.55.55.55.55 / 06 44 00 00 00",
                &["tel:0155555555", "tel:0644000000"],
            ),
            ("01.55.55.55.55 / 06 44", &["tel:0155555555", "tel:0644"]),
            ("030/12", &["tel:03012"]),
            (
                "[\"0155555555\", \"0155555556\"]",
                &["tel:0155555555", "tel:0155555556"],
            ),
            ("0155555555 ou 0155555555", &["tel:0155555555"]),
            ("Tél. : 01 55 55 55 55", &["tel:0155555555"]),
            ("sur demande", &[]),
            ("12", &[]),
        ] {
            let read = numbers(text);
            let read: Vec<&str> = read.iter().map(NamedNode::as_str).collect();
            assert_eq!(read, found, "{text}");
        }
    }
}
