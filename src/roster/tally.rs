//! What is counted over several weeks or the whole plan: paid minutes of settlement periods, weekends with work, shifts of a kind.
//!
//! Minutes are counted in the largest unit that all shifts are multiples of. The other counts share one word: each has
//! a lane with a guard bit on top that is set once the count exceeds its limit, so that two sets of counts are compared,
//! and all limits checked, in one operation each.

use std::ops::Range;

use crate::domain::labour::LabourRules;
use crate::domain::workforce::Agent;

use super::states::Class;

/// Counts of weekends and of shifts by kind.
pub(super) type Counts = u128;

/// The limits on what is counted.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Minutes of one unit.
    unit: i32,
    /// Per settlement period its dates, and least and most units.
    pub(super) periods: Vec<Period>,
    /// Counts at the start: as many short of its guard as the limit allows.
    pub(super) start: Counts,
    guards: Counts,
    /// One more weekend.
    pub(super) weekend: Counts,
    /// One more shift of each kind; none for a kind whose limit cannot be reached.
    kinds: Vec<Counts>,
    /// Most dates of work in a row, and fewest off between two runs.
    rhythm: (usize, usize),
}

/// A settlement period in units of a tally.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) days: Range<usize>,
    pub(super) least: i32,
    pub(super) most: i32,
}

impl Period {
    /// Whether a period may hold so many units.
    pub(super) fn holds(&self, units: i32) -> bool {
        (self.least..=self.most).contains(&units)
    }
}

impl Tally {
    /// The limits of an agent; nothing if none can bind.
    pub(super) fn new(agent: &Agent, rules: &LabourRules, classes: &[Vec<Class>]) -> Option<Self> {
        let days = classes.len();
        let unit = classes.iter().flatten().map(|class| class.paid).fold(0, greatest_common_divisor).max(1);
        let mut lanes = Lanes::default();
        let weekends = classes.len().div_ceil(7) + 1;
        let weekend = rules.rhythm.max_weekends.map_or(0, |most| lanes.add(most, weekends));
        let of_kind =
            |kind: usize| classes.iter().filter(move |of| of.iter().any(|class| class.kinds >> kind & 1 == 1)).count();
        let caps = rules.rhythm.start_caps.iter().enumerate();
        let kinds: Vec<Counts> = caps.map(|(kind, cap)| lanes.add(cap.most, of_kind(kind))).collect();
        let periods = periods(agent, unit, days);
        let rhythm = (rules.max_consecutive_days.max(1) as usize, rules.rhythm.min_days_off.max(1) as usize);
        let binds = !periods.is_empty() || lanes.guards != 0;
        binds.then_some(Self { unit, periods, start: lanes.start, guards: lanes.guards, weekend, kinds, rhythm })
    }

    /// Paid units of a shift.
    pub(super) fn units(&self, class: &Class) -> i32 {
        class.paid / self.unit
    }

    /// What a shift adds to the counts, weekends aside.
    pub(super) fn adds(&self, class: &Class) -> Counts {
        let of = self.kinds.iter().enumerate().filter(|(kind, _)| class.kinds >> kind & 1 == 1);
        of.map(|(_, one)| one).sum()
    }

    /// Whether counts are within their limits.
    pub(super) fn holds(&self, counts: Counts) -> bool {
        counts & self.guards == 0
    }

    /// Whether no count of the first exceeds that of the second, both within their limits.
    pub(super) fn no_more(&self, first: Counts, second: Counts) -> bool {
        ((second | self.guards) - first) & self.guards == self.guards
    }

    /// The settlement period of a date.
    pub(super) fn period(&self, day: usize) -> Option<&Period> {
        self.periods.iter().find(|period| period.days.contains(&day))
    }

    /// Whether a settlement period ends with a date.
    pub(super) fn ends_period(&self, day: usize) -> bool {
        self.periods.iter().any(|period| period.days.end == day + 1)
    }

    /// Dates of work that so many in a row can hold at most.
    pub(super) fn most_days(&self, dates: usize) -> usize {
        let (on, off) = self.rhythm;
        dates / (on + off) * on + (dates % (on + off)).min(on)
    }
}

/// Lanes side by side in a word.
#[derive(Debug, Default)]
struct Lanes {
    start: Counts,
    guards: Counts,
    used: u32,
}

impl Lanes {
    /// One in the lane of a new count that may reach `most` and could reach `possible`; nothing where the limit cannot bind or
    /// the word is full, in which case whoever asks prices from below.
    fn add(&mut self, most: u32, possible: usize) -> Counts {
        if usize::try_from(most).is_ok_and(|most| most >= possible) {
            return 0;
        }
        let bits = 32 - most.leading_zeros();
        if self.used + bits + 1 > Counts::BITS {
            return 0;
        }
        let one = 1 << self.used;
        let guard = one << bits;
        self.start += guard - one - Counts::from(most) * one;
        self.guards |= guard;
        self.used += bits + 1;
        one
    }
}

fn periods(agent: &Agent, unit: i32, days: usize) -> Vec<Period> {
    let mut first = 0;
    let of = |settled: &crate::domain::workforce::SettlementPeriod| {
        let last = (first + 7 * settled.weeks as usize).min(days);
        let minutes = |length: i64| i32::try_from(length.clamp(0, i64::from(i32::MAX >> 2))).unwrap_or(0);
        let (least, most) = (minutes(settled.minutes.min.get()), minutes(settled.minutes.max.get()));
        let days = std::mem::replace(&mut first, last)..last;
        Period { days, least: (least + unit - 1) / unit, most: most / unit }
    };
    agent.settlement.iter().map(of).filter(|period| !period.days.is_empty()).collect()
}

fn greatest_common_divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
