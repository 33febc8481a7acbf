//! Pages that lead on, in circles, elsewhere, and to less than they announce.

use std::collections::HashMap;

use super::*;

#[tokio::test]
async fn pages_are_followed_and_the_address_is_asked_to_the_letter() {
    let feed = feed(|path, _, _| match path {
        "/c.ttl?profil=a&tag=eau" => turtle(format!(
            "{}<> hydra:view <?page=1> ; hydra:totalItems 3 . <?page=1> hydra:next <?page=2> .",
            datasets([1, 2])
        )),
        "/c.ttl?page=2" => turtle(datasets([3])),
        _ => missing(),
    })
    .await;
    let mut portal = portal(&format!("{}/c.ttl?profil=a", feed.origin));
    portal.configure("filter = { tag = ['eau'] }").unwrap();
    let walked = walk(&portal, Plan::Full).await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 3);
    assert_eq!(walked.seen_whole.len(), 4);
    assert_eq!(
        *feed.asked.lock().unwrap(),
        ["/c.ttl?profil=a&tag=eau", "/c.ttl?page=2"]
    );
}

#[tokio::test]
async fn pages_in_circles_end_the_crawl_unless_everything_announced_is_there() {
    for (total, is_error) in [(9, true), (2, false)] {
        let feed = feed(move |path, _, _| {
            let (number, next) = if path.ends_with('2') { (2, 1) } else { (1, 2) };
            turtle(format!(
                "{}<> a hydra:PagedCollection ; hydra:totalItems {total} ; hydra:nextPage \"/c?page={next}\" .",
                datasets([number])
            ))
        })
        .await;
        let walked = crawled(&feed, "/c?page=1").await;
        assert_eq!(walked.keys("datasets").len(), 2, "{total}");
        assert_eq!(
            matches!(walked.error, Some(CrawlError::EndlessPages { .. })),
            is_error,
            "{:?}",
            walked.error
        );
        assert_eq!(feed.asked.lock().unwrap().len(), 2);
    }
}

#[tokio::test]
async fn new_addresses_with_the_same_content_are_a_circle_too() {
    let feed = feed(|path, _, _| {
        let next = path.len();
        turtle(format!(
            "{}<> hydra:nextPage <{path}0{next}> .",
            datasets([1, 2])
        ))
    })
    .await;
    let walked = crawled(&feed, "/c?page=1").await;
    assert!(matches!(
        walked.error,
        Some(CrawlError::EndlessPages { .. })
    ));
    assert!(feed.asked.lock().unwrap().len() < 5);
    assert_eq!(walked.records.len(), 2);
}

#[tokio::test]
async fn a_feed_that_moves_is_read_again_for_what_slipped_through() {
    // Between the two pages a dataset came to the front: 3 is repeated, 0 is never shown at first.
    let feed = feed(|path, before, _| match (path, before) {
        ("/c", 0) => turtle(format!(
            "{}<> hydra:totalItems 4 ; hydra:next <c?page=2> .",
            datasets([1, 2])
        )),
        ("/c", _) => turtle(format!(
            "{}<> hydra:totalItems 4 ; hydra:next <c?page=2> .",
            datasets([0, 1])
        )),
        _ => turtle(datasets([2, 3])),
    })
    .await;
    let walked = crawled(&feed, "/c").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 4);
    assert!(
        walked.notes.iter().any(|note| note.contains("3 of 4")),
        "{:?}",
        walked.notes
    );
}

#[tokio::test]
async fn less_than_announced_is_incomplete_and_what_is_there_is_kept() {
    let feed = feed(|_, _, _| turtle(format!("{}<> hydra:totalItems 5 .", datasets([1, 2])))).await;
    let walked = crawled(&feed, "/c").await;
    assert!(
        matches!(
            walked.error,
            Some(CrawlError::Shrunk {
                before: 5,
                after: 2,
                ..
            })
        ),
        "{:?}",
        walked.error
    );
    assert_eq!(walked.records.len(), 2);
}

#[tokio::test]
async fn links_written_behind_a_proxy_are_taken_on_the_feeds_own_host() {
    let feed = feed(|path, _, _| match path {
        "/portail/c.ttl" => turtle(format!(
            "{}<> hydra:nextPage \"http://ckan.interne:5000/c.ttl?page=2\" .",
            datasets([1])
        )),
        "/portail/c.ttl?page=2" => turtle(datasets([2])),
        _ => missing(),
    })
    .await;
    let walked = crawled(&feed, "/portail/c.ttl").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 2);
    assert!(
        walked.notes[0].contains("ckan.interne"),
        "{:?}",
        walked.notes
    );
}

