//! What every method needs of one region: its cleaned days, their shape, their level, and how far each is trusted.

use chrono::{Days, NaiveDate};

use crate::domain::queue::LevelChange;
use crate::forecast::calendar::features::{Features, Support};
use crate::forecast::calendar::local_days::LocalDays;
use crate::forecast::calendar::region_calendar::Calendar;
use crate::forecast::params::ForecastParams;

use super::day_level::{DayCount, DayLevel};
use super::departure::{FARTHEST, SaidLevel};
use super::levels::Levels;
use super::outages::{CLOSED_WEEKS, without_outages};
use super::robust_days::median;
use super::shape::Shape;
use super::shape_memory::DayWeight;
use super::stretches::LogResidual;

/// Below this share of a day's shape, what was observed says nothing about the day.
const LEAST_EXPOSURE: f64 = 0.15;
/// How often levels are looked for, each time around what the calendar says without the levels found before.
const LOOKS: usize = 2;
/// Expected contacts of a day from which it tells of a level; those from which silence is an outage, and the share of them at or below which
/// it is silent.
const LEAST_EXPECTED: f64 = 4.0;
const LEAST_BEFORE_OUTAGE: f64 = 15.0;
const DEAD: f64 = 0.1;
/// Added to a count, its logarithm is that of its mean but for terms of the second order.
const HALF: f64 = 0.5;
/// Such days in a row from which they are no outage but a closure: nobody is sent home for an export that ends early.
const CLOSED_FROM: usize = 21;

/// One region's history, cleaned of events and described.
#[derive(Debug)]
pub(crate) struct Profile<'a> {
    /// Contacts per interval, events taken away, brought to the level of the last days.
    pub(crate) days: LocalDays,
    /// Opening and holidays.
    pub(crate) calendar: &'a Calendar<'a>,
    /// Shares of the day.
    pub(crate) shape: Shape,
    /// Totals of the days.
    pub(crate) level: DayLevel,
    /// The levels that its days stood on.
    pub(crate) levels: Levels,
    /// Trust in each day: 1 ordinary, 0 a spike or a day drowned in an event.
    pub(crate) trust: Vec<f64>,
    /// Whether the level knows a yearly season.
    pub(super) is_seasoned: bool,
}

impl<'a> Profile<'a> {
    /// Describes cleaned days; `given` is the trust that cleaning left in each, `changes` what the planner says of levels.
    pub(crate) fn fit(
        days: LocalDays,
        calendar: &'a Calendar<'a>,
        given: &[f64],
        changes: &[LevelChange],
        params: &ForecastParams,
    ) -> Self {
        let shape = Shape::fit(&days, calendar, &first_weights(&days, calendar, given, params));
        let level = long_level(&days, &shape, calendar, given, params);
        let (levels, days, level) = at_one_level(days, &shape, level, calendar, given, changes, params);
        let given: Vec<f64> = given.iter().enumerate().map(|(day, given)| given * levels.trust(day)).collect();
        let given = given.as_slice();
        let (days, level) = match without_outages(&days, &shape, &level, calendar, given) {
            None => (days, level),
            Some(days) => {
                let level = long_level(&days, &shape, calendar, given, params);
                (days, level)
            }
        };
        let trust: Vec<f64> = level.robust().iter().zip(given).map(|(robust, given)| robust * given).collect();
        let is_seasoned = days.len() >= params.season_from_days as usize;
        let mut profile = Self { days, calendar, shape, level, levels, trust, is_seasoned };
        let weights: Vec<DayWeight> = (0..profile.days.len())
            .map(|day| DayWeight {
                weight: profile.trust[day] * discount(&profile.days, day, params.shape_half_life_days),
                level: profile.present_total(profile.days.date(day)),
            })
            .collect();
        profile.shape = Shape::fit(&profile.days, calendar, &weights);
        profile
    }

    /// The expected total of a full day, holidays included, on the level that the day stood on.
    pub(crate) fn total(&self, date: NaiveDate) -> f64 {
        let past = usize::try_from(self.days.position(date)).ok().filter(|day| *day < self.days.len());
        self.present_total(date) * past.map_or(1.0, |day| self.levels.factor(day))
    }

    /// What came in a cell, if it is known, as it came.
    pub(crate) fn lived(&self, day: usize, slot: usize) -> Option<f64> {
        Some(self.days.day(day)[slot] * self.levels.factor(day)).filter(|value| !value.is_nan())
    }

