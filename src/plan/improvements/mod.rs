//! What would help most: the cheapest changes of a roster towards the goals that it misses, and who could take them; where all goals hold,
//! what could be saved.
//!
//! | file | what it does |
//! |---|---|
//! | [`model`] | what is found |
//! | [`promises`] | what the goals promise, and where they are missed |
//! | [`worth`] | what an hour of somebody is worth, guessed |
//! | [`legal`] | legal or not, and at which pay: asks the checker |
//! | [`candidates`] | shifts more, longer or shorter ones, and shifts at other hours |
//! | [`shortlist`] | those worth living through |
//! | [`trial`] | lived through, with and without each |
//! | [`people`] | who could take a change |
//!
//! Guesses choose what is lived through, the first contacts choose what is told, and what is told was lived through on other contacts: so no
//! figure is better than life because it was picked for it.

mod model;
mod promises;
mod worth;
mod legal;
mod candidates;
mod shortlist;
mod trial;
mod people;
#[cfg(test)]
mod tests;

use crate::domain::ids::{AgentId, AgentIx, QueueIx};
use crate::domain::progress::Progress;
use crate::domain::service::Service;
use crate::domain::span::Span;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::simulate::{SimulatedRoster, SimulationParams};

use super::model::OneMoreOfEach;
use super::options::PlanError;
use candidates::Asked;
use legal::Judge;
pub use model::{Aim, Change, GoalGain, Improvement, Improvements, Taker};
use people::{Volunteer, volunteers};
use promises::Promises;
use trial::{Trial, Tried, tried};
use worth::Worth;

/// Replications with which changes are chosen, and those of what is told.
const TO_CHOOSE: usize = 12;
const TO_TELL: usize = 32;
/// Changes of which people are sought and that are lived through once more.
const LAST: usize = Improvements::MOST + 2;
/// Kinds of people whose hiring is tried.
const HIRED: usize = 2;

/// The changes of a legal roster that would help most, whose people are paid so much for the plan.
pub(super) fn of_roster(
    roster: &SimulatedRoster<'_>,
    service: &Service,
    (one_more, pay): (&OneMoreOfEach, &[Money]),
    params: &SimulationParams,
    progress: &dyn Progress,
) -> Result<Improvements, PlanError> {
    let promises = Promises::of(roster, service);
    let aim = promises.aim;
    let worth = Worth::of(roster, service, &promises);
    let judge = Judge::new(roster.period, roster.workforce, roster.shifts);
    let asked = if aim == Aim::Saving { Asked::Less } else { Asked::More };
    let candidates = candidates::of_all_agents(roster, &judge, &worth, asked);
    let legal = shortlist::shortlist(candidates, &judge, roster.workforce);
    let exchanges = legal.into_iter().filter_map(|of| {
        let price = judge.more_pay(of.exchange())?;
        Some((Trial::Exchange(of), price))
    });
    let trials: Vec<(Trial, Money)> = exchanges.chain(hires(roster, &promises, one_more, pay)).collect();
    let number = trials.len();
    let chosen = chosen(tried(roster, &promises, trials, (params, TO_CHOOSE), progress)?, aim, roster);
    let found: Vec<(Tried, Vec<Volunteer>)> =
        chosen.into_iter().filter_map(|of| with_people(roster.workforce, &judge, of)).collect();
    let left = found.iter().filter_map(|(of, _)| of.trial.left());
    let promises = promises.with_hours_left(roster, service, left);
    let other_contacts = SimulationParams { seed: params.seed.wrapping_add(1), ..*params };
    let again = found.iter().map(|(of, _)| (of.trial.clone(), of.price)).collect();
    let again = tried(roster, &promises, again, (&other_contacts, TO_TELL), progress)?;
    let mut told: Vec<(Tried, Vec<Volunteer>)> = again
        .into_iter()
        .zip(found)
        .map(|(again, (_, volunteers))| (again, volunteers))
        .filter(|(of, _)| is_sure(of, aim))
        .collect();
    told.sort_by(|one, other| one.0.compare(&other.0, aim));
    let changes = told
        .into_iter()
        .take(Improvements::MOST)
        .map(|(of, volunteers)| improvement(roster, &of, volunteers))
        .collect();
    Ok(Improvements { aim, replications: TO_TELL, tried: number, changes })
}

