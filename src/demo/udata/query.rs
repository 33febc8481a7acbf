//! Query parameters of lists: paging, order, filters.

use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::collection::Collection;
use super::data::{field, items, text};

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

    /// The values of a parameter.
    pub(super) fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
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

    /// The same query without some parameters.
    pub(super) fn without(&self, names: &[&str]) -> Self {
        let pairs = self.0.iter();
        Self(
            pairs
                .filter(|(name, _)| !names.contains(&name.as_str()))
                .cloned()
                .collect(),
        )
    }

    /// Orders records by a key that the list knows, descending with `-`, else newest first; a list that
    /// knows no order ignores the parameter.
    pub(super) fn sort(
        &self,
        collection: Collection,
        records: &mut [Value],
    ) -> Result<(), Refused> {
        let orders = collection.orders();
        let Some((first, _)) = orders.first() else {
            return Ok(());
        };
        let newest = format!("-{first}");
        let order = self.values("sort").next().unwrap_or(&newest);
        let key = order.strip_prefix('-').unwrap_or(order);
        let Some((_, path)) = orders.iter().find(|(name, _)| *name == key) else {
            return Err(Refused(400, format!("`{order}` is no sort order")));
        };
        records.sort_by_cached_key(|record| {
            let value = match *path {
                "discussion.posted_on" => items(record, "discussion")
                    .map(|message| field(message, "posted_on"))
                    .next_back()
                    .unwrap_or(&Value::Null),
                "internal.created_at_internal" => match field(record, path) {
                    Value::Null => field(record, "created_at"),
                    at => at,
                },
                path => field(record, path),
            };
            (
                value.as_u64().unwrap_or_default(),
                value.as_str().unwrap_or_default().to_lowercase(),
                text(record, "id").to_owned(),
            )
        });
        if order.starts_with('-') {
            records.reverse();
        }
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
