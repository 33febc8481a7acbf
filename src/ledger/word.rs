//! The words that the ledger's tables use: each enum of the tables has one spelling of each of its
//! values, for SQL and for whoever prints them.
//!
//! A word that is none of them is an error of the ledger ([`rusqlite::Error::FromSqlConversionFailure`],
//! told as [`super::LedgerError`]), never another value.

use crate::rdf::canon::Digest;
use crate::record::{Kind, Role};

/// Gives an enum `as_str`, `parse`, and its place in a column of text.
macro_rules! words {
    ($name:ident, $what:literal, { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// The text form, in the tables and wherever it is shown.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            /// What a word of the tables means; nothing where it is no such word.
            pub(in crate::ledger) fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                let word = value.as_str()?;
                Self::parse(word).ok_or_else(|| {
                    rusqlite::types::FromSqlError::Other(
                        format!("`{word}` is no {}", $what).into(),
                    )
                })
            }
        }
    };
}

/// Gives an enum the numbers that stand for its values in a column of integers.
macro_rules! numbers {
    ($name:ident, $what:literal, { $($variant:ident = $number:literal),+ $(,)? }) => {
        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                let number: i64 = match self {
                    $(Self::$variant => $number,)+
                };
                Ok(number.into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                match value.as_i64()? {
                    $($number => Ok(Self::$variant),)+
                    other => Err(rusqlite::types::FromSqlError::Other(
                        format!("`{other}` is no {}", $what).into(),
                    )),
                }
            }
        }
    };
}

/// Gives an enum that is defined below the ledger, with its spelling, its place in a column of text.
macro_rules! spelled {
    ($name:ident, $what:literal, $write:path, $read:path) => {
        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok($write(*self).into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                let word = value.as_str()?;
                $read(word).map_err(|_| {
                    rusqlite::types::FromSqlError::Other(format!("`{word}` is no {}", $what).into())
                })
            }
        }
    };
}

/// Makes a type of its own of the numbers of a table's rows.
macro_rules! row_number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub struct $name(i64);

        impl $name {
            /// Less than that of any row: where a scan in the order of numbers begins.
            pub const BEFORE_ALL: Self = Self(0);
        }

        #[cfg(test)]
        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl From<$name> for i64 {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.0.into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                value.as_i64().map(Self)
            }
        }
    };
}

pub(in crate::ledger) use {numbers, words};

row_number! {
    /// The number of a record in the ledger.
    RecordNumber
}
row_number! {
    /// The number of a source record in the ledger: of what a portal sent.
    SourceNumber
}

impl rusqlite::types::ToSql for Digest {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(self.as_bytes().into())
    }
}

impl rusqlite::types::FromSql for Digest {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        Self::from_bytes(bytes).ok_or(rusqlite::types::FromSqlError::InvalidBlobSize {
            expected_size: 32,
            blob_size: bytes.len(),
        })
    }
}

spelled!(Kind, "kind of record", Kind::segment, Kind::from_segment);
numbers!(Role, "role of a contribution", { Main = 0, Mention = 1 });

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;
    use crate::ledger::{EventKind, Mode, RecordState, RunState};

    fn read<T: rusqlite::types::FromSql>(sql: &str) -> Result<T, String> {
        let connection = Connection::open_in_memory().unwrap();
        let found = connection.query_row(sql, [], |row| row.get(0));
        found.map_err(|error| error.to_string())
    }

    #[test]
    fn a_word_that_nobody_knows_is_an_error_and_nothing_else() {
        assert_eq!(read("SELECT 'delete'"), Ok(EventKind::Delete));
        assert_eq!(read("SELECT 'suspicious'"), Ok(RunState::Suspicious));
        assert_eq!(read("SELECT 1"), Ok(Role::Mention));
        let errors = [
            read::<EventKind>("SELECT 'deleted'").unwrap_err(),
            read::<Mode>("SELECT 'Full'").unwrap_err(),
            read::<RecordState>("SELECT ''").unwrap_err(),
            read::<Kind>("SELECT 'datasets'").unwrap_err(),
            read::<Role>("SELECT 2").unwrap_err(),
        ];
        let told = ["`deleted`", "`Full`", "``", "`datasets`", "`2`"];
        for (error, word) in errors.iter().zip(told) {
            assert!(error.contains(word), "{error}");
        }
        assert!(read::<Digest>("SELECT x'00'").is_err());
    }
}
