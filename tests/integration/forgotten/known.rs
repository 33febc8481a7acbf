//! Whether a mapping table knows a path, and by which of its rows.

use std::collections::{BTreeMap, BTreeSet};

use super::path::{Meeting, Path};
use super::table::{Fate, Row, Tables};
use super::walk::{Found, Held};

/// What the tables say of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict<'a> {
    /// It is mapped; the rows that say so, each but the last handing it to another shape.
    Mapped(Vec<&'a Row>),
    /// It is left out, by this row.
    LeftOut(&'a Row),
    /// Something below it is known.
    Container,
    /// They do not mention it.
    Forgotten,
}

impl Tables {
    /// What is said of a path of a shape.
    pub(super) fn judge(&self, shape: &str, path: &Path) -> Verdict<'_> {
        let mut rows: Vec<&Row> = self.shapes.get(shape).into_iter().flatten().collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.pattern.narrowness()));
        let mut contains = false;
        for row in rows {
            let rest = match (row.pattern.meet(path), &row.fate) {
                (Meeting::Meant, Fate::LeftOut) => return Verdict::LeftOut(row),
                (Meeting::Meant, _) => return Verdict::Mapped(vec![row]),
                (Meeting::Beyond(rest), Fate::Shape(_)) => rest,
                (Meeting::Above, _) => {
                    contains = true;
                    continue;
                }
                (Meeting::Beyond(_) | Meeting::Apart, _) => continue,
            };
            match self.handed(row, &rest) {
                Verdict::Container => contains = true,
                Verdict::Forgotten => {}
                known => return known,
            }
        }
        if contains {
            Verdict::Container
        } else {
            Verdict::Forgotten
        }
    }

    /// What the shapes to which a row hands this part of a path say of it.
    fn handed<'a>(&'a self, row: &'a Row, rest: &Path) -> Verdict<'a> {
        let mut said = Verdict::Forgotten;
        for shape in row.fate.shapes() {
            match self.judge(shape, rest) {
                Verdict::Mapped(mut rows) => {
                    rows.insert(0, row);
                    return Verdict::Mapped(rows);
                }
                left_out @ Verdict::LeftOut(_) => said = left_out,
                Verdict::Container if said == Verdict::Forgotten => said = Verdict::Container,
                Verdict::Container | Verdict::Forgotten => {}
            }
        }
        said
    }

    /// The rows that map something, of a shape and of those to which it hands paths.
    pub(super) fn mapping<'a>(&'a self, shape: &str, rows: &mut BTreeMap<String, &'a Row>) {
        for row in self.shapes.get(shape).into_iter().flatten() {
            if row.fate == Fate::LeftOut || rows.insert(row.name(), row).is_some() {
                continue;
            }
            for shape in row.fate.shapes() {
                self.mapping(shape, rows);
            }
        }
    }
}

/// What our own records have on purpose that no mapping reads (`data/README.md` and golden cases): each is
/// the finding `field-unmapped`.
const ANNOUNCED: [(&str, &str); 16] = [
    ("dataservices", "extras.ods:domain"),
    ("datasets", "extras.air:indice"),
    ("datasets", "extras.analysis:geocoded"),
    ("datasets", "extras.check:remote"),
    ("datasets", "extras.ckan:name"),
    ("datasets", "extras.dcat:themes[]"),
    ("datasets", "extras.palette_de_couleurs"),
    ("datasets", "extras.transport:aom"),
    ("organizations", "extras.couleur"),
    ("organizations", "extras.remote_url"),
    ("reuses", "extras.language"),
    ("topics", "elements[].extras.ecospheres.uri"),
    ("topics", "elements[].extras.url"),
    ("topics", "extras.ecospheres.theme"),
    ("topics", "extras.ecospheres.uri"),
    ("topics", "extras.url"),
];

