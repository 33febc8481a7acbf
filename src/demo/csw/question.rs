//! What is asked: an operation with its parameters, by GET or in a document.

use std::collections::HashMap;

use roxmltree::{Document, Node};

use super::Refusal;
use super::condition::Condition;
use super::cql;

/// A request.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// The operation.
    pub(super) operation: String,
    /// `outputSchema`
    pub(super) schema: String,
    /// `startPosition`
    pub(super) start: usize,
    /// `maxRecords`
    pub(super) size: usize,
    /// Whether `resultType` is `hits`, which counts only.
    pub(super) counts_only: bool,
    /// What records must meet.
    pub(super) condition: Option<Condition>,
    /// By which property, and whether downwards.
    pub(super) sort: Option<(String, bool)>,
    /// The identifiers of `GetRecordById`.
    pub(super) ids: Vec<String>,
}

/// Records a page where nobody says how many.
const SIZE: usize = 10;

impl Question {
    /// Reads a query.
    pub(super) fn of_parameters(query: &str) -> Result<Self, Refusal> {
        let pairs: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
            .collect();
        let get = |name: &str| {
            pairs
                .get(name)
                .map(String::as_str)
                .filter(|value| !value.is_empty())
        };
        check_service(get("service"), get("version"))?;
        let condition = match (get("constraint"), get("constraintlanguage")) {
            (None, _) => None,
            (Some(text), Some("CQL_TEXT")) => Some(cql::read(text)?),
            (Some(text), Some("FILTER")) => {
                let document = parse(text)?;
                Some(Condition::read(document.root_element())?)
            }
            _ => return Err(Refusal::new("constraintLanguage", "FILTER or CQL_TEXT")),
        };
        let sort = get("sortby").map(|sort| {
            let (name, order) = sort.rsplit_once(':').unwrap_or((sort, "A"));
            (name.to_owned(), order == "D")
        });
        Ok(Self {
            operation: get("request").unwrap_or_default().to_owned(),
            schema: get("outputschema").unwrap_or(DEFAULT).to_owned(),
            start: number("startPosition", get("startposition"), 1)?,
            size: number("maxRecords", get("maxrecords"), SIZE)?,
            counts_only: get("resulttype").unwrap_or("hits") == "hits",
            condition,
            sort,
            ids: get("id")
                .unwrap_or_default()
                .split(',')
                .map(ToOwned::to_owned)
                .collect(),
        })
    }

    /// Reads a document.
    pub(super) fn of_document(text: &str) -> Result<Self, Refusal> {
        let document = parse(text)?;
        let root = document.root_element();
        let get = |name: &str| root.attribute(name);
        check_service(get("service"), get("version"))?;
        let elements = |name: &'static str| {
            root.descendants()
                .filter(move |node| node.tag_name().name() == name)
        };
        let text_of = |node: Node<'_, '_>| node.text().unwrap_or_default().trim().to_owned();
        let condition = match (elements("Filter").next(), elements("CqlText").next()) {
            (Some(filter), _) => Some(Condition::read(filter)?),
            (None, Some(text)) => Some(cql::read(&text_of(text))?),
            (None, None) => None,
        };
        let sort = elements("SortProperty").next().map(|sort| {
            let part = |name: &str| {
                let mut within = sort.children();
                within
                    .find(|node| node.tag_name().name() == name)
                    .map(text_of)
                    .unwrap_or_default()
            };
            (part("PropertyName"), part("SortOrder") == "DESC")
        });
        Ok(Self {
            operation: root.tag_name().name().to_owned(),
            schema: get("outputSchema").unwrap_or(DEFAULT).to_owned(),
            start: number("startPosition", get("startPosition"), 1)?,
            size: number("maxRecords", get("maxRecords"), SIZE)?,
            counts_only: get("resultType").unwrap_or("hits") == "hits",
            condition,
            sort,
            ids: elements("Id").map(text_of).collect(),
        })
    }
}

const DEFAULT: &str = "http://www.opengis.net/cat/csw/2.0.2";

fn parse(text: &str) -> Result<Document<'_>, Refusal> {
    Document::parse(text).map_err(|error| Refusal {
        code: "NoApplicableCode",
        locator: String::new(),
        text: error.to_string(),
    })
}

fn check_service(service: Option<&str>, version: Option<&str>) -> Result<(), Refusal> {
    if service != Some("CSW") {
        return Err(Refusal::new("service", "the service is CSW"));
    }
    match version {
        None | Some("2.0.2") => Ok(()),
        Some(version) => Err(Refusal {
            code: "VersionNegotiationFailed",
            locator: "version".to_owned(),
            text: format!("version {version} is not spoken here"),
        }),
    }
}

fn number(name: &str, value: Option<&str>, default: usize) -> Result<usize, Refusal> {
    let number = value.map_or(Ok(default), str::parse);
    match number {
        Ok(number @ 1..) => Ok(number),
        _ => Err(Refusal::new(name, "a number from 1 on")),
    }
}
