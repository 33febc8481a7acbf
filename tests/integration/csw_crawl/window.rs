//! Services that give the first thousands of what they count and nothing behind them.

use super::*;

/// The last position that the services give of one question.
const WINDOW: usize = 1_100;

/// How a service answers behind its window.
#[derive(Debug, Clone, Copy)]
enum Behind {
    /// With a report of an exception.
    Exception(StatusCode),
    /// With a page that counts all and has none.
    Nothing,
}

const WAYS: [Behind; 3] = [
    Behind::Exception(StatusCode::OK),
    Behind::Exception(StatusCode::INTERNAL_SERVER_ERROR),
    Behind::Nothing,
];

impl Behind {
    fn answer(self, asked: &Asked, all: usize) -> Option<Response> {
        let said = "Result window is too large, from + size must be less than or equal to";
        if !asked.is_for_records() {
            return None;
        }
        match self {
            Self::Exception(status) => (asked.start + asked.size > WINDOW + 1)
                .then(|| exception(status, "NoApplicableCode", said)),
            Self::Nothing => (asked.start > WINDOW).then(|| {
                let matched = all - behind(asked).unwrap_or(0);
                xml(page(
                    &format!("numberOfRecordsMatched='{matched}' nextRecord='0'"),
                    &[],
                ))
            }),
        }
    }
}

/// Behind the which of the plain records is asked.
fn behind(asked: &Asked) -> Option<usize> {
    let (_, condition) = asked.text.split_once("PropertyIsGreaterThan>")?;
    let (_, literal) = condition.split_once("<ogc:Literal>r")?;
    literal.get(..4)?.parse().ok()
}

/// A service of so many plain records with a window.
async fn windowed(count: usize, way: Behind) -> Service {
    Service::odd(plain(count), move |asked| way.answer(asked, count)).await
}

#[tokio::test]
async fn what_is_behind_the_window_is_asked_for_by_identifier() {
    for way in WAYS {
        let service = windowed(2_500, way).await;
        let mut crawl = service.crawl(Plan::Full, 100);
        let pages = pages(&mut crawl).await.unwrap();
        assert_eq!(keys(&pages), names(1..=2_500), "{way:?}");
        assert!(pages.iter().all(|page| page.total == Some(2_500)));
        assert_eq!(pages.last().unwrap().position, 2_500);
        assert_eq!(crawl.seen_whole(), ["records"], "{way:?}");
        let notes = crawl.notes();
        assert!(
            notes.len() == 2
                && notes[0].contains("nothing behind position 1100")
                && notes[1].contains("nothing behind position 2200"),
            "{notes:?}"
        );
        let questions = service.questions();
        let mut asked: Vec<_> = questions.iter().filter_map(behind).collect();
        asked.dedup();
        assert_eq!(asked, [1_100, 2_200], "{way:?}");
    }
}

#[tokio::test]
async fn an_interrupted_crawl_goes_on_by_identifier() {
    let service = windowed(2_500, Behind::Nothing).await;
    let fetcher = fetcher();
    let mut crawl = service.crawl(Plan::Full, 100);
    let (mut seen, mut rests) = (Vec::new(), Vec::new());
    while let Some(page) = crawl.next(&fetcher).await.unwrap() {
        seen.extend(page.records.into_iter().map(|record| record.key));
        rests.push((seen.clone(), crawl.cursor()));
    }
    for at in [10, 11, 22] {
        let (mut seen, cursor) = rests[at].clone();
        let mut crawl = start(&service.portal(""), Plan::Full, Some(&cursor), 100);
        seen.extend(keys(&pages(&mut crawl).await.unwrap()));
        assert_eq!(seen, names(1..=2_500), "{at}");
        assert_eq!(crawl.seen_whole(), ["records"], "{at}");
    }
}

#[tokio::test]
async fn all_other_conditions_are_kept_behind_the_window() {
    let service = windowed(1_300, Behind::Exception(StatusCode::OK)).await;
    let filter = "constraint = '<Filter xmlns=\"http://www.opengis.net/ogc\"><PropertyIsEqualTo><PropertyName>apiso:Type</PropertyName><Literal>dataset</Literal></PropertyIsEqualTo></Filter>'\n";
    let cql = "constraint = \"apiso:Type = 'dataset'\"\n";
    let types = "filter = { type = ['dataset'] }\n";
    for (more, condition) in [
        (filter, "<PropertyName>apiso:Type"),
        (cql, "(apiso:Type = &apos;dataset&apos;) AND"),
        (types, "<ogc:PropertyName>apiso:Type"),
    ] {
        for plan in [Plan::Full, asking::since("2024-01-01")] {
            let is_full = matches!(plan, Plan::Full);
            let mut crawl = start(&service.portal(more), plan, None, 100);
            let pages = pages(&mut crawl).await.unwrap();
            assert_eq!(keys(&pages), names(1..=1_300), "{more}");
            let last = service.questions().pop().unwrap().text;
            let last = last.replace('\'', "&apos;").replace("&#39;", "&apos;");
            assert!(last.contains(condition), "{last}");
            assert_eq!(last.contains("apiso:Modified"), !is_full, "{last}");
            assert!(last.contains("apiso:Identifier"), "{last}");
            assert!(last.contains("r1100"), "{last}");
        }
    }
}

