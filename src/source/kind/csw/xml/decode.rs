//! Bytes of an XML document as text.
//!
//! A byte order mark counts first, then the encoding that the XML declaration names, then UTF-8. Text
//! that says UTF-8 and is none is read as windows-1252, which is what it is then in Western Europe; so
//! is what names ISO 8859-1, as on the web (<https://encoding.spec.whatwg.org/>).

use std::borrow::Cow;

use crate::salvage::latin::{latin9, windows1252};

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct Decoded<'a> {
    /// The text, without byte order mark.
    pub(in crate::source) text: Cow<'a, str>,
    /// The encoding that was named, where the text is in another one.
    pub(in crate::source) named: Option<String>,
}

/// Decodes a document.
pub(in crate::source) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let right = |text: Cow<'static, str>| Decoded { text, named: None };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return right(utf16(rest, u16::from_le_bytes).into()),
        [0xFE, 0xFF, rest @ ..] => return right(utf16(rest, u16::from_be_bytes).into()),
        // `<` and then zero, or zero and then `<`: no other text of XML begins so.
        [b'<', 0, ..] => return right(utf16(bytes, u16::from_le_bytes).into()),
        [0, b'<', ..] => return right(utf16(bytes, u16::from_be_bytes).into()),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let named = declared(bytes).unwrap_or_else(|| "utf-8".to_owned());
    let utf8 = std::str::from_utf8(bytes);
    match (named.as_str(), utf8) {
        ("utf-8" | "utf8" | "us-ascii" | "ascii", Ok(text)) => Decoded {
            text: text.into(),
            named: None,
        },
        ("iso-8859-15" | "latin-9" | "latin9", _) => right(single(bytes, latin9).into()),
        ("iso-8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252", _) => {
            right(single(bytes, windows1252).into())
        }
        (_, Ok(text)) => Decoded {
            text: text.into(),
            named: Some(named),
        },
        (_, Err(_)) => Decoded {
            text: single(bytes, windows1252).into(),
            named: Some(named),
        },
    }
}

/// The encoding that the XML declaration names, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..bytes.len().min(256))?;
    let start = String::from_utf8_lossy(start);
    let declaration = start.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, _) = value.get(1..)?.split_once(quote)?;
    Some(name.trim().to_lowercase())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn single(bytes: &[u8], read: fn(u8) -> char) -> String {
    bytes.iter().map(|byte| read(*byte)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes);
        (decoded.text.into_owned(), decoded.named)
    }

    #[test]
    fn bytes_are_read_as_what_they_are() {
        let latin = b"<?xml version='1.0' encoding=\"ISO-8859-1\"?><a>\xE9t\xE9 \x80</a>";
        assert!(read(latin).0.ends_with("<a>été €</a>"));
        let nine = b"<?xml version='1.0' encoding='iso-8859-15' ?><a>\xA4 c\xBDur</a>";
        assert!(read(nine).0.ends_with("<a>€ cœur</a>"));
        assert_eq!(read(b"\xEF\xBB\xBF<a/>"), ("<a/>".to_owned(), None));
        for (mark, unit) in [
            (true, u16::to_le_bytes as fn(u16) -> [u8; 2]),
            (true, u16::to_be_bytes),
            (false, u16::to_le_bytes),
        ] {
            let text = if mark {
                "\u{FEFF}<a>é</a>"
            } else {
                "<a>é</a>"
            };
            let bytes: Vec<u8> = text.encode_utf16().flat_map(unit).collect();
            assert_eq!(read(&bytes), ("<a>é</a>".to_owned(), None));
        }
    }

    #[test]
    fn a_wrong_name_of_the_encoding_is_told() {
        assert_eq!(read("<a>é</a>".as_bytes()), ("<a>é</a>".to_owned(), None));
        let wrong = read(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xE9</a>");
        assert!(wrong.0.ends_with("<a>é</a>"));
        assert_eq!(wrong.1.as_deref(), Some("utf-8"));
        let odd = read("<?xml version=\"1.0\" encoding=\"klingon\"?><a>é</a>".as_bytes());
        assert!(odd.0.ends_with("<a>é</a>"));
        assert_eq!(odd.1.as_deref(), Some("klingon"));
    }
}
