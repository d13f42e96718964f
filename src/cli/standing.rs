//! What `replan --candidates` and `judge` begin with: a roster that stands, and what lies beside it.

use std::path::{Path, PathBuf};
use tr::tr;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use super::{published, run};
use crate::domain::progress::Progress;
use crate::domain::time::{Instant, PlanPeriod};
use crate::ingest;
use crate::output::records::{self, Effective, PlanFile};
use crate::plan::{StandingFiles, StandingRoster};
use crate::workspace::{PlanStart, Workspace};

/// A roster that stands, and the files that tell of it.
pub(super) struct Standing {
    pub(super) roster: StandingRoster,
    pub(super) workspace: Workspace,
    /// Agents required, from a file that was named or lies beside the roster.
    pub(super) requirement: Option<PathBuf>,
    /// The files that were read.
    pub(super) inputs: Vec<PathBuf>,
}

/// Reads the roster that `--roster` names, for the plan that it was made for. No history is read where the run that made it left its
/// `plan.json` beside it, or where `--as-of` is given and the plan's first day is a date.
pub(super) fn read(
    command: &str,
    (dir, scenarios): (&Path, &[PathBuf]),
    global: &GlobalArgs,
    reporter: &Reporter,
) -> Result<Standing, CliError> {
    let Some(roster) = &global.roster else {
        return Err(CliError::Usage(tr!("`{command}` needs the roster that people were told: --roster FILE", command)));
    };
    if global.forecast.is_some() {
        return Err(CliError::Usage(tr!("`{command}` forecasts nothing; --requirement FILE prices cover", command)));
    }
    reporter.stage("read");
    let mut workspace = run::load(dir, scenarios, global)?;
    let plan = plan_beside(roster);
    if let Some(plan) = plan.as_ref().filter(|_| global.start.is_none() && global.weeks.is_none()) {
        (workspace.start, workspace.weeks) = (PlanStart::Date(plan.start), plan.weeks);
    }
    let (as_of, period) = when(&workspace, global, plan.as_ref(), reporter)?;
    let global = published::with_published(global, &workspace, reporter)?;
    let requirement = global.requirement.clone().or_else(|| beside(roster, "requirement.csv"));
    let files = StandingFiles { roster, requirement: requirement.as_deref(), after: &global.after };
    let standing = StandingRoster::read(&workspace, period, as_of, &files)?;
    // History counts only where it was read for its end.
    let reads_history = global.as_of.is_none() && plan.is_none();
    let is_read = |path: &&PathBuf| reads_history || workspace.history.files.iter().all(|of| of.path != **path);
    let inputs = workspace.inputs.iter().filter(is_read).chain(global.files()).chain(&requirement);
    let mut inputs: Vec<PathBuf> = inputs.cloned().collect();
    inputs.dedup();
    Ok(Standing { roster: standing, workspace, requirement, inputs })
}

/// What the run that made a roster said of its plan, where it lies beside it.
pub(super) fn plan_beside(roster: &Path) -> Option<PlanFile> {
    let bytes = fs_err::read(beside(roster, "plan.json")?).ok()?;
    records::read_document(&bytes).ok()
}

fn beside(roster: &Path, name: &str) -> Option<PathBuf> {
    Some(roster.parent()?.join(name)).filter(|path| path.is_file())
}

/// As of when the roster is looked at: as typed, else as the run that made it, else the end of history, which is read for that alone.
fn when(
    workspace: &Workspace,
    global: &GlobalArgs,
    plan: Option<&PlanFile>,
    reporter: &Reporter,
) -> Result<(Instant, PlanPeriod), CliError> {
    if let Some(as_of) = global.as_of.or_else(|| plan.map(|plan| plan.as_of)) {
        return Ok((as_of, workspace.period(as_of)));
    }
    reporter.stage("ingest");
    let ingested = ingest::read(&workspace.history, &workspace.queues, &workspace.holidays, None)?;
    Ok(workspace.when(None, ingested.end.unwrap_or_else(|| ingested.history.grid.end())))
}

impl Standing {
    /// Says what should be known of what was read.
    pub(super) fn warn(&self, reporter: &Reporter) {
        for warning in &self.roster.warnings {
            reporter.warn(&warning.to_string());
        }
        let as_of = self.roster.as_of.with_timezone(&self.workspace.zone).to_rfc3339();
        if let Some(file) = &self.requirement {
            reporter.say(&tr!("as of {as_of}; cover priced for {}", file.display(), as_of));
            reporter.say(&tr!(
                "cover is priced queue by queue: where people share queues it asks for more of them than `plan` does, and heads beyond it are a price"
            ));
        } else {
            reporter.say(&tr!("as of {as_of}", as_of));
            reporter.warn(&tr!(
                "there is no requirement.csv beside the roster, so what a change means for cover is left open; --requirement FILE names one"
            ));
        }
    }

    /// What the command went by.
    pub(super) fn effective(&self, global: &GlobalArgs) -> Effective {
        let StandingRoster { as_of, period, .. } = &self.roster;
        let (start, weeks) = (Some(period.start), Some(period.weeks));
        Effective { as_of: Some(*as_of), start, weeks, ..run::effective(global, None) }
    }
}
