//! Feeds that are read in pieces: after a crash, and by runs whose budget is too small for them.

use std::collections::HashMap;

use moisson::harvest::Scope;
use moisson::ledger::{Filter, Position, RunState};
use rusqlite::Connection;

use super::*;
use crate::support::Farm;

/// The pages of a feed, which may change while it is read.
type Pages = Arc<Mutex<Vec<String>>>;

fn pages(bodies: impl IntoIterator<Item = String>) -> Pages {
    Arc::new(Mutex::new(bodies.into_iter().collect()))
}

/// Two datasets a page.
fn pairs(numbers: &[u32]) -> Vec<String> {
    let pairs = numbers.chunks(2);
    pairs.map(|pair| datasets(pair.iter().copied())).collect()
}

/// Serves pages at `/c?page=1` and so on, with a total or without one.
fn answers(
    pages: &Pages,
    total: Option<u32>,
) -> impl Fn(&str, usize, &HeaderMap) -> Response + Send + Sync + 'static {
    let pages = pages.clone();
    move |path, _, _| {
        let pages = pages.lock().unwrap();
        let number = path.strip_prefix("/c?page=");
        let Some(number) = number.and_then(|number| number.parse::<usize>().ok()) else {
            return missing();
        };
        let Some(body) = pages.get(number - 1) else {
            return missing();
        };
        let mut text = body.clone();
        if let Some(total) = total {
            write!(text, "<> hydra:totalItems {total} . ").unwrap();
        }
        if number < pages.len() {
            write!(text, "<> hydra:next </c?page={}> . ", number + 1).unwrap();
        }
        turtle(text)
    }
}

/// What a crawl gives in so many pages, and where it is then.
async fn piece(crawl: &mut Box<dyn Crawl>, count: usize) -> (Vec<RawRecord>, String) {
    let fetcher = fetcher();
    let mut records = Vec::new();
    for _ in 0..count {
        let page = crawl.next(&fetcher).await.unwrap().unwrap();
        records.extend(page.records);
    }
    (records, crawl.cursor())
}

/// What is known in the end: of a record that comes twice the last.
fn known(records: impl IntoIterator<Item = RawRecord>) -> BTreeMap<String, String> {
    let text = |record: RawRecord| String::from_utf8(record.payload).unwrap();
    let records = records.into_iter();
    records
        .map(|record| (record.key.clone(), text(record)))
        .collect()
}

#[tokio::test]
async fn an_interrupted_feed_goes_on_with_the_page_it_was_on() {
    for total in [Some(10), None] {
        let feed = feed(answers(
            &pages(pairs(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10])),
            total,
        ))
        .await;
        let portal = portal(&format!("{}/c?page=1", feed.origin));
        let (mut records, cursor) = piece(&mut start(&portal, Plan::Full), 3).await;
        feed.asked.lock().unwrap().clear();
        let walked = walk_on(resume(&portal, Plan::Full, Some(&cursor)).unwrap()).await;
        assert!(walked.error.is_none(), "{:?}", walked.error);
        assert_eq!(
            *feed.asked.lock().unwrap(),
            ["/c?page=3", "/c?page=4", "/c?page=5"]
        );
        records.extend(walked.records);
        assert_eq!(known(records).len(), 10);
        assert_eq!(walked.seen_whole.len(), 4);
        assert_eq!(walked.memory, None);
        assert_eq!(walked.notes, [""; 0]);
        assert!(cursor.len() < 1000, "{cursor}");
    }
}

#[tokio::test]
async fn records_without_iri_are_the_same_when_their_page_is_read_again() {
    let page = |number: u32| {
        format!("[] a dcat:Dataset ; dct:identifier \"n{number}\" ; dct:title \"T\" . ")
    };
    let feed = feed(answers(&pages((1..=4).map(page)), None)).await;
    let portal = portal(&format!("{}/c?page=1", feed.origin));
    let (mut records, cursor) = piece(&mut start(&portal, Plan::Full), 2).await;
    feed.asked.lock().unwrap().clear();
    let walked = walk_on(resume(&portal, Plan::Full, Some(&cursor)).unwrap()).await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(feed.asked.lock().unwrap().len(), 3, "{:?}", walked.notes);
    records.extend(walked.records);
    assert_eq!(known(records).len(), 4);
}

