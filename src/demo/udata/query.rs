//! Query parameters of lists: paging, order, filters.

use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::data::{nested, text};

/// The parameters of a request, in their order.
pub(super) struct Query(Vec<(String, String)>);

/// Why a list is refused; the API's status and message.
pub(super) struct Refused(pub(super) u16, pub(super) String);

impl Query {
    pub(super) fn parse(query: Option<&str>) -> Self {
        Self(
            form_urlencoded::parse(query.unwrap_or_default().as_bytes())
                .into_owned()
                .collect(),
        )
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str, default: usize) -> Result<usize, Refused> {
        match self.values(name).last() {
            None => Ok(default),
            Some(value) => match value.parse() {
                Ok(number) if number > 0 => Ok(number),
                _ => Err(Refused(400, format!("`{name}` must be a positive number"))),
            },
        }
    }

    /// Page and page size, from 1.
    pub(super) fn paging(&self, default_size: usize) -> Result<(usize, usize), Refused> {
        Ok((
            self.number("page", 1)?,
            self.number("page_size", default_size)?,
        ))
    }

    /// Whether a dataset passes all filters.
    pub(super) fn admits(&self, dataset: &Value) -> bool {
        let lists = |list: &str, key: &str, wanted: &str| {
            dataset
                .get(list)
                .and_then(Value::as_array)
                .is_some_and(|items| {
                    items.iter().any(|item| {
                        item.as_str()
                            .unwrap_or_else(|| text(item, key))
                            .eq_ignore_ascii_case(wanted)
                    })
                })
        };
        let says = |wanted: &str| {
            let wanted = wanted.to_lowercase();
            ["title", "description"]
                .into_iter()
                .any(|key| text(dataset, key).to_lowercase().contains(&wanted))
        };
        self.values("tag").all(|tag| lists("tags", "", tag))
            && self
                .values("badge")
                .all(|badge| lists("badges", "kind", badge))
            && self
                .values("format")
                .all(|format| lists("resources", "format", format))
            && self
                .values("license")
                .all(|licence| text(dataset, "license") == licence)
            && self
                .values("organization")
                .all(|id| nested(dataset, "organization", "id") == id)
            && self.values("q").all(says)
    }

    /// Orders records as version 1 does: by a known key, descending with `-`, else newest first.
    pub(super) fn sort(&self, records: &mut [Value]) -> Result<(), Refused> {
        let order = self.values("sort").last().unwrap_or("-created");
        let key = order.strip_prefix('-').unwrap_or(order);
        let path: fn(&Value) -> String = match key {
            "created" => |record| {
                let internal = nested(record, "internal", "created_at_internal");
                if internal.is_empty() {
                    text(record, "created_at")
                } else {
                    internal
                }
                .to_owned()
            },
            "title" => |record| text(record, "title").to_lowercase(),
            "name" => |record| text(record, "name").to_lowercase(),
            "last_update" => |record| text(record, "last_update").to_owned(),
            "reuses" | "followers" | "views" => {
                let metric = key.to_owned();
                sort_by(records, order, |record| {
                    let count = record
                        .get("metrics")
                        .and_then(|m| m.get(&metric))
                        .and_then(Value::as_u64);
                    (count.unwrap_or(0), text(record, "id").to_owned())
                });
                return Ok(());
            }
            _ => return Err(Refused(400, format!("`{order}` is no sort order"))),
        };
        sort_by(records, order, |record| {
            (path(record), text(record, "id").to_owned())
        });
        Ok(())
    }

    /// The envelope of one page of `records`, all of which pass the filters.
    pub(super) fn envelope(
        &self,
        records: Vec<Value>,
        (page, size): (usize, usize),
        address: &str,
    ) -> Result<Value, Refused> {
        let total = records.len();
        let pages = total.div_ceil(size).max(1);
        if page > pages {
            return Err(Refused(404, "there is no such page".to_owned()));
        }
        let link = |number: usize| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.extend_pairs(
                self.0
                    .iter()
                    .filter(|(key, _)| key != "page" && key != "page_size"),
            );
            query
                .append_pair("page", &number.to_string())
                .append_pair("page_size", &size.to_string());
            format!("{address}?{}", query.finish())
        };
        let data: Vec<Value> = records
            .into_iter()
            .skip((page - 1) * size)
            .take(size)
            .collect();
        let mut envelope = Map::new();
        envelope.insert("data".to_owned(), data.into());
        envelope.insert("page".to_owned(), page.into());
        envelope.insert("page_size".to_owned(), size.into());
        envelope.insert("total".to_owned(), total.into());
        envelope.insert(
            "next_page".to_owned(),
            (page < pages).then(|| link(page + 1)).into(),
        );
        envelope.insert(
            "previous_page".to_owned(),
            (page > 1).then(|| link(page - 1)).into(),
        );
        Ok(json!(envelope))
    }
}

fn sort_by<K: Ord>(records: &mut [Value], order: &str, key: impl Fn(&Value) -> K) {
    records.sort_by_cached_key(&key);
    if order.starts_with('-') {
        records.reverse();
    }
}
