//! What the goals promise, stretch by stretch, and where they are missed.

use chrono::NaiveDate;

use crate::domain::ids::QueueIx;
use crate::domain::queue::GoalPeriod;
use crate::domain::roster::Shift;
use crate::domain::service::{Estimate, PairedDifference, QueueService, Service};
use crate::domain::span::Span;
use crate::domain::standing::{HALF_A_POINT, THIN, THIN_SHARE, sure};
use crate::domain::workforce::Ability;
use crate::simulate::{Outcomes, SimulatedRoster, Stretch};

use super::model::Aim;

/// What a change may take from a share is less than this: the rest is luck.
const LUCK: f64 = 0.002;
/// A share this far above its goal is safe.
const SAFE: f64 = 0.005;

/// A day or a week of a queue for which its goal is promised, or the intervals of it that are served thinly.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Promise {
    pub(super) stretch: Stretch,
    pub(super) from: NaiveDate,
    pub(super) days: u32,
    pub(super) in_thin_intervals: bool,
    goal: f64,
    /// As the simulation judges it.
    judged: Estimate,
}

impl Promise {
    fn is_missed(&self) -> bool {
        self.in_thin_intervals || self.judged.share < self.goal - HALF_A_POINT
    }

    /// Whether it bears a change of its share: it does not come to be missed by more than luck, and where something is to be saved it stays safe;
    /// one that is missed becomes no worse by half a point that is no luck.
    fn is_kept(&self, change: PairedDifference, aim: Aim) -> bool {
        let (after, at_best) = (self.judged.share + change.by, change.by + change.half_width);
        match aim {
            Aim::Saving => change.by >= -LUCK || after >= self.goal + SAFE,
            Aim::Missed | Aim::Near if self.is_missed() => at_best >= -HALF_A_POINT,
            Aim::Missed | Aim::Near => at_best >= -LUCK || after >= self.goal - HALF_A_POINT,
        }
    }

    fn is_near(&self) -> bool {
        sure(&self.judged) < self.goal
    }
}

/// All that is promised, and which of it is to be improved.
#[derive(Clone, Debug)]
pub(super) struct Promises {
    pub(super) all: Vec<Promise>,
    pub(super) aim: Aim,
    /// Places of those that are missed; if none is, of those that are nearly reached.
    pub(super) aims: Vec<usize>,
}

impl Promises {
    /// Of a roster that was lived through.
    pub(super) fn of(roster: &SimulatedRoster<'_>, service: &Service) -> Self {
        let all: Vec<Promise> =
            (0..roster.queues.len()).flat_map(|queue| of_queue(roster, service, QueueIx(queue))).collect();
        let places = |is: fn(&Promise) -> bool| -> Vec<usize> { (0..all.len()).filter(|at| is(&all[*at])).collect() };
        let (missed, near) = (places(Promise::is_missed), places(Promise::is_near));
        let (aim, aims) = match (missed.is_empty(), near.is_empty()) {
            (false, _) => (Aim::Missed, missed),
            (true, false) => (Aim::Near, near),
            (true, true) => (Aim::Saving, Vec::new()),
        };
        Self { all, aim, aims }
    }

    /// The same, and besides that where goals are for intervals the hours of some shifts, which are left to others, come to be no thin ones.
    pub(super) fn with_hours_left<'a>(
        mut self,
        roster: &SimulatedRoster<'_>,
        service: &Service,
        shifts: impl Iterator<Item = &'a Shift>,
    ) -> Self {
        for shift in shifts {
            let group = &roster.workforce.groups[roster.workforce.agents[shift.agent.0].group.0];
            let by_interval = |ability: &&Ability| {
                let goal = &roster.queues[ability.queue.0].goal;
                goal.is_promise() && goal.over == GoalPeriod::Interval
            };
            let of_queues = group.abilities.iter().filter(by_interval);
            self.all.extend(of_queues.filter_map(|ability| hours_of(roster, service, ability.queue, shift)));
        }
        self
    }

    /// The stretches of all of them.
    pub(super) fn stretches(&self) -> Vec<Stretch> {
        self.all.iter().map(|promise| promise.stretch.clone()).collect()
    }

    /// Whether a changed roster keeps what is promised.
    pub(super) fn are_kept(&self, changed: &Outcomes, base: &Outcomes) -> bool {
        let is_kept = |(at, promise): (usize, &Promise)| {
            changed.share_of_stretch_beyond(base, at).is_none_or(|change| promise.is_kept(change, self.aim))
        };
        self.all.iter().enumerate().all(is_kept)
    }
}

