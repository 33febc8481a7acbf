//! Tests of single values whose answer is plain from the id and what the dictionary says of it.
//!
//! A test that is not sure says so, and the evaluator decides; an id of another section than the
//! constant's is only taken where the evaluator's tables (spareval, `equals` and `partial_cmp`) have one
//! answer for the whole section.

use std::cmp::Ordering;

use oxigraph::model::{Term, Variable};
use regex::{Regex, RegexBuilder};
use spargebra::algebra::{Expression, Function};

use super::expression::Truth;
use super::number::{compare, compare_moments};
use super::table::{UNDEF, Var};
use super::{Executor, Stop};
use crate::graph::frozen::{Frozen, Id, Moment, Number, Reader, date, number};

const XSD_STRING: &str = "http://www.w3.org/2001/XMLSchema#string";
/// As in spareval.
const REGEX_SIZE_LIMIT: usize = 1_000_000;

/// A test of one value, with what it reads.
pub(super) struct Test<'a> {
    file: &'a Frozen,
    reader: Reader<'a>,
    buffer: String,
    kind: Kind,
}

enum Kind {
    Compare(Relation, Constant),
    Any(Vec<Kind>),
    Text(Source, Case, Match),
    Language(String),
    InRange(String),
    IsIri,
    IsBlank,
    IsLiteral,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Equal,
    Same,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }

    fn of(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal | Self::Same => ordering == Ordering::Equal,
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering != Ordering::Greater,
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering != Ordering::Less,
        }
    }
}

/// What a value is compared with.
enum Constant {
    Iri(Id),
    Text(Id),
    Tagged(Id),
    Number(Id, Number),
    Date(Id, Moment),
    Other(Id),
}

/// Where the text of a value comes from.
enum Source {
    /// The string itself.
    Value,
    /// `STR` of the value.
    Str,
}

enum Case {
    Kept,
    Lower,
    Upper,
}

enum Match {
    Contains(String),
    Starts(String),
    Ends(String),
    Equals(String),
    Regex(Box<Regex>),
}

/// The operands of a comparison.
fn relation(expression: &Expression) -> Option<(Relation, &Expression, &Expression)> {
    Some(match expression {
        Expression::Equal(a, b) => (Relation::Equal, a, b),
        Expression::SameTerm(a, b) => (Relation::Same, a, b),
        Expression::Less(a, b) => (Relation::Less, a, b),
        Expression::LessOrEqual(a, b) => (Relation::LessOrEqual, a, b),
        Expression::Greater(a, b) => (Relation::Greater, a, b),
        Expression::GreaterOrEqual(a, b) => (Relation::GreaterOrEqual, a, b),
        _ => return None,
    })
}

fn is_constant(expression: &Expression) -> bool {
    matches!(
        expression,
        Expression::NamedNode(_) | Expression::Literal(_)
    )
}

fn plain(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Literal(literal) if literal.datatype().as_str() == XSD_STRING => {
            Some(literal.value())
        }
        _ => None,
    }
}

impl<'a> Test<'a> {
    /// The test that an expression of one variable is; none where it is none of those known here.
    pub(super) fn new(
        executor: &Executor<'a>,
        expression: &Expression,
        variable: &Variable,
    ) -> Result<Option<Self>, Stop> {
        let file = executor.file();
        Ok(kind(executor, expression, variable)?.map(|kind| Self {
            file,
            reader: file.reader(),
            buffer: String::new(),
            kind,
        }))
    }

    /// What the test says of a value; none where the evaluator must decide.
    pub(super) fn of(&mut self, id: Id) -> Option<Truth> {
        if id == UNDEF {
            return Some(None);
        }
        self.kind
            .test(self.file, &mut self.reader, &mut self.buffer, id)
    }
}

