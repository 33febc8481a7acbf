//! What words find.

use moisson::search::{Facet, Index, Language, Matching, Part, Request, Sort};

use super::{Portal, text, titles};

fn finds(index: &Index, request: &Request, expected: &[&str]) {
    let answer = index.search(request).unwrap();
    assert_eq!(titles(&answer), expected, "{request:?}");
    assert_eq!(answer.total, u64::try_from(expected.len()).unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_found_in_any_form_with_accents_or_without() {
    let portal = Portal::new().await;
    let index = portal.index();
    let air = "Qualité de l'air à Lyon";
    for (words, expected) in [
        ("qualité de l'air", &[air][..]),
        ("QUALITE AIR", &[air]),
        ("qualités", &[air]),
        ("l’air", &["Aires de covoiturage", air]),
        ("stations horaires", &[air]),
        ("pollutions", &[air]),
        ("donnée eau", &["Données sur les eaux de baignade"]),
        ("connected", &["Broadband connections by municipality"]),
        ("arbre remarquable", &["Registre des arbres remarquables"]),
        ("häuser", &["Häuser und Straßen"]),
        ("hauser strassen", &["Häuser und Straßen"]),
        (
            "saint etienne",
            &["Aires de covoiturage", "Ville de Saint-Étienne"],
        ),
        ("vélos -https", &["Vélos", "Vélos"]),
        ("vélos -velo", &[]),
        ("\"air a lyon\"", &[air]),
        ("\"lyon air\"", &[]),
        ("air absent", &[]),
    ] {
        finds(&index, &Request::words(words), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn acronyms_find_what_they_stand_for_and_the_other_way() {
    let portal = Portal::new().await;
    let index = portal.index();
    let both = ["PLU numérisé", "Plan local d'urbanisme de Brest"];
    finds(&index, &Request::words("plu"), &both);
    finds(&index, &Request::words("plan local d'urbanisme"), &both);
    finds(
        &index,
        &Request::words("plan local d'urbanisme Brest"),
        &both[1..],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn phrases_beginnings_and_misspellings_are_asked_for_by_themselves() {
    let portal = Portal::new().await;
    let index = portal.index();
    let air = "Qualité de l'air à Lyon";
    finds(&index, &text(Matching::Phrase, "qualité de l'air"), &[air]);
    finds(&index, &text(Matching::Phrase, "air qualité"), &[]);
    finds(&index, &text(Matching::Prefix, "qualité de l'a"), &[air]);
    finds(
        &index,
        &text(Matching::Prefix, "covoit"),
        &["Aires de covoiturage"],
    );
    finds(&index, &text(Matching::Words, "covoit"), &[]);
    finds(
        &index,
        &text(Matching::Fuzzy, "covoiturgae"),
        &["Aires de covoiturage"],
    );
    finds(
        &index,
        &text(Matching::Fuzzy, "brodband"),
        &["Broadband connections by municipality"],
    );
    // A question that finds nothing is asked again, and says so.
    let answer = index.search(&Request::words("baignate")).unwrap();
    assert_eq!(titles(&answer), ["Données sur les eaux de baignade"]);
    assert!(answer.corrected);
    assert!(!index.search(&Request::words("baignade")).unwrap().corrected);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_read_in_the_language_that_is_named_and_in_the_parts_that_are() {
    let portal = Portal::new().await;
    let index = portal.index();
    let connected = |reading| Request {
        reading: Some(reading),
        ..Request::words("connected")
    };
    finds(
        &index,
        &connected(Language::English),
        &["Broadband connections by municipality"],
    );
    assert_eq!(index.search(&connected(Language::French)).unwrap().total, 0);
    let lyon = |part| Request {
        parts: vec![part],
        ..Request::words("stations")
    };
    finds(
        &index,
        &lyon(Part::Description),
        &["Qualité de l'air à Lyon"],
    );
    finds(&index, &lyon(Part::Title), &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identifier_finds_its_record() {
    let portal = Portal::new().await;
    let index = portal.index();
    let answer = index.search(&Request::words("german")).unwrap();
    assert_eq!(titles(&answer), ["Häuser und Straßen"]);
    let iri = answer.hits[0].iri.clone();
    assert_eq!(
        index.search(&Request::words(&iri)).unwrap().hits[0].iri,
        iri
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_on_where_the_one_before_ended() {
    let portal = Portal::new().await;
    let index = portal.index();
    for sort in [Sort::Relevance, Sort::Modified, Sort::Issued, Sort::Quality] {
        let whole = Request {
            limit: 100,
            sort,
            ..Request::default()
        };
        let all = index.search(&whole).unwrap();
        assert_eq!((all.total, all.hits.len(), all.next), (13, 13, None));
        let mut paged = Vec::new();
        let mut request = Request { limit: 5, ..whole };
        loop {
            let page = index.search(&request).unwrap();
            assert_eq!(page.total, 13);
            paged.extend(page.hits);
            request.after = page.next;
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(paged, all.hits, "{sort:?}");
    }
    let latest = Request {
        sort: Sort::Modified,
        limit: 2,
        ..Request::default()
    };
    let latest = index.search(&latest).unwrap();
    let first: Vec<_> = latest
        .hits
        .iter()
        .map(|hit| hit.titles[0].text.as_str())
        .collect();
    assert_eq!(
        first,
        [
            "Arrêts de bus au format GTFS",
            "Données sur les eaux de baignade"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_are_counted_and_chosen_by() {
    let portal = Portal::new().await;
    let index = portal.index();
    let request = Request {
        count: vec![
            (Facet::Kind, 10),
            (Facet::Publisher, 10),
            (Facet::Theme, 10),
        ],
        ..Request::default()
    };
    let answer = index.search(&request).unwrap();
    let [kinds, publishers, themes] = answer.counts.as_slice() else {
        panic!("{:?}", answer.counts);
    };
    let value = |value: &str, count| (value.to_owned(), count);
    assert_eq!(
        kinds.values,
        [value("dataset", 12), value("organization", 1)]
    );
    assert!(themes.values.is_empty());
    let [(ville, 1)] = publishers.values.as_slice() else {
        panic!("{publishers:?}");
    };
    let chosen = Request {
        facets: vec![(
            Facet::Publisher,
            vec![ville.clone(), "urn:other".to_owned()],
        )],
        ..Request::default()
    };
    finds(&index, &chosen, &["Aires de covoiturage"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn times_that_are_covered_are_chosen_by() {
    let portal = Portal::new().await;
    let index = portal.index();
    let period = |from: &str, to: &str| Request {
        period: Some((
            moisson::search::moments(from).unwrap().0,
            moisson::search::moments(to).unwrap().1,
        )),
        ..Request::default()
    };
    finds(
        &index,
        &period("2021-12", "2030"),
        &["Registre des arbres remarquables"],
    );
    finds(&index, &period("2022", "2030"), &[]);
    finds(&index, &period("1900", "2018"), &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn titles_are_suggested_and_words_are_shown_where_they_stand() {
    let portal = Portal::new().await;
    let index = portal.index();
    let suggested = index.suggest("qual", 5).unwrap();
    assert_eq!(suggested.len(), 1);
    assert_eq!(suggested[0].title, "Qualité de l'air à Lyon");
    assert_eq!(
        index.suggest("vélo", 5).unwrap().len(),
        1,
        "each title once"
    );
    assert!(index.suggest("  ", 5).unwrap().is_empty());
    let request = Request {
        snippets: true,
        ..Request::words("station")
    };
    let answer = index.search(&request).unwrap();
    let snippet = answer.hits[0].snippet.clone().unwrap();
    assert_eq!(snippet.text, "Mesures horaires des stations fixes.");
    let marked = snippet.text.get(snippet.marks[0].clone());
    assert_eq!(marked, Some("stations"));
}
