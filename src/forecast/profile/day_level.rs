//! The day's total: calendar effects by penalised negative-binomial regression, and the state of recent days.
//!
//! `E[y_d] = exposure_d · exp(x_d'β) · (1 + a_d)` with the columns `x` of [`crate::forecast::calendar::features`] and the state `a`
//! of [`super::ar_state`]. The exposure is the share of the day's shape that was observed, so that days with an outage,
//! and days of 23 or 25 hours, count for what they are. β is found by iteratively reweighted least squares with
//! variance `μ + ψ μ²` (Aldor-Noiman, Feigin & Mandelbaum 2009; Ibrahim et al. 2016): unlike a regression on the
//! logarithm it needs no correction for zeros or for the mean.

use chrono::{Datelike, NaiveDate};

use crate::forecast::calendar::features::{Features, TREND};
use crate::forecast::calendar::local_days::signed;
use crate::forecast::calendar::region_calendar::Calendar;

use super::ar_state::{ArState, Residual};
use super::ridge::{Columns, Ridge, fitted};
use super::robust_days::{median, recurring, robust_weights};
use super::unseen_holidays::{self, Spread};

const ITERATIONS: usize = 6;
/// After these iterations the fit is close enough to say anew which days are spikes.
const LOOKED_AGAIN_AFTER: [usize; 2] = [0, 2];
/// Largest change of a log level that ends the iteration.
const SETTLED: f64 = 1e-4;
/// Largest step of a log level from the mean.
const FARTHEST: f64 = 8.0;
/// Factors on the prior precisions of the month's columns that are tried.
const NARROWER: [f64; 4] = [1.0, 4.0, 25.0, 1e4];

/// What was observed of one day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct DayCount {
    /// Contacts counted.
    pub(crate) contacts: f64,
    /// Share of the day's shape that was observed, above 0.
    pub(crate) exposure: f64,
    /// Prior trust in the day: discount by age, less where an event was cleaned away.
    pub(crate) weight: f64,
}

/// The fitted model of a region's days.
#[derive(Clone, Debug)]
pub(crate) struct DayLevel {
    first: NaiveDate,
    features: Features,
    base: f64,
    coefficients: Vec<f64>,
    /// Which columns history used.
    seen: Vec<bool>,
    /// How far effects of holidays that history has not seen may lie off.
    spread: Spread,
    robust: Vec<f64>,
    state: ArState,
    /// The steps of history's days, which are asked for often.
    past: Vec<Step>,
}

/// What the calendar adds to the logarithm of a day's volume.
#[derive(Clone, Copy, Debug)]
struct Step {
    ordinary: f64,
    /// The part of `ordinary` that is not the weekday's.
    season: f64,
    /// The part of `season` that is the trend's.
    trend: f64,
    holiday: f64,
}

