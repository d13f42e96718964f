//! History + holidays + events + adjustments → what is expected, per queue and region, in the customer's local time.
//!
//! The recipe of one queue:
//!
//! 1. its history is sorted into local days of each region's wall clock ([`local_days`]);
//! 2. past events are learned and taken away ([`events`]);
//! 3. each region's shape of the day and level of the days are fitted, outages and spikes left out ([`profile`]);
//! 4. the methods are weighed by their errors from earlier origins ([`folds`], [`combination`]);
//! 5. baseline, holidays and future events are placed on the plan's intervals, closed hours exactly zero ([`fit`]);
//! 6. within a day the morning's counts move its rest ([`intraday`], [`predict`]);
//! 7. the planner's adjustments are laid over them ([`adjust`]);
//! 8. bands follow from the noise of the back-test ([`dispersion`], [`bands`], [`conformal`]).

use rayon::prelude::*;

use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Forecast, QueueForecast, RegionForecast};
use crate::domain::history::History;
use crate::domain::progress::Progress;
use crate::domain::queue::Queue;
use crate::domain::time::{Instant, IntervalGrid};

mod params;
mod input;
mod local_days;
mod calendar;
mod world;
mod calendar_features;
mod ridge;
mod ar_state;
mod day_level;
mod shape_memory;
mod shape;
mod outages;
mod profile;
mod baseline;
mod method;
mod seasonal_naive;
mod day_type_average;
mod total_share;
mod root_rows;
mod score_model;
mod svd_factors;
mod fourier_regression;
mod kernel;
mod events;
mod random_effects;
mod event_sums;
mod event_windows;
mod kernel_fit;
mod event_learning;
mod similar;
mod borrowed_history;
mod fit;
mod borrow;
mod other_queues;
mod whole_fit;
mod bands;
mod conformal;
mod dispersion;
mod combination;
mod folds;
mod intraday;
mod predict;
mod crps;
mod aht;
mod handle_times;
mod decompose;
mod level_shift;
mod findings;
mod explain;
mod adjust;
mod backtest;
#[cfg(test)]
mod tests;

pub use backtest::{BacktestOrigins, backtest};
pub use input::ForecastInput;
pub use params::ForecastParams;

use adjust::Draft;
use decompose::{region_forecast, whole};
use dispersion::Noise;
use explain::explain;
use folds::Of;
use handle_times::handle_times;
use predict::{Prediction, predict};
use world::{QueueWorld, Target};

/// Forecasts every queue on the input's grid. Queues without history get zeros and the method `no history`.
#[must_use]
pub fn forecast(input: &ForecastInput<'_>, params: &ForecastParams, progress: &dyn Progress) -> Forecast {
    let queues = (0..input.queues.len()).into_par_iter().map(|queue| forecast_queue(input, queue, params)).collect();
    progress.advance(input.queues.len() as u64, input.queues.len() as u64);
    Forecast { grid: input.grid, queues }
}

fn forecast_queue(input: &ForecastInput<'_>, index: usize, params: &ForecastParams) -> QueueForecast {
    let world = QueueWorld::new(input, index);
    let known = world.known_at(input.as_of.unwrap_or_else(|| input.grid.start()));
    let origin = world.grid.start_of(known);
    let target = Target::new(input.grid, &world, origin);
    // The input's events are those known at the run's instant, whenever that is.
    let Prediction { fit, choice, combined: parts, day_variance, .. } =
        predict(&world, known, Instant::MAX_UTC, &target, params);
    let handle_times = handle_times(&world, &fit, &parts, &target, known);
    let mut draft = Draft { parts, aht_s: handle_times.seconds, open: target.open.clone() };
    draft.adjust(world.index, input.adjustments, &input.grid);

    let ahead = days_ahead(&target);
    let Draft { parts, aht_s, .. } = draft;
    let middle = ahead.get(ahead.len() / 2).copied().unwrap_or(1);
    let farthest = ahead.last().copied().unwrap_or(1);
    let (method, weights) = if fit.has_history() {
        (choice.combination.describe(farthest), choice.combination.named_weights(middle))
    } else {
        ("no history".to_owned(), Vec::new())
    };
    let explanation = explain(&world, &fit, &target, &parts, known, &handle_times.factors, weights);
    let doubts: Vec<Vec<f64>> = parts.iter().map(|parts| parts.doubt.clone()).collect();
    let mut regions: Vec<RegionForecast> = parts
        .into_iter()
        .zip(aht_s)
        .enumerate()
        .map(|(region, (parts, aht_s))| region_forecast(region, parts.rounded(), aht_s))
        .collect();
    let mut queue = whole(&regions, input.grid.len());
    let noise = choice.noise(Of::Combination);
    set_bands(&mut queue, &noise, &sum_over(&doubts, input.grid.len()), &ahead, &day_variance);
    for ((region, noise), doubt) in regions.iter_mut().zip(&choice.region_noises()).zip(&doubts) {
        set_bands(region, noise, doubt, &ahead, &day_variance);
    }
    QueueForecast {
        queue: world.index,
        regions,
        whole: queue,
        dispersion: noise.calibrated(middle),
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
    forecast.p10 = bands.iter().map(|band| band[0]).collect();
    forecast.p50 = bands.iter().map(|band| band[1]).collect();
    forecast.p90 = bands.iter().map(|band| band[2]).collect();
}
