//! Descriptions from portals, as safe HTML: Markdown or HTML in, a small whitelist of tags out.
//!
//! What portals send is hostile. It is cut to a length that a page can bear, rendered, and cleaned by
//! `ammonia`; what could only be cleaned at a cost that grows faster than its length (tags nested
//! hundreds deep) is shown as plain text instead. Headings go below those of the page.

use std::fmt;

use askama::filters::HtmlSafe;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::clean::{clean, text_of};
use super::nesting::is_bearable;

/// The longest description that a page renders, in bytes of its source.
pub(super) const LONGEST: usize = 80_000;

/// The longest HTML that comes of one; beyond it the text is shown plain.
const LONGEST_HTML: usize = 110_000;

/// How much of a text is shown plain: escaping makes it at most five times as long.
const LONGEST_PLAIN: usize = 20_000;

/// HTML that this module made: the only harvested text that templates do not escape.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rich(String);

impl fmt::Display for Rich {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Rich {}

impl Rich {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether all of a text is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Shortened,
}

/// Renders at most `limit` bytes of `source` (and never more than [`LONGEST`]).
pub(super) fn rich(source: &str, limit: usize) -> (Rich, Extent) {
    let source = source.trim();
    let cut = shorten(source, limit.min(LONGEST));
    let html = if looks_like_html(cut) {
        cut.to_owned()
    } else {
        from_markdown(cut)
    };
    let cleaned = is_bearable(&html).then(|| clean(&html));
    match cleaned {
        Some(cleaned) if cleaned.len() <= LONGEST_HTML => (Rich(cleaned), extent(cut, source)),
        _ => {
            let plain = shorten(cut, LONGEST_PLAIN);
            (Rich(escaped_paragraphs(plain)), extent(plain, source))
        }
    }
}

/// The first `limit` characters of a description, without any markup, on one line.
pub(super) fn excerpt(source: &str, limit: usize) -> String {
    // What is left of the start is enough: a description of megabytes is not parsed for a line.
    let cut = shorten(source.trim(), limit.saturating_mul(6).min(LONGEST));
    let html = if looks_like_html(cut) {
        cut.to_owned()
    } else {
        from_markdown(cut)
    };
    let plain = if is_bearable(&html) {
        // Words of two blocks must not run together.
        let mut spaced = html;
        for block in ["<p", "<li", "<br", "<td", "<th", "<div", "<h", "<dd", "<dt"] {
            spaced = spaced.replace(block, &format!(" {block}"));
        }
        text_of(&spaced)
    } else {
        cut.to_owned()
    };
    let words: Vec<&str> = plain.split_whitespace().collect();
    let line = words.join(" ");
    let fits = line.chars().nth(limit).is_none();
    if fits && cut.len() == source.trim().len() {
        return line;
    }
    let start: String = line.chars().take(limit).collect();
    let whole_words = start
        .rsplit_once(' ')
        .filter(|(head, _)| head.len() * 2 > start.len())
        .map_or(start.as_str(), |(head, _)| head);
    format!(
        "{}…",
        whole_words.trim_end_matches([',', ';', ':', '.', ' '])
    )
}

fn extent(shown: &str, source: &str) -> Extent {
    if shown.len() == source.len() {
        Extent::Whole
    } else {
        Extent::Shortened
    }
}

/// At most `limit` bytes of `text`, up to the end of a paragraph, a line or a word where one is near.
fn shorten(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let end = (0..=limit)
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0);
    let head = text.get(..end).unwrap_or_default();
    let near = |mark: &str| head.rfind(mark).filter(|at| at * 10 > end * 9);
    let at = near("\n\n").or_else(|| near("\n")).or_else(|| near(" "));
    at.and_then(|at| head.get(..at)).unwrap_or(head)
}

/// Whether a text is HTML from its first to its last tag, as some portals send it. Markdown would take
/// its indented lines for code.
fn looks_like_html(text: &str) -> bool {
    let starts = text
        .strip_prefix('<')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    starts && (text.contains("</") || text.contains("/>"))
}

fn from_markdown(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut in_link = 0_usize;
    let mut in_code = 0_usize;
    let events = Parser::new_ext(text, options).flat_map(|event| {
        match &event {
            Event::Start(Tag::Link { .. }) => in_link += 1,
            Event::End(TagEnd::Link) => in_link = in_link.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => in_code += 1,
            Event::End(TagEnd::CodeBlock) => in_code = in_code.saturating_sub(1),
            _ => {}
        }
        match event {
            // Portals' texts are mostly written without Markdown in mind: a new line is meant.
            Event::SoftBreak => vec![Event::HardBreak],
            Event::Text(text) if in_link == 0 && in_code == 0 && text.contains("://") => {
                with_links(&text)
            }
            other => vec![other],
        }
    });
    let mut html = String::with_capacity(text.len() * 5 / 4);
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Bare web addresses in a text, as links.
fn with_links<'a>(text: &str) -> Vec<Event<'a>> {
    let plain = |text: &str| Event::Text(CowStr::from(text.to_owned()));
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(at) = ["https://", "http://"]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
    {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let end = from
            .find(|c: char| c.is_whitespace() || "<>\"«»“”".contains(c))
            .unwrap_or(from.len());
        let candidate = from.get(..end).unwrap_or_default();
        let address =
            candidate.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’']);
        let (address, after) = from.split_at_checked(address.len()).unwrap_or((from, ""));
        events.push(plain(before));
        events.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: address.to_owned().into(),
            title: "".into(),
            id: "".into(),
        }));
        events.push(plain(address));
        events.push(Event::End(TagEnd::Link));
        rest = after;
    }
    events.push(plain(rest));
    events
}

