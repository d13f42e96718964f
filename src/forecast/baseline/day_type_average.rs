//! Average by day type: the discounted mean of the same weekday and time over all history.
//!
//! Beyond two or three days ahead a plain historical average is hard to beat (Taylor, Mgmt Sci 54, 2008). Holidays are
//! divided out before and spikes carry the weight that the day level's robust fit gave them.

use chrono::{Datelike, NaiveDate};

use crate::forecast::profile::region_profile::Profile;

use super::fitted::Baseline;

/// Mean contacts per weekday and slot.
pub(crate) struct DayTypeAverage {
    slots: usize,
    means: Vec<f64>,
}

impl DayTypeAverage {
    /// Averages with weights that halve every `half_life_days`.
    pub(crate) fn fit(profile: &Profile<'_>, half_life_days: f64) -> Self {
        let days = &profile.days;
        let slots = days.slots();
        let (mut sums, mut weights) = (vec![0.0; 7 * slots], vec![0.0; 7 * slots]);
        for day in 0..days.len() {
            let date = days.date(day);
            let weight = profile.trust[day] * 0.5f64.powf((days.len() - 1 - day) as f64 / half_life_days);
            let factor = profile.level.holiday_factor(date, profile.calendar);
            let offset = weekday(date) * slots;
            for (slot, value) in days.day(day).iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                sums[offset + slot] += weight * value / factor;
                weights[offset + slot] += weight;
            }
        }
        let overall = |slot: usize| {
            let of = |values: &[f64]| (0..7).map(|day| values[day * slots + slot]).sum::<f64>();
            if of(&weights) > 0.0 { of(&sums) / of(&weights) } else { 0.0 }
        };
        let mean = |at: usize| if weights[at] > 1e-9 { sums[at] / weights[at] } else { overall(at % slots) };
        Self { slots, means: (0..7 * slots).map(mean).collect() }
    }
}

impl Baseline for DayTypeAverage {
    fn day(&self, date: NaiveDate) -> Vec<f64> {
        self.means[weekday(date) * self.slots..][..self.slots].to_vec()
    }
}

fn weekday(date: NaiveDate) -> usize {
    date.weekday().num_days_from_monday() as usize
}
