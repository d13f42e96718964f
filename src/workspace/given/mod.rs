//! Stages whose results the planner brings along: a forecast, a requirement or a roster made elsewhere, or by an earlier run.
//!
//! All are read in the columns in which we write them; of those, a few suffice. Rows beyond the plan are passed over. Of a
//! forecast and a requirement every interval in which a queue is open must be told.

mod by_interval;
mod forecast_file;
mod requirement_file;
mod shift_rows;
mod roster_file;
mod requests_file;
#[expect(clippy::result_large_err, reason = "problems of a sheet are few, and each is reported where it is found")]
mod workbook;

use std::path::{Path, PathBuf};

use super::files::Files;
use super::model::Workspace;
use super::place::{Place, Report};
use super::roster_rows;
use super::settings::{NamedBy, TableFile};
use super::source::Source;
use super::tables::{Column, Row, rows};
use crate::domain::forecast::Forecast;
use crate::domain::problem::{Problem, Problems};
use crate::domain::request::Request;
use crate::domain::time::{IntervalGrid, PlanPeriod, Zone};
use crate::domain::units::Minutes;
use crate::domain::workforce::Workforce;
pub use roster_file::GivenRoster;

impl Workspace {
    /// Reads a forecast of the plan's intervals: `queue,region?,start,offered,aht_s?` and the rest of `forecast.csv`.
    /// Factors of scenarios are laid over it; events and `adjustments.csv` are not, for they are in it already.
    ///
    /// # Errors
    /// Every row that cannot be used, and every open interval that is not told.
    pub fn forecast_from(&self, file: &Path, period: &PlanPeriod) -> Result<Forecast, Problems> {
        let (mut forecast, _) = read(&self.source, "--forecast", file, &forecast_file::COLUMNS, |rows, report| {
            forecast_file::forecast(rows, self, period, file, report)
        })?;
        for scenario in &self.scenarios {
            forecast.scale(scenario.volume_factor, scenario.aht_factor);
        }
        Ok(forecast)
    }

    /// Reads the agents required at work per queue and interval, in the order of queues: `queue,start` and
    /// `agents_net` or `agents_scheduled` of `requirement.csv`. `open` says per queue and interval of the plan whether it is.
    ///
    /// # Errors
    /// Every row that cannot be used, and every open interval that is not told.
    pub fn agents_from(&self, file: &Path, grid: &IntervalGrid, open: &[Vec<bool>]) -> Result<Vec<Vec<f64>>, Problems> {
        let (agents, _) = read(&self.source, "--requirement", file, &requirement_file::COLUMNS, |rows, report| {
            requirement_file::agents_net(rows, self, (grid, open), file, report)
        })?;
        Ok(agents)
    }

    /// Reads a roster of the plan's days for the agents of a workforce: `agent,date,activity,start,end` and the rest of
    /// `roster.csv`. Rows with the same `shift_id`, or of the same agent and date where there is none, are one shift. A workbook
    /// that `obsada export --format xlsx` wrote is read by its sheet of shifts, with the changes and locks that were filled in.
    ///
    /// # Errors
    /// Every row that cannot be used. Whether the roster is legal is not looked at.
    pub fn roster_from(
        &self,
        file: &Path,
        workforce: &Workforce,
        period: &PlanPeriod,
    ) -> Result<GivenRoster, Problems> {
        self.read_roster(file, workforce, period, false)
    }

    fn read_roster(
        &self,
        file: &Path,
        workforce: &Workforce,
        period: &PlanPeriod,
        passes_over_others: bool,
    ) -> Result<GivenRoster, Problems> {
        let queues: Vec<String> = self.queues.iter().map(|queue| queue.id.to_string()).collect();
        let zone_of = |site: &str| {
            let site = workforce.sites.iter().find(|of| of.id.as_str() == site);
            site.map_or(period.zone, |site| site.zone)
        };
        let (mut roster, warnings) = read_as(
            &self.source,
            "--roster",
            file,
            &roster_rows::COLUMNS,
            Some((&zone_of, period.interval)),
            |rows, report| {
                let place = Place::file(&file.display().to_string());
                let rows = roster_file::known(rows, workforce, passes_over_others, report);
                roster_file::roster(&rows, workforce, period, &queues, place, report)
            },
        )?;
        roster.warnings = warnings;
        Ok(roster)
    }

