//! What a line may hold on a date, where a search settles some dates and leaves others free.

use crate::roster::instance::agents::{AgentDay, AgentModel, ShiftChoice};
use crate::roster::instance::line::Line;
use crate::roster::instance::shifts::ShiftLibrary;

/// What a line may hold on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AllowedChoices {
    /// Any choice, or a day off.
    Any,
    /// A day off.
    Off,
    /// One choice, its breaks as they are.
    Only(usize),
}

impl AllowedChoices {
    /// The choices open, of so many.
    pub(crate) fn choices(self, all: usize) -> std::ops::Range<usize> {
        match self {
            Self::Any => 0..all,
            Self::Off => 0..0,
            Self::Only(choice) => choice..choice + 1,
        }
    }

    /// Positions of the ends that those choices can have.
    pub(crate) fn ends(self, day: &AgentDay) -> std::ops::Range<usize> {
        match self {
            Self::Any => 0..day.ends.len(),
            Self::Off => 0..0,
            Self::Only(choice) => day.choices[choice].end..day.choices[choice].end + 1,
        }
    }
}

/// A legal line whose settled dates stay as they are: per date its choice, if it works.
#[derive(Clone, Debug, Default)]
pub(crate) struct FixedDays {
    /// Per date.
    pub(crate) choices: Vec<Option<usize>>,
    /// Free dates.
    pub(crate) free: Vec<bool>,
}

impl FixedDays {
    /// Reads a line that was made of the agent's choices.
    pub(crate) fn of(model: &AgentModel, library: &ShiftLibrary, line: &Line, free: &[bool]) -> Self {
        let mut choices = vec![None; model.days.len()];
        for shift in &line.shifts {
            let content = model.content_of(shift);
            let key = |choice: &ShiftChoice| (library.days[shift.day][choice.candidate].key(), choice.content);
            let found = |content| model.days[shift.day].choices.binary_search_by_key(&(shift.key(), content), key).ok();
            choices[shift.day] = content.and_then(found);
        }
        Self { choices, free: free.to_vec() }
    }

    /// First and last free date.
    pub(super) fn free_dates(&self) -> Option<(usize, usize)> {
        Some((self.free.iter().position(|free| *free)?, self.free.iter().rposition(|free| *free)?))
    }

    /// Date and choice of the shifts within some dates.
    pub(crate) fn picks(&self, days: std::ops::Range<usize>) -> impl Iterator<Item = (usize, usize)> + '_ {
        days.filter_map(|day| Some((day, self.choices[day]?)))
    }

    /// What each date may hold.
    pub(super) fn allowed(&self) -> impl Iterator<Item = AllowedChoices> + '_ {
        self.choices.iter().zip(&self.free).map(|(choice, free)| match choice {
            _ if *free => AllowedChoices::Any,
            Some(choice) => AllowedChoices::Only(*choice),
            None => AllowedChoices::Off,
        })
    }
}
