//! Codes of languages, as records write them, as tags of BCP 47.
//!
//! Records have codes of ISO 639-2, bibliographic (`fre`) or terminological (`fra`), of ISO 639-1, or
//! words. A tag has two letters where ISO 639-1 has any (<https://www.rfc-editor.org/info/bcp47>).

use crate::vocabulary::{Alignment, Vocabularies};

/// What a record writes for a language, without what some profiles append (`eng; CAN`, `fr-CH`).
pub(super) fn bare(code: &str) -> &str {
    let end = code.find([';', ',', '-', '_']).unwrap_or(code.len());
    code.get(..end).unwrap_or(code).trim()
}

/// The tag of a language; `None` where the code is in no list.
pub(super) fn tag<'v>(code: &str, vocabularies: &'v Vocabularies) -> Option<&'v str> {
    let concept = vocabularies.align(Alignment::Language, bare(code))?;
    vocabularies.language_tag(concept.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_part_of_iso_639_give_one_tag() {
        for (code, expected) in [
            ("fre", Some("fr")),
            ("fra", Some("fr")),
            ("fr", Some("fr")),
            ("FR", Some("fr")),
            ("ger", Some("de")),
            ("dut", Some("nl")),
            ("roh", Some("rm")),
            ("eng; CAN", Some("en")),
            ("fr-CH", Some("fr")),
            ("anyValidURI", None),
            ("", None),
        ] {
            assert_eq!(tag(code, Vocabularies::builtin()), expected, "{code}");
        }
    }
}