impl DayLevel {
    /// Fits to consecutive days from `first`, none where nothing was observed.
    pub(crate) fn fit(
        first: NaiveDate,
        counts: &[Option<DayCount>],
        calendar: &Calendar<'_>,
        features: Features,
    ) -> Self {
        let dates: Vec<NaiveDate> = first.iter_days().take(counts.len()).collect();
        let rows: Vec<Vec<(usize, f64)>> = dates.iter().map(|date| features.row(*date, calendar)).collect();
        let mut exempt: Vec<bool> =
            dates.iter().map(|date| !features.holiday_row(*date, calendar).is_empty()).collect();
        let observed = rows.iter().zip(counts).filter(|(_, count)| count.is_some()).map(|(row, _)| row);
        let columns = Columns::used(features.len(), observed);
        let prior = columns.select(&features.precisions());
        let mut precisions = prior.clone();
        let month = columns.select(&features.of_month());
        let compact: Vec<Vec<(usize, f64)>> = rows.iter().map(|row| columns.compact(row)).collect();
        let base = log_mean(counts.iter().flatten());
        let mut log_level: Vec<f64> = weekday_start(&dates, counts, base);
        let (mut coefficients, mut excess) = (vec![0.0; precisions.len()], 0.01);
        let mut robust = robust_weights(&relative_residuals(counts, &log_level), &exempt, excess);
        let known: Vec<bool> = counts.iter().map(Option::is_some).collect();
        let recurring = recurring(&rows, &features.of_month_days(), &robust, &known);
        for (day, _) in recurring.iter().enumerate().filter(|(_, recurs)| **recurs) {
            (exempt[day], robust[day]) = (true, 1.0);
        }
        for iteration in 0..ITERATIONS {
            let mut ridge = Ridge::new(precisions.len());
            for (day, count) in counts.iter().enumerate() {
                let Some(count) = count else { continue };
                let expected = count.exposure * log_level[day].exp();
                let step = (count.contacts / expected - 1.0).clamp(-1.0, 3.0);
                let precision = 1.0 / (1.0 / expected + excess);
                ridge.add(&compact[day], log_level[day] - base + step, count.weight * robust[day] * precision);
            }
            if LOOKED_AGAIN_AFTER.contains(&iteration) {
                precisions = believed(&ridge, &prior, &month);
            }
            coefficients = ridge.solve(&precisions);
            let mut moved = 0.0f64;
            for (level, row) in log_level.iter_mut().zip(&compact) {
                let next = base + fitted(row, &coefficients).clamp(-FARTHEST, FARTHEST);
                moved = moved.max((next - *level).abs());
                *level = next;
            }
            let residuals = relative_residuals(counts, &log_level);
            excess = excess_variance(counts, &robust, &residuals);
            if LOOKED_AGAIN_AFTER.contains(&iteration) {
                robust = robust_weights(&residuals, &exempt, excess);
            } else if moved < SETTLED {
                break;
            }
        }
        let mut coefficients = columns.expand(&coefficients);
        let seen = columns.is_used();
        let spread = unseen_holidays::expect(&mut coefficients, &features, &seen);
        let mut residuals = relative_residuals(counts, &log_level);
        for (day, residual) in residuals.iter_mut().enumerate() {
            let trusted = robust[day] >= 0.5 && counts[day].is_some_and(|count| count.weight > 1e-6);
            *residual = residual.filter(|_| trusted);
        }
        let state = ArState::fit(&residuals, excess);
        let mut level = Self { first, features, base, coefficients, seen, spread, robust, state, past: Vec::new() };
        level.past = dates.iter().zip(&rows).map(|(date, row)| level.step(*date, row, calendar)).collect();
        level
    }

    /// The day's expected total on a full day, holidays aside.
    pub(crate) fn level(&self, date: NaiveDate, calendar: &Calendar<'_>) -> f64 {
        (self.base + self.step_of(date, calendar).ordinary).exp() * self.state_factor(date)
    }

    /// The day's expected total by the calendar alone: neither holidays nor the state of recent days.
    pub(crate) fn calendar_level(&self, date: NaiveDate, calendar: &Calendar<'_>) -> f64 {
        (self.base + self.step_of(date, calendar).ordinary).exp()
    }

    /// What holidays multiply the day's volume by; 1 on an ordinary day.
    pub(crate) fn holiday_factor(&self, date: NaiveDate, calendar: &Calendar<'_>) -> f64 {
        self.step_of(date, calendar).holiday.exp()
    }

    /// Standard deviation of the logarithm of that factor, as far as it comes from holidays that history has never seen.
    pub(crate) fn holiday_doubt(&self, date: NaiveDate, calendar: &Calendar<'_>) -> f64 {
        let row = self.features.holiday_row(date, calendar);
        let unseen = row.iter().filter(|(column, _)| !self.seen[*column]);
        let sides = unseen.filter_map(|(column, _)| Features::side_of_name(*column));
        sides.map(|side| self.spread[side]).fold(0.0, f64::max)
    }

    /// What the calendar beyond the weekday multiplies an ordinary day's volume by: season, position in the month, trend.
    pub(crate) fn calendar_factor(&self, date: NaiveDate, calendar: &Calendar<'_>) -> f64 {
        self.step_of(date, calendar).season.exp()
    }

    /// What comes round multiplies an ordinary day's volume by: season and position in the month, without the trend.
    pub(crate) fn cycle_factor(&self, date: NaiveDate, calendar: &Calendar<'_>) -> f64 {
        let step = self.step_of(date, calendar);
        (step.season - step.trend).clamp(-2.0, 2.0).exp()
    }

    fn step_of(&self, date: NaiveDate, calendar: &Calendar<'_>) -> Step {
        let past = usize::try_from((date - self.first).num_days()).ok().and_then(|day| self.past.get(day));
        past.copied().unwrap_or_else(|| self.step(date, &self.features.row(date, calendar), calendar))
    }

    fn step(&self, date: NaiveDate, row: &[(usize, f64)], calendar: &Calendar<'_>) -> Step {
        let holiday = fitted(&self.features.holiday_row(date, calendar), &self.coefficients);
        let ordinary = fitted(row, &self.coefficients) - holiday;
        let season = ordinary - self.coefficients[date.weekday().num_days_from_monday() as usize];
        Step {
            ordinary: ordinary.clamp(-FARTHEST, FARTHEST),
            season: season.clamp(-2.0, 2.0),
            trend: self.features.trend(date) * self.coefficients[TREND],
            holiday: holiday.clamp(-4.0, 2.0),
        }
    }

