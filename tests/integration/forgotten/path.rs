//! Where a value stands in a record, and the patterns by which a mapping table names such places.
//!
//! `.` descends into a field, `[]` is any item of a list. A pattern that ends in `*` covers everything
//! below: `metrics.*` all fields of `metrics`, `extras.check:*` those whose names begin so.

use std::fmt;

/// One step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    /// The field of this name.
    Field(String),
    /// Any item of a list.
    Item,
}

/// The steps from a record to one of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Path(pub(super) Vec<Step>);

impl Path {
    /// Reads `a.b[].c`; what stands in brackets, as in `a[3]`, is not looked at.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        for (position, segment) in text.split('.').enumerate() {
            let (name, items) = segment
                .split_once('[')
                .map_or((segment, None), |(name, items)| (name, Some(items)));
            if name.is_empty() && (position > 0 || items.is_none()) {
                return Err(format!("`{text}` has an empty step"));
            }
            if !name.is_empty() {
                steps.push(Step::Field(name.to_owned()));
            }
            if let Some(items) = items {
                let items = items
                    .strip_suffix(']')
                    .ok_or_else(|| format!("`{text}` has a bracket that is not closed"))?;
                steps.extend(items.split("][").map(|_| Step::Item));
            }
        }
        Ok(Self(steps))
    }

    /// The path to a field. A dot in its name counts as a step of its own: a table writes both alike.
    pub(super) fn field(&self, name: &str) -> Self {
        let mut steps = self.0.clone();
        steps.extend(name.split('.').map(|part| Step::Field(part.to_owned())));
        Self(steps)
    }

    /// The path to any item.
    pub(super) fn item(&self) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Item);
        Self(steps)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if position == 0 => write!(f, "{name}")?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item => write!(f, "[]")?,
            }
        }
        Ok(())
    }
}

/// Which paths a row of a table means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    steps: Path,
    /// `None` where the pattern is exact; else how the name of the next step begins, and all below it.
    below: Option<String>,
}

/// How a pattern and a path meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meeting {
    /// The pattern means this very path.
    Meant,
    /// The path ends above what the pattern means: it is a container of it.
    Above,
    /// The path goes on, by these steps, where the pattern ends.
    Beyond(Path),
    /// Neither.
    Apart,
}

impl Pattern {
    /// Reads a pattern as a table has it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let (steps, below) = match text.strip_suffix('*') {
            None => (Path::parse(text)?, None),
            Some("") => (Path::default(), Some(String::new())),
            Some(start) => {
                let (steps, below) = start.rsplit_once('.').unwrap_or(("", start));
                let steps = if steps.is_empty() {
                    Path::default()
                } else {
                    Path::parse(steps)?
                };
                (steps, Some(below.to_owned()))
            }
        };
        let odd = |c: char| c.is_whitespace() || matches!(c, '*' | '…' | ',');
        if text.strip_suffix('*').unwrap_or(text).contains(odd) {
            return Err(format!("`{text}` is no path"));
        }
        if below.as_deref().is_some_and(|start| start.contains('[')) {
            return Err(format!("`{text}` has a star after a list"));
        }
        Ok(Self { steps, below })
    }

    /// How this pattern and a path meet.
    pub(super) fn meet(&self, path: &Path) -> Meeting {
        let (mine, theirs) = (&self.steps.0, &path.0);
        let common = mine.iter().zip(theirs).take_while(|(a, b)| a == b).count();
        if common < mine.len() {
            return if common == theirs.len() {
                Meeting::Above
            } else {
                Meeting::Apart
            };
        }
        let rest = &theirs[common..];
        match (&self.below, rest.first()) {
            (None, None) => Meeting::Meant,
            (None, Some(_)) => Meeting::Beyond(Path(rest.to_vec())),
            (Some(_), None) => Meeting::Above,
            (Some(start), Some(Step::Field(name))) if name.starts_with(start.as_str()) => {
                Meeting::Meant
            }
            (Some(start), Some(Step::Item)) if start.is_empty() => Meeting::Meant,
            (Some(_), Some(_)) => Meeting::Apart,
        }
    }

    /// How narrow the pattern is: of two that mean a path, the narrower decides.
    pub(super) fn narrowness(&self) -> (usize, usize) {
        let start = self.below.as_ref().map_or(usize::MAX, String::len);
        (self.steps.0.len(), start)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.steps)?;
        match &self.below {
            None => Ok(()),
            Some(start) if self.steps.0.is_empty() => write!(f, "{start}*"),
            Some(start) => write!(f, ".{start}*"),
        }
    }
}

#[test]
fn patterns_mean_what_they_say() {
    let meet = |pattern: &str, path: &str| {
        Pattern::parse(pattern)
            .unwrap()
            .meet(&Path::parse(path).unwrap())
    };
    for (pattern, path) in [
        ("title", "title"),
        ("tags[]", "tags[0]"),
        ("resources[].checksum.type", "resources[].checksum.type"),
        ("geom.*", "geom.coordinates[][][]"),
        ("metrics.*", "metrics.views"),
        ("errors.*", "errors[].field"),
        ("extras.check:*", "extras.check:headers.x"),
        ("banner_*", "banner_image"),
        ("*", "anything[].below"),
    ] {
        assert_eq!(meet(pattern, path), Meeting::Meant, "{pattern} {path}");
    }
    for (pattern, path) in [
        ("metrics.*", "metrics"),
        ("tags[]", "tags"),
        ("harvest.uri", "harvest"),
        ("extras.check:*", "extras"),
    ] {
        assert_eq!(meet(pattern, path), Meeting::Above, "{pattern} {path}");
    }
    for (pattern, path) in [
        ("title", "titles"),
        ("tags[]", "tags.a"),
        ("extras.check:*", "extras.analysis:x"),
        ("banner_*", "banners"),
    ] {
        assert_eq!(meet(pattern, path), Meeting::Apart, "{pattern} {path}");
    }
    let rest = Path::parse("name").unwrap();
    assert_eq!(
        meet("contact_points[]", "contact_points[].name"),
        Meeting::Beyond(rest)
    );
}

#[test]
fn what_is_no_path_is_refused() {
    for text in [
        "",
        "a..b",
        ".a",
        "a[",
        "…_category",
        "a b",
        "a.*.b",
        "a, b",
        "a[]*",
    ] {
        assert!(Pattern::parse(text).is_err(), "{text}");
    }
}

#[test]
fn a_path_reads_as_it_is_written() {
    for text in ["a", "a.b", "a[].b", "a[][]", "a.*", "a.b:*", "*", "a_*"] {
        assert_eq!(Pattern::parse(text).unwrap().to_string(), text);
    }
}
