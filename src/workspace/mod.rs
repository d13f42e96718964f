//! A folder → a validated workspace: settings with scenarios laid over them, tables, and every problem of all of them
//! in one report.
//!
//! | file | what it does |
//! |---|---|
//! | `place`, `words`, `near` | where a value stands, what it may say, what was probably meant |
//! | `settings/` | `workspace.toml`: a tree that knows its lines, overlays, one reader a section |
//! | `tables/` | the CSV files, one reader each |
//! | `roll`, `gather`, `asked` | who is there, with everything the tables say of them; skills that nobody has or asks for |
//! | `people/` | how they look to one plan: blocks, minutes owed, wishes, skill groups |
//! | `period` | a workspace as one plan sees it |
//! | `carry` | what an earlier roster leaves behind |
//! | `given/` | a forecast or a requirement brought along |
//!
//! Reading never stops at the first problem: a reader that cannot use a value reports it and goes on with the next.

mod near;
mod place;
mod words;
mod settings;
mod tables;
mod files;
mod reach;
mod roll;
mod people;
mod asked;
mod gather;
mod period;
mod carry;
mod given;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use chrono::{Duration, Weekday};

pub use carry::EarlierRoster;
pub use given::GivenFiles;
pub use settings::PlanStart;

use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::forecast::Adjustment;
use crate::domain::problem::{Problem, Problems};
use crate::domain::queue::Queue;
use crate::domain::requirement::Backlog;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::forecast::ForecastParams;
use crate::ingest::IngestParams;
use crate::staffing::{CoverPriceParams, StaffingParams};
use files::Files;
use people::People;
use place::{Place, Report};
use settings::Scenario;

/// A validated workspace, scenarios included.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder.
    pub dir: PathBuf,
    /// The first day of the plan.
    pub start: PlanStart,
    /// How many weeks to plan.
    pub weeks: u32,
    /// Length of the plan's intervals.
    pub interval: Minutes,
    /// The zone the plan's days belong to.
    pub zone: Zone,
    /// The day on which weeks begin.
    pub week_start: Weekday,
    /// The currency of all money, as a three-letter code.
    pub currency: String,
    /// Queues, in the order of the file, then of the scenarios.
    pub queues: Vec<Queue>,
    /// Special days.
    pub holidays: Vec<Holiday>,
    /// Events, known or not yet; see [`Workspace::events_known_at`].
    pub events: Vec<Event>,
    /// What to read as history.
    pub history: IngestParams,
    /// Parameters of the forecast.
    pub forecast: ForecastParams,
    /// Parameters of staffing.
    pub staffing: StaffingParams,
    /// Prices of being short or over.
    pub cover: CoverPriceParams,
    /// Deferred work waiting at the start.
    pub backlog: Vec<Backlog>,
    /// The scenarios laid over the folder, in order.
    pub scenarios: Vec<AppliedScenario>,
    /// Every file that a run depends on, for digests; history included.
    pub inputs: Vec<PathBuf>,
    /// What the user should know though nothing is wrong.
    pub warnings: Vec<Problem>,
    backlog_places: Vec<Place>,
    adjustments: Vec<Adjustment>,
    people: People,
}

/// A scenario as it was applied.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedScenario {
    /// Its name.
    pub name: String,
    /// Why one would ask, in the planner's words.
    pub why: Option<String>,
    /// Factor on all contacts of the plan.
    pub volume_factor: f64,
    /// Factor on all handle times of the plan.
    pub aht_factor: f64,
}

/// Reads the workspace in `dir` with scenarios laid over it in the order given.
///
/// # Errors
/// Every problem of every file: with a file that is not TOML, the problems of the settings files alone.
pub fn load(dir: &Path, overlays: &[PathBuf]) -> Result<Workspace, Problems> {
    let report = Report::default();
    let loaded = read(dir, overlays, &report);
    let (problems, warnings) = report.into_parts();
    match loaded {
        Some(workspace) if problems.is_empty() => Ok(Workspace { warnings, ..workspace }),
        _ => Err(problems),
    }
}

fn read(dir: &Path, overlays: &[PathBuf], report: &Report) -> Option<Workspace> {
    if dir.is_file() {
        report.problem(a_file(dir));
        return None;
    }
    let files = Files::new(report);
    let root = files.settings(&dir.join("workspace.toml"), "`obsada init DIR` writes a workspace to begin with");
    let trees: Vec<_> = overlays
        .iter()
        .map(|path| (path, files.settings(path, "scenarios are files like DIR/scenarios/recall.toml")))
        .collect();
    let mut root = root?;
    let mut own_parts = Vec::new();
    for (path, tree) in trees {
        let mut overlay = tree?;
        own_parts.push((path, settings::take_own(&mut overlay)));
        settings::lay_over(&mut root, overlay, report);
    }
    let mut settings = settings::read(&root, dir, report);
    let names = settings.names.clone();
    let scenarios: Vec<Scenario<'_>> =
        own_parts.iter().map(|(path, own)| settings::scenario(path, own, &names.events, report)).collect();
    move_events(&mut settings.events, &scenarios);
    let people = gather::people(&settings, &scenarios, &files, report);
    let (queues, zone) = (&settings.queues, settings.plan.zone);
    let rows = files.table(&settings.files.adjustments, &tables::ADJUSTMENTS);
    let adjustments = tables::adjustments(&rows, queues, &names, zone);
    let rows = files.table(&settings.files.backlog, &tables::BACKLOG);
    let (backlog_places, backlog) = tables::backlog(&rows, queues, &names, zone).into_iter().unzip();
    let history = settings.history?;
    let mut inputs = files.into_read();
    inputs.extend(history.files.iter().map(|source| source.path.clone()));
    Some(Workspace {
        dir: dir.to_path_buf(),
        start: settings.plan.start,
        weeks: settings.plan.weeks,
        interval: settings.plan.interval,
        zone,
        week_start: settings.plan.week_start,
        currency: settings.plan.currency,
        queues: settings.queues,
        holidays: settings.holidays,
        events: settings.events,
        history,
        forecast: settings.forecast,
        staffing: settings.staffing,
        cover: settings.cover,
        backlog,
        scenarios: scenarios.into_iter().map(AppliedScenario::of).collect(),
        inputs,
        warnings: Vec::new(),
        backlog_places,
        adjustments,
        people,
    })
}

/// A file where a folder is expected: most often its `workspace.toml`.
fn a_file(path: &Path) -> Problem {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let problem = Problem::in_file(path.display().to_string(), "a file").accepting("the folder of a workspace");
    problem.hinting(format!("give the folder: `{}`", folder.display()))
}

/// Moves the schedules of events by the days that scenarios say.
fn move_events(events: &mut [Event], scenarios: &[Scenario<'_>]) {
    for (id, days) in scenarios.iter().flat_map(|scenario| &scenario.shifts) {
        for send in events.iter_mut().filter(|event| event.id == *id).flat_map(|event| &mut event.schedule) {
            send.local += Duration::days(i64::from(*days));
        }
    }
}

impl AppliedScenario {
    fn of(scenario: Scenario<'_>) -> Self {
        let Scenario { name, why, volume_factor, aht_factor, .. } = scenario;
        Self { name, why, volume_factor, aht_factor }
    }
}
