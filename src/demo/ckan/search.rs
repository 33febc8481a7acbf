//! `package_search`: the clauses of Solr's language that a harvester needs, the order, and the window.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use super::api::{failure, success};
use super::data::{SampleData, is_listed, text};
use crate::demo::udata::origin::Origin;

/// `ckan.search.rows_max`
const ROWS: usize = 1000;

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    fq: String,
    #[serde(default)]
    sort: String,
    rows: Option<usize>,
    start: Option<usize>,
}

/// A condition that a package must meet.
#[derive(Debug, PartialEq, Eq)]
enum Clause {
    Is(String, String),
    Since(String, String),
}

/// The search.
pub(super) async fn packages(
    State(data): State<SampleData>,
    origin: Origin,
    Query(search): Query<Search>,
) -> Response {
    let Some(clauses) = clauses(&search.fq) else {
        let message = format!("Search error: cannot parse `{}`", search.fq);
        return failure(StatusCode::CONFLICT, "Search Error", &message);
    };
    let words = search.q.trim().trim_matches('*').trim_matches(':');
    let mut found: Vec<Value> = data.look(|records| {
        let listed = records.packages.iter().filter(|one| is_listed(one));
        listed
            .filter(|one| clauses.iter().all(|clause| clause.admits(one)))
            .filter(|one| words.is_empty() || text(one, "title").contains(words))
            .cloned()
            .collect()
    });
    if search.sort == "id asc" {
        found.sort_by(|one, other| text(one, "id").cmp(text(other, "id")));
    } else {
        found.sort_by(|one, other| {
            let key = |package| text(package, "metadata_modified");
            key(other).cmp(key(one))
        });
    }
    let count = found.len();
    let page = found.into_iter().skip(search.start.unwrap_or(0));
    let page: Vec<Value> = page.take(search.rows.unwrap_or(10).min(ROWS)).collect();
    let result = json!({
        "count": count, "facets": {}, "results": page, "search_facets": {}, "sort": search.sort
    });
    success(result, &origin)
}

/// Reads `+field:"phrase" +field:[from TO *] +(field:word)`.
fn clauses(query: &str) -> Option<Vec<Clause>> {
    let mut clauses = Vec::new();
    let mut rest = query.trim();
    while !rest.is_empty() {
        rest = rest.trim_start_matches(['+', '(', ')', ' ']);
        if rest.is_empty() {
            break;
        }
        let (field, value) = rest.split_once(':')?;
        let field = field.trim().to_owned();
        if let Some(range) = value.strip_prefix('[') {
            let (from, after) = range.split_once(" TO *]")?;
            clauses.push(Clause::Since(field, from.to_owned()));
            rest = after;
        } else if let Some(phrase) = value.strip_prefix('"') {
            let (text, after) = phrase_of(phrase)?;
            clauses.push(Clause::Is(field, text));
            rest = after;
        } else {
            let end = value.find([' ', ')']).unwrap_or(value.len());
            let (word, after) = value.split_at_checked(end)?;
            clauses.push(Clause::Is(field, word.to_owned()));
            rest = after;
        }
        rest = rest.trim_start();
    }
    Some(clauses)
}

/// A phrase up to its closing quote, without its escapes, and what comes after it.
fn phrase_of(text: &str) -> Option<(String, &str)> {
    let mut phrase = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => phrase.push(characters.next()?.1),
            '"' => return Some((phrase, text.get(at + 1..)?)),
            c => phrase.push(c),
        }
    }
    None
}

impl Clause {
    fn admits(&self, package: &Value) -> bool {
        match self {
            Self::Since(field, from) => text(package, field) >= from.trim_end_matches('Z'),
            Self::Is(field, value) => values(package, field).contains(&value.as_str()),
        }
    }
}

/// The values of a field of the search index.
fn values<'a>(package: &'a Value, field: &str) -> Vec<&'a str> {
    let names = |list: &str, key: &str| {
        let items = package.get(list).and_then(Value::as_array);
        let items = items.map(Vec::as_slice).unwrap_or_default();
        items.iter().map(|item| item.get(key)).collect::<Vec<_>>()
    };
    let found = match field {
        "organization" => vec![package.get("organization").and_then(|one| one.get("name"))],
        "groups" => names("groups", "name"),
        "tags" => names("tags", "name"),
        "res_format" => names("resources", "format"),
        "dataset_type" => vec![package.get("type")],
        other => vec![package.get(other)],
    };
    found
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_read_with_their_escapes() {
        let is = |field: &str, value: &str| Clause::Is(field.to_owned(), value.to_owned());
        let since = Clause::Since("metadata_modified".to_owned(), "2024Z".to_owned());
        assert_eq!(
            clauses(r#"+tags:"a \"b\" \\ c" +metadata_modified:[2024Z TO *] +(type:x)"#),
            Some(vec![is("tags", r#"a "b" \ c"#), since, is("type", "x")])
        );
        assert_eq!(clauses(""), Some(Vec::new()));
        assert_eq!(clauses("nonsense"), None);
    }
}