#[tokio::test]
async fn links_that_forget_where_the_portal_is_mounted_are_followed_all_the_same() {
    let feed = feed(|path, _, _| match path {
        "/ckan/c.ttl" => turtle(format!(
            "{}<> hydra:nextPage \"/c.ttl?page=2\" .",
            datasets([1])
        )),
        "/ckan/c.ttl?page=2" => turtle(format!(
            "{}<> hydra:nextPage \"/c.ttl?page=3\" .",
            datasets([2])
        )),
        "/ckan/c.ttl?page=3" => turtle(datasets([3])),
        _ => missing(),
    })
    .await;
    let walked = crawled(&feed, "/ckan/c.ttl").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 3);
    assert!(walked.notes[0].contains("/c.ttl"), "{:?}", walked.notes);
    // Once it is known, no page is asked for where it is not.
    assert_eq!(feed.asked.lock().unwrap().len(), 4);
}

#[tokio::test]
async fn a_feed_behind_a_redirect_is_read_once_and_its_links_are_those_of_where_it_is() {
    let feed = feed(|path, _, _| match path {
        "/ancien" => axum::response::Redirect::permanent("/donnees/c.ttl").into_response(),
        "/donnees/c.ttl" => turtle(format!(
            "{}<> hydra:totalItems 3 ; hydra:next <c.ttl?page=2> .",
            datasets([1, 2])
        )),
        // The last page leads to the first one by its real address.
        "/donnees/c.ttl?page=2" => turtle(format!(
            "{}<> hydra:totalItems 3 ; hydra:next <c.ttl> .",
            datasets([2, 3])
        )),
        _ => missing(),
    })
    .await;
    let walked = crawled(&feed, "/ancien").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 3);
}

