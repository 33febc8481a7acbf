//! E-mail addresses, of which sources write one, several in one text, with a name before them or their scheme,
//! once or twice, or as a list of JSON.

use oxigraph::model::NamedNodeRef;

use super::list;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::iri::mailto;
use crate::rdf::vocab::{foaf, vcard};

/// Writes the e-mail addresses in a text under `property`, each as the `mailto:` that it is; a finding where
/// there is none. A web address is that of a form to write to.
pub(in crate::source) fn write(
    property: NamedNodeRef<'_>,
    text: &str,
    field: &str,
    about: &mut Describe<'_>,
) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    let found = addresses(text);
    for address in &found {
        about.iri(property, &mailto(address), field);
    }
    if !found.is_empty() {
        return;
    }
    let is_page = text.starts_with("http://") || text.starts_with("https://");
    if is_page && !text.contains(char::is_whitespace) {
        let page = if property == vcard::HAS_EMAIL {
            vcard::HAS_URL
        } else {
            foaf::PAGE
        };
        about.iri(page, text, field);
        let message = "a web address in the place of an e-mail address: taken as a page";
        about.find(Code::IdentifierInvalid, field, message, text);
        return;
    }
    about.find(
        Code::IdentifierInvalid,
        field,
        "left out: it is no e-mail address",
        text,
    );
}

/// The e-mail addresses in a text, each once.
pub(in crate::source) fn addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for text in list::texts(text) {
        let between = |c: char| c.is_whitespace() || ";,<>()[]\"'|".contains(c);
        for word in text.split(between) {
            let mut word = word.trim_matches(|c: char| c == '.' || c == ':');
            while let Some(bare) = word
                .split_at_checked("mailto:".len())
                .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto:"))
                .map(|(_, bare)| bare)
            {
                word = bare;
            }
            let address = word.split('?').next().unwrap_or(word);
            if is_address(address) && !found.iter().any(|known| known == address) {
                found.push(address.to_owned());
            }
        }
    }
    found
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && !user.contains(['/', ':'])
            && host.contains('.')
            && !host.contains(['@', '/', ':'])
            && host.split('.').all(|label| !label.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_in_every_spelling() {
        for (text, expected) in [
            ("a@e.org", &["a@e.org"][..]),
            ("mailto:a@e.org", &["a@e.org"]),
            ("MAILTO: a@e.org", &["a@e.org"]),
            ("mailto:mailto:a@e.org", &["a@e.org"]),
            ("a@e.org; b@e.org", &["a@e.org", "b@e.org"]),
            ("a@e.org,b@e.org", &["a@e.org", "b@e.org"]),
            ("a@e.org ou b@e.org.", &["a@e.org", "b@e.org"]),
            ("Nom Prénom <a@e.org>", &["a@e.org"]),
            (r#"["a@e.org", "b@e.org"]"#, &["a@e.org", "b@e.org"]),
            ("a@e.org; a@e.org", &["a@e.org"]),
            ("mailto:a@e.org?subject=x", &["a@e.org"]),
            ("pas d'adresse", &[]),
            ("accueil(at)e.org", &[]),
            ("https://e.org/@a", &[]),
            ("a@b", &[]),
            ("@e.org", &[]),
        ] {
            assert_eq!(addresses(text), expected, "{text}");
        }
    }
}
