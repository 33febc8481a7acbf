//! Listings: the records that match a filter, in the order of their IRIs, page by page.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::error::LedgerError;
use super::read::{DESCRIPTION, Description, Reader, description, number};
use crate::record::{Kind, PortalId, Set};

/// Which records a page lists. Every condition given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one of these kinds; of any where none is named.
    pub kinds: Vec<Kind>,
    /// From this portal.
    pub portal: Option<PortalId>,
    /// In these sets: kind and value; no value means any.
    pub sets: Vec<(Set, Option<String>)>,
    /// Visible to readers only at or after this moment, in Unix seconds.
    pub modified_since: Option<i64>,
}

/// Which part of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// After so many records, in the order of their IRIs.
    Offset(u64),
}

/// A part of a listing.
#[derive(Debug, Clone)]
pub struct Page {
    /// The records, in the order of their IRIs.
    pub records: Vec<Description>,
    /// How many there are in all.
    pub total: u64,
}

impl Reader {
    /// The records of a kind that changed last, the latest first.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn latest(&self, kind: Kind, limit: u64, at: u64) -> Result<Vec<Description>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{DESCRIPTION} WHERE r.id IN (
               SELECT e.record FROM event e JOIN record k ON k.id = e.record
               WHERE e.seq <= :at AND e.kind IN ('create', 'update') AND k.kind = :kind ORDER BY e.seq DESC LIMIT :recent)
             ORDER BY v.from_seq DESC LIMIT :limit"
        ))?;
        // Some of the recent events may be of one record, or withdrew one.
        let recent = number(limit.saturating_mul(4));
        let named = rusqlite::named_params! {
            ":at": number(at), ":kind": kind, ":recent": recent, ":limit": number(limit)
        };
        let rows = statement.query_map(named, |row| Ok(description(row)))?;
        rows.map(|row| row?).collect()
    }

    /// A part of a listing, in the order of the IRIs.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn page(
        &self,
        filter: &Filter,
        position: Position,
        limit: u64,
        at: u64,
    ) -> Result<Page, LedgerError> {
        let (conditions, mut values) = conditions(filter, at);
        let total: i64 = self
            .connection
            .prepare_cached(&format!(
                "SELECT count(*) FROM record r JOIN version v ON v.record = r.id AND v.from_seq <= ?1
                 AND (v.to_seq IS NULL OR v.to_seq > ?1) WHERE {conditions}"
            ))?
            .query_row(params_from_iter(&values), |row| row.get(0))?;
        let Position::Offset(offset) = position;
        values.push(Value::from(number(limit)));
        values.push(Value::from(number(offset)));
        let (limit_at, offset_at) = (values.len() - 1, values.len());
        let sql = format!(
            "{} WHERE {conditions} ORDER BY r.iri LIMIT ?{limit_at} OFFSET ?{offset_at}",
            DESCRIPTION.replace(":at", "?1")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| Ok(description(row)))?;
        let records = rows.map(|row| row?).collect::<Result<_, LedgerError>>()?;
        Ok(Page {
            records,
            total: u64::try_from(total).unwrap_or_default(),
        })
    }
}

/// The conditions of a filter as SQL over `r` and `v`, with their values; `?1` is the sequence.
fn conditions(filter: &Filter, at: u64) -> (String, Vec<Value>) {
    let mut conditions = vec!["1".to_owned()];
    let mut values = vec![Value::from(number(at))];
    let mut bind = |value: Value| {
        values.push(value);
        values.len()
    };
    if !filter.kinds.is_empty() {
        let bound: Vec<String> = filter
            .kinds
            .iter()
            .map(|kind| format!("?{}", bind(Value::from(kind.segment().to_owned()))))
            .collect();
        conditions.push(format!("r.kind IN ({})", bound.join(", ")));
    }
    if let Some(portal) = &filter.portal {
        conditions.push(format!(
            "r.portal = ?{}",
            bind(Value::from(portal.as_str().to_owned()))
        ));
    }
    for (set, value) in &filter.sets {
        let set = set.as_str();
        // Of a value there may be few among very many records of a kind: it is what is looked up first.
        let of_set = match value {
            Some(value) => {
                let value = bind(Value::from(value.clone()));
                format!("r.id IN (SELECT m.record FROM member m WHERE m.value = ?{value}")
            }
            None => "EXISTS (SELECT 1 FROM member m WHERE m.record = r.id".to_owned(),
        };
        conditions.push(format!(
            "{of_set} AND m.kind = '{set}'
             AND m.from_seq <= ?1 AND (m.to_seq IS NULL OR m.to_seq > ?1))"
        ));
    }
    if let Some(since) = filter.modified_since {
        conditions.push(format!(
            "coalesce((SELECT visible FROM publication WHERE seq >= v.from_seq ORDER BY seq LIMIT 1), 9e18) >= ?{}",
            bind(Value::from(since))
        ));
    }
    (conditions.join(" AND "), values)
}
