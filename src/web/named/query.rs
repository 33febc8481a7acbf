//! A named query: a `.rq` file whose first comment says what it is for and what may be asked of it.
//!
//! Lines that begin with `#+` before the query are TOML: titles and descriptions by language, and a table
//! for each parameter. In the query `$name` stands for the value of the parameter `name`; what stands
//! between the lines `#+ if name` and `#+ end` is left out where it has no value, and what stands behind
//! `#+ else` there is left out where it has one. `$lang` is the language of who asks, for labels.
//!
//! ```text
//! #+ title = { en = "Datasets of a publisher", fr = "Jeux de données d'un producteur" }
//! #+ description = { en = "…", fr = "…" }
//! #+ [parameter.publisher]
//! #+ type = "iri"
//! #+ title = { en = "Publisher", fr = "Producteur" }
//! #+ [parameter.after]
//! #+ type = "date"
//! #+ title = { en = "Changed since", fr = "Modifiés depuis" }
//! SELECT ?dataset WHERE {
//!   ?dataset dct:publisher $publisher ; dct:modified ?modified .
//! #+ if after
//!   FILTER(STR(?modified) >= $after)
//! #+ end
//! }
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;
use spargebra::SparqlParser;

use super::parameter::{Parameter, Value};
use crate::graph::query::{Form, form};
use crate::record::Base;
use crate::web::html::Language;
use crate::web::words::{Word, words};

/// A text in several languages.
pub(in crate::web) type Texts = BTreeMap<String, String>;

/// A named query.
#[derive(Debug, Clone)]
pub(in crate::web) struct Named {
    /// Its name, in its address: the file's.
    pub(in crate::web) name: String,
    pub(in crate::web) title: Texts,
    pub(in crate::web) description: Texts,
    pub(in crate::web) parameters: Vec<(String, Parameter)>,
    pub(in crate::web) form: Form,
    body: String,
}

/// What is wrong with a named query's file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Its name could not be a part of an address.
    #[error("the name may have small letters, digits and hyphens only")]
    Name,
    /// The head is no TOML of the kind that is read.
    #[error("the lines `#+` at its head: {0}")]
    Head(String),
    /// It has no title.
    #[error("it has no title")]
    Untitled,
    /// A parameter is used and not described.
    #[error("`${0}` stands in the query and is no parameter of it")]
    Unknown(String),
    /// A parameter is described and not used.
    #[error("the parameter `{0}` stands nowhere in the query")]
    Unused(String),
    /// A default or a choice is no value of its type.
    #[error("the parameter `{0}`: {1}")]
    Value(String, String),
    /// A part that may be left out does not end, or none begins.
    #[error("`#+ if` and `#+ end` do not match")]
    Unmatched,
    /// A parameter without a value stands outside the part that is left out then.
    #[error("`${0}` may have no value, and does not stand between `#+ if {0}` and `#+ end`")]
    Unguarded(String),
    /// What comes out is no query.
    #[error("it is no query: {0}")]
    Query(String),
}

/// The head of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    #[serde(default)]
    title: Texts,
    #[serde(default)]
    description: Texts,
    #[serde(default)]
    parameter: toml::Table,
}

