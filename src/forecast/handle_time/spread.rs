//! How far the mean handle time of a day may lie off its forecast.
//!
//! The model of handle times is fitted again as of earlier weeks and set against the days that followed: `e` of a day is
//! seconds spent over seconds fitted, less one. Its variance has three parts: the level's error, shared by all days of an
//! origin; the day's own; and that of single handle times, `φ/n` of `n` contacts, which is known from how intervals of one day
//! differ. The parts are told apart by the method of moments for unequal groups (S. R. Searle, G. Casella & C. E. `McCulloch`,
//! Variance Components, 1992, ch. 3) and lean towards what is usual where there is little to learn from.

use crate::domain::explanation::HandleTimeAccuracy;
use crate::domain::forecast::Z90;
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::pool::queue_fit::QueueFit;

use super::aht::{AhtModel, plausible};
use super::ordinary::ordinary;

/// Earlier origins looked at, a week apart, and the history each needs.
const ORIGINS: usize = 8;
const LEAST_DAYS: usize = 21;
/// Days that are forecast from each.
const DAYS: u32 = 7;
/// Days between history and a plan that are looked at, at most.
const FARTHEST_DAY: u32 = 28;
/// What is usual: standard deviations of an origin's level and of a day, and how many origins and days they count for.
const USUAL_WEEK: f64 = 0.03;
const USUAL_DAY: f64 = 0.03;
const BELIEVED_ORIGINS: f64 = 2.0;
const BELIEVED_DAYS: f64 = 7.0;
/// An interval in which events bring more than this share of the contacts says nothing of usual ones.
const OF_EVENTS: f64 = 0.1;

/// Variances of the factors by which handle times lie off their forecast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    /// Of the factor that the days of a week share.
    week: f64,
    /// Of the day's own.
    day: f64,
}

impl Spread {
    /// The variance of both factors together.
    pub(crate) fn total(self) -> f64 {
        (1.0 + self.week) * (1.0 + self.day) - 1.0
    }

    /// The week's part of the variance, by logarithms.
    pub(crate) fn week_share(self) -> f64 {
        let all = self.week.ln_1p() + self.day.ln_1p();
        if all > 0.0 { self.week.ln_1p() / all } else { 0.0 }
    }
}

/// One day of one origin.
#[derive(Clone, Copy, Debug)]
struct DayError {
    contacts: f64,
    error: f64,
}

/// Days by origin and region, and what single handle times add.
#[derive(Clone, Debug, Default)]
struct Errors {
    by_origin: Vec<Vec<DayError>>,
    /// Squares of intervals' errors around their day's, weighted by contacts, and how many were free.
    squares: f64,
    freedom: f64,
}

/// What a queue's history says of days as far ahead as the target's first week, and how good forecasts were; regions are taken to err alike.
/// What events added is known as of today, so that days of events are told from others.
pub(super) fn spread(
    history: &QueueHistory<'_>,
    fit: &QueueFit<'_>,
    target: &Target,
    known: usize,
) -> (Spread, HandleTimeAccuracy) {
    let per_day = usize::try_from(1440 / history.grid.interval().get().max(1)).unwrap_or(1);
    let ahead =
        (0..target.grid.len()).map(|at| if target.placements.is_empty() { 1 } else { target.days_ahead(0, at) });
    let first = ahead.min().unwrap_or(1).min(FARTHEST_DAY);
    let mut errors = Errors::default();
    for region in 0..history.regions.len() {
        for origin in 1..=ORIGINS {
            let back = (origin * DAYS as usize + first as usize - 1) * per_day;
            let Some(origin) = known.checked_sub(back).filter(|known| *known >= LEAST_DAYS * per_day) else { break };
            if let Some(model) = ordinary(history, fit, region, origin) {
                let from = origin + (first as usize - 1) * per_day;
                errors.take(history, fit, region, &model, from..(from + DAYS as usize * per_day).min(known));
            }
        }
    }
    let spread = errors.spread();
    (spread, errors.accuracy(spread))
}

impl Errors {
    /// Takes in what came in some intervals of a region, against a model that did not know them.
    fn take(
        &mut self,
        history: &QueueHistory<'_>,
        fit: &QueueFit<'_>,
        region: usize,
        model: &AhtModel,
        intervals: std::ops::Range<usize>,
    ) {
        let of = &history.regions[region];
        let (Some(aht_s), Some(offered)) = (of.aht_s, of.offered) else { return };
        let seen = intervals.filter_map(|at| {
            let (date, slot) = of.placement.of(at);
            let (seconds, contacts) = (aht_s.get(at)?, offered.get(at)?);
            let by_events = fit.added[region].as_ref().and_then(|added| added.get(added.position(date), slot));
            let is_usual = seconds > 0.0 && contacts > 0.0 && by_events.unwrap_or(0.0) <= OF_EVENTS * contacts;
            is_usual.then(|| {
                let fitted = model.seconds(date, slot);
                (date, contacts, plausible(seconds, contacts, fitted), fitted)
            })
        });
        let seen: Vec<(chrono::NaiveDate, f64, f64, f64)> = seen.collect();
        let mut days = Vec::new();
        for day in seen.chunk_by(|one, next| one.0 == next.0) {
            let sum = |value: fn(&(chrono::NaiveDate, f64, f64, f64)) -> f64| day.iter().map(value).sum::<f64>();
            let (contacts, spent, fitted) =
                (sum(|seen| seen.1), sum(|seen| seen.1 * seen.2), sum(|seen| seen.1 * seen.3));
            let ratio = spent / fitted;
            self.squares += day
                .iter()
                .map(|(_, contacts, seconds, fitted)| contacts * (seconds / fitted - ratio).powi(2))
                .sum::<f64>();
            self.freedom += day.len() as f64 - 1.0;
            days.push(DayError { contacts, error: ratio - 1.0 });
        }
        self.by_origin.push(days);
    }