    /// The same on the level of the last days.
    pub(crate) fn present_total(&self, date: NaiveDate) -> f64 {
        self.level.level(date, self.calendar) * self.level.holiday_factor(date, self.calendar)
    }

    /// What short memories divide out of days that lie apart in the year, and multiply back: what the long memory knows
    /// of the calendar beyond the weekday, where that includes a yearly season.
    pub(crate) fn season_factor(&self, date: NaiveDate) -> f64 {
        if self.is_seasoned { self.level.calendar_factor(date, self.calendar) } else { 1.0 }
    }

    /// The level of the last `span` days alone, its holidays and the season taken from the long memory.
    pub(crate) fn recent_level(&self, span: usize, params: &ForecastParams) -> DayLevel {
        let first = self.days.len().saturating_sub(span);
        let mut counts = day_counts(&self.days, &self.shape, self.calendar, &self.trust, f64::INFINITY);
        for (day, count) in counts.iter_mut().enumerate().filter_map(|(day, count)| Some((day, count.as_mut()?))) {
            let date = self.days.date(day);
            count.exposure *= self.level.holiday_factor(date, self.calendar) * self.season_factor(date);
        }
        let support = Support { season_from_days: u32::MAX, trend_damping: params.trend_damping };
        let features =
            Features::new(self.last(), self.days.len() - first, self.calendar, vec![], support).without_holidays();
        DayLevel::fit(self.days.date(first), &counts[first..], self.calendar, features)
    }

    /// The last day of history.
    pub(crate) fn last(&self) -> NaiveDate {
        self.days.date(self.days.len().saturating_sub(1))
    }
}

fn long_level(
    days: &LocalDays,
    shape: &Shape,
    calendar: &Calendar<'_>,
    given: &[f64],
    params: &ForecastParams,
) -> DayLevel {
    let counts = day_counts(days, shape, calendar, given, params.level_half_life_days);
    let support = Support { season_from_days: params.season_from_days, trend_damping: params.trend_damping };
    let last = days.date(days.len().saturating_sub(1));
    let features = Features::new(last, days.len(), calendar, days_after_gaps(days, calendar), support);
    DayLevel::fit(days.date(0), &counts, calendar, features)
}

/// The days brought to the level of the last ones, their levels, and what their totals follow then.
fn at_one_level(
    days: LocalDays,
    shape: &Shape,
    mut level: DayLevel,
    calendar: &Calendar<'_>,
    given: &[f64],
    changes: &[LevelChange],
    params: &ForecastParams,
) -> (Levels, LocalDays, DayLevel) {
    let position = |date: NaiveDate| usize::try_from(days.position(date).max(0)).unwrap_or(0);
    let of = |change: &LevelChange| SaidLevel { from: position(change.from), until: change.until.map(position) };
    let said: Vec<SaidLevel> = changes.iter().map(of).collect();
    let mut levels = Levels::default();
    let mut scaled = None;
    for _ in 0..LOOKS {
        let found = Levels::find(&log_residuals(&days, shape, &level, calendar, given), days.len(), &said);
        if found.is_one() {
            if scaled.take().is_some() {
                // What looked like levels was the calendar, badly fitted.
                level = long_level(&days, shape, calendar, given, params);
                levels = found;
            }
            break;
        }
        let moved = days.map_days(|day| found.factor(day).recip());
        let trust: Vec<f64> = given.iter().enumerate().map(|(day, given)| given * found.trust(day)).collect();
        level = long_level(&moved, shape, calendar, &trust, params);
        (levels, scaled) = (found, Some(moved));
    }
    (levels, scaled.unwrap_or(days), level)
}

