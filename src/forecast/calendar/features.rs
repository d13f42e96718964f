//! What a date says about a day's volume: the columns of the day-level regression.
//!
//! Every coefficient is a step on the log scale with a normal prior around zero (ridge as a random effect), whose
//! standard deviation says how large such a step usually is. A holiday seen once thus learns from all others: its
//! own coefficient is a deviation from the one common to all holidays.
//!
//! Calendar, payday and statement-cycle regressors: Aldor-Noiman, Feigin & Mandelbaum, AOAS 3 (2009).

use chrono::{Datelike, Days, NaiveDate};

use super::region_calendar::{Calendar, Relation};

/// Prior standard deviations on the log scale.
mod prior {
    pub(crate) const WEEKDAY: f64 = 1.0;
    pub(super) const TREND_PER_YEAR: f64 = 0.3;
    pub(super) const ANNUAL: f64 = 0.3;
    pub(super) const MONTH: f64 = 0.12;
    pub(super) const DAY_OF_MONTH: f64 = 0.06;
    pub(super) const MONTH_END: f64 = 0.08;
    pub(super) const WORKING_DAY: f64 = 0.1;
    pub(super) const HOLIDAY: f64 = 0.4;
    pub(super) const BESIDE_HOLIDAY: f64 = 0.12;
    pub(super) const BRIDGE: f64 = 0.2;
    pub(super) const BETWEEN_HOLIDAYS: f64 = 0.3;
}

/// Harmonics of the yearly season.
const HARMONICS: usize = 8;
/// Harmonics of the position in the month: wages, rents and statements come round with it.
const MONTH_HARMONICS: usize = 3;
/// Two turns of the month show its swing; a single day of it must have been seen about five times.
const MONTH_FROM_DAYS: usize = 60;
const DAY_OF_MONTH_FROM_DAYS: usize = 150;
/// Counted back from a month's last day.
const MONTH_END_DAYS: u32 = 3;
/// Working days counted from a month's beginning and from its end: bills and wages that fall on a weekend are felt on the next one.
const WORKING_DAYS: usize = 3;
/// Column of the trend, after seven weekdays.
pub(crate) const TREND: usize = 7;
const ANNUAL: usize = TREND + 1;
const MONTH: usize = ANNUAL + 2 * HARMONICS;
const DAY_OF_MONTH: usize = MONTH + 2 * MONTH_HARMONICS;
const MONTH_END: usize = DAY_OF_MONTH + 31;
const FIRST_WORKING: usize = MONTH_END + MONTH_END_DAYS as usize;
const LAST_WORKING: usize = FIRST_WORKING + WORKING_DAYS;
const COMMON: usize = LAST_WORKING + WORKING_DAYS;
const AFTER_GAP: usize = COMMON + SIDES;
const BRIDGE: usize = AFTER_GAP + 1;
const NAMED: usize = BRIDGE + 1;
/// The day before a holiday, the day itself, the day after, and those between it and the one before.
pub(crate) const SIDES: usize = 4;

/// Which features a fit uses, and where time is counted from.
#[expect(clippy::struct_excessive_bools, reason = "each says of one group of columns whether history supports it")]
#[derive(Clone, Debug)]
pub(crate) struct Features {
    origin: NaiveDate,
    damping: f64,
    has_trend: bool,
    has_season: bool,
    has_month: bool,
    has_month_days: bool,
    has_holidays: bool,
    names: usize,
    gaps: Vec<NaiveDate>,
}

/// What a stretch of history can support.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Support {
    /// Days from which a yearly season is fitted.
    pub(crate) season_from_days: u32,
    /// Factor per day by which the trend's step shrinks beyond the origin.
    pub(crate) trend_damping: f64,
}

impl Features {
    /// Features for `days` days of history that end at `origin`; `gaps` are days that follow a day without any data.
    pub(crate) fn new(
        origin: NaiveDate,
        days: usize,
        calendar: &Calendar<'_>,
        gaps: Vec<NaiveDate>,
        support: Support,
    ) -> Self {
        Self {
            origin,
            damping: support.trend_damping,
            has_trend: days >= 56,
            has_season: days >= support.season_from_days as usize,
            has_month: days >= MONTH_FROM_DAYS,
            has_month_days: days >= DAY_OF_MONTH_FROM_DAYS,
            has_holidays: true,
            names: calendar.names(),
            gaps,
        }
    }

    /// The same without holidays and gaps, where another fit accounts for them.
    pub(crate) fn without_holidays(mut self) -> Self {
        self.gaps.clear();
        self.has_holidays = false;
        self
    }

    /// How many columns.
    pub(crate) const fn len(&self) -> usize {
        NAMED + SIDES * self.names
    }

