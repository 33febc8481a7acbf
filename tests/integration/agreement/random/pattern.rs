//! What is in the braces of a random query.

#![expect(
    clippy::format_push_string,
    reason = "queries are short, and read best as they are written"
)]

use super::data::{GRAPHS, PROPERTIES, THINGS, name};
use super::query::{VARIABLES, Writer};

impl Writer<'_> {
    /// A group in braces, nested so deep at most.
    pub(crate) fn group(&mut self, depth: usize) -> String {
        let mut text = String::from("{ ");
        for number in 0..=self.choices.weighted(&[35, 35, 20, 10]) {
            let nested = usize::from(depth > 0);
            let first = if number == 0 { 90 } else { 25 };
            let element = self.choices.weighted(&[
                first,
                12,
                8 * nested,
                6 * nested,
                4 * nested,
                8 * nested,
                6,
                6,
                9 * nested,
                4 * nested,
                5 * nested,
                6,
                2 * nested,
            ]);
            let below = depth.saturating_sub(1);
            text += &match element {
                0 => self.triples(),
                1 => format!("FILTER({}) ", self.condition(2)),
                2 => format!("OPTIONAL {} ", self.group(below)),
                3 => {
                    let mut union = self.group(below);
                    for _ in 0..=self.choices.below(2) {
                        union += &format!(" UNION {}", self.group(below));
                    }
                    union + " "
                }
                4 => format!("MINUS {} ", self.group(below)),
                5 => {
                    let not = *self.choices.pick(&["", "NOT "]);
                    format!("FILTER {not}EXISTS {} ", self.inner(below))
                }
                6 => self.values(),
                7 => {
                    let value = self.expression(2);
                    let made = self.invent("x");
                    self.note(&made);
                    format!("BIND({value} AS {made}) ")
                }
                8 => {
                    let graph = self.graph();
                    format!("GRAPH {graph} {} ", self.group(below))
                }
                9 => format!("{} ", self.group(below)),
                10 => format!("{} ", self.subquery()),
                11 => self.path_pattern(),
                _ => format!("LATERAL {} ", self.group(below)),
            };
        }
        text + "}"
    }

    /// The pattern of an EXISTS, whose new variables nobody outside knows.
    pub(crate) fn inner(&mut self, depth: usize) -> String {
        let outside = self.used.clone();
        let text = self.group(depth);
        self.used = outside;
        text
    }

    pub(crate) fn graph(&mut self) -> String {
        if self.choices.chance(65) {
            if self.choices.chance(30) {
                return self.variable();
            }
            self.note("?g");
            return "?g".to_owned();
        }
        name("g", self.choices.below(GRAPHS)).to_string()
    }

    /// One to three triple patterns, which hang together more often than not.
    pub(crate) fn triples(&mut self) -> String {
        let mut text = String::new();
        let count = match self.choices.weighted(&[45, 35, 20]) {
            0 => 1,
            1 => 2,
            _ => 3,
        };
        for _ in 0..count {
            text += &self.triple();
        }
        text
    }

    /// One triple pattern, if the query may have more.
    pub(crate) fn triple(&mut self) -> String {
        if self.patterns == 0 {
            return String::new();
        }
        self.patterns -= 1;
        let subject = self.end();
        let predicate = match self.choices.weighted(&[82, 15, 1, 2]) {
            1 if self.choices.chance(15) => self.variable(),
            1 => {
                self.note("?p");
                "?p".to_owned()
            }
            2 => "<http://e/absent>".to_owned(),
            _ => name("p", self.choices.below(PROPERTIES)).to_string(),
        };
        let object = if self.choices.chance(8) {
            self.constant()
        } else {
            self.other_end(&subject)
        };
        format!("{subject} {predicate} {object} . ")
    }

    /// The subject or object of a pattern.
    fn end(&mut self) -> String {
        match self.choices.weighted(&[91, 5, 3, 1]) {
            0 => self.variable(),
            1 => name("t", self.choices.below(THINGS)).to_string(),
            2 => "[]".to_owned(),
            _ => "<http://e/absent>".to_owned(),
        }
    }

    /// The object of a pattern: now and then the subject once more, else mostly another variable.
    fn other_end(&mut self, subject: &str) -> String {
        let name = match self.choices.weighted(&[55, 30, 10, 5]) {
            0 => format!("?{}", self.choices.pick(&VARIABLES)),
            1 => self.variable(),
            2 => return self.end(),
            _ => return subject.to_owned(),
        };
        let other = |name: &&&str| name[..] != subject[1..];
        let name = if name == subject {
            format!("?{}", VARIABLES.iter().find(other).unwrap())
        } else {
            name
        };
        self.note(&name);
        name
    }

    fn path_pattern(&mut self) -> String {
        if self.patterns == 0 {
            return String::new();
        }
        self.patterns -= 1;
        let subject = self.end();
        let path = self.path(2);
        let object = if self.choices.chance(8) {
            self.constant()
        } else {
            self.other_end(&subject)
        };
        format!("{subject} {path} {object} . ")
    }

    fn path(&mut self, depth: usize) -> String {
        let step = name("p", self.choices.below(PROPERTIES)).to_string();
        if depth == 0 {
            return step;
        }
        match self.choices.weighted(&[10, 15, 12, 12, 12, 14, 14, 11]) {
            0 => step,
            1 => format!("({}/{})", self.path(depth - 1), self.path(depth - 1)),
            2 => format!("({}|{})", self.path(depth - 1), self.path(depth - 1)),
            3 => format!("(^{})", self.path(depth - 1)),
            4 => format!("({})?", self.path(depth - 1)),
            5 => format!("({})+", self.path(depth - 1)),
            6 => format!("({})*", self.path(depth - 1)),
            _ => {
                let other = name("p", self.choices.below(PROPERTIES));
                let text = match self.choices.below(4) {
                    0 => step,
                    1 => format!("({step}|{other})"),
                    2 => format!("(^{step})"),
                    _ => format!("({step}|^{other})"),
                };
                format!("!{text}")
            }
        }
    }

    /// VALUES of one or two variables, some of them undefined.
    pub(crate) fn values(&mut self) -> String {
        let first = self.variable();
        let second = self.variable();
        let mut names = vec![first];
        if self.choices.chance(40) && !names.contains(&second) {
            names.push(second);
        }
        let mut text = format!("VALUES ({}) {{ ", names.join(" "));
        for _ in 0..self.choices.below(4) {
            text += "(";
            for _ in &names {
                let cell = if self.choices.chance(20) {
                    "UNDEF".to_owned()
                } else {
                    self.constant()
                };
                text += &format!("{cell} ");
            }
            text += ") ";
        }
        text + "} "
    }

    /// A term that may be in the data.
    pub(crate) fn constant(&mut self) -> String {
        match self.choices.weighted(&[55, 35, 5, 5]) {
            0 => self.choices.pick(self.literals).to_string(),
            1 => name("t", self.choices.below(THINGS)).to_string(),
            2 => name("g", self.choices.below(GRAPHS)).to_string(),
            _ => "\"absent\"".to_owned(),
        }
    }
}
