//! The table of the profile, compiled in: one row a property of a class.
//!
//! Columns: profile (`core` or `hvd`), class, property, min, max (`*`: any number), kind (`literal`,
//! `iri`, `resource`), range (datatypes, or the class that the range shapes demand; empty: any),
//! vocabulary (the IRI of its scheme).

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt as _};
use oxigraph::model::{NamedNode, NamedNodeRef};
use serde::Deserialize;
use thiserror::Error;

use crate::rdf::vocab::PREFIXES;

const TABLE: &str = include_str!("../../vocabularies/profile/dcat-ap.csv");

/// Which profile a rule is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Profile {
    /// DCAT-AP 3.0.1.
    #[serde(rename = "core")]
    Core,
    /// DCAT-AP HVD 3.0.0.
    #[serde(rename = "hvd")]
    HighValue,
}

/// What a value must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    Literal,
    Iri,
    Resource,
}

/// What the profile says of one property of one class.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) profile: Profile,
    pub(super) class: NamedNode,
    pub(super) property: NamedNode,
    pub(super) min: usize,
    pub(super) max: Option<usize>,
    pub(super) kind: Kind,
    /// Datatypes of a literal, of which one must fit; else the class of a resource.
    pub(super) range: Vec<NamedNode>,
    pub(super) vocabulary: Option<String>,
}

/// What is wrong with the table. Seen only by whoever edits it.
#[derive(Debug, Error)]
enum TableError {
    #[error("unreadable row of the profile")]
    Row(#[from] csv::Error),
    #[error("`{0}` has no known prefix")]
    Prefix(String),
    #[error("`{0}` is no number of values")]
    Number(String),
}

#[derive(Deserialize)]
struct Row {
    profile: Profile,
    class: String,
    property: String,
    min: usize,
    max: String,
    kind: Kind,
    range: String,
    vocabulary: Option<String>,
}

/// Every rule, in the order of the table.
pub(super) fn rules() -> &'static [Rule] {
    #[expect(
        clippy::expect_used,
        reason = "the table is compiled in, and a test reads it"
    )]
    static RULES: LazyLock<Vec<Rule>> =
        LazyLock::new(|| read(TABLE).expect("the compiled-in profile is valid"));
    &RULES
}

/// The numbers of the rules for instances of `class`, in the order of the table.
pub(super) fn of_class(class: NamedNodeRef<'_>) -> &'static [usize] {
    static NUMBERS: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
        let mut numbers: HashMap<&str, Vec<usize>> = HashMap::new();
        for (number, rule) in rules().iter().enumerate() {
            let of_class = numbers.entry(rule.class.as_str()).or_default();
            of_class.push(number);
        }
        numbers
    });
    NUMBERS.get(class.as_str()).map_or(&[], Vec::as_slice)
}

fn read(table: &str) -> Result<Vec<Rule>, TableError> {
    let mut rules = Vec::new();
    for row in csv::Reader::from_reader(table.as_bytes()).deserialize() {
        let row: Row = row?;
        let max = match row.max.as_str() {
            "*" => None,
            number => match number.parse() {
                Ok(max) => Some(max),
                Err(_) => return Err(TableError::Number(row.max)),
            },
        };
        // Any literal will do, with or without a language.
        let range = row
            .range
            .split_whitespace()
            .filter(|range| *range != "rdfs:Literal");
        rules.push(Rule {
            profile: row.profile,
            class: expand(&row.class)?,
            property: expand(&row.property)?,
            min: row.min,
            max,
            kind: row.kind,
            range: range.map(expand).collect::<Result<_, _>>()?,
            vocabulary: row.vocabulary,
        });
    }
    Ok(rules)
}

fn expand(curie: &str) -> Result<NamedNode, TableError> {
    let unknown = || TableError::Prefix(curie.to_owned());
    let (prefix, local) = curie.split_once(':').ok_or_else(unknown)?;
    let (_, namespace) = PREFIXES
        .iter()
        .find(|(known, _)| *known == prefix)
        .ok_or_else(unknown)?;
    Ok(NamedNode::new_unchecked(format!("{namespace}{local}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabularies;

    /// Terms of the profile that nothing in Moisson writes or reads.
    const UNUSED: [&str; 4] = [
        "http://www.w3.org/2006/time#Instant",
        "http://www.w3.org/ns/dcat#hasVersion",
        "http://www.w3.org/2000/01/rdf-schema#Literal",
        "http://www.w3.org/ns/locn#Geometry",
    ];

    #[test]
    fn every_term_of_the_table_is_a_term_of_the_vocabularies() {
        let files = concat!(env!("CARGO_MANIFEST_DIR"), "/src/rdf/vocab");
        let known: String = std::fs::read_dir(files)
            .expect("the vocabularies have a folder")
            .map(|file| std::fs::read_to_string(file.expect("it can be listed").path()))
            .collect::<Result<_, _>>()
            .expect("its files can be read");
        for rule in rules() {
            for term in [&rule.class, &rule.property].into_iter().chain(&rule.range) {
                let quoted = format!("\"{}\"", term.as_str());
                assert!(
                    known.contains(&quoted) || UNUSED.contains(&term.as_str()),
                    "{term}"
                );
            }
        }
    }

    #[test]
    fn every_code_list_of_the_table_is_compiled_in() {
        let vocabularies = Vocabularies::builtin();
        let lists: Vec<&String> = rules()
            .iter()
            .filter_map(|rule| rule.vocabulary.as_ref())
            .collect();
        assert!(lists.len() > 10);
        for list in lists {
            assert!(vocabularies.scheme(list).is_some(), "{list}");
        }
    }

    #[test]
    fn rows_are_sorted_and_each_property_of_a_class_has_one() {
        let keys: Vec<String> = TABLE
            .lines()
            .skip(1)
            .map(|row| row.split(',').take(3).collect::<Vec<_>>().join(","))
            .collect();
        assert!(keys.is_sorted());
        let mut once = keys.clone();
        once.dedup();
        assert_eq!(keys, once);
        assert!(
            rules()
                .iter()
                .all(|rule| rule.max.is_none_or(|max| rule.min <= max))
        );
    }

    #[test]
    fn a_bad_row_is_refused() {
        let with = |row: &str| {
            read(&format!(
                "profile,class,property,min,max,kind,range,vocabulary\n{row}\n"
            ))
        };
        assert!(with("core,dcat:Dataset,dct:title,1,*,literal,rdfs:Literal,").is_ok());
        for bad in [
            "core,dcat:Dataset,nope:title,1,*,literal,,",
            "core,dcat:Dataset,dct:title,1,many,literal,,",
            "core,dcat:Dataset,dct:title,1,*,text,,",
        ] {
            assert!(with(bad).is_err(), "{bad}");
        }
    }
}
