//! A portal of any kind whose answers can be spoilt on their way: bytes, headers, time, whatever they mean.

use std::convert::Infallible;
use std::io::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};

/// What happens to an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// A page for people instead, with status 200.
    Html,
    /// Nothing at all, with status 200.
    Nothing,
    /// The first half, as if it were the whole.
    Cut,
    /// The first half, though the whole was announced.
    CutShort,
    /// This status.
    Status(u16),
    /// No answer.
    Silence,
    /// A byte now and then.
    Drip,
    /// Another address.
    Redirect(&'static str),
    /// A small answer that becomes enormous when it is decompressed.
    GzipBomb,
    /// A document whose entities become enormous when they are replaced.
    EntityBomb,
    /// A document that asks for a file of this machine.
    ExternalEntity,
    /// The sound answer under a content type that says something else.
    WrongType(&'static str),
    /// The sound answer in an encoding that nobody announced.
    Utf16,
    /// The answer to the request before.
    Stale,
}

#[derive(Default)]
struct Script {
    requests: Range<usize>,
    mishap: Option<Mishap>,
    asked: Vec<String>,
    last: Option<(Option<HeaderValue>, Bytes)>,
}

/// The control of a spoilt portal.
#[derive(Clone, Default)]
pub(crate) struct Mishaps(Arc<Mutex<Script>>);

impl Mishaps {
    /// `routes`, through which nothing goes wrong yet.
    pub(crate) fn over(routes: Router) -> (Router, Self) {
        let own = Self::default();
        let layer = middleware::from_fn_with_state(own.clone(), spoil);
        (routes.layer(layer), own)
    }

    /// From now on, the requests in this range, counted from 0, go wrong.
    pub(crate) fn spoil(&self, requests: Range<usize>, mishap: Mishap) {
        *self.0.lock().unwrap() = Script {
            requests,
            mishap: Some(mishap),
            ..Script::default()
        };
    }

    /// Nothing goes wrong any more; gives back what was asked since the last change.
    pub(crate) fn heal(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap()).asked
    }
}

async fn spoil(State(mishaps): State<Mishaps>, request: Request, next: Next) -> Response {
    let (mishap, last) = {
        let mut script = mishaps.0.lock().unwrap();
        let number = script.asked.len();
        script.asked.push(request.uri().to_string());
        let mishap = script.mishap.clone();
        let mishap = mishap.filter(|_| script.requests.contains(&number));
        (mishap, script.last.clone())
    };
    // robots.txt is a file of the host, not an answer of the portal.
    let is_answer = request.uri().path() != "/robots.txt";
    match mishap.filter(|_| is_answer) {
        None => {
            let sound = next.run(request).await;
            let kind = sound.headers().get(header::CONTENT_TYPE).cloned();
            let (parts, body) = sound.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            mishaps.0.lock().unwrap().last = Some((kind, body.clone()));
            Response::from_parts(parts, Body::from(body))
        }
        Some(mishap) => answer(mishap, last, request, next).await,
    }
}

async fn answer(
    mishap: Mishap,
    last: Option<(Option<HeaderValue>, Bytes)>,
    request: Request,
    next: Next,
) -> Response {
    match mishap {
        Mishap::Html => (
            [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
            "<!doctype html><title>Maintenance</title><p>Le site revient bient\u{f4}t.",
        )
            .into_response(),
        Mishap::Nothing => StatusCode::OK.into_response(),
        Mishap::Status(status) => {
            (StatusCode::from_u16(status).unwrap(), "nothing to see").into_response()
        }
        Mishap::Silence => std::future::pending().await,
        Mishap::Drip => {
            let drops = futures_util::stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Ok::<_, Infallible>(" "), ()))
            });
            Body::from_stream(drops).into_response()
        }
        Mishap::Redirect(target) => Redirect::temporary(target).into_response(),
        Mishap::GzipBomb => (
            [
                (header::CONTENT_TYPE, "application/xml"),
                (header::CONTENT_ENCODING, "gzip"),
            ],
            bomb(),
        )
            .into_response(),
        Mishap::EntityBomb => xml(&entities()),
        Mishap::ExternalEntity => xml(
            "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>\n<r>&file;</r>",
        ),
        Mishap::Stale => {
            let (kind, body) = last.expect("an answer before this one");
            let kind = kind.unwrap_or(HeaderValue::from_static("text/plain"));
            ([(header::CONTENT_TYPE, kind)], body).into_response()
        }
        Mishap::Cut | Mishap::CutShort | Mishap::WrongType(_) | Mishap::Utf16 => {
            let (parts, body) = next.run(request).await.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let kind = parts.headers.get(header::CONTENT_TYPE).cloned();
            let kind = kind.unwrap_or(HeaderValue::from_static("text/plain"));
            let half = body.slice(..body.len() / 2);
            match mishap {
                Mishap::Cut => ([(header::CONTENT_TYPE, kind)], half).into_response(),
                Mishap::WrongType(other) => ([(header::CONTENT_TYPE, other)], body).into_response(),
                Mishap::Utf16 => {
                    let text = String::from_utf8(body.to_vec()).unwrap();
                    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
                    let bytes: Vec<u8> = units.collect();
                    ([(header::CONTENT_TYPE, kind)], bytes).into_response()
                }
                _ => {
                    let stream = futures_util::stream::iter([Ok::<_, Infallible>(half)]);
                    Response::builder()
                        .header(header::CONTENT_TYPE, kind)
                        .header(header::CONTENT_LENGTH, body.len())
                        .body(Body::from_stream(stream))
                        .unwrap()
                }
            }
        }
    }
}

fn xml(text: &str) -> Response {
    ([(header::CONTENT_TYPE, "application/xml")], text.to_owned()).into_response()
}

/// Two gigabytes of spaces in two megabytes.
pub(crate) fn bomb() -> Bytes {
    static BOMB: OnceLock<Bytes> = OnceLock::new();
    let make = || {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        let spaces = vec![b' '; 1 << 20];
        for _ in 0..2048 {
            packed.write_all(&spaces).unwrap();
        }
        packed.finish().unwrap().into()
    };
    BOMB.get_or_init(make).clone()
}

/// Ten entities, each of ten of the one before.
fn entities() -> String {
    use std::fmt::Write as _;
    let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY e0 \"ha\">");
    for n in 1..10 {
        let of = format!("&e{};", n - 1).repeat(10);
        write!(text, "<!ENTITY e{n} \"{of}\">").unwrap();
    }
    text.push_str("]><r>&e9;</r>");
    text
}
