//! The levels that a region's days have stood on, and whether the last one is here to stay.
//!
//! The logarithms of what the calendar leaves of each open day are cut into stretches of equal mean
//! ([`super::stretches`]), weekdays that changed their place in the week aside ([`super::weekday_levels`]). Stretches may be as
//! short as two days, the last one as short as one; a single strange day between ordinary ones is none.
//!
//! Every day is brought to today's level before anything is learned from it: days before a step tell of weekdays and hours
//! as those after it do, and no average needs weeks to forget them. Days of a burst that ended tell of nothing.
//!
//! A last stretch of a few days may be a burst or a step. How long bursts last is taken as geometric
//! ([`ENDS_AT_ONCE`], [`ENDS`]); the belief in a step starts from what the queue's own departures turned out to be, leaning on
//! [`STEPS_USUAL`]. Bayes' rule gives the belief after `k` days, and with it the chance that the level still stands `h` days
//! ahead; until that is known, the forecast lies between both levels and its band is wider. For the first three days the band
//! alone knows of it, as most bursts end by then. A planner who knows says so.

use super::stretches::{Cutting, LEAST_DEPARTURE, LogResidual, Stretch, noise, stretches, without_single_days};
use super::weekday_levels::WeekdayLevels;

/// Least step of the logarithm between stretches; smaller ones are left to the state of recent days.
const LEAST_STEP: f64 = 0.1;
/// Fewest days with anything known before levels are told apart.
const FEWEST: usize = 21;
/// Fewest days of a level that another one is a departure from.
const ESTABLISHED: usize = 12;
/// Farthest that levels lie apart, on the log scale: the less there is of a level, the less its ratio says.
const FARTHEST: f64 = 3.0;
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
    base: usize,
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

/// The levels of history.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Levels {
    stretches: Vec<Stretch>,
    departure: Option<Departure>,
    /// Position among the stretches of the one that stands for today.
    reference: usize,
    weekdays: WeekdayLevels,
    /// Days of bursts that the planner names.
    ended: Vec<std::ops::Range<usize>>,
}

impl Levels {
    /// Finds the levels in the residuals of open days, in order; `days` is how many days there are, and `said` what the planner
    /// knows of them.
    pub(crate) fn find(residuals: &[LogResidual], days: usize, said: &[SaidLevel]) -> Self {
        if residuals.len() < FEWEST {
            return Self::default();
        }
        let weekdays = WeekdayLevels::find(residuals, noise(residuals));
        let of_all: Vec<LogResidual> =
            residuals.iter().map(|of| LogResidual { value: of.value - weekdays.level(of.day), ..*of }).collect();
        let noise = noise(&of_all);
        let (residuals, single_days) = without_single_days(&of_all, noise);
        let stretches = between_said(&residuals, noise, said);
        let over = |of: &&SaidLevel| of.until.is_some_and(|until| until < days);
        let ended = said.iter().filter(over).map(|of| of.from..of.until.unwrap_or(days)).collect();
        // What was said settles a level, but not what came after it.
        let found = departure(&stretches, single_days);
        let told = said_departure(&stretches, days, said);
        let later = found.filter(|found| told.is_none_or(|told| stretches[found.base].from >= told.from));
        let departure = later.or(told).filter(Departure::is_open);
        let reference = departure.map_or(stretches.len() - 1, |departure| departure.base);
        Self { stretches, departure, reference, weekdays, ended }
    }

    /// The last level, while it may still end and nobody has said whether it does.
    pub(crate) fn open(&self) -> Option<&Departure> {
        self.departure.as_ref().filter(|departure| matches!(departure.end, End::Believed { .. }))
    }

    /// The last level, while it may still end.
    #[cfg(test)]
    const fn departure(&self) -> Option<&Departure> {
        self.departure.as_ref()
    }

    fn of(&self, day: usize) -> usize {
        self.stretches.partition_point(|stretch| stretch.from <= day).saturating_sub(1)
    }

    /// The level of a day over the one that stands for today.
    pub(crate) fn factor(&self, day: usize) -> f64 {
        let Some(today) = self.stretches.get(self.reference) else { return 1.0 };
        let step = self.stretches[self.of(day)].level - today.level;
        step.clamp(-FARTHEST, FARTHEST).exp() * self.weekdays.factor(day)
    }

    /// How far a day tells of ordinary ones: not where its level ended, and as far as it is believed to stay.
    pub(crate) fn trust(&self, day: usize) -> f64 {
        if self.stretches.is_empty() {
            return 1.0;
        }
        match &self.departure {
            Some(departure) if day >= departure.from => departure.stays,
            _ if self.is_in_burst(day) => 0.0,
            _ => 1.0,
        }
    }

    /// Whether a day belongs to a burst that ended.
    pub(crate) fn is_in_burst(&self, day: usize) -> bool {
        let said = self.ended.iter().any(|days| days.contains(&day));
        said || (!self.stretches.is_empty() && is_burst(&self.stretches, self.of(day)))
    }

