//! From a request to a query of the index.

use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, FuzzyTermQuery,
    Occur, PhraseQuery, Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader, Term};

use super::SearchError;
use super::analysis::{Language, Reading, is_common};
use super::place::{Near, Rectangle};
use super::request::{Facet, LONGEST_TEXT, MOST_WORDS, Matching, Part, Request, Text};
use super::schema::{END, EXTENT, Fields, MODIFIED, Readings, START};
use super::synonyms::{acronym, expansions};

type Boxed = Box<dyn Query>;

/// Counts more than the same word in another form.
const SAME_FORM: f32 = 1.2;
/// Counts less: what a word stands for, and a word that is spelt nearly so.
const OTHER_NAME: f32 = 0.8;
const NEARLY: f32 = 0.4;
/// How much each further place counts where a word stands.
const FURTHER: f32 = 0.2;
/// An identifier is what was looked for.
const NAMED: f32 = 1_000.0;

/// A word in its readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) whole: String,
    pub(super) stems: [String; 2],
}

/// The words of a text in their readings.
pub(super) fn words(text: &str) -> Vec<Word> {
    let whole = Reading::new(None).words(text);
    let [french, english] = Language::ALL.map(|language| Reading::new(Some(language)).words(text));
    let stems = french.into_iter().zip(english);
    whole
        .into_iter()
        .zip(stems)
        .map(|(whole, (french, english))| Word {
            whole,
            stems: [french, english],
        })
        .collect()
}

/// Makes queries of one request.
pub(super) struct Asking<'a> {
    fields: &'a Fields,
    request: &'a Request,
    /// Whether words spelt nearly so count in any case.
    nearly: bool,
    /// The words that are looked for.
    words: Vec<Word>,
}

/// A query, and the words that it looks for.
pub(super) struct Asked {
    pub(super) query: Boxed,
    pub(super) words: Vec<Word>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(fields: &'a Fields, request: &'a Request, nearly: bool) -> Self {
        Self {
            fields,
            request,
            nearly,
            words: Vec::new(),
        }
    }

