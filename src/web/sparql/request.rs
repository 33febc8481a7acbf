//! A request of the SPARQL 1.1 Protocol, read.

use std::error::Error;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use http_body_util::LengthLimitError;
use percent_encoding::percent_decode;

use crate::web::error::WebError;
use crate::web::headers::joined;
use crate::web::words::{Word, words};

/// The most bytes of a request's body.
const LONGEST: usize = 1 << 20;

/// The parameters of a query.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Protocol {
    pub(super) query: String,
    pub(super) default_graphs: Vec<String>,
    pub(super) named_graphs: Vec<String>,
    /// `format` or `output`, which are not of the protocol but widely sent.
    pub(super) format: Option<String>,
}

/// Reads a request; nothing when it has no query.
pub(super) async fn read(request: Request) -> Result<Option<Protocol>, WebError> {
    let mut parameters = Parameters::default();
    parameters.add(request.uri().query().unwrap_or_default().as_bytes())?;
    if !has_body(request.method()) {
        return parameters.into_protocol();
    }
    let content_type = joined(request.headers(), &CONTENT_TYPE)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let (media_type, rest) = content_type.split_once(';').unwrap_or((&content_type, ""));
    let charset = rest
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("charset="));
    if !matches!(
        charset.map(|charset| charset.trim_matches('"')),
        None | Some("utf-8" | "utf8" | "us-ascii")
    ) {
        return Err(WebError::MediaType("a query is sent in UTF-8"));
    }
    let direct = match media_type.trim() {
        "application/x-www-form-urlencoded" => false,
        "application/sparql-query" => true,
        "application/sparql-update" => return Err(update()),
        _ => {
            let known =
                "send a query as application/x-www-form-urlencoded or application/sparql-query";
            return Err(WebError::MediaType(known));
        }
    };
    let body = to_bytes(request.into_body(), LONGEST)
        .await
        .map_err(|error| unread(&error))?;
    if direct {
        let query =
            String::from_utf8(body.into()).map_err(|_invalid| bad("the query is not UTF-8"))?;
        parameters.queries.push(query);
    } else {
        parameters.add(&body)?;
    }
    parameters.into_protocol()
}

/// Whether requests of a method have their query in the body: `POST`, and `QUERY`
/// (<https://datatracker.ietf.org/doc/draft-ietf-httpbis-safe-method-w-body/>).
pub(super) fn has_body(method: &Method) -> bool {
    method == Method::POST || method.as_str() == "QUERY"
}

/// Why a body could not be read: it is too long, or has not come.
fn unread(error: &axum::Error) -> WebError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return WebError::TooLarge(LONGEST);
        }
        cause = error.source();
    }
    WebError::TooSlow
}

fn bad(message: &str) -> WebError {
    WebError::Protocol(message.to_owned())
}

fn update() -> WebError {
    bad("updates are not accepted here: send SELECT, ASK, CONSTRUCT or DESCRIBE as `query`")
}

#[derive(Default)]
struct Parameters {
    queries: Vec<String>,
    has_update: bool,
    protocol: Protocol,
}

impl Parameters {
    /// Adds those of a URL's query string or of a form.
    fn add(&mut self, encoded: &[u8]) -> Result<(), WebError> {
        for pair in encoded
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty())
        {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            match name.as_str() {
                "query" => self.queries.push(value),
                "update" => self.has_update = true,
                "default-graph-uri" if !value.is_empty() => {
                    self.protocol.default_graphs.push(value);
                }
                "named-graph-uri" if !value.is_empty() => self.protocol.named_graphs.push(value),
                "format" | "output" => {
                    self.protocol.format = Some(value).filter(|value| !value.is_empty());
                }
                // Other parameters are other programs' business.
                _ => {}
            }
        }
        Ok(())
    }

    fn into_protocol(mut self) -> Result<Option<Protocol>, WebError> {
        if self.has_update {
            return Err(update());
        }
        match (self.queries.pop(), self.queries.is_empty()) {
            (None, _) => Ok(None),
            (Some(query), true) => Ok(Some(Protocol {
                query: query.trim_start_matches('\u{FEFF}').to_owned(),
                ..self.protocol
            })),
            (Some(_), false) => Err(bad("the request has more than one query")),
        }
    }
}

fn decode(encoded: &[u8]) -> Result<String, WebError> {
    let spaced: Vec<u8> = encoded
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let decoded = percent_decode(&spaced)
        .decode_utf8()
        .map_err(|_invalid| bad("a parameter is not UTF-8"))?;
    Ok(decoded.into_owned())
}

