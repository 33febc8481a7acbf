//! Tests of single values whose answer is plain from the id and what the dictionary says of it.
//!
//! A test that is not sure says so, and the evaluator decides; an id of another section than the
//! constant's is only taken where the evaluator's tables (spareval, `equals` and `partial_cmp`) have one
//! answer for the whole section.

use oxigraph::model::Variable;
use spargebra::algebra::{Expression, Function};

use super::compare::{Constant, Relation, constant, relation};
use super::expression::Truth;
use super::matching::{Case, Match, Source, XSD_STRING, in_range, lower, regex, source};
use super::table::UNDEF;
use super::{Executor, Stop};
use crate::graph::frozen::{Frozen, Id, Reader};

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
            Self::Text(source, case, wanted) => {
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
                Some(Some(wanted.test(text)))
            }
            Self::Language(language) => of_language(file, reader, id, |found| found == language),
            Self::InRange(range) => of_language(file, reader, id, |found| in_range(range, found)),
            Self::IsIri => Some(Some(ranges.iris.contains(&id))),
            Self::IsBlank => Some(Some(ranges.blanks.contains(&id))),
            Self::IsLiteral => Some(Some(id >= ranges.numbers.start)),
        }
    }
}

/// What a test says of the language of a literal, empty where it has none; an error for other terms.
fn of_language(
    file: &Frozen,
    reader: &mut Reader<'_>,
    id: Id,
    test: impl Fn(&str) -> bool,
) -> Option<Truth> {
    let ranges = file.ranges();
    if ranges.texts.contains(&id) {
        return Some(Some(test(reader.text(id)?.1.unwrap_or_default())));
    }
    Some((id >= ranges.numbers.start).then(|| test("")))
}