impl Named {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(in crate::web) fn read(name: &str, file: &str) -> Result<Self, Flaw> {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(Flaw::Name);
        }
        let lines = || file.lines().map(str::trim_end);
        let head: Vec<&str> = lines()
            .take_while(|line| line.is_empty() || line.starts_with('#'))
            .filter_map(|line| line.strip_prefix("#+"))
            .collect();
        let body: Vec<&str> = lines()
            .skip_while(|line| line.is_empty() || line.starts_with('#'))
            .collect();
        let flawed = |error: toml::de::Error| Flaw::Head(error.message().to_owned());
        let head: Head = toml::from_str(&head.join("\n")).map_err(flawed)?;
        if head.title.is_empty() {
            return Err(Flaw::Untitled);
        }
        let parameters = head.parameter.into_iter().map(|(name, table)| {
            let parameter: Parameter = table
                .try_into()
                .map_err(|error: toml::de::Error| Flaw::Value(name.clone(), error.to_string()))?;
            Ok((name, parameter))
        });
        let mut named = Self {
            name: name.to_owned(),
            title: head.title,
            description: head.description,
            parameters: parameters.collect::<Result<_, Flaw>>()?,
            form: Form::Select,
            body: body.join("\n"),
        };
        named.form = named.check()?;
        Ok(named)
    }

    /// Tries the query with as few values as it may have, and with all of them.
    fn check(&self) -> Result<Form, Flaw> {
        let used = || words(&self.body).filter_map(|(word, text)| placeholder(word, text));
        for name in used() {
            if name != LANGUAGE && self.parameter(name).is_none() {
                return Err(Flaw::Unknown(name.to_owned()));
            }
        }
        let mut least = spoken(Language::En);
        let mut most = least.clone();
        for (name, parameter) in &self.parameters {
            if !used().any(|one| one == name) {
                return Err(Flaw::Unused(name.clone()));
            }
            let flawed = |message: String| Flaw::Value(name.clone(), message);
            let sample = parameter.sample().map_err(flawed)?;
            if let Some(value) = parameter.value(None).map_err(flawed)? {
                least.insert(name.clone(), value);
            } else if parameter.is_required() {
                least.insert(name.clone(), sample.clone());
            }
            most.insert(name.clone(), sample);
        }
        for values in [least, most] {
            let text = self.query(&values)?;
            let parsed = SparqlParser::new()
                .with_base_iri("http://base.example/")
                .map_err(|error| Flaw::Query(error.to_string()))?
                .parse_query(&text);
            parsed.map_err(|error| Flaw::Query(error.to_string()))?;
        }
        form(&self.body).map_err(|error| Flaw::Query(error.to_string()))
    }

    fn parameter(&self, name: &str) -> Option<&Parameter> {
        let mut parameters = self.parameters.iter();
        parameters.find_map(|(one, parameter)| (one == name).then_some(parameter))
    }

    /// What was sent as values.
    ///
    /// # Errors
    /// A sentence about the first that cannot be read, is missing, or is no parameter.
    pub(in crate::web) fn values(
        &self,
        sent: &[(String, String)],
        language: Language,
    ) -> Result<Values, String> {
        for (name, _) in sent {
            if self.parameter(name).is_none() {
                let known: Vec<&str> = self.names().collect();
                return Err(format!(
                    "there is no parameter `{name}` here; there are {}",
                    known.join(", ")
                ));
            }
        }
        let mut values = spoken(language);
        for (name, parameter) in &self.parameters {
            let mut all = sent.iter().filter(|(one, _)| one == name);
            let value = all.next().map(|(_, value)| value.as_str());
            if all.next().is_some() {
                return Err(format!("`{name}` is given twice"));
            }
            // An empty field of a form is one that was not filled in.
            let value = value.filter(|value| !value.trim().is_empty());
            let read = parameter.value(value);
            match read.map_err(|message| format!("`{name}` {message}"))? {
                Some(value) => {
                    values.insert(name.clone(), value);
                }
                None if parameter.is_required() => return Err(format!("`{name}` is missing")),
                None => {}
            }
        }
        Ok(values)
    }

    /// The names of what may be sent, those of paging included.
    fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.parameters.iter().map(|(name, _)| name.as_str());
        own.chain(["page", "page_size", "format", "lang"])
    }

    /// The query with its values in their places, as it can be run anywhere.
    pub(in crate::web) fn standing_alone(
        &self,
        values: &Values,
        base: &Base,
    ) -> Result<String, Flaw> {
        let query = self.query(values)?;
        Ok(format!("BASE <{}>\n{query}", base.iri("sparql").as_str()))
    }

    /// The query with its values in their places.
    pub(in crate::web) fn query(&self, values: &Values) -> Result<String, Flaw> {
        let mut text = String::with_capacity(self.body.len() + 64);
        let mut within: Option<bool> = None;
        for line in self.body.lines() {
            if let Some(directive) = line.strip_prefix("#+") {
                let mut parts = directive.split_whitespace();
                within = match (parts.next(), parts.next(), within) {
                    (Some("if"), Some(name), None) => Some(values.contains_key(name)),
                    (Some("else"), None, Some(is_there)) => Some(!is_there),
                    (Some("end"), None, Some(_)) => None,
                    _ => return Err(Flaw::Unmatched),
                };
                continue;
            }
            if within == Some(false) {
                continue;
            }
            for (word, part) in words(line) {
                match placeholder(word, part) {
                    Some(name) => match values.get(name) {
                        Some(value) => text.push_str(&value.sparql()),
                        None => return Err(Flaw::Unguarded(name.to_owned())),
                    },
                    None => text.push_str(part),
                }
            }
            text.push('\n');
        }
        if within.is_some() {
            return Err(Flaw::Unmatched);
        }
        Ok(text)
    }
}

/// The values of a query's parameters.
pub(in crate::web) type Values = BTreeMap<String, Value>;

/// What stands for the language of who asks.
const LANGUAGE: &str = "lang";

fn spoken(language: Language) -> Values {
    let tag = Value::Text(language.tag().to_owned());
    Values::from([(LANGUAGE.to_owned(), tag)])
}

/// The parameter that a word stands for.
fn placeholder(word: Word, text: &str) -> Option<&str> {
    text.strip_prefix('$').filter(|_| word == Word::Variable)
}

