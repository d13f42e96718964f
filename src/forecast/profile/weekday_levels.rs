//! Weekdays whose place in the week changed: Mondays that became as busy as Fridays, Saturdays of half the contacts.
//!
//! Each weekday's residuals, less the median of the week around each, are cut into stretches as all days' are
//! ([`super::stretches`]). The last stretch of a weekday must have been seen three times, for holidays often lie a week apart. Days before it are brought to it, so that
//! every method knows the new week at once and keeps what it knows of the hours.

use super::robust_days::median;
use super::stretches::{Cutting, FAR, LogResidual, Stretch, stretches, without_single_days};

/// Weeks from which a weekday is looked at.
const FEWEST: usize = 8;
/// Least step of the logarithm of a weekday.
const LEAST_STEP: f64 = 0.14;
/// Times that a weekday must have been seen on its new level.
const SEEN: usize = 3;

/// What each further time leaves of the doubt in a weekday's new level.
const DOUBT: f64 = 0.5;

/// The levels of weekdays, by weekday of the first day.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WeekdayLevels {
    /// By position of the day modulo 7.
    of: [Vec<Stretch>; 7],
}

impl WeekdayLevels {
    /// Finds them in the residuals of open days.
    pub(crate) fn find(residuals: &[LogResidual], noise: f64) -> Self {
        let residuals = beside_their_weeks(residuals);
        let of = |weekday: usize| {
            let own: Vec<LogResidual> = residuals.iter().filter(|of| of.day % 7 == weekday).copied().collect();
            if own.len() < FEWEST {
                return Vec::new();
            }
            let own = without_strange_last(without_single_days(&own, noise).0, noise);
            let mut found = stretches(&own, noise, Cutting { shortest_last: SEEN, least_step: LEAST_STEP });
            if !is_seen_throughout(&found, &own) {
                found.pop();
            }
            without_strange_weeks(found)
        };
        Self { of: std::array::from_fn(of) }
    }

    /// The logarithm of a day's level over that of its week.
    pub(crate) fn level(&self, day: usize) -> f64 {
        self.stretch(day).map_or(0.0, |of| of.level)
    }

    fn stretch(&self, day: usize) -> Option<&Stretch> {
        let of = &self.of[day % 7];
        of.get(of.partition_point(|stretch| stretch.from <= day).saturating_sub(1))
    }

    /// The level of a day over that of the last day of its weekday.
    pub(crate) fn factor(&self, day: usize) -> f64 {
        let Some(of) = self.stretch(day) else { return 1.0 };
        (of.level - today(&self.of[day % 7])).exp()
    }

    /// Changes that lasted until now: position of the first day, and the new level over the one before.
    pub(crate) fn shifts(&self) -> Vec<(usize, f64)> {
        let of = |of: &Vec<Stretch>| match of.as_slice() {
            [.., before, last] => Some((last.from, (last.level - before.level).exp())),
            _ => None,
        };
        let mut shifts: Vec<(usize, f64)> = self.of.iter().filter_map(of).collect();
        shifts.sort_by_key(|shift| shift.0);
        shifts
    }

    /// Whether no weekday changed.
    pub(crate) fn is_steady(&self) -> bool {
        self.of.iter().all(|of| of.len() < 2)
    }
}

/// What a weekday is expected to stand on: of a new level, the more the oftener it was seen.
fn today(of: &[Stretch]) -> f64 {
    match of {
        [.., before, last] => {
            let belief = 1.0 - DOUBT.powf(last.days as f64 - 1.0);
            before.level + belief * (last.level - before.level)
        }
        [only] => only.level,
        [] => 0.0,
    }
}

/// Whether every day of the last stretch shows the step: holidays in some of the weeks are no change of the week.
fn is_seen_throughout(found: &[Stretch], own: &[LogResidual]) -> bool {
    let [.., before, last] = found else { return true };
    let step = last.level - before.level;
    own.iter().filter(|of| of.day >= last.from).all(|of| (of.value - before.level) / step > 0.5)
}

/// Leaves out stretches of one or two weeks that ended: holidays a week apart are no level. What lies on both sides of one is joined where it is
/// alike.
fn without_strange_weeks(found: Vec<Stretch>) -> Vec<Stretch> {
    let last = found.len().saturating_sub(1);
    let kept = found.into_iter().enumerate().filter(|(at, of)| *at == last || of.days >= SEEN).map(|(_, of)| of);
    let mut joined: Vec<Stretch> = Vec::new();
    for of in kept {
        match joined.last_mut() {
            Some(before) if (of.level - before.level).abs() < LEAST_STEP => {
                let days = before.days + of.days;
                before.level += (of.level - before.level) * of.days as f64 / days as f64;
                before.days = days;
            }
            _ => joined.push(of),
        }
    }
    joined
}

/// Leaves out a last one that is far from those before it: once is no change of the week.
fn without_strange_last(mut own: Vec<LogResidual>, noise: f64) -> Vec<LogResidual> {
    if let [.., one, two, three, last] = own.as_slice() {
        let usual = median(vec![one.value, two.value, three.value]);
        let away = |from: f64| (last.value - from).powi(2) / (noise * noise + last.counting);
        if away(usual) > FAR * FAR && away(three.value) > FAR * FAR {
            own.pop();
        }
    }
    own
}

/// Each residual less the median of the seven days around it.
fn beside_their_weeks(residuals: &[LogResidual]) -> Vec<LogResidual> {
    const WEEK: usize = 7;
    let beside = |at: usize| {
        let from = at.saturating_sub(WEEK / 2).min(residuals.len().saturating_sub(WEEK));
        let around = &residuals[from..(from + WEEK).min(residuals.len())];
        let usual = median(around.iter().map(|of| of.value).collect());
        LogResidual { value: residuals[at].value - usual, ..residuals[at] }
    };
    (0..residuals.len()).map(beside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty weeks of residuals, `level` of week and weekday, give or take 3 %.
    fn found(level: impl Fn(usize, usize) -> f64) -> WeekdayLevels {
        let wobble = |day: usize| ((day * 7919) % 13) as f64 / 13.0 * 0.06 - 0.03;
        let of = |day: usize| LogResidual { day, value: level(day / 7, day % 7) + wobble(day), counting: 1e-4 };
        WeekdayLevels::find(&(0..140).map(of).collect::<Vec<_>>(), 0.03)
    }

    #[test]
    fn mondays_that_changed_three_weeks_ago_are_found_and_the_others_are_left() {
        let levels = found(|week, weekday| if weekday == 0 && week >= 17 { 0.5 } else { 0.0 });
        let [(day, factor)] = levels.shifts()[..] else { panic!("{levels:?}") };
        assert!(day == 17 * 7 && (factor - 0.5f64.exp()).abs() < 0.08, "{levels:?}");
        // Seen three times, it is believed to three quarters.
        assert!((levels.factor(0) - (-0.375f64).exp()).abs() < 0.05 && (levels.factor(1) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn two_holidays_a_week_apart_are_no_change_of_the_week() {
        assert!(found(|week, weekday| if weekday == 2 && week >= 18 { -1.0 } else { 0.0 }).is_steady());
        assert!(found(|week, weekday| if weekday == 2 && (week == 16 || week >= 18) { -1.0 } else { 0.0 }).is_steady());
        assert!(found(|week, weekday| if weekday == 2 && (9..11).contains(&week) { -1.0 } else { 0.0 }).is_steady());
    }

    #[test]
    fn a_level_of_all_days_is_none_of_a_weekday() {
        assert!(found(|week, _| if week >= 10 { 0.6 } else { 0.0 }).is_steady());
    }
}