/// Those who bring most at the goals for their pay, of the kinds of people that were looked at.
fn hires(
    roster: &SimulatedRoster<'_>,
    promises: &Promises,
    one_more: &OneMoreOfEach,
    pay: &[Money],
) -> Vec<(Trial, Money)> {
    let mut aims: Vec<QueueIx> = promises.aims.iter().map(|at| promises.all[*at].stretch.queue).collect();
    aims.sort_unstable();
    aims.dedup();
    let mut kinds: Vec<(f64, AgentIx)> = Vec::new();
    for kind in &one_more.kinds {
        let points = aims.iter().filter_map(|queue| kind.shares[queue.0]).map(|share| share.by).sum::<f64>();
        let like = |agent: &AgentId| roster.workforce.agents.iter().position(|of| of.id == *agent);
        if let Some(like) = like(&kind.like).filter(|_| points > 0.0) {
            kinds.push((points / kind.pay.as_f64().max(1.0), AgentIx(like)));
        }
    }
    kinds.sort_by(|one, other| other.0.total_cmp(&one.0));
    kinds.into_iter().take(HIRED).map(|(_, like)| (Trial::Hire(like), pay[like.0])).collect()
}

/// The best few that help, of which no two ask the same person or are about the same hours of the same people.
fn chosen(mut tried: Vec<Tried>, aim: Aim, roster: &SimulatedRoster<'_>) -> Vec<Tried> {
    // A few replications are too few to refuse what may seem to harm a goal, unless to keep them all is the point.
    tried.retain(|of| of.helps(aim) && (of.is_kept || aim != Aim::Saving));
    tried.sort_by(|one, other| one.compare(other, aim));
    let mut chosen: Vec<Tried> = Vec::new();
    for of in tried {
        if chosen.len() < LAST && chosen.iter().all(|other| are_apart(&other.trial, &of.trial, roster.workforce)) {
            chosen.push(of);
        }
    }
    chosen
}

fn are_apart(one: &Trial, other: &Trial, workforce: &Workforce) -> bool {
    let (Trial::Exchange(one), Trial::Exchange(other)) = (one, other) else { return true };
    let group = |of: &candidates::Candidate| workforce.agents[of.shift.agent.0].group;
    let overlaps = |one: Span, other: Span| one.overlaps(&other);
    one.shift.agent != other.shift.agent
        && (group(one) != group(other) || one.kind != other.kind || !overlaps(one.shift.span(), other.shift.span()))
}

/// A change with the people who could take it, as the cheapest of them would; none where nobody could.
fn with_people(workforce: &Workforce, judge: &Judge<'_>, of: Tried) -> Option<(Tried, Vec<Volunteer>)> {
    let Trial::Exchange(candidate) = &of.trial else { return Some((of, Vec::new())) };
    let volunteers = volunteers(workforce, judge, candidate);
    let (trial, price) = volunteers.first().map(|first| (Trial::Exchange(first.candidate.clone()), first.price))?;
    Some((Tried { trial, price, ..of }, volunteers))
}

/// Whether a change keeps the goals that hold, and what it gives is told apart from luck and worth a word.
fn is_sure(of: &Tried, aim: Aim) -> bool {
    /// A tenth of a percentage point, and half a contact.
    const NOTICED: (f64, f64) = (0.001, 0.5);
    let is_felt = of.at_goals.by >= NOTICED.1 && of.goal.is_some_and(|goal| goal.by.by >= NOTICED.0);
    of.is_kept && of.helps(aim) && (aim == Aim::Saving || is_felt && !of.at_goals.is_noise())
}

fn improvement(roster: &SimulatedRoster<'_>, of: &Tried, volunteers: Vec<Volunteer>) -> Improvement {
    let (agent, change) = match &of.trial {
        Trial::Exchange(candidate) => (candidate.shift.agent, candidate.change()),
        Trial::Hire(like) => (*like, Change::Hire { like: *like }),
    };
    let abilities = &roster.workforce.groups[roster.workforce.agents[agent.0].group.0].abilities;
    let taker =
        |of: Volunteer| Taker { agent: of.candidate.shift.agent, change: of.candidate.change(), price: of.price };
    Improvement {
        change,
        queues: abilities.iter().map(|ability| ability.queue).collect(),
        people: volunteers.into_iter().map(taker).collect(),
        price: of.price,
        goal: of.goal,
        at_goals: of.at_goals,
        in_time: of.in_time,
        kept: of.kept,
    }
}