    /// Reads a roster that people were told, as [`Self::roster_from`] does; agents whom the workforce does not have any more are told of and
    /// passed over.
    ///
    /// # Errors
    /// Every row that cannot be used. Whether the roster is legal is not looked at.
    pub fn published_from(
        &self,
        file: &Path,
        workforce: &Workforce,
        period: &PlanPeriod,
    ) -> Result<GivenRoster, Problems> {
        self.read_roster(file, workforce, period, true)
    }

    /// Reads what agents ask for: `request?,agent,kind,date,until?,with?,with_date?`. What to know of the file comes with it.
    ///
    /// # Errors
    /// Every row that cannot be used.
    pub fn requests_from(
        &self,
        file: &Path,
        workforce: &Workforce,
        period: &PlanPeriod,
    ) -> Result<(Vec<Request>, Vec<Problem>), Problems> {
        read(&self.source, "--request", file, &requests_file::COLUMNS, |rows, _| {
            requests_file::requests(rows, workforce, period)
        })
    }

    /// Reads the files that a run would be started with, as far as that needs no history: the warnings that go with
    /// them. `open` says per queue and interval of the plan whether it is.
    ///
    /// # Errors
    /// Every problem of all of them.
    pub fn check_given(
        &self,
        given: &GivenFiles<'_>,
        period: &PlanPeriod,
        open: &[Vec<bool>],
    ) -> Result<Vec<Problem>, Problems> {
        let mut problems = Problems::none();
        let mut warnings = Vec::new();
        let earlier = problems.keep(self.earlier_roster(given.after)).flatten();
        warnings.extend(earlier.into_iter().flat_map(|earlier| earlier.warnings));
        if let Some(file) = given.forecast {
            problems.keep(self.forecast_from(file, period));
        }
        if let Some(file) = given.requirement {
            problems.keep(self.agents_from(file, &period.grid(), open));
        }
        if let (Some(file), Ok(workforce)) = (given.roster, self.workforce(period, period.grid().start())) {
            problems.keep(self.roster_from(file, &workforce, period));
        }
        problems.or(warnings)
    }
}

/// The files that may be brought along to a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct GivenFiles<'a> {
    /// The rosters before this one, of `--after`.
    pub after: &'a [PathBuf],
    /// The forecast of `--forecast`.
    pub forecast: Option<&'a Path>,
    /// The agents required of `--requirement`.
    pub requirement: Option<&'a Path>,
    /// The roster of `--roster`.
    pub roster: Option<&'a Path>,
}

/// What reading a workbook takes: the clocks of sites, and the plan's interval.
type SheetOfShifts<'a> = (&'a dyn Fn(&str) -> Zone, Minutes);

/// Reads a table that an option names; what is made of it comes with its warnings.
fn read<T>(
    source: &Source,
    option: &'static str,
    file: &Path,
    columns: &[Column],
    of: impl Fn(&[Row<'_>], &Report) -> T,
) -> Result<(T, Vec<Problem>), Problems> {
    read_as(source, option, file, columns, None, of)
}

/// The same; of a roster, given clocks of sites and the plan's interval, a workbook will do.
fn read_as<T>(
    source: &Source,
    option: &'static str,
    file: &Path,
    columns: &[Column],
    of_workbook: Option<SheetOfShifts<'_>>,
    of: impl Fn(&[Row<'_>], &Report) -> T,
) -> Result<(T, Vec<Problem>), Problems> {
    let report = Report::default();
    let value = {
        let table = TableFile { path: file.to_path_buf(), named_by: NamedBy::Option(option) };
        let (place, bytes) = Files::new(&report, source).named(&table);
        let rows = match (bytes, of_workbook) {
            (Some(bytes), Some((zone_of, interval))) if workbook::is_workbook(&bytes) => {
                workbook::rows(&place, &bytes, zone_of, interval, &report)
            }
            (Some(bytes), _) => rows(&place, &bytes, columns, &report),
            (None, _) => Vec::new(),
        };
        if report.count() == 0 || !rows.is_empty() { Some(of(&rows, &report)) } else { None }
    };
    let (problems, warnings) = report.into_parts();
    problems.or(()).and_then(|()| Ok((value.ok_or_else(Problems::none)?, warnings)))
}
