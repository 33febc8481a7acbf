//! Choices that a generator makes: drawn from a seed, written down, and replayed from what was written.
//! Smaller choices make simpler things, so that a list of choices that fails can be made shorter.

/// A source of choices.
#[derive(Debug, Clone)]
pub(crate) struct Choices {
    given: Vec<u32>,
    state: Option<u64>,
    taken: Vec<u32>,
}

impl Choices {
    /// Choices that follow from a seed.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self {
            given: Vec::new(),
            state: Some(seed),
            taken: Vec::new(),
        }
    }

    /// Choices that were made before; the simplest ones once they are used up.
    pub(crate) fn replayed(given: &[u32]) -> Self {
        Self {
            given: given.to_vec(),
            state: None,
            taken: Vec::new(),
        }
    }

    /// What was chosen until now.
    pub(crate) fn taken(self) -> Vec<u32> {
        self.taken
    }

    /// A number below another.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u32::try_from(limit.max(1)).unwrap();
        let drawn = match self.given.get(self.taken.len()) {
            Some(given) => *given,
            None => self.random(),
        };
        let choice = drawn % limit;
        self.taken.push(choice);
        choice as usize
    }

    /// True so many times of a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of these; the first is the simplest.
    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// The number of one of these weights.
    pub(crate) fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (number, weight) in weights.iter().enumerate() {
            if at < *weight {
                return number;
            }
            at -= weight;
        }
        0
    }

    /// `SplitMix64`, so that a seed means the same everywhere.
    fn random(&mut self) -> u32 {
        let Some(state) = &mut self.state else {
            return 0;
        };
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) >> 32).unwrap()
    }
}

/// Fewer and smaller choices of which the claim still holds, found by so many trials at most.
pub(crate) fn shrink(
    choices: &[u32],
    trials: &mut usize,
    holds: &mut dyn FnMut(&[u32]) -> bool,
) -> Vec<u32> {
    let mut best = choices.to_vec();
    let mut attempt = |best: &mut Vec<u32>, shorter: Vec<u32>, trials: &mut usize| {
        if *trials == 0 || shorter == *best {
            return false;
        }
        *trials -= 1;
        let good = holds(&shorter);
        if good {
            *best = shorter;
        }
        good
    };
    loop {
        let before = best.clone();
        let mut size = best.len().max(1);
        while size > 0 {
            let mut at = 0;
            while at < best.len() {
                let end = (at + size).min(best.len());
                let mut without = best.clone();
                without.drain(at..end);
                if attempt(&mut best, without, trials) {
                    continue;
                }
                let mut zeroed = best.clone();
                zeroed[at..end].fill(0);
                attempt(&mut best, zeroed, trials);
                at += size;
            }
            size /= 2;
        }
        for at in 0..best.len() {
            while at < best.len() && best[at] > 0 {
                let mut halved = best.clone();
                halved[at] /= 2;
                let mut less = best.clone();
                less[at] -= 1;
                if !attempt(&mut best, halved, trials) && !attempt(&mut best, less, trials) {
                    break;
                }
            }
        }
        if best == before || *trials == 0 {
            return best;
        }
    }
}

#[test]
fn choices_are_replayed_and_made_shorter() {
    let mut seeded = Choices::seeded(7);
    let drawn: Vec<usize> = (0..20).map(|_| seeded.below(50)).collect();
    let taken = seeded.taken();
    let mut replayed = Choices::replayed(&taken);
    assert_eq!(
        drawn,
        (0..20).map(|_| replayed.below(50)).collect::<Vec<_>>()
    );
    assert_eq!(replayed.below(50), 0);
    let mut trials = 10_000;
    let least = shrink(&[9, 4, 70, 3, 80], &mut trials, &mut |list| {
        list.iter().sum::<u32>() > 60
    });
    assert_eq!(least, [61]);
}
