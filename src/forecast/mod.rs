//! History + holidays + events + adjustments → what is expected, per queue and region, in the customer's local time.
//!
//! The recipe of one queue:
//!
//! 1. its history is sorted into local days of each region's wall clock ([`calendar::local_days`]);
//! 2. past events are learned and taken away ([`events`]);
//! 3. each region's shape of the day and level of the days are fitted, outages and spikes left out ([`profile::region_profile`]);
//! 4. the methods are weighed by their errors from earlier origins ([`pool::folds`], [`pool::combination`]);
//! 5. baseline, holidays and future events are placed on the plan's intervals, closed hours exactly zero ([`pool::queue_fit`]);
//! 6. within a day the morning's counts move its rest ([`noise::hour_covariance`], [`pool::predict`]);
//! 7. the planner's adjustments are laid over them ([`pool::adjust`]);
//! 8. bands follow from the noise of the back-test ([`noise`]).
//!
//! Rooms, each importing only what stands above it: [`calendar`], [`noise`], [`profile`], [`baseline`], [`events`],
//! [`pool`], [`handle_time`], [`report`].

use rayon::prelude::*;

use crate::domain::forecast::{Forecast, QueueForecast, RegionForecast};
use crate::domain::progress::{Cancelled, Progress, go_on};
use crate::domain::series::Series;
use crate::domain::time::Instant;

mod params;
mod input;
mod calendar;
mod noise;
mod profile;
mod baseline;
mod events;
mod pool;
mod handle_time;
mod report;
#[cfg(test)]
mod test_regions;
#[cfg(test)]
mod tests;

pub use input::ForecastInput;
pub use params::ForecastParams;
pub use report::backtest::backtest;
pub use report::origins::BacktestOrigins;

use calendar::queue_history::{QueueHistory, Target};
use handle_time::handle_times::handle_times;
use noise::dispersion::Noise;
use pool::adjust::AdjustedParts;
use pool::folds::NoiseOf;
use pool::parts::{region_forecast, whole};
use pool::predict::{Prediction, predict};
use report::explain::explain;

/// Forecasts every queue on the input's grid. Queues without history get zeros and the method `no history`.
///
/// # Errors
/// When it was cancelled on the way.
pub fn forecast(
    input: &ForecastInput<'_>,
    params: &ForecastParams,
    progress: &dyn Progress,
) -> Result<Forecast, Cancelled> {
    let of_queue = |queue| go_on(progress).map(|()| forecast_queue(input, queue, params));
    let queues = (0..input.queues.len()).into_par_iter().map(of_queue).collect::<Result<_, _>>()?;
    progress.advance(input.queues.len() as u64, input.queues.len() as u64);
    Ok(Forecast { grid: input.grid, queues })
}

fn forecast_queue(input: &ForecastInput<'_>, index: usize, params: &ForecastParams) -> QueueForecast {
    let history = QueueHistory::new(input, index);
    let known = history.known_at(input.as_of.unwrap_or_else(|| input.grid.start()));
    let origin = history.grid.start_of(known);
    let target = Target::new(input.grid, &history, origin);
    // The input's events are those known at the run's instant, whenever that is.
    let Prediction { fit, choice, combined: parts, day_variance, .. } =
        predict(&history, known, Instant::MAX_UTC, &target, params);
    let mut handle_times = handle_times(&history, &fit, &parts, &target, known);
    let mut draft =
        AdjustedParts { parts, aht_s: std::mem::take(&mut handle_times.seconds), open: target.open.clone() };
    draft.adjust(history.index, input.adjustments, &input.grid);

    let ahead = days_ahead(&target);
    let AdjustedParts { parts, aht_s, .. } = draft;
    let middle = ahead.get(ahead.len() / 2).copied().unwrap_or(1);
    let farthest = ahead.last().copied().unwrap_or(1);
    let (method, weights) = if fit.has_history() {
        (choice.combination.describe(farthest), choice.combination.named_weights(middle))
    } else {
        ("no history".to_owned(), Vec::new())
    };
    let explanation = explain(&history, &fit, &target, &parts, known, &handle_times, weights);
    let doubts: Vec<Vec<f64>> = parts.iter().map(|parts| parts.doubt.clone()).collect();
    let mut regions: Vec<RegionForecast> = parts
        .into_iter()
        .zip(aht_s)
        .enumerate()
        .map(|(region, (parts, aht_s))| region_forecast(region, input.grid, parts.rounded(), aht_s))
        .collect();
    let mut queue = whole(&regions, input.grid);
    let noise = choice.noise(NoiseOf::Combination);
    set_bands(&mut queue, &noise, &sum_over(&doubts, input.grid.len()), &ahead, &day_variance);
    let variance = handle_times.spread.map(|(spread, _)| spread.total());
    regions.iter_mut().chain([&mut queue]).for_each(|of| of.band_handle_times(variance));
    for ((region, noise), doubt) in regions.iter_mut().zip(&choice.region_noises()).zip(&doubts) {
        set_bands(region, noise, doubt, &ahead, &day_variance);
    }
    QueueForecast {
        queue: history.index,
        regions,
        whole: queue,
        dispersion: noise.calibrated(middle),
        aht_week_share: handle_times.spread.map_or(0.0, |(spread, _)| spread.week_share()),
        method,
        explanation,
    }
}

/// Days ahead of the end of history per interval, from 1, on the first region's calendar.
fn days_ahead(target: &Target) -> Vec<u32> {
    let ahead = |at: usize| if target.placements.is_empty() { 1 } else { target.days_ahead(0, at) };
    (0..target.grid.len()).map(ahead).collect()
}

/// Regions err together in what they believe of an event: their doubts add up.
fn sum_over(regions: &[Vec<f64>], len: usize) -> Vec<f64> {
    (0..len).map(|at| regions.iter().map(|region| region[at]).sum()).collect()
}

/// Bands from the noise of the back-test and, where events add contacts, from how uncertain their size is.
fn set_bands(
    forecast: &mut RegionForecast,
    noise: &Noise,
    doubt: &[f64],
    days_ahead: &[u32],
    day_variance: &[Option<f64>],
) {
    let band = |(at, ahead): (usize, &u32)| {
        let mean = forecast.offered[at];
        let uncertain = if mean > 0.0 { doubt[at] / mean } else { 0.0 };
        match day_variance[at] {
            Some(left) => noise.rest_of_day_band(mean, left, uncertain * uncertain),
            None => noise.interval_band(mean, *ahead, uncertain * uncertain),
        }
    };
    let bands: Vec<[f64; 3]> = days_ahead.iter().enumerate().map(band).collect();
    let grid = forecast.offered.grid();
    let [p10, p50, p90] = [0, 1, 2].map(|at| Series::new(grid, bands.iter().map(|band| band[at])));
    (forecast.p10, forecast.p50, forecast.p90) = (p10, p50, p90);
}
