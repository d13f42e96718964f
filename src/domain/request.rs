//! What agents ask for once they know their roster: time off, and trades of shifts with each other.

use chrono::NaiveDate;

use super::ids::AgentIx;

/// A request of one agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its name: what the file says, or the number of its row.
    pub id: String,
    /// Who asks.
    pub agent: AgentIx,
    /// What for.
    pub kind: RequestKind,
    /// The day it is about, the site's; of several days off the first.
    pub date: NaiveDate,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// Not to work from the request's date to this one.
    Off {
        /// The last day off.
        until: NaiveDate,
    },
    /// To work another's shift, who works one's own.
    Swap {
        /// The other.
        with: AgentIx,
        /// The day of the other's shift.
        with_date: NaiveDate,
    },
    /// That another works the shift.
    Give {
        /// The other.
        with: AgentIx,
    },
    /// To work the shift of another.
    Take {
        /// The other.
        with: AgentIx,
    },
}

impl RequestKind {
    /// The words used in files.
    pub const NAMES: [&'static str; 4] = ["off", "swap", "give", "take"];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off { .. } => Self::NAMES[0],
            Self::Swap { .. } => Self::NAMES[1],
            Self::Give { .. } => Self::NAMES[2],
            Self::Take { .. } => Self::NAMES[3],
        }
    }
}
