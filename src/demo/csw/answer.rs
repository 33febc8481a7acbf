//! What is answered: capabilities, pages of records, single records, refusals.

use std::fmt::Write as _;

use super::condition::values;
use super::data::{Record, SampleData};
use super::question::Question;
use super::{PATH, Refusal};

/// The schema of ISO 19139.
const ISO: &str = "http://www.isotc211.org/2005/gmd";
/// The schema of Dublin Core.
const DUBLIN_CORE: &str = "http://www.opengis.net/cat/csw/2.0.2";

/// What can be asked for.
const QUERYABLES: [&str; 7] = [
    "Identifier",
    "Type",
    "Title",
    "Abstract",
    "Modified",
    "Subject",
    "AnyText",
];

/// Answers a question.
pub(super) fn answer(
    question: &Question,
    data: &SampleData,
    origin: &str,
) -> Result<String, Refusal> {
    match question.operation.as_str() {
        "GetCapabilities" => Ok(capabilities(&format!("{origin}{PATH}"))),
        "GetRecords" => data.look(|records| page(question, records)),
        "GetRecordById" => data.look(|records| by_id(question, records)),
        other => Err(Refusal {
            code: "OperationNotSupported",
            locator: other.to_owned(),
            text: format!("`{other}` is no operation"),
        }),
    }
}

fn page(question: &Question, records: &[Record]) -> Result<String, Refusal> {
    check_schema(question)?;
    let mut found = Vec::new();
    for record in records {
        let meets = question
            .condition
            .as_ref()
            .map_or(Ok(true), |it| it.meets(record))?;
        if meets {
            found.push(record);
        }
    }
    if let Some((name, is_downwards)) = &question.sort {
        let mut keyed = Vec::with_capacity(found.len());
        for record in found {
            keyed.push((values(name, record)?, record));
        }
        keyed.sort_by(|one, other| one.0.cmp(&other.0));
        if *is_downwards {
            keyed.reverse();
        }
        found = keyed.into_iter().map(|(_, record)| record).collect();
    }
    let matched = found.len();
    let size = if question.counts_only {
        0
    } else {
        question.size
    };
    let on_page: Vec<_> = found
        .into_iter()
        .skip(question.start - 1)
        .take(size)
        .collect();
    let (returned, behind) = (on_page.len(), question.start + on_page.len());
    let next = if behind > matched { 0 } else { behind };
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<csw:GetRecordsResponse xmlns:csw=\"{DUBLIN_CORE}\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"{DUBLIN_CORE} http://schemas.opengis.net/csw/2.0.2/CSW-discovery.xsd\">\n  \
         <csw:SearchStatus timestamp=\"2026-03-05T06:07:08.000Z\"/>\n  \
         <csw:SearchResults numberOfRecordsMatched=\"{matched}\" numberOfRecordsReturned=\"{returned}\" \
         elementSet=\"full\" nextRecord=\"{next}\">\n"
    );
    for record in on_page {
        text.push_str(&shown(record, &question.schema));
        text.push('\n');
    }
    text.push_str("  </csw:SearchResults>\n</csw:GetRecordsResponse>\n");
    Ok(text)
}

fn by_id(question: &Question, records: &[Record]) -> Result<String, Refusal> {
    check_schema(question)?;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<csw:GetRecordByIdResponse xmlns:csw=\"{DUBLIN_CORE}\">\n"
    );
    for id in &question.ids {
        let found = records
            .iter()
            .find(|it| !id.is_empty() && it.identifier == *id);
        if let Some(record) = found {
            text.push_str(&shown(record, &question.schema));
        }
    }
    text.push_str("</csw:GetRecordByIdResponse>\n");
    Ok(text)
}

fn check_schema(question: &Question) -> Result<(), Refusal> {
    match question.schema.as_str() {
        ISO | DUBLIN_CORE => Ok(()),
        other => Err(Refusal::new(
            "outputSchema",
            format!("OutputSchema `{other}` not supported for metadata"),
        )),
    }
}

fn shown(record: &Record, schema: &str) -> String {
    if schema == ISO {
        return record.xml();
    }
    let mut text = "<csw:Record xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dct=\"http://purl.org/dc/terms/\">".to_owned();
    let mut element = |name: &str, value: &str| {
        if !value.is_empty() {
            let value = escape(value);
            let _ = write!(text, "<{name}>{value}</{name}>");
        }
    };
    element("dc:identifier", &record.identifier);
    element("dc:date", &record.modified);
    element("dc:title", &record.title);
    element("dc:type", &record.kind);
    for keyword in &record.keywords {
        element("dc:subject", keyword);
    }
    element("dct:abstract", &record.summary);
    text.push_str("</csw:Record>");
    text
}

fn capabilities(address: &str) -> String {
    let operation = |name: &str, more: &str| {
        format!(
            "<ows:Operation name=\"{name}\"><ows:DCP><ows:HTTP><ows:Get xlink:href=\"{address}\"/>\
             <ows:Post xlink:href=\"{address}\"/></ows:HTTP></ows:DCP>{more}</ows:Operation>"
        )
    };
    let parameter = |kind: &str, name: &str, values: &[&str]| {
        let values = values.join("</ows:Value><ows:Value>");
        format!("<ows:{kind} name=\"{name}\"><ows:Value>{values}</ows:Value></ows:{kind}>")
    };
    let schemas = parameter("Parameter", "outputSchema", &[DUBLIN_CORE, ISO]);
    let records = [
        parameter("Parameter", "resultType", &["hits", "results", "validate"]),
        parameter("Parameter", "outputFormat", &["application/xml"]),
        schemas.clone(),
        parameter("Parameter", "typeNames", &["csw:Record", "gmd:MD_Metadata"]),
        parameter("Parameter", "CONSTRAINTLANGUAGE", &["FILTER", "CQL_TEXT"]),
        parameter("Constraint", "PostEncoding", &["XML"]),
        parameter("Constraint", "SupportedISOQueryables", &QUERYABLES),
    ]
    .concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<csw:Capabilities xmlns:csw=\"{DUBLIN_CORE}\" \
         xmlns:ows=\"http://www.opengis.net/ows\" xmlns:ogc=\"http://www.opengis.net/ogc\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"2.0.2\"><ows:ServiceIdentification>\
         <ows:Title>GeoNetwork GéoOuest</ows:Title><ows:ServiceType>CSW</ows:ServiceType>\
         <ows:ServiceTypeVersion>2.0.2</ows:ServiceTypeVersion></ows:ServiceIdentification>\
         <ows:OperationsMetadata>{}{}{}</ows:OperationsMetadata><ogc:Filter_Capabilities/></csw:Capabilities>\n",
        operation("GetCapabilities", ""),
        operation("GetRecords", &records),
        operation("GetRecordById", &schemas),
    )
}

/// A report of exceptions.
pub(super) fn refusal(refusal: &Refusal) -> String {
    let (code, locator) = (refusal.code, escape(&refusal.locator));
    let text = escape(&refusal.text);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ows:ExceptionReport xmlns:ows=\"http://www.opengis.net/ows\" \
         version=\"1.0.0\"><ows:Exception exceptionCode=\"{code}\" locator=\"{locator}\">\
         <ows:ExceptionText>{text}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}
