//! The pages of a feed (<https://www.hydra-cg.com/spec/latest/core/>), in both dialects that catalogues
//! use: a view of a collection with `hydra:next`, and the older `hydra:PagedCollection` with
//! `hydra:nextPage`; the links as IRIs or as texts.

use oxigraph::model::{NamedNodeRef, Term, Triple};
use url::Url;

use crate::rdf::vocab::{dcat, dct, hydra};
use crate::salvage::index::{Index, IndexError};

/// What a page says of the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paging {
    /// The page after it.
    pub(super) next: Option<Url>,
    /// How many entries the whole list has.
    pub(super) total: Option<u64>,
}

/// Reads them from a page that was fetched from `url`.
pub(super) fn paging(index: &Index, url: &Url) -> Result<Paging, IndexError> {
    let next = match link(&index.with_property(hydra::NEXT)?, url) {
        Some(next) => Some(next),
        None => link(&index.with_property(hydra::NEXT_PAGE)?, url),
    };
    let totals = index.with_property(hydra::TOTAL_ITEMS)?;
    let total = totals
        .iter()
        .filter_map(|triple| match &triple.object {
            Term::Literal(literal) => literal.value().trim().parse().ok(),
            _ => None,
        })
        .max();
    Ok(Paging { next, total })
}

/// The link of the page itself where several pages are described, else the first that is one.
fn link(triples: &[Triple], url: &Url) -> Option<Url> {
    let target = |triple: &Triple| {
        let text = match &triple.object {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().trim().to_owned(),
            Term::BlankNode(_) => return None,
        };
        let mut target = url.join(&text).ok()?;
        target.set_fragment(None);
        (!text.is_empty() && matches!(target.scheme(), "http" | "https")).then_some(target)
    };
    let of_page = |triple: &&Triple| triple.subject.to_string() == format!("<{}>", url.as_str());
    triples
        .iter()
        .find(of_page)
        .and_then(target)
        .or_else(|| triples.iter().find_map(target))
}

/// Where a link to a page leads that was written behind a proxy, which knows its host by another name:
/// to the feed's own origin, and to the feed's own path where only the parameters tell pages apart.
pub(super) fn rewritten(next: &Url, feed: &Url) -> Option<Url> {
    if next.origin() == feed.origin() {
        return None;
    }
    let last = |url: &Url| {
        let mut segments = url.path_segments()?;
        segments.next_back().map(str::to_owned)
    };
    let mut url = feed.clone();
    if last(next) != last(feed) {
        url.set_path(next.path());
    }
    url.set_query(next.query());
    url.set_fragment(None);
    Some(url)
}

/// Where a link to a page leads that knows the feed's host but not the path below which the portal is
/// mounted: to the feed's own path, if its last part is the same. To be tried where the link fails.
pub(super) fn mounted(next: &Url, feed: &Url) -> Option<Url> {
    if next.origin() != feed.origin() || next.path() == feed.path() {
        return None;
    }
    let (_, document) = feed.path().rsplit_once('/')?;
    let is_it = next.path().rsplit('/').next() == Some(document) && !document.is_empty();
    let mut url = feed.clone();
    url.set_query(next.query());
    url.set_fragment(None);
    is_it.then_some(url)
}