/// What was met at a path.
#[derive(Default)]
struct Met {
    /// An example of nothing, with its place.
    nothing: Option<String>,
    /// An example of something, with its place.
    something: Option<String>,
    /// Whether a record of our own has it.
    is_ours: bool,
    /// The other portals that have it.
    portals: BTreeSet<String>,
}

impl Met {
    /// Whether the tables should know the path. Where a software lets each portal make up fields (CKAN),
    /// what one portal alone has may be its own; what several have is their software's.
    fn is_to_be_known(&self) -> bool {
        self.is_ours || self.portals.len() > 1
    }
}

/// The paths met by walking over records.
pub(super) struct Survey<'a> {
    tables: &'a Tables,
    met: BTreeMap<(String, Path), Met>,
}

impl<'a> Survey<'a> {
    pub(super) fn new(tables: &'a Tables) -> Self {
        Self {
            tables,
            met: BTreeMap::new(),
        }
    }

    /// Looks at the values of a record of this shape, which a place like a file has; the tables should know
    /// all of them.
    pub(super) fn look(&mut self, shape: &str, values: Vec<Found>, place: &str) {
        self.look_at(shape, values, place, None);
    }

    /// Looks at the values of a record of our own, or of somebody's portal that may have fields of its own.
    pub(super) fn look_at(
        &mut self,
        shape: &str,
        values: Vec<Found>,
        place: &str,
        portal: Option<&str>,
    ) {
        for Found { path, held } in values {
            let met = self.met.entry((shape.to_owned(), path)).or_default();
            match portal {
                None => met.is_ours = true,
                Some(portal) => drop(met.portals.insert(portal.to_owned())),
            }
            match held {
                Held::Nothing => met
                    .nothing
                    .get_or_insert_with(|| format!("nothing ({place})")),
                Held::Something(value) => met
                    .something
                    .get_or_insert_with(|| format!("{value} ({place})")),
            };
        }
    }

    /// The paths that no table knows, each with an example, one a line.
    pub(super) fn forgotten(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let to_be_known = self.met.iter().filter(|(_, met)| met.is_to_be_known());
        for ((shape, path), met) in to_be_known {
            let text = path.to_string();
            let is_announced = ANNOUNCED.contains(&(shape, &text));
            // Extras are free: of none of them there is nothing to know.
            let is_none = text.ends_with("extras") && met.something.is_none();
            if is_announced || is_none {
                continue;
            }
            let (nothing, something) = (met.nothing.as_ref(), met.something.as_ref());
            let forgotten = match self.tables.judge(shape, path) {
                Verdict::Mapped(_) | Verdict::LeftOut(_) => None,
                Verdict::Container => something,
                Verdict::Forgotten => something.or(nothing),
            };
            if let Some(example) = forgotten {
                lines.push(format!("{shape}: {path} = {example}"));
            }
        }
        lines
    }

