//! What is counted over several weeks or the whole plan: paid minutes of settlement periods, weekends with work, shifts of a kind.
//!
//! Minutes are counted in the largest unit that all shifts are multiples of. The other counts share one word: each has
//! a counter with a guard bit on top that is set once the count exceeds its limit, so that two sets of counts are compared,
//! and all limits checked, in a few operations.

use std::iter::Sum;
use std::ops::{Add, Range, Sub};

use crate::domain::labour::LabourRules;
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, SettlementPeriod};

use super::rule_automaton::ShiftClass;

/// Counts of weekends and of shifts by kind, counter by counter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CounterValues([u128; 2]);

impl Add for CounterValues {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self([self.0[0] + other.0[0], self.0[1] + other.0[1]])
    }
}

impl Sub for CounterValues {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self([self.0[0] - other.0[0], self.0[1] - other.0[1]])
    }
}

impl Sum for CounterValues {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

impl CounterValues {
    /// Bits that both have.
    fn both(self, other: Self) -> Self {
        Self([self.0[0] & other.0[0], self.0[1] & other.0[1]])
    }

    /// Bits that either has.
    pub(super) fn either(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    /// Whether there are any.
    pub(crate) fn any(self) -> bool {
        self.0[0] | self.0[1] != 0
    }
}

/// Limits that labels look at: those that some line would otherwise exceed (decremental state space relaxation, Righini &
/// Salani 2008).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WatchedLimits {
    counters: CounterValues,
    guards: CounterValues,
}

impl WatchedLimits {
    /// Watches others too.
    pub(crate) fn add(&mut self, more: Self) {
        self.counters = self.counters.either(more.counters);
        self.guards = self.guards.either(more.guards);
    }

    /// Whether counts exceed one of them.
    pub(crate) fn exceeded(&self, counts: CounterValues) -> bool {
        counts.both(self.guards).any()
    }

    /// Whether no count of the first exceeds that of the second, both within these limits.
    pub(crate) fn no_more(&self, first: CounterValues, second: CounterValues) -> bool {
        let (first, second) = (first.both(self.counters), second.both(self.counters).either(self.guards));
        (second - first).both(self.guards) == self.guards
    }
}

/// The limits on what is counted.
#[derive(Clone, Debug)]
pub(crate) struct Counters {
    /// Minutes of one unit.
    unit: i32,
    /// Per settlement period its dates, and least and most units.
    pub(crate) periods: Vec<PeriodUnits>,
    /// Values at the start: as many short of its guard as the limit allows.
    pub(crate) start: CounterValues,
    /// What a limit counts.
    limited: Vec<Counter>,
    /// One more weekend, if there is a limit that can bind.
    pub(crate) weekend: Option<CounterValues>,
    /// One more shift of each kind; none for a kind whose limit cannot be reached.
    kinds: Vec<CounterValues>,
    /// Most dates of work in a row, and fewest off between two runs.
    rhythm: (usize, usize),
    /// Paid units of the longest shift.
    pub(crate) longest: i32,
}

/// The room of one count.
#[derive(Clone, Copy, Debug)]
struct Counter {
    /// Its bits, guard included.
    bits: CounterValues,
    guard: CounterValues,
    /// The limit.
    most: u32,
}

/// A settlement period in units of the counters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PeriodUnits {
    pub(crate) days: Range<usize>,
    pub(crate) least: i32,
    pub(crate) most: i32,
}

impl PeriodUnits {
    /// Whether a period may hold so many units.
    pub(crate) fn holds(&self, units: i32) -> bool {
        (self.least..=self.most).contains(&units)
    }
}

impl Counters {
    /// The limits of an agent; nothing if none can bind. A weekend ends with a date of `sundays`.
    pub(crate) fn new(
        agent: &Agent,
        rules: &LabourRules,
        classes: &[Vec<ShiftClass>],
        sundays: &[bool],
    ) -> Option<Self> {
        let days = classes.len();
        let paid = classes.iter().flatten().map(|class| Minutes::new(i64::from(class.paid)));
        let unit = i32::try_from(paid.fold(Minutes::ZERO, Minutes::common_measure).get()).unwrap_or(1).max(1);
        let longest = classes.iter().flatten().map(|class| class.paid / unit).max().unwrap_or(1).max(1);
        let mut counters = CounterLayout::default();
        let weekends = weekends(classes, sundays);
        let weekend = rules.rhythm.max_weekends.and_then(|most| counters.add(most, weekends));
        let of_kind =
            |kind: usize| classes.iter().filter(move |of| of.iter().any(|class| class.kinds >> kind & 1 == 1)).count();
        let caps = rules.rhythm.start_caps.iter().enumerate();
        let kinds: Vec<CounterValues> =
            caps.map(|(kind, cap)| counters.add(cap.most, of_kind(kind)).unwrap_or_default()).collect();
        let periods = periods(agent, unit, days);
        let rhythm = (rules.max_consecutive_days.max(1) as usize, rules.rhythm.min_days_off.max(1) as usize);
        let binds = !periods.is_empty() || !counters.added.is_empty();
        binds.then_some(Self {
            unit,
            periods,
            start: counters.start,
            limited: counters.added,
            weekend,
            kinds,
            rhythm,
            longest,
        })
    }

