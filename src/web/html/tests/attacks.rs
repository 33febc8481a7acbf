//! Nothing that a portal sends may run, load or lead anywhere but by a plain link.

use super::hostile::pages_with;
use super::samples::Sample;

/// Texts that a portal may send, each of which would run a script or load something if it came through.
const ATTACKS: &[&str] = &[
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<!--<script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "![x](http://e.org/beacon.gif)",
    "<style>@import 'https://e.org/x.css'</style>",
    "<p style=\"background:url(https://e.org/x)\" class=x id=content>x</p>",
    "<base href=\"https://e.org/\"><meta http-equiv=refresh content=\"0;url=https://e.org/\">",
    "<form action=\"https://e.org/\"><input name=q></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://e.org/\"onclick=\"alert(1)",
    "https://e.org/<script>alert(1)</script>",
];

/// Every tag of a page as (name, attributes), as an HTML parser would see them.
#[expect(
    clippy::string_slice,
    reason = "cut where an ASCII character was found"
)]
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        if name.is_empty() {
            continue;
        }
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') {
                break;
            }
            let end = rest
                .find(|c: char| c.is_whitespace() || "=>/".contains(c))
                .unwrap_or(rest.len());
            let attribute = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').expect("an attribute is closed");
                quoted[..end].clone_into(&mut value);
                rest = &quoted[end + 1..];
            } else {
                assert!(
                    !rest.starts_with('='),
                    "an attribute without quotes: {attribute}"
                );
            }
            attributes.push((attribute, value));
        }
        // What stands in a script is not markup, up to its end tag.
        if name == "script" {
            let end = rest
                .to_ascii_lowercase()
                .find("</script")
                .expect("a script is closed");
            rest = &rest[end..];
        }
        tags.push((name, attributes));
    }
    tags
}

#[test]
fn nothing_hostile_comes_through_any_page() {
    let sample = Sample::new();
    for attack in ATTACKS {
        for (name, html) in pages_with(&sample, attack) {
            for (tag, attributes) in tags(&html) {
                let of = |wanted: &str| {
                    attributes
                        .iter()
                        .find(|(key, _)| key == wanted)
                        .map(|(_, value)| value.as_str())
                };
                let known = [
                    "html", "head", "meta", "title", "link", "script", "body", "a", "header",
                    "div", "svg", "path", "span", "nav", "ul", "li", "ol", "main", "article",
                    "section", "aside", "footer", "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl",
                    "dt", "dd", "details", "summary", "code", "small", "time", "table", "thead",
                    "tbody", "tr", "th", "td", "br", "img", "text", "circle", "strong", "em",
                    "form", "input", "button", "label", "doctype", "meter",
                ];
                assert!(
                    known.contains(&tag.as_str()),
                    "<{tag}> on {name} for {attack}"
                );
                if tag == "script" {
                    assert_eq!(
                        attributes,
                        [("type".to_owned(), "application/ld+json".to_owned())],
                        "{name}: {attack}"
                    );
                }
                if tag == "meta" {
                    assert_eq!(of("http-equiv"), None, "{name}: {attack}");
                }
                if tag == "form" {
                    assert_eq!(of("action"), Some("/search"), "{name}: {attack}");
                }
                for (key, value) in &attributes {
                    let place = format!("{key}={value} on {name} for {attack}");
                    assert!(
                        !key.starts_with("on") && key != "style" && key != "srcdoc",
                        "{place}"
                    );
                    let starts =
                        |schemes: &[&str]| schemes.iter().any(|scheme| value.starts_with(scheme));
                    match key.as_str() {
                        "href" if tag == "link" => {}
                        "href" => assert!(
                            starts(&["/", "#", "http://", "https://", "ftp://", "mailto:", "tel:"]),
                            "{place}"
                        ),
                        "src" => assert!(starts(&["https://"]), "{place}"),
                        "action" => assert_eq!(value, "/search", "{place}"),
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn json_ld_stays_json_whatever_the_texts() {
    let sample = Sample::new();
    for attack in ATTACKS {
        for (name, html) in pages_with(&sample, attack) {
            let Some((_, block)) = html.split_once("<script type=\"application/ld+json\">") else {
                continue;
            };
            let block = block.split_once("</script>").unwrap().0;
            let value: serde_json::Value = serde_json::from_str(block).unwrap();
            match name {
                "home" => {}
                "discussion" => assert_eq!(value["headline"], *attack),
                _ => assert_eq!(value["name"], *attack, "{name}"),
            }
        }
    }
}