/// The documents of catalogues below that of a page, on the feed's own host: those that the page lists
/// and does not describe.
pub(super) fn subcatalogues(index: &Index, feed: &Url) -> Result<Vec<Url>, IndexError> {
    let mut found = Vec::new();
    for property in [dcat::CATALOG, dct::HAS_PART] {
        for triple in index.with_property(property)? {
            let Term::NamedNode(node) = &triple.object else {
                continue;
            };
            let Ok(mut url) = Url::parse(node.as_str()) else {
                continue;
            };
            url.set_fragment(None);
            let of_catalogue = |subject| -> Result<bool, IndexError> {
                let said = index.about(subject)?;
                Ok(said
                    .iter()
                    .any(|triple| triple.object.as_ref() == dcat::CATALOG_CLASS.into()))
            };
            if url.origin() != feed.origin() || !of_catalogue(&triple.subject)? {
                continue;
            }
            let said = index.about(&node.clone().into())?;
            let lists = |property: NamedNodeRef<'_>| said.iter().any(|t| t.predicate == property);
            let is_other = !said.is_empty() && !of_catalogue(&node.clone().into())?;
            let is_here = lists(dcat::DATASET) || lists(dcat::SERVICE);
            if !is_other && !is_here && !found.contains(&url) {
                found.push(url);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rdf::syntax::Syntax;
    use crate::salvage::index::Room;
    use crate::salvage::read;

    fn index(turtle: &str, url: &str) -> Index {
        let mut index = Index::new(Room::Memory).unwrap();
        let text = format!(
            "@prefix hydra: <http://www.w3.org/ns/hydra/core#> . @prefix dcat: <http://www.w3.org/ns/dcat#> . {turtle}"
        );
        read(text.as_bytes(), Syntax::Turtle, None, Some(url), &mut index).unwrap();
        index.settle().unwrap();
        index
    }

    #[test]
    fn both_dialects_lead_to_the_next_page_by_iri_or_text() {
        let here = "https://e.fr/catalogue.ttl?page=1";
        for turtle in [
            "<> hydra:view <?page=1> . <?page=1> a hydra:PartialCollectionView ; hydra:next <?page=2> .",
            "<> a hydra:PagedCollection ; hydra:nextPage \"https://e.fr/catalogue.ttl?page=2\" .",
            "<> a hydra:PagedCollection ; hydra:nextPage \"/catalogue.ttl?page=2\" .",
            "[] a hydra:PagedCollection ; hydra:nextPage <?page=2> .",
        ] {
            let turtle = format!("{turtle} <> hydra:totalItems \"12\" .");
            let found = paging(&index(&turtle, here), &Url::parse(here).unwrap()).unwrap();
            assert_eq!(
                (found.next.as_ref().map(Url::as_str), found.total),
                (Some("https://e.fr/catalogue.ttl?page=2"), Some(12)),
                "{turtle}"
            );
        }
    }

    #[test]
    fn of_several_pages_the_one_that_was_fetched_says_which_is_next() {
        let here = "https://e.fr/c?page=2";
        let turtle = "<?page=1> hydra:next <?page=2> . <?page=2> hydra:next <?page=3> .";
        let found = paging(&index(turtle, here), &Url::parse(here).unwrap()).unwrap();
        assert_eq!(found.next.unwrap().as_str(), "https://e.fr/c?page=3");
    }

    #[test]
    fn links_that_name_another_host_lead_to_the_feeds_own() {
        let feed = Url::parse("https://donnees.e.fr/portail/catalogue.rdf?tag=eau").unwrap();
        for (next, meant) in [
            (
                "http://ckan:5000/catalogue.rdf?page=2&tag=eau",
                Some("https://donnees.e.fr/portail/catalogue.rdf?page=2&tag=eau"),
            ),
            (
                "http://localhost/pages/2",
                Some("https://donnees.e.fr/pages/2"),
            ),
            ("https://donnees.e.fr/portail/catalogue.rdf?page=2", None),
        ] {
            let found = rewritten(&Url::parse(next).unwrap(), &feed);
            assert_eq!(found.as_ref().map(Url::as_str), meant, "{next}");
        }
    }

    #[test]
    fn links_that_forget_the_mount_lead_to_the_feeds_own_path() {
        let feed = Url::parse("https://e.fr/ckan/catalogue.rdf?tag=eau").unwrap();
        for (next, meant) in [
            (
                "https://e.fr/catalogue.rdf?page=2",
                Some("https://e.fr/ckan/catalogue.rdf?page=2"),
            ),
            ("https://e.fr/ckan/catalogue.rdf?page=2", None),
            ("https://e.fr/pages/2", None),
            ("https://autre.fr/catalogue.rdf?page=2", None),
        ] {
            let found = mounted(&Url::parse(next).unwrap(), &feed);
            assert_eq!(found.as_ref().map(Url::as_str), meant, "{next}");
        }
    }

    #[test]
    fn catalogues_below_are_fetched_where_they_are_the_hosts_own_and_not_described_yet() {
        let here = "https://e.fr/c";
        let turtle = "<c> a dcat:Catalog ; dcat:catalog <c/1>, <c/2>, <https://autre.fr/c>, <#d> .
            <c/2> a dcat:Catalog ; dcat:dataset <d> . <d> a dcat:Dataset .
            <d> dcat:catalog <c/3> .";
        let found = subcatalogues(&index(turtle, here), &Url::parse(here).unwrap()).unwrap();
        let found: Vec<_> = found.iter().map(Url::as_str).collect();
        assert_eq!(found, ["https://e.fr/c/1", "https://e.fr/c"]);
    }
}
