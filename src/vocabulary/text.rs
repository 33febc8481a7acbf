//! How a text is written before it is looked up in an alignment.
//!
//! Portals vary case, spacing, accents, the shape of apostrophes and dashes, `http`/`https` and a final
//! slash freely, and none of these changes what is meant. Nothing else is folded: other spellings are
//! rows of the alignments, or the structure of a text (`licence`, `statement`, `frequency`).

use std::borrow::Cow;

/// Trims `text`, lowercases it (Unicode) and collapses each run of white space to one space.
///
/// The `text` column of `vocabularies/match/*.csv` is stored in this form.
#[must_use]
pub fn normalise_text(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim();
    if is_normal(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let mut normal = String::with_capacity(trimmed.len());
    for word in trimmed.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&word.to_lowercase());
    }
    Cow::Owned(normal)
}

/// Letters with their accents, and what each group of them is without.
const ACCENTS: &[(&str, &str)] = &[
    ("àáâãäåāăą", "a"),
    ("çćĉċč", "c"),
    ("ďđ", "d"),
    ("èéêëēĕėęě", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏő", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűų", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("’‘ʼ`´", "'"),
    ("–—‐‑−", "-"),
];

/// A small letter of the Latin script without its accents; apostrophes and dashes in one shape.
pub(super) fn fold(letter: char) -> impl Iterator<Item = char> {
    // Letters of the Latin script, and the marks; no other script is looked through.
    let may_differ = matches!(letter, '`' | '´' | 'ß'..='ʼ' | '‐'..='’' | '−');
    let group = may_differ
        .then(|| ACCENTS.iter().find(|(letters, _)| letters.contains(letter)))
        .flatten();
    let plain = group.map_or("", |(_, plain)| plain);
    let itself = group.is_none().then_some(letter);
    plain.chars().chain(itself)
}

/// A normal text, folded.
fn folded(normal: Cow<'_, str>) -> Cow<'_, str> {
    if normal.is_ascii() && !normal.contains('`') {
        return normal;
    }
    Cow::Owned(normal.chars().flat_map(fold).collect())
}

/// The normalised text under which an alignment holds `text`: without accents, an IRI as `https`
/// without its final slashes.
pub(super) fn lookup_key(text: &str) -> Cow<'_, str> {
    let normal = folded(normalise_text(text));
    if let Some(rest) = normal.strip_prefix("http://") {
        return Cow::Owned(format!("https://{}", rest.trim_end_matches('/')));
    }
    if normal.starts_with("https://") && normal.ends_with('/') {
        return Cow::Owned(normal.trim_end_matches('/').to_owned());
    }
    normal
}

/// Whether a trimmed text is already normal. May say no of a text that is.
fn is_normal(text: &str) -> bool {
    let mut after_space = false;
    text.chars().all(|character| {
        let space = character.is_whitespace();
        let normal = if space {
            character == ' ' && !after_space
        } else {
            character.is_lowercase() || !character.is_alphabetic()
        };
        after_space = space;
        normal
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_white_space_do_not_matter() {
        assert_eq!(
            normalise_text("  Licence\u{a0}Ouverte \n v2.0"),
            "licence ouverte v2.0"
        );
        assert_eq!(normalise_text("ÉNERGIE"), "énergie");
        assert_eq!(normalise_text("Ⓐ"), "ⓐ");
        assert_eq!(normalise_text("\t"), "");
    }

    #[test]
    fn a_normal_text_is_borrowed() {
        assert!(matches!(
            normalise_text(" esri shapefile "),
            Cow::Borrowed("esri shapefile")
        ));
    }

    #[test]
    fn scheme_and_final_slash_of_an_iri_do_not_matter() {
        let key = "https://creativecommons.org/licenses/by/4.0";
        for text in [
            "http://creativecommons.org/licenses/by/4.0/",
            "HTTPS://creativecommons.org/licenses/BY/4.0//",
            key,
        ] {
            assert_eq!(lookup_key(text), key);
        }
    }

    #[test]
    fn accents_apostrophes_and_dashes_do_not_matter_to_a_key() {
        assert_eq!(
            lookup_key("Répartition de l’Œuvre — ŁÓDŹ"),
            "repartition de l'oeuvre - lodz"
        );
        assert_eq!(lookup_key("Υδρογραφία"), "υδρογραφία");
    }

    #[test]
    fn normalising_twice_equals_once() {
        for text in ["İstanbul  X", "ǅ", "ΟΔΟΣ", "straße", "HTTP://A/B/", "ͅ"] {
            let once = normalise_text(text).into_owned();
            assert_eq!(normalise_text(&once), once);
            let key = lookup_key(text).into_owned();
            assert_eq!(lookup_key(&key), key);
        }
    }
}
