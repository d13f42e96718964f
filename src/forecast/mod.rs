//! History + holidays + events + adjustments → what is expected, per queue and region, in the customer's local time.
//!
//! The recipe of one queue:
//!
//! 1. its history is sorted into local days of each region's wall clock ([`local_days`]);
//! 2. past events are learned and taken away ([`events`]);
//! 3. each region's shape of the day and level of the days are fitted, outages and spikes left out ([`profile`]);
//! 4. the method is chosen by its errors from earlier origins ([`choose`]);
//! 5. baseline, holidays and future events are placed on the plan's intervals, closed hours exactly zero ([`fit`]);
//! 6. the planner's adjustments are laid over them ([`adjust`]);
//! 7. bands follow from the noise of the back-test ([`dispersion`], [`bands`]).

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Forecast, QueueForecast, RegionForecast};
use crate::domain::history::History;
use crate::domain::progress::Progress;
use crate::domain::queue::Queue;
use crate::domain::time::{Instant, IntervalGrid};

mod params;
mod local_days;
mod calendar;
mod world;
mod calendar_features;
mod ridge;
mod ar_state;
mod day_level;
mod shape;
mod outages;
mod profile;
mod method;
mod seasonal_naive;
mod day_type_average;
mod total_share;
mod mean;
mod kernel;
mod events;
mod random_effects;
mod event_windows;
mod kernel_fit;
mod event_learning;
mod similar;
mod borrow;
mod other_queues;
mod fit;
mod choose;
mod dispersion;
mod bands;
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
pub use params::ForecastParams;

use adjust::Draft;
use choose::choose;
use decompose::{region_forecast, whole};
use dispersion::{Noise, excess};
use explain::explain;
use fit::QueueFit;
use handle_times::handle_times;
use world::{QueueWorld, Target};

/// What a forecast is made from; events and history are those known at the run's instant.
#[derive(Clone, Copy, Debug)]
pub struct ForecastInput<'a> {
    /// Contacts counted.
    pub history: &'a History,
    /// The queues, in the workspace's order.
    pub queues: &'a [Queue],
    /// Public holidays and other special days, past and future.
    pub holidays: &'a [Holiday],
    /// Campaigns, recalls and announcements, past and future.
    pub events: &'a [Event],
    /// The planner's changes, applied last.
    pub adjustments: &'a [Adjustment],
    /// The intervals to forecast; of the same length as the history's.
    pub grid: IntervalGrid,
}

/// Forecasts every queue on the input's grid. Queues without history get zeros and the method `no history`.
#[must_use]
pub fn forecast(input: &ForecastInput<'_>, params: &ForecastParams, progress: &dyn Progress) -> Forecast {
    let queues = (0..input.queues.len()).into_par_iter().map(|queue| forecast_queue(input, queue, params)).collect();
    progress.advance(input.queues.len() as u64, input.queues.len() as u64);
    Forecast { grid: input.grid, queues }
}

fn forecast_queue(input: &ForecastInput<'_>, index: usize, params: &ForecastParams) -> QueueForecast {
    let world = QueueWorld::new(input, index);
    let target = Target::new(input.grid, &world);
    let known = world.known_at(input.grid.start());
    // The input's events are those known at the run's instant, whenever that is.
    let fit = QueueFit::new(&world, known, Instant::MAX_UTC, params);
    let origin = world.grid.start_of(known);
    let lead_days = u32::try_from((input.grid.end() - origin).num_days()).unwrap_or(0);
    let choice = choose(&world, known, lead_days, params);

    let parts = fit.parts(choice.method(), &target, params);
    let handle_times = handle_times(&world, &fit, &parts, &target, known);
    let mut draft = Draft { parts, aht_s: handle_times.seconds, open: target.open.clone() };
    draft.adjust(world.index, input.adjustments, &input.grid);

    let ahead = days_ahead(&world, &target, known);
    let Draft { parts, aht_s, .. } = draft;
    let method = if fit.has_history() { choice.method().name() } else { "no history" };
    let explanation = explain(&world, &fit, &target, &parts, known, &handle_times.factors, method);
    let doubts: Vec<Vec<f64>> = parts.iter().map(|parts| parts.doubt.clone()).collect();
    let mut regions: Vec<RegionForecast> = parts
        .into_iter()
        .zip(aht_s)
        .enumerate()
        .map(|(region, (parts, aht_s))| region_forecast(region, parts.rounded(), aht_s))
        .collect();
    let mut queue = whole(&regions, input.grid.len());
    let noise = choice.noise(choice.best);
    set_bands(&mut queue, &noise, &sum_over(&doubts, input.grid.len()), &ahead);
    for ((region, noise), doubt) in regions.iter_mut().zip(&choice.region_noises()).zip(&doubts) {
        set_bands(region, noise, doubt, &ahead);
    }
    let middle = ahead.get(ahead.len() / 2).copied().unwrap_or(1);
    QueueForecast {
        queue: world.index,
        regions,
        whole: queue,
        dispersion: noise.at(middle),
        method: method.into(),
        explanation,
    }
}

/// Days ahead of the end of history per interval, from 1, on the first region's calendar.
fn days_ahead(world: &QueueWorld<'_>, target: &Target, known: usize) -> Vec<u32> {
    let Some(region) = world.regions.first() else { return vec![1; target.grid.len()] };
    let origin: NaiveDate = crate::domain::time::local_date(world.grid.start_of(known), region.calendar.region().zone);
    let ahead = |at: usize| u32::try_from((target.placements[0].of(at).0 - origin).num_days() + 1).unwrap_or(1);
    (0..target.grid.len()).map(ahead).collect()
}

/// Regions err together in what they believe of an event: their doubts add up.
fn sum_over(regions: &[Vec<f64>], len: usize) -> Vec<f64> {
    (0..len).map(|at| regions.iter().map(|region| region[at]).sum()).collect()
}

/// Bands from the noise of the back-test and, where events add contacts, from how uncertain their size is.
fn set_bands(forecast: &mut RegionForecast, noise: &Noise, doubt: &[f64], days_ahead: &[u32]) {
    let band = |(at, ahead): (usize, &u32)| {
        let mean = forecast.offered[at];
        let uncertain = if mean > 0.0 { doubt[at] / mean } else { 0.0 };
        bands::quantiles(mean, excess(noise.at(*ahead)) + uncertain * uncertain)
    };
    let bands: Vec<[f64; 3]> = days_ahead.iter().enumerate().map(band).collect();
    forecast.p10 = bands.iter().map(|band| band[0]).collect();
    forecast.p50 = bands.iter().map(|band| band[1]).collect();
    forecast.p90 = bands.iter().map(|band| band[2]).collect();
}
