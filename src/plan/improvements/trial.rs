//! Changes lived through: the same contacts with and without each.

use std::cmp::Ordering;

use crate::domain::ids::AgentIx;
use crate::domain::progress::Progress;
use crate::domain::roster::Shift;
use crate::domain::service::PairedDifference;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::plan::one_more::with_one_more;
use crate::plan::options::PlanError;
use crate::simulate::{Outcomes, SimulatedRoster, SimulationParams};

use super::candidates::Candidate;
use super::model::{Aim, GoalGain};
use super::promises::Promises;

/// What is tried.
#[derive(Clone, Debug)]
pub(super) enum Trial {
    /// A change of somebody's shifts.
    Exchange(Candidate),
    /// One more person who works the shifts of somebody.
    Hire(AgentIx),
}

impl Trial {
    /// The shift of which somebody would no longer work all hours, if there is one.
    pub(super) fn left(&self) -> Option<&Shift> {
        match self {
            Self::Exchange(of) if of.takes_away() => of.instead.as_ref(),
            Self::Exchange(_) | Self::Hire(_) => None,
        }
    }

    /// The people and shifts with the change made.
    pub(super) fn made(&self, roster: &SimulatedRoster<'_>) -> (Workforce, Vec<Shift>) {
        match self {
            Self::Exchange(of) => (roster.workforce.clone(), of.exchange().made(roster.shifts)),
            Self::Hire(like) => with_one_more(roster, *like),
        }
    }
}

/// What a change gave.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    pub(super) trial: Trial,
    pub(super) price: Money,
    /// Whether each goal is kept that held.
    pub(super) is_kept: bool,
    pub(super) goal: Option<GoalGain>,
    pub(super) at_goals: PairedDifference,
    pub(super) in_time: PairedDifference,
    pub(super) kept: PairedDifference,
}

impl Tried {
    /// Whether it does something for what is aimed at.
    pub(super) fn helps(&self, aim: Aim) -> bool {
        match aim {
            Aim::Missed | Aim::Near => self.at_goals.by > 0.0,
            Aim::Saving => self.price < Money::ZERO,
        }
    }

    /// Which of two is better: what saves most; where goals are missed, what costs least for a contact more in time there, and of what
    /// costs nothing what gives most.
    pub(super) fn compare(&self, other: &Self, aim: Aim) -> Ordering {
        let of = |tried: &Self| {
            let (price, gain) = (tried.price.as_f64(), tried.at_goals.by.max(f64::MIN_POSITIVE));
            match aim {
                Aim::Saving => (false, price),
                Aim::Missed | Aim::Near if price > 0.0 => (true, price / gain),
                Aim::Missed | Aim::Near => (false, -gain),
            }
        };
        let ((one_costs, one), (other_costs, another)) = (of(self), of(other));
        one_costs.cmp(&other_costs).then(one.total_cmp(&another))
    }
}

/// Lives through each change so many times.
pub(super) fn tried(
    roster: &SimulatedRoster<'_>,
    promises: &Promises,
    trials: Vec<(Trial, Money)>,
    (params, replications): (&SimulationParams, usize),
    progress: &dyn Progress,
) -> Result<Vec<Tried>, PlanError> {
    let stretches = promises.stretches();
    let lived =
        |roster: &SimulatedRoster<'_>| Outcomes::with_stretches(roster, params, replications, &stretches, progress);
    if trials.is_empty() {
        return Ok(Vec::new());
    }
    let base = lived(roster)?;
    let of_trial = |(trial, price): (Trial, Money)| {
        let (workforce, shifts) = trial.made(roster);
        let changed = lived(&SimulatedRoster { workforce: &workforce, shifts: &shifts, ..*roster })?;
        Ok(Tried {
            trial,
            price,
            is_kept: promises.are_kept(&changed, &base),
            goal: goal(promises, &changed, &base),
            at_goals: changed.in_time_of_stretches_beyond(&base, &promises.aims),
            in_time: changed.in_time_beyond(&base),
            kept: changed.kept_beyond(&base),
        })
    };
    trials.into_iter().map(of_trial).collect()
}

/// The goal aimed at where most contacts more are in time, of those whose gain is no luck.
fn goal(promises: &Promises, changed: &Outcomes, base: &Outcomes) -> Option<GoalGain> {
    let gain = |at: &usize| {
        let promise = &promises.all[*at];
        let contacts = changed.in_time_of_stretches_beyond(base, &[*at]).by;
        let gain = GoalGain {
            queue: promise.stretch.queue,
            from: promise.from,
            days: promise.days,
            in_thin_intervals: promise.in_thin_intervals,
            before: base.share_of_stretch(*at)?,
            by: changed.share_of_stretch_beyond(base, *at)?,
        };
        (!gain.by.is_noise() && gain.by.by > 0.0).then_some((contacts, gain))
    };
    let most = promises.aims.iter().filter_map(gain).max_by(|one, other| one.0.total_cmp(&other.0));
    most.map(|(_, gain)| gain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(price: f64, gain: f64) -> Tried {
        let difference = |by| PairedDifference { by, half_width: 0.0 };
        Tried {
            trial: Trial::Hire(AgentIx(0)),
            price: Money::rounded(price),
            is_kept: true,
            goal: None,
            at_goals: difference(gain),
            in_time: difference(gain),
            kept: difference(0.0),
        }
    }

    fn first(aim: Aim, of: &[(f64, f64)]) -> (f64, f64) {
        let mut of: Vec<Tried> = of.iter().map(|(price, gain)| tried(*price, *gain)).collect();
        of.sort_by(|one, other| one.compare(other, aim));
        (of[0].price.as_f64(), of[0].at_goals.by)
    }

    #[test]
    fn the_best_costs_least_for_a_contact() {
        // 3 a contact against 4; what costs nothing comes before both, and of these what gives most.
        assert_eq!(first(Aim::Missed, &[(60.0, 20.0), (40.0, 10.0)]), (60.0, 20.0));
        assert_eq!(first(Aim::Missed, &[(60.0, 20.0), (0.0, 5.0), (-9.0, 2.0)]), (0.0, 5.0));
        assert_eq!(first(Aim::Saving, &[(-10.0, 0.0), (-25.0, 0.0)]), (-25.0, 0.0));
    }

    #[test]
    fn what_does_nothing_for_the_aim_does_not_help() {
        assert!(tried(10.0, 1.0).helps(Aim::Missed) && !tried(10.0, -1.0).helps(Aim::Missed));
        assert!(tried(-10.0, -1.0).helps(Aim::Saving) && !tried(0.0, 1.0).helps(Aim::Saving));
    }
}
