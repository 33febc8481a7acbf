//! In which encoding a text is, of those that are said of it and those that it can be in.

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::finding::{Code, Finding};

/// How far an XML declaration reaches, in bytes.
const DECLARATION: usize = 256;

/// An encoding as it is named somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    name: String,
    /// What is meant, by the names of <https://encoding.spec.whatwg.org/#names-and-labels>.
    encoding: Option<&'static Encoding>,
}

impl Named {
    /// The encoding of a label, quoted or not; none where the label is empty.
    pub(super) fn new(label: &str) -> Option<Self> {
        let name = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let lower = name.to_ascii_lowercase();
        // Names that programs write and no register has.
        let usual = match lower.as_str() {
            "latin-1" => "latin1",
            "latin-9" | "latin9" => "iso-8859-15",
            "win-1252" | "ansi" => "windows-1252",
            "utf_8" => "utf-8",
            other => other,
        };
        (!name.is_empty()).then(|| Self {
            name: name.to_owned(),
            encoding: Encoding::for_label_no_replacement(usual.as_bytes()),
        })
    }

    fn is(&self, encoding: &'static Encoding) -> bool {
        match self.encoding {
            // `utf-16` is either, by its mark.
            Some(named) if is_wide(named) => is_wide(encoding),
            named => named == Some(encoding),
        }
    }
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// What is said of a text: where it was sent, and in itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// By the `charset` of its media type.
    pub(super) sent: Option<Named>,
    /// By its XML declaration (XML 1.0, §2.8).
    pub(super) declared: Option<Named>,
}

impl Said {
    /// What is said of a text that begins so.
    pub(super) fn of(head: &[u8], sent: Option<&str>) -> Self {
        Self {
            sent: sent.and_then(Named::new),
            declared: declaration(head).as_deref().and_then(Named::new),
        }
    }

    /// In the order of RFC 7303, §3.
    fn all(&self) -> impl Iterator<Item = &Named> {
        self.sent.iter().chain(&self.declared)
    }

    /// The encoding whose text looks like ASCII and is none, where one is named first.
    pub(super) fn disguised(&self) -> Option<&'static Encoding> {
        let first = self.all().find_map(|named| named.encoding)?;
        (first == ISO_2022_JP).then_some(first)
    }

    /// Whether nobody says anything but UTF-8.
    pub(super) fn is_utf8(&self) -> bool {
        self.all().all(|named| named.is(UTF_8))
    }

    /// What is odd about a text that is certainly in `encoding`, by its mark or by its zeros.
    pub(super) fn against(&self, encoding: &'static Encoding) -> Option<Doubt> {
        let other = self.all().find(|named| !named.is(encoding))?;
        Some(Doubt::Mislabelled(other.name.clone()))
    }

    /// Whether `encoding` is what is said.
    pub(super) fn names(&self, encoding: &'static Encoding) -> bool {
        self.all().any(|named| named.is(encoding))
    }

    /// The encoding of a text that has no mark, is of no wide characters, and is or is not valid UTF-8.
    pub(super) fn decide(&self, validity: Validity) -> (&'static Encoding, Option<Doubt>) {
        let unknown = || {
            let unknown = self.all().find(|named| named.encoding.is_none())?;
            Some(Doubt::Unknown(unknown.name.clone()))
        };
        let known = |named: &&Named| named.encoding.is_some_and(|named| named != UTF_8);
        if validity == Validity::Utf8 {
            let other = self.all().find(known).map(|other| other.name.clone());
            let doubt = match (&self.sent, other) {
                (Some(sent), Some(other)) if sent.is(UTF_8) => Some(Doubt::Conflict(other)),
                (_, Some(other)) => Some(Doubt::Mislabelled(other)),
                (_, None) => unknown(),
            };
            return (UTF_8, doubt);
        }
        let narrow = |named: &&Named| known(named) && !named.is(UTF_16LE);
        let Some((named, encoding)) = self
            .all()
            .find(narrow)
            .and_then(|named| Some((named, named.encoding?)))
        else {
            let wide = self.all().find(known);
            let wide = wide.map(|named| Doubt::Mislabelled(named.name.clone()));
            return (UTF_8, wide.or_else(unknown));
        };
        let other = self
            .all()
            .find(|other| other.encoding.is_some_and(|other| other != encoding));
        let doubt = match other {
            Some(other) if self.sent.as_ref() == Some(named) => {
                Some(Doubt::Conflict(other.name.clone()))
            }
            Some(other) => Some(Doubt::Mislabelled(other.name.clone())),
            None => unknown(),
        };
        (encoding, doubt)
    }
}

/// Whether a text can be UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Validity {
    /// All of its characters of several bytes are.
    Utf8,
    /// It has bytes that are not.
    Other,
}

/// Why a text was not simply read as it is said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doubt {
    /// It is not in the encoding of this name.
    Mislabelled(String),
    /// It was sent as something else than it declares, and can be that.
    Conflict(String),
    /// This name is nobody's.
    Unknown(String),
    /// It is UTF-16, and nothing says so.
    Unmarked,
}

impl Doubt {
    /// What is told of it.
    pub(super) fn finding(&self, encoding: &'static Encoding) -> Finding {
        let read = format!("read as {}", encoding.name());
        let (message, value) = match self {
            Self::Mislabelled(name) => (
                format!("{read}: the document is not in the encoding that it is said to be in"),
                name.as_str(),
            ),
            Self::Conflict(name) => (
                format!("{read}, as it was sent: the document declares another encoding"),
                name.as_str(),
            ),
            Self::Unknown(name) => (
                format!("{read}: nothing is known by the name of the document's encoding"),
                name.as_str(),
            ),
            Self::Unmarked => (
                format!("{read}: neither a byte order mark nor a label says so"),
                "",
            ),
        };
        Finding::new(Code::TextCleaned, "", message, value)
    }
}

/// UTF-16 without a mark (XML 1.0, appendix F; RFC 4627, §3): every text that is read here begins with two
/// characters of ASCII.
pub(super) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => Some(UTF_16BE),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// The encoding that an XML declaration names.
fn declaration(head: &[u8]) -> Option<String> {
    let head = head.get(..DECLARATION).unwrap_or(head);
    let head = String::from_utf8_lossy(head);
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let value = value.trim_start_matches(['"', '\'']);
    value.split(['"', '\'']).next().map(str::to_owned)
}
