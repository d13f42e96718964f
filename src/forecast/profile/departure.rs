//! A level of a few days: a burst that ends, or a step that stays.
//!
//! How long bursts last is taken as geometric ([`ENDS_AT_ONCE`], [`ENDS`]); the belief in a step starts from what the queue's own
//! departures turned out to be, leaning on [`STEPS_USUAL`]. Bayes' rule gives the belief after `k` days, and with it the chance that the
//! level still stands `h` days ahead; until that is known, the forecast lies between both levels and its band is wider. For the first
//! three days the band alone knows of it, as most bursts end by then. A planner who knows says so.

use super::stretches::{LEAST_DEPARTURE, Stretch};

/// Fewest days of a level that another one is a departure from.
const ESTABLISHED: usize = 12;
/// Farthest that levels lie apart, on the log scale: the less there is of a level, the less its ratio says.
pub(super) const FARTHEST: f64 = 3.0;
/// Days from which the mean of the forecast follows a departure; until then its band alone knows of it.
const FOLLOWED_FROM: usize = 4;
/// Days after which a departure that has not ended is a step.
const STAYS_FROM: usize = 21;
/// Chance that a burst ends after its first day, and how many bursts' worth that belief is.
const ENDS_AT_ONCE: (f64, f64) = (0.5, 4.0);
/// Days of a short burst; until then it ends after each day with one chance, and after them with another.
const SHORT_BURST: usize = 3;
const ENDS: (f64, f64) = (0.4, 0.25);
/// Share of departures that are steps, and how many departures' worth that belief is.
const STEPS_USUAL: (f64, f64) = (0.15, 6.0);

/// A level of a few days that may end or stay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Departure {
    /// Its level over the one before.
    pub(crate) factor: f64,
    /// Position of its first day.
    pub(crate) from: usize,
    /// Position among the stretches of the level that it left.
    pub(super) base: usize,
    /// Days with anything known that it has lasted.
    pub(crate) days: usize,
    /// Belief that it stays.
    pub(crate) stays: f64,
    /// How it may end.
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    /// As bursts do, of which so many have a second day.
    Believed { second_day: f64 },
    /// As was said: so many days after the last known one, or never.
    Said { days_ahead: Option<u32> },
}

/// What the planner says of a level: positions of its first day, and of the first day after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SaidLevel {
    /// First day.
    pub(crate) from: usize,
    /// First day on the old level again; none: it stays.
    pub(crate) until: Option<usize>,
}

impl Departure {
    /// The last level of some stretches, while it may end, by belief or as the planner says; `single_days` is how many strange days of their
    /// own there were.
    pub(super) fn of(stretches: &[Stretch], single_days: f64, days: usize, said: &[SaidLevel]) -> Option<Self> {
        // What was said settles a level, but not what came after it.
        let (found, told) = (found(stretches, single_days), told(stretches, days, said));
        let later = found.filter(|found| told.is_none_or(|told| stretches[found.base].from >= told.from));
        later.or(told).filter(Self::is_open)
    }

    /// Whether nobody has said if it ends.
    pub(super) const fn is_believed(&self) -> bool {
        matches!(self.end, End::Believed { .. })
    }

    /// What to expect so many days ahead, over the level that it left, and the standard deviation of that.
    pub(super) fn ahead(&self, days_ahead: u32) -> (f64, f64) {
        let on = self.still_on(days_ahead);
        let spread = (on * (1.0 - on)).sqrt() * (self.factor - 1.0).abs();
        let is_followed = self.days >= FOLLOWED_FROM || !self.is_believed();
        (if is_followed { on * self.factor + 1.0 - on } else { 1.0 }, spread)
    }

    /// Whether it may end, by belief or as was said; if not, it is the level to stand on.
    const fn is_open(&self) -> bool {
        !matches!(self.end, End::Said { days_ahead: None })
    }

    /// The chance that it still stands so many days after the last known one.
    pub(crate) fn still_on(&self, days_ahead: u32) -> f64 {
        match self.end {
            End::Said { days_ahead: end } => f64::from(u8::from(end.is_none_or(|end| days_ahead < end))),
            End::Believed { second_day } => {
                let (known, more) = (self.days.max(1), days_ahead as usize);
                self.stays + (1.0 - self.stays) * lasts(known + more, second_day) / lasts(known, second_day)
            }
        }
    }
}