    /// Prior precision of each column: one over the variance of its coefficient.
    pub(crate) fn precisions(&self) -> Vec<f64> {
        let sd = |column: usize| match column {
            0..TREND => prior::WEEKDAY,
            TREND => prior::TREND_PER_YEAR,
            ANNUAL..MONTH => prior::ANNUAL / ((column - ANNUAL) / 2 + 1) as f64,
            MONTH..DAY_OF_MONTH => prior::MONTH / ((column - MONTH) / 2 + 1) as f64,
            DAY_OF_MONTH..MONTH_END => prior::DAY_OF_MONTH,
            MONTH_END..FIRST_WORKING => prior::MONTH_END,
            FIRST_WORKING..COMMON => prior::WORKING_DAY,
            AFTER_GAP => prior::BESIDE_HOLIDAY,
            BRIDGE => prior::BRIDGE,
            _ => match (column - if column < NAMED { COMMON } else { NAMED }) % SIDES {
                1 => prior::HOLIDAY,
                3 => prior::BETWEEN_HOLIDAYS,
                _ => prior::BESIDE_HOLIDAY,
            },
        };
        (0..self.len()).map(|column| sd(column).powi(-2)).collect()
    }

    /// The column of all holidays on one side.
    pub(crate) const fn any_holiday(side: usize) -> usize {
        COMMON + side
    }

    /// The column of a holiday's name on one side.
    pub(crate) const fn holiday(name: usize, side: usize) -> usize {
        NAMED + SIDES * name + side
    }

    /// The side of a column of a holiday's name; none of other columns.
    pub(crate) fn side_of_name(column: usize) -> Option<usize> {
        column.checked_sub(NAMED).map(|named| named % SIDES)
    }

    /// All names of holidays.
    pub(crate) fn names(&self) -> std::ops::Range<usize> {
        0..self.names
    }

    /// 1 for each column of the position in the month, 0 for the others.
    pub(crate) fn of_month(&self) -> Vec<f64> {
        (0..self.len()).map(|column| f64::from(u8::from((MONTH..COMMON).contains(&column)))).collect()
    }

    /// 1 for each column of single days of the month, by their date or as working days, 0 for the others.
    pub(crate) fn of_month_days(&self) -> Vec<f64> {
        (0..self.len()).map(|column| f64::from(u8::from((DAY_OF_MONTH..COMMON).contains(&column)))).collect()
    }

    /// The columns that are not zero on a date.
    pub(crate) fn row(&self, date: NaiveDate, calendar: &Calendar<'_>) -> Vec<(usize, f64)> {
        let mut row = vec![(date.weekday().num_days_from_monday() as usize, 1.0)];
        if self.has_trend {
            row.push((TREND, self.years_from_origin(date)));
        }
        if self.has_season {
            row.extend(waves(ANNUAL, HARMONICS, f64::from(date.ordinal0()) / 365.25));
        }
        if self.has_month {
            let length = f64::from(date.day() + days_left_in_month(date));
            row.extend(waves(MONTH, MONTH_HARMONICS, f64::from(date.day0()) / length));
        }
        if self.has_month_days {
            row.push((DAY_OF_MONTH + date.day0() as usize, 1.0));
            let left = days_left_in_month(date);
            if left < MONTH_END_DAYS {
                row.push((MONTH_END + left as usize, 1.0));
            }
            row.extend(working_day_of_month(date, calendar).map(|column| (column, 1.0)));
        }
        row.extend(self.holiday_row(date, calendar));
        row
    }

    /// The columns of holidays and gaps alone.
    pub(crate) fn holiday_row(&self, date: NaiveDate, calendar: &Calendar<'_>) -> Vec<(usize, f64)> {
        let mut row = Vec::new();
        if self.gaps.contains(&date) {
            row.push((AFTER_GAP, 1.0));
        }
        let marks = if self.has_holidays { calendar.marks(date) } else { &[] };
        for mark in marks {
            let side = match mark.relation {
                Relation::Before => 0,
                Relation::On => 1,
                Relation::After => 2,
                Relation::Between => 3,
            };
            if !row.contains(&(COMMON + side, 1.0)) {
                row.push((COMMON + side, 1.0));
            }
            row.push((Self::holiday(mark.name, side), 1.0));
        }
        if !marks.is_empty() && calendar.is_bridge(date) {
            row.push((BRIDGE, 1.0));
        }
        row
    }

    /// What the trend's column holds on a date; nothing where history is too short for a trend.
    pub(crate) fn trend(&self, date: NaiveDate) -> f64 {
        if self.has_trend { self.years_from_origin(date) } else { 0.0 }
    }

    /// Years since the origin; beyond it each day's step is smaller than the last (Gardner & `McKenzie` 1985).
    fn years_from_origin(&self, date: NaiveDate) -> f64 {
        let days = (date - self.origin).num_days() as f64;
        let damped = if days > 0.0 && self.damping < 1.0 {
            self.damping * (1.0 - self.damping.powf(days)) / (1.0 - self.damping)
        } else {
            days
        };
        damped / 365.25
    }
}

