//! The files that pages load from their own host: a style sheet and an icon. There are no scripts.

/// The style sheet, served at `/assets/style.css`.
const STYLE: &str = include_str!("../assets/style.css");

/// The icon, served at `/assets/icon.svg`.
const ICON: &str = include_str!("../assets/icon.svg");

/// The content type and the bytes of the asset `name`.
#[must_use]
pub(in crate::web) fn asset(name: &str) -> Option<(&'static str, &'static [u8])> {
    match name {
        "style.css" => Some(("text/css; charset=utf-8", STYLE.as_bytes())),
        "icon.svg" => Some(("image/svg+xml", ICON.as_bytes())),
        _ => None,
    }
}
