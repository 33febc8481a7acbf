//! A CKAN portal read by its DCAT feed instead of its API.

use moisson::config::{PortalKind, Via};
use moisson::harvest::Scope;
use moisson::ledger::RunState;

use super::*;
use crate::support::Farm;

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_read_by_its_feed_where_the_configuration_says_so() {
    let routes = || demo::dcat::router(demo::dcat::SampleData::bundled());
    let feed = Farm::of_kind(PortalKind::Dcat, "catalog.ttl", routes()).await;
    let mut portal = Farm::of_kind(PortalKind::Ckan, "", routes()).await;
    portal.config.portals[0].via = Some(Via::Dcat);
    let expected = feed.harvest(Scope::Full).await;
    for scope in [Scope::Full, Scope::Auto] {
        let report = portal.harvest(scope).await;
        assert_eq!(report.state, RunState::Done, "{report:?}");
        assert_eq!(report.counts.rejected, expected.counts.rejected);
        assert_eq!(report.counts.withdrawn, 0, "{report:?}");
    }
    assert!(portal.datasets().len() >= 30);
    assert_eq!(portal.datasets(), feed.datasets());
}

#[test]
fn a_filter_of_the_api_is_refused_for_the_feed() {
    let text = "[[portal]]\nid = 'p'\nkind = 'ckan'\nurl = 'https://portail.example/'\nvia = 'dcat'\n\
                filter = { tags = ['eau'] }\n";
    let config = Config::parse(text, "moisson.toml".as_ref()).unwrap();
    let portal = &config.portals[0];
    let start = source::of(portal.kind).crawl;
    let root = portal.root().unwrap();
    let refused = start(portal, root, Plan::Full, None, Settings::default()).err();
    assert!(refused.is_some_and(|why| why.contains("knows no filter")));
}
