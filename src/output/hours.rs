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
    /// Contacts expected of which the plan decides whether they are served in time.
    pub(super) contacts: f64,
    /// Those of them expected to be served in time.
    pub(super) in_time: f64,
    /// Contacts expected of which it does not: none of their work is done, or due, before its end.
    pub(super) undecided: f64,
    /// Hours of agents missing.
    pub(super) short: f64,
    /// Agents missing at once, at most.
    pub(super) most_short: f64,
    /// Hours in intervals that stay below the goal by themselves.
    pub(super) below: f64,
    /// Hours it lasts: two where clocks go back and it repeats.
    pub(super) length: f64,
}

impl Hour {
    /// Whether contacts are expected, and the plan decides of none of them.
    pub(super) fn is_undecided(self) -> bool {
        /// Fewer contacts than this are none.
        const SOME: f64 = 0.005;
        self.contacts <= 0.0 && self.undecided > SOME
    }

    /// Share in time.
    pub(super) fn service(self) -> f64 {
        self.in_time / self.contacts
    }

    /// Whether clocks go back within it.
    #[cfg(any(test, feature = "charts"))]
    pub(super) fn repeats(self) -> bool {
        self.length > 1.0 + 1e-9
    }

    /// Both together.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            contacts: self.contacts + other.contacts,
            undecided: self.undecided + other.undecided,
            in_time: self.in_time + other.in_time,
            short: self.short + other.short,
            most_short: self.most_short.max(other.most_short),
            below: self.below + other.below,
            length: self.length + other.length,
        }
    }
}

/// Keyed by local date and hour of the day, in order. The hour that repeats in autumn holds both.
pub(super) type Hours = BTreeMap<(NaiveDate, u32), Hour>;

/// The hours of a queue in which contacts are expected or agents are missing, on the plan's clock.
pub(super) fn of_queue(plan: &Plan, rostered: &Rostered, queue: QueueIx) -> Hours {
    let (of, goal) = (&rostered.coverage.queues[queue.0], plan.queues[queue.0].goal.share.get());
    by_hour(rostered.coverage.grid, figures::contacts(plan, queue), of, goal, plan.period.zone)
}

fn by_hour(grid: IntervalGrid, contacts: &[f64], of: &QueueCoverage, goal: f64, zone: Zone) -> Hours {
    let mut hours = Hours::new();
    let length = grid.interval().as_hours();
    for (interval, start) in grid.starts().enumerate() {
        let share = of.service_expected[interval].filter(|_| contacts[interval] > 0.0);
        let (all, short) = (contacts[interval], of.short[interval]);
        if all <= 0.0 && short <= 0.0 {
            continue;
        }
        let contacts = share.map_or(0.0, |_| all);
        let more = Hour {
            contacts,
            undecided: all - contacts,
            in_time: contacts * share.unwrap_or(0.0),
            short: short * length,
            most_short: short,
            below: if share.is_some_and(|share| share < goal - HALF_A_POINT) { length } else { 0.0 },
            length,
        };
        let hour = hours.entry((local_date(start, zone), minute_of_day(start, zone) / 60)).or_default();
        *hour = hour.with(more);
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;
    use crate::output::example;

    #[test]
    fn an_hour_is_the_mean_of_its_intervals_weighted_by_contacts() {
        // 09:00 to 10:00 in Warsaw: 30 contacts at 90 % and 10 at 50 % are 32 of 40; nothing is expected after.
        let of = QueueCoverage {
            short: example::series(&[0.0, 3.0, 0.0]),
            service_expected: vec![Some(0.9), Some(0.5), None],
            ..QueueCoverage::nothing(example::grid(3))
        };
        let hours = by_hour(example::grid(3), &[30.0, 10.0, 0.0], &of, 0.8, chrono_tz::Europe::Warsaw);
        assert_eq!(hours.len(), 1);
        let hour = hours[&(example::date("2026-11-30"), 9)];
        assert!((hour.service() - 0.8).abs() < 1e-12);
        assert!((hour.short - 1.5).abs() < 1e-12);
        assert!((hour.below - 0.5).abs() < 1e-12 && (hour.most_short - 3.0).abs() < 1e-12 && !hour.repeats());
    }

    #[test]
    fn contacts_of_which_the_plan_does_not_decide_are_counted_apart() {
        let of = QueueCoverage {
            service_expected: vec![Some(0.9), None, None, None],
            ..QueueCoverage::nothing(example::grid(4))
        };
        let hours = by_hour(example::grid(4), &[30.0, 10.0, 4.0, 5.0], &of, 0.8, chrono_tz::Europe::Warsaw);
        let [first, second] = [9, 10].map(|hour| hours[&(example::date("2026-11-30"), hour)]);
        assert_eq!((first.contacts, first.undecided, first.is_undecided()), (30.0, 10.0, false));
        assert_eq!((second.contacts, second.undecided, second.is_undecided()), (0.0, 9.0, true));
    }

    #[test]
    fn the_hour_that_repeats_holds_both() {
        // From 23:30 UTC on 24 October Warsaw shows 01:30, then 02:00 to 03:00 twice: 5 half-hours in 2 hours.
        let start = example::instant("2026-10-24T23:30:00Z");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::minutes(150), Minutes::new(30));
        let of = QueueCoverage { service_expected: vec![Some(0.9); 5], ..QueueCoverage::nothing(grid) };
        let hours = by_hour(grid, &[1.0; 5], &of, 0.8, chrono_tz::Europe::Warsaw);
        let twice = hours[&(example::date("2026-10-25"), 2)];
        assert_eq!((hours.len(), twice.contacts, twice.length), (2, 4.0, 2.0));
        assert!(twice.repeats());
    }
}
