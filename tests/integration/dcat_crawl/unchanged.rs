//! Feeds that have not changed, or a little, since they were last read.

use moisson::harvest::Scope;
use moisson::ledger::{Mode, RunState};

use super::*;
use crate::support::Farm;

/// Three pages without entity tags or dates.
fn plain(path: &str) -> Response {
    let number = path.chars().last().and_then(|c| c.to_digit(10)).unwrap();
    let next = if number < 3 {
        format!("<> hydra:next </c?page={}> . ", number + 1)
    } else {
        String::new()
    };
    turtle(format!(
        "{}{next}",
        datasets([number * 10, number * 10 + 1])
    ))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_without_validators_is_read_whole_and_writes_nothing_where_nothing_changed() {
    let (router, asked) = routes(|path, _, _| match path {
        "/robots.txt" => missing(),
        path => plain(path),
    });
    let farm = Farm::of_kind(PortalKind::Dcat, "c?page=1", router).await;
    let first = farm.harvest(Scope::Auto).await;
    assert_eq!(first.state, RunState::Done, "{first:?}");
    farm.sleep(3600);
    let before = farm.reader().sequence().unwrap();
    let bodies = |farm: &Farm| {
        let path = farm.config.store.path.join("ledger.sqlite");
        let ledger = rusqlite::Connection::open(path).unwrap();
        let sql = "SELECT (SELECT count(*) FROM body), (SELECT count(*) FROM version)";
        ledger
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
    };
    let kept: (i64, i64) = bodies(&farm);
    asked.lock().unwrap().clear();
    let second = farm.harvest(Scope::Auto).await;
    assert_eq!((second.state, second.mode), (RunState::Done, Mode::Full));
    let counts = second.counts;
    assert_eq!((counts.listed, counts.unchanged), (6, 6), "{counts:?}");
    assert_eq!(
        (counts.created, counts.updated, counts.withdrawn),
        (0, 0, 0)
    );
    assert_eq!(farm.reader().sequence().unwrap(), before);
    assert_eq!(bodies(&farm), kept);
    assert_eq!(asked.lock().unwrap().len(), 4, "robots.txt and three pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paged_feed_that_tells_changes_is_asked_for_them() {
    let (router, asked) = routes(|path, _, _| match path {
        "/robots.txt" => missing(),
        path if path.contains("modified_since=") => turtle(datasets([7])),
        path => plain(path),
    });
    let mut farm = Farm::of_kind(PortalKind::Dcat, "c?page=1", router).await;
    let since = "filter = { modified_since = ['last'] }";
    farm.config.portals[0].configure(since).unwrap();
    assert_eq!(farm.harvest(Scope::Auto).await.mode, Mode::Full);
    for created in [1, 0] {
        farm.sleep(3600);
        asked.lock().unwrap().clear();
        let report = farm.harvest(Scope::Auto).await;
        assert_eq!(
            (report.state, report.mode),
            (RunState::Done, Mode::Incremental)
        );
        assert_eq!(
            (report.counts.created, report.counts.withdrawn),
            (created, 0)
        );
        assert_eq!(
            asked.lock().unwrap().len(),
            2,
            "robots.txt and what changed"
        );
    }
    assert_eq!(farm.datasets().len(), 7);
}
