//! From which instants forecasts are made again, of what, and what came then.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};

use crate::domain::ids::QueueIx;
use crate::domain::time::{Zone, instant_at_or_after, local_date, start_of_day};
use crate::forecast::calendar::queue_history::QueueHistory;

/// Open days tested where no first origin is given: eight weeks of a queue that is open on five days, not quite six of one that is open daily.
const USUAL_OPEN_DAYS: usize = 40;
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

/// One queue at one origin.
pub(super) struct Task {
    pub(super) queue: QueueIx,
    /// Intervals known at the origin, and those forecast.
    pub(super) intervals: std::ops::Range<usize>,
    /// Open days ahead of each day in the range.
    pub(super) ahead: BTreeMap<NaiveDate, u32>,
    pub(super) zone: Zone,
}

/// Contacts of the whole queue per interval.
pub(super) struct Actual {
    /// What came; NaN where nothing is known, or an open region is not. What was taken for an outage was lived through.
    pub(super) came: Vec<f64>,
    /// Whether any region's count was taken for an outage.
    pub(super) is_outage: Vec<bool>,
}

impl Actual {
    /// Of a queue's history.
    pub(super) fn of(history: &QueueHistory<'_>) -> Self {
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
        Self { came: known.collect(), is_outage }
    }
}

/// The tasks of a queue, in order of time.
pub(super) fn tasks_of(history: &QueueHistory<'_>, actual: &Actual, origins: &BacktestOrigins) -> Vec<Task> {
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
