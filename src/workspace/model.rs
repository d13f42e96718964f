//! A validated workspace.

use std::path::PathBuf;

use chrono::Weekday;

use super::people::People;
use super::place::Place;
use super::settings::{HolidaySources, PlanStart};
use super::source::Source;
use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::forecast::Adjustment;
use crate::domain::problem::Problem;
use crate::domain::promise::PriceOfChange;
use crate::domain::queue::Queue;
use crate::domain::requirement::Backlog;
use crate::domain::routing::Routing;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::forecast::ForecastParams;
use crate::ingest::IngestParams;
use crate::staffing::{CoverPriceParams, StaffingParams};

/// A validated workspace, scenarios included.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Where its files are.
    pub source: Source,
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
    /// How contacts find agents.
    pub routing: Routing,
    /// Queues, in the order of the file, then of the scenarios.
    pub queues: Vec<Queue>,
    /// Special days.
    pub holidays: Vec<Holiday>,
    /// Where public holidays are taken from.
    pub holiday_sources: HolidaySources,
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
    /// What the planner would pay so that days stay as people were told them.
    pub price_of_change: PriceOfChange,
    /// Deferred work waiting at the start.
    pub backlog: Vec<Backlog>,
    /// The scenarios laid over the folder, in order.
    pub scenarios: Vec<AppliedScenario>,
    /// Every file that a run depends on, for digests; history included.
    pub inputs: Vec<PathBuf>,
    /// What the user should know though nothing is wrong.
    pub warnings: Vec<Problem>,
    pub(super) backlog_places: Vec<Place>,
    pub(super) adjustments: Vec<Adjustment>,
    pub(super) people: People,
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
