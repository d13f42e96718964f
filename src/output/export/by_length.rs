//! A queue's forecast in intervals of another length: contacts are spread evenly within an interval, handle times weighed by them.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration};

use crate::domain::time::Instant;
use crate::output::records::{ForecastRow, PlanFile, QueueEntry};
use crate::output::results::Results;

/// What is expected of a queue from `start` on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expected {
    pub(super) start: Instant,
    /// Contacts.
    pub(super) offered: f64,
    /// Mean handle time, seconds.
    pub(super) aht_s: f64,
}

/// The region that stands for the whole queue.
const WHOLE: &str = "*";

/// Each queue of the plan with what is expected of it in intervals of so many minutes, aligned to UTC.
pub(super) fn queues(results: &Results, minutes: i64) -> Vec<(&QueueEntry, Vec<Expected>)> {
    let of = |queue: &QueueEntry| {
        let rows = results.forecast.iter().filter(|row| row.queue == queue.id && row.region == WHOLE);
        spread(rows, results.plan.interval_minutes, minutes)
    };
    let PlanFile { queues, .. } = &results.plan;
    queues.iter().map(|queue| (queue, of(queue))).collect()
}

fn spread<'a>(rows: impl Iterator<Item = &'a ForecastRow>, from: i64, to: i64) -> Vec<Expected> {
    let (from, to) = (from * 60, to * 60);
    // Contacts and their work, by the interval in which they fall.
    let mut sums: BTreeMap<i64, (f64, f64, f64)> = BTreeMap::new();
    for row in rows {
        let (begins, ends) = (row.start.timestamp(), row.start.timestamp() + from);
        let mut at = begins.div_euclid(to) * to;
        while at < ends {
            let seconds = ends.min(at + to) - begins.max(at);
            let share = seconds as f64 / from as f64;
            let offered = if row.offered.is_finite() { row.offered * share } else { 0.0 };
            let aht_s = if row.aht_s.is_finite() { row.aht_s } else { 0.0 };
            let sum = sums.entry(at).or_default();
            *sum = (sum.0 + offered, sum.1 + offered * aht_s, sum.2.max(aht_s));
            at += to;
        }
    }
    let expected = |(at, (offered, work, longest)): (i64, (f64, f64, f64))| Expected {
        start: DateTime::from_timestamp(at, 0).unwrap_or_default(),
        offered,
        aht_s: if offered > 0.0 { work / offered } else { longest },
    };
    sums.into_iter().map(expected).collect()
}

impl Expected {
    /// The end of an interval of so many minutes.
    pub(super) fn end(&self, minutes: i64) -> Instant {
        self.start + Duration::minutes(minutes)
    }
}

/// A forecast of an hour with 12 contacts of five minutes and one with 6 of four, in intervals of an hour.
#[cfg(test)]
pub(super) mod sample {
    pub(in crate::output::export) const FORECAST: &str = "queue,region,start,start_local,offered,p10,p50,p90,aht_s,baseline,event,holiday\n\
         orders,pl,2026-10-24T22:00:00Z,2026-10-25T00:00:00+02:00,99,0,0,0,1,0,0,0\n\
         orders,*,2026-10-25T00:00:00Z,2026-10-25T02:00:00+02:00,12,9,12,15,300,12,0,0\n\
         orders,*,2026-10-25T01:00:00Z,2026-10-25T02:00:00+01:00,6,4,6,8,240,6,0,0\n\
         post,*,2026-10-25T00:00:00Z,2026-10-25T02:00:00+02:00,8,4,6,8,600,6,0,0\n";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::results::{ResultTable, sample as of_results};

    fn orders(minutes: i64, of_plan: i64) -> Vec<(f64, f64)> {
        let plan = of_results::PLAN.replace("\"interval_minutes\": 30", &format!("\"interval_minutes\": {of_plan}"));
        let files = [("plan.json", plan.as_str()), ("forecast.csv", sample::FORECAST)];
        let results = of_results::results(&files, &[ResultTable::Forecast]).expect("results");
        queues(&results, minutes)[0].1.iter().map(|of| (of.offered, of.aht_s)).collect()
    }

    #[test]
    fn an_hour_is_split_evenly_and_two_are_put_together_by_their_work() {
        assert_eq!(orders(30, 60), [(6.0, 300.0), (6.0, 300.0), (3.0, 240.0), (3.0, 240.0)]);
        // 12 × 300 s and 6 × 240 s are 5040 s of work for 18 contacts.
        assert_eq!(orders(24 * 60, 60), [(18.0, 280.0)]);
    }
}
