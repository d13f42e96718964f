//! A forecast in parts that add up: baseline, holiday and event, by region and for the whole queue.
//!
//! Every part is rounded to a multiple of 2⁻²⁰ contacts (a millionth). Sums of such numbers below 2³² are exact in
//! double precision and in any order: parts add up to what is offered, regions to the queue, intervals to days.

use crate::domain::forecast::RegionForecast;
use crate::domain::series::Series;
use crate::domain::time::IntervalGrid;
use crate::domain::units::Contacts;

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

/// A region's forecast on a grid from its rounded parts and handle times; the bands are set by the caller.
pub(crate) fn region_forecast(
    region: usize,
    grid: IntervalGrid,
    parts: ForecastParts,
    aht_s: Vec<f64>,
) -> RegionForecast {
    let offered = (0..grid.len()).map(|at| parts.offered(at));
    RegionForecast {
        offered: Series::new(grid, offered),
        aht_s: Series::new(grid, aht_s),
        baseline: Series::new(grid, parts.baseline),
        event: Series::new(grid, parts.event),
        holiday: Series::new(grid, parts.holiday),
        ..RegionForecast::nothing(region, grid)
    }
}

/// The whole queue: sums over regions, and the handle time weighted by contacts.
pub(crate) fn whole(regions: &[RegionForecast], grid: IntervalGrid) -> RegionForecast {
    let sum = |of: fn(&RegionForecast) -> &Series<Contacts>| {
        Series::new(grid, (0..grid.len()).map(|at| regions.iter().map(|region| of(region)[at]).sum()))
    };
    let offered = sum(|region| &region.offered);
    let aht = |at: usize| {
        if offered[at] > 0.0 {
            regions.iter().map(|region| region.offered[at] * region.aht_s[at]).sum::<f64>() / offered[at]
        } else {
            regions.iter().map(|region| region.aht_s[at]).sum::<f64>() / regions.len().max(1) as f64
        }
    };
    RegionForecast {
        aht_s: Series::new(grid, (0..grid.len()).map(aht)),
        baseline: sum(|region| &region.baseline),
        event: sum(|region| &region.event),
        holiday: sum(|region| &region.holiday),
        offered,
        ..RegionForecast::nothing(0, grid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
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
            let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
            let minutes = i64::try_from(values.len()).expect("few");
            let grid = IntervalGrid::covering(start, start + chrono::Duration::minutes(minutes), Minutes::new(1));
            let regions = [(0, 0.7, 60.0), (1, 1.3, 90.0)]
                .map(|(region, turn, aht)| region_forecast(region, grid, parts(turn), vec![aht; values.len()]));
            let all = whole(&regions, grid);
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
