//! The methods a baseline can be forecast by, and what they all have in common.

use crate::forecast::params::ForecastParams;
use crate::forecast::profile::region_profile::Profile;

use super::count_smoothing::CountSmoothing;
use super::damped_trend::DampedTrend;
use super::day_type_average::DayTypeAverage;
use super::fitted::Baseline;
use super::fourier_regression::FourierRegression;
use super::simple_rule::{Rule, SimpleRule};
use super::svd_factors::SvdFactors;
use super::total_share::{Memory, TotalShare};

/// A way to forecast a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// What came in the last weeks: the floor.
    SimpleRule(Rule),
    /// The discounted mean of the same weekday and time.
    DayTypeAverage,
    /// Day total × intraday share.
    TotalShare(Memory),
    /// Day totals by smoothing with a damped trend × intraday share.
    DampedTrend,
    /// Counts of days, however few, with a rate that moves × intraday share.
    CountSmoothing,
    /// SVD factors with autoregressive scores.
    SvdFactors,
    /// Fourier regression with AR(1) days.
    FourierRegression,
}

impl Method {
    /// All of them, the simplest first.
    pub(crate) const ALL: [Self; 10] = [
        Self::SimpleRule(Rule::LastWeek),
        Self::SimpleRule(Rule::MeanOfFour),
        Self::SimpleRule(Rule::MedianOfEight),
        Self::DayTypeAverage,
        Self::TotalShare(Memory::Recent),
        Self::TotalShare(Memory::Long),
        Self::DampedTrend,
        Self::CountSmoothing,
        Self::SvdFactors,
        Self::FourierRegression,
    ];

    /// Whether it follows the last days' level, and so belongs to those that share the forecast of tomorrow.
    pub(crate) const fn follows_recent_days(self) -> bool {
        !matches!(self, Self::SimpleRule(_) | Self::DayTypeAverage)
    }

    /// Whether it learns from single intervals, or from logarithms of days, which must have contacts to tell anything.
    pub(crate) const fn needs_counts(self) -> bool {
        matches!(self, Self::DampedTrend | Self::SvdFactors | Self::FourierRegression)
    }

    /// Its name in reports.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SimpleRule(Rule::LastWeek) => "last week",
            Self::SimpleRule(Rule::MeanOfFour) => "mean of four weeks",
            Self::SimpleRule(Rule::MedianOfEight) => "median of eight weeks",
            Self::DayTypeAverage => "average by day type",
            Self::TotalShare(Memory::Recent) => "day total × share, recent",
            Self::TotalShare(Memory::Long) => "day total × share",
            Self::DampedTrend => "damped trend × share",
            Self::CountSmoothing => "smoothed counts × share",
            Self::SvdFactors => "SVD factors",
            Self::FourierRegression => "Fourier regression",
        }
    }

    /// Fits it to one region's cleaned history.
    pub(crate) fn fit<'a>(self, profile: &'a Profile<'a>, params: &ForecastParams) -> Box<dyn Baseline + 'a> {
        match self {
            Self::SimpleRule(rule) => Box::new(SimpleRule::fit(profile, rule)),
            Self::DayTypeAverage => Box::new(DayTypeAverage::fit(profile, params.average_half_life_days)),
            Self::TotalShare(memory) => Box::new(TotalShare::fit(profile, memory, params)),
            Self::DampedTrend => Box::new(DampedTrend::fit(profile)),
            Self::CountSmoothing => Box::new(CountSmoothing::fit(profile)),
            Self::SvdFactors => Box::new(SvdFactors::fit(profile, params.factor_half_life_days)),
            Self::FourierRegression => Box::new(FourierRegression::fit(profile, params.factor_half_life_days)),
        }
    }
}