    /// How far each day of history is trusted: 1 for an ordinary day, 0 for a spike.
    pub(crate) fn robust(&self) -> &[f64] {
        &self.robust
    }

    fn state_factor(&self, date: NaiveDate) -> f64 {
        let day = (date - self.first).num_days();
        let last = signed(self.robust.len()) - 1;
        let state = match usize::try_from(day) {
            Ok(day) if day < self.robust.len() => self.state.at(day),
            _ => self.state.ahead(day - last),
        };
        (1.0 + state).max(0.05)
    }
}

/// The prior precisions with those of the month (1 where a column is its) as the evidence says: the position in the month is
/// nothing to most queues, and much to some.
fn believed(ridge: &Ridge, precisions: &[f64], month: &[f64]) -> Vec<f64> {
    let with = |narrower: f64| -> Vec<f64> {
        let of = |(precision, of_month): (&f64, &f64)| if *of_month > 0.0 { precision * narrower } else { *precision };
        precisions.iter().zip(month).map(of).collect()
    };
    let candidates = NARROWER.map(with);
    let evidence: Vec<f64> = candidates.iter().map(|of| ridge.evidence(of)).collect();
    let best = (0..NARROWER.len()).max_by(|one, other| evidence[*one].total_cmp(&evidence[*other])).unwrap_or(0);
    candidates[best].clone()
}

fn log_mean<'a>(counts: impl Iterator<Item = &'a DayCount>) -> f64 {
    let (contacts, exposure) = counts.fold((0.0, 0.0), |sum, count| (sum.0 + count.contacts, sum.1 + count.exposure));
    if contacts > 0.0 && exposure > 0.0 { (contacts / exposure).ln() } else { -8.0 }
}

/// Starting from weekday medians, the iteration converges in a few steps and no spike leads it astray.
fn weekday_start(dates: &[NaiveDate], counts: &[Option<DayCount>], base: f64) -> Vec<f64> {
    let index = |date: &NaiveDate| date.weekday().num_days_from_monday() as usize;
    let usual: [f64; 7] = std::array::from_fn(|weekday| {
        let days =
            dates.iter().zip(counts).filter(|(date, _)| index(date) == weekday).filter_map(|(_, count)| count.as_ref());
        let middle = median(
            days.clone().filter(|count| count.weight > 0.0).map(|count| count.contacts / count.exposure).collect(),
        );
        let log = if middle > 0.0 { middle.ln() } else { log_mean(days) };
        log.clamp(base - 6.0, base + 6.0)
    });
    dates.iter().map(|date| usual[index(date)]).collect()
}

fn relative_residuals(counts: &[Option<DayCount>], log_level: &[f64]) -> Vec<Option<Residual>> {
    let residual = |(count, level): (&Option<DayCount>, &f64)| {
        let count = count.as_ref()?;
        let expected = count.exposure * level.exp();
        let counting = 1.0 / expected;
        // No day is farther than all that could be told apart: six times the usual, or fifty contacts of a rare queue.
        Some(Residual { value: (count.contacts * counting - 1.0).min((50.0 * counting).max(5.0)), counting })
    };
    counts.iter().zip(log_level).map(residual).collect()
}

