//! Rolling origins: what would have been forecast, had the run been made then (Tashman, IJF 16, 2000).
//!
//! At each origin, the local midnight of an open day or a time within it, everything is learned and chosen anew from what was known: history
//! before it, events with `known_from` before it. Adjustments are left out: they were made for another day.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};
use rayon::prelude::*;

use crate::domain::backtest::{Accuracy, Backtest, BacktestPoint, BacktestTotal};
use crate::domain::ids::QueueIx;
use crate::domain::progress::{Cancelled, Progress, go_on};
use crate::domain::time::{IntervalGrid, Zone, instant_at_or_after, local_date, start_of_day};
use crate::forecast::baseline::method::Method;
use crate::forecast::calendar::queue_history::{QueueHistory, Target};
use crate::forecast::input::ForecastInput;
use crate::forecast::noise::crps::crps;
use crate::forecast::params::ForecastParams;
use crate::forecast::pool::folds::NoiseOf;
use crate::forecast::pool::parts::ForecastParts;
use crate::forecast::pool::predict::{Prediction, predict};

/// The method name of what the forecast uses.
const CHOSEN: &str = "chosen";
/// Open days tested where no first origin is given: eight weeks of a queue that is open on five days, not quite six of one that is open daily.
const USUAL_OPEN_DAYS: usize = 40;
/// Open days that make a week.
const LEAST_OPEN_DAYS_OF_A_WEEK: usize = 5;
/// Days of history the first origin needs.
const LEAST_HISTORY_DAYS: u64 = 21;

/// From which days forecasts are made, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BacktestOrigins {
    /// First origin; none: the last 40 open days.
    pub from: Option<NaiveDate>,
    /// Open days from one origin to the next, at least 1.
    pub every_days: u32,
    /// Open days ahead, at least 1.
    pub horizon_days: u32,
    /// Wall-clock time of the origins within their day; none: its midnight.
    pub at: Option<NaiveTime>,
    /// The plan's zone: origins are its midnights, or its times of day.
    pub zone: Zone,
}

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
    let actuals: Vec<Actual> = histories.par_iter().map(actual_of).collect();
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

/// One queue at one origin.
struct Task {
    queue: QueueIx,
    /// Intervals known at the origin, and those forecast.
    intervals: std::ops::Range<usize>,
    /// Open days ahead of each day in the range.
    ahead: BTreeMap<NaiveDate, u32>,
    zone: Zone,
}

/// One forecast and its actual; of no method: the chosen one.
struct Judged {
    method: Option<usize>,
    days_ahead: u32,
    weight: f64,
    point: BacktestPoint,
}

/// All that one task gave.
struct ScoredForecast {
    judged: Vec<Judged>,
    totals: Vec<BacktestTotal>,
}

/// Contacts of the whole queue per interval.
struct Actual {
    /// What came; NaN where nothing is known, or an open region is not. What was taken for an outage was lived through.
    came: Vec<f64>,
    /// Whether any region's count was taken for an outage.
    is_outage: Vec<bool>,
}

fn actual_of(history: &QueueHistory<'_>) -> Actual {
    let mut came = vec![f64::NAN; history.grid.len()];
    let mut partial = vec![false; history.grid.len()];
    let mut is_outage = vec![false; history.grid.len()];
    for region in &history.regions {
        let Some(counts) = region.offered else { continue };
        let mut add = |at: usize, count: f64| came[at] = if came[at].is_nan() { count } else { came[at] + count };
        let mut outages = region.outages.iter().peekable();
        for (at, count) in counts.iter().enumerate() {
            let outage = outages.next_if(|(interval, _)| *interval == at).map(|(_, counted)| *counted);
            let (date, slot) = region.placement.of(at);
            if !region.calendar.is_open(date, slot) {
                continue;
            }
            is_outage[at] |= outage.is_some();
            match count.or(outage) {
                Some(count) => add(at, count),
                None => partial[at] = true,
            }
        }
    }
    let known = came.iter().zip(&partial).map(|(came, partial)| if *partial { f64::NAN } else { *came });
    Actual { came: known.collect(), is_outage }
}

fn tasks_of(history: &QueueHistory<'_>, actual: &Actual, origins: &BacktestOrigins) -> Vec<Task> {
    let mut open: Vec<NaiveDate> = Vec::new();
    for (at, _) in actual.came.iter().enumerate().filter(|(_, came)| !came.is_nan()) {
        let date = local_date(history.grid.start_of(at), origins.zone);
        if open.last() != Some(&date) {
            open.push(date);
        }
    }
    let Some(earliest) = open.first().and_then(|first| first.checked_add_days(Days::new(LEAST_HISTORY_DAYS))) else {
        return Vec::new();
    };
    let usual = open[open.len().saturating_sub(USUAL_OPEN_DAYS)];
    let from = origins.from.unwrap_or(usual).max(earliest);
    let first = open.partition_point(|date| *date < from);
    let task = |at: usize| {
        let days = &open[at..(at + origins.horizon_days.max(1) as usize).min(open.len())];
        let end = days.last().and_then(|last| last.checked_add_days(Days::new(1)))?;
        let origin = origins.at.map_or_else(
            || start_of_day(days[0], origins.zone),
            |time| instant_at_or_after(days[0].and_time(time), origins.zone),
        );
        let intervals = history.grid.range(origin, start_of_day(end, origins.zone));
        if intervals.is_empty() {
            return None;
        }
        let ahead = days.iter().copied().zip(1..).collect();
        Some(Task { queue: history.index, intervals, ahead, zone: origins.zone })
    };
    (first..open.len()).step_by(origins.every_days.max(1) as usize).filter_map(task).collect()
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

/// Mean absolute error of repeating the last week, before the first origin: what MASE is relative to.
fn naive_error(history: &QueueHistory<'_>, actual: &Actual, tasks: &[Task]) -> f64 {
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
fn accuracy(judged: &[Judged], scales: &[f64]) -> Vec<Accuracy> {
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
