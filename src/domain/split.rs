//! Split shifts: a day's work in two parts with free time between them.
//!
//! A split shift is one shift with one name and one date. Its gap is the agent's own time: neither work nor presence, no
//! part of the shift's length, and paid only by a share. Rests run from the end of the second part.

use super::units::{Minutes, Share};

/// The split shifts that a contract allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitRule {
    /// Elapsed time between the parts, at least.
    pub min_gap: Minutes,
    /// Elapsed time between the parts, at most.
    pub max_gap: Minutes,
    /// Elapsed length of a part, at least.
    pub min_part: Minutes,
    /// Both parts together last at least this.
    pub from_length: Minutes,
    /// Distance between the gaps that are tried, and between the lengths of first parts; no rule, and a multiple of the
    /// plan's interval.
    pub step: Minutes,
    /// Split shifts per rule week, at most, if there is a limit.
    pub max_per_week: Option<u32>,
    /// Share of the hourly cost that is paid for the gap.
    pub gap_pay: Share,
}

impl SplitRule {
    /// The gaps to try, rising.
    pub fn gaps(&self) -> impl Iterator<Item = Minutes> + use<> {
        self.steps(self.min_gap, self.max_gap)
    }

    /// The lengths of first parts to try where both parts together last so long; none where it cannot be split.
    pub fn first_parts(&self, length: Minutes) -> impl Iterator<Item = Minutes> + use<> {
        let longest = if length < self.from_length { Minutes::ZERO } else { length - self.min_part };
        self.steps(self.min_part, longest)
    }

    fn steps(&self, from: Minutes, until: Minutes) -> impl Iterator<Item = Minutes> + use<> {
        let step = usize::try_from(self.step.get()).unwrap_or(0).max(1);
        (from.get()..=until.get()).step_by(step).map(Minutes::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: SplitRule = SplitRule {
        min_gap: Minutes::hours(2),
        max_gap: Minutes::hours(5),
        min_part: Minutes::hours(3),
        from_length: Minutes::hours(7),
        step: Minutes::hours(2),
        max_per_week: None,
        gap_pay: Share::NONE,
    };

    #[test]
    fn gaps_and_cuts_lie_on_their_step() {
        assert_eq!(RULE.gaps().collect::<Vec<_>>(), [2, 4].map(Minutes::hours));
        // Eight hours are 3 + 5 or 5 + 3, seven 3 + 4; six are below the length from which shifts may be split.
        assert_eq!(RULE.first_parts(Minutes::hours(8)).collect::<Vec<_>>(), [3, 5].map(Minutes::hours));
        assert_eq!(RULE.first_parts(Minutes::hours(7)).collect::<Vec<_>>(), [3].map(Minutes::hours));
        assert_eq!(RULE.first_parts(Minutes::hours(6)).count(), 0);
    }
}
