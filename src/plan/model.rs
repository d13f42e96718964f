//! What a run produced.

use chrono::NaiveDate;

use crate::domain::alternative::Alternative;
use crate::domain::backtest::Backtest;
use crate::domain::calendar::Holiday;
use crate::domain::coverage::Coverage;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Forecast};
use crate::domain::history::{CleaningNote, History};
use crate::domain::ids::{AgentId, QueueIx};
use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::routing::Routing;
use crate::domain::rule::Rule;
use crate::domain::series::Series;
use crate::domain::service::{PairedDifference, Service};
use crate::domain::shared_people::SharedPeople;
use crate::domain::staff_to::BeyondMean;
use crate::domain::standing::Standing;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::{Agents, Money};
use crate::domain::warning::Warning;
use crate::domain::workforce::Workforce;
use crate::roster::CheckedRoster;
use crate::simulate::SimulationParams;
use crate::staffing::CoverPriceParams;

use super::improvements::Improvements;

/// Everything a run produced; what later stages did not run for is absent.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The workspace's folder name, with the scenarios' names behind it.
    pub name: String,
    /// The days planned.
    pub period: PlanPeriod,
    /// Nothing after this was known.
    pub as_of: Instant,
    /// The currency of all money.
    pub currency: String,
    /// What an agent more or fewer costs beside pay.
    pub prices: CoverPriceParams,
    /// The queues, in order.
    pub queues: Vec<Queue>,
    /// Special days.
    pub holidays: Vec<Holiday>,
    /// Events known as of the run.
    pub events: Vec<Event>,
    /// The planner's adjustments, scenario factors included.
    pub adjustments: Vec<Adjustment>,
    /// The cleaned history.
    pub history: History,
    /// What cleaning changed.
    pub cleaning: Vec<CleaningNote>,
    /// What is expected.
    pub forecast: Forecast,
    /// How good such forecasts were, if asked for.
    pub backtest: Option<Backtest>,
    /// What is required.
    pub requirement: Option<Requirement>,
    /// What queues require beyond their mean, of those that are staffed for more.
    pub beyond_mean: Vec<BeyondMean>,
    /// What people who share queues would need, if any could.
    pub shared: Option<SharedPeople>,
    /// Who works when.
    pub rostered: Option<Rostered>,
    /// The service that the roster gives, or that of a roster brought along.
    pub simulated: Option<Simulated>,
    /// What the user should know, in sentences.
    pub warnings: Vec<Warning>,
}

/// People who count together, whatever they are busy with: those who can take one of some queues.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolCoverage {
    /// The queues.
    pub queues: Vec<QueueIx>,
    /// Heads to be rostered.
    pub required: Series<Agents>,
    /// Heads rostered, by what they are worth there.
    pub rostered: Series<Agents>,
}

/// What a round of planning and simulating came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    /// Hours at work.
    pub hours: f64,
    /// Wages and premiums, in the currency.
    pub cost: f64,
    /// By how much goals were missed, in shares, all together.
    pub missed: f64,
    /// Share served in time per queue over the plan.
    pub shares: Vec<f64>,
}

/// A roster lived through, and what that assumed.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// What it gave.
    pub service: Service,
    /// How contacts found agents.
    pub routing: Routing,
    /// How it was simulated.
    pub params: SimulationParams,
    /// What one more person of each kind would change.
    pub one_more: OneMoreOfEach,
    /// Hours that could be given to training, by day, then queues.
    pub free_hours: Vec<FreeHours>,
    /// What would help most; none of a roster that no checker has found legal.
    pub improvements: Option<Improvements>,
}

/// Hours in which people could be trained or coached with every goal kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct FreeHours {
    /// The day, in the plan's zone.
    pub day: NaiveDate,
    /// The queues that the people take.
    pub queues: Vec<QueueIx>,
    /// Hours of people.
    pub hours: f64,
}

/// What one more person of each kind would change, those who bring most first.
#[derive(Clone, Debug, Default)]
pub struct OneMoreOfEach {
    /// How often the roster was lived through with and without each.
    pub replications: usize,
    /// Kinds of people that were left out: those with fewest hours.
    pub left_out: usize,
    /// Each kind.
    pub kinds: Vec<OneMore>,
}

/// What one more person would change who takes certain queues and works the shifts of somebody who does.
#[derive(Clone, Debug)]
pub struct OneMore {
    /// The queues.
    pub queues: Vec<QueueIx>,
    /// Whose shifts: of those who take these queues, the one with the median hours at work.
    pub like: AgentId,
    /// Hours at work.
    pub hours: f64,
    /// What the person is paid for the plan.
    pub pay: Money,
    /// Per queue the change of the share served as its goal counts; none where nothing is decided.
    pub shares: Vec<Option<PairedDifference>>,
    /// Contacts more that are served as the goals count.
    pub in_time: PairedDifference,
    /// Contacts that no longer give up.
    pub kept: PairedDifference,
    /// What lost and late contacts cost less; none where they have no price.
    pub spared: Option<PairedDifference>,
}

