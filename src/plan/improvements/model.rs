//! What would help most, and whom to ask.

use chrono::NaiveDate;

use crate::domain::ids::{AgentIx, QueueIx};
use crate::domain::roster::Shift;
use crate::domain::service::PairedDifference;
use crate::domain::units::Money;

/// What there is to improve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Goals that are missed.
    Missed,
    /// No goal is missed, but some are only nearly reached.
    Near,
    /// All goals hold: what could be saved.
    Saving,
}

/// The changes of a roster that would help most, the best first: at most [`Improvements::MOST`].
#[derive(Clone, Debug, PartialEq)]
pub struct Improvements {
    /// What they are for.
    pub aim: Aim,
    /// How often the roster was lived through with and without each, on contacts that nothing was chosen by.
    pub replications: usize,
    /// Changes that were lived through to find these.
    pub tried: usize,
    /// The changes.
    pub changes: Vec<Improvement>,
}

impl Improvements {
    /// Changes that are told.
    pub const MOST: usize = 3;
}

/// One change of the roster, what it costs and what it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Improvement {
    /// What changes.
    pub change: Change,
    /// The queues that the people take who could do it.
    pub queues: Vec<QueueIx>,
    /// Who could, the cheapest first. Nobody where somebody has to be hired. What the change gives was lived through with the first; the others
    /// take the same queues equally well, at the same hours.
    pub people: Vec<Taker>,
    /// What the first is paid more for the plan, or who is hired.
    pub price: Money,
    /// The goal that gains most.
    pub goal: Option<GoalGain>,
    /// Contacts more in time where goals are missed, or nearly: what the changes are ranked by, against their price.
    pub at_goals: PairedDifference,
    /// Contacts more in time, of all queues over the plan.
    pub in_time: PairedDifference,
    /// Contacts that no longer give up.
    pub kept: PairedDifference,
}

/// Somebody who could make a change: the checker found the whole roster legal with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Taker {
    /// Who.
    pub agent: AgentIx,
    /// The change as this person would make it.
    pub change: Change,
    /// What this person is paid more for the plan.
    pub price: Money,
}

/// What changes in the roster.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A shift more.
    Add(Shift),
    /// A shift starts sooner or ends later.
    Lengthen {
        /// As it was.
        before: Shift,
        /// As it would be.
        after: Shift,
    },
    /// A shift is worked at other hours.
    Move {
        /// As it was.
        before: Shift,
        /// As it would be.
        after: Shift,
    },
    /// A shift starts later or ends sooner.
    Shorten {
        /// As it was.
        before: Shift,
        /// As it would be.
        after: Shift,
    },
    /// Nobody there may do it: somebody is hired who works the shifts of one who takes these queues.
    Hire {
        /// Whose shifts.
        like: AgentIx,
    },
}

impl Change {
    /// The shift that is there before.
    #[must_use]
    pub const fn before(&self) -> Option<&Shift> {
        match self {
            Self::Lengthen { before, .. } | Self::Move { before, .. } | Self::Shorten { before, .. } => Some(before),
            Self::Add(_) | Self::Hire { .. } => None,
        }
    }

    /// The shift that is there afterwards.
    #[must_use]
    pub const fn after(&self) -> Option<&Shift> {
        match self {
            Self::Add(after)
            | Self::Lengthen { after, .. }
            | Self::Move { after, .. }
            | Self::Shorten { after, .. } => Some(after),
            Self::Hire { .. } => None,
        }
    }
}

/// What a change gives at one goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoalGain {
    /// Whose goal.
    pub queue: QueueIx,
    /// First of the days for which it is promised, or in which the intervals lie.
    pub from: NaiveDate,
    /// How many days.
    pub days: u32,
    /// Whether only the intervals are meant that are served thinly.
    pub in_thin_intervals: bool,
    /// Share in time without the change.
    pub before: f64,
    /// How much the change adds.
    pub by: PairedDifference,
}
