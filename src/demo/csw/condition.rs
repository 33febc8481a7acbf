//! What records must meet: the part of OGC Filter 1.1 and CQL that the sample service knows.

use roxmltree::Node;

use super::{Record, Refusal};

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Condition {
    /// All of them.
    And(Vec<Condition>),
    /// One of them.
    Or(Vec<Condition>),
    /// Not it.
    Not(Box<Condition>),
    /// A property, compared.
    Is(String, Comparison, String),
}

/// How a property is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// Equal.
    Equal,
    /// With `%` for anything.
    Like,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// More.
    Above,
}

impl Condition {
    /// Reads what stands in a Filter.
    pub(super) fn read(node: Node<'_, '_>) -> Result<Self, Refusal> {
        let all = || -> Result<Vec<Self>, Refusal> {
            node.children()
                .filter(Node::is_element)
                .map(Self::read)
                .collect()
        };
        let text = |name: &str| {
            let mut within = node.children();
            let found = within.find(|child| child.tag_name().name() == name);
            found
                .and_then(|child| child.text())
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let is =
            |comparison, literal: String| Ok(Self::Is(text("PropertyName"), comparison, literal));
        match node.tag_name().name() {
            "Filter" | "And" => Ok(Self::And(all()?)),
            "Or" => Ok(Self::Or(all()?)),
            "Not" => Ok(Self::Not(Box::new(Self::And(all()?)))),
            "PropertyIsEqualTo" => is(Comparison::Equal, text("Literal")),
            "PropertyIsGreaterThanOrEqualTo" => is(Comparison::AtLeast, text("Literal")),
            "PropertyIsLessThanOrEqualTo" => is(Comparison::AtMost, text("Literal")),
            "PropertyIsGreaterThan" => is(Comparison::Above, text("Literal")),
            "PropertyIsLike" => {
                let wild = node.attribute("wildCard").unwrap_or("%");
                is(Comparison::Like, text("Literal").replace(wild, "%"))
            }
            name => Err(Refusal::new(
                "Constraint",
                format!("`{name}` is not known here"),
            )),
        }
    }

    /// Whether a record meets it.
    pub(super) fn meets(&self, record: &Record) -> Result<bool, Refusal> {
        match self {
            Self::And(all) => all
                .iter()
                .try_fold(true, |so_far, it| Ok(so_far && it.meets(record)?)),
            Self::Or(all) => all
                .iter()
                .try_fold(false, |so_far, it| Ok(so_far || it.meets(record)?)),
            Self::Not(it) => Ok(!it.meets(record)?),
            Self::Is(name, comparison, literal) => {
                let values = values(name, record)?;
                Ok(values.iter().any(|value| comparison.holds(value, literal)))
            }
        }
    }
}

/// The values of a property, whatever its prefix.
pub(super) fn values(name: &str, record: &Record) -> Result<Vec<String>, Refusal> {
    let bare = name.rsplit_once(':').map_or(name, |(_, bare)| bare);
    Ok(match bare.to_lowercase().as_str() {
        "identifier" => vec![record.identifier.clone()],
        "type" => vec![record.kind.clone()],
        "title" => vec![record.title.clone()],
        "abstract" => vec![record.summary.clone()],
        "modified" => vec![record.modified.clone()],
        "subject" => record.keywords.clone(),
        "anytext" => {
            let mut all = record.keywords.clone();
            all.extend([record.title.clone(), record.summary.clone()]);
            all
        }
        _ => {
            return Err(Refusal::new(
                "PropertyName",
                format!("`{name}` cannot be asked for"),
            ));
        }
    })
}

impl Comparison {
    fn holds(self, value: &str, literal: &str) -> bool {
        let (value, literal) = (value.to_lowercase(), literal.to_lowercase());
        match self {
            Self::Equal => value == literal,
            Self::AtLeast => value >= literal,
            Self::AtMost => value <= literal,
            Self::Above => value > literal,
            Self::Like => {
                let mut rest = value.as_str();
                let mut parts = literal.split('%');
                let start = parts.next().unwrap_or_default();
                let Some(after) = rest.strip_prefix(start) else {
                    return false;
                };
                rest = after;
                for part in parts {
                    let Some(found) = rest.find(part) else {
                        return false;
                    };
                    rest = rest.get(found + part.len()..).unwrap_or_default();
                }
                rest.is_empty() || literal.ends_with('%')
            }
        }
    }
}