/// Whether a query may have another answer next time on the same data. It errs on that side: the functions
/// are looked for anywhere.
pub(in crate::web) fn is_volatile(query: &str) -> bool {
    const MOMENTARY: [&str; 5] = ["NOW", "RAND", "UUID", "STRUUID", "BNODE"];
    let mut calling = false;
    for (word, text) in words(query) {
        let is = |name: &&str| text.eq_ignore_ascii_case(name);
        match word {
            Word::Other | Word::Comment => {}
            Word::Name if MOMENTARY.iter().any(is) => return true,
            Word::Name => calling = is(&"SERVICE") || (calling && is(&"SILENT")),
            // What another endpoint says is its own business; the search of this catalogue is of the
            // snapshot.
            _ if calling && text != "<urn:moisson:search>" => return true,
            _ => calling = false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn post(content_type: &str, uri: &str, body: &str) -> Request {
        Request::post(uri)
            .header("content-type", content_type)
            .body(Body::from(body.to_owned()))
            .unwrap()
    }

    const FORM: &str = "application/x-www-form-urlencoded";
    const DIRECT: &str = "application/sparql-query";

    async fn query(request: Request) -> Result<Option<String>, u16> {
        read(request)
            .await
            .map(|protocol| protocol.map(|it| it.query))
            .map_err(|error| error.status().as_u16())
    }

    #[tokio::test]
    async fn the_three_ways_to_send_a_query_are_one() {
        let get = Request::get("/sparql?query=ASK+%7B%7D")
            .body(Body::empty())
            .unwrap();
        for request in [
            get,
            post(FORM, "/sparql", "query=ASK%20{}"),
            post(
                "Application/X-WWW-Form-URLEncoded; charset=UTF-8",
                "/sparql",
                "query=ASK+{}",
            ),
            post(DIRECT, "/sparql", "ASK {}"),
            post(DIRECT, "/sparql", "\u{FEFF}ASK {}"),
        ] {
            assert_eq!(query(request).await, Ok(Some("ASK {}".to_owned())));
        }
        let nothing = Request::get("/sparql?format=json")
            .body(Body::empty())
            .unwrap();
        assert_eq!(query(nothing).await, Ok(None));
    }

    #[tokio::test]
    async fn graphs_of_the_url_and_of_the_form_are_joined() {
        let request = post(
            FORM,
            "/sparql?default-graph-uri=a%3Ab",
            "query=q&default-graph-uri=c:d&named-graph-uri=e:f&output=xml",
        );
        let protocol = read(request).await.ok().flatten().unwrap();
        assert_eq!(protocol.default_graphs, ["a:b", "c:d"]);
        assert_eq!(protocol.named_graphs, ["e:f"]);
        assert_eq!(protocol.format.as_deref(), Some("xml"));
    }

    #[tokio::test]
    async fn wrong_requests_are_told_apart() {
        for (request, status) in [
            (
                Request::get("/sparql?query=a&query=b")
                    .body(Body::empty())
                    .unwrap(),
                400,
            ),
            (
                Request::get("/sparql?update=CLEAR%20ALL")
                    .body(Body::empty())
                    .unwrap(),
                400,
            ),
            (
                Request::get("/sparql?query=%FF")
                    .body(Body::empty())
                    .unwrap(),
                400,
            ),
            (post(DIRECT, "/sparql?query=a", "ASK {}"), 400),
            (post(FORM, "/sparql", "update=CLEAR+ALL"), 400),
            (
                post("application/sparql-update", "/sparql", "CLEAR ALL"),
                400,
            ),
            (post("text/plain", "/sparql", "ASK {}"), 415),
            (
                post(
                    "application/sparql-query; charset=UTF-16",
                    "/sparql",
                    "ASK {}",
                ),
                415,
            ),
            (
                Request::post("/sparql")
                    .body(Body::from("query=a"))
                    .unwrap(),
                415,
            ),
            (post(DIRECT, "/sparql", &" ".repeat(LONGEST + 1)), 413),
        ] {
            assert_eq!(query(request).await, Err(status));
        }
    }

    #[test]
    fn queries_of_the_moment_are_recognised() {
        assert!(is_volatile("SELECT (now() AS ?t) {}"));
        assert!(is_volatile("SELECT (strUUID\n () AS ?t) {}"));
        assert!(is_volatile("SELECT (RAND # why\n() AS ?t) {}"));
        assert!(is_volatile("SELECT (BNODE() AS ?t) {}"));
        assert!(is_volatile("SELECT * { SERVICE ?s { ?s ?p ?o } }"));
        assert!(!is_volatile("SELECT ?now { ?now ?p ?o }"));
        assert!(!is_volatile(
            "SELECT * { SERVICE <urn:moisson:search> { ?s ?p ?o } }"
        ));
    }
}
