//! The mapping tables in the documentation of a source's modules.
//!
//! The heading "Fields of" with the name of a shape in backticks opens the table of its fields that are
//! mapped, "Left out of" that of those that are not. A row whose second cell names another such heading,
//! with its `#`, hands what is below its paths to that shape's tables. The tables of one shape may stand
//! in several modules.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path as File;

use super::path::Pattern;

/// What becomes of what a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is mapped.
    Mapped,
    /// It is left out, for a reason.
    LeftOut,
    /// It is of another shape, or of one of several.
    Shape(Vec<String>),
}

impl Fate {
    /// The shapes to which a row hands what it names.
    pub(super) fn shapes(&self) -> &[String] {
        match self {
            Self::Shape(shapes) => shapes,
            Self::Mapped | Self::LeftOut => &[],
        }
    }
}

/// One path of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) shape: String,
    pub(super) pattern: Pattern,
    pub(super) fate: Fate,
    /// File and line.
    pub(super) place: String,
}

impl Row {
    /// How reports and sets name it.
    pub(super) fn name(&self) -> String {
        format!("{}: {}", self.shape, self.pattern)
    }
}

/// All tables of a source: the rows of each shape.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    pub(super) shapes: BTreeMap<String, Vec<Row>>,
    /// What is wrong with the tables themselves.
    pub(super) faults: Vec<String>,
}

impl Tables {
    /// The tables in the module `src/{module}.rs` and in all modules below it, of which `roots` are the
    /// shapes of whole records.
    pub(super) fn of_module(module: &str, roots: &[&str]) -> Self {
        let source = File::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = vec![source.join(format!("{module}.rs"))];
        let mut folders = vec![source.join(module)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    files.push(path);
                }
            }
        }
        files.sort();
        let mut tables = Self::default();
        for file in files {
            let text = std::fs::read_to_string(&file).unwrap();
            let name = file.strip_prefix(&source).unwrap().display().to_string();
            tables.read(&text, &name);
        }
        tables.check(roots);
        tables
    }

    /// Adds the tables in a module's documentation.
    pub(super) fn read(&mut self, text: &str, file: &str) {
        let mut section: Option<(String, Fate)> = None;
        for (number, line) in text.lines().enumerate() {
            let Some(line) = line.strip_prefix("//!").map(str::trim) else {
                continue;
            };
            let place = format!("{file}:{}", number + 1);
            if let Some(heading) = line.strip_prefix('#') {
                section = self.heading(heading.trim_start_matches('#').trim(), &place);
                continue;
            }
            let Some((shape, fate)) = &section else {
                continue;
            };
            if line.starts_with('|') {
                self.row(line, shape, fate, &place);
            }
        }
    }

    fn heading(&mut self, heading: &str, place: &str) -> Option<(String, Fate)> {
        let (rest, fate) = if let Some(rest) = heading.strip_prefix("Fields of") {
            (rest, Fate::Mapped)
        } else {
            (heading.strip_prefix("Left out of")?, Fate::LeftOut)
        };
        let name = rest
            .trim()
            .strip_prefix('`')
            .and_then(|rest| rest.strip_suffix('`'))
            .filter(|name| !name.is_empty() && !name.contains('`'));
        if name.is_none() {
            self.faults
                .push(format!("{place}: `{heading}` does not name one shape"));
        }
        Some((name?.to_owned(), fate))
    }

    fn row(&mut self, line: &str, shape: &str, fate: &Fate, place: &str) {
        let cells = cells(line);
        let first = cells.first().map_or("", String::as_str);
        if first == "field" || first.chars().all(|c| matches!(c, '-' | ':' | ' ')) {
            return;
        }
        let second = cells.get(1).map_or("", String::as_str);
        if second.is_empty() {
            self.faults
                .push(format!("{place}: {first} has nothing in its second column"));
        }
        let fate = match (fate, shapes(second)) {
            (Fate::Mapped, shapes) if !shapes.is_empty() => Fate::Shape(shapes),
            _ => fate.clone(),
        };
        for text in first.split(',').map(str::trim) {
            let path = text.strip_prefix('`').and_then(|t| t.strip_suffix('`'));
            match path
                .ok_or_else(|| format!("{text} is no path between backticks"))
                .and_then(Pattern::parse)
            {
                Ok(pattern) => self.shapes.entry(shape.to_owned()).or_default().push(Row {
                    shape: shape.to_owned(),
                    pattern,
                    fate: fate.clone(),
                    place: place.to_owned(),
                }),
                Err(fault) => self.faults.push(format!("{place}: {fault}")),
            }
        }
    }

    /// Notes paths that stand twice, shapes that are nowhere described, and those that nothing has.
    pub(super) fn check(&mut self, roots: &[&str]) {
        let mut named: BTreeSet<&str> = roots.iter().copied().collect();
        for rows in self.shapes.values() {
            let mut seen: BTreeMap<String, &Row> = BTreeMap::new();
            for row in rows {
                if let Some(first) = seen.insert(row.name(), row) {
                    let both = (first.fate == Fate::LeftOut) != (row.fate == Fate::LeftOut);
                    let how = if both {
                        "is both mapped and left out"
                    } else {
                        "stands twice"
                    };
                    self.faults.push(format!(
                        "{}: {} {how}, see {}",
                        row.place,
                        row.name(),
                        first.place
                    ));
                }
                named.extend(row.fate.shapes().iter().map(String::as_str));
            }
        }
        for name in &named {
            if !self.shapes.contains_key(*name) {
                self.faults
                    .push(format!("there is no table `# Fields of `{name}``"));
            }
        }
        for name in self.shapes.keys() {
            if !named.contains(name.as_str()) {
                self.faults.push(format!(
                    "`# Fields of `{name}`` is a table that nothing refers to"
                ));
            }
        }
    }
}

