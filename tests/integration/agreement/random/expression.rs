//! Random expressions: every operator and function that always gives the same, errors included.

use super::query::Writer;

impl Writer<'_> {
    /// Something for a FILTER: mostly true or false, sometimes an error, sometimes just a value.
    pub(crate) fn condition(&mut self, depth: usize) -> String {
        if depth == 0 {
            let variable = self.variable();
            let other = self.operand(0);
            let operator = self.choices.pick(&["=", "!=", "<", ">", "<=", ">="]);
            return format!("{variable} {operator} {other}");
        }
        let below = depth - 1;
        match self.choices.weighted(&[40, 8, 8, 8, 5, 6, 4, 8, 9, 5, 4]) {
            0 => {
                let one = if self.choices.chance(70) {
                    self.variable()
                } else {
                    self.operand(below)
                };
                let operator = *self.choices.pick(&["=", "!=", "<", ">", "<=", ">="]);
                format!("{one} {operator} {}", self.operand(below))
            }
            1 => format!("({}) && ({})", self.condition(below), self.condition(below)),
            2 => format!("({}) || ({})", self.condition(below), self.condition(below)),
            3 => format!("!({})", self.condition(below)),
            4 => {
                let not = *self.choices.pick(&["IN", "NOT IN"]);
                let mut list = Vec::new();
                let value = self.operand(below);
                for _ in 0..self.choices.below(4) {
                    let constant = self.choices.chance(60);
                    list.push(if constant {
                        self.constant()
                    } else {
                        self.operand(0)
                    });
                }
                format!("{value} {not} ({})", list.join(", "))
            }
            5 => format!("BOUND({})", self.variable()),
            6 => format!("sameTerm({}, {})", self.operand(below), self.operand(0)),
            7 => {
                let test = *self
                    .choices
                    .pick(&["isIRI", "isBLANK", "isLITERAL", "isNUMERIC"]);
                format!("{test}({})", self.operand(below))
            }
            8 => self.about_text(below),
            9 => {
                let not = *self.choices.pick(&["", "NOT "]);
                format!("{not}EXISTS {}", self.inner(below.min(1)))
            }
            _ => self.expression(below),
        }
    }

    fn about_text(&mut self, depth: usize) -> String {
        let text = match self.choices.weighted(&[25, 25, 20, 15, 15]) {
            0 => self.variable(),
            1 => format!("STR({})", self.variable()),
            2 => format!(
                "{}(STR({}))",
                self.choices.pick(&["LCASE", "UCASE"]),
                self.variable()
            ),
            3 => format!(
                "{}({})",
                self.choices.pick(&["LCASE", "UCASE"]),
                self.variable()
            ),
            _ => self.operand(depth),
        };
        let part = self.choices.pick(&[
            "\"a\"", "\"5\"", "\"\"", "\"b\"", "\"a\"@en", "\"É\"", "\"T\"",
        ]);
        match self.choices.below(6) {
            0 => format!("CONTAINS({text}, {part})"),
            1 => format!("STRSTARTS({text}, {part})"),
            2 => format!("STRENDS({text}, {part})"),
            3 => {
                let flags = self.choices.pick(&["", ", \"i\""]);
                let pattern = self
                    .choices
                    .pick(&["a", "^.$", "[0-9]+", "B", "^a|c$", "("]);
                format!("REGEX({text}, \"{pattern}\"{flags})")
            }
            4 => {
                let range = self.choices.pick(&["en", "*", "fr", "de-ch", "EN", ""]);
                format!("LANGMATCHES(LANG({text}), \"{range}\")")
            }
            _ => format!(
                "LANG({text}) = \"{}\"",
                self.choices.pick(&["en", "", "fr", "EN"])
            ),
        }
    }

    /// A variable or a constant, or something made of them.
    fn operand(&mut self, depth: usize) -> String {
        if depth > 0 && self.choices.chance(30) {
            return self.expression(depth);
        }
        if self.choices.chance(30) {
            return self.constant();
        }
        self.variable()
    }

    /// Any value.
    pub(crate) fn expression(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.operand(0);
        }
        let below = depth - 1;
        match self.choices.weighted(&[15, 16, 10, 18, 7, 7, 10, 6, 6, 5]) {
            0 => self.variable(),
            1 => {
                let operator = *self.choices.pick(&["+", "-", "*", "/"]);
                format!(
                    "({} {operator} {})",
                    self.operand(below),
                    self.operand(below)
                )
            }
            2 => {
                let function = *self.choices.pick(&["ABS", "CEIL", "FLOOR", "ROUND", "-"]);
                format!("{function}({})", self.operand(below))
            }
            3 => {
                let function = *self.choices.pick(&[
                    "STR",
                    "STRLEN",
                    "LCASE",
                    "UCASE",
                    "LANG",
                    "DATATYPE",
                    "ENCODE_FOR_URI",
                    "MD5",
                    "SHA256",
                ]);
                format!("{function}({})", self.operand(below))
            }
            4 => {
                let function = *self.choices.pick(&[
                    "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "TZ", "TIMEZONE",
                ]);
                format!("{function}({})", self.operand(below))
            }
            5 => format!(
                "IF({}, {}, {})",
                self.condition(below),
                self.operand(below),
                self.operand(below)
            ),
            6 => format!("COALESCE({}, {})", self.operand(below), self.operand(below)),
            7 => {
                let datatype = *self.choices.pick(&[
                    "integer", "decimal", "double", "float", "string", "boolean", "dateTime",
                    "date",
                ]);
                let value = self.operand(below);
                format!("<http://www.w3.org/2001/XMLSchema#{datatype}>({value})")
            }
            8 => self.text(below),
            _ => format!("({})", self.condition(below)),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        let text = self.operand(depth);
        match self.choices.below(9) {
            0 => format!("CONCAT({text}, {})", self.operand(depth)),
            1 => format!("SUBSTR({text}, {})", self.choices.below(3)),
            2 => format!(
                "SUBSTR({text}, {}, {})",
                self.choices.below(3),
                self.choices.below(3)
            ),
            3 => format!("STRBEFORE({text}, {})", self.operand(0)),
            4 => format!("STRAFTER({text}, {})", self.operand(0)),
            5 => format!("REPLACE({text}, \"[a-b]\", \"<$0>\")"),
            6 => {
                let datatype = self.choices.pick(&["integer", "string", "date", "decimal"]);
                format!("STRDT(STR({text}), <http://www.w3.org/2001/XMLSchema#{datatype}>)")
            }
            _ => format!(
                "STRLANG(STR({text}), \"{}\")",
                self.choices.pick(&["en", "fr", "EN"])
            ),
        }
    }
}
