//! A change of the people or sites, and how it is made.

use crate::domain::alternative::Alternative;
use crate::domain::ids::{ContractIx, SiteIx};
use crate::domain::time::PlanPeriod;
use crate::domain::workforce::{Agent, Workforce};
use crate::roster::engine::loosening::{Loosening, Terms, with_terms};
use crate::roster::instance::line::Line;
use crate::roster::problem::RosterProblem;

/// A change, and what is known of it so far.
pub(super) struct Changed {
    pub(super) alternative: Alternative,
    pub(super) made: Made,
}

/// A change of the people or sites.
pub(super) enum Made {
    /// A rule of those who have a contract.
    Loosened(ContractIx, Loosening),
    /// One seat more.
    Seat(SiteIx),
    /// One person more, and shifts that suit.
    Person(Box<(Agent, Line)>),
}

impl Made {
    /// Makes it, whoever the people are: with times for their sessions or without.
    pub(super) fn make(&self, workforce: &mut Workforce, problem: &RosterProblem<'_>) {
        match self {
            Self::Loosened(contract, step) => loosen(workforce, *contract, step, problem.period),
            Self::Seat(site) => {
                let seats = &mut workforce.sites[site.0].seats;
                *seats = seats.map(|seats| seats + 1);
            }
            Self::Person(of) => workforce.agents.push(of.0.clone()),
        }
    }
}

/// Loosens a rule of all who have a contract.
fn loosen(workforce: &mut Workforce, contract: ContractIx, step: &Loosening, period: &PlanPeriod) {
    let of_contract = workforce.agents.iter().enumerate().filter(|(_, agent)| agent.contract == contract);
    let changed: Vec<(usize, Terms)> =
        of_contract.map(|(at, agent)| (at, loosened(workforce, agent, step, period))).collect();
    with_terms(workforce, changed.iter().map(|(at, terms)| (*at, terms)));
}

/// An agent with a rule loosened.
pub(super) fn loosened(workforce: &Workforce, agent: &Agent, step: &Loosening, period: &PlanPeriod) -> Terms {
    let terms = Terms { agent: agent.clone(), rules: workforce.rules_of(agent).clone() };
    step.applied(&terms, period, workforce.site_of(agent).zone)
}
