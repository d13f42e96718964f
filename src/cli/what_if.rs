//! `obsada what-if DIR FILE...`: plan the base and each scenario, and compare them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tr::tr;

use clap::Args;

use super::args::GlobalArgs;
use super::error::CliError;
use super::reporter::Reporter;
use super::run::{self, OutArgs};
use super::{published, stdout};
use crate::domain::problem::Problems;
use crate::domain::progress::Progress;
use crate::output::folder::OutFolder;
use crate::output::{self, Artifact, comparison};
use crate::plan::LastStage;
use crate::scenario::{self, Planned, Variant};

#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  obsada what-if mine mine/scenarios/*.toml --out compared
  obsada what-if mine busier.toml --roster week1/roster.csv              how this roster bears more contacts")]
pub(super) struct WhatIfArgs {
    /// The workspace
    dir: PathBuf,
    /// Scenarios, each laid over the base by itself
    #[arg(required = true, value_name = "FILE")]
    scenarios: Vec<PathBuf>,
    #[command(flatten)]
    out: OutArgs,
}

pub(super) fn run(args: &WhatIfArgs, global: &GlobalArgs) -> Result<(), CliError> {
    let reporter = global.reporter();
    let folder = OutFolder::open(&args.out.out, &[])?;
    reporter.stage("read");
    let variants = variants(args, global)?;
    let global = match variants.first() {
        Some(base) => &published::with_published(global, &base.workspace, &reporter)?,
        None => global,
    };
    let options = run::options(global, LastStage::Roster, None);
    let plans = scenario::run(&variants, &options, &reporter).map_err(|(id, error)| {
        reporter.say(&tr!("scenario `{id}` cannot be planned", id));
        CliError::from(error)
    })?;
    warn(&plans, &reporter);
    reporter.stage("output");
    let compared = scenario::compare(&plans);
    let currency = &variants[0].workspace.currency;
    let mut artifacts = comparison::render(&compared, currency).map_err(CliError::internal)?;
    for Planned { id, plan, .. } in &plans {
        let files = output::render(plan).map_err(CliError::internal)?;
        artifacts.extend(files.into_iter().map(|file| Artifact::new(Path::new(id).join(file.path), file.bytes)));
    }
    let inputs = variants.iter().flat_map(|variant| &variant.workspace.inputs).chain(global.files());
    let inputs: BTreeSet<PathBuf> = inputs.cloned().collect();
    run::finish(
        "what-if",
        folder,
        artifacts,
        &Vec::from_iter(inputs),
        run::effective(global, plans.first().map(|planned| &planned.plan)),
        &reporter,
    )?;
    Ok(stdout::print(&comparison::text(&compared, currency))?)
}

/// Says what the user should know of any of the plans, once each; what the base is not warned of, with the scenario's name.
fn warn(plans: &[Planned], reporter: &Reporter) {
    let mut told = BTreeSet::new();
    for (at, Planned { id, plan, .. }) in plans.iter().enumerate() {
        for warning in plan.warnings.iter().map(ToString::to_string).filter(|warning| told.insert(warning.clone())) {
            reporter.warn(&if at == 0 { warning } else { format!("{id}: {warning}") });
        }
    }
}

/// The base, then each scenario over the base; the problems of all of them at once.
fn variants(args: &WhatIfArgs, global: &GlobalArgs) -> Result<Vec<Variant>, Problems> {
    let mut problems = Problems::none();
    let mut all = Vec::new();
    if let Some(workspace) = problems.keep(run::load(&args.dir, &[], global)) {
        all.push(Variant { id: "base".to_owned(), workspace });
        for file in &args.scenarios {
            if let Some(workspace) = problems.keep(run::load(&args.dir, std::slice::from_ref(file), global)) {
                all.push(Variant { id: unlike(&all, file), workspace });
            }
        }
    }
    problems.or(all)
}

/// The name of a scenario's file, with a number where another plan has that name already.
fn unlike(others: &[Variant], file: &Path) -> String {
    let stem = file.file_stem().map_or_else(|| "scenario".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let stem = stem.replace(char::is_control, "\u{fffd}");
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let mut free =
        std::iter::once(stem.clone()).chain(numbered).filter(|id| others.iter().all(|other| other.id != *id));
    free.next().unwrap_or(stem)
}