    /// Weekdays that changed their place in the week.
    pub(crate) const fn weekdays(&self) -> &WeekdayLevels {
        &self.weekdays
    }

    /// Steps that stayed: position of the first day, and the new level over the one before.
    pub(crate) fn steps(&self) -> Vec<(usize, f64)> {
        let until = self.departure.map_or(usize::MAX, |departure| departure.from);
        let stays = |at: &usize| self.stretches[*at].from < until && !self.is_in_burst(self.stretches[*at].from);
        let long: Vec<usize> = (0..self.stretches.len()).filter(stays).collect();
        let step = |pair: &[usize]| {
            let (before, after) = (&self.stretches[pair[0]], &self.stretches[pair[1]]);
            (after.from, (after.level - before.level).clamp(-FARTHEST, FARTHEST).exp())
        };
        long.windows(2).map(step).filter(|(_, factor)| factor.ln().abs() >= LEAST_STEP).collect()
    }

    /// Whether there is more than one.
    pub(crate) fn is_one(&self) -> bool {
        self.stretches.len() < 2 && self.weekdays.is_steady()
    }

    /// What to expect of a level so many days ahead, over the one that stands for today, and the standard deviation of that.
    pub(crate) fn ahead(&self, days_ahead: u32) -> (f64, f64) {
        let Some(departure) = &self.departure else { return (1.0, 0.0) };
        let on = departure.still_on(days_ahead);
        let spread = (on * (1.0 - on)).sqrt() * (departure.factor - 1.0).abs();
        let is_followed = departure.days >= FOLLOWED_FROM || !matches!(departure.end, End::Believed { .. });
        (if is_followed { on * departure.factor + 1.0 - on } else { 1.0 }, spread)
    }
}

/// The chance that a burst lasts so many days at least.
fn lasts(days: usize, second_day: f64) -> f64 {
    let ends = |day: usize| if day <= SHORT_BURST { ENDS.0 } else { ENDS.1 };
    (1..days).map(|day| if day == 1 { second_day } else { 1.0 - ends(day) }).product()
}

/// Stretches, cut anew wherever the planner says that a level begins or ends.
fn between_said(residuals: &[LogResidual], noise: f64, said: &[SaidLevel]) -> Vec<Stretch> {
    let cutting = Cutting { shortest_last: 1, least_step: LEAST_STEP };
    let mut cuts: Vec<usize> = said.iter().flat_map(|of| [Some(of.from), of.until]).flatten().collect();
    cuts.sort_unstable();
    cuts.dedup();
    let position = |day: &usize| residuals.partition_point(|of| of.day < *day);
    let ends: Vec<usize> =
        std::iter::once(0).chain(cuts.iter().map(position)).chain(std::iter::once(residuals.len())).collect();
    let parts = ends.windows(2).filter(|ends| ends[0] < ends[1]);
    parts.flat_map(|ends| stretches(&residuals[ends[0]..ends[1]], noise, cutting)).collect()
}

/// The level on which the planner says that the last day stands.
fn said_departure(stretches: &[Stretch], days: usize, said: &[SaidLevel]) -> Option<Departure> {
    let of = said.iter().rfind(|of| of.from < days && of.until.is_none_or(|until| until >= days))?;
    let at = before(stretches, of.from)?;
    let (last, base) = (stretches.last()?, &stretches[at]);
    let known = stretches.iter().filter(|stretch| stretch.from >= of.from).map(|stretch| stretch.days).sum();
    let days_ahead = of.until.map(|until| u32::try_from(until - (days - 1)).unwrap_or(u32::MAX));
    let factor = (last.level - base.level).clamp(-FARTHEST, FARTHEST).exp();
    let stays = if of.until.is_none() { 1.0 } else { 0.0 };
    Some(Departure { factor, from: of.from, base: at, days: known, stays, end: End::Said { days_ahead } })
}

/// The last stretch before a day that is long enough to be what the queue stood on.
fn before(stretches: &[Stretch], day: usize) -> Option<usize> {
    let earlier = stretches.partition_point(|of| of.from < day);
    (0..earlier).rev().find(|at| stretches[*at].days >= ESTABLISHED).or_else(|| earlier.checked_sub(1))
}

/// The last level where it lies off the last one that was long enough to stand on, and has not stayed long enough itself.
fn departure(stretches: &[Stretch], single_days: f64) -> Option<Departure> {
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
    let factor = step.clamp(-FARTHEST, FARTHEST).exp();
    Some(Departure { factor, from, base: at, days, stays, end: End::Believed { second_day } })
}

