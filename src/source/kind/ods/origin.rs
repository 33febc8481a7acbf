//! The portal that a portal has a dataset from.
//!
//! Portals of the software take datasets from each other: such a copy names the other portal and the
//! dataset's identifier there, so that its page, which is also its name there, can be told. That page is
//! the strong evidence by which the copy is recognised. Datasets that were harvested from other software
//! come without: `references` may lead to their page, which proves nothing.

use super::home::Home;
use super::template::{Template, Templates};
use crate::dcat::{Describe, RecordGraph};
use crate::finding::Finding;
use crate::rdf::vocab::{dct, foaf, prov};
use crate::record::{Kind, RecordId};
use crate::source::contract::{Context, Part, Role};

/// Where a dataset comes from.
pub(super) struct Origin {
    /// The host of the other portal.
    host: String,
    /// What it calls itself.
    title: Option<(String, String)>,
    /// Its short name.
    domain: Option<(String, String)>,
    /// The dataset's page there.
    pub(super) page: Option<String>,
}

impl Origin {
    /// Reads where a dataset comes from; `None` where it is the portal's own.
    pub(super) fn read(
        templates: &Templates<'_>,
        home: &Home,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let default = &templates.default;
        let mut read = |name: &str| default.text(name, findings);
        let address = read("source_domain_address");
        let (title, domain) = (read("source_domain_title"), read("source_domain"));
        let dataset = read("source_dataset");
        let host = host(address.as_deref()?)?;
        if host == home.host() {
            return None;
        }
        let named = |value: Option<String>, name: &str| Some((value?, default.at(name)));
        Some(Self {
            page: dataset.and_then(|dataset| page(&host, &dataset)),
            title: named(title, "source_domain_title"),
            domain: named(domain, "source_domain"),
            host,
        })
    }

    /// Writes it about the catalogue `record`; gives what is said in passing of the other portal.
    pub(super) fn describe(&self, context: &Context<'_>, record: &mut Describe<'_>) -> Part {
        if let Some(page) = &self.page {
            record.iri(prov::WAS_DERIVED_FROM, page, "metas.default.source_dataset");
        }
        let id = RecordId::new(context.portal, Kind::Origin, &self.host);
        let mut graph = RecordGraph::new(context.base.record(&id));
        record.link(prov::HAD_PRIMARY_SOURCE, graph.iri().clone());
        let mut about = Describe::main(&mut graph, record.findings());
        about.a(prov::ENTITY);
        let host = (
            self.host.clone(),
            "metas.default.source_domain_address".to_owned(),
        );
        let (title, field) = self.title.as_ref().unwrap_or(&host);
        about.token(dct::TITLE, title, field);
        let (name, field) = self.domain.as_ref().unwrap_or(&host);
        about.token(dct::IDENTIFIER, name, field);
        about.iri(foaf::HOMEPAGE, &format!("https://{}/", self.host), &host.1);
        let role = Role::Mention;
        Part { id, role, graph }
    }
}

/// Whether the portal, whose own host may be known, has a dataset from another portal.
pub(super) fn is_taken(default: &Template<'_>, own: Option<&str>) -> bool {
    let text = |name: &str| default.value(name).and_then(serde_json::Value::as_str);
    let from = text("source_domain_address").and_then(host);
    if from.is_some() && from.as_deref() == own {
        return false;
    }
    let is_named = text("source_dataset").is_some_and(|dataset| !dataset.trim().is_empty());
    default.is_true("federated") || is_named
}

/// The host of a portal's address, which comes with and without scheme.
fn host(address: &str) -> Option<String> {
    let bare = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))
        .unwrap_or(address);
    let host = bare.split('/').next()?.to_ascii_lowercase();
    let fits = host.contains('.')
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    fits.then_some(host)
}

fn page(host: &str, dataset: &str) -> Option<String> {
    let mut url = url::Url::parse(&format!("https://{host}/")).ok()?;
    url.path_segments_mut()
        .ok()?
        .pop_if_empty()
        .extend(["explore", "dataset", dataset, ""]);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portal_is_known_by_its_host() {
        for (address, is) in [
            ("data.autre.example", Some("data.autre.example")),
            (
                "https://Data.autre.example/explore/",
                Some("data.autre.example"),
            ),
            ("autre", None),
            ("data autre.example", None),
        ] {
            assert_eq!(host(address).as_deref(), is, "{address}");
        }
        assert_eq!(
            page("data.autre.example", "a b").as_deref(),
            Some("https://data.autre.example/explore/dataset/a%20b/")
        );
    }
}
