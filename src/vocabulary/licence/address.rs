//! Addresses of licences, spelled out as the names that their paths are.
//!
//! An address says which licence it is only where its host publishes licences: there its path is read
//! as a name. Any other address says nothing, whatever words it has.

/// Hosts that publish licences, the path below which they do, and what their paths leave unsaid.
const HOSTS: &[(&str, &str, &str)] = &[
    ("creativecommons.org", "/licenses/", "cc"),
    ("creativecommons.org", "/publicdomain/zero/", "cc0"),
    (
        "creativecommons.org",
        "/publicdomain/mark/",
        "public domain mark",
    ),
    ("opendatacommons.org", "/licenses/", "odc"),
    ("opendefinition.org", "/licenses/", ""),
    ("opendefinition.org", "/okd/licenses/", ""),
    ("spdx.org", "/licenses/", ""),
    ("etalab.gouv.fr", "/", ""),
    ("etalab.gouv.fr", "/licence-ouverte", ""),
    ("data.gouv.fr", "/pages/legal/licences/", ""),
    ("github.com", "/etalab/licence-ouverte/", ""),
    ("govdata.de", "/dl-de/", ""),
    ("dcat-ap.de", "/def/licenses/", ""),
    ("dati.gov.it", "/iodl/", ""),
    (
        "dati.gov.it",
        "/content/italian-open-data-license-v",
        "iodl",
    ),
    ("w3id.org", "/italia/controlled-vocabulary/licences/", ""),
    ("data.norge.no", "/nlod/", ""),
    (
        "nationalarchives.gov.uk",
        "/doc/open-government-licence/",
        "",
    ),
    ("joinup.ec.europa.eu", "/licence/", ""),
    ("data.vlaanderen.be", "/id/licentie/", ""),
    ("data.europa.eu", "/eli/licence/", ""),
];

/// A text with its addresses spelled out: those of licences as names, others as a mark that is no name.
pub(super) fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for (count, part) in text.split_inclusive(char::is_whitespace).enumerate() {
        let start = ["https://", "http://"]
            .iter()
            .find_map(|scheme| part.find(scheme));
        let Some((before, address)) = start.and_then(|start| part.split_at_checked(start)) else {
            spelled.push_str(part);
            continue;
        };
        spelled.push_str(before);
        if count > 0 {
            spelled.push_str(", ");
        }
        let address = address
            .trim_end()
            .trim_end_matches(['.', ',', ';', ':', ')', '>', '"', '»']);
        spelled.push_str(&name(address).unwrap_or_else(|| "address".to_owned()));
        spelled.push_str(", ");
    }
    spelled
}

/// The name that the path of an address is.
fn name(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let rest = rest.to_lowercase();
    let (host, path) = match rest.find('/') {
        Some(at) => rest.split_at_checked(at)?,
        None => return None,
    };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let (_, folder, unsaid) = HOSTS
        .iter()
        .find(|(known, folder, _)| *known == host && path.starts_with(folder))?;
    let kept = if unsaid.is_empty() {
        path
    } else {
        path.strip_prefix(folder)?
    };
    let kept = ["/deed", "/legalcode", ".html", ".pdf", ".md", "/version"]
        .iter()
        .fold(kept.to_owned(), |path, end| path.replace(end, " "));
    // A year and a month of a file store are no version.
    let parts = kept.split('/').filter(|part| !is_year(part));
    Some(format!("{unsaid} {}", parts.collect::<Vec<_>>().join("/")))
}

/// Whether a part of a path is a year or a month.
fn is_year(part: &str) -> bool {
    matches!(part.len(), 2 | 4) && part.bytes().all(|b| b.is_ascii_digit())
}
