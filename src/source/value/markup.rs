//! HTML in texts that the API documents as Markdown. It is kept as it is in the data, since it is the
//! source's text, and pages sanitise it; that it was there is worth a finding.

use crate::dcat::Describe;
use crate::finding::Code;

/// Leaves a finding where `text` holds HTML.
pub(in crate::source) fn note_markup(text: &str, field: &str, about: &mut Describe<'_>) {
    if let Some(tag) = first_tag(text) {
        about.find(
            Code::MarkupFound,
            field,
            "HTML in a text: kept in the data, sanitised on pages",
            tag,
        );
    }
}

/// The first HTML tag or comment, as far as its name. `<https://…>` and `<name@host>` are Markdown.
fn first_tag(text: &str) -> Option<&str> {
    // Past it nothing is closed: without this, a text of `<` alone would be read once for each of them.
    let last = text.rfind('>')?;
    let mut opened = text
        .match_indices('<')
        .take_while(|(start, _)| *start < last);
    opened.find_map(|(start, _)| {
        let rest = text.get(start..)?;
        let inside = rest.get(1..)?;
        if inside.starts_with("!--") {
            return rest.get(..4);
        }
        let name = inside.strip_prefix('/').unwrap_or(inside);
        let length = name.find(|c: char| !c.is_ascii_alphanumeric())?;
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let ends = name
            .get(length..)?
            .starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
        let end = rest.len() - name.len() + length;
        rest.get(..end).filter(|_| begins && ends)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_markdown_and_from_less_than() {
        for (text, tag) in [
            ("<p>Un texte</p>", Some("<p")),
            ("voir <script>alert(1)</script>", Some("<script")),
            ("a < b > c et <br/>", Some("<br")),
            ("</div>", Some("</div")),
            ("<!-- caché -->", Some("<!--")),
            ("<img src=x onerror=alert(1)>", Some("<img")),
            ("<https://e.org/>", None),
            ("<moi@e.org>", None),
            ("si x<y alors", None),
            ("3 <5", None),
            ("<", None),
            ("<é>", None),
            ("**gras** et `code`", None),
        ] {
            assert_eq!(first_tag(text), tag, "{text}");
        }
    }
}
