//! The tags of an XML text, one after the other, without asking whether they fit together.
//!
//! A page of a hundred records is no XML any more once one of them has a stray `&` or an end tag too
//! few. Read tag by tag, it still says where each record begins and ends, so that the broken one costs
//! only itself; whether a record is XML is asked when it is described. Nothing here expands entities but
//! the five of XML and numbers, and a document type is refused before anything else is read.

use thiserror::Error;

/// Why a text cannot be gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum ScanError {
    /// It has a `<!DOCTYPE`: no answer of a catalogue needs one, and entities hide in it.
    #[error("it has a document type (DOCTYPE), which is refused")]
    DocumentType,
    /// It ends inside a tag, a comment or a CDATA section, or before its elements do.
    #[error("it is cut off")]
    CutOff,
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// `<a>`
    Open,
    /// `</a>`
    Close,
    /// `<a/>`
    Both,
}

/// A tag as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// What it does.
    pub(super) does: Does,
    /// The name with its prefix.
    pub(super) name: &'a str,
    /// What stands between name and bracket.
    pub(super) attributes: &'a str,
    /// Where the tag begins in the text.
    pub(super) start: usize,
    /// Where it ends, behind its bracket.
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// The name without prefix.
    pub(super) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// The value of the attribute of this local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        pairs(self.attributes)
            .find(|pair| local(pair.name) == name)
            .map(|pair| unescape(pair.value))
    }

    /// The namespaces that it declares.
    pub(super) fn declarations(&self) -> impl Iterator<Item = Pair<'a>> {
        pairs(self.attributes)
            .filter(|pair| pair.name == "xmlns" || pair.name.starts_with("xmlns:"))
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An attribute as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair<'a> {
    /// Its name with prefix.
    pub(super) name: &'a str,
    /// Its value between the quotes, escapes and all.
    pub(super) value: &'a str,
    /// The quote around it.
    pub(super) quote: char,
}

/// The attributes of a tag, as far as they can be read.
fn pairs(attributes: &str) -> impl Iterator<Item = Pair<'_>> {
    let mut rest = attributes;
    std::iter::from_fn(move || {
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = after.get(1..)?.split_once(quote)?;
        rest = after;
        Some(Pair {
            name: name.trim(),
            value,
            quote,
        })
    })
}

/// Goes through the tags of a text.
#[derive(Debug, Clone)]
pub(super) struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    /// From the start of a text.
    pub(super) fn of(text: &'a str) -> Self {
        Self::from(text, 0)
    }

    /// From a place in it.
    pub(super) fn from(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Steps behind the first `end` after the next `past` bytes.
    fn skip(&mut self, past: usize, end: &str) -> Result<(), ScanError> {
        let behind = self.rest().get(past..).ok_or(ScanError::CutOff)?;
        let found = behind.find(end).ok_or(ScanError::CutOff)?;
        self.at += past + found + end.len();
        Ok(())
    }

    /// The next tag; `None` at the end of the text.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'a>>, ScanError> {
        loop {
            let Some(found) = self.rest().find('<') else {
                self.at = self.text.len();
                return Ok(None);
            };
            self.at += found;
            let rest = self.rest();
            if rest.starts_with("<!--") {
                self.skip(4, "-->")?;
            } else if rest.starts_with("<![CDATA[") {
                self.skip(9, "]]>")?;
            } else if rest.starts_with("<?") {
                self.skip(2, "?>")?;
            } else if rest.starts_with("<!") {
                return Err(ScanError::DocumentType);
            } else if let Some(tag) = self.tag(rest)? {
                self.at = tag.end;
                return Ok(Some(tag));
            } else {
                // A bracket in a text, which should have been escaped.
                self.at += 1;
            }
        }
    }

    fn tag(&self, rest: &'a str) -> Result<Option<Tag<'a>>, ScanError> {
        let (closes, inner) = match rest.strip_prefix("</") {
            Some(inner) => (true, inner),
            None => (false, rest.get(1..).unwrap_or_default()),
        };
        match inner.chars().next() {
            Some(c) if c.is_alphabetic() || c == '_' => {}
            None => return Err(ScanError::CutOff),
            Some(_) => return Ok(None),
        }
        let length = tag_length(rest).ok_or(ScanError::CutOff)?;
        let whole = rest.get(..length).unwrap_or_default();
        let body = whole.strip_suffix('>').unwrap_or(whole);
        let body = body.get(if closes { 2 } else { 1 }..).unwrap_or_default();
        let (body, is_empty) = match body.strip_suffix('/') {
            Some(body) if !closes => (body, true),
            _ => (body, false),
        };
        let (name, attributes) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
        let does = match (closes, is_empty) {
            (true, _) => Does::Close,
            (false, true) => Does::Both,
            (false, false) => Does::Open,
        };
        Ok(Some(Tag {
            does,
            name,
            attributes,
            start: self.at,
            end: self.at + length,
        }))
    }
}

