//! `obsada init --history`: a starter workspace around a user's own history, everything unknown at stated defaults.
//!
//! | file | what it decides |
//! |---|---|
//! | [`given`] | the history it is built around |
//! | [`grid`] | the plan's interval, and times on it |
//! | [`hours`] | when the queues are open |
//! | [`opening`] | when the building is open |
//! | [`terms`] | contracts that cover those hours |
//! | [`staff`], [`found_agents`] | how many people of each, and what they can do; or those found in records of contacts |
//! | [`remarks`] | what to know of a history before trusting a plan made of it |
//! | [`settings`] | `workspace.toml` |
//! | [`scenarios`] | two questions to ask it |

mod given;
mod grid;
mod opening;
mod hours;
mod terms;
mod staff;
mod found_agents;
mod remarks;
mod queues;
mod settings;
mod scenarios;

pub use given::StarterHistory;
pub use grid::{fits, plan_interval};
pub use remarks::{refuse_unusable, remarks};
pub use settings::weekly_hours;

use crate::domain::history::Survey;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

use super::GeneratedFile;

/// A workspace around a history, planned in intervals of `grid`.
///
/// Queues and their hours are those found in it; agents are invented, in number and hours to fit its
/// load, and say so in their names. The plan starts on the Monday after the history ends.
#[must_use]
pub fn starter(survey: &Survey, zone: Zone, grid: Minutes, history: &StarterHistory<'_>) -> Vec<GeneratedFile> {
    let queues = queues::queues(survey, history.habits, grid);
    let opening = opening::opening(&queues);
    let terms = terms::terms(&opening, grid);
    let mut files = vec![GeneratedFile::new(
        "workspace.toml",
        settings::workspace_toml(survey, zone, history, grid, &queues, &opening, &terms),
    )];
    if history.agents.is_empty() {
        files.push(GeneratedFile::new("agents.csv", staff::agents_csv(&staff::staff(&queues, &terms), &queues)));
    } else {
        files.extend(found_agents::files(history.agents, &queues, &terms));
    }
    files.extend(scenarios::scenarios());
    files
}

#[cfg(test)]
mod tests;
