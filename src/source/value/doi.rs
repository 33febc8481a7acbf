//! DOIs, which sources write in half a dozen ways.

use crate::dcat::is_doi_name;

/// The address of a DOI (<https://www.doi.org/the-identifier/resources/handbook/>) however it is written.
pub(in crate::source) fn doi(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let start = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi:",
    ]
    .into_iter()
    .find(|start| lower.starts_with(start))
    .map_or(0, str::len);
    let name = text.get(start..)?.trim();
    is_doi_name(name).then(|| format!("https://doi.org/{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dois_are_recognised_however_written() {
        for written in [
            "10.5281/zenodo.1",
            "doi:10.5281/zenodo.1",
            "https://dx.doi.org/10.5281/zenodo.1",
        ] {
            assert_eq!(
                doi(written).as_deref(),
                Some("https://doi.org/10.5281/zenodo.1"),
                "{written}"
            );
        }
        for bad in ["zenodo.1", "10.5281", "https://doi.org/", "10.x/1"] {
            assert_eq!(doi(bad), None, "{bad}");
        }
    }
}
