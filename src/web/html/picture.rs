//! A picture from elsewhere, in a box that looks whole without it.
//!
//! Portals' pictures go away, and a page without scripts cannot notice: so an initial stands behind
//! each, which the picture covers once it is there. No referrer is sent, and nothing is loaded before
//! it comes into view.

use askama::Template;
use askama::filters::HtmlSafe;

use super::link::is_image;

/// A picture, ready for its template.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "part/picture.html")]
pub(super) struct Picture {
    address: String,
    initial: String,
}

impl HtmlSafe for Picture {}

impl Picture {
    /// The picture at `address` of something called `name`; none where it could not be loaded.
    pub(super) fn of(address: Option<&str>, name: &str) -> Option<Self> {
        let address = address.filter(|address| is_image(address))?;
        let initial = name.chars().find(|c| c.is_alphanumeric());
        Some(Self {
            address: address.to_owned(),
            initial: initial.map_or_else(|| "·".to_owned(), |c| c.to_uppercase().collect()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_initial_stands_where_the_picture_does_not_come() {
        let picture = Picture::of(Some("https://e.org/a.png"), "«élan»").unwrap();
        let html = picture.to_string();
        assert!(
            html.contains(">É<") && html.contains("referrerpolicy=\"no-referrer\""),
            "{html}"
        );
        assert_eq!(Picture::of(Some("http://e.org/a.png"), "a"), None);
        assert_eq!(Picture::of(None, "a"), None);
    }
}
