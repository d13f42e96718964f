//! A folder, or files in memory → a workspace, or every problem of its files.

use std::path::{Path, PathBuf};
use tr::tr;

use chrono::Duration;

use super::files::Files;
use super::model::{AppliedScenario, Workspace};
use super::place::Report;
use super::settings::{self, Scenario};
use super::source::Source;
use super::{gather, tables};
use crate::domain::event::Event;
use crate::domain::problem::{Problem, Problems};

/// Reads the workspace of a folder, or of files in memory, with scenarios laid over it in the order given.
///
/// # Errors
/// Every problem of every file: with a file that is not TOML, the problems of the settings files alone.
pub fn load(source: impl Into<Source>, overlays: &[PathBuf]) -> Result<Workspace, Problems> {
    let (source, report) = (source.into(), Report::default());
    let loaded = read(&source, overlays, &report);
    let (problems, warnings) = report.into_parts();
    match loaded {
        Some(workspace) if problems.is_empty() => Ok(Workspace { warnings, ..workspace }),
        _ => Err(problems),
    }
}

fn read(source: &Source, overlays: &[PathBuf], report: &Report) -> Option<Workspace> {
    let dir = source.dir();
    if source.is_file(dir) {
        report.problem(a_file(dir));
        return None;
    }
    let files = Files::new(report, source);
    let root = files.settings(&dir.join("workspace.toml"), &tr!("`obsada init DIR` writes a workspace to begin with"));
    let trees: Vec<_> = overlays
        .iter()
        .map(|path| (path, files.settings(path, &tr!("scenarios are files like DIR/scenarios/recall.toml"))))
        .collect();
    let mut root = root?;
    let mut own_parts = Vec::new();
    for (path, tree) in trees {
        let mut overlay = tree?;
        own_parts.push((path, settings::take_own(&mut overlay)));
        settings::lay_over(&mut root, overlay, report);
    }
    let mut settings = settings::read(&root, source, report);
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
        source: source.clone(),
        start: settings.plan.start,
        weeks: settings.plan.weeks,
        interval: settings.plan.interval,
        zone,
        week_start: settings.plan.week_start,
        currency: settings.plan.currency,
        routing: settings.routing,
        queues: settings.queues,
        holidays: settings.holidays,
        holiday_sources: settings.holiday_sources,
        events: settings.events,
        history,
        forecast: settings.forecast,
        staffing: settings.staffing,
        cover: settings.cover,
        price_of_change: settings.price_of_change,
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
    let problem =
        Problem::in_file(path.display().to_string(), tr!("a file")).accepting(tr!("the folder of a workspace"));
    problem.hinting(tr!("give the folder: `{}`", folder.display()))
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
