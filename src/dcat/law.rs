//! The regulation on high-value datasets, Commission Implementing Regulation (EU) 2023/138, by its spellings.

use oxigraph::model::NamedNodeRef;

/// The regulation that makes a dataset one of high value, as dcatap:applicableLegislation names it.
pub const HVD_LEGISLATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://data.europa.eu/eli/reg_impl/2023/138/oj");

/// What the word for a regulation begins with, in the languages that such texts are met in.
const REGULATION: [&str; 7] = [
    "regulation",
    "règlement",
    "reglement",
    "verordnung",
    "reglamento",
    "regolamento",
    "verordening",
];

/// Whether a text means the regulation as a whole: its ELI, of either scheme, with or without `oj` and a language
/// behind the number; its CELEX number; or words with its number. Its articles and annexes are other things.
#[must_use]
pub fn is_hvd_legislation(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    match text.split_once("://") {
        Some((_, address)) => is_eli(address) || address.contains("celex:32023r0138"),
        None => text == "32023r0138" || text == "celex:32023r0138" || is_in_words(&text),
    }
}

fn is_eli(address: &str) -> bool {
    let hosts = ["data.europa.eu", "eur-lex.europa.eu"];
    let path = hosts.iter().find_map(|host| address.strip_prefix(host));
    let Some(behind) = path.and_then(|path| path.strip_prefix("/eli/reg_impl/2023/138")) else {
        return false;
    };
    let mut segments = behind.trim_end_matches('/').split('/');
    // What stands in front of the first slash belongs to the number.
    segments.next() == Some("")
        && segments.next().is_none_or(|segment| segment == "oj")
        && segments.next().is_none_or(|language| language.len() == 3)
        && segments.next().is_none()
}

fn is_in_words(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';'))
        .collect();
    let has = |starts: &[&str]| {
        let mut words = words.iter();
        words.any(|word| starts.iter().any(|start| word.contains(start)))
    };
    words.contains(&"2023/138")
        && has(&REGULATION)
        && !has(&["artic", "artik", "art.", "annex", "anhang", "alleg"])
}

#[cfg(test)]
mod tests {
    use super::is_hvd_legislation;

    #[test]
    fn the_regulation_is_known_however_it_is_spelt() {
        for text in [
            "http://data.europa.eu/eli/reg_impl/2023/138/oj",
            "https://data.europa.eu/eli/reg_impl/2023/138/",
            "HTTP://DATA.EUROPA.EU/eli/reg_impl/2023/138",
            "http://data.europa.eu/eli/reg_impl/2023/138/oj/fra",
            "https://eur-lex.europa.eu/legal-content/FR/TXT/?uri=CELEX:32023R0138",
            "CELEX:32023R0138",
            "Règlement d’exécution (UE) 2023/138",
            "Commission Implementing Regulation (EU) 2023/138 of 21 December 2022",
            "Durchführungsverordnung (EU) 2023/138",
        ] {
            assert!(is_hvd_legislation(text), "{text}");
        }
        for text in [
            "http://data.europa.eu/eli/reg_impl/2023/1381/oj",
            "http://data.europa.eu/eli/reg_impl/2023/138/art_3/oj",
            "https://e.org/eli/reg_impl/2023/138/oj",
            "Article 3 of Regulation (EU) 2023/138",
            "2023/138",
            "",
        ] {
            assert!(!is_hvd_legislation(text), "{text}");
        }
    }
}
