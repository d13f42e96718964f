//! The service customers would have had of a roster: what a simulation says, with its bands.

use chrono::NaiveDate;

use super::ids::QueueIx;
use super::series::Series;
use super::time::IntervalGrid;
use super::units::{Agents, Contacts, Seconds};

/// A share as replications estimate it, with the band that holds it with a probability of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The share, 0 to 1.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// Half the width of the band.
    #[must_use]
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A figure of one roster less that of another on the same contacts, with the band that holds it with a probability of 95 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// The difference.
    pub by: f64,
    /// Half the width of the band.
    pub half_width: f64,
}

impl PairedDifference {
    /// Whether the band holds nothing at all too: luck could have made it.
    #[must_use]
    pub fn is_noise(&self) -> bool {
        self.by.abs() <= self.half_width
    }
}

/// One queue over some days.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodService {
    /// First day, in the plan's zone.
    pub from: NaiveDate,
    /// How many days.
    pub days: u32,
    /// Contacts that come, on average.
    pub offered: f64,
    /// Share served as the goal counts; none where nothing is decided.
    pub in_time: Option<Estimate>,
    /// What counts against the goal: the same, or where a queue is staffed for a percentile, the share that is reached as often.
    pub judged: Option<Estimate>,
    /// Share of those who come that give up.
    pub abandoned: f64,
    /// Mean wait of those answered.
    pub asa: Seconds,
    /// Share of replications in which the goal's share was reached; none where nothing is decided.
    pub holds: Option<f64>,
    /// Share served in a bad one of ten replications; none where nothing is decided.
    pub bad: Option<f64>,
}

/// One queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueService {
    /// Contacts that come in each interval, on average, calls repeated and escalations included.
    pub offered: Series<Contacts>,
    /// Contacts of each interval that are answered, or done where work is deferred, on average.
    pub answered: Series<Contacts>,
    /// Share of the contacts of each interval served as the goal counts; none where nothing is decided.
    pub in_time: Vec<Option<Estimate>>,
    /// Contacts of each interval that give up, on average.
    pub abandoned: Series<Contacts>,
    /// Contacts of each interval that are answered or done after the goal's time, on average.
    pub late: Series<Contacts>,
    /// Contacts of each interval that still wait when the plan ends, deferred work in hand included, on average.
    pub waiting: Series<Contacts>,
    /// Mean wait of those answered, of deferred work the time until it is done.
    pub asa: Series<Seconds>,
    /// Agents at work on it, on average.
    pub busy: Series<Agents>,
    /// Day by day.
    pub days: Vec<PeriodService>,
    /// Sevens of days from the plan's first.
    pub weeks: Vec<PeriodService>,
    /// The whole plan.
    pub plan: PeriodService,
}

impl QueueService {
    /// What contacts that give up and those served late cost, at so much each, in the currency.
    #[must_use]
    pub fn lost_and_late(&self, (lost, late): (f64, f64)) -> f64 {
        lost * self.abandoned.total() + late * self.late.total()
    }

    /// Share of contacts that come in intervals served by more than `margin` below a share.
    #[must_use]
    pub fn in_thin_intervals(&self, share: f64, margin: f64) -> f64 {
        let thin = |t: &usize| self.in_time[*t].is_some_and(|estimate| estimate.share < share - margin);
        let all = self.offered.total();
        let in_thin: f64 = (0..self.in_time.len()).filter(thin).map(|t| self.offered[t]).sum();
        if all > 0.0 { in_thin / all } else { 0.0 }
    }
}

/// People of one skill group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupService {
    /// How many are at work at some time of the plan.
    pub people: usize,
    /// At work, on average, those who finish a contact after their time included.
    pub at_work: Series<Agents>,
    /// With a contact in hand, per queue that they can take.
    pub busy: Vec<(QueueIx, Series<Agents>)>,
}

impl GroupService {
    /// Share of the time at work with a contact in hand; none where nobody is at work.
    #[must_use]
    pub fn occupancy(&self) -> Option<f64> {
        let at_work = self.at_work.total();
        let busy: f64 = self.busy.iter().map(|(_, busy)| busy.total()).sum();
        (at_work > 0.0).then(|| busy / at_work)
    }
}

/// A roster lived through many times.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// The plan's intervals.
    pub grid: IntervalGrid,
    /// How many times.
    pub replications: usize,
    /// Contacts simulated, all replications together.
    pub contacts: u64,
    /// One per queue.
    pub queues: Vec<QueueService>,
    /// One per skill group.
    pub groups: Vec<GroupService>,
}

impl Service {
    /// People at work who can take a queue, in an interval, on average.
    #[must_use]
    pub fn there(&self, queue: QueueIx, interval: usize) -> f64 {
        self.able(queue).map(|group| group.at_work[interval]).sum()
    }

    /// Those of them who have a contact in hand, of whatever queue.
    #[must_use]
    pub fn busy(&self, queue: QueueIx, interval: usize) -> f64 {
        self.able(queue).flat_map(|group| &group.busy).map(|(_, busy)| busy[interval]).sum()
    }

    /// Share of their time that people who can take a queue have a contact in hand, in an interval; none where nobody is there.
    #[must_use]
    pub fn occupancy(&self, queue: QueueIx, interval: usize) -> Option<f64> {
        let there = self.there(queue, interval);
        (there > 1e-9).then(|| self.busy(queue, interval) / there)
    }

    fn able(&self, queue: QueueIx) -> impl Iterator<Item = &GroupService> {
        self.groups.iter().filter(move |group| group.busy.iter().any(|(of, _)| *of == queue))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_within_its_band_may_be_luck() {
        assert!(PairedDifference { by: 0.01, half_width: 0.01 }.is_noise());
        assert!(!PairedDifference { by: -0.02, half_width: 0.01 }.is_noise());
    }
}
