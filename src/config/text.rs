//! Small values of the configuration: texts in several languages, spans of time, sizes.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;

/// A text in one or several languages; a plain string is one in no stated language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Localised {
    /// `title = "…"`
    Plain(String),
    /// `title = { fr = "…", en = "…" }`
    ByLanguage(BTreeMap<String, String>),
}

impl Localised {
    /// Each text with its language, if it has one.
    #[must_use]
    pub fn texts(&self) -> Vec<(Option<&str>, &str)> {
        match self {
            Self::Plain(text) => vec![(None, text)],
            Self::ByLanguage(texts) => texts
                .iter()
                .map(|(lang, text)| (Some(lang.as_str()), text.as_str()))
                .collect(),
        }
    }

    /// The text in `language`, else any.
    #[must_use]
    pub fn best(&self, language: &str) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::ByLanguage(texts) => texts
                .get(language)
                .or_else(|| texts.values().next())
                .map_or("", String::as_str),
        }
    }
}

/// A span of time as `30s`, `5m`, `2h`, `2d`, `500ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(Duration);

impl Span {
    /// A span of whole seconds.
    #[must_use]
    pub const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }

    /// A span of milliseconds.
    #[must_use]
    pub const fn milliseconds(milliseconds: u64) -> Self {
        Self(Duration::from_millis(milliseconds))
    }

    /// The span.
    #[must_use]
    pub const fn duration(self) -> Duration {
        self.0
    }
}

impl TryFrom<String> for Span {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let refused = || format!("`{text}` is no span of time: write 500ms, 30s, 5m, 2h or 2d");
        let (number, unit) = split_unit(&text).ok_or_else(refused)?;
        let milliseconds = match unit {
            "ms" => 1,
            "s" => 1000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return Err(refused()),
        };
        number
            .checked_mul(milliseconds)
            .map(|ms| Self(Duration::from_millis(ms)))
            .ok_or_else(refused)
    }
}

/// A number of bytes as `500MB`, `1GB` (powers of 1000) or `1GiB` (powers of 1024).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Size(u64);

impl Size {
    /// A size in bytes.
    #[must_use]
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    /// The size in bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl TryFrom<String> for Size {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let refused = || format!("`{text}` is no size: write 500MB, 1GB, 64KiB");
        let (number, unit) = split_unit(&text).ok_or_else(refused)?;
        let factor = match unit {
            "" | "B" => 1,
            "kB" | "KB" => 1000,
            "MB" => 1_000_000,
            "GB" => 1_000_000_000,
            "KiB" => 1 << 10,
            "MiB" => 1 << 20,
            "GiB" => 1 << 30,
            _ => return Err(refused()),
        };
        number.checked_mul(factor).map(Self).ok_or_else(refused)
    }
}

fn split_unit(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    Some((number.parse().ok()?, unit.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_sizes_are_read() {
        assert_eq!(
            Span::try_from("2d".to_owned())
                .unwrap()
                .duration()
                .as_secs(),
            172_800
        );
        assert_eq!(
            Span::try_from("500ms".to_owned())
                .unwrap()
                .duration()
                .as_millis(),
            500
        );
        assert_eq!(
            Size::try_from("1GB".to_owned()).unwrap().bytes(),
            1_000_000_000
        );
        assert_eq!(Size::try_from("1 GiB".to_owned()).unwrap().bytes(), 1 << 30);
        for bad in [
            "",
            "s",
            "-5s",
            "5 parsecs",
            "99999999999999999999s",
            "18446744073709551615d",
        ] {
            assert!(Span::try_from(bad.to_owned()).is_err(), "{bad}");
            assert!(Size::try_from(format!("{bad}x")).is_err(), "{bad}");
        }
    }
}
