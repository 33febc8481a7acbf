//! The representations of a document, and which of them fits a request.

use axum::http::{HeaderMap, header};

use super::error::WebError;
use super::headers::joined;
use super::negotiate::{NotAcceptable, Offer, names, negotiate};
use crate::rdf::syntax::Syntax;

/// A representation of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Representation {
    /// For people.
    Html,
    /// For programs.
    Rdf(Syntax),
}

impl Representation {
    /// The file extension, without the dot.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Rdf(syntax) => syntax.extension(),
        }
    }

    /// The media type, without parameters.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Rdf(syntax) => syntax.media_type(),
        }
    }

    /// The representation of a file extension.
    pub(super) fn from_extension(extension: &str) -> Option<Self> {
        if extension == "html" {
            return Some(Self::Html);
        }
        Syntax::ALL
            .into_iter()
            .find(|syntax| syntax.extension() == extension)
            .map(Self::Rdf)
    }

    /// The one that an address names by its extension, else the one that fits `Accept`.
    pub(super) fn asked(extension: Option<&str>, headers: &HeaderMap) -> Result<Self, WebError> {
        match extension {
            Some(extension) => Self::from_extension(extension).ok_or(WebError::NotFound),
            None => Self::choose(headers, Syntax::Turtle),
        }
    }

    /// Every representation, HTML last.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        Syntax::ALL.into_iter().map(Self::Rdf).chain([Self::Html])
    }

    /// The representation that fits `Accept`, `default` where it says nothing. HTML is given only where
    /// it is asked for by name: `*/*` is what programs send.
    pub(super) fn choose(headers: &HeaderMap, default: Syntax) -> Result<Self, WebError> {
        let accept = accept(headers);
        let accept = accept.as_deref();
        let mut offers = vec![Offer {
            media_type: default.media_type(),
            value: Self::Rdf(default),
        }];
        let html = Offer {
            media_type: "text/html",
            value: Self::Html,
        };
        if names(accept, "text/html") {
            offers.insert(0, html);
        }
        offers.extend(Syntax::media_types().map(|(media_type, syntax)| Offer {
            media_type,
            value: Self::Rdf(syntax),
        }));
        negotiate(accept, &offers).map_err(|NotAcceptable| {
            let list: Vec<_> = Self::all().map(Self::media_type).collect();
            WebError::NotAcceptable(list.join(", "))
        })
    }
}

/// All `Accept` headers as one.
pub(super) fn accept(headers: &HeaderMap) -> Option<String> {
    joined(headers, &header::ACCEPT)
}
