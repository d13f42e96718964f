//! Seasonal naive: what came at the same time of the same weekday, in the last week that is known.
//!
//! The floor every other method has to beat (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, §5.2).

use chrono::NaiveDate;

use crate::forecast::calendar::local_days::signed;
use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;

/// Weeks it looks back for a known, ordinary day before it gives up.
const WEEKS_BACK: i64 = 8;

/// Needs no fitting beyond the history itself.
pub(super) struct SeasonalNaive<'a> {
    profile: &'a Profile<'a>,
}

impl<'a> SeasonalNaive<'a> {
    /// Points at the history.
    pub(crate) const fn fit(profile: &'a Profile<'a>) -> Self {
        Self { profile }
    }
}

impl Baseline for SeasonalNaive<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let days = &self.profile.days;
        let position = days.position(date);
        let beyond = (position - signed(days.len()) + 1).max(1);
        let first_lag = (beyond + 6).div_euclid(7);
        let ordinary = |week: &i64| {
            let day = usize::try_from(position - 7 * week).ok().filter(|day| *day < days.len());
            day.is_some_and(|day| self.profile.calendar.marks(days.date(day)).is_empty())
        };
        let weeks: Vec<i64> = (first_lag..first_lag + WEEKS_BACK).filter(ordinary).collect();
        let rate = |slot| weeks.iter().find_map(|week| days.get(position - 7 * week, slot)).unwrap_or(0.0);
        (0..days.slots()).map(rate).collect()
    }
}