/// Sines and cosines of a phase from 0 to 1.
fn waves(first: usize, harmonics: usize, phase: f64) -> impl Iterator<Item = (usize, f64)> {
    let (sin, cos) = (std::f64::consts::TAU * phase).sin_cos();
    // Each harmonic is the one before turned by the phase.
    let turned = move |at: &mut (f64, f64), _| {
        *at = (at.0 * cos + at.1 * sin, at.1 * cos - at.0 * sin);
        Some(*at)
    };
    let waves = (0..harmonics).scan((0.0, 1.0), turned);
    waves.enumerate().flat_map(move |(at, (sin, cos))| [(first + 2 * at, sin), (first + 2 * at + 1, cos)])
}

/// The columns of one of the first working days of a month, or of one of the last.
fn working_day_of_month(date: NaiveDate, calendar: &Calendar<'_>) -> impl Iterator<Item = usize> {
    let same_month = move |day: &NaiveDate| day.month() == date.month();
    let earlier = || date.iter_days().rev().skip(1).take_while(same_month);
    let later = || date.iter_days().skip(1).take_while(same_month);
    let is_working = calendar.is_working_day(date);
    let count = |before: usize| (is_working && before < WORKING_DAYS).then_some(before);
    let first = count(earlier().filter(|day| calendar.is_working_day(*day)).take(WORKING_DAYS).count());
    let last = count(later().filter(|day| calendar.is_working_day(*day)).take(WORKING_DAYS).count());
    first.map(|before| FIRST_WORKING + before).into_iter().chain(last.map(|after| LAST_WORKING + after))
}

fn days_left_in_month(date: NaiveDate) -> u32 {
    let leaves = |days: &u32| {
        date.checked_add_days(Days::new(u64::from(*days) + 1)).is_none_or(|next| next.month() != date.month())
    };
    (0..31).find(leaves).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::HolidayService;
    use crate::domain::time::IntervalGrid;
    use crate::domain::units::Minutes;
    use crate::forecast::test_regions;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_holiday_shares_one_column_with_all_holidays_and_has_one_of_its_own() {
        let region = test_regions::region("pl", chrono_tz::Europe::Warsaw, 7, 8, 20);
        let start = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(1), Minutes::new(60));
        let days = [
            test_regions::holiday("2026-05-01", "Labour Day", HolidayService::Open),
            test_regions::holiday("2026-05-03", "Constitution Day", HolidayService::Open),
        ];
        let calendar = Calendar::new(&region, &days, &grid);
        let support = Support { season_from_days: 400, trend_damping: 0.98 };
        let features = Features::new(date("2026-04-30"), 30, &calendar, vec![], support);
        // Names in order: Constitution Day 0, Labour Day 1. 2 May lies after the one, before the other, and between both.
        let (after, before, between) = ([COMMON + 2, NAMED + SIDES + 2], [COMMON, NAMED], [COMMON + 3, NAMED + 3]);
        let columns = [5].into_iter().chain(after).chain(before).chain(between);
        let row: Vec<(usize, f64)> = columns.map(|column| (column, 1.0)).collect();
        assert_eq!(features.row(date("2026-05-02"), &calendar), row);
    }

    #[test]
    fn a_friday_between_a_holiday_and_the_weekend_has_a_column_and_a_thursday_has_none() {
        let region = test_regions::region("pl", chrono_tz::Europe::Warsaw, 7, 8, 20);
        let start = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(1), Minutes::new(60));
        // Corpus Christi is a Thursday, Epiphany 2026 a Tuesday; 11 November 2026 a Wednesday.
        let days = [
            test_regions::holiday("2026-06-04", "Corpus Christi", HolidayService::Open),
            test_regions::holiday("2026-01-06", "Epiphany", HolidayService::Closed),
            test_regions::holiday("2026-11-11", "Independence Day", HolidayService::Open),
        ];
        let calendar = Calendar::new(&region, &days, &grid);
        let support = Support { season_from_days: 400, trend_damping: 0.98 };
        let features = Features::new(date("2026-04-30"), 30, &calendar, vec![], support);
        let bridges = |text: &str| features.row(date(text), &calendar).contains(&(BRIDGE, 1.0));
        assert!(bridges("2026-06-05") && bridges("2026-01-05"));
        assert!(["2026-06-03", "2026-06-06", "2026-01-07", "2026-11-10", "2026-11-12"].iter().all(|day| !bridges(day)));
    }

    #[test]
    fn the_trend_slows_down_beyond_the_end_of_history() {
        let region = test_regions::region("pl", chrono_tz::Europe::Warsaw, 7, 8, 20);
        let start = "2026-01-01T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(1), Minutes::new(60));
        let calendar = Calendar::new(&region, &[], &grid);
        let support = Support { season_from_days: 400, trend_damping: 0.5 };
        let features = Features::new(date("2026-04-30"), 100, &calendar, vec![], support);
        // Two days on: 0.5 + 0.25 days.
        assert!((features.years_from_origin(date("2026-05-02")) * 365.25 - 0.75).abs() < 1e-12);
        assert!((features.years_from_origin(date("2026-04-28")) * 365.25 + 2.0).abs() < 1e-12);
    }

    #[test]
    fn february_ends_early() {
        assert_eq!(days_left_in_month(date("2026-02-28")), 0);
        assert_eq!(days_left_in_month(date("2028-02-28")), 1);
    }
}
