//! When a queue is open: some region's customers are within their hours and not on a holiday that closes them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::queue::Queue;
use crate::domain::time::{Instant, local_date};

/// The opening hours of a queue with its closing holidays looked up once.
#[derive(Clone, Debug)]
pub(super) struct Opening<'a> {
    queue: &'a Queue,
    /// Per region, the local dates on which it is closed.
    closed: Vec<BTreeSet<NaiveDate>>,
}

impl<'a> Opening<'a> {
    /// The opening of a queue.
    pub(super) fn of(queue: &'a Queue, holidays: &[Holiday]) -> Self {
        let closing = |holiday: &&Holiday| holiday.service == HolidayService::Closed;
        let closed = queue.regions.iter().map(|region| {
            let concerning = holidays.iter().filter(closing).filter(|holiday| holiday.concerns(&region.id));
            concerning.map(|holiday| holiday.date).collect()
        });
        Self { queue, closed: closed.collect() }
    }

    /// Whether customers of any region are served at an instant.
    pub(super) fn is_open(&self, at: Instant) -> bool {
        self.queue.regions.iter().zip(&self.closed).any(|(region, closed)| {
            region.hours.is_open(at, region.zone) && !closed.contains(&local_date(at, region.zone))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::RegionId;
    use crate::staffing::test_instances;

    #[test]
    fn a_holiday_closes_only_the_regions_it_concerns() {
        let mut queue = test_instances::voice("orders");
        queue.regions = vec![test_instances::region("pl", "08:00-16:00"), test_instances::region("gb", "08:00-16:00")];
        let holiday = |regions: &[&str]| Holiday {
            date: "2026-11-11".parse().expect("a date"),
            name: "Independence Day".into(),
            regions: regions.iter().map(RegionId::new).collect(),
            sites: Vec::new(),
            service: HolidayService::Closed,
        };
        let noon: Instant = "2026-11-11T12:00:00Z".parse().expect("an instant");
        assert!(Opening::of(&queue, &[holiday(&["pl"])]).is_open(noon));
        assert!(!Opening::of(&queue, &[holiday(&["pl", "gb"])]).is_open(noon));
        assert!(!Opening::of(&queue, &[holiday(&[])]).is_open(noon));
    }
}
