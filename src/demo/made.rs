//! The datasets of a sample portal: those of its file, or as many as are asked for, made of them.

use serde_json::Value;

use super::shared::Shared;

/// Makes a dataset out of one of the file's: its position, and a number that the position and the seed
/// give.
type Vary = fn(&mut Value, usize, u64);

/// Datasets that are made: how many, from which seed, and how.
#[derive(Debug, Clone, Copy)]
struct Making {
    count: usize,
    seed: u64,
    vary: Vary,
}

/// The datasets that a running sample portal serves; clones share them.
#[derive(Debug, Clone)]
pub(super) struct Datasets {
    held: Shared<Vec<Value>>,
    /// Without it those that are held are served as they are.
    making: Option<Making>,
}

impl From<Vec<Value>> for Datasets {
    fn from(datasets: Vec<Value>) -> Self {
        Self {
            held: Shared::from(datasets),
            making: None,
        }
    }
}

impl Datasets {
    /// So many datasets made of those that are held. They are computed when they are asked for, and the
    /// same seed gives the same bytes.
    pub(super) fn making(self, count: usize, seed: u64, vary: Vary) -> Self {
        let making = Some(Making { count, seed, vary });
        Self { making, ..self }
    }

    /// Changes what is held from now on.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Vec<Value>) -> T) -> T {
        self.held.change(change)
    }

    /// Whether they are made.
    pub(super) fn are_made(&self) -> bool {
        self.making.is_some()
    }

    /// How many there are, hidden ones included.
    pub(super) fn count(&self) -> usize {
        match self.making {
            Some(making) => making.count,
            None => self.held.look(Vec::len),
        }
    }

    /// A dataset by its position.
    pub(super) fn get(&self, position: usize) -> Option<Value> {
        let Some(Making { count, seed, vary }) = self.making else {
            return self.held.look(|held| held.get(position).cloned());
        };
        let number = u64::try_from(position).unwrap_or_default();
        let mixed = number
            .wrapping_add(seed)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut dataset = self.held.look(|held| {
            let model = usize::try_from(mixed >> 33).unwrap_or_default() % held.len().max(1);
            held.get(model).filter(|_| position < count).cloned()
        })?;
        vary(&mut dataset, position, mixed);
        Some(dataset)
    }

    /// All datasets.
    pub(super) fn all(&self) -> impl Iterator<Item = Value> + '_ {
        (0..self.count()).filter_map(|position| self.get(position))
    }
}