/// How long a tag is: up to its bracket outside of quotes, or to a `<`, which can stand in no tag.
fn tag_length(rest: &str) -> Option<usize> {
    let mut quote = None;
    for (index, byte) in rest.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (_, b'<') => return Some(index),
            (None, b'>') => return Some(index + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// A text or value as it is meant: the five entities of XML and numbered characters.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let character = after
            .split_once(';')
            .and_then(|(name, behind)| Some((character(name)?, behind)));
        rest = if let Some((character, behind)) = character {
            plain.push(character);
            behind
        } else {
            plain.push('&');
            after
        };
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// A text made fit to stand in an element or an attribute.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<String>, ScanError> {
        let mut tags = Tags::of(text);
        let mut names = Vec::new();
        while let Some(tag) = tags.next()? {
            let sign = match tag.does {
                Does::Open => "+",
                Does::Close => "-",
                Does::Both => "=",
            };
            names.push(format!("{sign}{}", tag.name));
        }
        Ok(names)
    }

    #[test]
    fn tags_are_found_between_whatever_else_stands_there() {
        let text = "<?xml version='1.0'?><!-- <no> --><a:b x='>' y=\"</no>\"><![CDATA[<no>]]>\n1 < 2 & 3<5<c /></a:b >";
        // A `<` inside of a value ends the tag: whoever forgot a quote does not swallow the rest.
        assert_eq!(names(text).unwrap(), ["+a:b", "-no", "=c", "-a:b"]);
        assert_eq!(
            names("<a><b c='d><e/></a>").unwrap(),
            ["+a", "+b", "=e", "-a"]
        );
        assert_eq!(names("no tags").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn document_types_and_cut_ends_are_errors() {
        for text in [
            "<!DOCTYPE a><a/>",
            "<!doctype html><html>",
            "<a><!ENTITY b 'c'></a>",
        ] {
            assert_eq!(names(text), Err(ScanError::DocumentType), "{text}");
        }
        for text in ["<a", "<a b='", "<", "<a><!-- ", "<a><![CDATA[x]]", "<?xml "] {
            assert_eq!(names(text), Err(ScanError::CutOff), "{text}");
        }
    }

    #[test]
    fn attributes_are_read_by_local_name_and_unescaped() {
        let mut tags =
            Tags::of(r#"<a xmlns:x = "urn:x" x:b='1 &amp;&#233;&#x20;"' c="&nbsp;" d/>"#);
        let tag = tags.next().unwrap().unwrap();
        assert_eq!(tag.attribute("b").as_deref(), Some("1 &é \""));
        assert_eq!(tag.attribute("c").as_deref(), Some("&nbsp;"));
        assert_eq!(tag.attribute("d"), None);
        let declared: Vec<_> = tag.declarations().map(|pair| pair.name).collect();
        assert_eq!(declared, ["xmlns:x"]);
        assert_eq!(unescape(&escape("<a b=\"&amp;\">")), "<a b=\"&amp;\">");
    }
}