/// The shapes that a second cell refers to.
fn shapes(cell: &str) -> Vec<String> {
    let parts = cell.split("# Fields of `").skip(1);
    parts
        .filter_map(|part| part.split_once('`'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The cells of a row; `\|` is no border.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim_start_matches('|').replace("\\|", "\u{0}");
    let line = line
        .trim_end()
        .strip_suffix('|')
        .unwrap_or(&line)
        .to_owned();
    line.split('|')
        .map(|cell| cell.trim().replace('\u{0}', "|"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(lines: &[&str], roots: &[&str]) -> Tables {
        let lines: Vec<String> = lines.iter().map(|line| format!("//! {line}")).collect();
        let mut tables = Tables::default();
        tables.read(&lines.join("\n"), "source/x.rs");
        tables.check(roots);
        tables
    }

    #[test]
    fn tables_are_read_where_a_heading_opens_them() {
        let tables = tables(
            &[
                "A source.",
                "| field | becomes |",
                "| `elsewhere` | a table of something else |",
                "# Fields of `things`",
                "",
                "| field | becomes |",
                "|---|---|",
                "| `id`, `alias.id` | `dct:identifier` or `a\\|b` |",
                "| `parts[]` | see [`super::part`], # Fields of `part` |",
                "# Left out of `things`",
                "| field | why |",
                "|:--|--:|",
                "| `metrics.*` | they change |",
                "# Fields of `part`",
                "| `name` | `dct:title` |",
                "# Notes",
                "| `no` | row |",
            ],
            &["things"],
        );
        assert_eq!(tables.faults, [""; 0]);
        let rows: Vec<_> = tables
            .shapes
            .values()
            .flatten()
            .map(|row| (row.name(), row.fate.clone(), row.place.as_str()))
            .collect();
        let row = |name: &str, fate, place| (name.to_owned(), fate, place);
        assert_eq!(
            rows,
            [
                row("part: name", Fate::Mapped, "source/x.rs:15"),
                row("things: id", Fate::Mapped, "source/x.rs:8"),
                row("things: alias.id", Fate::Mapped, "source/x.rs:8"),
                row(
                    "things: parts[]",
                    Fate::Shape(vec!["part".to_owned()]),
                    "source/x.rs:9"
                ),
                row("things: metrics.*", Fate::LeftOut, "source/x.rs:13"),
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_a_table_is_said() {
        let faults = tables(
            &[
                "# Fields of things",
                "# Fields of `things`",
                "| `id` | x |",
                "| `id` | y |",
                "| `title`, else `name` | x |",
                "| `…_category` | x |",
                "| `kind` | |",
                "| `part` | see # Fields of `part` |",
                "# Left out of `things`",
                "| `kind` | no use |",
                "# Fields of `nobody`",
                "| `id` | x |",
            ],
            &["things", "others"],
        )
        .faults;
        let expected = [
            "source/x.rs:1: `Fields of things` does not name one shape",
            "source/x.rs:5: else `name` is no path between backticks",
            "source/x.rs:6: `…_category` is no path",
            "source/x.rs:7: `kind` has nothing in its second column",
            "source/x.rs:4: things: id stands twice, see source/x.rs:3",
            "source/x.rs:10: things: kind is both mapped and left out, see source/x.rs:7",
            "there is no table `# Fields of `others``",
            "there is no table `# Fields of `part``",
            "`# Fields of `nobody`` is a table that nothing refers to",
        ];
        assert_eq!(faults, expected);
    }
}