impl OneMore {
    /// What the person brings beyond the pay; none where lost and late contacts have no price.
    #[must_use]
    pub fn balance(&self) -> Option<f64> {
        Some(self.spared?.by - self.pay.as_f64())
    }
}

/// The hours after the plan's end into which its shifts run, in agent hours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct AfterEnd {
    /// Hours at work there.
    pub at_work: f64,
    /// What is required there of this plan's shifts, each queue by itself; with what is missing of it, and how many are beyond it. All 0 where
    /// nothing is known of the days after the plan.
    pub required: f64,
    /// Missing.
    pub short: f64,
    /// Beyond the requirement.
    pub over: f64,
}

/// The roster part of a plan.
#[derive(Clone, Debug)]
pub struct Rostered {
    /// Who could be rostered.
    pub workforce: Workforce,
    /// The roster, with the checker's verdict.
    pub checked: CheckedRoster,
    /// Its coverage with the service expected of it.
    pub coverage: Coverage,
    /// What its shifts find and give after the plan's end.
    pub after_end: AfterEnd,
    /// Rules that the bound's pricing relaxed.
    pub relaxed: Vec<Rule>,
    /// Work the search did; `--work` replays it.
    pub work: u64,
    /// Rounds of planning and simulating that led to it.
    pub rounds: Vec<Round>,
    /// The pools of people it was planned for; none where each queue was planned for by itself.
    pub pools: Vec<PoolCoverage>,
    /// What it would cost if one thing were otherwise; nothing where that was not asked.
    pub alternatives: Vec<Alternative>,
}

impl Plan {
    /// Service of a queue over the plan: simulated where a roster was lived through, else that expected of the roster; none without contacts
    /// or without a roster.
    #[must_use]
    pub fn service(&self, queue: QueueIx) -> Option<f64> {
        share(self.served(queue))
    }

    /// Service of all queues together, weighted by contacts.
    #[must_use]
    pub fn service_overall(&self) -> Option<f64> {
        let queues = (0..self.queues.len()).map(|queue| self.served(QueueIx(queue)));
        share(queues.fold((0.0, 0.0), |(served, all), (more, contacts)| (served + more, all + contacts)))
    }

    /// Goals that the simulation misses, of all of which something is decided; none where nothing was simulated.
    #[must_use]
    pub fn goals_missed(&self) -> Option<(usize, usize)> {
        let service = &self.simulated.as_ref()?.service;
        let judged = || self.queues.iter().zip(&service.queues).filter_map(|(queue, of)| of.standing(&queue.goal));
        Some((judged().filter(|standing| *standing == Standing::Missed).count(), judged().count()))
    }

    /// What would help most; none without a roster that was found legal.
    #[must_use]
    pub fn improvements(&self) -> Option<&Improvements> {
        self.simulated.as_ref()?.improvements.as_ref()
    }

    /// Service that a formula expects of the heads rostered for a queue by itself, weighted by contacts; none without a roster or contacts.
    #[must_use]
    pub fn service_expected(&self, queue: QueueIx) -> Option<f64> {
        share(self.expected(queue))
    }

    /// Contacts of a queue served in time, and all of which the plan decides that.
    fn served(&self, queue: QueueIx) -> (f64, f64) {
        let Some(simulated) = &self.simulated else { return self.expected(queue) };
        let plan = &simulated.service.queues[queue.0].plan;
        plan.in_time.map_or((0.0, 0.0), |of| (of.share * plan.offered, plan.offered))
    }

    /// The same by the formula.
    fn expected(&self, queue: QueueIx) -> (f64, f64) {
        let (Some(rostered), Some(requirement)) = (&self.rostered, &self.requirement) else { return (0.0, 0.0) };
        served(&rostered.coverage.queues[queue.0].service_expected, &requirement.queues[queue.0].offered)
    }
}

/// Contacts expected to be served as the goal counts, and all of which the plan decides that: those whose work is neither done
/// nor due before its end are left out.
fn served(expected: &[Option<f64>], offered: &[f64]) -> (f64, f64) {
    let decided = expected.iter().zip(offered).filter_map(|(service, contacts)| Some(((*service)?, contacts)));
    decided.fold((0.0, 0.0), |(served, all), (service, contacts)| (served + service * contacts, all + contacts))
}

/// The share that some are of all, if there are any.
fn share((some, all): (f64, f64)) -> Option<f64> {
    (all > 0.0).then(|| some / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_is_weighted_by_the_contacts_of_which_the_plan_decides() {
        // 30 contacts at 90 % and 10 at 50 % are 32 of 40; 60 are neither done nor due before the end.
        let (in_time, decided) = served(&[Some(0.9), Some(0.5), None], &[30.0, 10.0, 60.0]);
        assert!((in_time - 32.0).abs() < 1e-12 && (decided - 40.0).abs() < 1e-12);
        assert_eq!(share((in_time, decided)).map(|share| (share * 100.0).round()), Some(80.0));
        assert_eq!(share(served(&[None], &[5.0])), None);
    }
}
