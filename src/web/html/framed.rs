//! A page whose content another module's template has written.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;

use super::page::{Page, written};
use super::text::Words;

/// HTML that a template has written, and so escaped.
#[derive(Debug, Clone)]
pub struct Fragment(String);

impl Fragment {
    /// What a template writes.
    ///
    /// # Errors
    /// The template's.
    pub fn of(template: &impl Template) -> Result<Self, askama::Error> {
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
#[derive(Debug, Clone)]
pub struct FramedPage<'a> {
    /// The page itself.
    pub page: Page<'a>,
    /// Its title.
    pub title: &'a str,
    /// A style sheet beside the site's, as a path under the base.
    pub style: &'a str,
    /// A script, as a path under the base.
    pub script: &'a str,
    /// What stands between header and footer.
    pub content: &'a Fragment,
}

#[derive(Template)]
#[template(path = "framed.html")]
struct FramedTemplate<'a> {
    page: &'a Page<'a>,
    w: &'static Words,
    title: &'a str,
    style: &'a str,
    script: &'a str,
    content: &'a Fragment,
}

/// The page of some content.
///
/// # Errors
/// The template's.
pub fn framed(input: &FramedPage<'_>) -> Result<String, askama::Error> {
    written(&FramedTemplate {
        page: &input.page,
        w: input.page.words(),
        title: input.title,
        style: input.style,
        script: input.script,
        content: input.content,
    })
}
