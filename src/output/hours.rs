//! Expected service by clock hour: what the heat map colours and the report's list of thin hours ranks.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::figures;
use crate::domain::coverage::QueueCoverage;
use crate::domain::ids::QueueIx;
use crate::domain::time::{IntervalGrid, Zone, local_date, minute_of_day};
use crate::plan::{Plan, Rostered};

/// What rounds to the goal counts as the goal: half a percentage point.
pub(super) const HALF_A_POINT: f64 = 0.005;

/// One clock hour of one queue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Hour {
    /// Contacts expected.
    pub(super) contacts: f64,
    /// Those of them expected to be served in time.
    pub(super) in_time: f64,
    /// Hours of agents missing.
    pub(super) short: f64,
}

impl Hour {
    /// Share in time.
    pub(super) fn service(self) -> f64 {
        self.in_time / self.contacts
    }
}

/// Keyed by local date and hour of the day, in order. The hour that repeats in autumn is counted once.
pub(super) type Hours = BTreeMap<(NaiveDate, u32), Hour>;

/// The hours of a queue in which contacts are expected, on the plan's clock.
pub(super) fn of_queue(plan: &Plan, rostered: &Rostered, queue: QueueIx) -> Hours {
    let of = &rostered.coverage.queues[queue.0];
    by_hour(rostered.coverage.grid, figures::contacts(plan, queue), of, plan.period.zone)
}

fn by_hour(grid: IntervalGrid, contacts: &[f64], of: &QueueCoverage, zone: Zone) -> Hours {
    let mut hours = Hours::new();
    for (interval, start) in grid.starts().enumerate() {
        let count = contacts[interval];
        if let Some(share) = of.service_expected[interval].filter(|_| count > 0.0) {
            let hour = hours.entry((local_date(start, zone), minute_of_day(start, zone) / 60)).or_default();
            hour.contacts += count;
            hour.in_time += count * share;
            hour.short += of.short[interval] * grid.interval().as_hours();
        }
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn an_hour_is_the_mean_of_its_intervals_weighted_by_contacts() {
        // 09:00 to 10:00 in Warsaw: 30 contacts at 90 % and 10 at 50 % are 32 of 40; nothing is expected after.
        let of = QueueCoverage {
            short: vec![0.0, 3.0, 0.0],
            service_expected: vec![Some(0.9), Some(0.5), None],
            ..QueueCoverage::default()
        };
        let hours = by_hour(example::grid(3), &[30.0, 10.0, 0.0], &of, chrono_tz::Europe::Warsaw);
        assert_eq!(hours.len(), 1);
        let hour = hours[&(example::date("2026-11-30"), 9)];
        assert!((hour.service() - 0.8).abs() < 1e-12);
        assert!((hour.short - 1.5).abs() < 1e-12);
    }
}