fn kind(
    executor: &Executor<'_>,
    expression: &Expression,
    variable: &Variable,
) -> Result<Option<Kind>, Stop> {
    let is_variable =
        |expression: &Expression| matches!(expression, Expression::Variable(v) if v == variable);
    if let Some((relation, a, b)) = relation(expression) {
        let (relation, a, b) = if is_constant(a) {
            (relation.flipped(), b, a)
        } else {
            (relation, a, b)
        };
        if !is_constant(b) {
            return Ok(None);
        }
        if is_variable(a) {
            return Ok(Some(Kind::Compare(relation, constant(executor, b)?)));
        }
        let (Relation::Equal, Some(text)) = (relation, plain(b)) else {
            return Ok(None);
        };
        if let Expression::FunctionCall(Function::Lang, arguments) = a
            && let [argument] = arguments.as_slice()
            && is_variable(argument)
        {
            return Ok(Some(Kind::Language(text.to_owned())));
        }
        return Ok(match source(a, variable) {
            Some((Source::Str, case)) => Some(Kind::Text(
                Source::Str,
                case,
                Match::Equals(text.to_owned()),
            )),
            _ => None,
        });
    }
    if let Expression::In(a, list) = expression {
        if !is_variable(a) || list.is_empty() || !list.iter().all(is_constant) {
            return Ok(None);
        }
        let mut kinds = Vec::with_capacity(list.len());
        for item in list {
            kinds.push(Kind::Compare(Relation::Equal, constant(executor, item)?));
        }
        return Ok(Some(Kind::Any(kinds)));
    }
    let Expression::FunctionCall(function, arguments) = expression else {
        return Ok(None);
    };
    Ok(match (function, arguments.as_slice()) {
        (Function::IsIri, [a]) if is_variable(a) => Some(Kind::IsIri),
        (Function::IsBlank, [a]) if is_variable(a) => Some(Kind::IsBlank),
        (Function::IsLiteral, [a]) if is_variable(a) => Some(Kind::IsLiteral),
        (Function::LangMatches, [Expression::FunctionCall(Function::Lang, inner), range]) => {
            match (inner.as_slice(), plain(range)) {
                ([a], Some(range)) if is_variable(a) => {
                    Some(Kind::InRange(range.to_ascii_lowercase()))
                }
                _ => None,
            }
        }
        (Function::Contains | Function::StrStarts | Function::StrEnds, [a, b]) => {
            let (Some((source, case)), Some(text)) = (source(a, variable), plain(b)) else {
                return Ok(None);
            };
            let text = text.to_owned();
            Some(Kind::Text(
                source,
                case,
                match function {
                    Function::Contains => Match::Contains(text),
                    Function::StrStarts => Match::Starts(text),
                    _ => Match::Ends(text),
                },
            ))
        }
        (Function::Regex, [a, pattern, flags @ ..]) => {
            let flags = match flags {
                [] => Some(""),
                [flags] => plain(flags),
                _ => None,
            };
            let (Some((source, case)), Some(pattern), Some(flags)) =
                (source(a, variable), plain(pattern), flags)
            else {
                return Ok(None);
            };
            regex(pattern, flags)
                .map(|regex| Kind::Text(source, case, Match::Regex(Box::new(regex))))
        }
        _ => None,
    })
}

fn constant(executor: &Executor<'_>, expression: &Expression) -> Result<Constant, Stop> {
    let term: Term = match expression {
        Expression::NamedNode(node) => node.clone().into(),
        Expression::Literal(literal) => literal.clone().into(),
        _ => return Err(Stop::Unsuited("no constant")),
    };
    let id = executor.terms.intern(term.clone())?;
    let Term::Literal(literal) = term else {
        return Ok(Constant::Iri(id));
    };
    if literal.language().is_some() {
        return Ok(Constant::Tagged(id));
    }
    if literal.datatype().as_str() == XSD_STRING {
        return Ok(Constant::Text(id));
    }
    let Some(local) = literal.datatype().as_str().strip_prefix(number::XSD) else {
        return Ok(Constant::Other(id));
    };
    if matches!(local, "date" | "dateTime") {
        return Ok(
            match date::Stored::parse(literal.value(), local == "dateTime") {
                Some(date) => Constant::Date(id, date.moment()),
                None => Constant::Other(id),
            },
        );
    }
    let number = number::code(local).and_then(|code| number::Stored::parse(literal.value(), code));
    Ok(match number {
        Some(number) => Constant::Number(id, number.value()),
        None => Constant::Other(id),
    })
}

