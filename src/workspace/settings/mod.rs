//! `workspace.toml` with scenarios laid over it, read into domain values.

mod tree;
mod overlay;
mod fields;
mod names;
mod grid;
mod hours;
mod plan;
mod import;
mod history;
mod routing;
mod staff_to;
mod day_shape;
mod queue;
mod holiday;
mod site;
mod whom;
mod activity;
mod cover;
mod contract;
mod contract_check;
mod rhythm;
mod split;
mod fixed;
mod settlement;
mod labour;
mod learning;
mod level_changes;
mod event;
mod prices;
mod public_holidays;
mod fairness;
mod replan;
mod scenario;

pub(super) use activity::{ActivitySettings, Per};
pub(super) use contract::ContractSettings;
pub(super) use cover::CoverSettings;
pub(super) use fairness::FairnessSettings;
pub(super) use grid::Grid;
pub(super) use history::{NamedBy, TableFile, TableFiles};
pub(super) use holiday::AbsenceKind;
pub use import::import_declared;
pub(super) use names::Names;
pub(super) use overlay::lay_over;
pub(super) use plan::PlanSettings;
pub use plan::PlanStart;
pub(super) use prices::WishPrices;
pub use public_holidays::HolidaySources;
pub(super) use scenario::{Scenario, scenario, take_own};
pub(super) use settlement::SettlementSettings;
pub(super) use site::{SiteSettings, SpanOfControl};
pub(super) use tree::{Table, Value, parse};

use super::place::{Place, Report};
use super::source::Source;
use crate::domain::calendar::Holiday;
use crate::domain::event::Event;
use crate::domain::learning_curve::LearningCurve;
use crate::domain::promise::PriceOfChange;
use crate::domain::queue::Queue;
use crate::domain::routing::Routing;
use crate::domain::units::Money;
use crate::forecast::ForecastParams;
use crate::ingest::IngestParams;
use crate::staffing::{CoverPriceParams, StaffingParams};
use fields::Fields;

/// Everything the settings say. Where something is wrong it is in the report, and the rest is here to be checked.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) plan: PlanSettings,
    pub(super) grid: Grid,
    pub(super) names: Names,
    pub(super) history: Option<IngestParams>,
    pub(super) files: TableFiles,
    pub(super) forecast: ForecastParams,
    pub(super) staffing: StaffingParams,
    pub(super) cover: CoverPriceParams,
    pub(super) wishes: WishPrices,
    pub(super) fairness: FairnessSettings,
    pub(super) learning: Option<LearningCurve>,
    pub(super) price_of_change: PriceOfChange,
    pub(super) missing_person_per_hour: Money,
    pub(super) routing: Routing,
    pub(super) queues: Vec<Queue>,
    /// Where each queue begins.
    pub(super) queue_places: Vec<Place>,
    pub(super) holidays: Vec<Holiday>,
    pub(super) holiday_sources: HolidaySources,
    pub(super) events: Vec<Event>,
    pub(super) sites: Vec<SiteSettings>,
    pub(super) contracts: Vec<ContractSettings>,
    pub(super) group_covers: Vec<CoverSettings>,
    pub(super) absence_kinds: Vec<AbsenceKind>,
    pub(super) activities: Vec<ActivitySettings>,
}

/// Reads the settings of a folder from the tree of its file.
pub(super) fn read(root: &Table, source: &Source, report: &Report) -> Settings {
    let fields = Fields::of(root, String::new(), report);
    let names = Names::of(root, report);
    let plan = PlanSettings::read(&fields);
    let grid = Grid::new(plan.interval, plan.years());
    let listed = holiday::holidays(&fields, &names);
    let (public, holiday_sources) = public_holidays::of_codes(root, &listed, report);
    let holidays = [listed, public].concat();
    let prices = prices::prices(&fields);
    let settings = Settings {
        history: history::history(&fields, source, &names, plan.interval),
        files: history::table_files(&fields, source.dir()),
        forecast: prices::forecast(&fields),
        staffing: prices::staffing(&fields),
        group_covers: cover::covers(&fields, &grid, plan.zone, &prices),
        cover: prices.cover,
        wishes: prices.wishes,
        fairness: fairness::fairness(&fields),
        learning: learning::learning(&fields),
        price_of_change: replan::price_of_change(&fields),
        missing_person_per_hour: prices.missing_person_per_hour,
        routing: routing::routing(&fields),
        queues: queue::queues(&fields, &names, &grid),
        queue_places: root.tables("queue").map(|queue| queue.place.clone()).collect(),
        events: event::events(&fields, &names, plan.zone),
        sites: site::sites(&fields, &holidays, &grid, plan.zone),
        contracts: contract::contracts(&fields, &grid, plan.start),
        absence_kinds: holiday::absence_kinds(&fields),
        activities: activity::activities(&fields, &names, &grid),
        holidays,
        holiday_sources,
        plan,
        grid,
        names,
    };
    fields.finish();
    settings
}
