//! Telephone numbers, of which sources write several in one text.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::list;
use crate::dcat::Describe;
use crate::finding::Code;

/// Writes the numbers in a text under `property`, each as a `tel:` IRI (RFC 3966); a finding where there is none.
pub(in crate::source) fn write(
    property: NamedNodeRef<'_>,
    text: &str,
    field: &str,
    about: &mut Describe<'_>,
) {
    if text.trim().is_empty() {
        return;
    }
    let numbers = numbers(text);
    if numbers.is_empty() {
        let message = "left out: it is no telephone number";
        about.find(Code::IdentifierInvalid, field, message, text);
    }
    for number in numbers {
        about.link(property, number);
    }
}

/// The numbers in a text, each once. What separates several also stands within one: then it is one.
fn numbers(text: &str) -> Vec<NamedNode> {
    let mut found: Vec<NamedNode> = Vec::new();
    for text in list::texts(text) {
        let parts = text
            .split([';', '/', '|', ','])
            .flat_map(|part| part.split(" ou "))
            .flat_map(|part| part.split(" or "));
        let several: Option<Vec<NamedNode>> = parts.map(number).collect();
        let numbers = several.unwrap_or_else(|| number(&text).into_iter().collect());
        for number in numbers {
            if !found.contains(&number) {
                found.push(number);
            }
        }
    }
    found
}

fn number(text: &str) -> Option<NamedNode> {
    let text = text.trim().trim_start_matches("tel:").trim_start();
    // What stands in brackets is dialled at home only: +33 (0)1 …
    let text = text.replace("(0)", "");
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = if text.starts_with('+') { "+" } else { "" };
    (4..=15)
        .contains(&digits.len())
        .then(|| NamedNode::new_unchecked(format!("tel:{plus}{digits}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_every_spelling() {
        for (text, expected) in [
            ("01 55 55 55 55", &["tel:0155555555"][..]),
            ("tel:+33-1-55-55-55-55", &["tel:+33155555555"]),
            ("+33 (0)1 55 55 55 55", &["tel:+33155555555"]),
            (
                "01.55.55.55.55 / 06 44 55 66 77",
                &["tel:0155555555", "tel:0644556677"],
            ),
            ("01/55/55/55/55", &["tel:0155555555"]),
            (
                "01 55 55 55 55 ou 0644556677",
                &["tel:0155555555", "tel:0644556677"],
            ),
            (r#"["0155555555"]"#, &["tel:0155555555"]),
            ("sur rendez-vous", &[]),
            ("12", &[]),
        ] {
            let found = numbers(text);
            let found: Vec<&str> = found.iter().map(NamedNode::as_str).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