/// A text in the language of the page, else in any.
pub(in crate::web) fn in_language(texts: &Texts, language: Language) -> &str {
    let text = texts.get(language.tag()).or_else(|| texts.get("en"));
    text.or_else(|| texts.values().next())
        .map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# For the tests.\n\
        #+ title = { en = \"Datasets\" }\n\
        #+ [parameter.publisher]\n#+ type = \"iri\"\n#+ title.en = \"Publisher\"\n#+ required = true\n\
        #+ [parameter.word]\n#+ type = \"text\"\n#+ title.en = \"Word\"\n\
        #+ [parameter.least]\n#+ type = \"integer\"\n#+ title.en = \"Least\"\n#+ default = 3\n\
        # Below the head.\n\
        SELECT ?d { ?d <http://e.org/p> $publisher ; <http://e.org/$no> ?n . # $no\n\
        FILTER(?n >= $least && LANG(?n) = $lang)\n\
        #+ if word\n\
        FILTER(CONTAINS(?d, $word) && ?d != \"$no\")\n\
        #+ end\n\
        }";

    fn sent(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn values_stand_where_their_names_stood_and_what_has_none_is_left_out() {
        let named = Named::read("datasets", FILE).unwrap();
        assert_eq!(named.form, Form::Select);
        let values = named
            .values(
                &sent(&[("publisher", "http://e.org/a b"), ("word", "")]),
                Language::En,
            )
            .unwrap_err();
        assert!(values.contains("publisher"), "{values}");
        let values = named.values(&sent(&[("publisher", "http://e.org/a")]), Language::Fr);
        let query = named.query(&values.unwrap()).unwrap();
        assert!(
            query.contains("<http://e.org/p> <http://e.org/a>"),
            "{query}"
        );
        assert!(
            query.contains("FILTER(?n >= 3 && LANG(?n) = \"fr\")"),
            "{query}"
        );
        assert!(!query.contains("CONTAINS"), "{query}");
        assert!(
            query.contains("# $no") && query.contains("<http://e.org/$no>"),
            "{query}"
        );
    }

    #[test]
    fn a_value_stays_a_value() {
        let named = Named::read("datasets", FILE).unwrap();
        let hostile = "\") } DROP ALL # \\ \n'";
        let values = named.values(
            &sent(&[("publisher", "http://e.org/a"), ("word", hostile)]),
            Language::En,
        );
        let query = named.query(&values.unwrap()).unwrap();
        let literal =
            words(&query).find(|(word, text)| *word == Word::Text && text.contains("DROP"));
        assert_eq!(literal.unwrap().1, r#""\") } DROP ALL # \\ \n'""#);
        for bad in ["http://e.org/> } #", "<a>", "relative", "http://e.org/{x}"] {
            let values = named.values(&sent(&[("publisher", bad)]), Language::En);
            assert!(values.is_err(), "{bad}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        let named = Named::read("datasets", FILE).unwrap();
        let said = |pairs: &[(&str, &str)]| named.values(&sent(pairs), Language::En).unwrap_err();
        assert_eq!(said(&[]), "`publisher` is missing");
        assert!(said(&[("publishr", "x")]).contains("there are least, publisher, word, page"));
        let twice = [
            ("publisher", "http://e.org/a"),
            ("publisher", "http://e.org/b"),
        ];
        assert_eq!(said(&twice), "`publisher` is given twice");
        let no_number = [("publisher", "http://e.org/a"), ("least", "many")];
        assert!(said(&no_number).starts_with("`least` must be a whole number"));
    }

    #[test]
    fn files_that_could_fail_later_are_refused() {
        let read = |file: &str| Named::read("a", file).unwrap_err();
        let titled = |rest: &str| format!("#+ title.en = \"T\"\n{rest}");
        assert_eq!(Named::read("A b", FILE).unwrap_err(), Flaw::Name);
        assert_eq!(read("ASK {}"), Flaw::Untitled);
        assert_eq!(
            read(&titled("ASK { ?s ?p $o }")),
            Flaw::Unknown("o".to_owned())
        );
        let described = "#+ [parameter.o]\n#+ type = \"iri\"\n#+ title.en = \"O\"\n";
        let unused = titled(&format!("{described}ASK {{}}"));
        assert_eq!(read(&unused), Flaw::Unused("o".to_owned()));
        let unguarded = titled(&format!("{described}ASK {{ ?s ?p $o }}"));
        assert_eq!(read(&unguarded), Flaw::Unguarded("o".to_owned()));
        let open = titled(&format!("{described}ASK {{\n#+ if o\n?s ?p $o\n}}"));
        assert_eq!(read(&open), Flaw::Unmatched);
        assert!(matches!(read(&titled("SELEC")), Flaw::Query(_)));
        assert!(matches!(read(&titled("DROP ALL")), Flaw::Query(_)));
        let default =
            "#+ [parameter.o]\n#+ type = \"iri\"\n#+ title.en = \"O\"\n#+ default = \"x y\"\n";
        let bad = titled(&format!("{default}ASK {{ ?s ?p $o }}"));
        assert!(matches!(read(&bad), Flaw::Value(name, _) if name == "o"));
    }
}
