//! The dictionary: from terms to identifiers and back.

use std::cmp::Ordering;
use std::ops::Range;

use oxigraph::model::{BlankNode, Literal, NamedNode, Term, TermRef};
use oxsdatatypes::{Double, Float};
use spareval::ExpressionTerm;

use super::date::{self, Moment};
use super::error::FrozenError;
use super::file::Section;
use super::front::{Front, Tags, Walk};
use super::key::{self, Part};
use super::number::{self, Number, XSD};
use super::{Frozen, Id};

/// The identifiers of each kind of term, in SPARQL's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranges {
    /// Blank nodes.
    pub blanks: Range<Id>,
    /// IRIs.
    pub iris: Range<Id>,
    /// Numbers, by value.
    pub numbers: Range<Id>,
    /// Dates and times, by time.
    pub dates: Range<Id>,
    /// Strings with a language or without, by code point.
    pub texts: Range<Id>,
    /// All other literals, by datatype: their order is not that of their values.
    pub others: Range<Id>,
}

fn offset(id: Id, range: &Range<Id>) -> Option<usize> {
    if range.contains(&id) {
        usize::try_from(id - range.start).ok()
    } else {
        None
    }
}

fn id_at(range: &Range<Id>, index: usize) -> Option<Id> {
    u32::try_from(index).ok()?.checked_add(range.start)
}

