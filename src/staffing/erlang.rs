//! Queueing figures by hand: the same formulas that the requirement is made of, with units. A `Line` asks them the other way round.

pub use super::agents_for_goal::{AgentsNeeded, BoundBy};
pub use super::erlang_b::{blocking, servers_for};
pub use super::outcome::Outcome;
pub use super::service_level::Fates;

use super::agents_for_goal::{keeps_cap, serves};
use super::{erlang_a, erlang_c};
use crate::domain::queue::ServiceDefinition;
use crate::domain::units::{Erlangs, Minutes, Seconds, Share};

/// Contacts expected in an interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Demand {
    /// How many arrive.
    pub contacts: f64,
    /// In this long.
    pub interval: Minutes,
    /// Mean handle time.
    pub aht: Seconds,
}

impl Demand {
    /// Contacts arriving per handle time; none where the interval has no length.
    #[must_use]
    pub fn load(&self) -> Erlangs {
        Erlangs::clamped(self.contacts * self.aht.get() / (self.interval.get() as f64 * 60.0))
    }

    /// The contacts of an interval that bring a load.
    #[must_use]
    pub fn contacts_of(&self, load: Erlangs) -> f64 {
        load.get() * self.interval.get() as f64 * 60.0 / self.aht.get()
    }
}

/// A share of contacts within a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise {
    /// The share.
    pub share: Share,
    /// The time T.
    pub within: Seconds,
    /// What is counted.
    pub definition: ServiceDefinition,
}

impl Promise {
    /// Whether a line that settles keeps it, its agents busy for no more of their time than a cap says.
    #[must_use]
    pub fn is_kept_by(&self, outcome: &Outcome, cap: Share) -> bool {
        serves(outcome, self.definition, self.share) && keeps_cap(outcome, cap)
    }
}

/// What some agents make of a demand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// Offered load.
    pub load: Erlangs,
    /// Agents at work.
    pub agents: u64,
    /// The steady state.
    pub outcome: Outcome,
}

impl Figures {
    /// The service level by a definition.
    #[must_use]
    pub fn service_level(&self, definition: ServiceDefinition) -> Share {
        self.outcome.fates.level(definition)
    }
}

/// Erlang C: customers wait for ever; T is `within`.
#[must_use]
pub fn c(demand: &Demand, within: Seconds, agents: u64) -> Figures {
    let load = demand.load();
    Figures { load, agents, outcome: erlang_c::outcome(load, demand.aht, within, agents) }
}

/// Erlang A: customers abandon after an exponential patience of this mean; T is `within`.
#[must_use]
pub fn a(demand: &Demand, patience: Seconds, within: Seconds, agents: u64) -> Figures {
    let load = demand.load();
    Figures { load, agents, outcome: erlang_a::outcome(load, demand.aht, patience, within, agents) }
}