    /// The query; none where a text has no word, so that nothing fits.
    pub(super) fn query(mut self) -> Result<Option<Asked>, SearchError> {
        let request = self.request;
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        for text in &request.texts {
            match self.text(text)? {
                Some(query) => clauses.push((Occur::Must, query)),
                None => return Ok(None),
            }
        }
        if clauses.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        for filter in self.filters() {
            // What is only chosen by does not count.
            clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(filter, 0.0))));
        }
        Ok(Some(Asked {
            query: Box::new(BooleanQuery::new(clauses)),
            words: self.words,
        }))
    }

    fn text(&mut self, text: &Text) -> Result<Option<Boxed>, SearchError> {
        if text.text.chars().nth(LONGEST_TEXT).is_some() {
            return Err(SearchError::Refused(format!(
                "a text that is searched for has at most {LONGEST_TEXT} characters"
            )));
        }
        let all = words(&text.text);
        if all.len() > MOST_WORDS {
            return Err(SearchError::Refused(format!(
                "a text that is searched for has at most {MOST_WORDS} words, not {}",
                all.len()
            )));
        }
        self.words.extend(all.iter().cloned());
        let found = match text.matching {
            Matching::Phrase => self.phrase(&all),
            Matching::Words => self.spoken(&text.text),
            Matching::Fuzzy => self.every(&all, true),
            Matching::Prefix => self.beginning(&all),
        };
        let name = Term::from_field_text(self.fields.name, text.text.trim());
        Ok(found.map(|query| {
            let named = ConstScoreQuery::new(term(name), NAMED);
            Box::new(BooleanQuery::union(vec![query, Box::new(named)])) as Boxed
        }))
    }

    /// Words, phrases in double quotes, and what must not be there.
    fn spoken(&self, text: &str) -> Option<Boxed> {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let mut plain = String::new();
        for (at, piece) in text.split('"').enumerate() {
            if at % 2 == 1 {
                clauses.extend(self.phrase(&words(piece)).map(|query| (Occur::Must, query)));
                continue;
            }
            for word in piece.split_whitespace() {
                match word.strip_prefix('-').map(words) {
                    Some(without) if !without.is_empty() => {
                        clauses.extend(
                            self.every(&without, false)
                                .map(|query| (Occur::MustNot, query)),
                        );
                    }
                    _ => {
                        plain.push_str(word);
                        plain.push(' ');
                    }
                }
            }
        }
        clauses.extend(
            self.every(&words(&plain), self.nearly)
                .map(|query| (Occur::Must, query)),
        );
        if clauses.is_empty() {
            return None;
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Some(Box::new(BooleanQuery::new(clauses)))
    }

    /// All the words, in any order.
    fn every(&self, words: &[Word], nearly: bool) -> Option<Boxed> {
        let whole: Vec<String> = words.iter().map(|word| word.whole.clone()).collect();
        let has_others = whole.iter().any(|word| !is_common(word));
        let mut clauses: Vec<Boxed> = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let rest = whole.get(at..).unwrap_or_default();
            if let Some(pair) = acronym(rest) {
                let end = at + pair.long.len();
                let long = words.get(at..end).unwrap_or_default();
                let long = long.iter().filter(|word| !is_common(&word.whole));
                let long = long.map(|word| self.word(word, nearly)).collect();
                let short = self.whole(&pair.short, OTHER_NAME);
                clauses.push(Box::new(BooleanQuery::union(vec![
                    Box::new(BooleanQuery::intersection(long)),
                    short,
                ])));
                at = end;
                continue;
            }
            if !(has_others && is_common(&word.whole)) {
                clauses.push(self.word(word, nearly));
            }
            at += 1;
        }
        (!clauses.is_empty()).then(|| Box::new(BooleanQuery::intersection(clauses)) as Boxed)
    }

    /// All the words, the last of which may go on.
    fn beginning(&self, words: &[Word]) -> Option<Boxed> {
        let (last, before) = words.split_last()?;
        let mut clauses: Vec<Boxed> = self.every(before, false).into_iter().collect();
        let begun = self.parts().map(|readings| {
            let term = Term::from_field_text(readings.whole, &last.whole);
            let query = Box::new(FuzzyTermQuery::new_prefix(term, 0, true));
            weighed(query, readings.part.weight())
        });
        let mut either: Vec<Boxed> = begun.collect();
        either.push(self.word(last, false));
        clauses.push(Box::new(DisjunctionMaxQuery::with_tie_breaker(
            either, FURTHER,
        )));
        Some(Box::new(BooleanQuery::intersection(clauses)))
    }

    /// The words one after the other, in one part.
    fn phrase(&self, words: &[Word]) -> Option<Boxed> {
        let whole: Vec<String> = words.iter().map(|word| word.whole.clone()).collect();
        match whole.as_slice() {
            [] => None,
            [word] => Some(self.whole(word, 1.0)),
            _ => Some(self.row(&whole, 1.0)),
        }
    }

    fn row(&self, words: &[String], weight: f32) -> Boxed {
        let either = self.parts().map(|readings| {
            let terms = words
                .iter()
                .map(|word| Term::from_field_text(readings.whole, word))
                .collect();
            let query = Box::new(PhraseQuery::new(terms));
            weighed(query, weight * readings.part.weight())
        });
        disjunction(either.collect())
    }

    fn whole(&self, word: &str, weight: f32) -> Boxed {
        let either = self.parts().map(|readings| {
            let query = term(Term::from_field_text(readings.whole, word));
            weighed(query, weight * readings.part.weight())
        });
        disjunction(either.collect())
    }

    /// A word, in any form, in any part; or what it stands for.
    fn word(&self, word: &Word, nearly: bool) -> Boxed {
        let mut either: Vec<Boxed> = Vec::new();
        for readings in self.parts() {
            let weight = readings.part.weight();
            let whole = Term::from_field_text(readings.whole, &word.whole);
            either.push(weighed(term(whole.clone()), weight * SAME_FORM));
            for ((language, field), stem) in readings.stems.iter().zip(&word.stems) {
                if self
                    .request
                    .reading
                    .is_none_or(|reading| reading == *language)
                {
                    let stem = term(Term::from_field_text(*field, stem));
                    either.push(weighed(stem, weight));
                }
            }
            let distance = tolerance(&word.whole);
            if nearly && distance > 0 {
                let query = FuzzyTermQuery::new(whole, distance, true);
                either.push(weighed(Box::new(query), weight * NEARLY));
            }
        }
        for long in expansions(&word.whole) {
            either.push(self.row(long, OTHER_NAME));
        }
        disjunction(either)
    }

    /// The parts that are looked into.
    fn parts(&self) -> impl Iterator<Item = &'a Readings> + use<'a> {
        let wanted: Vec<Part> = self.request.parts.clone();
        let is_wanted = move |part: Part| wanted.is_empty() || wanted.contains(&part);
        self.fields
            .texts
            .iter()
            .filter(move |readings| is_wanted(readings.part))
    }

    /// What results must be beside fitting the texts.
    fn filters(&self) -> Vec<Boxed> {
        let request = self.request;
        let mut filters: Vec<Boxed> = Vec::new();
        for (facet, values) in &request.facets {
            let field = self.facet(*facet);
            let terms = values
                .iter()
                .map(|value| Term::from_field_text(field, value));
            filters.push(Box::new(TermSetQuery::new(terms)));
        }
        if let Some(rectangle) = request.within {
            filters.push(placed(move |place| place.meets(&rectangle)));
        }
        if let Some(near) = request.near {
            filters.push(placed(move |place| is_near(&near, place)));
        }
        if let Some((from, to)) = request.period {
            filters.push(timed([START, END], from, to));
        }
        if let Some((from, to)) = request.modified {
            filters.push(timed([MODIFIED, MODIFIED], from, to));
        }
        filters
    }

    fn facet(&self, wanted: Facet) -> Field {
        let fields = Facet::ALL.into_iter().zip(self.fields.facets);
        let mut fields = fields.filter(|(facet, _)| *facet == wanted);
        fields.next().map_or(self.fields.iri, |(_, field)| field)
    }
}

