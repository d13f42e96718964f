//! A folder → a validated workspace: settings with scenarios laid over them, tables, and every problem of all of them
//! in one report.
//!
//! | file | what it does |
//! |---|---|
//! | `place`, `words`, `near` | where a value stands, what it may say, what was probably meant |
//! | `settings/` | `workspace.toml`: a tree that knows its lines, overlays, one reader a section |
//! | `tables/` | the CSV files, one reader each |
//! | `roll`, `gather` | who is there, with everything the tables say of them |
//! | `people/` | how they look to one plan: blocks, minutes owed, wishes, skill groups |
//! | `carry` | what an earlier roster leaves behind |
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
mod gather;
mod carry;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use chrono::{Days, Duration, Weekday};

pub use carry::carry_from;
pub use settings::PlanStart;

use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Change};
use crate::domain::ids::QueueIx;
use crate::domain::problem::{Problem, Problems};
use crate::domain::queue::Queue;
use crate::domain::requirement::Backlog;
use crate::domain::time::{Instant, PlanPeriod, Zone, local_date, next_weekday, start_of_day};
use crate::domain::units::Minutes;
use crate::domain::workforce::Workforce;
use crate::forecast::ForecastParams;
use crate::ingest::IngestParams;
use crate::staffing::{CoverPriceParams, StaffingParams};
use files::Files;
use people::People;
use place::Report;
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
        settings::lay_over(&mut root, overlay);
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
    let backlog = tables::backlog(&rows, queues, &names, zone);
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
        adjustments,
        people,
    })
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

    /// What its factors change, each with the reason people read.
    fn changes(&self) -> impl Iterator<Item = (Change, String)> {
        let (volume, aht) = (self.volume_factor, self.aht_factor);
        let all = [(Change::Factor(volume), volume, "volume_factor"), (Change::AhtFactor(aht), aht, "aht_factor")];
        let told = |(change, factor, key)| (change, format!("scenario {}: {key} {factor}", self.name));
        all.into_iter().filter(|(_, factor, _)| (factor - 1.0).abs() > f64::EPSILON).map(told)
    }
}

impl Workspace {
    /// The days to plan. A plan for the next Monday begins on the first Monday whose midnight is not before `as_of`.
    #[must_use]
    pub fn period(&self, as_of: Instant) -> PlanPeriod {
        let start = match self.start {
            PlanStart::Date(date) => date,
            PlanStart::NextMonday => {
                let today = local_date(as_of, self.zone);
                let is_over = start_of_day(today, self.zone) < as_of;
                let first = if is_over { today.checked_add_days(Days::new(1)).unwrap_or(today) } else { today };
                next_weekday(first, Weekday::Mon)
            }
        };
        let (weeks, zone, interval, week_start) = (self.weeks, self.zone, self.interval, self.week_start);
        PlanPeriod { start, weeks, zone, interval, week_start }
    }

    /// The events that exist for a run as of an instant.
    #[must_use]
    pub fn events_known_at(&self, as_of: Instant) -> Vec<Event> {
        self.events.iter().filter(|event| event.is_known(as_of)).cloned().collect()
    }

    /// The planner's adjustments in the order of their file, then the scenarios' factors over the whole plan.
    #[must_use]
    pub fn adjustments(&self, period: &PlanPeriod) -> Vec<Adjustment> {
        let grid = period.grid();
        let mut adjustments = self.adjustments.clone();
        for (change, why) in self.scenarios.iter().flat_map(AppliedScenario::changes) {
            adjustments.extend((0..self.queues.len()).map(|queue| Adjustment {
                queue: QueueIx(queue),
                region: None,
                from: grid.start(),
                until: grid.end(),
                change,
                why: why.clone(),
            }));
        }
        adjustments
    }

    /// Whether there is anybody to roster.
    #[must_use]
    pub fn has_agents(&self) -> bool {
        !self.people.persons.is_empty()
    }

    /// Everyone employed on some date of the plan, with what was known of them at `as_of`.
    ///
    /// # Errors
    /// When nobody is.
    pub fn workforce(&self, period: &PlanPeriod, as_of: Instant) -> Result<Workforce, Problems> {
        let workforce = self.people.workforce(&self.queues, period, as_of);
        if workforce.agents.is_empty() {
            let file = self.dir.display().to_string();
            let cause = format!("nobody is employed from {} to before {}", period.start, period.end());
            let problem =
                Problem::in_file(file, cause).accepting("at least one agent in agents.csv employed within the plan");
            return Err(problem.hinting("`obsada staff` needs no agents").into());
        }
        Ok(workforce)
    }

    /// What the planner should know about the people of this plan: skills that begin or end within it, agents who can
    /// serve no queue.
    #[must_use]
    pub fn period_warnings(&self, period: &PlanPeriod) -> Vec<Problem> {
        self.people.warnings(&self.queues, period)
    }
}