/// Plain text as paragraphs.
fn escaped_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for paragraph in text.split("\n\n").filter(|part| !part.trim().is_empty()) {
        out.push_str("<p>");
        for c in paragraph.trim().chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '\n' => out.push_str("<br>\n"),
                c => out.push(c),
            }
        }
        out.push_str("</p>\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        rich(source, LONGEST).0.to_string()
    }

    #[test]
    fn markdown_and_html_are_rendered_below_the_headings_of_the_page() {
        assert_eq!(
            html("# A\n\n**b** *c*"),
            "<h3>A</h3>\n<p><strong>b</strong> <em>c</em></p>\n"
        );
        assert_eq!(
            html("<h2 class=x>A</h2>\n    <p>b"),
            "<h4>A</h4>\n    <p>b</p>"
        );
        assert_eq!(html("###### A"), "<h6>A</h6>\n");
        assert_eq!(html("a\nb"), "<p>a<br>\nb</p>\n");
    }

    #[test]
    fn bare_addresses_become_links_without_their_punctuation() {
        let link = |url: &str| format!("<a href=\"{url}\" rel=\"nofollow noopener ugc\">{url}</a>");
        assert_eq!(
            html("Voir https://e.org/a_b (ou http://x.org/)."),
            format!(
                "<p>Voir {} (ou {}).</p>\n",
                link("https://e.org/a_b"),
                link("http://x.org/")
            )
        );
        assert_eq!(
            html("`https://e.org`"),
            "<p><code>https://e.org</code></p>\n"
        );
    }

    #[test]
    fn images_are_https_only() {
        assert!(html("![x](https://e.org/a.png)").contains("src=\"https://e.org/a.png\""));
        for bad in [
            "http://e.org/a.png",
            "data:image/png;base64,AA",
            "/a.png",
            "//e.org/a.png",
        ] {
            assert!(!html(&format!("![x]({bad})")).contains("src"), "{bad}");
        }
    }

    #[test]
    fn three_megabytes_are_cut_and_said_to_be() {
        let (page, extent) = rich(&"Une phrase assez longue. ".repeat(120_000), LONGEST);
        assert_eq!(extent, Extent::Shortened);
        assert!((40_000..LONGEST_HTML).contains(&page.to_string().len()));
        assert_eq!(rich("court", LONGEST).1, Extent::Whole);
        let accents = "é".repeat(2_000_000);
        assert!(rich(&accents, LONGEST).0.to_string().len() <= LONGEST + 20);
    }

    #[test]
    fn what_would_be_slow_to_clean_is_plain_text() {
        for hostile in [
            ">".repeat(50_000),
            "<div>".repeat(16_000),
            "<b id=1><i id=2>".repeat(2_500) + &"<p>".repeat(10_000),
            "[".repeat(80_000),
            "*a_ ".repeat(20_000),
            "<table><tr><td>".repeat(5_000),
            "- ".repeat(40_000),
            "&".repeat(80_000),
            "<a href=x>".repeat(8_000),
            "<b></x>".repeat(8_000) + &"<p>".repeat(8_000),
        ] {
            let (page, _) = rich(&hostile, LONGEST);
            assert!(
                page.to_string().len() <= LONGEST_HTML,
                "{}",
                page.to_string().len()
            );
        }
    }

    #[test]
    fn excerpts_have_no_markup() {
        assert_eq!(
            excerpt(
                "## Un\n\n- **deux** [trois](https://e.org)\n- 4 < 5 & plus",
                80
            ),
            "Un deux trois 4 < 5 & plus"
        );
        assert_eq!(
            excerpt("<p>Un</p><p>deux<br>trois<script>x</script></p>", 80),
            "Un deux trois"
        );
        assert_eq!(excerpt("Un deux, trois", 10), "Un deux…");
        assert_eq!(excerpt(&"é".repeat(1_000_000), 5), "ééééé…");
        assert_eq!(excerpt("|a|b|\n|-|-|\n|c|d|", 80), "a b c d");
        assert_eq!(excerpt("", 80), "");
    }
}
