//! History as rows of square roots: `z = √(y + ¼)` by day and slot, brought to the calendar's mean level.
//!
//! The root makes the noise of counts even, `Var z ≈ ¼` at any rate (Brown, Gans, Mandelbaum, Sakov, Shen, Zeltyn &
//! Zhao, JASA 100, 2005). What the calendar explains of a day's volume beyond its weekday (yearly season, position in
//! the month, trend, holidays: [`crate::forecast::profile::day_level`]) is divided out first, so that rows differ by what is left to learn.

use chrono::{Datelike, NaiveDate};

use crate::forecast::profile::region_profile::Profile;

/// Half-lives after which a day is left out.
const HALF_LIVES: f64 = 5.0;

/// What is divided out of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DividedOut {
    /// Holidays, and the calendar where it knows a yearly season: days of one row after the other need no more.
    Season,
    /// Holidays, and all that the calendar explains beyond the weekday.
    Calendar,
}

impl DividedOut {
    /// What multiplies an ordinary day's volume; rows are divided by it, forecasts multiplied.
    pub(crate) fn factor(self, profile: &Profile<'_>, date: NaiveDate) -> f64 {
        match self {
            Self::Season => profile.season_factor(date),
            Self::Calendar => profile.level.calendar_factor(date, profile.calendar),
        }
    }
}

/// Rows of one region's recent days, the columns being all slots of the day.
pub(super) struct RootRows {
    /// First day of the rows, counted from the start of history.
    pub(crate) first: usize,
    /// Day × slot; NaN where closed or unknown.
    values: Vec<f64>,
    slots: usize,
    /// Trust × discount by age, per row; 0 where nothing is known.
    pub(crate) weights: Vec<f64>,
    /// Monday is 0.
    pub(super) weekdays: Vec<usize>,
}

impl RootRows {
    /// Rows whose weight halves every `half_life_days`.
    pub(crate) fn new(profile: &Profile<'_>, half_life_days: f64, divided_out: DividedOut) -> Self {
        let days = &profile.days;
        let span = (HALF_LIVES * half_life_days).ceil();
        let first = (0..days.len()).find(|day| (days.len() - day) as f64 <= span).unwrap_or(0);
        let (mut values, mut weights, mut weekdays) = (Vec::new(), Vec::new(), Vec::new());
        for day in first..days.len() {
            let date = days.date(day);
            let factor = divided_out.factor(profile, date) * profile.level.holiday_factor(date, profile.calendar);
            let cells = days.day(day);
            values.extend(cells.iter().map(|count| (count / factor + 0.25).sqrt()));
            let known = cells.iter().any(|count| !count.is_nan());
            let age = (days.len() - 1 - day) as f64;
            weights.push(if known { profile.trust[day] * 0.5f64.powf(age / half_life_days) } else { 0.0 });
            weekdays.push(weekday(date));
        }
        Self { first, values, slots: days.slots(), weights, weekdays }
    }

    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.weights.len()
    }

    /// One row, NaN where unknown.
    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.slots..(row + 1) * self.slots]
    }
}

/// Monday is 0.
pub(crate) fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}

/// Contacts from a root: `E y = (E z)² + Var z − ¼`, exact at any rate, with the variance found per slot.
pub(crate) fn contacts(root: f64, variance: f64) -> f64 {
    (root.max(0.0).powi(2) + variance - 0.25).max(0.0)
}

/// Variance per slot of what is left of the rows, averaged over neighbours since rates next to each other are alike.
pub(super) fn residual_variance(rows: &RootRows, fitted: impl Fn(usize) -> Vec<f64>) -> Vec<f64> {
    const REACH: usize = 2;
    let mut sums = vec![(0.0, 0.0); rows.slots];
    for row in (0..rows.len()).filter(|row| rows.weights[*row] > 0.0) {
        let fitted = fitted(row);
        for ((sum, value), fitted) in sums.iter_mut().zip(rows.row(row)).zip(fitted) {
            if !value.is_nan() {
                sum.0 += rows.weights[row] * (value - fitted).powi(2);
                sum.1 += rows.weights[row];
            }
        }
    }
    let around = |slot: usize| {
        let near = &sums[slot.saturating_sub(REACH)..(slot + REACH + 1).min(sums.len())];
        let (above, below) = near.iter().fold((0.0, 0.0), |all, sum| (all.0 + sum.0, all.1 + sum.1));
        if below > 0.0 { above / below } else { 0.25 }
    };
    (0..rows.slots).map(around).collect()
}