#[tokio::test]
async fn a_feed_of_one_document_is_read_again_and_remembered() {
    let feed = feed(|_, _, headers| {
        assert!(!headers.contains_key(header::IF_NONE_MATCH));
        let mut answer = turtle(datasets(1..=150));
        let tag = "\"a\"".parse().unwrap();
        answer.headers_mut().insert(header::ETAG, tag);
        answer
    })
    .await;
    let portal = portal(&format!("{}/c", feed.origin));
    let (_, cursor) = piece(&mut start(&portal, Plan::Full), 1).await;
    let memory = walk(&portal, Plan::Full).await.memory;
    assert!(
        memory
            .as_ref()
            .is_some_and(|memory| memory.contains("\\\"a\\\""))
    );
    let plan = Plan::Incremental {
        since: "2026-01-01T00:00:00+00:00".to_owned(),
        known: HashMap::default(),
        memory: memory.clone(),
    };
    let walked = walk_on(resume(&portal, plan, Some(&cursor)).unwrap()).await;
    assert_eq!(walked.records.len(), 150);
    assert_eq!(walked.memory, memory);
}

#[tokio::test]
async fn a_record_that_moved_does_not_make_up_for_one_that_was_never_met() {
    for total in [Some(8), None] {
        let served = pages(pairs(&[1, 2, 3, 4, 5, 6, 7, 8]));
        let feed = feed(answers(&served, total)).await;
        let portal = portal(&format!("{}/c?page=1", feed.origin));
        let (mut records, cursor) = piece(&mut start(&portal, Plan::Full), 2).await;
        // 7 comes to the front: it was not met yet, and the pages after do not show it any more.
        *served.lock().unwrap() = pairs(&[7, 1, 2, 3, 4, 5, 6, 8]);
        feed.asked.lock().unwrap().clear();
        let walked = walk_on(resume(&portal, Plan::Full, Some(&cursor)).unwrap()).await;
        assert!(walked.error.is_none(), "{:?}", walked.error);
        assert_eq!(feed.asked.lock().unwrap().len(), 3 + 4, "{total:?}");
        assert!(walked.notes[0].contains("once more"), "{:?}", walked.notes);
        records.extend(walked.records);
        assert_eq!(known(records).len(), 8);
    }
}

#[tokio::test]
async fn a_feed_that_is_never_read_in_one_go_and_moves_is_not_whole() {
    let served = pages(pairs(&[1, 2, 3, 4, 5, 6]));
    let feed = feed(answers(&served, None)).await;
    let portal = portal(&format!("{}/c?page=1", feed.origin));
    let (_, cursor) = piece(&mut start(&portal, Plan::Full), 2).await;
    *served.lock().unwrap() = pairs(&[5, 1, 2, 3, 4, 6]);
    let mut second = resume(&portal, Plan::Full, Some(&cursor)).unwrap();
    // 5 is given by the second walk, which is interrupted there.
    let (_, cursor) = piece(&mut second, 3).await;
    assert!(cursor.contains("\"walk\":2"), "{cursor}");
    *served.lock().unwrap() = pairs(&[6, 5, 1, 2, 3, 4]);
    let mut third = resume(&portal, Plan::Full, Some(&cursor)).unwrap();
    let (_, cursor) = piece(&mut third, 2).await;
    *served.lock().unwrap() = pairs(&[4, 6, 5, 1, 2, 3]);
    let walked = walk_on(resume(&portal, Plan::Full, Some(&cursor)).unwrap()).await;
    assert!(
        matches!(walked.error, Some(CrawlError::Moving { .. })),
        "{:?}",
        walked.error
    );
}

