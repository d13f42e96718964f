//! How targets move from round to round.
//!
//! A queue's goal is steered towards in steps of time of its own: hours where the goal is over intervals, days, or weeks. In each, the target
//! and the price of missing it rise or fall by what the simulation says the aim is missed by; the aim itself lies above the goal as far as experience
//! asks for.

use std::collections::BTreeMap;

use crate::domain::queue::{Channel, GoalPeriod, Queue};
use crate::domain::service::{QueueService, Service};
use crate::domain::standing::sure;
use crate::domain::time::{PlanPeriod, minute_of_day};
use crate::staffing::PoolTargets;

use super::verdict::{THIN, THIN_SHARE, WITHIN, missed};

/// Part of an error by which a target moves, and the most it moves in a round.
const PART: f64 = 0.5;
const MOST_MOVE: f64 = 0.1;
/// Where targets stay.
const LEAST_TARGET: f64 = 0.2;
const MOST_TARGET: f64 = 0.99;
/// Growth of a weight per unit of error, the most of it in a round, and where weights stay. What is more than kept is given up slowly: what
/// is kept in one hour seldom makes up for what is missed in another.
const GROWTH: f64 = 4.0;
const MOST_GROWTH: f64 = 0.4;
const MOST_DECAY: f64 = 0.1;
const LEAST_WEIGHT: f64 = 0.1;
const MOST_WEIGHT: f64 = 8.0;
/// Of deferred work: how fast its multiple grows where it is late and falls where it is not, and where it stays.
const DEFERRED_GROWTH: f64 = 2.0;
const MOST_DEFERRED_DECAY: f64 = 0.15;
const LEAST_DEFERRED: f64 = 0.2;
const MOST_DEFERRED: f64 = 3.0;
/// How an aim moves with what is missed, and how far above its goal it may lie.
const AIM_PART: f64 = 0.6;
const MOST_AIM: f64 = 0.1;

/// Where each queue is steered to.
pub(super) struct Steering {
    /// Per queue how far above its goal it aims.
    above: Vec<f64>,
}

impl Steering {
    pub(super) fn new(queues: &[Queue]) -> Self {
        Self { above: vec![0.0; queues.len()] }
    }

    /// Moves every target by what the simulation says.
    pub(super) fn steer(
        &mut self,
        targets: &mut PoolTargets,
        queues: &[Queue],
        service: &Service,
        period: &PlanPeriod,
    ) {
        for (at, (queue, of)) in queues.iter().zip(&service.queues).enumerate() {
            self.aim(at, queue, of);
            if !queue.goal.is_promise() {
                continue;
            }
            let goal = queue.goal.share.get();
            let aim = goal + self.above[at];
            let steps = steps(queue, service, period);
            let served = served_by_step(&steps, queue, of);
            let (shares, weights) = (&mut targets.shares[at], &mut targets.weights[at]);
            for ((step, share), weight) in steps.iter().zip(shares).zip(weights) {
                let Some(&served) = served.get(step) else { continue };
                let error = aim - served;
                if let Channel::Deferred { .. } = queue.channel {
                    let growth = (DEFERRED_GROWTH * error).clamp(-MOST_DEFERRED_DECAY, MOST_GROWTH);
                    *share = (*share * growth.exp()).clamp(LEAST_DEFERRED, MOST_DEFERRED);
                } else {
                    *share = (*share + (PART * error).clamp(-MOST_MOVE, MOST_MOVE))
                        .clamp(LEAST_TARGET.min(goal), MOST_TARGET.max(goal));
                    let growth = (GROWTH * error).clamp(-MOST_DECAY, MOST_GROWTH);
                    *weight = (*weight * growth.exp()).clamp(LEAST_WEIGHT, MOST_WEIGHT);
                }
            }
        }
        let week = 7 * 24 * 60 / period.interval.get().max(1);
        targets.repeat_after(service.grid.len(), usize::try_from(week).unwrap_or(1));
    }

    /// Aims higher where a goal is missed, and lower where it is kept with room to spare.
    fn aim(&mut self, at: usize, queue: &Queue, of: &QueueService) {
        /// What a goal that holds aims less for in a round.
        const EASE: f64 = 0.002;
        let goal = queue.goal.share.get();
        let most = MOST_AIM.min(MOST_TARGET - goal).max(0.0);
        let move_by = match queue.goal.over {
            GoalPeriod::Interval if missed(queue, of) <= missed_by_thin(of, goal) => {
                AIM_PART * (of.in_thin_intervals(goal, THIN) - WITHIN)
            }
            _ if missed(queue, of) > 0.0 => AIM_PART * missed(queue, of),
            _ => -EASE,
        };
        self.above[at] = (self.above[at] + move_by).clamp(0.0, most);
    }
}

fn missed_by_thin(of: &QueueService, goal: f64) -> f64 {
    (of.in_thin_intervals(goal, THIN) - THIN_SHARE).max(0.0)
}

/// Per interval the step of time that it belongs to.
fn steps(queue: &Queue, service: &Service, period: &PlanPeriod) -> Vec<(i64, u32)> {
    // The last interval may reach beyond the plan's last day.
    let last = period.end().pred_opt().unwrap_or(period.start);
    let step = |at: usize| {
        let day = (service.grid.local_date_of(at, period.zone).min(last) - period.start).num_days();
        match queue.goal.over {
            GoalPeriod::Interval => (day, minute_of_day(service.grid.start_of(at), period.zone) / 60),
            GoalPeriod::Day => (day, 0),
            GoalPeriod::Week => (day.div_euclid(7), 0),
        }
    };
    (0..service.grid.len()).map(step).collect()
}

/// Share served in each step of time in which contacts come: of days and weeks for which a goal is promised what is judged by it.
fn served_by_step(steps: &[(i64, u32)], queue: &Queue, of: &QueueService) -> BTreeMap<(i64, u32), f64> {
    if queue.goal.over != GoalPeriod::Interval {
        let judged = (0_i64..).zip(of.periods(queue.goal.over));
        return judged.filter_map(|(number, period)| Some(((number, 0), sure(&period.judged?)))).collect();
    }
    let mut sums: BTreeMap<(i64, u32), (f64, f64)> = BTreeMap::new();
    for (t, step) in steps.iter().enumerate() {
        if let Some(in_time) = of.in_time[t].filter(|_| of.offered[t] > 0.0) {
            let (offered, served) = sums.entry(*step).or_default();
            *offered += of.offered[t];
            *served += of.offered[t] * in_time.share;
        }
    }
    sums.into_iter().map(|(step, (offered, served))| (step, served / offered)).collect()
}
