//! How lists go on and end, whatever the service says of it.

use super::*;

/// A service that gives at most ten records a page and says of them what it likes.
async fn says(count: usize, attributes: fn(usize, usize) -> String) -> Service {
    Service::odd(SampleData::default(), move |asked| {
        asked.is_for_records().then(|| {
            let last = (asked.start + asked.size.min(10) - 1).min(count);
            let on_page = written(asked.start..=last);
            xml(page(&attributes(asked.start, on_page.len()), &on_page))
        })
    })
    .await
}

/// What the service says of a page that begins so and holds so many.
type Numbers = fn(usize, usize) -> String;

#[tokio::test]
async fn wrong_numbers_lose_nothing_and_end() {
    let oddities: [(&str, Numbers); 14] = [
        ("sound", |start, count| {
            let next = if start + count > 25 { 0 } else { start + count };
            format!(
                "numberOfRecordsMatched='25' numberOfRecordsReturned='{count}' nextRecord='{next}'"
            )
        }),
        ("always 0", |_, _| {
            "numberOfRecordsMatched='25' nextRecord='0'".to_owned()
        }),
        ("missing", |_, _| "numberOfRecordsMatched='25'".to_owned()),
        ("the page itself", |start, _| {
            format!("numberOfRecordsMatched='25' nextRecord='{start}'")
        }),
        ("before the page", |start, _| {
            format!("numberOfRecordsMatched='25' nextRecord='{}'", start - 1)
        }),
        ("always 1", |_, _| {
            "numberOfRecordsMatched='25' nextRecord='1'".to_owned()
        }),
        ("one too far", |start, count| {
            format!(
                "numberOfRecordsMatched='25' nextRecord='{}'",
                start + count + 1
            )
        }),
        ("one too near", |start, count| {
            format!(
                "numberOfRecordsMatched='25' nextRecord='{}'",
                start + count - 1
            )
        }),
        ("far beyond", |_, _| {
            "numberOfRecordsMatched='25' nextRecord='1000'".to_owned()
        }),
        ("no number", |_, _| {
            "numberOfRecordsMatched='25' nextRecord='next'".to_owned()
        }),
        ("returned lies", |_, _| {
            "numberOfRecordsMatched='25' numberOfRecordsReturned='3' nextRecord='4'".to_owned()
        }),
        ("no count, 0 at the end", |start, count| {
            format!(
                "nextRecord='{}'",
                if start + count > 25 { 0 } else { start + count }
            )
        }),
        ("nothing said", |_, _| String::new()),
        ("a count that is too small", |start, _| {
            format!(
                "numberOfRecordsMatched='5' nextRecord='{}'",
                if start > 20 { 0 } else { start + 10 }
            )
        }),
    ];
    for (what, attributes) in oddities {
        let service = says(25, attributes).await;
        let mut crawl = service.crawl(Plan::Full, 50);
        let pages = pages(&mut crawl)
            .await
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        if what == "a count that is too small" {
            assert!(crawl.notes()[0].contains("announces 5 records and gives more"));
        } else {
            assert_eq!(crawl.notes(), [""; 0], "{what}");
        }
        assert_eq!(keys(&pages), names(1..=25), "{what}");
        assert_eq!(crawl.seen_whole(), ["records"], "{what}");
        assert!(
            service.questions().len() <= 5,
            "{what}: {}",
            service.questions().len()
        );
    }
}

async fn fails(service: &Service) -> CrawlError {
    let mut crawl = service.crawl(Plan::Full, 10);
    pages(&mut crawl).await.unwrap_err()
}

#[tokio::test]
async fn a_service_that_always_gives_its_first_page_is_noticed() {
    for attributes in [
        "numberOfRecordsMatched='25' nextRecord='11'",
        "nextRecord='11'",
        "",
    ] {
        let service = Service::odd(SampleData::default(), move |asked| {
            asked
                .is_for_records()
                .then(|| xml(page(attributes, &written(1..=10))))
        })
        .await;
        let error = fails(&service).await;
        assert!(
            matches!(error, CrawlError::EndlessPages { .. }),
            "{attributes}: {error}"
        );
    }
}

/// The records of the page that was asked for.
type Records = fn(&Asked) -> Vec<String>;

#[tokio::test]
async fn a_list_that_ends_early_is_incomplete() {
    // A hole, a position that counts from 0, pages that come in another order each time.
    let services: [(&str, Records); 3] = [
        ("a hole", |asked| match asked.start {
            11 => Vec::new(),
            start => written(start..start + 10),
        }),
        ("from zero", |asked| {
            written(asked.start + 1..(asked.start + 11).min(26))
        }),
        ("moving", |asked| match asked.start {
            1 => written(1..=10),
            11 => written(6..=15),
            start => written(start..=25),
        }),
    ];
    for (what, records) in services {
        let service = Service::odd(SampleData::default(), move |asked| {
            asked.is_for_records().then(|| {
                xml(page(
                    "numberOfRecordsMatched='25' nextRecord='0'",
                    &records(asked),
                ))
            })
        })
        .await;
        let error = fails(&service).await;
        assert!(
            matches!(error, CrawlError::Shrunk { before: 25, .. }),
            "{what}: {error}"
        );
    }
}

