//! A reader who asks for a language by `lang=` keeps it: the links and forms of a page, and where an answer
//! leads to, ask for it too.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use super::error::WebError;
use super::html::Language;
use crate::record::Base;

/// Gives every answer the language that its request has asked for.
pub(super) async fn keep(State(base): State<Base>, request: Request, next: Next) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, value)| Language::known(&value));
    let mut response = next.run(request).await;
    let Some(asked) = asked.map(|language| Within {
        base: &base,
        tag: language.tag(),
    }) else {
        return response;
    };
    let header = |headers: &HeaderMap, name| {
        let value = headers.get(name)?;
        Some(value.to_str().ok()?.to_owned())
    };
    if let Some(target) = header(response.headers(), header::LOCATION)
        && let Some(target) = asked.address(&target, "&")
        && let Ok(target) = HeaderValue::from_str(&target)
    {
        response.headers_mut().insert(header::LOCATION, target);
    }
    let kind = header(response.headers(), header::CONTENT_TYPE);
    if !kind.is_some_and(|kind| kind.starts_with("text/html")) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    // Pages are made whole.
    match to_bytes(body, usize::MAX).await {
        Ok(page) => {
            let page = asked.page(&String::from_utf8_lossy(&page));
            Response::from_parts(parts, page.into())
        }
        Err(error) => WebError::internal(error).into_response(),
    }
}

/// The site in one language.
struct Within<'a> {
    base: &'a Base,
    tag: &'static str,
}

impl Within<'_> {
    /// A page whose links and forms stay in the language.
    fn page(&self, html: &str) -> String {
        let mut page = String::with_capacity(html.len() + html.len() / 16);
        let mut rest = html;
        while let Some((text, tag)) = rest.split_once('<')
            && let Some((tag, after)) = tag.split_once('>')
        {
            page.push_str(text);
            page.push('<');
            match tag.strip_prefix("a ").and_then(|_| self.link(tag)) {
                Some(link) => page.push_str(&link),
                None => page.push_str(tag),
            }
            page.push('>');
            if tag.starts_with("form ") {
                let input = format!(
                    "<input type=\"hidden\" name=\"lang\" value=\"{}\">",
                    self.tag
                );
                page.push_str(&input);
            }
            rest = after;
        }
        page.push_str(rest);
        page
    }

    /// The tag of a link that stays in the language; none where it leads elsewhere.
    fn link(&self, tag: &str) -> Option<String> {
        let (before, value) = tag.split_once(" href=\"")?;
        let (address, after) = value.split_once('"')?;
        let address = self.address(address, "&#38;")?;
        Some(format!("{before} href=\"{address}\"{after}"))
    }

    /// An address of a page of the site with the language, where it says nothing of that; `and` stands
    /// between its parameters.
    fn address(&self, address: &str, and: &str) -> Option<String> {
        let base = self.base;
        let path = (address.strip_prefix(base.as_str()))
            .or_else(|| address.strip_prefix(base.folder()))
            // What the page of the endpoint names beside itself.
            .or_else(|| address.starts_with("sparql?").then_some(address))?;
        if path.starts_with(['/', '\\']) {
            return None;
        }
        // `&#38;` begins no fragment.
        let fragment = address
            .match_indices('#')
            .map(|(at, _)| at)
            .find(|at| !address.get(..*at).is_some_and(|text| text.ends_with('&')));
        let (address, fragment) = address.split_at_checked(fragment.unwrap_or(address.len()))?;
        let (resource, query) = address.split_once('?').unwrap_or((address, ""));
        let name = resource.rsplit('/').next().unwrap_or_default();
        let is_page = name
            .rsplit_once('.')
            .is_none_or(|(_, extension)| extension == "html");
        let is_said = query
            .split(['&', ';'])
            .any(|pair| pair.starts_with("lang="));
        if !is_page || is_said {
            return None;
        }
        let mark = if address.contains('?') { and } else { "?" };
        Some(format!("{address}{mark}lang={}{fragment}", self.tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_the_site_keep_the_language_and_others_are_as_they_are() {
        for (base, page, expected) in [
            ("https://e.org/", "/", "/?lang=en"),
            ("https://e.org/", "/dataset/p/k", "/dataset/p/k?lang=en"),
            ("https://e.org/", "/a?b=c#d", "/a?b=c&#38;lang=en#d"),
            (
                "https://e.org/",
                "/a?b=c&#38;d=e",
                "/a?b=c&#38;d=e&#38;lang=en",
            ),
            (
                "https://e.org/",
                "https://e.org/catalog.html",
                "https://e.org/catalog.html?lang=en",
            ),
            ("https://e.org/c/", "/c/list/x", "/c/list/x?lang=en"),
            (
                "https://e.org/c/",
                "sparql?query=x",
                "sparql?query=x&#38;lang=en",
            ),
            ("https://e.org/c/", "/d", "/d"),
            ("https://e.org/", "/a?lang=fr", "/a?lang=fr"),
            ("https://e.org/", "/a?b=c&#38;lang=fr", "/a?b=c&#38;lang=fr"),
            ("https://e.org/", "/catalog.ttl", "/catalog.ttl"),
            ("https://e.org/", "//x.org/", "//x.org/"),
            ("https://e.org/", "https://x.org/a", "https://x.org/a"),
            ("https://e.org/", "#part", "#part"),
        ] {
            let base = Base::new(base).unwrap();
            let within = Within {
                base: &base,
                tag: "en",
            };
            let html = |address: &str| {
                format!(
                    "<link href=\"/\"><p>1 &#60; 2 <a class=\"x\" href=\"{address}\" rel=\"\">a</a> <"
                )
            };
            assert_eq!(within.page(&html(page)), html(expected));
        }
        let base = Base::new("https://e.org/").unwrap();
        let within = Within {
            base: &base,
            tag: "fr",
        };
        let form = within.page("<form action=\"sparql\"></form>");
        let hidden = "<input type=\"hidden\" name=\"lang\" value=\"fr\">";
        assert_eq!(form, format!("<form action=\"sparql\">{hidden}</form>"));
    }
}
