//! The portal's own addresses.
//!
//! A portal answers under several names (its own domain, one of the company's, a proxy's), but links to
//! itself by one: that name is what its pages and files are called by, whatever it was asked by. Without
//! links it is the address that the configuration has.

use url::Url;

use super::payload::Dataset;
use crate::source::contract::Context;

/// Where the API is, below the portal's root.
pub(super) const API: [&str; 3] = ["api", "explore", "v2.1"];

/// The portal, as it calls itself.
#[derive(Debug, Clone)]
pub(super) struct Home(Url);

impl Home {
    /// The portal that a record comes from.
    pub(super) fn of(record: &Dataset, context: &Context<'_>) -> Self {
        let links = record.links.peek().into_iter().flatten();
        let own = links
            .filter_map(|link| link.peek())
            .find(|link| link.rel.peek_text() == Some("self"))
            .and_then(|link| root(link.href.peek_text()?));
        Self(own.unwrap_or_else(|| context.root.clone()))
    }

    /// Its host.
    pub(super) fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The page of a dataset.
    pub(super) fn page(&self, dataset: &str) -> String {
        self.below(&["explore", "dataset", dataset, ""])
    }

    /// An address of the API about a dataset.
    pub(super) fn api(&self, dataset: &str, rest: &[&str]) -> String {
        let path = [&API[..], &["catalog", "datasets", dataset], rest].concat();
        self.below(&path)
    }

    fn below(&self, segments: &[&str]) -> String {
        let mut url = self.0.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url.into()
    }
}

/// The root of a portal one of whose addresses in the API this is.
fn root(address: &str) -> Option<Url> {
    let (root, _) = address.split_once("/api/")?;
    let url = Url::parse(&format!("{root}/")).ok()?;
    matches!(url.scheme(), "http" | "https").then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_what_stands_before_the_api() {
        for (address, is) in [
            (
                "https://data.example/api/explore/v2.1/catalog/datasets/x",
                Some("https://data.example/"),
            ),
            (
                "https://e.example/portal/api/v2/catalog/datasets/x",
                Some("https://e.example/portal/"),
            ),
            ("https://data.example/explore/dataset/x", None),
            ("file:///api/explore", None),
        ] {
            assert_eq!(root(address).map(String::from).as_deref(), is, "{address}");
        }
    }
}
