//! How good forecasts were: figures of each queue, method and day ahead.

use std::collections::BTreeMap;

use super::origins::{Actual, Task};
use crate::domain::backtest::{Accuracy, BacktestPoint};
use crate::domain::ids::QueueIx;
use crate::forecast::baseline::method::Method;
use crate::forecast::calendar::queue_history::QueueHistory;
use crate::forecast::noise::crps::crps;

/// The method name of what the forecast uses.
const CHOSEN: &str = "chosen";

/// One forecast and its actual; of no method: the chosen one.
pub(super) struct Judged {
    pub(super) method: Option<usize>,
    pub(super) days_ahead: u32,
    pub(super) weight: f64,
    pub(super) point: BacktestPoint,
}

/// Mean absolute error of repeating the last week, before the first origin: what MASE is relative to.
pub(super) fn naive_error(history: &QueueHistory<'_>, actual: &Actual, tasks: &[Task]) -> f64 {
    let first =
        tasks.iter().filter(|task| task.queue == history.index).map(|task| task.intervals.start).min().unwrap_or(0);
    let week = usize::try_from(7 * 1440 / history.grid.interval().get().max(1)).unwrap_or(1);
    let ordinary = |at: usize| if actual.is_outage[at] { f64::NAN } else { actual.came[at] };
    let errors = (week..first).map(|at| (ordinary(at) - ordinary(at - week)).abs()).filter(|error| !error.is_nan());
    let (sum, count) = errors.fold((0.0, 0.0), |(sum, count), error| (sum + error, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    count: f64,
    actual: f64,
    error: f64,
    absolute: f64,
    square: f64,
    within: f64,
    crps: f64,
    weight: f64,
    /// Of intervals that were taken for outages: how many, contacts, absolute errors.
    outages: (u32, f64, f64),
}

/// Figures per queue, method and open days ahead, the chosen method first.
pub(super) fn accuracy(judged: &[Judged], scales: &[f64]) -> Vec<Accuracy> {
    let mut sums: BTreeMap<(usize, Option<usize>, u32), Sums> = BTreeMap::new();
    for Judged { method, days_ahead, weight, point } in judged {
        let sum = sums.entry((point.queue.0, *method, *days_ahead)).or_default();
        let error = point.offered - point.actual;
        sum.count += 1.0;
        sum.actual += point.actual;
        sum.error += error;
        sum.absolute += error.abs();
        sum.square += error * error;
        sum.crps += crps(point.offered, point.p10, point.p90, point.actual);
        sum.weight += weight;
        if point.is_outage {
            sum.outages.0 += 1;
            sum.outages.1 += point.actual;
            sum.outages.2 += error.abs();
        }
        sum.within += if (point.p10..=point.p90).contains(&point.actual) { 1.0 } else { 0.0 };
    }
    let ratio = |above: f64, below: f64| if below > 0.0 { above / below } else { 0.0 };
    let figures = |((queue, method, horizon_days), sum): (&(usize, Option<usize>, u32), &Sums)| Accuracy {
        queue: QueueIx(*queue),
        method: method.map_or(CHOSEN, |method| Method::ALL[method].name()).to_owned(),
        horizon_days: *horizon_days,
        wape: ratio(sum.absolute, sum.actual),
        mase: ratio(sum.absolute / sum.count, scales[*queue]),
        rmse: (sum.square / sum.count).sqrt(),
        bias: ratio(sum.error, sum.actual),
        coverage80: sum.within / sum.count,
        crps: sum.crps / sum.count,
        weight: sum.weight / sum.count,
        outage_intervals: sum.outages.0,
        wape_without_outages: ratio(sum.absolute - sum.outages.2, sum.actual - sum.outages.1),
    };
    sums.iter().map(figures).collect()
}
