//! Query parameters of the catalogue: facets, conditions of the query language, order, paging.
//!
//! Of the language what a harvester asks is understood: comparisons of a field with a text, number or
//! `date'…'`, joined by `and` and `or`, in brackets. Everything else is refused, as the API refuses what
//! it cannot parse.

use serde_json::Value;
use url::form_urlencoded;

/// Entries that `offset` and `limit` reach.
const WINDOW: usize = 10_000;
/// The longest page.
const LONGEST: usize = 100;

/// The parameters of a request.
pub(super) struct Query(Vec<(String, String)>);

/// Why a request is refused: the API's message.
pub(super) struct Refused(pub(super) String);

impl Query {
    pub(super) fn parse(query: Option<&str>) -> Self {
        Self(
            form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
        )
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.0.iter().filter(move |(key, _)| key == name);
        pairs.map(|(_, value)| value.as_str())
    }

    pub(super) fn is_set(&self, name: &str) -> bool {
        self.values(name).last() == Some("true")
    }

    /// Whether datasets are chosen, or all listed.
    pub(super) fn chooses(&self) -> bool {
        let names = ["where", "refine", "exclude"];
        names.iter().any(|name| self.values(name).next().is_some())
    }

    /// The order that is asked for.
    pub(super) fn order(&self) -> Result<Option<String>, Refused> {
        match self.values("order_by").last() {
            None => Ok(None),
            Some(field) if ["dataset_id", "modified", "title"].contains(&field) => {
                Ok(Some(field.to_owned()))
            }
            Some(other) => Err(Refused(format!("Unknown field: {other}."))),
        }
    }

    /// Where a page begins and how long it is.
    pub(super) fn paging(&self) -> Result<(usize, usize), Refused> {
        let number = |name: &str, default: usize| match self.values(name).last() {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_error| {
                Refused(format!("Invalid value for {name} API parameter: {text}"))
            }),
        };
        let (offset, limit) = (number("offset", 0)?, number("limit", 10)?);
        if limit > LONGEST {
            return Err(Refused(format!(
                "Invalid value for limit API parameter: {limit} was found but -1 <= limit <= {LONGEST} is expected."
            )));
        }
        if offset + limit >= WINDOW {
            return Err(Refused(format!(
                "Invalid value for offset API parameter: offset + limit should be less than {WINDOW}."
            )));
        }
        Ok((offset, limit))
    }

    /// Whether a dataset is chosen.
    pub(super) fn admits(&self, dataset: &Value) -> Result<bool, Refused> {
        for facet in self.values("refine") {
            if !has(dataset, facet) {
                return Ok(false);
            }
        }
        if self.values("exclude").any(|facet| has(dataset, facet)) {
            return Ok(false);
        }
        for condition in self.values("where") {
            if !holds(condition, dataset)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// A field of a dataset, of the record or of its template `default`.
pub(super) fn field<'a>(dataset: &'a Value, name: &str) -> &'a Value {
    match name {
        "dataset_id" | "features" | "has_records" => &dataset[name],
        _ => &dataset["metas"]["default"][name],
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        Value::Null | Value::Object(_) => Vec::new(),
        other => vec![other.to_string()],
    }
}

/// Whether a dataset has this value of a facet; of dates the year, and month, are enough.
fn has(dataset: &Value, facet: &str) -> bool {
    let Some((name, sought)) = facet.split_once(':') else {
        return false;
    };
    texts(field(dataset, name)).iter().any(|value| {
        value == sought || (name == "modified" && value.replace('-', "/").starts_with(sought))
    })
}

/// Whether a condition holds of a dataset.
fn holds(condition: &str, dataset: &Value) -> Result<bool, Refused> {
    let condition = condition.trim();
    for (word, ends_at) in [(" or ", true), (" and ", false)] {
        if let Some((left, right)) = split(condition, word) {
            let left = holds(left, dataset)?;
            return if left == ends_at {
                Ok(left)
            } else {
                holds(right, dataset)
            };
        }
    }
    let inner = condition
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    match inner {
        Some(inner) => holds(inner, dataset),
        None => compare(condition, dataset),
    }
}

/// The two sides of a word that stands in no bracket and no quote.
fn split<'a>(text: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let (mut depth, mut quote) = (0_i32, None);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            ('(', None) => depth += 1,
            (')', None) => depth -= 1,
            _ => {}
        }
        let rest = text.get(at..)?;
        if depth == 0 && quote.is_none() && rest.starts_with(word) {
            return Some((text.get(..at)?, rest.get(word.len()..)?));
        }
    }
    None
}

fn compare(condition: &str, dataset: &Value) -> Result<bool, Refused> {
    let refused = || Refused(format!("ODSQL query is malformed: {condition}"));
    let (name, operator, wanted) = [">=", "<=", "=", ">", "<"]
        .into_iter()
        .find_map(|operator| {
            let (name, wanted) = condition.split_once(operator)?;
            Some((name.trim(), operator, wanted.trim()))
        })
        .ok_or_else(refused)?;
    let quoted = |text: &str| {
        let inner = text.get(1..text.len().checked_sub(1)?)?;
        let quote = text.chars().next()?;
        (matches!(quote, '"' | '\'') && text.ends_with(quote)).then(|| inner.to_owned())
    };
    let values = texts(field(dataset, name));
    let order = if let Some(date) = wanted.strip_prefix("date") {
        let moment = |text: &str| chrono::DateTime::parse_from_rfc3339(text).ok();
        let wanted = quoted(date)
            .and_then(|text| moment(&text))
            .ok_or_else(refused)?;
        let moments = values.iter().filter_map(|value| moment(value));
        moments.map(|value| value.cmp(&wanted)).next()
    } else if let Some(text) = quoted(wanted) {
        values
            .iter()
            .find(|value| **value == text)
            .map(|value| value.cmp(&text))
    } else {
        let wanted: f64 = wanted.parse().map_err(|_error| refused())?;
        let mut numbers = values.iter().filter_map(|value| value.parse::<f64>().ok());
        numbers.find_map(|value| value.partial_cmp(&wanted))
    };
    Ok(order.is_some_and(|order| match operator {
        ">=" => order.is_ge(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        "<" => order.is_lt(),
        _ => order.is_eq(),
    }))
}
