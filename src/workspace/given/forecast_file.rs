//! `forecast.csv`, read back or made elsewhere: contacts and handle times per queue, region and interval.

use std::path::Path;
use tr::tr;

use super::by_interval::{Told, interval_of};
use crate::domain::calendar::{Holiday, HolidayService};
use crate::domain::explanation::Explanation;
use crate::domain::forecast::{Dispersion, Forecast, QueueForecast, RegionForecast};
use crate::domain::ids::QueueIx;
use crate::domain::queue::{Queue, Region};
use crate::domain::series::Series;
use crate::domain::time::{IntervalGrid, PlanPeriod, local_date};
use crate::domain::units::Contacts;
use crate::domain::units::Seconds;
use crate::workspace::model::Workspace;
use crate::workspace::place::{Place, Report};
use crate::workspace::tables::{Column, Row};
use crate::workspace::words::{Refusal, known, number};

/// The columns of `forecast.csv`.
pub(super) const COLUMNS: [Column; 14] = [
    Column::Required("queue"),
    Column::Optional("region"),
    Column::Required("start"),
    Column::Optional("start_local"),
    Column::Required("offered"),
    Column::Optional("p10"),
    Column::Optional("p50"),
    Column::Optional("p90"),
    Column::Optional("aht_s"),
    Column::Optional("baseline"),
    Column::Optional("event"),
    Column::Optional("holiday"),
    Column::Optional("aht_p10"),
    Column::Optional("aht_p90"),
];

/// The word for a whole queue.
const WHOLE: &str = "*";
/// Most contacts and seconds that can be meant.
const MOST: f64 = 1e9;
/// Regions and the whole may differ by rounding in the file.
const ROUNDING: f64 = 1e-4;

/// One row; not a number where nothing is said.
#[derive(Clone, Copy, Debug)]
struct Figures {
    offered: f64,
    bands: [f64; 3],
    aht_s: f64,
    aht_band: [f64; 2],
    parts: [f64; 3],
}

/// What was told of one queue: the whole, and its regions.
#[derive(Clone, Debug)]
struct QueueRows {
    whole: Told<Figures>,
    regions: Vec<Told<Figures>>,
}

/// The forecast that the rows tell. A queue that is not in the file is expected to get no contacts of its own, which is
/// right only for one that others escalate to.
pub(super) fn forecast(
    rows: &[Row<'_>],
    workspace: &Workspace,
    period: &PlanPeriod,
    file: &Path,
    report: &Report,
) -> Forecast {
    let grid = period.grid();
    let ids: Vec<String> = workspace.queues.iter().map(|queue| queue.id.to_string()).collect();
    let nothing = |queue: &Queue| QueueRows {
        whole: Told::nothing(&grid),
        regions: vec![Told::nothing(&grid); queue.regions.len()],
    };
    let mut told: Vec<QueueRows> = workspace.queues.iter().map(nothing).collect();
    for row in rows {
        let Some(queue) = row.required("queue", known("queue", &ids)) else { continue };
        let of = &workspace.queues[queue];
        let series = series_of(row, of, &mut told[queue]);
        let interval = interval_of(row, &grid, period.zone);
        if let (Some(series), Some(figures), Some(interval)) = (series, figures(row, of), interval) {
            series.take(interval, row, figures);
        }
    }
    let context = Context { workspace, grid, file: Place::file(&file.display().to_string()), report };
    let queues = told.iter().enumerate().map(|(queue, told)| context.queue(queue, told)).collect();
    Forecast { grid, queues }
}

/// The series a row belongs to.
fn series_of<'a>(row: &Row<'_>, queue: &Queue, told: &'a mut QueueRows) -> Option<&'a mut Told<Figures>> {
    let names: Vec<String> =
        queue.regions.iter().map(|region| region.id.to_string()).chain([WHOLE.to_owned()]).collect();
    let place =
        if row.has("region") { row.optional("region", known("region of the queue", &names))? } else { names.len() - 1 };
    Some(if place < told.regions.len() { &mut told.regions[place] } else { &mut told.whole })
}

fn figures(row: &Row<'_>, queue: &Queue) -> Option<Figures> {
    let offered = row.required("offered", number(0.0..=MOST));
    let amount = |column| row.optional(column, number(0.0..=MOST)).unwrap_or(f64::NAN);
    let signed = |column| row.optional(column, number(-MOST..=MOST)).unwrap_or(f64::NAN);
    let bands = [amount("p10"), amount("p50"), amount("p90")];
    let aht_s = row.optional("aht_s", number(0.0..=1e7));
    let aht_s = aht_s.or(queue.declared_aht.map(Seconds::get));
    let parts = [signed("baseline"), signed("event"), signed("holiday")];
    let end = |column| row.optional(column, number(0.0..=1e7)).unwrap_or(f64::NAN);
    let aht_band = [end("aht_p10"), end("aht_p90")];
    if aht_band[0] > aht_band[1] || (row.has("aht_p10") != row.has("aht_p90")) {
        let accepted = tr!("both ends, the lower one first, or neither");
        row.refuse("aht_p10", Refusal::new(tr!("not a band with aht_p90")).accepting(accepted));
    }
    Some(Figures { offered: offered?, bands, aht_s: aht_s.unwrap_or(f64::NAN), aht_band, parts })
}

/// What the queues of one file are put together with.
struct Context<'a> {
    workspace: &'a Workspace,
    grid: IntervalGrid,
    file: Place,
    report: &'a Report,
}

