//! Campaigns, product recalls and announcements as first-class causes of contacts.
//!
//! Expected extra contacts of an event at time `t`, in the customer's local time:
//! `reach × response × kernel(t − start)`, summed over its send schedule; see METHODS of each forecast file.

use chrono::NaiveDate;

use super::ids::{EventId, QueueIx, RegionId};
use super::time::Instant;
use super::units::{Minutes, Share};

/// What kind of thing happens; past events of a kind teach the engine about the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EventKind {
    /// Messages sent to customers on a schedule.
    Campaign,
    /// A defective product: affected units, contact rate, surge and decay.
    Recall,
    /// One-off news.
    Announcement,
}

/// How the response spreads over elapsed time after a send.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kernel {
    /// Halves every `half_life`.
    Geometric {
        /// Time in which the remaining response halves.
        half_life: Minutes,
    },
    /// Weibull density; `shape` above 1 rises before it falls.
    Weibull {
        /// Shape, positive.
        shape: f64,
        /// Scale.
        scale: Minutes,
    },
    /// Gamma density.
    Gamma {
        /// Shape, positive.
        shape: f64,
        /// Scale.
        scale: Minutes,
    },
}

/// One wave of messages, or the moment news breaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Send {
    /// When, on the wall clock of each region's customers.
    pub local: chrono::NaiveDateTime,
    /// Share of the reach that this wave addresses; the shares of a schedule add up to 1.
    pub share: Share,
}

/// What the planner states about an event's effect on one queue; what is absent is learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueueEffect {
    /// The queue.
    pub queue: QueueIx,
    /// Contacts per person (or unit) reached; none: learned from past events of the kind.
    pub response: Option<f64>,
    /// Factor on handle time while the event's contacts last; none: learned, or 1.
    pub aht_factor: Option<f64>,
}

/// A past or future event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub id: EventId,
    /// What it is.
    pub kind: EventKind,
    /// People addressed, or units affected.
    pub reach: f64,
    /// When messages go out, at least one.
    pub schedule: Vec<Send>,
    /// How the response spreads; none: learned from past events of the kind.
    pub kernel: Option<Kernel>,
    /// The regions concerned; none means all.
    pub regions: Vec<RegionId>,
    /// The queues concerned, at least one.
    pub queues: Vec<QueueEffect>,
    /// When the planners came to know of it; for a run as of an earlier instant it does not exist.
    pub known_from: Option<Instant>,
}

impl Event {
    /// The local date of the first send.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.schedule.iter().map(|send| send.local.date()).min()
    }

    /// Whether it concerns a region.
    #[must_use]
    pub fn concerns(&self, region: &RegionId) -> bool {
        self.regions.is_empty() || self.regions.contains(region)
    }

    /// Whether it exists for a run as of an instant.
    #[must_use]
    pub fn is_known(&self, as_of: Instant) -> bool {
        self.known_from.is_none_or(|known| known <= as_of)
    }
}