#[tokio::test]
async fn what_is_deleted_or_added_while_the_list_is_read_hides_nothing() {
    let data = plain(40);
    let service = Service::sound(data.clone()).await;
    let fetcher = fetcher();
    let mut crawl = service.crawl(Plan::Full, 10);
    let mut pages = vec![crawl.next(&fetcher).await.unwrap().unwrap()];
    data.change(|records| drop(records.drain(2..5)));
    pages.push(crawl.next(&fetcher).await.unwrap().unwrap());
    data.change(|records| records.insert(0, Record::plain("r0000", "2025-01-01")));
    while let Some(page) = crawl.next(&fetcher).await.unwrap() {
        pages.push(page);
    }
    assert_eq!(keys(&pages), names(1..=40));
    assert_eq!(crawl.seen_whole(), ["records"]);
}

#[tokio::test]
async fn a_list_that_loses_its_last_records_still_ends() {
    let data = plain(25);
    let service = Service::sound(data.clone()).await;
    let fetcher = fetcher();
    let mut crawl = service.crawl(Plan::Full, 10);
    let mut pages = Vec::new();
    for _ in 0..2 {
        pages.push(crawl.next(&fetcher).await.unwrap().unwrap());
    }
    // Seven of the first page: what was 21 to 25 is now on positions that have been read.
    data.change(|records| drop(records.drain(0..7)));
    while let Some(page) = crawl.next(&fetcher).await.unwrap() {
        pages.push(page);
    }
    assert_eq!(keys(&pages), names(1..=25));
}

#[tokio::test]
async fn a_catalogue_that_shrinks_to_nothing_is_no_complete_one() {
    let data = plain(40);
    let service = Service::sound(data.clone()).await;
    let fetcher = fetcher();
    let mut crawl = service.crawl(Plan::Full, 10);
    crawl.next(&fetcher).await.unwrap();
    data.change(Vec::clear);
    let error = crawl.next(&fetcher).await.unwrap_err();
    assert!(
        matches!(
            error,
            CrawlError::Shrunk {
                before: 40,
                after: 0,
                ..
            }
        ),
        "{error}"
    );
    let error = fails(&service).await;
    assert!(
        matches!(
            error,
            CrawlError::Empty {
                collection: "records",
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn hits_without_records_are_no_list() {
    let service = Service::odd(plain(5), |asked| {
        let attributes =
            "numberOfRecordsMatched='965' numberOfRecordsReturned='10' nextRecord='11'";
        asked.is_for_records().then(|| xml(page(attributes, &[])))
    })
    .await;
    assert!(matches!(
        fails(&service).await,
        CrawlError::NoneGiven { announced: 965, .. }
    ));
}

#[tokio::test]
async fn two_records_of_one_identifier_and_records_without_one_are_counted() {
    let data = plain(5);
    data.change(|records| {
        records.push(Record::plain("r0003", "2024-01-01"));
        records.push(Record::plain("", "2024-01-01"));
        records.push(Record::plain("", "2024-01-02"));
    });
    let service = Service::sound(data).await;
    let mut crawl = service.crawl(Plan::Full, 10);
    let pages = pages(&mut crawl).await.unwrap();
    let mut expected = vec![String::new(); 2];
    expected.extend(names(1..=5));
    assert_eq!(keys(&pages), expected);
    assert_eq!(crawl.seen_whole(), ["records"]);
}

#[tokio::test]
async fn a_broken_record_is_listed_and_costs_itself() {
    let service = Service::odd(SampleData::default(), |asked| {
        asked.is_for_records().then(|| {
            let mut records = written(1..=4);
            records[1] = records[1].replace("Essai.", "Essai &nbsp; & <b>gras");
            records[2] = records[2].replace("</gmd:MD_Metadata>", "");
            xml(page("numberOfRecordsMatched='4'", &records))
        })
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 10);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages), names(1..=4));
    assert_eq!(crawl.seen_whole(), ["records"]);
    let sound = pages[0].records.iter().map(|record| {
        let text = std::str::from_utf8(&record.payload).unwrap();
        roxmltree::Document::parse(text).is_ok()
    });
    assert_eq!(sound.collect::<Vec<_>>(), [true, false, false, true]);
}

type Answer = fn() -> Body;

#[tokio::test]
async fn a_page_that_is_cut_off_or_no_xml_is_an_error() {
    let bodies: [(Answer, &str); 5] = [
        (
            || {
                let whole = page("numberOfRecordsMatched='4'", &written(1..=4));
                Body::from(whole[..whole.len() - 40].to_owned())
            },
            "cut off",
        ),
        (
            || Body::from("<html><title>Maintenance</title></html>"),
            "HTML",
        ),
        (
            || {
                Body::from(
                    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><csw:GetRecordsResponse xmlns:csw='c'><csw:SearchResults>&b;</csw:SearchResults></csw:GetRecordsResponse>",
                )
            },
            "DOCTYPE",
        ),
        (|| Body::empty(), "does not begin with a tag"),
        (
            || Body::from("<csw:Capabilities xmlns:csw='c'/>"),
            "has no record in it",
        ),
    ];
    for (body, why) in bodies {
        let service = Service::odd(plain(9), move |asked| {
            (asked.is_for_records() && asked.start > 4).then(|| xml(body()))
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 4);
        let error = pages(&mut crawl).await.unwrap_err().to_string();
        assert!(error.contains(why), "{why}: {error}");
    }
}

#[tokio::test]
async fn a_page_that_is_cut_off_once_is_asked_for_again() {
    let cuts = std::sync::atomic::AtomicUsize::new(0);
    let service = Service::odd(plain(9), move |asked| {
        let is_cut = asked.is_for_records()
            && asked.start == 5
            && cuts.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
        is_cut.then(|| xml("<csw:GetRecordsResponse xmlns:csw='c'><csw:SearchResults>"))
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 4);
    assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=9));
    assert_eq!(crawl.seen_whole(), ["records"]);
}
