//! Listings: the records that match a filter, in the order of their IRIs, page by page.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::error::LedgerError;
use super::read::{DESCRIPTION, Description, Reader, description, number};
use super::word::RecordNumber;
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
    /// In none of these sets.
    pub without: Vec<Set>,
    /// Of a portal, and not of the catalogue's own.
    pub harvested: bool,
    /// Visible to readers only at or after this moment, in Unix seconds.
    pub modified_since: Option<i64>,
}

/// From how many records on the dates are walked through, instead of looking for each record's own.
const MANY: u64 = 2_000;

/// By the dates themselves, the latest first: the order of the joins is the one written.
const BY_DATE: (&str, &str) = (
    "member d CROSS JOIN record r ON r.id = d.record AND d.kind = 'dated' AND d.value <= :now
       AND d.from_seq <= ?1 AND (d.to_seq IS NULL OR d.to_seq > ?1)
     CROSS JOIN version v ON v.record = r.id AND v.from_seq <= ?1 AND (v.to_seq IS NULL OR v.to_seq > ?1)",
    "d.value DESC, r.iri",
);

/// Record by record, by each one's own dates: the plus keeps SQLite from going through everybody's.
const BY_RECORD: (&str, &str) = (
    "record r JOIN version v ON v.record = r.id AND v.from_seq <= ?1 AND (v.to_seq IS NULL OR v.to_seq > ?1)",
    "(SELECT max(d.value) FROM member d WHERE d.record = r.id AND +d.kind = 'dated' AND d.value <= :now
      AND d.from_seq <= ?1 AND (d.to_seq IS NULL OR d.to_seq > ?1)) DESC, r.iri",
);

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
    /// Whether anything was published by a sequence.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn was_published_by(&self, at: u64) -> Result<bool, LedgerError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM publication WHERE seq <= ?1)";
        let mut asked = self.connection.prepare_cached(sql)?;
        Ok(asked.query_row([number(at)], |row| row.get(0))?)
    }

    /// The records that match whose own dates are the latest: when they say that they were changed, or else
    /// issued, and not when they were harvested. A date after the publication at `at` does not count; who
    /// has none comes last; ties are in the order of the IRIs.
    ///
    /// # Errors
    /// SQLite's own.
    pub fn newest(
        &self,
        filter: &Filter,
        limit: u64,
        at: u64,
    ) -> Result<Vec<Description>, LedgerError> {
        let total = self.page(filter, Position::Offset(0), 0, at)?.total;
        let mut records = if total > MANY {
            self.dated(filter, limit, at, BY_DATE)?
        } else {
            Vec::new()
        };
        if number(limit.min(total)) > i64::try_from(records.len()).unwrap_or(i64::MAX) {
            records = self.dated(filter, limit, at, BY_RECORD)?;
        }
        let found = records
            .into_iter()
            .map(|record| self.description(record, at));
        Ok(found
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    /// The numbers of the records that match, by their dates.
    fn dated(
        &self,
        filter: &Filter,
        limit: u64,
        at: u64,
        (from, order): (&str, &str),
    ) -> Result<Vec<RecordNumber>, LedgerError> {
        let (conditions, mut values) = conditions(filter, at);
        values.push(Value::from(self.moment_of(at)?));
        let now = values.len();
        // A record has two dates at most.
        values.push(Value::from(number(limit.saturating_mul(2))));
        let sql = format!(
            "SELECT r.id FROM {} WHERE {conditions} ORDER BY {} LIMIT ?{}",
            from.replace(":now", &format!("?{now}")),
            order.replace(":now", &format!("?{now}")),
            values.len()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&values), |row| row.get(0))?;
        let mut records: Vec<RecordNumber> = Vec::new();
        for row in rows {
            let record = row?;
            if !records.contains(&record) {
                records.push(record);
            }
        }
        records.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(records)
    }

    /// When `at` was published, as dates are kept; the end of all days where it was not.
    fn moment_of(&self, at: u64) -> Result<String, LedgerError> {
        let moment = self
            .time_of(at)?
            .and_then(|time| chrono::DateTime::from_timestamp(time, 0));
        Ok(moment.map_or_else(
            || "9999".to_owned(),
            |moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        ))
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
    if filter.harvested {
        conditions.push(format!("r.portal <> '{}'", PortalId::OWN));
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
    for set in &filter.without {
        conditions.push(format!(
            "NOT EXISTS (SELECT 1 FROM member m WHERE m.record = r.id AND m.kind = '{}'
             AND m.from_seq <= ?1 AND (m.to_seq IS NULL OR m.to_seq > ?1))",
            set.as_str()
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
