//! What a line may hold on a date, where a search settles some dates and leaves others free.

use super::agents::AgentDay;

/// What a line may hold on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Latitude {
    /// Any choice, or a day off.
    Any,
    /// A day off.
    Off,
    /// One choice, its breaks as they are.
    Only(usize),
}

impl Latitude {
    /// The choices open, of so many.
    pub(super) fn choices(self, all: usize) -> std::ops::Range<usize> {
        match self {
            Self::Any => 0..all,
            Self::Off => 0..0,
            Self::Only(choice) => choice..choice + 1,
        }
    }

    /// Positions of the ends that those choices can have.
    pub(super) fn ends(self, day: &AgentDay) -> std::ops::Range<usize> {
        match self {
            Self::Any => 0..day.ends.len(),
            Self::Off => 0..0,
            Self::Only(choice) => day.choices[choice].end..day.choices[choice].end + 1,
        }
    }
}