/// How far each ordinary open day lies from what the calendar expects.
fn log_residuals(
    days: &LocalDays,
    shape: &Shape,
    level: &DayLevel,
    calendar: &Calendar<'_>,
    given: &[f64],
) -> Vec<LogResidual> {
    let counts = day_counts(days, shape, calendar, given, f64::INFINITY);
    let expected = |day: usize, count: &DayCount| count.exposure * level.calendar_level(days.date(day), calendar);
    let is_dead = |(day, count): (usize, &Option<DayCount>)| {
        let count = count.as_ref()?;
        let expected = expected(day, count);
        Some(expected >= LEAST_BEFORE_OUTAGE && count.contacts <= DEAD * expected)
    };
    // Whether each known day is dead, and the days in a row that are.
    let dead: Vec<(usize, bool)> =
        counts.iter().enumerate().filter_map(|(day, count)| Some((day, is_dead((day, count))?))).collect();
    let outages: Vec<usize> = dead
        .chunk_by(|one, next| one.1 == next.1)
        .filter(|run| run[0].1 && run.len() < CLOSED_FROM)
        .flat_map(|run| run.iter().map(|(day, _)| *day))
        .filter(|day| !is_closed_since(&dead, *day))
        .collect();
    let residual = |(day, count): (usize, &Option<DayCount>)| {
        let count = count.as_ref().filter(|count| count.weight >= 0.5 && count.exposure >= 0.5)?;
        let date = days.date(day);
        let expected = expected(day, count);
        let is_outage = outages.binary_search(&day).is_ok();
        let usable = calendar.marks(date).is_empty() && expected >= LEAST_EXPECTED && !is_outage;
        let value = ((count.contacts + HALF) / expected).ln().max(-FARTHEST);
        usable.then(|| LogResidual { day, value, counting: 1.0 / expected })
    };
    counts.iter().enumerate().filter_map(residual).collect()
}

/// Whether a weekday was dead ever since a day, and that often enough: it is closed, not out.
fn is_closed_since(dead: &[(usize, bool)], day: usize) -> bool {
    let of_weekday = dead.iter().rev().filter(|(other, _)| other % 7 == day % 7);
    let closed = || of_weekday.clone().take_while(|(_, is_dead)| *is_dead);
    closed().count() >= CLOSED_WEEKS && closed().any(|(other, _)| *other == day)
}

/// Weight by age; after five half-lives a day is left out.
fn discount(days: &LocalDays, day: usize, half_life_days: f64) -> f64 {
    let half_lives = (days.len() - 1 - day) as f64 / half_life_days;
    if half_lives < 5.0 { 0.5f64.powf(half_lives) } else { 0.0 }
}

/// Before any level is known, complete days count, none more than the usual one.
fn first_weights(days: &LocalDays, calendar: &Calendar<'_>, given: &[f64], params: &ForecastParams) -> Vec<DayWeight> {
    let total = |day: usize| {
        let mask = calendar.usual(days.date(day));
        let open = mask.iter().filter(|open| **open).count();
        let known = days.day(day).iter().zip(mask).filter(|(value, open)| **open && !value.is_nan());
        let (count, sum) = known.fold((0usize, 0.0), |(count, sum), (value, _)| (count + 1, sum + value));
        (open > 0 && count * 10 >= open * 9).then_some(sum)
    };
    let totals: Vec<Option<f64>> = (0..days.len()).map(total).collect();
    let usual = median(totals.iter().flatten().copied().filter(|total| *total > 0.0).collect());
    let weight = |(day, total): (usize, &Option<f64>)| match total {
        Some(level) if *level > 0.0 => DayWeight {
            weight: given[day] * discount(days, day, params.shape_half_life_days) * (usual / level).min(1.0),
            level: *level,
        },
        _ => DayWeight { weight: 0.0, level: 0.0 },
    };
    totals.iter().enumerate().map(weight).collect()
}

fn day_counts(
    days: &LocalDays,
    shape: &Shape,
    calendar: &Calendar<'_>,
    trust: &[f64],
    half_life_days: f64,
) -> Vec<Option<DayCount>> {
    let count = |day: usize| {
        let date = days.date(day);
        if !calendar.is_open_day(date) {
            return None;
        }
        let known = days.day(day).iter().zip(shape.of(date)).filter(|(value, _)| !value.is_nan());
        let (contacts, exposure) = known.fold((0.0, 0.0), |sum, (value, share)| (sum.0 + value, sum.1 + share));
        let weight = trust[day] * if half_life_days.is_finite() { discount(days, day, half_life_days) } else { 1.0 };
        (exposure >= LEAST_EXPOSURE).then_some(DayCount { contacts, exposure, weight })
    };
    (0..days.len()).map(count).collect()
}

/// Open days that follow an open day without any data: people who could not call yesterday call today.
fn days_after_gaps(days: &LocalDays, calendar: &Calendar<'_>) -> Vec<NaiveDate> {
    let is_gap = |day: usize| calendar.is_open_day(days.date(day)) && days.day(day).iter().all(|value| value.is_nan());
    let next_open = |day: usize| {
        let after = (1..=4).filter_map(|ahead| days.date(day).checked_add_days(Days::new(ahead)));
        after.into_iter().find(|date| calendar.is_open_day(*date))
    };
    (1..days.len()).filter(|day| is_gap(*day)).filter_map(next_open).collect()
}
