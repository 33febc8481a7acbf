//! What services are asked for, where, and as whom.

use std::collections::HashMap;

use super::*;

pub(super) fn since(moment: &str) -> Plan {
    Plan::Incremental {
        since: moment.to_owned(),
        known: HashMap::new(),
        memory: None,
    }
}

#[tokio::test]
async fn an_incremental_crawl_asks_for_what_changed_since_the_day_before() {
    let data = plain(5);
    data.change(|records| {
        records.push(Record::plain("yesterday", "2024-06-09"));
        records.push(Record::plain("today", "2024-06-10T12:00:00"));
    });
    let service = Service::sound(data).await;
    for (more, method) in [
        ("", Method::POST),
        ("constraint = \"AnyText LIKE '%Essai%'\"", Method::POST),
    ] {
        let mut crawl = start(
            &service.portal(more),
            since("2024-06-10T08:00:00+00:00"),
            None,
            10,
        );
        let pages = pages(&mut crawl).await.unwrap();
        assert_eq!(keys(&pages), ["today", "yesterday"]);
        assert_eq!(
            pages[0].records[0].mark.as_deref(),
            Some("2024-06-10T12:00:00")
        );
        // What is not listed may well be there.
        assert_eq!(crawl.seen_whole(), [""; 0]);
        assert_eq!(service.questions().last().unwrap().method, method);
    }
    let mut crawl = service.crawl(since("2025-01-01"), 10);
    assert_eq!(pages(&mut crawl).await.unwrap(), []);
}

#[tokio::test]
async fn configured_conditions_restrict_the_list() {
    let service = Service::sound(SampleData::bundled()).await;
    let filter = "constraint = '<Filter xmlns=\"http://www.opengis.net/ogc\"><PropertyIsLike wildCard=\"*\" singleChar=\"?\" escapeChar=\"!\"><PropertyName>apiso:Title</PropertyName><Literal>*occupation*</Literal></PropertyIsLike></Filter>'\n";
    let cql = "constraint = \"apiso:Title LIKE '%occupation%' OR apiso:Title LIKE '%zost%'\"\n";
    let series = "filter = { type = ['series'] }\n";
    for (more, count) in [
        (filter.to_owned(), 4),
        (cql.to_owned(), 5),
        (series.to_owned(), 3),
        (format!("{filter}{series}"), 1),
        (
            format!("{cql}filter = {{ type = ['series', 'service'] }}"),
            1,
        ),
        ("filter = { type = ['series', 'service'] }".to_owned(), 7),
    ] {
        for by_get in [false, true] {
            let service = if by_get {
                &Service::odd(SampleData::bundled(), |asked| {
                    (asked.method == Method::POST)
                        .then(|| StatusCode::METHOD_NOT_ALLOWED.into_response())
                })
                .await
            } else {
                &service
            };
            let mut crawl = start(&service.portal(&more), Plan::Full, None, 10);
            let pages = pages(&mut crawl).await.unwrap();
            assert_eq!(keys(&pages).len(), count, "{more} {by_get}");
        }
    }
}

#[tokio::test]
async fn a_service_behind_a_proxy_is_asked_where_it_is() {
    let capabilities = |address: &str| {
        format!(
            "<csw:Capabilities version='2.0.2' xmlns:csw='c' xmlns:ows='o' xmlns:xlink='x'><ows:Operation name='GetRecords'><ows:DCP><ows:HTTP>\
             <ows:Get xlink:href='{address}'/><ows:Post xlink:href='{address}'/></ows:HTTP></ows:DCP></ows:Operation></csw:Capabilities>"
        )
    };
    for address in [
        "http://localhost:8080/geonetwork/srv/fre/csw",
        "http://10.0.0.3/csw",
    ] {
        let service = Service::odd(plain(3), move |asked| {
            (!asked.is_for_records()).then(|| xml(capabilities(address)))
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 10);
        assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=3));
        let notes = crawl.notes();
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert!(
            notes[0].contains(address) && notes[0].contains("the configured address"),
            "{notes:?}"
        );
    }
}

