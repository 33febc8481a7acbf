//! A CKAN portal read by its DCAT feed instead of its API.

use moisson::config::PortalKind;
use moisson::harvest::Scope;
use moisson::ledger::RunState;

use super::*;
use crate::support::Farm;

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_is_read_by_its_feed_where_the_configuration_says_so() {
    let routes = || demo::dcat::router(demo::dcat::SampleData::bundled());
    let feed = Farm::of_kind(PortalKind::Dcat, "catalog.ttl", routes()).await;
    let mut portal = Farm::of_kind(PortalKind::Ckan, "", routes()).await;
    let via_feed = "via = 'dcat'";
    portal.config.portals[0].configure(via_feed).unwrap();
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

#[tokio::test]
async fn filters_are_handed_on_to_the_search_behind_the_feed_on_every_page() {
    for forgets in [true, false] {
        let fake = faulty(move |asked, _| {
            if asked.path != "/catalog.ttl" {
                return refused();
            }
            let number = match asked.parameter("page") {
                "" => 1,
                page => page.parse().unwrap(),
            };
            let mut next = String::new();
            if number < 3 {
                let query = if forgets { "" } else { "q=riviere&fq=pas+le+sien&" };
                next = format!(
                    "[] a hydra:PagedCollection ; hydra:totalItems 3 ; \
                     hydra:nextPage \"/catalog.ttl?{query}page={}\" .",
                    number + 1
                );
            }
            let text = format!(
                "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n\
                 @prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n\
                 <https://e.org/d/{number}> a dcat:Dataset ; dct:title \"T\" . {next}"
            );
            ([(header::CONTENT_TYPE, "text/turtle")], text).into_response()
        })
        .await;
        let more = "via = 'dcat'\nfilter = { tags = ['eau \"douce\"', 'crue'], organization = ['syndicat'], \
                    q = ['riviere'], fq = ['-type:harvest'] }\n";
        let mut crawl = crawl(&fake, more, Plan::Full, None);
        assert_eq!(keys(&pages(&mut crawl).await.unwrap()).len(), 3);
        let asked = fake.requests();
        let pages: Vec<_> = asked.iter().map(|asked| asked.parameter("page")).collect();
        assert_eq!(pages, ["", "2", "3"]);
        let clauses =
            r#"+(-type:harvest) +organization:"syndicat" +tags:"eau \"douce\"" +tags:"crue""#;
        for (number, asked) in asked.iter().enumerate() {
            assert_eq!(asked.parameter("q"), "riviere");
            // What the portal itself writes into its links is its own affair.
            if forgets || number == 0 {
                assert_eq!(asked.parameter("fq"), clauses);
            }
        }
    }
}

#[tokio::test]
async fn without_a_filter_the_feed_is_asked_for_everything() {
    let fake = running(demo::dcat::router(demo::dcat::SampleData::bundled())).await;
    let mut crawl = crawl(&fake, "via = 'dcat'\n", Plan::Full, None);
    assert!(keys(&pages(&mut crawl).await.unwrap()).len() > 30);
}
