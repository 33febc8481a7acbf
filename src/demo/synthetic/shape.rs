//! How many records of each kind there are, what they are called, when they were made and changed.

use chrono::{DateTime, SecondsFormat, TimeDelta};

use super::Parameters;
use super::random::Random;

/// The counts of data.gouv.fr, by which a portal of another size is in proportion.
const DATASETS: u64 = 74_200;

/// 2014-01-01: the first dataset.
const FIRST: i64 = 1_388_534_400;
/// Twelve years: from the first dataset to the last.
const AGE: i64 = 12 * 365 * 86_400;
/// 2025-01-01: modifications go from here over [`SEASON`], in the order of the datasets.
const MODIFIED: i64 = 1_735_689_600;
const SEASON: i64 = 100 * 86_400;

/// A portal's parameters and what follows from them.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) datasets: u32,
    pub(super) seed: u64,
    changed: f64,
    /// The datasets by their modification, the newest first.
    pub(super) newest: Vec<u32>,
}

/// Kinds of records, as their identifiers tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Dataset,
    Organization,
    Contact,
    Dataservice,
    Reuse,
    Discussion,
    Source,
    User,
}

impl Shape {
    pub(super) fn new(parameters: Parameters) -> Self {
        let Parameters {
            datasets,
            seed,
            changed,
        } = parameters;
        let mut shape = Self {
            datasets,
            seed,
            changed,
            newest: Vec::new(),
        };
        let (mut newest, older): (Vec<u32>, Vec<u32>) = (0..datasets)
            .rev()
            .partition(|index| shape.is_changed(*index));
        newest.extend(older);
        shape.newest = newest;
        shape
    }

    pub(super) fn random(&self, kind: Kind, index: u32) -> Random {
        Random::of(self.seed, kind.name(), index)
    }

    /// How many records of a kind the portal lists.
    pub(super) fn count(&self, kind: Kind) -> u32 {
        let whole: u64 = match kind {
            Kind::Dataset => return self.datasets,
            Kind::Organization => 5_600,
            Kind::Dataservice => 1_235,
            Kind::Reuse => 6_550,
            Kind::Discussion => 17_574,
            Kind::Source => 500,
            Kind::User => 20_000,
            Kind::Contact => 8_000,
        };
        let count = (whole * u64::from(self.datasets)).div_ceil(DATASETS);
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The identifier of a record, in the form of udata's: it ends in the record's number.
    pub(super) fn id(&self, kind: Kind, index: u32) -> String {
        let prefix = Random::of(self.seed, kind.name(), u32::MAX).next() >> 32;
        let made = self.made(kind, index);
        format!("{made:08x}{prefix:08x}{index:08x}")
    }

    /// The number of the record that has this identifier.
    pub(super) fn index(&self, kind: Kind, id: &str) -> Option<u32> {
        let index = u32::from_str_radix(id.get(16..)?, 16).ok()?;
        (index < self.count(kind) && self.id(kind, index) == id).then_some(index)
    }

    /// Whether a dataset is served as changed.
    pub(super) fn is_changed(&self, index: u32) -> bool {
        Random::of(self.seed, "changed", index).chance(self.changed)
    }

    /// When a record was made, in Unix seconds: later ones have higher numbers.
    pub(super) fn made(&self, kind: Kind, index: u32) -> i64 {
        FIRST + i64::from(index) * AGE / i64::from(self.count(kind).max(1))
    }

    /// When a dataset was last changed, in Unix seconds.
    pub(super) fn modified(&self, index: u32) -> i64 {
        let changed = if self.is_changed(index) { SEASON } else { 0 };
        MODIFIED + changed + i64::from(index) * SEASON / i64::from(self.datasets.max(1))
    }

    /// The organization of a dataset: 8 % of them publish 80 % of the datasets.
    pub(super) fn publisher(&self, random: &mut Random) -> u32 {
        let all = self.count(Kind::Organization);
        let large = (all * 8).div_ceil(100);
        if random.chance(0.8) || large == all {
            random.below(large)
        } else {
            random.between(large, all.saturating_sub(1))
        }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Dataset => "dataset",
            Self::Organization => "organization",
            Self::Contact => "contact",
            Self::Dataservice => "dataservice",
            Self::Reuse => "reuse",
            Self::Discussion => "discussion",
            Self::Source => "source",
            Self::User => "user",
        }
    }
}

/// A moment as udata writes it.
pub(super) fn moment(seconds: i64, milliseconds: u32) -> String {
    DateTime::from_timestamp(seconds, 0)
        .map(|at| at + TimeDelta::milliseconds(milliseconds.into()))
        .map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, false))
        .unwrap_or_default()
}
