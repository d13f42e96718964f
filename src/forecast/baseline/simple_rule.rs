//! Rules that a planner would use: what came in the last weeks at the same weekday and time, as it came.
//!
//! They know nothing of levels, seasons or shapes, and so no mistake about these misleads them: the floor that all other methods
//! have to beat (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, §5.2; Taylor, Mgmt Sci 54, 2008, on how hard
//! a plain average is to beat).

use chrono::NaiveDate;

use crate::forecast::calendar::local_days::signed;
use crate::forecast::profile::region_profile::Profile;
use crate::forecast::profile::robust_days::median;

use super::fitted::Baseline;

/// Weeks that are looked back for known, ordinary days before a rule gives up.
const WEEKS_BACK: i64 = 12;

/// Which weeks are looked at, and how they become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The last week.
    LastWeek,
    /// The mean of the last four.
    MeanOfFour,
    /// The median of the last eight.
    MedianOfEight,
}

impl Rule {
    const fn weeks(self) -> usize {
        match self {
            Self::LastWeek => 1,
            Self::MeanOfFour => 4,
            Self::MedianOfEight => 8,
        }
    }
}

/// Needs no fitting beyond the history itself.
pub(super) struct SimpleRule<'a> {
    profile: &'a Profile<'a>,
    rule: Rule,
}

impl<'a> SimpleRule<'a> {
    /// Points at the history.
    pub(crate) const fn fit(profile: &'a Profile<'a>, rule: Rule) -> Self {
        Self { profile, rule }
    }
}

impl Baseline for SimpleRule<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let days = &self.profile.days;
        let position = days.position(date);
        let beyond = (position - signed(days.len()) + 1).max(1);
        let first_lag = (beyond + 6).div_euclid(7);
        let ordinary = |week: i64| {
            let day = usize::try_from(position - 7 * week).ok().filter(|day| *day < days.len())?;
            self.profile.calendar.marks(days.date(day)).is_empty().then_some(day)
        };
        let weeks: Vec<usize> = (first_lag..first_lag + WEEKS_BACK).filter_map(ordinary).collect();
        let rate = |slot: usize| {
            let came: Vec<f64> =
                weeks.iter().filter_map(|day| self.profile.lived(*day, slot)).take(self.rule.weeks()).collect();
            match self.rule {
                Rule::MedianOfEight => median(came),
                _ => came.iter().sum::<f64>() / came.len().max(1) as f64,
            }
        };
        (0..days.slots()).map(rate).collect()
    }
}
