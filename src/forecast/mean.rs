//! The mean of the average by day type and both memories of day total × share.
//!
//! Errors of different methods partly cancel, and equal weights are hard to beat when errors of few origins would have
//! to tell better ones (Bates & Granger, OR Quarterly 20, 1969; Timmermann, Handbook of Economic Forecasting 1, 2006).

use chrono::NaiveDate;

use super::method::{Baseline, Method};
use super::params::ForecastParams;
use super::profile::Profile;
use super::total_share::Memory;

/// The members, in a fixed order.
const MEMBERS: [Method; 3] =
    [Method::DayTypeAverage, Method::TotalShare(Memory::Recent), Method::TotalShare(Memory::Long)];

/// Fitted members of equal weight.
pub(super) struct Mean<'a> {
    members: Vec<Box<dyn Baseline + 'a>>,
}

impl<'a> Mean<'a> {
    /// Fits each member.
    pub(super) fn fit(profile: &'a Profile<'a>, params: &ForecastParams) -> Self {
        Self { members: MEMBERS.iter().map(|method| method.fit(profile, params)).collect() }
    }
}

impl Baseline for Mean<'_> {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        let mut sum: Vec<f64> = Vec::new();
        for member in &self.members {
            let rates = member.day(date);
            sum.resize(rates.len(), 0.0);
            for (sum, rate) in sum.iter_mut().zip(rates) {
                *sum += rate / MEMBERS.len() as f64;
            }
        }
        sum
    }
}
