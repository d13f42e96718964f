//! `obsada init --history`: a starter workspace around a user's own history, everything unknown at stated defaults.
//!
//! | file | what it decides |
//! |---|---|
//! | [`grid`] | the plan's interval, and times on it |
//! | [`hours`] | when the queues are open |
//! | [`opening`] | when the building is open |
//! | [`terms`] | contracts that cover those hours |
//! | [`staff`] | how many people of each, and what they can do |
//! | [`remarks`] | what to know of a history before trusting a plan made of it |
//! | [`settings`] | `workspace.toml` |
//! | [`scenarios`] | two questions to ask it |

mod grid;
mod opening;
mod hours;
mod terms;
mod staff;
mod remarks;
mod queues;
mod settings;
mod scenarios;

pub use remarks::{refuse_unusable, remarks};

use crate::domain::history::Survey;
use crate::domain::time::Zone;

use super::GeneratedFile;

/// A workspace around a history file that stands as `history_file` (relative to the workspace, or absolute).
///
/// Queues, their hours and columns are those found in the file; agents are invented, in number and hours to fit its
/// load, and say so in their names. The plan starts on the Monday after the history ends.
#[must_use]
pub fn starter(survey: &Survey, zone: Zone, history_file: &str) -> Vec<GeneratedFile> {
    let grid = grid::plan_interval(survey, zone);
    let queues = queues::queues(survey, grid);
    let opening = opening::opening(&queues);
    let terms = terms::terms(&opening, grid);
    let staff = staff::staff(&queues, &terms);
    let mut files = vec![
        GeneratedFile::new(
            "workspace.toml",
            settings::workspace_toml(survey, zone, history_file, grid, &queues, &opening, &terms),
        ),
        GeneratedFile::new("agents.csv", staff::agents_csv(&staff, &queues)),
    ];
    files.extend(scenarios::scenarios());
    files
}

#[cfg(test)]
mod tests;
