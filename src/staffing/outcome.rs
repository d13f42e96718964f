//! What a queue in steady state does to its contacts and its agents.

use super::service_level::Fates;
use crate::domain::units::{Seconds, Share};

/// The servers of a waiting system, seen from the line: all that Erlang C and A need to know of the states without a
/// queue is how they weigh against the state in which every server has just become busy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Station {
    /// Contacts that can be served at once.
    pub(super) servers: u64,
    /// Σ_{j ≤ n} πⱼ / πₙ over the states without a queue: 1/B(n, a) for plain servers.
    pub(super) inverse_blocking: f64,
}

/// Work offered to a station, and the time its customers are promised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Traffic {
    /// Offered load, erlangs.
    pub(super) load: f64,
    /// Mean handle time, seconds.
    pub(super) aht: f64,
    /// The goal's time T, seconds.
    pub(super) within: f64,
}

/// The steady state of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// Probability that a contact has to wait.
    pub p_wait: Share,
    /// Share of contacts that abandon.
    pub p_abandon: Share,
    /// Mean wait of all contacts, those that abandon included; none where the line grows without end.
    pub mean_wait: Option<Seconds>,
    /// Average speed of answer: mean wait of the contacts answered; none where none is, or the line grows without end.
    pub asa: Option<Seconds>,
    /// Mean contacts waiting; none where the line grows without end.
    pub mean_queue: Option<f64>,
    /// Share of their capacity that agents spend on contacts.
    pub occupancy: Share,
    /// What the service level is counted from.
    pub fates: Fates,
}

impl Outcome {
    /// Every contact is answered at once; `occupancy` of the agents' capacity is in use.
    pub(super) fn no_wait(occupancy: f64) -> Self {
        Self {
            p_wait: Share::NONE,
            p_abandon: Share::NONE,
            mean_wait: Some(Seconds::ZERO),
            asa: Some(Seconds::ZERO),
            mean_queue: Some(0.0),
            occupancy: Share::clamped(occupancy),
            fates: Fates { answered_within: 1.0, answered: 1.0, abandoned_within: 0.0 },
        }
    }
}