/// Whether a stretch left the level before it and the level came back.
fn is_burst(stretches: &[Stretch], at: usize) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Residuals of 100 days around `level`, give or take 5 %.
    fn days(count: usize, level: impl Fn(usize) -> f64) -> Vec<LogResidual> {
        let wobble = |day: usize| ((day * 7919) % 13) as f64 / 13.0 * 0.1 - 0.05;
        (0..count).map(|day| LogResidual { day, value: level(day) + wobble(day), counting: 1e-4 }).collect()
    }

    fn find(count: usize, level: impl Fn(usize) -> f64) -> Levels {
        Levels::find(&days(count, level), count, &[])
    }

    #[test]
    fn a_level_that_stays_is_one() {
        let levels = find(100, |_| 0.3);
        assert!(levels.is_one() && levels.steps().is_empty() && levels.departure().is_none());
        assert!((levels.factor(3) - 1.0).abs() < 1e-12 && levels.ahead(3) == (1.0, 0.0));
    }

    #[test]
    fn a_step_is_found_on_its_day_and_days_before_it_are_brought_to_it() {
        let levels = find(100, |day| if day < 60 { 0.0 } else { 0.4 });
        let [(day, factor)] = levels.steps()[..] else { panic!("{levels:?}") };
        assert!(day == 60 && (factor - 0.4f64.exp()).abs() < 0.05, "{levels:?}");
        assert!((levels.factor(10) - (-0.4f64).exp()).abs() < 0.03 && (levels.factor(80) - 1.0).abs() < 1e-12);
        assert!(levels.departure().is_none() && (levels.trust(10) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_burst_that_ended_tells_nothing_and_leaves_the_level_alone() {
        let levels = find(100, |day| if (60..65).contains(&day) { 0.6 } else { 0.0 });
        assert!(levels.is_in_burst(62) && !levels.is_in_burst(66) && levels.steps().is_empty(), "{levels:?}");
        assert!(levels.trust(62) < 1e-12 && levels.ahead(1) == (1.0, 0.0));
        assert!((levels.factor(80) / levels.factor(10) - 1.0).abs() < 0.03);
    }

    #[test]
    fn a_new_level_is_believed_the_more_the_longer_it_lasts() {
        let after = |known: usize| find(60 + known, |day| if day < 60 { 0.0 } else { 0.5 });
        let believed = |known: usize| after(known).departure().map_or(1.0, |departure| departure.stays);
        assert!(believed(2) < 0.4 && believed(5) > believed(2) && believed(12) > 0.8 && believed(21) > 0.99);
        // For three days the band alone knows of it.
        assert!((after(3).ahead(1).0 - 1.0).abs() < 1e-12 && after(3).ahead(1).1 > 0.2);
        // Then it probably still stands tomorrow, in a month as likely as it stays, and the band spans both.
        let levels = after(5);
        let ((tomorrow, _), (later, spread)) = (levels.ahead(1), levels.ahead(30));
        let stays = believed(5);
        assert!(tomorrow > later && (later - (1.0 + stays * (0.5f64.exp() - 1.0))).abs() < 0.05, "{later}");
        assert!((spread - 0.65 * (stays * (1.0 - stays)).sqrt()).abs() < 0.05, "{spread}");
    }

    #[test]
    fn queues_whose_departures_ended_believe_less_in_the_next_one() {
        let bursts = |day: usize| day % 30 >= 25 && day < 150;
        let often = find(203, |day| if bursts(day) || day >= 200 { 0.5 } else { 0.0 });
        let never = find(203, |day| if day >= 200 { 0.5 } else { 0.0 });
        let stays = |levels: &Levels| levels.departure().expect("a departure").stays;
        assert!(stays(&often) < stays(&never), "{} {}", stays(&often), stays(&never));
    }

    #[test]
    fn what_the_planner_says_settles_it() {
        let residuals = days(63, |day| if day < 60 { 0.0 } else { 0.5 });
        let said = |until: Option<usize>| Levels::find(&residuals, 63, &[SaidLevel { from: 60, until }]);
        assert!(said(None).departure().is_none() && (said(None).factor(62) - 1.0).abs() < 0.05);
        assert!((said(None).factor(10) - (-0.5f64).exp()).abs() < 0.03);
        // Back on the third day ahead.
        let ending = said(Some(65));
        assert!((ending.ahead(2).0 - 0.5f64.exp()).abs() < 0.05 && (ending.ahead(3).0 - 1.0).abs() < 1e-12);
        assert!(ending.ahead(2).1 < 1e-12);
        // Over already: the days are a burst.
        assert!(said(Some(63)).ahead(1).0 - 1.0 < 1e-12);
    }

    #[test]
    fn what_was_said_of_a_step_does_not_hide_a_later_departure() {
        let residuals = days(105, |day| {
            if day < 40 {
                0.0
            } else if day < 100 {
                0.4
            } else {
                1.0
            }
        });
        let levels = Levels::find(&residuals, 105, &[SaidLevel { from: 40, until: None }]);
        let open = levels.departure().expect("a departure");
        assert!(open.from == 100 && (open.factor - 0.6f64.exp()).abs() < 0.08, "{levels:?}");
    }

    #[test]
    fn a_strange_day_is_no_level() {
        assert!(find(100, |day| if day == 60 { 0.9 } else { 0.0 }).is_one());
    }
}
