//! The levels that a region's days have stood on.
//!
//! The logarithms of what the calendar leaves of each open day are cut into stretches of equal mean
//! ([`super::stretches`]), weekdays that changed their place in the week aside ([`super::weekday_levels`]). Stretches may be as
//! short as two days, the last one as short as one; a single strange day between ordinary ones is none. Whether the last one is here
//! to stay is told by [`super::departure`].
//!
//! Every day is brought to today's level before anything is learned from it: days before a step tell of weekdays and hours
//! as those after it do, and no average needs weeks to forget them. Days of a burst that ended tell of nothing.

use std::ops::Range;

use super::departure::{Departure, SaidLevel, is_burst, ratio};
use super::stretches::{Cutting, LogResidual, Stretch, noise, stretches, without_single_days};
use super::weekday_levels::WeekdayLevels;

/// Least step of the logarithm between stretches; smaller ones are left to the state of recent days.
const LEAST_STEP: f64 = 0.1;
/// Fewest days with anything known before levels are told apart.
const FEWEST: usize = 21;

/// The levels of history.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Levels {
    stretches: Vec<Stretch>,
    departure: Option<Departure>,
    /// Position among the stretches of the one that stands for today.
    reference: usize,
    weekdays: WeekdayLevels,
    /// Days of bursts that the planner names.
    ended: Vec<Range<usize>>,
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
        let (mut residuals, single_days) = without_single_days(&of_all, noise);
        let over = |of: &&SaidLevel| of.until.is_some_and(|until| until < days);
        let ended: Vec<Range<usize>> = said.iter().filter(over).map(|of| of.from..of.until.unwrap_or(days)).collect();
        // What is over tells of no level, and the days after it are on the one before.
        let lasts = |of: &LogResidual| !ended.iter().any(|days| days.contains(&of.day));
        if residuals.iter().filter(|of| lasts(of)).count() >= FEWEST {
            residuals.retain(lasts);
        }
        let stretches = between_said(&residuals, noise, said.iter().filter(|of| !over(of)));
        let departure = Departure::of(&stretches, single_days, days, said);
        let reference = departure.map_or(stretches.len() - 1, |departure| departure.base);
        Self { stretches, departure, reference, weekdays, ended }
    }

    /// The last level, while it may still end and nobody has said whether it does.
    pub(crate) fn open(&self) -> Option<&Departure> {
        self.departure.as_ref().filter(|departure| departure.is_believed())
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
        ratio(step) * self.weekdays.factor(day)
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

    /// Whether a day belongs to a level that the planner says is over.
    pub(crate) fn is_said_over(&self, day: usize) -> bool {
        self.ended.iter().any(|days| days.contains(&day))
    }

    /// Whether a day belongs to a burst that ended.
    pub(crate) fn is_in_burst(&self, day: usize) -> bool {
        self.is_said_over(day) || (!self.stretches.is_empty() && is_burst(&self.stretches, self.of(day)))
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
            (after.from, ratio(after.level - before.level))
        };
        long.windows(2).map(step).filter(|(_, factor)| factor.ln().abs() >= LEAST_STEP).collect()
    }

    /// Whether there is more than one.
    pub(crate) fn is_one(&self) -> bool {
        self.stretches.len() < 2 && self.weekdays.is_steady()
    }

    /// What to expect of a level so many days ahead, over the one that stands for today, and the standard deviation of that.
    pub(crate) fn ahead(&self, days_ahead: u32) -> (f64, f64) {
        self.departure.map_or((1.0, 0.0), |departure| departure.ahead(days_ahead))
    }
}

/// Stretches, cut anew wherever the planner says that a level begins or ends.
fn between_said<'a>(residuals: &[LogResidual], noise: f64, said: impl Iterator<Item = &'a SaidLevel>) -> Vec<Stretch> {
    let cutting = Cutting { shortest_last: 1, least_step: LEAST_STEP };
    let mut cuts: Vec<usize> = said.flat_map(|of| [Some(of.from), of.until]).flatten().collect();
    cuts.sort_unstable();
    cuts.dedup();
    let position = |day: &usize| residuals.partition_point(|of| of.day < *day);
    let ends: Vec<usize> =
        std::iter::once(0).chain(cuts.iter().map(position)).chain(std::iter::once(residuals.len())).collect();
    let parts = ends.windows(2).filter(|ends| ends[0] < ends[1]);
    parts.flat_map(|ends| stretches(&residuals[ends[0]..ends[1]], noise, cutting)).collect()
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
        // A day that is said to be over leaves the two after it on the level before, whatever they wobble.
        let one_off = days(103, |day| match day {
            100 => 0.6,
            101.. => -0.04,
            _ => 0.0,
        });
        let levels = Levels::find(&one_off, 103, &[SaidLevel { from: 100, until: Some(101) }]);
        assert!(levels.is_one() && (levels.factor(20) - 1.0).abs() < 1e-9 && levels.is_in_burst(100), "{levels:?}");
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
