//! Where a resource is, and whether that is a file.

use oxigraph::model::NamedNode;

use super::Shared;
use crate::dcat::Describe;
use crate::finding::Code;
use crate::rdf::vocab::dcat;
use crate::source::kind::ckan::fields::Fields;
use crate::source::part::ogc;

/// Formats of what is looked at in a browser.
const PAGES: [&str; 10] = [
    "html", "htm", "web page", "webpage", "website", "web", "link", "url", "url/link", "portal",
];

/// Media types of the same.
const PAGE: &str = "text/html";

/// Endings of addresses that programs answer.
const PROGRAMS: [&str; 8] = ["html", "htm", "php", "asp", "aspx", "jsp", "do", "xhtml"];

/// Writes the addresses of a resource; gives the one that it has in `url`.
pub(super) fn describe(
    resource: &Fields<'_>,
    format: &str,
    shared: &Shared<'_>,
    about: &mut Describe<'_>,
) -> Option<NamedNode> {
    let mut read = |name: &str| {
        let text = resource.text(name, about.findings())?;
        about.clean_iri(&text, &resource.place(name))
    };
    let url = read("url");
    let access = read("access_url");
    let download = read("download_url");
    if let Some(download) = &download {
        about.link(dcat::DOWNLOAD_URL, download.clone());
    }
    if let Some(url) = &url
        && download.is_none()
        && is_file(resource, format, url.as_str())
    {
        about.link(dcat::DOWNLOAD_URL, url.clone());
    }
    let first = access.or_else(|| url.clone()).or_else(|| download.clone());
    if let Some(address) = first {
        about.link(dcat::ACCESS_URL, address);
    } else {
        about.find(
            Code::MissingProperty,
            &resource.place("url"),
            "the dataset's page is given as access address",
            resource.peek("url").unwrap_or_default(),
        );
        if let Ok(page) = NamedNode::new(shared.page) {
            about.link(dcat::ACCESS_URL, page);
        }
    }
    url.or(download)
}

/// Whether the address of a resource is that of a file.
fn is_file(resource: &Fields<'_>, format: &str, url: &str) -> bool {
    // `mailto:` and the like give access, but no file.
    let Some((_, rest)) = url.split_once("://") else {
        return false;
    };
    if matches!(resource.peek("url_type"), Some("upload" | "datastore")) {
        return true;
    }
    let kind = resource.peek("resource_type").unwrap_or_default();
    if matches!(kind, "api" | "documentation" | "visualization" | "code") {
        return false;
    }
    let format = format.to_lowercase();
    let is_service = ogc::is_service(&format) || ogc::behind(&format, url).is_some();
    if is_service || PAGES.contains(&format.as_str()) || format == PAGE {
        return false;
    }
    if !format.is_empty() {
        return true;
    }
    let mime = resource.peek("mimetype").unwrap_or_default();
    if !mime.is_empty() {
        return mime != PAGE;
    }
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let name = path.split('/').skip(1).last().unwrap_or_default();
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| {
        (2..=7).contains(&ending.len())
            && ending.bytes().all(|b| b.is_ascii_alphanumeric())
            && !PROGRAMS.contains(&ending.as_str())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_are_told_from_pages_and_services() {
        for (resource, url, is) in [
            (
                json!({"url_type": "upload", "format": "HTML"}),
                "https://e.org/a",
                true,
            ),
            (json!({"format": "CSV"}), "https://e.org/export", true),
            (json!({"format": "WMS"}), "https://e.org/wms", false),
            (json!({"format": "Website"}), "https://e.org/", false),
            (
                json!({"resource_type": "documentation", "format": "PDF"}),
                "https://e.org/a.pdf",
                false,
            ),
            (json!({}), "https://e.org/a/b.csv?x=1.html", true),
            (json!({}), "https://e.org/a/b", false),
            (json!({}), "https://e.org", false),
            (json!({}), "https://e.org/index.php", false),
            (
                json!({"mimetype": "application/zip"}),
                "https://e.org/x",
                true,
            ),
            (json!({"format": "CSV"}), "mailto:x@e.org", false),
        ] {
            let fields = Fields::of_part(resource.as_object().unwrap(), "r");
            let format = fields.peek("format").unwrap_or_default();
            assert_eq!(is_file(&fields, format, url), is, "{resource} {url}");
        }
    }
}
