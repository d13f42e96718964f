//! Day total × intraday share: the level of the day from its calendar and the days before, spread by the weekday's shape.
//!
//! The split into a daily total and a within-day profile follows Weinberg, Brown & Stroud (JASA 102, 2007) and Shen &
//! Huang (MSOM 10, 2008); most of the error that can be avoided lies in the total.

use chrono::NaiveDate;

use crate::forecast::params::ForecastParams;
use crate::forecast::profile::day_level::DayLevel;
use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;

/// How far back the day level looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Memory {
    /// All history, with a yearly season where there is enough of it.
    Long,
    /// The last weeks alone, around the season of the long memory.
    Recent,
}

/// Levels of the days that may be asked for, and the shape.
pub(crate) struct TotalShare<'a> {
    profile: &'a Profile<'a>,
    own: Option<DayLevel>,
}

impl<'a> TotalShare<'a> {
    /// The long memory is the profile's own level; the short one is fitted here.
    pub(crate) fn fit(profile: &'a Profile<'a>, memory: Memory, params: &ForecastParams) -> Self {
        let own = match memory {
            Memory::Long => None,
            Memory::Recent => Some(profile.recent_level(params.recent_weeks as usize * 7, params)),
        };
        Self { profile, own }
    }
}

impl Baseline for TotalShare<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let level = match &self.own {
            Some(own) => own.level(date, self.profile.calendar) * self.profile.season_factor(date),
            None => self.profile.level.level(date, self.profile.calendar),
        };
        self.profile.shape.of(date).iter().map(|share| level * share).collect()
    }
}