fn is_near(near: &Near, place: &Rectangle) -> bool {
    near.within.is_none_or(|metres| near.to(place) <= metres)
}

/// How many letters of a word may be other ones.
fn tolerance(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

fn term(term: Term) -> Boxed {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

fn weighed(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

fn disjunction(either: Vec<Boxed>) -> Boxed {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(either, FURTHER))
}

/// The extent of documents of a piece of the index.
pub(super) fn extents(
    segment: &SegmentReader,
) -> tantivy::Result<impl Fn(DocId) -> Option<Rectangle> + Send + Sync + use<>> {
    let columns = EXTENT.map(|name| segment.fast_fields().f64(name));
    let [west, south, east, north] = columns;
    let columns = [west?, south?, east?, north?];
    Ok(move |document| {
        let [west, south, east, north] = &columns;
        Some(Rectangle::of_sides([
            west.first(document)?,
            south.first(document)?,
            east.first(document)?,
            north.first(document)?,
        ]))
    })
}

fn placed(test: impl Fn(&Rectangle) -> bool + Clone + Send + Sync + 'static) -> Boxed {
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let (extent, test) = (extents(segment)?, test.clone());
        Ok(move |document: DocId| extent(document).is_some_and(|place| test(&place)))
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// Whether the time from the first column to the second meets a time.
fn timed(columns: [&'static str; 2], from: i64, to: i64) -> Boxed {
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let [start, end] = columns.map(|name| segment.fast_fields().i64(name));
        let (start, end) = (start?, end?);
        Ok(move |document: DocId| {
            let begins = start.first(document).is_some_and(|start| start <= to);
            begins && end.first(document).is_some_and(|end| end >= from)
        })
    });
    Box::new(DocPredicateQuery::from(predicate))
}
