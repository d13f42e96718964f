//! A folder, or files in memory → a validated workspace: settings with scenarios laid over them, tables, and every problem of all of them
//! in one report.
//!
//! | file | what it does |
//! |---|---|
//! | `place`, `words`, `suggestions` | where a value stands, what it may say, what was probably meant |
//! | [`source`](Source), `files` | where files are; reading them |
//! | `settings/` | `workspace.toml`: a tree that knows its lines, overlays, one reader a section |
//! | `tables/` | the CSV files, one reader each |
//! | `agent_registry`, `gather`, `skill_demand_check` | who is there, with everything the tables say of them; skills that nobody has or asks for |
//! | `people/` | how they look to one plan: blocks, minutes owed, wishes, skill groups |
//! | `period` | a workspace as one plan sees it |
//! | `roster_rows` | the columns of a roster, and the piece of a shift that a row tells |
//! | `earlier_roster` | what an earlier roster leaves behind |
//! | `amend` | settings to which an import adds its file |
//! | `given/` | a forecast, a requirement or a roster brought along |
//!
//! Reading never stops at the first problem: a reader that cannot use a value reports it and goes on with the next.

mod suggestions;
mod place;
mod words;
mod settings;
mod tables;
mod source;
mod files;
mod attainable_minutes;
mod agent_registry;
mod people;
mod skill_demand_check;
mod gather;
mod model;
mod period;
mod roster_rows;
mod earlier_roster;
mod given;
mod load;
mod amend;
#[cfg(test)]
mod tests;

pub use amend::with_import;
pub use earlier_roster::EarlierRoster;
pub use given::{GivenFiles, GivenRoster};
pub use load::load;
pub use model::{AppliedScenario, Workspace};
pub use settings::{HolidaySources, PlanStart, import_declared};
pub use source::Source;
pub use suggestions::did_you_mean;