impl Frozen {
    pub(super) fn iris(&self) -> Front<'_> {
        self.front(Section::IriBlocks, Section::IriBytes, Tags::None)
    }

    pub(super) fn texts(&self) -> Front<'_> {
        self.front(Section::TextBlocks, Section::TextBytes, Tags::After)
    }

    pub(super) fn others(&self) -> Front<'_> {
        self.front(Section::OtherBlocks, Section::OtherBytes, Tags::Before)
    }

    fn front(&self, blocks: Section, bytes: Section, tags: Tags) -> Front<'_> {
        Front {
            blocks: self.cast(blocks),
            bytes: self.section(bytes),
            count: usize::try_from(self.count(bytes)).unwrap_or_default(),
            tags,
        }
    }

    /// The keys of the blank nodes, sorted.
    pub(super) fn blanks(&self) -> &[[u8; 16]] {
        self.section(Section::Blanks).as_chunks().0
    }

    /// The number at an index of its sections, and whether its form is among the exceptions.
    pub(super) fn number_at(&self, index: usize) -> Option<(number::Stored, bool)> {
        let code = *self.section(Section::NumberCodes).get(index)?;
        let raw = *self
            .section(Section::NumberValues)
            .as_chunks()
            .0
            .get(index)?;
        let stored = number::Stored {
            code: code & 0x7f,
            raw,
        };
        Some((stored, code & 0x80 != 0))
    }

    /// The date at an index of its sections, and whether its form is among the exceptions.
    pub(super) fn date_at(&self, index: usize) -> Option<(date::Stored, bool)> {
        let code = *self.cast::<u16>(Section::DateCodes).get(index)?;
        let micros = *self.cast::<i64>(Section::DateValues).get(index)?;
        let stored = date::Stored {
            micros,
            code: code & 0x7fff,
        };
        Some((stored, code & 0x8000 != 0))
    }

    /// The lexical form of a number or date, where it is not the usual one.
    pub(super) fn exception(&self, id: Id) -> Option<&[u8]> {
        let at = self
            .cast::<u32>(Section::ExceptionIds)
            .binary_search(&id)
            .ok()?;
        let ends: &[u64] = self.cast(Section::ExceptionEnds);
        let start = match at.checked_sub(1) {
            Some(before) => *ends.get(before)?,
            None => 0,
        };
        let range = usize::try_from(start).ok()?..usize::try_from(*ends.get(at)?).ok()?;
        self.section(Section::ExceptionBytes).get(range)
    }

    /// The identifier of a term; none where no statement has it.
    #[must_use]
    pub fn id(&self, term: TermRef<'_>) -> Option<Id> {
        let mut key = Vec::new();
        key::from_term(term, &mut key);
        self.id_of_key(&key)
    }

    /// The identifier of the term with a sort key.
    pub(super) fn id_of_key(&self, key: &[u8]) -> Option<Id> {
        let ranges = self.ranges();
        match key::parse(key)? {
            Part::Blank(key) => id_at(&ranges.blanks, self.blanks().binary_search(&key).ok()?),
            Part::Iri(iri) => id_at(&ranges.iris, self.iris().find(iri, 0)?),
            Part::Text(value, language) => {
                let tag = match language {
                    None => self.languages.len(),
                    Some(language) => self
                        .languages
                        .binary_search_by(|l| l.as_bytes().cmp(language))
                        .ok()?,
                };
                id_at(&ranges.texts, self.texts().find(&value, tag)?)
            }
            Part::Other(datatype, value) => {
                let known = |known: &NamedNode| known.as_str().as_bytes().cmp(datatype);
                let tag = self.datatypes.binary_search_by(known).ok()?;
                id_at(&ranges.others, self.others().find(value, tag)?)
            }
            Part::Number(number, lexical) => {
                let wanted = (number.place(), number.code, number.raw);
                let found = |index| {
                    let (stored, _) = self.number_at(index)?;
                    Some((stored.place(), stored.code, stored.raw).cmp(&wanted))
                };
                self.find_fixed(&ranges.numbers, lexical, found)
            }
            Part::Date(date, lexical) => {
                let wanted = (date.micros, date.class(), date.code);
                let found = |index| {
                    let (stored, _) = self.date_at(index)?;
                    Some((stored.micros, stored.class(), stored.code).cmp(&wanted))
                };
                self.find_fixed(&ranges.dates, lexical, found)
            }
        }
    }

    /// Finds a term of fixed width: first its value, then, among equal ones, its lexical form.
    fn find_fixed(
        &self,
        range: &Range<Id>,
        lexical: Option<&[u8]>,
        compare: impl Fn(usize) -> Option<Ordering>,
    ) -> Option<Id> {
        let (mut low, mut high) = (0, range.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match compare(middle)? {
                Ordering::Less => low = middle + 1,
                _ => high = middle,
            }
        }
        for index in low..range.len() {
            if compare(index)? != Ordering::Equal {
                return None;
            }
            let id = id_at(range, index)?;
            if self.exception(id) == lexical {
                return Some(id);
            }
        }
        None
    }

    /// The value of a number; none for other terms.
    #[inline]
    #[must_use]
    pub fn number(&self, id: Id) -> Option<Number> {
        let index = offset(id, &self.ranges().numbers)?;
        Some(self.number_at(index)?.0.value())
    }

    /// The value of a date or time; none for other terms.
    #[inline]
    #[must_use]
    pub fn date(&self, id: Id) -> Option<Moment> {
        let index = offset(id, &self.ranges().dates)?;
        Some(self.date_at(index)?.0.moment())
    }

    /// The first of the terms that are equal in value to a number or date; any other term itself.
    #[must_use]
    pub fn rank(&self, id: Id) -> Id {
        let ranges = self.ranges();
        if let Some(index) = offset(id, &ranges.numbers) {
            let place = |index| self.number_at(index).map(|(number, _)| number.place());
            return first_of_run(id, index, place);
        }
        if let Some(index) = offset(id, &ranges.dates) {
            let place = |index| {
                let (date, _) = self.date_at(index)?;
                Some((date.micros, date.has_time()))
            };
            return first_of_run(id, index, place);
        }
        id
    }

    /// The term of an identifier.
    ///
    /// # Errors
    /// [`FrozenError::Damaged`] where the file has none.
    pub fn term(&self, id: Id) -> Result<Term, FrozenError> {
        self.reader().term(id)
    }

    /// The term of an identifier, as expressions see it.
    ///
    /// # Errors
    /// [`FrozenError::Damaged`] where the file has none.
    pub fn expression_term(&self, id: Id) -> Result<ExpressionTerm, FrozenError> {
        match self.number(id) {
            Some(Number::Integer(value)) => Ok(ExpressionTerm::IntegerLiteral(value.into())),
            Some(Number::Decimal(value)) => Ok(ExpressionTerm::DecimalLiteral(value)),
            Some(Number::Float(value)) => Ok(ExpressionTerm::FloatLiteral(Float::from(value))),
            Some(Number::Double(value)) => Ok(ExpressionTerm::DoubleLiteral(Double::from(value))),
            None => Ok(self.term(id)?.into()),
        }
    }

    /// A reader of many terms, fastest where their identifiers ascend.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            file: self,
            iris: self.iris().walk(),
            texts: self.texts().walk(),
            others: self.others().walk(),
        }
    }
}

