//! Requests that carry something.

use super::*;

const QUESTION: &str = "<csw:GetRecords/>";

fn question(url: &str) -> Request {
    Request::post(
        url.parse().unwrap(),
        "application/xml",
        "application/xml; charset=utf-8",
        QUESTION,
    )
}

#[tokio::test]
async fn a_question_arrives_with_its_type() {
    let server = Server::start(|_| answer("200 OK", &[], "<csw:GetRecordsResponse/>")).await;
    let fetcher = Fetcher::new(options()).unwrap();
    let response = fetcher.get(&question(&server.url("/csw"))).await.unwrap();
    assert_eq!(response.excerpt(), "<csw:GetRecordsResponse/>");
    let head = server.heads().remove(0);
    assert!(head.starts_with("post /csw http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\ncontent-type: application/xml; charset=utf-8\r\n"));
    assert_eq!(server.bodies(), [QUESTION]);
}

#[tokio::test]
async fn a_question_is_asked_again_whole() {
    let server = Server::start(|number| match number {
        0 => answer("503 Later", &[], ""),
        _ => answer("200 OK", &[], ""),
    })
    .await;
    let fetcher = Fetcher::new(retrying()).unwrap();
    let response = fetcher.get(&question(&server.url("/"))).await.unwrap();
    assert_eq!(response.attempts, 2);
    assert_eq!(server.bodies(), [QUESTION, QUESTION]);
}

#[tokio::test]
async fn a_question_keeps_its_body_through_redirects() {
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let other = Server::start(|_| answer("200 OK", &[], "")).await;
        let location = format!("Location: {}", other.url("/csw"));
        let server = Server::start(move |_| answer(status, &[&location], "")).await;
        let fetcher = Fetcher::new(options()).unwrap();
        fetcher.get(&question(&server.url("/"))).await.unwrap();
        assert_eq!(other.bodies(), [QUESTION], "{status}");
        assert!(
            other.heads().remove(0).contains("\r\ncontent-type: "),
            "{status}"
        );
    }
}

#[tokio::test]
async fn see_other_leads_to_a_plain_request() {
    let server = Server::start(|number| match number {
        0 => answer("303 See Other", &["Location: /answer"], ""),
        _ => answer("200 OK", &[], ""),
    })
    .await;
    let fetcher = Fetcher::new(options()).unwrap();
    fetcher.get(&question(&server.url("/"))).await.unwrap();
    let head = server.heads().remove(1);
    assert!(head.starts_with("get /answer http/1.1\r\n"), "{head}");
    assert!(!head.contains("content-type"), "{head}");
    assert_eq!(server.bodies(), [QUESTION, ""]);
}
