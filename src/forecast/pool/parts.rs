//! A forecast in parts that add up: baseline, holiday and event, by region and for the whole queue.
//!
//! Every part is rounded to a multiple of 2⁻²⁰ contacts (a millionth). Sums of such numbers below 2³² are exact in
//! double precision and in any order: parts add up to what is offered, regions to the queue, intervals to days.

use crate::domain::forecast::RegionForecast;

/// The parts of one region's forecast, one value per interval.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ForecastParts {
    /// What season, trend and level explain; on a closed holiday what would have come.
    pub(crate) baseline: Vec<f64>,
    /// What holidays add or take away.
    pub(crate) holiday: Vec<f64>,
    /// What events add.
    pub(crate) event: Vec<f64>,
    /// Standard deviation of what events add: how far their responses may lie from what is believed.
    pub(crate) doubt: Vec<f64>,
}

impl ForecastParts {
    /// Nothing, for so many intervals.
    pub(crate) fn nothing(len: usize) -> Self {
        Self { baseline: vec![0.0; len], holiday: vec![0.0; len], event: vec![0.0; len], doubt: vec![0.0; len] }
    }

    /// Rounds every part to the exact grid; the parts never add up to less than nothing.
    #[must_use]
    pub(crate) fn rounded(mut self) -> Self {
        for at in 0..self.baseline.len() {
            let baseline = exact(self.baseline[at].max(0.0));
            self.baseline[at] = baseline;
            self.holiday[at] = exact(self.holiday[at]).max(-baseline);
            self.event[at] = exact(self.event[at].max(0.0));
        }
        self
    }

    /// Multiplies every part of an interval.
    pub(crate) fn scale(&mut self, at: usize, factor: f64) {
        self.baseline[at] *= factor;
        self.holiday[at] *= factor;
        self.event[at] *= factor;
        self.doubt[at] *= factor;
    }

    /// What is offered in an interval.
    pub(crate) fn offered(&self, at: usize) -> f64 {
        self.baseline[at] + self.holiday[at] + self.event[at]
    }
}

fn exact(value: f64) -> f64 {
    const STEPS: f64 = 1_048_576.0; // 2^20
    if value.is_finite() { (value.clamp(-1e9, 1e9) * STEPS).round_ties_even() / STEPS } else { 0.0 }
}

/// A region's forecast from its rounded parts and handle times; the bands are set by the caller.
pub(crate) fn region_forecast(region: usize, parts: ForecastParts, aht_s: Vec<f64>) -> RegionForecast {
    let offered = (0..parts.baseline.len()).map(|at| parts.offered(at)).collect();
    let ForecastParts { baseline, holiday, event, .. } = parts;
    RegionForecast { region, offered, aht_s, baseline, event, holiday, ..RegionForecast::default() }
}

/// The whole queue: sums over regions, and the handle time weighted by contacts.
pub(crate) fn whole(regions: &[RegionForecast], len: usize) -> RegionForecast {
    let sum = |of: fn(&RegionForecast) -> &Vec<f64>| -> Vec<f64> {
        (0..len).map(|at| regions.iter().map(|region| of(region)[at]).sum()).collect()
    };
    let offered = sum(|region| &region.offered);
    let aht = |at: usize| {
        if offered[at] > 0.0 {
            regions.iter().map(|region| region.offered[at] * region.aht_s[at]).sum::<f64>() / offered[at]
        } else {
            regions.iter().map(|region| region.aht_s[at]).sum::<f64>() / regions.len().max(1) as f64
        }
    };
    let aht_s = (0..len).map(aht).collect();
    RegionForecast {
        region: 0,
        aht_s,
        baseline: sum(|region| &region.baseline),
        event: sum(|region| &region.event),
        holiday: sum(|region| &region.holiday),
        offered,
        ..RegionForecast::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_regions_and_intervals_add_up_exactly(values in prop::collection::vec((0.0f64..5e4, -1.5f64..1.0, 0.0f64..1e4), 1..60)) {
            let parts = |turn: f64| ForecastParts {
                baseline: values.iter().map(|value| value.0 * turn).collect(),
                holiday: values.iter().map(|value| value.0 * value.1 * turn).collect(),
                event: values.iter().map(|value| value.2 / turn).collect(),
                doubt: vec![0.0; values.len()],
            }
            .rounded();
            let regions = [region_forecast(0, parts(0.7), vec![60.0; values.len()]), region_forecast(1, parts(1.3), vec![90.0; values.len()])];
            let all = whole(&regions, values.len());
            for at in 0..values.len() {
                prop_assert!(all.offered[at] >= 0.0);
                let parts = all.baseline[at] + all.event[at] + all.holiday[at];
                prop_assert_eq!(all.offered[at].to_bits(), parts.to_bits());
                prop_assert_eq!(all.offered[at].to_bits(), (regions[1].offered[at] + regions[0].offered[at]).to_bits());
            }
            let (forwards, backwards): (f64, f64) = (all.offered.iter().sum(), all.offered.iter().rev().sum());
            prop_assert_eq!(forwards.to_bits(), backwards.to_bits());
        }
    }
}