impl Context<'_> {
    fn queue(&self, index: usize, told: &QueueRows) -> QueueForecast {
        let queue = &self.workspace.queues[index];
        self.require_handle_times(queue, told);
        let by_region = told.regions.iter().any(|region| !region.is_empty());
        let mut regions = Vec::new();
        if by_region {
            for (number, (region, told)) in queue.regions.iter().zip(&told.regions).enumerate() {
                let name = format!("queue `{}`, region `{}`", queue.id, region.id);
                told.require(&name, &self.open(std::slice::from_ref(region)), &self.grid, &self.file, self.report);
                regions.push(self.series(number, |at| told.get(at).copied()));
            }
        } else if !told.whole.is_empty() || !self.is_fed(index) {
            let name = format!("queue `{}`", queue.id);
            told.whole.require(&name, &self.open(&queue.regions), &self.grid, &self.file, self.report);
        }
        let whole = if by_region {
            self.series(0, |at| Some(self.sum(queue, &regions, told.whole.get(at), at)))
        } else {
            self.series(0, |at| told.whole.get(at).copied())
        };
        let method = if by_region || !told.whole.is_empty() { "given" } else { "no history" };
        QueueForecast {
            queue: QueueIx(index),
            regions,
            whole,
            dispersion: Dispersion::default(),
            aht_week_share: 0.0,
            method: method.to_owned(),
            explanation: Explanation::default(),
        }
    }

    /// Reports the rows of a queue that expect contacts but tell no handle time, in one problem.
    fn require_handle_times(&self, queue: &Queue, told: &QueueRows) {
        let series = told.regions.iter().chain([&told.whole]);
        let silent = |figures: &Figures| figures.offered > 0.0 && figures.aht_s.is_nan();
        let (count, first) = series
            .flat_map(Told::rows)
            .filter(|(_, figures)| silent(figures))
            .fold((0_usize, None), |(count, first), (place, _)| (count + 1, first.or(Some(place))));
        if let Some(first) = first {
            let cause =
                tr!("queue `{}`: {count} rows with contacts have no handle time, this is the first", queue.id, count);
            let problem = first.problem(cause).in_column("aht_s").accepting("seconds");
            self.report.problem(problem.hinting(tr!("or set `aht_s` of the queue in workspace.toml")));
        }
    }

    /// Whether another queue escalates to this one.
    fn is_fed(&self, index: usize) -> bool {
        self.workspace.queues.iter().filter_map(|queue| queue.escalation).any(|escalation| escalation.to.0 == index)
    }

    /// Whether any of the regions is open, by interval.
    fn open(&self, regions: &[Region]) -> Vec<bool> {
        let closes = |holiday: &&Holiday, region: &Region| {
            holiday.service == HolidayService::Closed && holiday.concerns(&region.id)
        };
        let is_open = |region: &Region, at| {
            region.hours.is_open(at, region.zone)
                && !self
                    .workspace
                    .holidays
                    .iter()
                    .any(|day| closes(&day, region) && day.date == local_date(at, region.zone))
        };
        self.grid.starts().map(|at| regions.iter().any(|region| is_open(region, at))).collect()
    }

    fn series(&self, region: usize, figures: impl Fn(usize) -> Option<Figures>) -> RegionForecast {
        let nobody = Figures { offered: 0.0, bands: [0.0; 3], aht_s: 0.0, aht_band: [f64::NAN; 2], parts: [0.0; 3] };
        let of: Vec<Figures> = (0..self.grid.len()).map(|at| figures(at).unwrap_or(nobody)).collect();
        let contacts = |value: fn(&Figures) -> f64| Series::new(self.grid, of.iter().map(value));
        let aht_s = of.iter().map(|of| if of.aht_s.is_nan() { 0.0 } else { of.aht_s });
        RegionForecast {
            region,
            offered: contacts(|of| of.offered),
            p10: contacts(|of| of.bands[0]),
            p50: contacts(|of| of.bands[1]),
            p90: contacts(|of| of.bands[2]),
            aht_s: Series::new(self.grid, aht_s),
            aht_p10: Series::new(self.grid, of.iter().map(|of| of.aht_band[0])),
            aht_p90: Series::new(self.grid, of.iter().map(|of| of.aht_band[1])),
            baseline: contacts(|of| of.parts[0]),
            event: contacts(|of| of.parts[1]),
            holiday: contacts(|of| of.parts[2]),
        }
    }

    /// Regions together; the bands are the whole's own, where it has a row. Regions that do not add up are reported.
    fn sum(&self, queue: &Queue, regions: &[RegionForecast], whole: Option<&Figures>, at: usize) -> Figures {
        let total =
            |of: fn(&RegionForecast) -> &Series<Contacts>| regions.iter().map(|region| of(region)[at]).sum::<f64>();
        let offered = total(|region| &region.offered);
        let work: f64 = regions
            .iter()
            .filter(|region| region.offered[at] > 0.0)
            .map(|region| region.offered[at] * region.aht_s[at])
            .sum();
        let mean = || regions.iter().map(|region| region.aht_s[at]).sum::<f64>() / regions.len().max(1) as f64;
        if let Some(whole) = whole.filter(|whole| (whole.offered - offered).abs() > ROUNDING * offered.max(1.0)) {
            let cause = tr!(
                "queue `{}`: at {} its regions add up to {offered}, and the row `*` says {}",
                queue.id,
                self.grid.start_of(at),
                whole.offered,
                offered
            );
            self.report.problem(self.file.problem(cause).hinting(tr!("leave the rows `*` out: the whole is the sum")));
        }
        Figures {
            offered,
            bands: whole.map_or([f64::NAN; 3], |whole| whole.bands),
            aht_s: if offered > 0.0 { work / offered } else { mean() },
            aht_band: whole.map_or([f64::NAN; 2], |whole| whole.aht_band),
            parts: [total(|region| &region.baseline), total(|region| &region.event), total(|region| &region.holiday)],
        }
    }
}
