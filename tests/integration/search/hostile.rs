//! What nobody should ask for.

use moisson::search::{Cursor, LONGEST_TEXT, Matching, Request, SearchError, Text};

use super::{Portal, text};

const ALL: [Matching; 4] = [
    Matching::Words,
    Matching::Phrase,
    Matching::Prefix,
    Matching::Fuzzy,
];

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_are_too_long_are_refused_with_what_is_allowed() {
    let portal = Portal::new().await;
    let index = portal.index();
    let many = "mot ".repeat(10_000);
    let some = "mot ".repeat(33);
    for matching in ALL {
        for (asked, allowed) in [
            (many.as_str(), "1000 characters"),
            (&*"x".repeat(LONGEST_TEXT + 1), "1000 characters"),
            (&*some, "32 words, not 33"),
        ] {
            let refused = index.search(&text(matching, asked));
            let Err(SearchError::Refused(message)) = refused else {
                panic!("{matching:?}: {refused:?}");
            };
            assert!(message.contains(allowed), "{message}");
        }
        assert!(
            index
                .search(&text(matching, &"x".repeat(LONGEST_TEXT)))
                .is_ok()
        );
    }
    let many = Request {
        limit: 10_001,
        ..Request::default()
    };
    assert!(
        matches!(index.search(&many), Err(SearchError::Refused(message)) if message.contains("10000"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn no_letter_means_anything_but_itself() {
    let portal = Portal::new().await;
    let index = portal.index();
    for asked in [
        "",
        " ",
        "*",
        "*:*",
        "?",
        "-",
        "--",
        "\"",
        "\"\"",
        "\" \"",
        "-\"",
        "- - -",
        "l'",
        "'",
        "a:b AND (",
        "title:air OR *",
        "/.*/",
        "[a TO z]",
        "{!lucene}",
        "air~2^9",
        "\u{0}\u{1}\u{7f}",
        "\u{202e}air",
        "((((((((((((((((((((",
        "\\",
        "\\\"",
        "%00",
        "é\u{301}\u{301}\u{301}",
        "\u{FFFD}\u{FEFF}",
        "🚲",
        "ﷺ",
        "-air -eau -velo",
        "\"de la\"",
        "de",
        "le la les",
    ] {
        for matching in ALL {
            let answer = index.search(&text(matching, asked));
            assert!(answer.is_ok(), "{asked:?} {matching:?}: {answer:?}");
        }
    }
    for asked in ["*", "*:*", "/.*/", "()", "\u{0}", ""] {
        assert_eq!(
            index.search(&Request::words(asked)).unwrap().total,
            0,
            "{asked:?}"
        );
    }
    // What must not be there alone leaves the others.
    assert!(index.search(&Request::words("-air")).unwrap().total > 5);
    let both = Request {
        texts: ["air", "*"]
            .map(|text| Text {
                text: text.to_owned(),
                matching: Matching::Words,
            })
            .to_vec(),
        ..Request::default()
    };
    assert_eq!(index.search(&both).unwrap().total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_of_anybody_ends_somewhere() {
    let portal = Portal::new().await;
    let index = portal.index();
    for cursor in ["0-0", "ffffffffffffffff-ffffffffffffffff", "1-1"] {
        let request = Request {
            after: Cursor::parse(cursor),
            limit: 0,
            ..Request::default()
        };
        let answer = index.search(&request).unwrap();
        assert_eq!((answer.hits.len(), answer.total), (0, 13));
    }
}
