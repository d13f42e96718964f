//! Rolling origins: what would have been forecast, had the run been made then (Tashman, IJF 16, 2000).
//!
//! At each origin, the local midnight of an open day or a time within it, everything is learned and chosen anew from what was known: history
//! before it, events with `known_from` before it. Adjustments are left out: they were made for another day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::accuracy::{Judged, accuracy, naive_error};
use super::origins::{Actual, BacktestOrigins, Task, tasks_of};
use crate::domain::backtest::{Backtest, BacktestPoint, BacktestTotal};
use crate::domain::progress::{Cancelled, Progress, go_on};
use crate::domain::time::{IntervalGrid, local_date};
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::input::ForecastInput;
use crate::forecast::params::ForecastParams;
use crate::forecast::pool::folds::NoiseOf;
use crate::forecast::pool::parts::ForecastParts;
use crate::forecast::pool::predict::{Prediction, predict};

/// Open days that make a week.
const LEAST_OPEN_DAYS_OF_A_WEEK: usize = 5;

/// Forecasts from many origins, compared with what came. A day is open for a queue if anything was counted on it.
///
/// # Errors
/// When it was cancelled on the way.
pub fn backtest(
    input: &ForecastInput<'_>,
    origins: &BacktestOrigins,
    params: &ForecastParams,
    progress: &dyn Progress,
) -> Result<Backtest, Cancelled> {
    let histories: Vec<QueueHistory<'_>> =
        (0..input.queues.len()).map(|queue| QueueHistory::new(input, queue)).collect();
    let actuals: Vec<Actual> = histories.par_iter().map(Actual::of).collect();
    let tasks: Vec<Task> =
        histories.iter().zip(&actuals).flat_map(|(history, actual)| tasks_of(history, actual, origins)).collect();
    let done = std::sync::atomic::AtomicU64::new(0);
    let results: Vec<ScoredForecast> = tasks
        .par_iter()
        .map(|task| {
            go_on(progress)?;
            let judged = judge(&histories[task.queue.0], &actuals[task.queue.0], task, params);
            let finished = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            progress.advance(finished, tasks.len() as u64);
            Ok(judged)
        })
        .collect::<Result<_, _>>()?;
    let (judged, totals): (Vec<_>, Vec<_>) = results.into_iter().map(|of| (of.judged, of.totals)).unzip();
    let judged: Vec<Judged> = judged.into_iter().flatten().collect();
    let points = judged.iter().filter(|judged| judged.method.is_none()).map(|judged| judged.point).collect();
    let scales: Vec<f64> =
        histories.iter().zip(&actuals).map(|(history, actual)| naive_error(history, actual, &tasks)).collect();
    Ok(Backtest { points, accuracy: accuracy(&judged, &scales), totals: totals.into_iter().flatten().collect() })
}

/// All that one task gave.
struct ScoredForecast {
    judged: Vec<Judged>,
    totals: Vec<BacktestTotal>,
}

fn judge(history: &QueueHistory<'_>, actual: &Actual, task: &Task, params: &ForecastParams) -> ScoredForecast {
    let Actual { came: actual, is_outage } = actual;
    let (known, until) = (task.intervals.start, task.intervals.end);
    let origin = history.grid.start_of(known);
    let target = Target::new(
        IntervalGrid::covering(origin, history.grid.start_of(until), history.grid.interval()),
        history,
        origin,
    );
    let Prediction { choice, pool, combined, day_variance, .. } = predict(history, known, origin, &target, params);
    let first = local_date(origin, task.zone);
    let mut judged = Vec::new();
    let mut spans: BTreeMap<(u32, u32), TestedSpan> = BTreeMap::new();
    let said = pool.iter().enumerate().map(|(number, parts)| (Some(number), parts));
    for (method, parts) in said.chain([(None, &combined)]) {
        let noise = choice.noise(method.map_or(NoiseOf::Combination, NoiseOf::Method));
        for (at, interval) in task.intervals.clone().enumerate().filter(|(_, interval)| !actual[*interval].is_nan()) {
            let start = history.grid.start_of(interval);
            let date = local_date(start, task.zone);
            let Some(days_ahead) = task.ahead.get(&date).copied() else { continue };
            let offered: f64 = parts.iter().map(|parts: &ForecastParts| parts.offered(at)).sum();
            let doubt: f64 = parts.iter().map(|parts| parts.doubt[at]).sum();
            let calendar_days = u32::try_from((date - first).num_days() + 1).unwrap_or(1);
            let uncertain = if offered > 0.0 { doubt / offered } else { 0.0 };
            let [p10, p50, p90] = match day_variance[at].filter(|_| method.is_none()) {
                Some(left) => noise.rest_of_day_band(offered, left, uncertain * uncertain),
                None => noise.interval_band(offered, calendar_days, uncertain * uncertain),
            };
            let (queue, came, is_outage) = (task.queue, actual[interval], is_outage[interval]);
            let point = BacktestPoint { queue, origin, start, actual: came, offered, p10, p50, p90, is_outage };
            let weights = choice.combination.at(calendar_days);
            judged.push(Judged { method, days_ahead, weight: method.map_or(1.0, |method| weights[method]), point });
            if method.is_none() {
                for days in [1, 7] {
                    let span =
                        spans.entry((days, (calendar_days - 1) / days)).or_insert_with(|| TestedSpan::from(date));
                    span.actual += came;
                    span.doubt += doubt;
                    span.intervals.push((calendar_days, offered));
                    span.left.extend(day_variance[at].map(|left| (offered, left)));
                }
            }
        }
    }
    let noise = choice.noise(NoiseOf::Combination);
    let total = |((days, _), span): (&(u32, u32), &TestedSpan)| {
        let offered: f64 = span.intervals.iter().map(|interval| interval.1).sum();
        let uncertain = if offered > 0.0 { span.doubt / offered } else { 0.0 };
        let [p10, p50, p90] = if *days == 1 && span.left.len() == span.intervals.len() {
            noise.rest_of_day_total_band(&span.left, uncertain * uncertain)
        } else {
            noise.total_band(&span.intervals, uncertain * uncertain)
        };
        let (queue, days, actual) = (task.queue, *days, span.actual);
        BacktestTotal { queue, origin, from: span.from, days, actual, offered, p10, p50, p90 }
    };
    let whole =
        |((days, _), span): &(&(u32, u32), &TestedSpan)| *days == 1 || span.open_days() >= LEAST_OPEN_DAYS_OF_A_WEEK;
    let totals = spans.iter().filter(whole).map(total).collect();
    ScoredForecast { judged, totals }
}

/// A day or a week of one origin.
struct TestedSpan {
    from: NaiveDate,
    actual: f64,
    /// Standard deviation of what events add, as if it erred together.
    doubt: f64,
    /// Days ahead and contacts forecast, of each interval that is known.
    intervals: Vec<(u32, f64)>,
    /// Contacts forecast and variance left, of each interval of a day whose morning is known.
    left: Vec<(f64, f64)>,
}

impl TestedSpan {
    const fn from(date: NaiveDate) -> Self {
        Self { from: date, actual: 0.0, doubt: 0.0, intervals: Vec::new(), left: Vec::new() }
    }

    fn open_days(&self) -> usize {
        self.intervals.chunk_by(|one, next| one.0 == next.0).count()
    }
}
