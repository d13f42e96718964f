//! Queues whose customers wait on the line: voice and chat.

use super::outcome::{Outcome, Station, Traffic};
use super::{chat, erlang_a, erlang_b, erlang_c};
use crate::domain::queue::{Channel, Queue, ServiceDefinition};
use crate::domain::units::Seconds;

/// Effective agents this close to a whole number are that number.
const WHOLE: f64 = 1e-9;

/// How a live queue is served and how its service is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LiveModel {
    /// Mean patience in seconds; none: customers wait for ever.
    pub(super) patience: Option<f64>,
    /// The goal's time T, seconds.
    pub(super) within: f64,
    /// What the service level counts.
    pub(super) definition: ServiceDefinition,
    /// Chats an agent holds at once; none: one contact at a time.
    pub(super) concurrency: Option<f64>,
}

impl LiveModel {
    /// The model of a queue, if it is live.
    pub(super) fn of(queue: &Queue) -> Option<Self> {
        let concurrency = match queue.channel {
            Channel::Voice => None,
            Channel::Chat { concurrency } => Some(concurrency.max(1.0)),
            Channel::Deferred { .. } => return None,
        };
        Some(Self {
            patience: queue.patience.map(Seconds::get),
            within: queue.goal.within.get(),
            definition: queue.goal.definition,
            concurrency,
        })
    }

    /// The steady state with whole agents; load in erlangs (chats in parallel), handle time in seconds.
    pub(super) fn outcome(&self, load: f64, aht: f64, agents: u64) -> Outcome {
        if agents > 0 && (load <= 0.0 || aht <= 0.0) {
            return Outcome::no_wait(0.0);
        }
        let station = match self.concurrency {
            None => Station { servers: agents, inverse_blocking: erlang_b::inverse(load, agents) },
            Some(concurrency) => chat::station(load, agents, concurrency),
        };
        let traffic = Traffic { load, aht, within: self.within };
        match self.patience {
            None => erlang_c::at_station(station, traffic),
            Some(patience) => erlang_a::at_station(station, traffic, patience),
        }
    }

    /// The service level with whole agents, 0 to 1.
    pub(super) fn level(&self, load: f64, aht: f64, agents: u64) -> f64 {
        self.outcome(load, aht, agents).fates.level(self.definition).get()
    }

    /// The service level with a fraction of an agent: for that share of the time there is one agent more.
    /// Without abandonment, agents who cannot keep up serve nobody in time, whatever the fraction.
    pub(super) fn level_at(&self, load: f64, aht: f64, agents: f64) -> f64 {
        let capacity = agents * self.concurrency.unwrap_or(1.0);
        if self.patience.is_none() && load > 0.0 && capacity <= load {
            return 0.0;
        }
        mixed(agents, |agents| self.level(load, aht, agents))
    }

    /// The shares of contacts that give up and that are answered after the goal's time, with a fraction of an agent likewise.
    pub(super) fn lost_and_late_at(&self, load: f64, aht: f64, agents: f64) -> (f64, f64) {
        let capacity = agents * self.concurrency.unwrap_or(1.0);
        if self.patience.is_none() && load > 0.0 && capacity <= load {
            return (0.0, 1.0);
        }
        let fates = |agents: u64| self.outcome(load, aht, agents).fates;
        let late = mixed(agents, |agents| (fates(agents).answered - fates(agents).answered_within).max(0.0));
        (mixed(agents, |agents| 1.0 - fates(agents).answered), late)
    }

    /// The share of their time that agents are busy; a fraction of an agent is there for that share of the time.
    pub(super) fn occupancy_at(&self, load: f64, aht: f64, agents: f64) -> f64 {
        let busy = |whole: u64| {
            if whole > 0 { self.outcome(load, aht, whole).occupancy.get() * whole as f64 } else { 0.0 }
        };
        if agents > 0.0 { mixed(agents, busy) / agents } else { 0.0 }
    }
}

/// A figure of whole agents at a fraction of an agent: the next whole number's for that share of the time.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "agents are positive and few")]
fn mixed(agents: f64, of: impl Fn(u64) -> f64) -> f64 {
    let agents = if (agents - agents.round()).abs() < WHOLE { agents.round() } else { agents };
    let (whole, part) = (agents.floor() as u64, agents.fract());
    let lower = of(whole);
    if part == 0.0 { lower } else { lower * (1.0 - part) + of(whole + 1) * part }
}