    /// The mapped rows that no record showed with a value, and where they stand.
    pub(super) fn never_shown(&self, shapes: &[&str]) -> Vec<(String, String)> {
        let mut rows = BTreeMap::new();
        for shape in shapes {
            self.tables.mapping(shape, &mut rows);
        }
        for ((shape, path), met) in &self.met {
            if let (Verdict::Mapped(shown), Some(_)) =
                (self.tables.judge(shape, path), &met.something)
            {
                rows.retain(|_, row| !shown.contains(row));
            }
        }
        let hidden = rows.into_iter();
        hidden
            .map(|(name, row)| (name, row.place.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::walk;
    use super::*;

    const DOCS: &str = "\
//! # Fields of `things`
//! | `id`, `tags[]`, `geom.*` | x |
//! | `parts[]` | see # Fields of `part` |
//! | `author` | see # Fields of `person` or # Fields of `company` |
//! | `extras.known` | x |
//! # Left out of `things`
//! | `extras.*`, `geom.crs` | they vary |
//! # Fields of `part`
//! | `name`, `author.name` | x |
//! # Left out of `part`
//! | `note` | no |
//! # Fields of `person`
//! | `last_name` | x |
//! # Fields of `company`
//! | `trade_name` | x |
//! | `site` | see # Fields of `site` |
//! # Fields of `site`
//! | `street`, `town.name` | x |
";

    /// What is forgotten, and what is never shown.
    fn survey(record: &Value) -> [Vec<String>; 2] {
        let mut tables = Tables::default();
        tables.read(DOCS, "x.rs");
        tables.check(&["things"]);
        assert_eq!(tables.faults, [""; 0]);
        let mut survey = Survey::new(&tables);
        survey.look("things", walk::json(record), "a.json");
        let hidden = survey.never_shown(&["things"]).into_iter();
        let hidden = hidden.map(|(name, place)| format!("{name} ({place})"));
        [survey.forgotten(), hidden.collect()]
    }

    #[test]
    fn a_forgotten_path_is_reported_with_an_example() {
        let record = json!({
            "id": 1, "title": "T", "parts": [{"name": "n", "size": 3}, {"size": 4}],
            "tags": [{"name": "t"}], "extras": 3, "date": null, "author": {"name": [], "site": {"x": 1}}
        });
        let [forgotten, _] = survey(&record);
        assert_eq!(
            forgotten,
            [
                "things: author.name = nothing (a.json)",
                "things: author.site.x = 1 (a.json)",
                "things: date = nothing (a.json)",
                "things: extras = 3 (a.json)",
                "things: parts[].size = 3 (a.json)",
                "things: tags[].name = \"t\" (a.json)",
                "things: title = \"T\" (a.json)",
            ]
        );
    }

    #[test]
    fn what_one_portal_alone_has_may_be_its_own() {
        let mut tables = Tables::default();
        tables.read(DOCS, "x.rs");
        let mut survey = Survey::new(&tables);
        for (portal, record) in [
            ("a.example", json!({"hers": 1, "theirs": 1})),
            ("b.example", json!({"theirs": 1})),
        ] {
            survey.look_at("things", walk::json(&record), "a.json", Some(portal));
        }
        assert_eq!(survey.forgotten(), ["things: theirs = 1 (a.json)"]);
        survey.look("things", walk::json(&json!({"hers": 2})), "own.json");
        assert_eq!(survey.forgotten().len(), 2);
    }

    #[test]
    fn delegated_and_contained_paths_are_known() {
        let record = json!({
            "id": 1, "geom": {"crs": {"name": "x"}, "coordinates": [[1, 2]]}, "tags": [],
            "parts": [{"name": "n", "note": 1, "author": null}, null], "extras": {"a": {"b": 1}},
            "author": {"last_name": "l", "trade_name": "t", "site": {"street": "s", "town": {}}}
        });
        let [forgotten, _] = survey(&record);
        // `geom.crs` alone is left out, not what is below it; the narrower row does not hide the wider.
        assert_eq!(forgotten, [""; 0]);
    }

    #[test]
    fn the_narrower_row_decides() {
        let record = json!({"extras": {"known": 1, "other": 2}});
        let [_, hidden] = survey(&record);
        assert!(!hidden.iter().any(|line| line.contains("extras")));
        let record = json!({"extras": {"other": 2}});
        let [_, hidden] = survey(&record);
        assert!(hidden.contains(&"things: extras.known (x.rs:5)".to_owned()));
    }

    #[test]
    fn a_row_without_a_value_is_listed() {
        let record = json!({
            "id": 1, "tags": [], "geom": null, "parts": [{"author": {"name": "a"}}],
            "author": {"last_name": "l"}
        });
        let [_, hidden] = survey(&record);
        assert_eq!(
            hidden,
            [
                "company: site (x.rs:16)",
                "company: trade_name (x.rs:15)",
                "part: name (x.rs:9)",
                "site: street (x.rs:18)",
                "site: town.name (x.rs:18)",
                "things: extras.known (x.rs:5)",
                "things: geom.* (x.rs:2)",
                "things: tags[] (x.rs:2)",
            ]
        );
    }
}