/// ψ by moments: what the squared residuals hold beyond counting noise.
fn excess_variance(counts: &[Option<DayCount>], robust: &[f64], residuals: &[Option<Residual>]) -> f64 {
    let (mut excess, mut total) = (0.0, 0.0);
    for ((count, residual), trust) in counts.iter().zip(residuals).zip(robust) {
        if let (Some(count), Some(residual)) = (count, residual) {
            // A day of few contacts says little about the excess.
            let weight = count.weight * trust / (1.0 + residual.counting / 0.01);
            excess += weight * (residual.value * residual.value - residual.counting);
            total += weight;
        }
    }
    if total > 0.0 { (excess / total).clamp(1e-5, 1.0) } else { 0.01 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::HolidayService;
    use crate::domain::time::IntervalGrid;
    use crate::domain::units::Minutes;
    use crate::forecast::calendar::features::Support;
    use crate::forecast::test_regions;

    const SUPPORT: Support = Support { season_from_days: 400, trend_damping: 0.98 };

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    /// Twenty weeks from Monday 5 January 2026: 100 a day, 200 on Mondays, changed where `change` says.
    fn fit(change: impl Fn(usize) -> f64, holidays: &[crate::domain::calendar::Holiday]) -> (DayLevel, f64, f64) {
        let region = test_regions::region("pl", chrono_tz::UTC, 7, 0, 24);
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(140), Minutes::new(60));
        let calendar = Calendar::new(&region, holidays, &grid);
        let first = date("2026-01-05");
        let counts: Vec<Option<DayCount>> = (0..140)
            .map(|day| {
                let contacts = change(day) * if day % 7 == 0 { 2000.0 } else { 1000.0 };
                Some(DayCount { contacts, exposure: 1.0, weight: 1.0 })
            })
            .collect();
        let features = Features::new(date("2026-05-24"), 140, &calendar, vec![], SUPPORT);
        let level = DayLevel::fit(first, &counts, &calendar, features);
        let ahead = (level.level(date("2026-05-25"), &calendar), level.level(date("2026-05-26"), &calendar));
        (level, ahead.0, ahead.1)
    }

    #[test]
    fn mondays_are_twice_other_days() {
        let (_, monday, tuesday) = fit(|_| 1.0, &[]);
        assert!((monday / 2000.0 - 1.0).abs() < 0.01 && (tuesday / 1000.0 - 1.0).abs() < 0.01, "{monday} {tuesday}");
    }

    #[test]
    fn an_unlabelled_spike_leaves_the_forecast_alone() {
        let (level, monday, tuesday) = fit(|day| if day == 120 { 5.0 } else { 1.0 }, &[]);
        assert!(level.robust()[120] < 0.01);
        assert!((monday / 2000.0 - 1.0).abs() < 0.01 && (tuesday / 1000.0 - 1.0).abs() < 0.01, "{monday} {tuesday}");
    }

    #[test]
    fn on_a_rare_queue_days_with_contacts_count_as_much_as_those_without() {
        use rand::SeedableRng;
        use rand_distr::{Distribution, Poisson};
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(4);
        let poisson = Poisson::new(0.5).expect("a mean");
        let drawn: Vec<f64> = (0..140).map(|_| poisson.sample(&mut random)).collect();
        let spiked = |day: usize| if day == 70 { 40.0 } else { drawn[day] };
        // `fit` counts in thousands, and twice of them on Mondays.
        let contacts = |day: usize| spiked(day) / if day.is_multiple_of(7) { 2000.0 } else { 1000.0 };
        let level = fit(contacts, &[]).0;
        let of = |is_it: fn(f64) -> bool| {
            let days: Vec<usize> = (0..140).filter(|day: &usize| day.abs_diff(70) > 7 && is_it(drawn[*day])).collect();
            days.iter().map(|day| level.robust()[*day]).sum::<f64>() / days.len() as f64
        };
        let (none, some) = (of(|count| count < 0.5), of(|count| count > 0.5));
        assert!(some > 0.8 && none > 0.8 && (some / none - 1.0).abs() < 0.15, "{none} {some}");
        assert!(level.robust()[70] < 0.05, "a spike is one: {}", level.robust()[70]);
    }

    #[test]
    fn a_level_that_shifts_and_stays_is_followed() {
        let wiggle = |day: usize| 1.0 + 0.02 * ((day * 7919 % 13) as f64 / 6.0 - 1.0);
        let (_, _, tuesday) = fit(|day| wiggle(day) * if day < 110 { 1.0 } else { 1.5 }, &[]);
        assert!((tuesday / 1500.0 - 1.0).abs() < 0.07, "{tuesday}");
    }

    #[test]
    fn a_holiday_of_half_the_volume_is_learned_and_kept_apart_from_the_level() {
        // 1 April is day 86; half the contacts came.
        let day_off = test_regions::holiday("2026-04-01", "Day Off", HolidayService::Open);
        let next = test_regions::holiday("2026-06-01", "Day Off", HolidayService::Open);
        let (level, monday, _) = fit(|day| if day == 86 { 0.5 } else { 1.0 }, &[day_off.clone(), next.clone()]);
        let region = test_regions::region("pl", chrono_tz::UTC, 7, 0, 24);
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(1), Minutes::new(60));
        let calendar = Calendar::new(&region, &[day_off, next], &grid);
        let factor = level.holiday_factor(date("2026-06-01"), &calendar);
        assert!((factor - 0.5).abs() < 0.05, "{factor}");
        assert!((monday / 2000.0 - 1.0).abs() < 0.01, "{monday}");
        assert!((level.holiday_factor(date("2026-06-10"), &calendar) - 1.0).abs() < 1e-12);
    }
}
