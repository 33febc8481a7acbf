//! A picture from elsewhere, in a box that looks whole without it.
//!
//! Portals' pictures go away, and a page without scripts cannot notice: so an initial stands behind
//! each, which the picture covers once it is there. No referrer is sent, and nothing is loaded before
//! it comes into view.

use askama::Template;
use askama::filters::HtmlSafe;

use super::link::is_picture;
use crate::record::Base;

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
    pub(super) fn of(address: Option<&str>, name: &str, base: &Base) -> Option<Self> {
        let address = address.filter(|address| is_picture(address, base))?;
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
        let base = Base::new("https://e.org/").unwrap();
        let picture = Picture::of(Some("https://e.org/a.png"), "«élan»", &base).unwrap();
        let html = picture.to_string();
        assert!(
            html.contains(">É<") && html.contains("referrerpolicy=\"no-referrer\""),
            "{html}"
        );
        assert_eq!(Picture::of(Some("http://e.org/a.png"), "a", &base), None);
        assert_eq!(Picture::of(None, "a", &base), None);
    }

    #[test]
    fn a_portal_on_the_same_machine_shows_its_pictures_in_a_trial_only() {
        let near = Some("http://127.0.0.1:4000/a.png");
        let of = |base: &str, address| Picture::of(address, "a", &Base::new(base).unwrap());
        assert!(of("http://127.0.0.1:8080/", near).is_some());
        assert_eq!(of("https://e.org/", near), None);
        assert_eq!(
            of("http://127.0.0.1:8080/", Some("http://e.org/a.png")),
            None
        );
    }
}