#[tokio::test]
async fn pages_in_circles_are_noticed_after_an_interruption_too() {
    let feed = feed(|path, _, _| {
        let number: u32 = path.trim_start_matches("/c?page=").parse().unwrap();
        let next = if number == 4 { 2 } else { number + 1 };
        turtle(format!(
            "{}<> hydra:next </c?page={next}> .",
            datasets([number])
        ))
    })
    .await;
    let portal = portal(&format!("{}/c?page=1", feed.origin));
    let (_, cursor) = piece(&mut start(&portal, Plan::Full), 3).await;
    let walked = walk_on(resume(&portal, Plan::Full, Some(&cursor)).unwrap()).await;
    assert!(
        matches!(walked.error, Some(CrawlError::EndlessPages { .. })),
        "{:?}",
        walked.error
    );
    assert!(feed.asked.lock().unwrap().len() < 10);
}

#[tokio::test]
async fn a_second_walk_may_be_long_before_it_meets_something_new() {
    let early: Vec<u32> = (1..=14).collect();
    let served = pages(pairs(&early));
    let moving = served.clone();
    let answer = answers(&served, Some(14));
    let feed = feed(move |path, before, headers| {
        if path == "/c?page=6" && before == 0 {
            // 14 comes before what is read by now.
            *moving.lock().unwrap() = pairs(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 10, 11, 12, 13]);
        }
        answer(path, before, headers)
    })
    .await;
    let walked = crawled(&feed, "/c?page=1").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 14);
}

/// Six pages whose records point forwards, backwards and elsewhere.
fn entangled() -> Vec<String> {
    let page = |number: u32, points: &[&str]| {
        let points: Vec<String> = points
            .iter()
            .map(|name| format!("dct:relation <https://{name}>"))
            .collect();
        format!(
            "{} <https://e.org/d/{number}0> a dcat:Dataset ; dct:title \"L\" ; {} . ",
            datasets([number]),
            points.join(" ; ")
        )
    };
    vec![
        page(1, &["e.org/d/2", "autre.org/x"]),
        page(2, &["e.org/d/6", "e.org/d/1"]),
        page(3, &["e.org/d/1", "e.org/d/20"]),
        page(4, &["e.org/d/3", "e.org/d/5"]),
        page(5, &["e.org/d/10", "autre.org/y"]),
        page(6, &["e.org/d/2", "e.org/d/60"]),
    ]
}

#[tokio::test]
async fn links_across_pages_come_out_the_same_wherever_the_crawl_was_interrupted() {
    for total in [Some(12), None] {
        let feed = feed(answers(&pages(entangled()), total)).await;
        let portal = portal(&format!("{}/c?page=1", feed.origin));
        let expected = known(walk(&portal, Plan::Full).await.records);
        assert_eq!(expected.len(), 12);
        let linked = |text: &str| text.matches("{\"collection\"").count();
        assert_eq!(linked(&expected["https://e.org/d/20"]), 2);
        for count in 1..=6 {
            let (mut records, cursor) = piece(&mut start(&portal, Plan::Full), count).await;
            let walked = walk_on(resume(&portal, Plan::Full, Some(&cursor)).unwrap()).await;
            assert!(walked.error.is_none(), "{:?}", walked.error);
            records.extend(walked.records);
            assert!(known(records) == expected, "after {count} pages");
        }
        // In pieces of two pages each, of which one is read again.
        let (mut records, mut cursor) = piece(&mut start(&portal, Plan::Full), 2).await;
        let mut pieces = 1;
        let ended = loop {
            let mut crawl = resume(&portal, Plan::Full, Some(&cursor)).unwrap();
            let fetcher = fetcher();
            let mut ended = None;
            for _ in 0..2 {
                match crawl.next(&fetcher).await {
                    Ok(Some(page)) => records.extend(page.records),
                    Ok(None) => ended = Some(crawl.seen_whole().len()),
                    Err(error) => panic!("{error}"),
                }
            }
            if let Some(ended) = ended {
                break ended;
            }
            cursor = crawl.cursor();
            pieces += 1;
            assert!(pieces < 40, "it does not end");
        };
        assert_eq!(ended, 4);
        assert!(pieces > 5, "{pieces}");
        let found = known(records);
        for (key, payload) in &expected {
            assert_eq!(found.get(key), Some(payload), "{key}");
        }
    }
}