/// The error of a full crawl, which must name the window, and how many records came before it.
async fn stops(service: &Service) -> (String, usize) {
    let fetcher = fetcher();
    let mut crawl = service.crawl(Plan::Full, 100);
    let mut count = 0;
    loop {
        match crawl.next(&fetcher).await {
            Ok(page) => count += page.expect("an error at the window").records.len(),
            Err(error @ CrawlError::Window { .. }) => return (error.to_string(), count),
            Err(error) => panic!("{error}"),
        }
    }
}

/// A service with a window that answers what is behind an identifier so.
type Answer = fn(&Asked) -> Option<Response>;

#[tokio::test]
async fn where_identifiers_do_not_help_the_window_is_told() {
    let services: [(&str, Answer); 6] = [
        ("PropertyIsGreaterThan is not known", |_| {
            let why = "PropertyIsGreaterThan is not known";
            Some(exception(StatusCode::BAD_REQUEST, "InvalidRequest", why))
        }),
        ("gives nothing behind the identifier met last", |_| {
            Some(xml(page("numberOfRecordsMatched='0' nextRecord='0'", &[])))
        }),
        ("in another order than it sorts them", |asked| {
            let on_page = written(asked.start..(asked.start + asked.size).min(1_301));
            Some(xml(page("numberOfRecordsMatched='1300'", &on_page)))
        }),
        ("gives the identifier again", |asked| {
            let first = asked.start + 1_099;
            let on_page = written(first..(first + asked.size).min(1_301));
            Some(xml(page("numberOfRecordsMatched='201'", &on_page)))
        }),
        ("announces too few", |asked| {
            let first = asked.start + 1_100;
            let on_page = written(first..(first + asked.size).min(1_151));
            Some(xml(page("numberOfRecordsMatched='50'", &on_page)))
        }),
        ("announces no count", |asked| {
            let first = asked.start + 1_100;
            let on_page = written(first..(first + asked.size).min(1_301));
            Some(xml(page("", &on_page)))
        }),
    ];
    for ((why, answer), way) in services.into_iter().zip(WAYS.into_iter().cycle()) {
        let service = Service::odd(plain(1_300), move |asked| match behind(asked) {
            Some(_) => answer(asked),
            None => way.answer(asked, 1_300),
        })
        .await;
        let (error, count) = stops(&service).await;
        assert!(
            error.contains("gives 1100 of 1300 records") && error.contains(why),
            "{why}: {error}"
        );
        assert!(error.contains("`constraint`"), "{error}");
        assert_eq!(count, 1_100, "{why}");
    }
}

#[tokio::test]
async fn records_that_come_in_no_order_are_not_gone_on_behind() {
    let out_of_order = SampleData::from(
        (1..=1_300)
            .map(|n| Record::plain(&name(n * 7 % 1_301), "2024-01-01"))
            .collect::<Vec<_>>(),
    );
    for (why, refuses_order) in [("cannot sort", true), ("do not come in their order", false)] {
        let sorts = move |asked: &Asked| {
            let refuses = refuses_order && asked.is_sorted();
            refuses.then(|| exception(StatusCode::OK, "InvalidParameterValue", "no sorting"))
        };
        let all: Vec<String> = out_of_order.records().iter().map(Record::xml).collect();
        let service = Service::odd(out_of_order.clone(), move |asked| {
            let window = Behind::Nothing.answer(asked, 1_300);
            sorts(asked).or(window).or_else(|| {
                asked.is_for_records().then(|| {
                    let on_page = &all[asked.start - 1..asked.start - 1 + asked.size];
                    xml(page("numberOfRecordsMatched='1300'", on_page))
                })
            })
        })
        .await;
        let (error, _) = stops(&service).await;
        assert!(error.contains(why), "{why}: {error}");
        assert!(service.questions().iter().all(|it| behind(it).is_none()));
    }
}

#[tokio::test]
async fn nothing_is_missed_by_a_count_that_is_some_short() {
    // What has no identifier is behind all that have one, and no comparison finds it.
    let service = Service::odd(plain(1_300), |asked| {
        let all = if behind(asked).is_some() {
            1_297
        } else {
            1_300
        };
        let last = (asked.start + behind(asked).unwrap_or(0)..1_298).take(asked.size);
        Behind::Nothing.answer(asked, all).or_else(|| {
            asked.is_for_records().then(|| {
                let matched = all - behind(asked).unwrap_or(0);
                let attributes = format!("numberOfRecordsMatched='{matched}'");
                xml(page(&attributes, &written(last)))
            })
        })
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 100);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=1_297));
    assert_eq!(crawl.seen_whole(), [""; 0]);
    assert!(crawl.notes()[1].contains("none is withdrawn"));
    let cursor = crawl.cursor();
    let resumed = start(&service.portal(""), Plan::Full, Some(&cursor), 100);
    assert_eq!(resumed.seen_whole(), [""; 0]);
}

#[tokio::test]
async fn a_bad_record_far_into_the_list_is_passed_over_as_before() {
    let service = Service::odd(plain(1_300), |asked| {
        let offset = behind(asked).unwrap_or(0);
        let first = asked.start + offset;
        let holds = (first..first + asked.size).contains(&1_237);
        (asked.is_for_records() && holds).then(|| StatusCode::INTERNAL_SERVER_ERROR.into_response())
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 100);
    assert_eq!(
        keys(&pages(&mut crawl).await.unwrap()),
        names((1..=1_300).filter(|n| *n != 1_237))
    );
    assert_eq!(crawl.seen_whole(), [""; 0]);
}
