//! Random queries, written as text: whole queries here, what is in their braces beside it.

#![expect(
    clippy::format_push_string,
    reason = "queries are short, and read best as they are written"
)]

use super::choices::Choices;
use super::data::{Data, GRAPHS, PROPERTIES, THINGS, name};
use oxigraph::model::Literal;

/// Names of variables: few, so that patterns meet.
pub(crate) const VARIABLES: [&str; 5] = ["a", "b", "c", "d", "e"];

/// Writes a query, choice by choice.
pub(crate) struct Writer<'c> {
    pub(crate) choices: &'c mut Choices,
    pub(crate) literals: &'c [Literal],
    /// Variables that the text so far has spoken of.
    pub(crate) used: Vec<String>,
    /// How many more triple patterns the query may have.
    pub(crate) patterns: usize,
    fresh: usize,
}

/// A random query over data.
pub(crate) fn query(choices: &mut Choices, data: &Data) -> String {
    let mut writer = Writer {
        choices,
        literals: &data.literals,
        used: Vec::new(),
        patterns: if data.large { 3 } else { 7 },
        fresh: 0,
    };
    writer.whole()
}

impl Writer<'_> {
    fn whole(&mut self) -> String {
        let form = self.choices.weighted(&[55, 27, 6, 9, 3]);
        let from = self.dataset();
        match form {
            0 => self.select(&from, true),
            1 => self.grouped(&from, true),
            2 => format!("ASK{from} {}", self.group(3)),
            3 => {
                let pattern = self.group(2);
                format!("CONSTRUCT {}{from} WHERE {pattern}", self.template())
            }
            _ => {
                let pattern = self.group(2);
                let what = self.variable();
                format!("DESCRIBE {what}{from} WHERE {pattern}")
            }
        }
    }

    fn dataset(&mut self) -> String {
        let mut text = String::new();
        if self.choices.chance(6) {
            for _ in 0..=self.choices.below(2) {
                let named = *self.choices.pick(&["", "NAMED "]);
                text += &format!(" FROM {named}{}", name("g", self.choices.below(GRAPHS + 1)));
            }
        }
        text
    }

    /// A SELECT without aggregates. Only the outermost may be cut where its rows are in no order.
    fn select(&mut self, from: &str, outermost: bool) -> String {
        let pattern = self.group(if outermost { 3 } else { 1 });
        let distinct = *self
            .choices
            .pick(&["", "", "", "DISTINCT ", "DISTINCT ", "REDUCED "]);
        let mut columns = Vec::new();
        let all = self.choices.chance(25);
        if !all {
            for _ in 0..=self.choices.below(3) {
                columns.push(self.variable());
            }
            if self.choices.chance(30) {
                let value = self.expression(2);
                let column = self.invent("v");
                columns.push(format!("({value} AS {column})"));
            }
            columns.sort();
            columns.dedup();
        }
        let head = if all {
            "*".to_owned()
        } else {
            columns.join(" ")
        };
        let names: Vec<String> = columns.iter().map(|column| named(column)).collect();
        let names = if all { self.used.clone() } else { names };
        self.used.clone_from(&names);
        if outermost {
            let tail = self.ordered(&names);
            let values = if self.choices.chance(4) {
                self.values()
            } else {
                String::new()
            };
            return format!("SELECT {distinct}{head}{from} WHERE {pattern}{tail} {values}");
        }
        format!("SELECT {distinct}{head} WHERE {pattern}")
    }

    /// ORDER BY, LIMIT and OFFSET.
    fn ordered(&mut self, names: &[String]) -> String {
        let mut tail = String::new();
        if self.choices.chance(45) {
            tail += " ORDER BY";
            for _ in 0..=self.choices.below(3) {
                let key = if names.is_empty() || self.choices.chance(15) {
                    self.expression(1)
                } else {
                    self.choices.pick(names).clone()
                };
                tail += &format!(" {}({key})", self.choices.pick(&["ASC", "DESC"]));
            }
        }
        if self.choices.chance(25) {
            tail += &format!(" LIMIT {}", self.choices.below(8));
        }
        if self.choices.chance(12) {
            tail += &format!(" OFFSET {}", self.choices.below(5));
        }
        tail
    }

    /// A SELECT with GROUP BY and aggregates. Inside others only those whose value is certain.
    fn grouped(&mut self, from: &str, outermost: bool) -> String {
        let pattern = if self.choices.chance(35) {
            self.counted()
        } else {
            self.group(if outermost { 2 } else { 1 })
        };
        let mut keys = Vec::new();
        let mut by = String::new();
        for _ in 0..self.choices.below(3) {
            let key = self.variable();
            if !keys.contains(&key) {
                by += &format!(" {key}");
                keys.push(key);
            }
        }
        if self.choices.chance(12) {
            let value = self.expression(1);
            let key = self.invent("k");
            by += &format!(" ({value} AS {key})");
            keys.push(key);
        }
        let mut columns = keys.clone();
        if !keys.is_empty() && self.choices.chance(20) {
            columns.remove(self.choices.below(keys.len()));
        }
        let mut aliases = columns.clone();
        for _ in 0..=self.choices.below(2) {
            let (kind, aggregate) = self.aggregate(outermost);
            let alias = self.invent(kind);
            columns.push(format!("({aggregate} AS {alias})"));
            aliases.push(alias);
        }
        let by = if keys.is_empty() {
            by
        } else {
            format!(" GROUP BY{by}")
        };
        let having = if self.choices.chance(20) {
            let distinct = *self.choices.pick(&["", "DISTINCT "]);
            let counted = self.variable();
            let limit = self.choices.below(3);
            let operator = self.choices.pick(&[">", "<", "=", "!="]);
            format!(" HAVING (COUNT({distinct}{counted}) {operator} {limit})")
        } else {
            String::new()
        };
        let distinct = *self.choices.pick(&["", "", "", "DISTINCT "]);
        self.used.clone_from(&aliases);
        let tail = if outermost {
            self.used
                .retain(|name| !name.starts_with("?sample") && !name.starts_with("?concat"));
            let names = self.used.clone();
            self.ordered(&names)
        } else {
            String::new()
        };
        format!(
            "SELECT {distinct}{} {from} WHERE {pattern}{by}{having}{tail}",
            columns.join(" ")
        )
    }

    /// A single pattern, which may be counted without being looked at.
    fn counted(&mut self) -> String {
        let pattern = self.triple();
        if self.choices.chance(40) {
            return format!("{{ GRAPH {} {{ {pattern} }} }}", self.graph());
        }
        format!("{{ {pattern} }}")
    }

    /// An aggregate, and what its column is called: the name says what may differ.
    fn aggregate(&mut self, outermost: bool) -> (&'static str, String) {
        let distinct = *self.choices.pick(&["", "", "DISTINCT "]);
        let argument = if self.choices.chance(20) {
            self.expression(1)
        } else {
            self.variable()
        };
        match self.choices.weighted(&[
            25,
            25,
            12,
            if outermost { 12 } else { 0 },
            12,
            8,
            if outermost { 12 } else { 0 },
        ]) {
            0 => ("n", format!("COUNT({distinct}*)")),
            1 => ("n", format!("COUNT({distinct}{argument})")),
            2 => ("sum", format!("SUM({distinct}{argument})")),
            3 => {
                let (kind, function) = *self.choices.pick(&[("least", "MIN"), ("most", "MAX")]);
                (kind, format!("{function}({distinct}{argument})"))
            }
            4 => {
                let function = self.choices.pick(&["MIN", "MAX"]);
                ("v", format!("{function}({distinct}STR({argument}))"))
            }
            5 => ("avg", format!("AVG({distinct}{argument})")),
            _ if self.choices.chance(50) => ("sample", format!("SAMPLE({argument})")),
            _ => (
                "concat",
                format!("GROUP_CONCAT({distinct}{argument}; SEPARATOR = \"|\")"),
            ),
        }
    }

    /// A SELECT in braces, of whose variables only some are seen outside.
    pub(crate) fn subquery(&mut self) -> String {
        let outside = std::mem::take(&mut self.used);
        if self.choices.chance(50) {
            self.used.clone_from(&outside);
        }
        let text = match self.choices.weighted(&[45, 35, 20]) {
            0 => self.select("", false),
            1 => self.grouped("", false),
            _ => {
                // Rows that are cut are the same ones only where nothing else could be in their place.
                let pattern = self.group(1);
                let column = self.variable();
                self.used = vec![column.clone()];
                let limit = self.choices.below(3) + 1;
                format!(
                    "SELECT DISTINCT {column} WHERE {{ {pattern} FILTER(isIRI({column})) }} ORDER BY {column} LIMIT {limit}"
                )
            }
        };
        let inside = std::mem::replace(&mut self.used, outside);
        for name in inside {
            self.note(&name);
        }
        format!("{{ {text} }}")
    }

    fn template(&mut self) -> String {
        let mut text = String::from("{ ");
        for _ in 0..=self.choices.below(2) {
            let subject = match self.choices.weighted(&[70, 15, 15]) {
                0 => self.variable(),
                1 => "_:made".to_owned(),
                _ => name("t", self.choices.below(THINGS)).to_string(),
            };
            let predicate = if self.choices.chance(20) {
                self.variable()
            } else {
                name("p", self.choices.below(PROPERTIES)).to_string()
            };
            let object = if self.choices.chance(15) {
                "_:made".to_owned()
            } else {
                self.variable()
            };
            text += &format!("{subject} {predicate} {object} . ");
        }
        text + "}"
    }

    /// A variable, more often one that is known already.
    pub(crate) fn variable(&mut self) -> String {
        if !self.used.is_empty() && self.choices.chance(85) {
            return self.choices.pick(&self.used).clone();
        }
        let name = format!("?{}", self.choices.pick(&VARIABLES));
        self.note(&name);
        name
    }

    pub(crate) fn note(&mut self, name: &str) {
        if !self.used.iter().any(|known| known == name) {
            self.used.push(name.to_owned());
        }
    }

    /// A variable that is nowhere yet.
    pub(crate) fn invent(&mut self, kind: &str) -> String {
        self.fresh += 1;
        format!("?{kind}{}", self.fresh)
    }
}

/// The name of a column: itself, or what follows AS.
fn named(column: &str) -> String {
    let text = column.rsplit(" AS ").next().unwrap_or(column);
    text.trim_end_matches(')').to_owned()
}