/// The descriptions of what is live, without the address of the feed, which differs.
fn descriptions(farm: &Farm) -> BTreeMap<String, String> {
    let reader = farm.reader();
    let at = reader.sequence().unwrap();
    let page = reader
        .page(&Filter::default(), Position::Offset(0), 1000, at)
        .unwrap();
    let address = farm.config.portals[0].url.trim_end_matches("c?page=1");
    let records = page.records.into_iter();
    let own = records.filter(|record| record.iri.contains("/dataset/"));
    own.map(|record| {
        let body = reader.body(record.digest).unwrap();
        (record.iri, body.replace(address, "http://feed/"))
    })
    .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn runs_over_a_small_budget_read_the_whole_feed_together() {
    let served = pages(entangled());
    let (router, _) = routes(answers(&served, Some(12)));
    let whole = Farm::of_kind(PortalKind::Dcat, "c?page=1", router).await;
    assert_eq!(whole.harvest(Scope::Full).await.state, RunState::Done);
    let (router, asked) = routes(answers(&served, Some(12)));
    let mut farm = Farm::of_kind(PortalKind::Dcat, "c?page=1", router).await;
    // robots.txt, a page that is read again, and two more.
    farm.config.harvest.max_requests = 4;
    let until_done = async |farm: &Farm| {
        for number in 1..30 {
            farm.sleep(3600);
            let report = farm.harvest(Scope::Full).await;
            assert_eq!(report.resumed, number > 1, "{report:?}");
            if report.state == RunState::Done {
                return (number, report.counts.withdrawn);
            }
            assert_eq!(report.state, RunState::Partial, "{report:?}");
            assert_eq!((report.counts.withdrawn, report.counts.absent), (0, 0));
        }
        panic!("the feed never comes to its end");
    };
    let (runs, withdrawn) = until_done(&farm).await;
    assert!(runs > 2 && withdrawn == 0, "{runs} runs");
    assert!(asked.lock().unwrap().len() <= 4 * runs);
    assert_eq!(descriptions(&farm), descriptions(&whole));

    // What the earlier runs saw is not missing for the last one, and what none saw is.
    let gone = served.lock().unwrap()[3].replace("<https://e.org/d/4> ", "<https://e.org/s> ");
    let gone = gone.replacen("dcat:Dataset", "dcat:DataService", 1);
    served.lock().unwrap()[3] = gone;
    let (runs, withdrawn) = until_done(&farm).await;
    assert!(runs > 2, "{runs} runs");
    assert_eq!((withdrawn, farm.datasets().len()), (1, 11));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_cannot_be_read_begins_anew() {
    let (router, _) = routes(answers(&pages(entangled()), None));
    let mut farm = Farm::of_kind(PortalKind::Dcat, "c?page=1", router).await;
    farm.config.harvest.max_requests = 4;
    for _ in 0..2 {
        let report = farm.harvest(Scope::Full).await;
        assert_eq!(report.state, RunState::Partial, "{report:?}");
        assert!(!report.resumed);
        let ledger = Connection::open(farm.config.store.path.join("ledger.sqlite")).unwrap();
        let changed = ledger
            .execute(
                "UPDATE run SET cursor = json_set(cursor, '$.at', 'nonsense') WHERE cursor IS NOT NULL",
                [],
            )
            .unwrap();
        assert_eq!(changed, 1);
    }
    farm.config.harvest.max_requests = 100;
    let report = farm.harvest(Scope::Full).await;
    assert_eq!((report.state, report.resumed), (RunState::Done, false));

    let portal = portal("http://127.0.0.1/c");
    let other = super::portal("http://127.0.0.1/d");
    let cursor = start(&portal, Plan::Full).cursor();
    assert!(resume(&portal, Plan::Full, Some(&cursor)).is_ok());
    assert!(resume(&other, Plan::Full, Some(&cursor)).is_err());
    for broken in ["", "{}", "[1, 2]"] {
        assert!(resume(&portal, Plan::Full, Some(broken)).is_err());
    }
}
