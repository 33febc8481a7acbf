//! A sample catalogue service: GeoNetwork's CSW, as far as it is harvested.
//!
//! `GetCapabilities`, `GetRecords` by POST and GET, `GetRecordById`; ten records a page where nobody says
//! how many, `nextRecord` 0 at the end, refusals as reports of exceptions with status 400. GeoNetwork
//! converts between schemas; here a record comes as it is kept, or in a few elements of Dublin Core.

mod answer;
mod condition;
mod cql;
mod data;
mod question;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::{Sample, Shown, retain};
pub use data::{Record, SampleData};

use question::Question;

/// Where the service is, below the catalogue's address.
pub const PATH: &str = "/geonetwork/srv/fre/csw";

/// This sample portal.
pub(super) const SAMPLE: Sample = Sample {
    kind: "csw",
    id: "geoouest",
    title: ["GéoOuest (GeoNetwork)", "GéoOuest (GeoNetwork)"],
    language: None,
    path: PATH,
    serving: |keeps| {
        let data = SampleData::bundled();
        data.change(|records| retain(records, keeps));
        router(data)
    },
    record,
    synthetic: |asked| router(SampleData::synthetic(asked.datasets(), asked.seed)),
    is_changing: false,
};

fn record(shown: &Shown<'_>) -> String {
    let text = |name: &str, text: &str| {
        format!("<gmd:{name}><gco:CharacterString>{text}</gco:CharacterString></gmd:{name}>")
    };
    let links = shown.each(|n| {
        format!(
            "<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{}</gmd:URL></gmd:linkage>{}{}\
             </gmd:CI_OnlineResource></gmd:onLine>",
            shown.file(n),
            text("protocol", "WWW:DOWNLOAD-1.0-http--download"),
            text("name", shown.title),
        )
    });
    format!(
        "<gmd:MD_Metadata xmlns:gmd='http://www.isotc211.org/2005/gmd' xmlns:gco='http://www.isotc211.org/2005/gco'>\
         {}<gmd:identificationInfo><gmd:MD_DataIdentification><gmd:citation><gmd:CI_Citation>{}\
         </gmd:CI_Citation></gmd:citation></gmd:MD_DataIdentification></gmd:identificationInfo>\
         <gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>{}\
         </gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>\
         </gmd:MD_Metadata>",
        text("fileIdentifier", &format!("id-{}", shown.key)),
        text("title", shown.title),
        links.concat(),
    )
}

/// The routes of a sample catalogue.
pub fn router(data: SampleData) -> Router {
    Router::new()
        .route(PATH, get(by_parameters).post(by_document))
        .with_state(data)
}

async fn by_parameters(
    State(data): State<SampleData>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let question = Question::of_parameters(query.as_deref().unwrap_or_default());
    respond(question.and_then(|question| answer::answer(&question, &data, &origin(&headers))))
}

async fn by_document(State(data): State<SampleData>, headers: HeaderMap, body: Bytes) -> Response {
    let question = Question::of_document(&String::from_utf8_lossy(&body));
    respond(question.and_then(|question| answer::answer(&question, &data, &origin(&headers))))
}

/// A refusal: the code and the parameter that it is about, and why.
#[derive(Debug, PartialEq, Eq)]
struct Refusal {
    code: &'static str,
    locator: String,
    text: String,
}

impl Refusal {
    fn new(locator: &str, text: impl Into<String>) -> Self {
        Self {
            code: "InvalidParameterValue",
            locator: locator.to_owned(),
            text: text.into(),
        }
    }
}

fn respond(answer: Result<String, Refusal>) -> Response {
    let (status, text) = match answer {
        Ok(text) => (StatusCode::OK, text),
        Err(refusal) => (StatusCode::BAD_REQUEST, answer::refusal(&refusal)),
    };
    let kind = [(header::CONTENT_TYPE, "application/xml;charset=UTF-8")];
    (status, kind, text).into_response()
}

/// The origin that the client asked.
fn origin(headers: &HeaderMap) -> String {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let is_plain = |host: &&str| {
        host.bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
    };
    format!("http://{}", host.filter(is_plain).unwrap_or("localhost"))
}
