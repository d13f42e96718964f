//! Plan → files: pure functions from what a run produced to bytes, and the folder they are put into.
//!
//! | file | what it writes |
//! |---|---|
//! | [`artifact`](Artifact) | one file of a run, or why there is none |
//! | [`records`] | what every table and document holds, read and written by one type |
//! | [`csv`] | the tables, one a file |
//! | [`summary`], [`plan_json`] | the figures for machines; what later commands need beyond the tables |
//! | `charts`, [`drawn`](Drawn) | SVG and PNG from one drawing; only with the feature `charts` |
//! | [`report`] | the page a supervisor looks at |
//! | [`agent_pages`] | a page for each agent, to be hung up |
//! | [`findings`] | what looks wrong in the history, as sentences |
//! | `sessions` | who attends which training, coaching or meeting, and who owes it without |
//! | `replanned` | days that are not as they were promised, and why |
//! | `requests` | who could take a shift, and what became of requests, as sentences |
//! | `alternatives` | what could be otherwise, as sentences |
//! | [`headcounts`] | where heads are missing that are wanted apart from queues |
//! | [`staffed`] | what the requirement costs beyond the mean, and what shared people would need, as sentences |
//! | [`run_json`] | versions, digests, timings: the only file that may differ between equal runs |
//! | [`comparison`] | what-if: scenarios side by side |
//! | [`results`] | OUT read back, with whatever is wrong in it; what the three below begin with |
//! | [`export`] | calendars, workbook, payroll, schedules and forecasts of other systems, Parquet |
//! | [`publication`] | the next version of a roster that agents are told |
//! | [`roster_difference`] | two rosters compared: who moved, hours, money, service |
//! | [`folder`] | OUT: locked, written beside, exchanged whole |
//!
//! Invariant: nothing here computes a plan. Sums, means and what a reader needs to see first are all it adds.

mod artifact;
mod number;
mod file_names;
mod local_time;
mod figures;
mod hours;
mod phrases;
mod goals;
mod shift_kind;
mod findings;
mod headcounts;
mod sessions;
mod replanned;
mod requests;
mod alternatives;
mod staffed;
#[cfg(test)]
mod example;
pub mod records;
pub mod csv;
pub mod summary;
pub mod plan_json;
mod drawn;
#[cfg(feature = "charts")]
pub mod charts;
pub mod report;
mod agent_pages;
pub mod run_json;
pub mod comparison;
pub mod results;
pub mod export;
pub mod publication;
pub mod roster_difference;
pub mod folder;

pub use artifact::{Artifact, OutputError};
pub use drawn::{Drawn, LegendEntry, Narrow, NarrowPanel, Subject, Window};
pub use findings::{FIRST_FINDINGS, findings};
pub use goals::goals_met;
pub use headcounts::missing_heads;
pub use replanned::changes_told;
pub use requests::{candidates_told, judgement_told};
pub use sessions::unheld_told;
pub use staffed::of_requirement;

use crate::plan::{Judgement, Plan, StandingRoster};

/// Every file of a run except `run.json`, in a fixed order. A plan that stopped early has the files of its stages; without
/// the feature `charts` there are none, and the page has only tables.
///
/// # Errors
/// When a table, a chart or JSON cannot be written; none of it depends on the input.
pub fn render(plan: &Plan) -> Result<Vec<Artifact>, OutputError> {
    let mut files = csv::tables(plan)?;
    files.push(Artifact::new("summary.json", summary::write(plan)?));
    files.push(Artifact::new("plan.json", plan_json::write(plan)?));
    let charts = draw(plan)?;
    files.push(Artifact::new("report.html", report::write(plan, &charts).into_bytes()));
    files.extend(agent_pages::write(plan).map(|page| Artifact::new("agents.html", page.into_bytes())));
    files.extend(charts.into_iter().flat_map(Drawn::into_artifacts));
    Ok(files)
}

/// Every file of requests that were judged, except `run.json`.
///
/// # Errors
/// As of [`render`].
pub fn render_judgement(standing: &StandingRoster, of: &Judgement) -> Result<Vec<Artifact>, OutputError> {
    let mut files = csv::judgement(standing, of)?;
    files.push(Artifact::new("plan.json", plan_json::write_standing(standing, &of.workforce)?));
    Ok(files)
}

#[cfg(feature = "charts")]
fn draw(plan: &Plan) -> Result<Vec<Drawn>, OutputError> {
    charts::draw_all(plan)
}

/// A build without charts draws none.
#[cfg(not(feature = "charts"))]
#[expect(clippy::unnecessary_wraps, reason = "the signature of a build with charts")]
fn draw(_: &Plan) -> Result<Vec<Drawn>, OutputError> {
    Ok(Vec::new())
}