#[tokio::test]
async fn a_service_that_serves_ten_thousand_datasets_is_read_whole() {
    let serves: Vec<String> = (0..10_000)
        .map(|n| format!("<https://e.org/d/{n}>"))
        .collect();
    let text = format!(
        "<https://e.org/s> a dcat:DataService ; dct:title \"S\" ; dcat:servesDataset {} . {}",
        serves.join(", "),
        datasets(0..1000)
    );
    let feed = feed(move |_, _, _| turtle(text.clone())).await;
    let walked = crawled(&feed, "/c").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets").len(), 1000);
    let service = walked.payload("https://e.org/s");
    assert_eq!(service.matches("servesDataset").count(), 10_000);
    let described = crate::support::with_context("https://e.org/", None, |context| {
        (source::of(PortalKind::Dcat).describe)("services", service.as_bytes(), context).unwrap()
    });
    let triples = described.parts[0].graph.triples();
    let ours = |triple: &&oxigraph::model::Triple| {
        triple.predicate.as_str().ends_with("servesDataset")
            && triple.object.to_string().contains("/dataset/portail/")
    };
    assert_eq!(triples.iter().filter(ours).count(), 1000);
    // Each page of the feed is asked for once, whatever it holds.
    assert_eq!(feed.asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_page_that_fails_costs_the_end_and_not_what_was_read() {
    let feed = feed(|path, _, _| match path {
        "/c" => turtle(format!("{}<> hydra:next <c?page=2> .", datasets([1, 2]))),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    })
    .await;
    let walked = crawled(&feed, "/c").await;
    assert!(matches!(walked.error, Some(CrawlError::Fetch(_))));
    assert_eq!(walked.records.len(), 2);
}

#[tokio::test]
async fn a_document_that_was_cut_off_is_asked_for_again_and_then_incomplete() {
    let body = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dcat='http://www.w3.org/ns/dcat#' xmlns:dct='http://purl.org/dc/terms/'><dcat:Dataset rdf:about='https://e.org/d'><dct:title>T</dct:title></dcat:Dataset>";
    // What comes twice alike was sent like that; what differs may come whole.
    for (heals, differs, times) in [(true, false, 2), (false, false, 2), (false, true, 3)] {
        let feed = feed(move |_, before, _| {
            let end = match before {
                0 => String::new(),
                _ if heals => "</rdf:RDF>".to_owned(),
                before if differs => " ".repeat(before),
                _ => String::new(),
            };
            let kind = [(header::CONTENT_TYPE, "text/plain")];
            (kind, format!("{body}{end}")).into_response()
        })
        .await;
        let walked = crawled(&feed, "/c").await;
        assert_eq!(walked.records.len(), usize::from(heals));
        assert_eq!(walked.error.is_none(), heals, "{:?}", walked.error);
        assert_eq!(feed.asked.lock().unwrap().len(), times);
    }
}

#[tokio::test]
async fn an_empty_feed_is_no_catalogue_of_nothing() {
    let feed = feed(|_, _, _| turtle("")).await;
    let walked = crawled(&feed, "/c").await;
    assert!(
        matches!(
            walked.error,
            Some(CrawlError::NotRdf { .. } | CrawlError::Empty { .. })
        ),
        "{:?}",
        walked.error
    );
    let feed = super::feed(|_, _, _| turtle("<> hydra:totalItems 0 .")).await;
    let walked = crawled(&feed, "/c").await;
    assert!(
        matches!(walked.error, Some(CrawlError::Empty { .. })),
        "{:?}",
        walked.error
    );
}

#[tokio::test]
async fn records_that_point_to_later_pages_are_linked_all_the_same() {
    let feed = feed(|path, _, _| match path {
        "/c" => turtle(
            "<https://e.org/s> a dcat:DataService ; dct:title \"S\" ; dcat:servesDataset <https://e.org/d/1>, <https://autre.org/d> .
             <> hydra:next <c?page=2> .",
        ),
        _ => turtle(datasets([1])),
    })
    .await;
    let walked = crawled(&feed, "/c").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let head = walked.payload("https://e.org/s");
    let head = head.lines().next().unwrap();
    assert!(
        head.contains(r#""https://e.org/d/1":{"collection":"datasets""#),
        "{head}"
    );
    assert!(!head.contains(r#""https://autre.org/d":{"#), "{head}");
}

#[tokio::test]
async fn catalogues_below_are_read_from_their_own_documents_on_the_same_host() {
    let feed = feed(|path, _, _| match path {
        "/c" => turtle(
            "<c> a dcat:Catalog ; dct:title \"C\" ; dcat:catalog <c/1>, <c/2>, <c/3> .
             <c/1> a dcat:Catalog .",
        ),
        "/c/1" => turtle(format!(
            "<1> a dcat:Catalog ; dct:title \"C1\" ; dcat:dataset <https://e.org/d/1> .{}",
            datasets([1])
        )),
        "/c/2" => "<html>une page</html>".into_response(),
        _ => missing(),
    })
    .await;
    let walked = crawled(&feed, "/c").await;
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.keys("datasets"), ["https://e.org/d/1"]);
    assert_eq!(walked.keys("catalogues").len(), 2);
    assert_eq!(walked.notes.len(), 2, "{:?}", walked.notes);
}

#[tokio::test]
async fn a_catalogue_below_that_fails_makes_the_feed_incomplete() {
    let feed = feed(|path, _, _| match path {
        "/c" => turtle("<c> a dcat:Catalog ; dct:title \"C\" ; dcat:catalog <c/1> ."),
        _ => StatusCode::BAD_GATEWAY.into_response(),
    })
    .await;
    let walked = crawled(&feed, "/c").await;
    assert!(
        matches!(walked.error, Some(CrawlError::Fetch(_))),
        "{:?}",
        walked.error
    );
}

#[tokio::test]
async fn a_feed_that_has_not_changed_is_not_read_again_and_nothing_counts_as_gone() {
    let feed = feed(|_, _, headers| {
        if headers
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tag| tag == "\"v1\"")
        {
            return StatusCode::NOT_MODIFIED.into_response();
        }
        let mut answer = turtle(datasets([1, 2]));
        answer
            .headers_mut()
            .insert(header::ETAG, "\"v1\"".parse().unwrap());
        answer
    })
    .await;
    let portal = portal(&format!("{}/c.ttl", feed.origin));
    let first = walk(&portal, Plan::Full).await;
    assert!(first.memory.is_some());
    let plan = Plan::Incremental {
        since: "2026-01-01T00:00:00+00:00".to_owned(),
        known: HashMap::new(),
        memory: first.memory,
    };
    let second = walk(&portal, plan).await;
    assert!(second.error.is_none(), "{:?}", second.error);
    assert_eq!((second.records.len(), second.seen_whole.len()), (0, 0));
    assert!(second.memory.is_some(), "the next run asks the same way");
}

#[tokio::test]
async fn syntaxes_are_told_by_what_they_look_like() {
    let json = r#"{"@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": "https://e.org/d", "@type": "dcat:Dataset", "dct:title": "T"}"#;
    let lines = "<https://e.org/d> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> .\n<https://e.org/d> <http://purl.org/dc/terms/title> \"T\" .\n";
    for body in [json.to_owned(), lines.to_owned()] {
        for kind in [
            "text/plain",
            "application/xml",
            "application/octet-stream",
            "text/html",
        ] {
            let body = body.clone();
            let feed =
                feed(move |_, _, _| ([(header::CONTENT_TYPE, kind)], body.clone()).into_response())
                    .await;
            let walked = crawled(&feed, "/c").await;
            assert!(walked.error.is_none(), "{kind}: {:?}", walked.error);
            assert_eq!(walked.keys("datasets"), ["https://e.org/d"], "{kind}");
        }
    }
}