    /// Paid units of a shift.
    pub(crate) fn units(&self, class: &ShiftClass) -> i32 {
        class.paid / self.unit
    }

    /// What a shift adds to the counts, weekends aside.
    pub(crate) fn adds(&self, class: &ShiftClass) -> CounterValues {
        let of = self.kinds.iter().enumerate().filter(|(kind, _)| class.kinds >> kind & 1 == 1);
        of.map(|(_, one)| *one).sum()
    }

    /// Adds the limits that counts exceed to those watched; tells whether there were any.
    pub(crate) fn watch(&self, counts: CounterValues, watched: &mut WatchedLimits) -> bool {
        let before = watched.guards;
        watched.add(self.limits(|counter| counts.both(self.limited[counter].guard).any()));
        watched.guards != before
    }

    /// All limits, watched.
    pub(crate) fn all(&self) -> WatchedLimits {
        self.limits(|_| true)
    }

    /// Some of the limits, watched.
    pub(crate) fn limits(&self, is_watched: impl Fn(usize) -> bool) -> WatchedLimits {
        let mut watched = WatchedLimits::default();
        for (_, counter) in self.limited.iter().enumerate().filter(|(at, _)| is_watched(*at)) {
            watched.add(WatchedLimits { counters: counter.bits, guards: counter.guard });
        }
        watched
    }

    /// How many limits there are.
    pub(crate) fn counters(&self) -> usize {
        self.limited.len()
    }

    /// A limit.
    pub(crate) fn most(&self, counter: usize) -> u32 {
        self.limited[counter].most
    }

    /// The limits that something added to the counts, at most one each, counts against.
    pub(crate) fn counters_of(&self, added: CounterValues) -> impl Iterator<Item = usize> + '_ {
        (0..self.limited.len()).filter(move |&counter| added.both(self.limited[counter].bits).any())
    }

    /// The settlement period of a date.
    pub(crate) fn period(&self, day: usize) -> Option<&PeriodUnits> {
        self.period_at(day).map(|at| &self.periods[at])
    }

    /// Which settlement period a date belongs to.
    pub(crate) fn period_at(&self, day: usize) -> Option<usize> {
        self.periods.iter().position(|period| period.days.contains(&day))
    }

    /// Whether a settlement period ends with a date.
    pub(crate) fn ends_period(&self, day: usize) -> bool {
        self.periods.iter().any(|period| period.days.end == day + 1)
    }

    /// Dates of work that so many in a row can hold at most.
    pub(crate) fn most_days(&self, dates: usize) -> usize {
        let (on, off) = self.rhythm;
        dates / (on + off) * on + (dates % (on + off)).min(on)
    }
}

/// Counters side by side.
#[derive(Debug, Default)]
struct CounterLayout {
    start: CounterValues,
    added: Vec<Counter>,
    /// Bits used of the first word and of the second.
    used: [u32; 2],
}

impl CounterLayout {
    /// One in the counter of a new count that may reach `most` and could reach `possible`; nothing where the limit cannot bind.
    /// A counter is wide enough for all that is possible, so that it never runs over into the next.
    fn add(&mut self, most: u32, possible: usize) -> Option<CounterValues> {
        let possible = u32::try_from(possible).unwrap_or(u32::MAX >> 1);
        if most >= possible {
            return None;
        }
        let bits = 32 - possible.leading_zeros();
        let word = self.used.iter().position(|used| used + bits < u128::BITS)?;
        let one = 1_u128 << self.used[word];
        let guard = one << bits;
        self.used[word] += bits + 1;
        let at = |value: u128| {
            let mut counts = CounterValues::default();
            counts.0[word] = value;
            counts
        };
        self.start = self.start + at(guard - one - u128::from(most) * one);
        self.added.push(Counter { bits: at(2 * guard - one), guard: at(guard), most });
        Some(at(one))
    }
}

/// Weekends that some shift touches.
fn weekends(classes: &[Vec<ShiftClass>], sundays: &[bool]) -> usize {
    let (mut all, mut counted) = (0, false);
    for (of_day, is_sunday) in classes.iter().zip(sundays) {
        if !counted && of_day.iter().any(|class| class.weekend) {
            (all, counted) = (all + 1, true);
        }
        counted &= !is_sunday;
    }
    all
}

fn periods(agent: &Agent, unit: i32, days: usize) -> Vec<PeriodUnits> {
    let mut first = 0;
    let of = |settled: &SettlementPeriod| {
        let last = (first + 7 * settled.weeks as usize).min(days);
        let minutes = |length: i64| i32::try_from(length.clamp(0, i64::from(i32::MAX >> 2))).unwrap_or(0);
        let (least, most) = (minutes(settled.minutes.min.get()), minutes(settled.minutes.max.get()));
        let days = std::mem::replace(&mut first, last)..last;
        PeriodUnits { days, least: (least + unit - 1) / unit, most: most / unit }
    };
    agent.settlement.iter().map(of).filter(|period| !period.days.is_empty()).collect()
}
