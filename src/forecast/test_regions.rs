//! Small regions and queues for tests.

use chrono::Weekday;

use crate::domain::calendar::{ClockSpan, Holiday, HolidayService, WeeklyHours};
use crate::domain::ids::{QueueId, RegionId};
use crate::domain::queue::{Channel, Queue, Region, ServiceGoal};
use crate::domain::time::Zone;
use crate::domain::units::{Seconds, Share};

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// Open on the first `days` weekdays of the week, from one hour to another.
pub(in crate::forecast) fn region(id: &str, zone: Zone, days: usize, from: u16, until: u16) -> Region {
    let mut hours = WeeklyHours::default();
    for day in &WEEK[..days] {
        hours.open(*day, ClockSpan::new(from * 60, until * 60).expect("a span"));
    }
    Region { id: RegionId::new(id), zone, hours, share: None }
}

/// A voice queue of these regions.
pub(in crate::forecast) fn queue(regions: Vec<Region>) -> Queue {
    Queue {
        declared_aht: Seconds::new(180.0),
        regions,
        ..Queue::new(
            QueueId::new("orders"),
            Channel::Voice,
            ServiceGoal::new(Share::clamped(0.8), Seconds::clamped(20.0)),
        )
    }
}

/// A holiday everywhere.
pub(in crate::forecast) fn holiday(date: &str, name: &str, service: HolidayService) -> Holiday {
    let date = date.parse().expect("a date");
    Holiday { date, name: name.into(), regions: vec![], sites: vec![], service }
}
