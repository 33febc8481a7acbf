//! The mapping tables as they are looked into: for each shape of a whole record a tree of its paths, those
//! of the shapes to which it hands parts included.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The rows of all tables, as `build.rs` takes them out of the modules' documentation.
const ROWS: &str = include_str!(concat!(env!("OUT_DIR"), "/mapping.tsv"));

/// How deep shapes may hand on to each other: some are parts of themselves.
const DEEPEST: usize = 6;

/// The paths of one shape.
#[derive(Debug)]
pub(in crate::source) struct Table {
    nodes: Vec<Node>,
}

/// A place in a record.
#[derive(Debug, Default)]
struct Node {
    fields: FxHashMap<String, usize>,
    item: Option<usize>,
    /// How the names of fields begin of which everything is known, whatever is below.
    begins: Vec<String>,
    /// Whether a row names this very place.
    is_named: bool,
}

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Step {
    /// To a place that has, or contains, what a row names.
    To(usize),
    /// Where everything is known.
    Covered,
    /// Where no row leads.
    Unknown,
}

type Rows = BTreeMap<(&'static str, &'static str), Vec<(&'static str, Vec<&'static str>)>>;

fn rows(text: &'static str) -> Rows {
    let mut rows = Rows::new();
    for line in text.lines() {
        let mut cells = line.split('\t');
        let (Some(kind), Some(shape), Some(path)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let handed = cells.filter(|shape| !shape.is_empty()).collect();
        rows.entry((kind, shape)).or_default().push((path, handed));
    }
    rows
}

impl Table {
    /// The paths of a shape of a kind.
    pub(in crate::source) fn of(kind: &str, shape: &str) -> Option<&'static Self> {
        static TABLES: LazyLock<BTreeMap<&str, BTreeMap<&str, Table>>> = LazyLock::new(|| {
            let rows = rows(ROWS);
            let mut tables = BTreeMap::<_, BTreeMap<_, _>>::new();
            for (kind, shape) in rows.keys() {
                let table = Table::new(&rows, (kind, shape));
                tables.entry(*kind).or_default().insert(*shape, table);
            }
            tables
        });
        TABLES.get(kind)?.get(shape)
    }

    fn new(rows: &Rows, of: (&'static str, &'static str)) -> Self {
        let nodes = vec![Node::default()];
        let mut table = Self { nodes };
        table.add(rows, of, Self::ROOT, DEEPEST);
        // Of extras that nobody knows each has a name of its own.
        table.grow(Self::ROOT, Some("extras"));
        table
    }

    /// Adds the rows of a shape below a place.
    fn add(&mut self, rows: &Rows, of: (&'static str, &'static str), at: usize, depth: usize) {
        for (path, handed) in rows.get(&of).into_iter().flatten() {
            let node = self.path(path, at, handed.is_empty());
            for shape in handed {
                if depth > 0 {
                    self.add(rows, (of.0, shape), node, depth - 1);
                }
            }
        }
    }

    /// Adds one path below a place, and gives the place that it leads to.
    fn path(&mut self, path: &str, mut at: usize, is_all: bool) -> usize {
        if let Some(start) = path.strip_suffix('*') {
            let (above, begin) = start.rsplit_once('.').unwrap_or(("", start));
            if !above.is_empty() {
                at = self.steps(above, at);
            }
            if is_all && let Some(node) = self.nodes.get_mut(at) {
                node.begins.push(begin.to_owned());
            }
            return at;
        }
        at = self.steps(path, at);
        if let Some(node) = self.nodes.get_mut(at) {
            node.is_named = true;
        }
        at
    }

    fn steps(&mut self, path: &str, mut at: usize) -> usize {
        for part in path.split('.') {
            let name = part.trim_end_matches("[]");
            if !name.is_empty() {
                at = self.grow(at, Some(name));
            }
            for _ in 0..(part.len() - name.len()) / 2 {
                at = self.grow(at, None);
            }
        }
        at
    }

    /// The place by a field's name, or of any item; made where there is none.
    fn grow(&mut self, at: usize, name: Option<&str>) -> usize {
        let new = self.nodes.len();
        let Some(node) = self.nodes.get_mut(at) else {
            return at;
        };
        let to = match name {
            Some(name) => *node.fields.entry(name.to_owned()).or_insert(new),
            None => *node.item.get_or_insert(new),
        };
        if to == new {
            self.nodes.push(Node::default());
        }
        to
    }

    /// Where the record itself stands.
    pub(in crate::source) const ROOT: usize = 0;

    /// Where a field leads. A dot in its name is a step of its own: a table writes both alike.
    pub(in crate::source) fn field(&self, at: usize, name: &str) -> Step {
        let mut at = at;
        for part in name.split('.') {
            let Some(node) = self.nodes.get(at) else {
                return Step::Unknown;
            };
            if node
                .begins
                .iter()
                .any(|begin| part.starts_with(begin.as_str()))
            {
                return Step::Covered;
            }
            match node.fields.get(part) {
                Some(to) => at = *to,
                None => return Step::Unknown,
            }
        }
        Step::To(at)
    }

    /// Where the items of a list lead.
    pub(in crate::source) fn item(&self, at: usize) -> Step {
        let Some(node) = self.nodes.get(at) else {
            return Step::Unknown;
        };
        match node.item {
            _ if node.begins.iter().any(String::is_empty) => Step::Covered,
            Some(to) => Step::To(to),
            // Whoever reads one value says what he does about a list of them.
            None if node.is_named => Step::Covered,
            None => Step::Unknown,
        }
    }

    /// Whether a single value at a place is known. Where a list may stand, one item alone is as good, and
    /// where an object with an `id`, that alone.
    pub(in crate::source) fn knows(&self, at: usize) -> bool {
        let is_known = |at: usize| {
            let node = self.nodes.get(at);
            node.is_some_and(|node| node.is_named || node.fields.contains_key("id"))
        };
        let item = self.nodes.get(at).and_then(|node| node.item);
        is_known(at) || item.is_some_and(is_known)
    }

    /// Whether rows name parts of what stands at a place.
    pub(in crate::source) fn has_parts(&self, at: usize) -> bool {
        let node = self.nodes.get(at);
        node.is_some_and(|it| it.item.is_some() || !it.fields.is_empty() || !it.begins.is_empty())
    }

    /// Whether nothing below a place is named, but the place: whoever reads it says what he does about an
    /// object.
    pub(in crate::source) fn is_leaf(&self, at: usize) -> bool {
        let node = self.nodes.get(at);
        node.is_some_and(|it| it.is_named && it.fields.is_empty() && it.begins.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "k\tthing\tid\t\nk\tthing\ttags[].name\t\nk\tthing\tparts[]\tpart\n\
        k\tthing\textras.plugin:*\t\nk\tthing\tmetrics.*\t\nk\tpart\tname\t\nk\tpart\tparts[]\tpart\n\
        k\tother\t*\tthing\n";

    fn at(table: &Table, path: &[&str]) -> Step {
        let mut at = Table::ROOT;
        for name in path {
            let step = match *name {
                "[]" => table.item(at),
                name => table.field(at, name),
            };
            match step {
                Step::To(to) => at = to,
                other => return other,
            }
        }
        if table.knows(at) {
            Step::Covered
        } else {
            Step::Unknown
        }
    }

    #[test]
    fn a_path_is_known_by_its_row_or_that_of_the_shape_that_it_is_handed_to() {
        let rows = rows(SMALL);
        for shape in ["thing", "other"] {
            let table = Table::new(&rows, ("k", shape));
            for known in [
                &["id"][..],
                &["tags", "[]", "name"],
                &["parts", "[]", "name"],
                &["parts", "[]", "parts", "[]", "name"],
                &["extras", "plugin:x", "deep"],
                &["metrics", "[]"],
                &["metrics", "views"],
            ] {
                assert_eq!(at(&table, known), Step::Covered, "{shape} {known:?}");
            }
            for unknown in [
                &["ID"][..],
                &["metrics"],
                &["tags", "[]", "other"],
                &["parts", "[]", "id"],
                &["extras", "other:x"],
            ] {
                assert_eq!(at(&table, unknown), Step::Unknown, "{shape} {unknown:?}");
            }
        }
    }

    #[test]
    fn every_kind_has_the_tables_of_its_collections() {
        for (kind, shape) in [
            ("udata", "datasets"),
            ("udata", "discussions"),
            ("ckan", "organizations"),
            ("ckan", "showcase"),
            ("ods", "datasets"),
            ("transport", "datasets"),
            ("csw", "records"),
            ("csw", "csw:Record"),
        ] {
            assert!(Table::of(kind, shape).is_some(), "{kind} {shape}");
        }
    }
}
