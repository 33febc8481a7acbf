//! A page whose content another module's template has written.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use super::page::Page;

/// HTML that a template has written, and so escaped.
#[derive(Debug, Clone)]
pub(in crate::web) struct Fragment(String);

impl Fragment {
    /// What a template writes.
    ///
    /// # Errors
    /// The template's.
    pub(in crate::web) fn of(template: &impl Template) -> Result<Self, askama::Error> {
        template.render().map(Self)
    }
}

impl fmt::Display for Fragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Fragment {}

/// A page with content of its own.
#[derive(Debug, Clone, Template)]
#[template(path = "framed.html")]
pub(in crate::web) struct FramedPage<'a> {
    /// The page itself.
    pub(in crate::web) page: Page<'a>,
    /// Its title.
    pub(in crate::web) title: &'a str,
    /// A style sheet beside the site's, as a path under the base.
    pub(in crate::web) style: &'a str,
    /// A script, as a path under the base.
    pub(in crate::web) script: &'a str,
    /// What stands between header and footer.
    pub(in crate::web) content: &'a Fragment,
}
