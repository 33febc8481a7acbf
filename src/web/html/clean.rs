//! The whitelist: which tags and attributes of portals' HTML reach a page.
//!
//! No `id`, `class` or `style`, nothing that runs, loads or frames but images over https, and no
//! landmark of the page's own. Links say that nobody vouches for them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::label::UNVOUCHED;
use super::link::is_image;

/// `html` without anything that is not on the list, its headings below those of the page.
pub(super) fn clean(html: &str) -> String {
    demote_headings(&CLEANER.clean(html).to_string())
}

/// The text of `html`, without scripts and styles.
pub(super) fn text_of(html: &str) -> String {
    decode(&BARE.clean(html).to_string())
}

const TAGS: &str = "\
    a abbr b blockquote br caption center cite code dd del dfn div dl dt em figcaption figure \
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub \
    sup table tbody td tfoot th thead tr tt u ul var";

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(TAGS.split_whitespace().collect())
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title"])),
            ("img", HashSet::from(["src", "alt", "title"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
            ("ol", HashSet::from(["start"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "ftp", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(UNVOUCHED))
        .set_tag_attribute_value("img", "loading", "lazy")
        .set_tag_attribute_value("img", "referrerpolicy", "no-referrer")
        .attribute_filter(|tag, attribute, value| match (tag, attribute) {
            ("img", "src") if !is_image(value) => None,
            _ => Some(value.into()),
        });
    builder
});

static BARE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

/// Moves every heading two levels down: `h1` and `h2` belong to the page.
fn demote_headings(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let name = if tag.starts_with("</") { "</h" } else { "<h" };
        let mut after = tag.strip_prefix(name).unwrap_or_default().chars();
        if let (Some(level @ '1'..='6'), Some('>' | ' ')) = (after.next(), after.next()) {
            out.push_str(name);
            out.push(match level {
                '1' => '3',
                '2' => '4',
                '3' => '5',
                _ => '6',
            });
            rest = tag.get(name.len() + 1..).unwrap_or_default();
        } else {
            out.push('<');
            rest = tag.strip_prefix('<').unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The text of HTML that has no tags: `ammonia` escapes these and only these.
fn decode(html: &str) -> String {
    html.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_move_down_and_look_alikes_stay() {
        assert_eq!(
            clean("<h1>a</h1><h5>b</h5><hr>"),
            "<h3>a</h3><h6>b</h6><hr>"
        );
        assert_eq!(
            clean("1 < 2 &lt;h1> <hgroup>x</hgroup>"),
            "1 &lt; 2 &lt;h1&gt; x"
        );
    }

    #[test]
    fn text_has_neither_tags_nor_entities_nor_scripts() {
        assert_eq!(text_of("<b>a</b> &amp;lt; <script>x</script>c"), "a &lt; c");
    }
}
