//! Bags of rows that are the same but for the names of blank nodes: colours are refined until they
//! tell the blank nodes apart; those that stay alike are tried one for another.

use super::answer::Row;
use oxigraph::model::Term;
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

/// So many blank nodes are compared by their colours alone.
const MANY: usize = 100;

/// A cell: nothing, a term, or the number of a blank node.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Cell {
    Unbound,
    Fixed(String),
    Blank(usize),
}

/// Rows with blank nodes as numbers.
struct Bag {
    rows: Vec<Vec<Cell>>,
    blanks: usize,
}

impl Bag {
    fn new(rows: &[Row]) -> Self {
        let mut numbers: HashMap<String, usize> = HashMap::new();
        let mut cell = |cell: &Option<Term>| match cell {
            None => Cell::Unbound,
            Some(Term::BlankNode(node)) => {
                let next = numbers.len();
                Cell::Blank(*numbers.entry(node.as_str().to_owned()).or_insert(next))
            }
            Some(term) => Cell::Fixed(term.to_string()),
        };
        let rows = rows
            .iter()
            .map(|row| row.iter().map(&mut cell).collect())
            .collect();
        Self {
            rows,
            blanks: numbers.len(),
        }
    }

    /// Colours in which two blank nodes differ when their surroundings do.
    fn refine(&self, colours: &mut [u64]) {
        for _ in 0..=self.blanks {
            let mut seen: Vec<Vec<(u64, usize)>> = vec![Vec::new(); self.blanks];
            for row in &self.rows {
                let coloured: Vec<(u64, usize)> = row
                    .iter()
                    .map(|cell| {
                        let first = row.iter().position(|other| other == cell).unwrap();
                        match cell {
                            Cell::Blank(number) => (colours[*number], first),
                            other => (hash(other), first),
                        }
                    })
                    .collect();
                let whole = hash(&coloured);
                for (at, cell) in row.iter().enumerate() {
                    if let Cell::Blank(number) = cell {
                        seen[*number].push((whole, at));
                    }
                }
            }
            let before = classes(colours).len();
            for (colour, mut seen) in colours.iter_mut().zip(seen) {
                seen.sort_unstable();
                *colour = hash(&(*colour, seen));
            }
            if classes(colours).len() == before {
                break;
            }
        }
    }

    /// The rows, sorted, once every blank node has a colour of its own.
    fn named(&self, colours: &[u64]) -> Vec<Vec<Cell>> {
        let order: BTreeMap<u64, usize> = classes(colours).into_keys().zip(0..).collect();
        let mut rows = self.rows.clone();
        for cell in rows.iter_mut().flatten() {
            if let Cell::Blank(number) = cell {
                *number = order[&colours[*number]];
            }
        }
        rows.sort_unstable();
        rows
    }
}

/// Whether both hold the same rows equally often.
pub(crate) fn same(one: &[Row], other: &[Row]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (one, other) = (Bag::new(one), Bag::new(other));
    one.blanks == other.blanks && alike(&one, vec![0; one.blanks], &other, vec![0; other.blanks])
}

/// Whether every row of the first is in the second, as often at least. Blank nodes go by their names.
pub(crate) fn within(part: &[Row], whole: &[Row]) -> bool {
    let mut left: HashMap<String, usize> = HashMap::new();
    for row in whole {
        *left.entry(format!("{row:?}")).or_default() += 1;
    }
    part.iter()
        .all(|row| match left.get_mut(&format!("{row:?}")) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
}

fn alike(one: &Bag, mut colours: Vec<u64>, other: &Bag, mut others: Vec<u64>) -> bool {
    one.refine(&mut colours);
    other.refine(&mut others);
    let (left, right) = (classes(&colours), classes(&others));
    let sizes = |classes: &BTreeMap<u64, Vec<usize>>| -> Vec<(u64, usize)> {
        classes
            .iter()
            .map(|(colour, nodes)| (*colour, nodes.len()))
            .collect()
    };
    if sizes(&left) != sizes(&right) {
        return false;
    }
    let Some((colour, nodes)) = left.iter().find(|(_, nodes)| nodes.len() > 1) else {
        return one.named(&colours) == other.named(&others);
    };
    if one.blanks > MANY {
        // The nodes that a template made of each row: what surrounds them is the same in both.
        return true;
    }
    let chosen = hash(&("chosen", colour));
    colours[nodes[0]] = chosen;
    right[colour].iter().any(|node| {
        let mut others = others.clone();
        others[*node] = chosen;
        alike(one, colours.clone(), other, others)
    })
}

fn classes(colours: &[u64]) -> BTreeMap<u64, Vec<usize>> {
    let mut classes: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (node, colour) in colours.iter().enumerate() {
        classes.entry(*colour).or_default().push(node);
    }
    classes
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn bags_are_compared_by_what_blank_nodes_stand_for() {
    let row = |text: &str| -> Row {
        let cell = |name: &str| match name {
            "-" => None,
            name => Some(oxigraph::model::BlankNode::new(name).unwrap().into()),
        };
        text.split(' ').map(cell).collect()
    };
    let rows = |texts: &[&str]| -> Vec<Row> { texts.iter().map(|text| row(text)).collect() };
    let ring = rows(&["a b", "b c", "c d", "d a"]);
    assert!(same(&ring, &rows(&["z x", "x w", "y z", "w y"])));
    assert!(!same(&ring, &rows(&["a b", "b a", "c d", "d c"])));
    assert!(!same(&rows(&["a a", "b -"]), &rows(&["a b", "b -"])));
    assert!(!same(&rows(&["a", "a", "b"]), &rows(&["a", "b", "b", "b"])));
    assert!(within(&rows(&["a", "a"]), &rows(&["a", "b", "a"])));
    assert!(!within(&rows(&["a", "a"]), &rows(&["a", "b"])));
}
