//! References in XML text (`&amp;`, `&#233;`, `&eacute;`), and what stands there by mistake.
//!
//! XML has five named entities; feeds made from HTML have two hundred and fifty, and bare ampersands.
//! Entities that the document itself declares are taken when they hold plain text (`&xsd;` for a
//! namespace): none may refer to another, and nothing outside the document is ever read, so that no
//! document can grow.

use std::borrow::Cow;
use std::collections::HashMap;

/// The most entities, and the longest, that a document may declare.
const MOST: usize = 256;
const LONGEST: usize = 4096;

/// What HTML calls the characters that feeds are found to have: the Latin letters and some signs.
const HTML: &[(&str, char)] = &[
    ("nbsp", '\u{a0}'),
    ("iexcl", '¡'),
    ("cent", '¢'),
    ("pound", '£'),
    ("sect", '§'),
    ("copy", '©'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("reg", '®'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("sup1", '¹'),
    ("ordm", 'º'),
    ("ordf", 'ª'),
    ("frac14", '¼'),
    ("frac12", '½'),
    ("frac34", '¾'),
    ("iquest", '¿'),
    ("shy", '\u{ad}'),
    ("Agrave", 'À'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Aring", 'Å'),
    ("AElig", 'Æ'),
    ("Ccedil", 'Ç'),
    ("Egrave", 'È'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Euml", 'Ë'),
    ("Igrave", 'Ì'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Iuml", 'Ï'),
    ("Ntilde", 'Ñ'),
    ("Ograve", 'Ò'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("times", '×'),
    ("Oslash", 'Ø'),
    ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("szlig", 'ß'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("aring", 'å'),
    ("aelig", 'æ'),
    ("ccedil", 'ç'),
    ("egrave", 'è'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("euml", 'ë'),
    ("igrave", 'ì'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iuml", 'ï'),
    ("ntilde", 'ñ'),
    ("ograve", 'ò'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("divide", '÷'),
    ("oslash", 'ø'),
    ("ugrave", 'ù'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yuml", 'ÿ'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("hellip", '…'),
    ("euro", '€'),
    ("trade", '™'),
    ("rarr", '→'),
    ("larr", '←'),
    ("le", '≤'),
    ("ge", '≥'),
    ("thinsp", '\u{2009}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("dagger", '†'),
    ("permil", '‰'),
];

/// XML as it is meant: without the characters that XML 1.0 cannot carry, written or numbered; named
/// references of HTML replaced, and any other ampersand escaped. Also the first thing that was
/// repaired; `None` where there is nothing to repair. What is in a CDATA section is text already.
pub(super) fn repaired(text: &str) -> Option<(String, String)> {
    let mut out = String::with_capacity(text.len());
    let mut first = None;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '&' || is_forbidden(c) || c == '<') {
        let (before, after) = rest.split_at_checked(at)?;
        out.push_str(before);
        if let Some(data) = after.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").map_or(after.len(), |end| end + 12);
            let (section, behind) = after.split_at_checked(end)?;
            out.extend(section.chars().filter(|c| !is_forbidden(*c)));
            if section.contains(is_forbidden) {
                first.get_or_insert_with(|| "a control character".to_owned());
            }
            rest = behind;
            continue;
        }
        let mut characters = after.chars();
        let found = characters.next()?;
        rest = characters.as_str();
        match found {
            '<' => out.push('<'),
            '&' => {
                let (meant, behind) = reference(rest);
                match meant {
                    Reference::Sound => out.push('&'),
                    Reference::Html(character) => out.push(character),
                    Reference::Forbidden => {}
                    Reference::None => out.push_str("&amp;"),
                }
                if meant != Reference::Sound {
                    let written = rest.len() - behind.len();
                    let shown = rest.get(..written).unwrap_or_default();
                    first.get_or_insert_with(|| format!("&{shown}"));
                    rest = behind;
                }
            }
            _ => {
                first.get_or_insert_with(|| "a control character".to_owned());
            }
        }
    }
    out.push_str(rest);
    Some((out, first?))
}

/// What an ampersand begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reference {
    /// A reference of XML's own.
    Sound,
    /// One of HTML's.
    Html(char),
    /// A number that stands for no character of XML.
    Forbidden,
    /// Nothing.
    None,
}

/// What stands behind an ampersand, and what comes after that.
fn reference(text: &str) -> (Reference, &str) {
    let Some((name, behind)) = text.split_once(';').filter(|(name, _)| name.len() <= 32) else {
        return (Reference::None, text);
    };
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        return (Reference::Sound, behind);
    }
    if name.starts_with('#') {
        let named = Entities::default().named(name).map(Cow::into_owned);
        return match named.and_then(|text| text.chars().next()) {
            Some(character) if is_forbidden(character) => (Reference::Forbidden, behind),
            // XML has no capital X there.
            Some(_) if !name.starts_with("#X") => (Reference::Sound, behind),
            Some(character) => (Reference::Html(character), behind),
            None if name.len() > 1 && name.bytes().skip(1).all(|b| b.is_ascii_hexdigit()) => {
                (Reference::Forbidden, behind)
            }
            None => (Reference::None, text),
        };
    }
    let html = HTML.iter().find(|(known, _)| *known == name);
    html.map_or((Reference::None, text), |(_, character)| {
        (Reference::Html(*character), behind)
    })
}

/// Whether XML 1.0 has no such character.
fn is_forbidden(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The entities of a document.
#[derive(Debug, Default)]
pub(super) struct Entities(HashMap<String, String>);

impl Entities {
    /// Reads what a document type declares: plain texts only, and only so many.
    pub(super) fn declare(&mut self, doctype: &str) {
        for declaration in doctype.split("<!ENTITY").skip(1) {
            let Some((declaration, _)) = declaration.split_once('>') else {
                continue;
            };
            let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(rest)) = (words.next(), words.next()) else {
                continue;
            };
            let rest = rest.trim();
            let quoted = ['"', '\'']
                .into_iter()
                .find_map(|quote| rest.strip_prefix(quote)?.strip_suffix(quote));
            if let Some(value) = quoted
                && !value.contains(['&', '%', '<'])
                && value.len() <= LONGEST
                && self.0.len() < MOST
            {
                self.0.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// The text with its references replaced, and the first thing that is no reference of XML's.
    pub(super) fn resolve<'a>(&self, text: &'a str) -> (Cow<'a, str>, Option<String>) {
        if !text.contains('&') {
            return (Cow::Borrowed(text), None);
        }
        let mut out = String::with_capacity(text.len());
        let mut odd = None;
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('&') {
            out.push_str(before);
            let name = after.split_once(';').map(|(name, _)| name).filter(|name| {
                (1..=32).contains(&name.len())
                    && name.bytes().all(|b| {
                        b.is_ascii_alphanumeric() || matches!(b, b'#' | b'_' | b'-' | b'.')
                    })
            });
            let mut note = |what: &str| {
                odd.get_or_insert_with(|| what.to_owned());
            };
            rest = after;
            let Some(name) = name else {
                note("&");
                out.push('&');
                continue;
            };
            let known = self.named(name);
            let html = HTML.iter().find(|(known, _)| *known == name);
            if let Some(value) = known {
                out.push_str(&value);
            } else if let Some((_, character)) = html {
                note(&format!("&{name};"));
                out.push(*character);
            } else {
                note(&format!("&{name};"));
                out.push('&');
                continue;
            }
            rest = after.get(name.len() + 1..).unwrap_or_default();
        }
        out.push_str(rest);
        (Cow::Owned(out), odd)
    }

    fn named(&self, name: &str) -> Option<Cow<'_, str>> {
        let one = |c: char| Some(Cow::Owned(c.to_string()));
        match name {
            "amp" => return one('&'),
            "lt" => return one('<'),
            "gt" => return one('>'),
            "quot" => return one('"'),
            "apos" => return one('\''),
            _ => {}
        }
        if let Some(number) = name.strip_prefix('#') {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            return one(char::from_u32(code.ok()?)?);
        }
        self.0.get(name).map(|value| Cow::Borrowed(value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_xml_html_and_the_document_are_replaced_and_bare_ampersands_kept() {
        let mut entities = Entities::default();
        entities.declare(r#"rdf:RDF [ <!ENTITY xsd "http://www.w3.org/2001/XMLSchema#"> ]"#);
        for (written, meant, odd) in [
            ("a &amp; b &#233;&#xE9;", "a & b éé", None),
            ("&xsd;date", "http://www.w3.org/2001/XMLSchema#date", None),
            ("Caf&eacute;&nbsp;!", "Café\u{a0}!", Some("&eacute;")),
            (
                "R&D; recherche & développement",
                "R&D; recherche & développement",
                Some("&D;"),
            ),
            ("?a=1&b=2", "?a=1&b=2", Some("&")),
        ] {
            let (text, found) = entities.resolve(written);
            assert_eq!((text.as_ref(), found.as_deref()), (meant, odd), "{written}");
        }
    }

    #[test]
    fn xml_is_repaired_where_it_has_what_xml_has_not() {
        for (written, meant, first) in [
            ("<a>R&D &amp; b</a>", "<a>R&amp;D &amp; b</a>", "&"),
            ("<a b='?x=1&y=2'/>", "<a b='?x=1&amp;y=2'/>", "&"),
            ("<a>Caf&eacute;\u{1}</a>", "<a>Café</a>", "&eacute;"),
            ("<a>b\u{b}c</a>", "<a>bc</a>", "a control character"),
            (
                "<a>&#11;&#xB;&#233;&unknown;</a>",
                "<a>&#233;&amp;unknown;</a>",
                "&#11;",
            ),
            (
                "<a><![CDATA[R&D\u{1} &eacute;]]>&</a>",
                "<a><![CDATA[R&D &eacute;]]>&amp;</a>",
                "a control character",
            ),
        ] {
            let repaired = repaired(written);
            assert_eq!(
                repaired,
                Some((meant.to_owned(), first.to_owned())),
                "{written}"
            );
        }
        for sound in [
            "<a>&lt;&#233;&#xE9;</a>",
            "<a>\n\t</a>",
            "<a><![CDATA[R&D]]></a>",
            "",
        ] {
            assert_eq!(repaired(sound), None, "{sound}");
        }
    }

    #[test]
    fn no_entity_refers_to_another_or_outside() {
        let mut entities = Entities::default();
        entities.declare(
            r#"x [ <!ENTITY a "aaaa"> <!ENTITY b "&a;&a;"> <!ENTITY c SYSTEM "file:///etc/passwd"> ]"#,
        );
        assert_eq!(entities.resolve("&b;&c;&a;").0, "&b;&c;aaaa");
    }
}
