//! The messages of findings in French. The ledger keeps them in English, as they were written when the
//! record was described; a page in French says the same in French, where it is known here.

/// What stands for a part that differs from one finding to the next.
const PART: &str = "{}";

/// English and French on a line, a tabulator between; `{}` is any text, itself in French where it is known.
const MESSAGES: &str = include_str!("../../assets/findings.fr.txt");

fn messages() -> impl Iterator<Item = (&'static str, &'static str)> {
    MESSAGES.lines().filter_map(|line| line.split_once('\t'))
}

/// How deep a part of a message is looked at for parts of its own: messages quote what portals wrote.
const DEEPEST: u8 = 2;

/// A message in French; none where it is not known.
pub(super) fn french(message: &str) -> Option<String> {
    translated(message, DEEPEST)
}

fn translated(message: &str, deep: u8) -> Option<String> {
    if let Some((_, french)) = messages().find(|(english, _)| *english == message) {
        return Some(french.to_owned());
    }
    messages()
        .filter(|(english, _)| english.contains(PART))
        .filter_map(|(english, french)| Some((parts(english, message)?, french)))
        .map(|(parts, french)| filled(french, &parts, deep))
        .next()
}

/// What stands in the places of a pattern.
fn parts<'a>(pattern: &str, message: &'a str) -> Option<Vec<&'a str>> {
    let mut texts = pattern.split(PART);
    let mut rest = message.strip_prefix(texts.next()?)?;
    let mut parts = Vec::new();
    let mut texts = texts.peekable();
    while let Some(text) = texts.next() {
        let (part, after) = if texts.peek().is_none() {
            (rest.strip_suffix(text)?, "")
        } else {
            rest.split_once(text)?
        };
        parts.push(part);
        rest = after;
    }
    parts.iter().all(|part| !part.is_empty()).then_some(parts)
}

fn filled(french: &str, parts: &[&str], deep: u8) -> String {
    let mut text = String::new();
    let mut parts = parts.iter();
    for (position, piece) in french.split(PART).enumerate() {
        if position > 0
            && let Some(part) = parts.next()
        {
            let known = deep.checked_sub(1).and_then(|deep| translated(part, deep));
            text.push_str(known.as_deref().unwrap_or(part));
        }
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_said_in_french_with_its_parts() {
        for (english, expected) in [
            ("left out: it is no date", "écarté : ce n’est pas une date"),
            (
                "left out: it is no md5 checksum",
                "écarté : ce n’est pas une empreinte md5",
            ),
            (
                "the records disagree; \"A; b\" was kept",
                "les notices se contredisent ; \"A; b\" a été gardé",
            ),
            (
                "may be the same as <https://e.org/dataset/p/d>, but this does not prove it",
                "peut-être le même que <https://e.org/dataset/p/d>, mais cela ne le prouve pas",
            ),
            (
                "3 values where DCAT-AP allows 1",
                "3 valeurs là où DCAT-AP en admet 1",
            ),
            (
                "taken as http://e.org/: it has no scheme",
                "pris pour http://e.org/ : sans schéma d’adresse",
            ),
        ] {
            assert_eq!(french(english).as_deref(), Some(expected));
        }
        assert_eq!(french("of a newer program"), None);
        let deep = "left out: ".repeat(100_000) + "x";
        assert!(french(&deep).is_some());
    }

    #[test]
    fn every_message_keeps_its_parts_and_is_known_once() {
        assert_eq!(messages().count(), MESSAGES.lines().count());
        for (position, (english, french)) in messages().enumerate() {
            let parts = |text: &str| text.matches(PART).count();
            assert_eq!(parts(english), parts(french), "{english}");
            let twice = messages()
                .skip(position + 1)
                .any(|(other, _)| other == english);
            assert!(!twice, "{english}");
        }
    }
}
