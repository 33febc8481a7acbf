//! An answer in JSON, made into rows of a table.

use std::collections::HashMap;

use serde::Deserialize;

/// An answer as the page shows it.
pub(super) enum Shown {
    Boolean(bool),
    Graph(String),
    Table(Table),
}

/// Rows.
pub(super) struct Table {
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A value.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) is_link: bool,
    pub(super) note: Option<String>,
}

/// <https://www.w3.org/TR/sparql11-results-json/>
#[derive(Deserialize)]
pub(super) struct Results {
    head: Head,
    boolean: Option<bool>,
    #[serde(rename = "results")]
    rows: Option<Bindings>,
}

#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    vars: Vec<String>,
}

#[derive(Deserialize)]
struct Bindings {
    bindings: Vec<HashMap<String, Value>>,
}

#[derive(Deserialize)]
struct Value {
    r#type: String,
    #[serde(rename = "value")]
    text: String,
    #[serde(rename = "xml:lang")]
    language: Option<String>,
    datatype: Option<String>,
}

impl Results {
    pub(super) fn shown(self) -> Shown {
        if let Some(value) = self.boolean {
            return Shown::Boolean(value);
        }
        let names = self.head.vars;
        let rows = self.rows.map(|rows| rows.bindings).unwrap_or_default();
        let cells = |mut row: HashMap<String, Value>| {
            names
                .iter()
                .map(|name| row.remove(name).map(Value::cell).unwrap_or_default())
                .collect()
        };
        let rows = rows.into_iter().map(cells).collect();
        Shown::Table(Table { names, rows })
    }
}

impl Value {
    fn cell(self) -> Cell {
        let is_link = self.r#type == "uri"
            && (self.text.starts_with("https://") || self.text.starts_with("http://"));
        let text = if self.r#type == "bnode" {
            format!("_:{}", self.text)
        } else {
            self.text
        };
        let local = |datatype: String| datatype.rsplit(['#', '/']).next().map(str::to_owned);
        Cell {
            text,
            is_link,
            note: self.language.or_else(|| self.datatype.and_then(local)),
        }
    }
}
