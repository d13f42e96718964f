//! Simulated service by clock hour: what the heat map colours and the report's list of thin hours ranks.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::ids::QueueIx;
use crate::domain::service::Service;
use crate::domain::standing::THIN;
use crate::domain::time::{Zone, minute_of_day};
use crate::plan::{Plan, Simulated};

/// One clock hour of one queue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Hour {
    /// Contacts that come and of which the plan decides whether they are served in time.
    pub(super) contacts: f64,
    /// Those of them served in time.
    pub(super) in_time: f64,
    /// Contacts of which it does not: none of their work is done, or due, before its end.
    pub(super) undecided: f64,
    /// Agent hours at work of people who can take the queue.
    pub(super) there: f64,
    /// Those of them with a contact in hand, of whatever queue.
    pub(super) busy: f64,
    /// Hours in intervals that are thin by themselves.
    pub(super) below: f64,
    /// Hours it lasts: two where clocks go back and it repeats.
    pub(super) length: f64,
}

impl Hour {
    /// Whether contacts come, and the plan decides of none of them.
    #[cfg(feature = "charts")]
    pub(super) fn is_undecided(self) -> bool {
        /// Fewer contacts than this are none.
        const SOME: f64 = 0.005;
        self.contacts <= 0.0 && self.undecided > SOME
    }

    /// Share in time.
    pub(super) fn service(self) -> f64 {
        self.in_time / self.contacts
    }

    /// Whether it is served by more than two points below a share.
    pub(super) fn is_thin(self, goal: f64) -> bool {
        self.contacts > 0.0 && self.service() < goal - THIN
    }

    /// Contacts more that would have to be served in time for a share to be reached.
    pub(super) fn late_beyond(self, goal: f64) -> f64 {
        (goal * self.contacts - self.in_time).max(0.0)
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
            there: self.there + other.there,
            busy: self.busy + other.busy,
            below: self.below + other.below,
            length: self.length + other.length,
        }
    }
}

/// Keyed by local date and hour of the day, in order. The hour that repeats in autumn holds both.
pub(super) type Hours = BTreeMap<(NaiveDate, u32), Hour>;

/// The hours of a queue in which contacts come, on the plan's clock.
pub(super) fn of_queue(plan: &Plan, simulated: &Simulated, queue: QueueIx) -> Hours {
    by_hour(&simulated.service, queue, plan.queues[queue.0].goal.share.get(), plan.period.zone)
}

fn by_hour(service: &Service, queue: QueueIx, goal: f64, zone: Zone) -> Hours {
    let (of, mut hours) = (&service.queues[queue.0], Hours::new());
    let length = service.grid.interval().as_hours();
    for (interval, start) in service.grid.starts().enumerate().filter(|(interval, _)| of.offered[*interval] > 0.0) {
        let share = of.in_time[interval].map(|estimate| estimate.share);
        let contacts = share.map_or(0.0, |_| of.offered[interval]);
        let more = Hour {
            contacts,
            undecided: of.offered[interval] - contacts,
            in_time: contacts * share.unwrap_or(0.0),
            there: service.there(queue, interval) * length,
            busy: service.busy(queue, interval) * length,
            below: if share.is_some_and(|share| share < goal - THIN) { length } else { 0.0 },
            length,
        };
        let hour =
            hours.entry((service.grid.local_date_of(interval, zone), minute_of_day(start, zone) / 60)).or_default();
        *hour = hour.with(more);
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::service::GroupService;
    use crate::output::example;

    fn service(offered: &[f64], shares: &[Option<f64>]) -> Service {
        let mut of = example::served(&shares.iter().map(|share| share.unwrap_or(0.0)).collect::<Vec<_>>(), &[], 0.8);
        of.offered = example::series(offered);
        of.in_time.iter_mut().zip(shares).filter(|(_, share)| share.is_none()).for_each(|(of, _)| *of = None);
        let flat = |agents: f64| example::series(&vec![agents; offered.len()]);
        let group = GroupService { people: 4, at_work: flat(4.0), busy: vec![(QueueIx(0), flat(3.0))] };
        Service { grid: of.offered.grid(), replications: 10, contacts: 100, queues: vec![of], groups: vec![group] }
    }

    #[test]
    fn an_hour_is_the_mean_of_its_intervals_weighted_by_contacts() {
        // 09:00 to 10:00 in Warsaw: 30 contacts at 90 % and 10 at 50 % are 32 of 40; nothing comes after.
        let service = service(&[30.0, 10.0, 0.0], &[Some(0.9), Some(0.5), None]);
        let hours = by_hour(&service, QueueIx(0), 0.8, chrono_tz::Europe::Warsaw);
        assert_eq!(hours.len(), 1);
        let hour = hours[&(example::date("2026-11-30"), 9)];
        assert!((hour.service() - 0.8).abs() < 1e-12 && !hour.is_thin(0.81) && hour.is_thin(0.83));
        assert!((hour.late_beyond(0.9) - 4.0).abs() < 1e-12);
        assert!((hour.there - 4.0).abs() < 1e-12 && (hour.busy - 3.0).abs() < 1e-12);
        assert!((hour.below - 0.5).abs() < 1e-12 && !hour.repeats());
    }

    #[test]
    fn contacts_of_which_the_plan_does_not_decide_are_counted_apart() {
        let service = service(&[30.0, 10.0, 4.0, 5.0], &[Some(0.9), None, None, None]);
        let hours = by_hour(&service, QueueIx(0), 0.8, chrono_tz::Europe::Warsaw);
        let [first, second] = [9, 10].map(|hour| hours[&(example::date("2026-11-30"), hour)]);
        assert_eq!((first.contacts, first.undecided, first.is_undecided()), (30.0, 10.0, false));
        assert_eq!((second.contacts, second.undecided, second.is_undecided()), (0.0, 9.0, true));
    }

    #[test]
    fn the_hour_that_repeats_holds_both() {
        // From 23:30 UTC on 24 October Warsaw shows 01:30, then 02:00 to 03:00 twice: 5 half-hours in 2 hours.
        let start = example::instant("2026-10-24T23:30:00Z");
        let minutes = crate::domain::units::Minutes::new(30);
        let grid = crate::domain::time::IntervalGrid::covering(start, start + chrono::Duration::minutes(150), minutes);
        let mut service = service(&[1.0; 5], &[Some(0.9); 5]);
        service.grid = grid;
        let hours = by_hour(&service, QueueIx(0), 0.8, chrono_tz::Europe::Warsaw);
        let twice = hours[&(example::date("2026-10-25"), 2)];
        assert_eq!((hours.len(), twice.contacts, twice.length), (2, 4.0, 2.0));
        assert!(twice.repeats());
    }
}
