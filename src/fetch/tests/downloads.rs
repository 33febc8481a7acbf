//! Bodies that go into a file.

use std::io::Read as _;

use super::*;

async fn download(options: Options, url: &str) -> Result<Download, FetchError> {
    let request = Request::new(url.parse().unwrap(), "text/turtle");
    Fetcher::new(options).unwrap().download(&request).await
}

fn text(mut download: Download) -> String {
    let mut text = String::new();
    download.file.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_body_larger_than_memory_allows_arrives_in_a_file() {
    let feed = "<a> <b> <c> .\n".repeat(10_000);
    assert!(feed.len() > 64 << 10, "beyond what is held");
    let body = packed("gzip", feed.as_bytes()).await;
    let server = Server::start(move |_| {
        let headers = [
            "Content-Encoding: gzip",
            "Content-Type: text/turtle",
            "ETag: \"1\"",
        ];
        answer("200 OK", &headers, &body)
    })
    .await;
    let found = download(options(), &server.url("/")).await.unwrap();
    assert_eq!((found.status, found.attempts), (200, 1));
    assert_eq!(found.bytes, feed.len() as u64);
    assert_eq!(found.content_type.as_deref(), Some("text/turtle"));
    assert_eq!(found.validators.etag.as_deref(), Some("\"1\""));
    assert!(found.excerpt().starts_with("<a> <b> <c> . <a>"));
    assert_eq!(text(found), feed);
}

#[tokio::test]
async fn another_attempt_starts_the_file_again() {
    let server = Server::start(|number| match number {
        0 => Answer::Bytes(
            Duration::ZERO,
            b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\na long beginning".to_vec(),
        ),
        _ => answer("200 OK", &[], "short"),
    })
    .await;
    let found = download(retrying(), &server.url("/")).await.unwrap();
    assert_eq!((found.attempts, found.bytes), (2, 5));
    assert_eq!(text(found), "short");
}

#[tokio::test]
async fn a_file_has_its_own_limit() {
    let server = Server::start(|_| answer("200 OK", &[], vec![b'x'; (256 << 10) + 1])).await;
    let error = download(retrying(), &server.url("/")).await.unwrap_err();
    assert!(
        matches!(error, FetchError::TooLarge { limit: 262_144, .. }),
        "{error}"
    );
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn a_bomb_fills_no_disk() {
    let bomb = packed("gzip", &vec![0; 64 << 20]).await;
    let server = Server::start(move |_| answer("200 OK", &["Content-Encoding: gzip"], &bomb)).await;
    let generous = Options {
        max_download: 1 << 30,
        ..options()
    };
    let error = download(generous, &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Bomb { .. }), "{error}");
}

#[tokio::test]
async fn a_compressed_file_is_unpacked_whatever_it_is_called() {
    let feed = "<a> <b> <c> .\n".repeat(10_000);
    let file = packed("gzip", feed.as_bytes()).await;
    // Some servers call the file's own compression a coding, some compress it once more.
    let twice = packed("gzip", &file).await;
    let cases: [(&[&str], Vec<u8>); 4] = [
        (&["Content-Type: application/gzip"], file.clone()),
        (&["Content-Type: application/octet-stream"], file.clone()),
        (&["Content-Encoding: gzip"], file),
        (
            &["Content-Encoding: gzip", "Content-Type: text/turtle"],
            twice,
        ),
    ];
    for (headers, body) in cases {
        let server = Server::start(move |_| answer("200 OK", headers, &body)).await;
        let found = download(options(), &server.url("/c.nt.gz")).await.unwrap();
        assert_eq!(found.bytes, feed.len() as u64);
        assert_eq!(text(found), feed);
    }
}

#[tokio::test]
async fn a_compressed_file_has_the_limits_of_every_body() {
    let generous = || Options {
        max_download: 1 << 30,
        ..options()
    };
    let bomb = packed("gzip", &vec![b' '; 64 << 20]).await;
    // Half of it does: what comes behind is not waited for.
    let half = bomb.get(..bomb.len() / 2).unwrap().to_vec();
    for body in [bomb.clone(), half.clone()] {
        let server = Server::start(move |_| answer("200 OK", &[], &body)).await;
        let error = download(generous(), &server.url("/")).await.unwrap_err();
        assert!(matches!(error, FetchError::Bomb { .. }), "{error}");
        assert_eq!(server.heads().len(), 1);
    }
    let twice = packed("gzip", &bomb).await;
    let server =
        Server::start(move |_| answer("200 OK", &["Content-Encoding: gzip"], &twice)).await;
    let error = download(generous(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Bomb { .. }), "{error}");

    let large = packed("gzip", &vec![b' '; 300 << 10]).await;
    let server = Server::start(move |_| answer("200 OK", &[], &large)).await;
    let error = download(options(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");

    let cut = packed("gzip", b"<a> <b> <c> .").await;
    let cut = cut.get(..cut.len() - 4).unwrap().to_vec();
    let server = Server::start(move |_| answer("200 OK", &[], &cut)).await;
    let error = download(options(), &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Garbled { .. }), "{error}");
}

#[tokio::test]
async fn a_file_has_its_own_time() {
    let server = Server::start(|_| {
        let Answer::Bytes(_, bytes) = answer("200 OK", &[], "late") else {
            unreachable!("that is how it is made")
        };
        Answer::Bytes(Duration::from_millis(300), bytes)
    })
    .await;
    let hasty = Options {
        total_timeout: Duration::from_millis(100),
        ..options()
    };
    assert!(get(hasty.clone(), &server.url("/")).await.is_err());
    assert_eq!(
        text(download(hasty, &server.url("/")).await.unwrap()),
        "late"
    );
}

#[tokio::test]
async fn unchanged_content_leaves_an_empty_file() {
    let server = Server::start(|_| {
        Answer::Bytes(
            Duration::ZERO,
            b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec(),
        )
    })
    .await;
    let mut request = Request::new(server.url("/").parse().unwrap(), "*/*");
    request.validators = Some(Validators::default());
    let fetcher = Fetcher::new(options()).unwrap();
    let found = fetcher.download(&request).await.unwrap();
    assert_eq!((found.status, found.bytes), (304, 0));
    assert_eq!(text(found), "");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named_as_our_own_fault() {
    let server = Server::start(|_| answer("200 OK", &[], "")).await;
    let nowhere = Options {
        spool: "/nowhere/at/all".into(),
        ..options()
    };
    let error = download(nowhere, &server.url("/")).await.unwrap_err();
    assert!(matches!(error, FetchError::Spool(_)), "{error}");
    assert!(!error.is_transient());
}