fn first_of_run<T: PartialEq>(id: Id, index: usize, value: impl Fn(usize) -> Option<T>) -> Id {
    let own = value(index);
    let equal = (0..index).rev().take_while(|before| value(*before) == own);
    id - u32::try_from(equal.count()).unwrap_or_default()
}

/// Reads terms one after the other.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    file: &'a Frozen,
    iris: Walk<'a>,
    texts: Walk<'a>,
    others: Walk<'a>,
}

impl Reader<'_> {
    /// A string and its language; none for other terms.
    #[inline]
    pub fn text(&mut self, id: Id) -> Option<(&str, Option<&str>)> {
        let (value, tag) = self.texts.seek(offset(id, &self.file.ranges().texts)?)?;
        let language = self.file.languages.get(tag).map(String::as_str);
        Some((std::str::from_utf8(value).ok()?, language))
    }

    /// An IRI; none for other terms.
    #[inline]
    pub fn iri(&mut self, id: Id) -> Option<&str> {
        let (iri, _) = self.iris.seek(offset(id, &self.file.ranges().iris)?)?;
        std::str::from_utf8(iri).ok()
    }

    /// The term of an identifier.
    ///
    /// # Errors
    /// [`FrozenError::Damaged`] where the file has none.
    pub fn term(&mut self, id: Id) -> Result<Term, FrozenError> {
        let file = self.file;
        self.read(id)
            .ok_or_else(|| file.damaged(format!("its dictionary has no term {id}")))
    }

    fn read(&mut self, id: Id) -> Option<Term> {
        let file = self.file;
        let ranges = file.ranges();
        if ranges.iris.contains(&id) {
            return Some(NamedNode::new_unchecked(self.iri(id)?).into());
        }
        if ranges.texts.contains(&id) {
            let (value, language) = self.text(id)?;
            return Some(match language {
                Some(language) => {
                    Literal::new_language_tagged_literal_unchecked(value, language).into()
                }
                None => Literal::new_simple_literal(value).into(),
            });
        }
        if ranges.blanks.contains(&id) {
            return Some(BlankNode::new_unchecked(format!("b{id}")).into());
        }
        let lexical = |usual: String| match file.exception(id) {
            Some(lexical) => String::from_utf8_lossy(lexical).into_owned(),
            None => usual,
        };
        if let Some(index) = offset(id, &ranges.numbers) {
            let (stored, is_exception) = file.number_at(index)?;
            let usual = stored.canonical();
            let value = if is_exception { lexical(usual) } else { usual };
            let datatype = NamedNode::new_unchecked(number::datatype(stored.code)?);
            return Some(Literal::new_typed_literal(value, datatype).into());
        }
        if let Some(index) = offset(id, &ranges.dates) {
            let (stored, is_exception) = file.date_at(index)?;
            let usual = stored.canonical();
            let value = if is_exception { lexical(usual) } else { usual };
            let local = if stored.has_time() {
                "dateTime"
            } else {
                "date"
            };
            let datatype = NamedNode::new_unchecked(format!("{XSD}{local}"));
            return Some(Literal::new_typed_literal(value, datatype).into());
        }
        let (value, tag) = self.others.seek(offset(id, &ranges.others)?)?;
        let value = std::str::from_utf8(value).ok()?;
        let datatype = file.datatypes.get(tag)?.clone();
        Some(Literal::new_typed_literal(value, datatype).into())
    }
}