#[tokio::test]
async fn without_capabilities_the_records_are_asked_for_all_the_same() {
    let answers: [fn() -> Response; 5] = [
        || StatusCode::NOT_FOUND.into_response(),
        || xml("<html><body>GeoNetwork</body></html>"),
        || xml("<csw:Capabilities xmlns:csw='c'><ows:Title>cut"),
        || exception(StatusCode::OK, "NoApplicableCode", "no capabilities today"),
        || xml("<WMS_Capabilities version='1.3.0'/>"),
    ];
    for answer in answers {
        let service = Service::odd(plain(3), move |asked| {
            (!asked.is_for_records()).then(answer)
        })
        .await;
        let mut crawl = service.crawl(Plan::Full, 10);
        assert_eq!(keys(&pages(&mut crawl).await.unwrap()), names(1..=3));
        let notes = crawl.notes();
        assert!(
            notes.len() == 1 && notes[0].contains("capabilities cannot be read"),
            "{notes:?}"
        );
    }
}

#[tokio::test]
async fn a_service_that_ignores_the_schema_is_told_of() {
    let service = Service::odd(plain(3), |asked| {
        let record = |n: usize| {
            let name = name(n);
            format!("<csw:Record><dc:identifier xmlns:dc='http://purl.org/dc/elements/1.1/'>{name}</dc:identifier></csw:Record>")
        };
        let records: Vec<_> = (1..=3).map(record).collect();
        asked.is_for_records().then(|| xml(page("numberOfRecordsMatched='3'", &records)))
    })
    .await;
    let mut crawl = service.crawl(Plan::Full, 10);
    let pages = pages(&mut crawl).await.unwrap();
    assert_eq!(keys(&pages), names(1..=3));
    assert!(
        pages[0].records[0]
            .payload
            .starts_with(b"<csw:Record xmlns:csw=")
    );
    let notes = crawl.notes();
    assert!(
        notes.len() == 1 && notes[0].contains("gives Dublin Core"),
        "{notes:?}"
    );
}

#[tokio::test]
async fn the_schema_of_the_configuration_is_asked_for() {
    let service = Service::odd(SampleData::default(), |asked| {
        asked
            .is_for_records()
            .then(|| xml(page("numberOfRecordsMatched='1'", &written([1]))))
    })
    .await;
    let more = "output_schema = 'http://www.w3.org/ns/dcat#'";
    let mut crawl = start(&service.portal(more), Plan::Full, None, 10);
    pages(&mut crawl).await.unwrap();
    assert!(
        service.questions()[0]
            .text
            .contains("outputSchema=\"http://www.w3.org/ns/dcat#\"")
    );
    assert!(
        crawl.notes()[0].contains("is none of its output schemas"),
        "{:?}",
        crawl.notes()
    );
}

#[tokio::test]
async fn who_asks_is_said_in_the_header_and_nowhere_else() {
    let service = Service::odd(plain(3), |asked| {
        asked
            .is_for_records()
            .then(|| exception(StatusCode::OK, "NoApplicableCode", "no"))
    })
    .await;
    let address = service
        .address
        .replace("http://", "http://agent:s%C3%A9same@");
    let portal = portal(&address, "");
    let mut crawl = start(&portal, Plan::Full, None, 10);
    let error = pages(&mut crawl).await.unwrap_err();
    let told = format!("{error:?} {error} {} {:?}", crawl.cursor(), crawl.notes());
    assert!(!told.contains("same") && !told.contains("agent"), "{told}");
    let asked = service.asked.lock().unwrap();
    let basic = "Basic YWdlbnQ6c8Opc2FtZQ==";
    assert!(
        asked.len() > 1
            && asked
                .iter()
                .all(|asked| asked.headers[header::AUTHORIZATION] == basic)
    );
}

#[tokio::test]
async fn a_key_comes_from_the_environment() {
    let service = Service::sound(plain(3)).await;
    let portal = service.portal("api_key_env = 'CARGO_PKG_NAME'");
    let mut crawl = start(&portal, Plan::Full, None, 10);
    pages(&mut crawl).await.unwrap();
    let asked = service.asked.lock().unwrap().clone();
    assert!(
        asked
            .iter()
            .all(|asked| asked.headers[header::AUTHORIZATION] == "moisson")
    );
    let portal = service.portal("api_key_env = 'MOISSON_NO_SUCH_VARIABLE'");
    let settings = Settings::default();
    let root = portal.root().unwrap();
    let refused = portal.crawl(root, Plan::Full, None, settings);
    assert!(
        refused
            .err()
            .unwrap()
            .contains("MOISSON_NO_SUCH_VARIABLE is not set")
    );
}
