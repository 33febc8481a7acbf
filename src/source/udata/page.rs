//! Addresses of the portal itself.

use crate::source::Context;

/// An address below the portal's root, for where it sends none.
pub(super) fn under(context: &Context<'_>, segments: &[&str]) -> String {
    let mut url = context.root.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments).push("");
    }
    url.into()
}
