//! By what a thing is known from one harvest to the next, and by which others refer to it.
//!
//! Sites change to https, drop a `www.` or a slash at the end, and mean the same things by the new addresses.
//! Across portals such names prove that two records are the same (`dcat::identity`); within a feed the key of
//! a record is made of a form that these changes do not touch, so that it keeps its IRI, and nothing is
//! withdrawn for it; and what refers to a record by an address finds it in either spelling. The name itself is
//! published as the source has it.

/// A name without what changes when a site moves to https, drops its `www.`, or the slash at the end of its
/// addresses. What is no web address is its own.
#[must_use]
pub fn lasting(name: &str) -> String {
    let rest = name
        .strip_prefix("http://")
        .or_else(|| name.strip_prefix("https://"));
    let Some(rest) = rest else {
        return name.to_owned();
    };
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    // A slash behind `?` or `#` is none of the path's.
    let rest = if rest.contains(['?', '#']) {
        rest
    } else {
        rest.trim_end_matches('/')
    };
    format!("https://{rest}")
}

#[cfg(test)]
mod tests {
    use super::lasting;

    #[test]
    fn a_site_that_moves_keeps_its_names() {
        for name in [
            "http://e.org/a",
            "https://e.org/a",
            "https://e.org/a/",
            "http://www.e.org/a/",
        ] {
            assert_eq!(lasting(name), "https://e.org/a", "{name}");
        }
        for name in ["urn:uuid:1/", "https://e.org/?a=b/", "id-1", ""] {
            assert_eq!(lasting(name), name);
        }
        assert_ne!(lasting("https://e.org/a"), lasting("https://data.e.org/a"));
    }
}