    /// `φ`: the squared coefficient of variation of single handle times.
    fn single(&self) -> f64 {
        if self.freedom > 0.0 { self.squares / self.freedom } else { 0.0 }
    }

    /// How good the forecasts were. Each origin's days are held against the band that the others give.
    fn accuracy(&self, spread: Spread) -> HandleTimeAccuracy {
        let single = self.single();
        let mut within = 0_usize;
        for (left_out, days) in self.by_origin.iter().enumerate() {
            let mut others = self.clone();
            others.by_origin.remove(left_out);
            let variance = others.spread().total();
            within +=
                days.iter().filter(|day| day.error.abs() <= Z90 * (variance + single / day.contacts).sqrt()).count();
        }
        let days = || self.by_origin.iter().flatten();
        let contacts: f64 = days().map(|day| day.contacts).sum();
        let mean = |of: fn(f64) -> f64| days().map(|day| day.contacts * of(day.error)).sum::<f64>() / contacts;
        HandleTimeAccuracy {
            days: days().count(),
            wape: mean(f64::abs),
            bias: mean(|error| -error),
            coverage80: within as f64 / days().count() as f64,
            deviation: spread.total().sqrt(),
        }
    }

    fn spread(&self) -> Spread {
        let single = self.single();
        let origins = || self.by_origin.iter().filter(|days| !days.is_empty());
        // Within origins: E Σ n (e − ē)² = day·(N − Σn²/N) + φ·(k − 1).
        let (mut within, mut times, mut free) = (0.0, 0.0, 0.0);
        for days in origins() {
            let (contacts, mean) = mean(days);
            within += days.iter().map(|day| day.contacts * (day.error - mean).powi(2)).sum::<f64>();
            times += contacts - days.iter().map(|day| day.contacts.powi(2)).sum::<f64>() / contacts;
            free += days.len() as f64 - 1.0;
        }
        let of_days = if times > 0.0 { ((within - single * free) / times).max(0.0) } else { 0.0 };
        // Of an origin's mean: E ē² = week + day·Σn²/N² + φ/N.
        let of_level = |days: &Vec<DayError>| {
            let (contacts, mean) = mean(days);
            let squares = days.iter().map(|day| day.contacts.powi(2)).sum::<f64>();
            mean.powi(2) - of_days * squares / contacts.powi(2) - single / contacts
        };
        let count = origins().count() as f64;
        let week = origins().map(of_level).sum::<f64>() / count.max(1.0);
        Spread {
            week: leaned(week.max(0.0), count, USUAL_WEEK, BELIEVED_ORIGINS),
            day: leaned(of_days, free, USUAL_DAY, BELIEVED_DAYS),
        }
    }
}

/// Contacts of some days and their mean error.
fn mean(days: &[DayError]) -> (f64, f64) {
    let contacts: f64 = days.iter().map(|day| day.contacts).sum();
    (contacts, days.iter().map(|day| day.contacts * day.error).sum::<f64>() / contacts)
}

/// A variance learned from so much, leaning towards the square of what is usual.
fn leaned(learned: f64, from: f64, usual: f64, believed: f64) -> f64 {
    (from * learned + believed * usual * usual) / (from + believed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_distr::StandardNormal;

    /// `origins` weeks of days of 30 intervals; deviations of the week, the day and one handle time.
    fn drawn(origins: usize, week: f64, day: f64, single: f64, contacts: impl Fn(usize) -> f64) -> Errors {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(5);
        let mut errors = Errors::default();
        for _ in 0..origins {
            let level = week * random.sample::<f64, _>(StandardNormal);
            let mut days = Vec::new();
            for number in 0..7 {
                let own = day * random.sample::<f64, _>(StandardNormal);
                let each = contacts(number) / 30.0;
                let intervals: Vec<f64> = (0..30)
                    .map(|_| level + own + single / each.sqrt() * random.sample::<f64, _>(StandardNormal))
                    .collect();
                let error = intervals.iter().sum::<f64>() / 30.0;
                errors.squares += intervals.iter().map(|one| each * (one - error).powi(2)).sum::<f64>();
                errors.freedom += 29.0;
                days.push(DayError { contacts: contacts(number), error });
            }
            errors.by_origin.push(days);
        }
        errors
    }

    #[test]
    fn week_day_and_single_handle_times_are_told_apart() {
        // Quiet days of 60 contacts beside busy ones of 3,000: single handle times alone move the quiet ones by .8/√60, a tenth.
        let contacts = |day: usize| if day < 2 { 60.0 } else { 3_000.0 };
        let Spread { week, day } = drawn(2_000, 0.05, 0.08, 0.8, contacts).spread();
        assert!((week.sqrt() - 0.05).abs() < 0.004, "{}", week.sqrt());
        assert!((day.sqrt() - 0.08).abs() < 0.004, "{}", day.sqrt());
        let Spread { week, day } = drawn(2_000, 0.0, 0.0, 0.8, contacts).spread();
        assert!(week.sqrt() < 0.004 && day.sqrt() < 0.006, "{} {}", week.sqrt(), day.sqrt());
    }

    #[test]
    fn without_history_it_is_what_is_usual_and_eight_weeks_outweigh_it() {
        let Spread { week, day } = Errors::default().spread();
        assert!((week.sqrt() - USUAL_WEEK).abs() < 1e-12 && (day.sqrt() - USUAL_DAY).abs() < 1e-12);
        let of_eight = drawn(8, 0.0, 0.2, 0.8, |_| 1_000.0).spread();
        assert!((0.15..0.25).contains(&of_eight.day.sqrt()), "{}", of_eight.day.sqrt());
    }
}
