//! How contacts find agents, and how contacts of a queue behave beyond their means: what a simulation has to assume.

use super::units::{Seconds, Share};

/// Which free agent a contact goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContactTakes {
    /// The one for whom the queue's skill ranks first, then the one who has been free longest.
    #[default]
    Rank,
    /// The one who has been free longest.
    LongestIdle,
}

impl ContactTakes {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Rank, Self::LongestIdle];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::LongestIdle => "longest-idle",
        }
    }
}

/// Which waiting contact an agent who becomes free takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgentTakes {
    /// Of the queue whose skill ranks first for the agent, then the one who has waited longest.
    #[default]
    Rank,
    /// The one who has waited longest.
    LongestWait,
}

impl AgentTakes {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Rank, Self::LongestWait];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rank => "rank",
            Self::LongestWait => "longest-wait",
        }
    }
}

/// What happens to deferred work in hand when a voice or chat contact finds nobody free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeferredWork {
    /// It is put down and gone on with later.
    #[default]
    Yields,
    /// It is finished first.
    Held,
}

impl DeferredWork {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Yields, Self::Held];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yields => "yields",
            Self::Held => "held",
        }
    }
}

/// The routing of a centre.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Routing {
    /// Which free agent a contact goes to.
    pub contact_takes: ContactTakes,
    /// Which waiting contact an agent takes.
    pub agent_takes: AgentTakes,
    /// Whether deferred work in hand yields to a live contact.
    pub deferred: DeferredWork,
}

/// How handle times vary around their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HandleTimeShape {
    /// Lognormal with this coefficient of variation; 0: all alike.
    Lognormal(f64),
    /// Exponential, as Erlang's formulas have it.
    Exponential,
}

/// The shape of the distribution of patience around its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum PatienceShape {
    /// Exponential, as in Erlang A.
    #[default]
    Exponential,
    /// Weibull with this shape: below 1 many give up early and the rest wait long, above 1 most give up around the mean.
    Weibull(f64),
    /// Lognormal with this coefficient of variation.
    Lognormal(f64),
}

/// Customers who gave up and try again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Redial {
    /// Share of those who gave up.
    pub share: Share,
    /// How long after giving up, on average; exponential.
    pub after: Seconds,
}

/// Customers who hang up while they wait, keep their place in the line, and are called when it is their turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VirtualHold {
    /// Share of those who have waited for so long.
    pub share: Share,
    /// How long they wait until they are asked; 0: whoever finds nobody free is asked at once.
    pub after: Seconds,
}

/// How contacts of one queue behave beyond their means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Behaviour {
    /// How handle times vary around their mean.
    pub handle_times: HandleTimeShape,
    /// How patience is distributed around its mean.
    pub patience: PatienceShape,
    /// Who calls again.
    pub redial: Option<Redial>,
    /// Who would rather be called back than hold the line.
    pub virtual_hold: Option<VirtualHold>,
    /// Only agents of first rank take a contact that has waited less than this; none: everybody at once.
    pub overflow_after: Option<Seconds>,
    /// How much chats in parallel slow each other: of `k` chats each advances at `1 / (1 + c (k − 1))` of the speed of one
    /// alone. 0: not at all; 1: as if one after the other.
    pub chat_interference: f64,
}

impl Default for Behaviour {
    /// What is known of most centres: handle times vary by four fifths of their mean, a quarter of an agent's pace is lost to each chat more.
    fn default() -> Self {
        Self {
            handle_times: HandleTimeShape::Lognormal(0.8),
            patience: PatienceShape::Exponential,
            redial: None,
            virtual_hold: None,
            overflow_after: None,
            chat_interference: 0.25,
        }
    }
}