/// That a queue is served no more than thinly below its goal in the hours of a shift; none where no contacts come.
fn hours_of(roster: &SimulatedRoster<'_>, service: &Service, queue: QueueIx, shift: &Shift) -> Option<Promise> {
    let of = &service.queues[queue.0];
    let range = |span: Span| service.grid.range(span.from, span.until);
    let intervals: Vec<usize> = shift.present().flat_map(range).filter(|t| of.in_time[*t].is_some()).collect();
    let share = share_in(of, &intervals)?;
    Some(Promise {
        stretch: Stretch { queue, intervals },
        from: shift.date,
        days: 1,
        in_thin_intervals: false,
        goal: roster.queues[queue.0].goal.share.get() - THIN,
        judged: Estimate { share, low: share, high: share },
    })
}

/// Share in time of the contacts of some intervals; none where no contacts come.
fn share_in(of: &QueueService, intervals: &[usize]) -> Option<f64> {
    let offered: f64 = intervals.iter().map(|t| of.offered[*t]).sum();
    let in_time = |t: &usize| of.in_time[*t].map_or(0.0, |estimate| estimate.share) * of.offered[*t];
    (offered > 0.0).then(|| intervals.iter().map(in_time).sum::<f64>() / offered)
}

fn of_queue(roster: &SimulatedRoster<'_>, service: &Service, queue: QueueIx) -> Vec<Promise> {
    let (goal, of) = (&roster.queues[queue.0].goal, &service.queues[queue.0]);
    if !goal.is_promise() {
        return Vec::new();
    }
    let (grid, share) = (service.grid, goal.share.get());
    let last = roster.period.end().pred_opt().unwrap_or(roster.period.start);
    let date = |t: usize| grid.local_date_of(t, roster.period.zone).min(last);
    let promises = of.periods(goal.over).iter().filter_map(|period| {
        let until = period.from + chrono::Duration::days(period.days.into());
        let intervals = (0..grid.len()).filter(|t| (period.from..until).contains(&date(*t))).collect();
        Some(Promise {
            stretch: Stretch { queue, intervals },
            from: period.from,
            days: period.days,
            in_thin_intervals: false,
            goal: share,
            judged: period.judged?,
        })
    });
    let mut promises: Vec<Promise> = promises.collect();
    if goal.over == GoalPeriod::Interval && of.in_thin_intervals(share, THIN) > THIN_SHARE {
        let is_thin = |t: &usize| of.in_time[*t].is_some_and(|estimate| estimate.share < share - THIN);
        let intervals: Vec<usize> = (0..of.in_time.len()).filter(is_thin).collect();
        let thin = share_in(of, &intervals).unwrap_or(0.0);
        promises.push(Promise {
            stretch: Stretch { queue, intervals },
            from: roster.period.start,
            days: 7 * roster.period.weeks,
            in_thin_intervals: true,
            goal: share,
            judged: Estimate { share: thin, low: thin, high: thin },
        });
    }
    promises
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_may_not_come_to_be_missed_and_what_is_missed_no_worse() {
        let promise = |share: f64| Promise {
            stretch: Stretch { queue: QueueIx(0), intervals: vec![0] },
            from: NaiveDate::default(),
            days: 1,
            in_thin_intervals: false,
            goal: 0.8,
            judged: Estimate { share, low: share - 0.004, high: share + 0.004 },
        };
        let bears = |share: f64, by: f64, aim| promise(share).is_kept(PairedDifference { by, half_width: 0.001 }, aim);
        // From 81 % two points are too many and one is not, unless something is to be saved. What may be nothing is no harm.
        let luck = PairedDifference { by: -0.02, half_width: 0.019 };
        assert!(promise(0.81).is_kept(luck, Aim::Missed) && !promise(0.81).is_kept(luck, Aim::Saving));
        assert!(!bears(0.81, -0.02, Aim::Missed) && bears(0.81, -0.01, Aim::Missed));
        assert!(
            !bears(0.81, -0.01, Aim::Saving) && bears(0.81, -0.004, Aim::Saving) && bears(0.8, -0.001, Aim::Saving)
        );
        // At 75 % the goal is missed: half a point less may be luck, a whole one is not.
        assert!(promise(0.75).is_missed() && bears(0.75, -0.005, Aim::Missed) && !bears(0.75, -0.01, Aim::Missed));
        assert!(promise(0.803).is_near() && !promise(0.805).is_near() && !promise(0.803).is_missed());
    }
}