/// The chance that a burst lasts so many days at least.
fn lasts(days: usize, second_day: f64) -> f64 {
    let ends = |day: usize| if day <= SHORT_BURST { ENDS.0 } else { ENDS.1 };
    (1..days).map(|day| if day == 1 { second_day } else { 1.0 - ends(day) }).product()
}

/// The level on which the planner says that the last day stands.
fn told(stretches: &[Stretch], days: usize, said: &[SaidLevel]) -> Option<Departure> {
    let of = said.iter().rfind(|of| of.from < days && of.until.is_none_or(|until| until >= days))?;
    let at = before(stretches, of.from)?;
    let (last, base) = (stretches.last()?, &stretches[at]);
    let known = stretches.iter().filter(|stretch| stretch.from >= of.from).map(|stretch| stretch.days).sum();
    let days_ahead = of.until.map(|until| u32::try_from(until - (days - 1)).unwrap_or(u32::MAX));
    let factor = ratio(last.level - base.level);
    let stays = if of.until.is_none() { 1.0 } else { 0.0 };
    Some(Departure { factor, from: of.from, base: at, days: known, stays, end: End::Said { days_ahead } })
}

/// The last stretch before a day that is long enough to be what the queue stood on.
fn before(stretches: &[Stretch], day: usize) -> Option<usize> {
    let earlier = stretches.partition_point(|of| of.from < day);
    (0..earlier).rev().find(|at| stretches[*at].days >= ESTABLISHED).or_else(|| earlier.checked_sub(1))
}

/// The last level where it lies off the last one that was long enough to stand on, and has not stayed long enough itself.
fn found(stretches: &[Stretch], single_days: f64) -> Option<Departure> {
    let last = stretches.last()?;
    let at = (0..stretches.len() - 1).rev().find(|at| stretches[*at].days >= ESTABLISHED)?;
    let step = last.level - stretches[at].level;
    let like_last = |of: &&Stretch| (of.level - last.level).abs() < 0.5 * step.abs();
    let tail: Vec<&Stretch> = stretches.iter().rev().take_while(like_last).collect();
    let (from, days) = (tail.last()?.from, tail.iter().map(|of| of.days).sum::<usize>());
    if step.abs() < LEAST_DEPARTURE || days >= STAYS_FROM {
        return None;
    }
    let (steps, bursts) = ended(stretches);
    let usual = (STEPS_USUAL.0 * STEPS_USUAL.1 + steps) / (STEPS_USUAL.1 + steps + bursts + single_days);
    let (belief, worth) = ENDS_AT_ONCE;
    let second_day = 1.0 - (belief * worth + single_days) / (worth + single_days + steps + bursts);
    let of_burst = (1.0 - usual) * lasts(days, second_day);
    let stays = usual / (usual + of_burst);
    let factor = ratio(step);
    Some(Departure { factor, from, base: at, days, stays, end: End::Believed { second_day } })
}

/// What a step of the logarithm is as a ratio.
pub(super) fn ratio(step: f64) -> f64 {
    step.clamp(-FARTHEST, FARTHEST).exp()
}

/// Whether a stretch left the level before it and the level came back.
pub(super) fn is_burst(stretches: &[Stretch], at: usize) -> bool {
    let of = &stretches[at];
    let before = stretches[..at].iter().rev().find(|other| other.days >= ESTABLISHED);
    let after = stretches[at + 1..].iter().find(|other| other.days >= ESTABLISHED || other.from == last_of(stretches));
    let (Some(before), Some(after)) = (before, after) else { return false };
    let step = of.level - before.level;
    of.days < STAYS_FROM && step.abs() >= LEAST_DEPARTURE && (after.level - before.level).abs() < 0.5 * step.abs()
}

/// The first day of the last stretch.
fn last_of(stretches: &[Stretch]) -> usize {
    stretches.last().map_or(0, |last| last.from)
}

/// How many past departures stayed, and how many ended.
fn ended(stretches: &[Stretch]) -> (f64, f64) {
    let bursts = (0..stretches.len()).filter(|at| is_burst(stretches, *at)).count();
    let long: Vec<&Stretch> = stretches.iter().filter(|of| of.days >= STAYS_FROM).collect();
    let steps = long.windows(2).filter(|pair| (pair[1].level - pair[0].level).abs() >= LEAST_DEPARTURE).count();
    (steps as f64, bursts as f64)
}