/// The text that an expression makes of a variable.
fn source(expression: &Expression, variable: &Variable) -> Option<(Source, Case)> {
    match expression {
        Expression::Variable(v) if v == variable => Some((Source::Value, Case::Kept)),
        Expression::FunctionCall(function, arguments) => {
            let [argument] = arguments.as_slice() else {
                return None;
            };
            match function {
                Function::Str => match argument {
                    Expression::Variable(v) if v == variable => Some((Source::Str, Case::Kept)),
                    _ => None,
                },
                Function::LCase | Function::UCase => match source(argument, variable)? {
                    (source, Case::Kept) if *function == Function::LCase => {
                        Some((source, Case::Lower))
                    }
                    (source, Case::Kept) => Some((source, Case::Upper)),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
}

/// As spareval's `compile_pattern`.
fn regex(pattern: &str, flags: &str) -> Option<Regex> {
    let escaped;
    let pattern = if flags.contains('q') {
        escaped = regex::escape(pattern);
        &escaped
    } else {
        pattern
    };
    let mut builder = RegexBuilder::new(pattern);
    builder.size_limit(REGEX_SIZE_LIMIT);
    for flag in flags.chars() {
        match flag {
            's' => builder.dot_matches_new_line(true),
            'm' => builder.multi_line(true),
            'i' => builder.case_insensitive(true),
            'x' => builder.ignore_whitespace(true),
            'q' => &mut builder,
            _ => return None,
        };
    }
    builder.build().ok()
}

impl Kind {
    fn test(
        &self,
        file: &Frozen,
        reader: &mut Reader<'_>,
        buffer: &mut String,
        id: Id,
    ) -> Option<Truth> {
        let ranges = file.ranges();
        let is_local = id >= file.terms();
        match self {
            Self::Compare(Relation::Same, constant) => Some(Some(constant.id() == id)),
            _ if is_local => None,
            Self::Compare(Relation::Equal, constant) => constant.equals(file, id),
            Self::Compare(relation, constant) => constant.compare(file, reader, *relation, id),
            Self::Any(kinds) => {
                let mut all = Some(false);
                for kind in kinds {
                    match kind.test(file, reader, buffer, id)? {
                        Some(true) => return Some(Some(true)),
                        Some(false) => {}
                        None => all = None,
                    }
                }
                Some(all)
            }
            Self::Text(source, case, test) => {
                let text = if ranges.texts.contains(&id) {
                    reader.text(id)?.0
                } else {
                    match source {
                        Source::Value => return Some(None),
                        Source::Str if ranges.iris.contains(&id) => reader.iri(id)?,
                        Source::Str if ranges.blanks.contains(&id) => return Some(None),
                        Source::Str => return None,
                    }
                };
                let text = match case {
                    Case::Kept => text,
                    Case::Lower => lower(text, buffer),
                    Case::Upper => {
                        *buffer = text.to_uppercase();
                        buffer
                    }
                };
                Some(Some(test.test(text)))
            }
            Self::Language(language) => match language_of(file, reader, id)? {
                Some(found) => Some(Some(found == language)),
                None => Some(None),
            },
            Self::InRange(range) => match language_of(file, reader, id)? {
                Some(found) => Some(Some(in_range(range, found))),
                None => Some(None),
            },
            Self::IsIri => Some(Some(ranges.iris.contains(&id))),
            Self::IsBlank => Some(Some(ranges.blanks.contains(&id))),
            Self::IsLiteral => Some(Some(id >= ranges.numbers.start)),
        }
    }
}

/// The language of a literal, empty where it has none; an error for other terms.
fn language_of<'r>(file: &Frozen, reader: &'r mut Reader<'_>, id: Id) -> Option<Option<&'r str>> {
    let ranges = file.ranges();
    if ranges.texts.contains(&id) {
        return Some(Some(reader.text(id)?.1.unwrap_or_default()));
    }
    Some((id >= ranges.numbers.start).then_some(""))
}

fn in_range(range: &str, language: &str) -> bool {
    let language = language.to_ascii_lowercase();
    if range == "*" {
        return !language.is_empty();
    }
    let mut subtags = language.split('-');
    range
        .split('-')
        .all(|wanted| subtags.next() == Some(wanted))
}

fn lower<'b>(text: &str, buffer: &'b mut String) -> &'b str {
    if text.is_ascii() {
        buffer.clear();
        buffer.push_str(text);
        buffer.make_ascii_lowercase();
    } else {
        *buffer = text.to_lowercase();
    }
    buffer
}

impl Match {
    fn test(&self, text: &str) -> bool {
        match self {
            Self::Contains(part) => text.contains(part.as_str()),
            Self::Starts(part) => text.starts_with(part.as_str()),
            Self::Ends(part) => text.ends_with(part.as_str()),
            Self::Equals(whole) => text == whole,
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}

impl Constant {
    fn id(&self) -> Id {
        match self {
            Self::Iri(id)
            | Self::Text(id)
            | Self::Tagged(id)
            | Self::Number(id, _)
            | Self::Date(id, _)
            | Self::Other(id) => *id,
        }
    }

    /// Whether a term of the file equals the constant.
    fn equals(&self, file: &Frozen, id: Id) -> Option<Truth> {
        let is_other = file.ranges().others.contains(&id);
        match self {
            Self::Iri(own) | Self::Tagged(own) => Some(Some(*own == id)),
            _ if is_other => None,
            Self::Text(own) => Some(Some(*own == id)),
            Self::Number(_, own) => Some(Some(match file.number(id) {
                Some(number) => compare(number, *own) == Some(Ordering::Equal),
                None => false,
            })),
            Self::Date(_, own) => match file.date(id) {
                Some(date) if date.has_time != own.has_time => Some(Some(false)),
                Some(date) => {
                    compare_moments(date, *own).map(|ordering| Some(ordering == Ordering::Equal))
                }
                None => Some(Some(false)),
            },
            Self::Other(_) => None,
        }
    }

    /// How a term of the file stands to the constant.
    fn compare(
        &self,
        file: &Frozen,
        reader: &mut Reader<'_>,
        relation: Relation,
        id: Id,
    ) -> Option<Truth> {
        let ranges = file.ranges();
        if ranges.others.contains(&id) || self.id() == id {
            return None;
        }
        match self {
            Self::Number(_, own) => match file.number(id) {
                Some(number) => Some(compare(number, *own).map(|ordering| relation.of(ordering))),
                None => Some(None),
            },
            Self::Date(_, own) => match file.date(id) {
                Some(date) if date.has_time != own.has_time => Some(None),
                Some(date) => {
                    compare_moments(date, *own).map(|ordering| Some(relation.of(ordering)))
                }
                None => Some(None),
            },
            Self::Text(own) if *own < file.terms() => {
                if !ranges.texts.contains(&id) {
                    return Some(None);
                }
                // Plain strings are in the order of their code points.
                match reader.text(id)? {
                    (_, None) => Some(Some(relation.of(id.cmp(own)))),
                    (_, Some(_)) => Some(None),
                }
            }
            _ => None,
        }
    }
}

/// A comparison of two variables.
pub(super) struct Pair {
    pub(super) left: Var,
    pub(super) right: Var,
    relation: Relation,
}

impl Pair {
    /// The comparison that an expression is, if it is one of two variables.
    pub(super) fn new(expression: &Expression, vars: &[(Variable, Var)]) -> Option<Self> {
        let (relation, Expression::Variable(a), Expression::Variable(b)) = relation(expression)?
        else {
            return None;
        };
        let number = |name: &Variable| {
            vars.iter()
                .find(|(known, _)| known == name)
                .map(|(_, var)| *var)
        };
        Some(Self {
            left: number(a)?,
            right: number(b)?,
            relation,
        })
    }

    /// What it says of two values; none where the evaluator must decide.
    pub(super) fn of(&self, file: &Frozen, a: Id, b: Id) -> Option<Truth> {
        if a == UNDEF || b == UNDEF {
            return Some(None);
        }
        if self.relation == Relation::Same {
            return Some(Some(a == b));
        }
        let ranges = file.ranges();
        if let (Some(a), Some(b)) = (file.number(a), file.number(b)) {
            return match self.relation {
                Relation::Equal => Some(Some(compare(a, b) == Some(Ordering::Equal))),
                relation => Some(compare(a, b).map(|ordering| relation.of(ordering))),
            };
        }
        if let (Some(a), Some(b)) = (file.date(a), file.date(b)) {
            return compare_moments(a, b).map(|ordering| Some(self.relation.of(ordering)));
        }
        let is_node = |id| ranges.blanks.contains(&id) || ranges.iris.contains(&id);
        let is_text = |id| ranges.texts.contains(&id);
        if self.relation == Relation::Equal
            && (is_node(a) || is_node(b) || (is_text(a) && is_text(b)))
        {
            return Some(Some(a == b));
        }
        None
    }
}
