//! Numbers that look random and depend only on where they are asked for (splitmix64).

/// A stream of numbers, the same for the same seed, kind and number.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The stream of the record numbered `index` of a kind.
    pub(super) fn of(seed: u64, kind: &str, index: u32) -> Self {
        let mut state = seed ^ 0x9e37_79b9_7f4a_7c15;
        for byte in kind.bytes() {
            state = mixed(state ^ u64::from(byte));
        }
        Self(mixed(state ^ u64::from(index)))
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below `limit`, 0 where that is 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        let wide = (self.next() >> 32) * u64::from(limit);
        u32::try_from(wide >> 32).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// At least 0, below 1.
    pub(super) fn share(&mut self) -> f64 {
        f64::from(self.below(1 << 24)) / f64::from(1 << 24)
    }

    /// True in this share of cases.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.share() < share
    }

    pub(super) fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        let limit = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let at = usize::try_from(self.below(limit)).unwrap_or_default();
        items.get(at).copied().unwrap_or_default()
    }

    /// One of `items`, each as often as its weight says.
    pub(super) fn weighted<'a>(&mut self, items: &[(&'a str, u32)]) -> &'a str {
        let total = items.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (item, weight) in items {
            if left < *weight {
                return item;
            }
            left -= weight;
        }
        ""
    }

    /// A skewed number (log-normal): half are below `median`, the mean is `median · exp(spread² / 2)`.
    pub(super) fn skewed(&mut self, median: f64, spread: f64, most: u32) -> u32 {
        let radius = (-2.0 * (1.0 - self.share()).ln()).sqrt();
        let normal = radius * (std::f64::consts::TAU * self.share()).cos();
        let value = (median.ln() + spread * normal).exp().min(f64::from(most));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive, and at most a u32"
        )]
        let whole = value.round() as u32;
        whole
    }

    /// So many hexadecimal digits, at most 64.
    pub(super) fn hex(&mut self, digits: usize) -> String {
        let mut text = String::with_capacity(64);
        while text.len() < digits {
            text.extend([format!("{:016x}", self.next())]);
        }
        text.truncate(digits);
        text
    }

    /// An identifier as udata gives its resources.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xfff,
            low >> 52,
            low & 0xffff_ffff_ffff
        )
    }
}

fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
