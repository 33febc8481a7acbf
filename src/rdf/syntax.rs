//! The RDF syntaxes that Moisson reads and writes: names, media types, extensions.

use oxigraph::io::{JsonLdProfileSet, RdfFormat};

/// An RDF syntax; a closed set, so that every `match` on it is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Syntax {
    /// <https://www.w3.org/TR/turtle/>
    Turtle,
    /// <https://www.w3.org/TR/json-ld11/>
    JsonLd,
    /// <https://www.w3.org/TR/rdf-syntax-grammar/>
    RdfXml,
    /// <https://www.w3.org/TR/n-triples/>
    NTriples,
    /// <https://www.w3.org/TR/trig/>
    TriG,
    /// <https://www.w3.org/TR/n-quads/>
    NQuads,
    /// <https://w3c.github.io/N3/spec/>; written as Turtle, which is a subset.
    N3,
}

impl Syntax {
    /// Every syntax, the preferred one first: what `*/*` and ties are answered with.
    pub const ALL: [Self; 7] = [
        Self::Turtle,
        Self::JsonLd,
        Self::RdfXml,
        Self::NTriples,
        Self::TriG,
        Self::NQuads,
        Self::N3,
    ];

    /// Other names that programs have for them, and media types that they also read.
    pub const ALIASES: [(&'static str, Self); 8] = [
        ("application/x-turtle", Self::Turtle),
        ("application/json", Self::JsonLd),
        ("application/xml", Self::RdfXml),
        ("text/xml", Self::RdfXml),
        ("text/plain", Self::NTriples),
        ("application/x-trig", Self::TriG),
        ("text/rdf+n3", Self::N3),
        ("text/x-nquads", Self::NQuads),
    ];

    /// The file extension, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::JsonLd => "jsonld",
            Self::RdfXml => "rdf",
            Self::NTriples => "nt",
            Self::TriG => "trig",
            Self::NQuads => "nq",
            Self::N3 => "n3",
        }
    }

    /// The registered media type, without parameters.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::JsonLd => "application/ld+json",
            Self::RdfXml => "application/rdf+xml",
            Self::NTriples => "application/n-triples",
            Self::TriG => "application/trig",
            Self::NQuads => "application/n-quads",
            Self::N3 => "text/n3",
        }
    }

    /// The `Content-Type` to answer with: text types state their charset.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle; charset=utf-8",
            Self::N3 => "text/n3; charset=utf-8",
            other => other.media_type(),
        }
    }

    /// Whether named graphs can be written in it.
    #[must_use]
    pub fn has_graphs(self) -> bool {
        matches!(self, Self::TriG | Self::NQuads | Self::JsonLd)
    }

    /// The syntax of a file extension or short name (`ttl`, `turtle`, `json-ld`, `xml`…), any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "ttl" | "turtle" => Self::Turtle,
            "jsonld" | "json-ld" | "json" => Self::JsonLd,
            "rdf" | "xml" | "rdfxml" | "rdf-xml" | "owl" => Self::RdfXml,
            "nt" | "ntriples" | "n-triples" => Self::NTriples,
            "trig" => Self::TriG,
            "nq" | "nquads" | "n-quads" => Self::NQuads,
            "n3" => Self::N3,
            _ => return None,
        })
    }

    /// The syntax of a media type, parameters and case ignored.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let bare = media_type.split(';').next()?.trim().to_ascii_lowercase();
        let named = Self::media_types().find(|(media_type, _)| *media_type == bare);
        named.map(|(_, syntax)| syntax)
    }

    /// Every media type with its syntax: the registered ones in the order of preference, then the aliases.
    pub fn media_types() -> impl Iterator<Item = (&'static str, Self)> {
        let registered = Self::ALL.into_iter();
        registered
            .map(|syntax| (syntax.media_type(), syntax))
            .chain(Self::ALIASES)
    }

    /// The same syntax as oxigraph's parsers and serialisers name it.
    #[must_use]
    pub fn format(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::JsonLd => RdfFormat::JsonLd {
                profile: JsonLdProfileSet::empty(),
            },
            Self::RdfXml => RdfFormat::RdfXml,
            Self::NTriples => RdfFormat::NTriples,
            Self::TriG => RdfFormat::TriG,
            Self::NQuads => RdfFormat::NQuads,
            Self::N3 => RdfFormat::N3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syntax_is_found_by_its_own_names() {
        for syntax in Syntax::ALL {
            assert_eq!(Syntax::from_name(syntax.extension()), Some(syntax));
            assert_eq!(Syntax::from_media_type(syntax.content_type()), Some(syntax));
        }
        assert_eq!(
            Syntax::from_media_type("Text/Turtle ; charset=UTF-8"),
            Some(Syntax::Turtle)
        );
        assert_eq!(Syntax::from_name("html"), None);
    }
}
