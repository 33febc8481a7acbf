//! Goes through what fits: counts it, keeps the first of the order that is asked for, counts facets.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::place::{Near, Rectangle};
use super::query::extents;
use super::request::{Counts, Cursor, Facet, Request, Sort};
use super::schema::{ISSUED, MODIFIED, RECORD, SCORE};

/// The place of a document in the order: the greater is the earlier.
type Rank = (u64, Reverse<u64>);

/// One that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    rank: Rank,
    pub(super) address: DocAddress,
    /// The bits of the score.
    score: u32,
}

impl Found {
    /// How well it fits.
    pub(super) fn score(&self) -> f32 {
        f32::from_bits(self.score)
    }

    /// Where a page that ends with it ended.
    pub(super) fn cursor(&self) -> Cursor {
        let (key, Reverse(record)) = self.rank;
        Cursor { key, record }
    }
}

/// What was found in all.
pub(super) struct Fruit {
    pub(super) total: u64,
    /// The first of them; one more than were asked for where there is another page.
    pub(super) first: Vec<Found>,
    pub(super) counts: Vec<Counts>,
}

/// Collects what a request asks for.
pub(super) struct Gathering<'a>(pub(super) &'a Request);

impl Gathering<'_> {
    fn is_scored(&self) -> bool {
        self.0.sort == Sort::Relevance && !self.0.texts.is_empty()
    }
}

impl Collector for Gathering<'_> {
    type Fruit = Fruit;
    type Child = Piece;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<Piece> {
        let request = self.0;
        let columns = segment.fast_fields();
        let order = match request.sort {
            Sort::Relevance => Order::Score,
            Sort::Modified => Order::Date(columns.i64(MODIFIED)?),
            Sort::Issued => Order::Date(columns.i64(ISSUED)?),
            Sort::Quality => Order::Quality(columns.f64(SCORE)?),
            Sort::Distance => match request.near {
                Some(near) => Order::Distance(near, Box::new(extents(segment)?)),
                None => Order::Score,
            },
        };
        let facets = request
            .count
            .iter()
            .map(|(facet, most)| -> tantivy::Result<Tally> {
                let column = columns.str(facet.name())?;
                let terms = column.as_ref().map_or(0, |column| column.num_terms());
                Ok(Tally {
                    facet: *facet,
                    most: *most,
                    column,
                    counts: vec![0; terms],
                })
            });
        Ok(Piece {
            ordinal,
            order,
            record: columns.u64(RECORD)?,
            after: request
                .after
                .map(|cursor| (cursor.key, Reverse(cursor.record))),
            most: request.limit.saturating_add(1),
            total: 0,
            first: BinaryHeap::new(),
            facets: facets.collect::<tantivy::Result<_>>()?,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.is_scored()
    }

    fn merge_fruits(&self, pieces: Vec<Gathered>) -> tantivy::Result<Fruit> {
        let is_one = pieces.len() == 1;
        let mut total = 0;
        let mut first: Vec<Found> = Vec::new();
        let mut values: HashMap<Facet, HashMap<String, u64>> = HashMap::new();
        for piece in pieces {
            total += piece.total;
            first.extend(piece.first);
            for tally in piece.facets {
                let of_facet = values.entry(tally.facet).or_default();
                for (value, count) in tally.values(is_one)? {
                    *of_facet.entry(value).or_default() += count;
                }
            }
        }
        first.sort_unstable_by(|one, other| other.cmp(one));
        first.truncate(self.0.limit.saturating_add(1));
        let counts = self.0.count.iter().map(|(facet, most)| {
            let mut values: Vec<(String, u64)> = values
                .remove(facet)
                .unwrap_or_default()
                .into_iter()
                .collect();
            values.sort_unstable_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
            values.truncate(*most);
            Counts {
                facet: *facet,
                values,
            }
        });
        Ok(Fruit {
            total,
            first,
            counts: counts.collect(),
        })
    }
}

/// By what documents are put into order.
enum Order {
    Score,
    Date(Column<i64>),
    Quality(Column<f64>),
    Distance(Near, Box<dyn Fn(DocId) -> Option<Rectangle> + Send + Sync>),
}

impl Order {
    /// Greater for what comes earlier; 0 for what has no value.
    fn key(&self, document: DocId, score: Score) -> u64 {
        match self {
            // Of numbers that are not negative the bits are in the order of the numbers.
            Self::Score => u64::from(score.max(0.0).to_bits()),
            Self::Date(column) => column
                .first(document)
                .map_or(0, |date| date.cast_unsigned() ^ (1 << 63)),
            Self::Quality(column) => column
                .first(document)
                .map_or(0, |score| score.max(0.0).to_bits()),
            Self::Distance(near, extent) => {
                extent(document).map_or(0, |place| u64::MAX - near.to(&place).max(0.0).to_bits())
            }
        }
    }
}

/// How often each value of a facet occurs in a piece of the index.
pub(super) struct Tally {
    facet: Facet,
    most: usize,
    column: Option<StrColumn>,
    counts: Vec<u32>,
}

impl Tally {
    fn add(&mut self, document: DocId) {
        let Some(column) = &self.column else {
            return;
        };
        for value in column.term_ords(document) {
            let count = usize::try_from(value)
                .ok()
                .and_then(|at| self.counts.get_mut(at));
            if let Some(count) = count {
                *count += 1;
            }
        }
    }

    /// The values that occur; of a single piece those that are told of suffice.
    fn values(self, is_one: bool) -> tantivy::Result<Vec<(String, u64)>> {
        let Some(column) = self.column else {
            return Ok(Vec::new());
        };
        let mut occurring: Vec<(u32, u64)> = self
            .counts
            .into_iter()
            .zip(0u64..)
            .filter(|(count, _)| *count > 0)
            .collect();
        if is_one {
            occurring.sort_unstable_by_key(|(count, value)| (Reverse(*count), *value));
            occurring.truncate(self.most);
        }
        let mut values = Vec::with_capacity(occurring.len());
        for (count, value) in occurring {
            let mut text = String::new();
            column.ord_to_str(value, &mut text)?;
            values.push((text, u64::from(count)));
        }
        Ok(values)
    }
}

/// Collects in one piece of the index.
pub(super) struct Piece {
    ordinal: SegmentOrdinal,
    order: Order,
    record: Column<u64>,
    after: Option<Rank>,
    most: usize,
    total: u64,
    first: BinaryHeap<Reverse<Found>>,
    facets: Vec<Tally>,
}

/// What was found in one piece.
pub(super) struct Gathered {
    total: u64,
    first: Vec<Found>,
    facets: Vec<Tally>,
}

impl SegmentCollector for Piece {
    type Fruit = Gathered;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        for tally in &mut self.facets {
            tally.add(document);
        }
        let record = self.record.first(document).unwrap_or_default();
        let rank = (self.order.key(document, score), Reverse(record));
        if self.after.is_some_and(|after| rank >= after) {
            return;
        }
        let is_full = self.first.len() >= self.most;
        if is_full && self.first.peek().is_some_and(|last| last.0.rank >= rank) {
            return;
        }
        self.first.push(Reverse(Found {
            rank,
            address: DocAddress::new(self.ordinal, document),
            score: score.to_bits(),
        }));
        if is_full {
            self.first.pop();
        }
    }

    fn harvest(self) -> Gathered {
        Gathered {
            total: self.total,
            first: self.first.into_iter().map(|found| found.0).collect(),
            facets: self.facets,
        }
    }
}
