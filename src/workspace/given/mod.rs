//! Stages whose results the planner brings along: a forecast or a requirement made elsewhere, or by an earlier run.
//!
//! Both are read in the columns in which we write them; of those, a few suffice. Every interval in which a queue is open
//! must be told, rows beyond the plan are passed over.

mod by_interval;
mod forecast_file;
mod requirement_file;

use std::path::{Path, PathBuf};

use super::files::Files;
use super::model::Workspace;
use super::place::Report;
use super::settings::{NamedBy, TableFile};
use super::source::Source;
use super::tables::{Column, Row};
use crate::domain::forecast::Forecast;
use crate::domain::problem::{Problem, Problems};
use crate::domain::requirement::Requirement;
use crate::domain::time::PlanPeriod;

impl Workspace {
    /// Reads a forecast of the plan's intervals: `queue,region?,start,offered,aht_s?` and the rest of `forecast.csv`.
    /// Factors of scenarios are laid over it; events and `adjustments.csv` are not, for they are in it already.
    ///
    /// # Errors
    /// Every row that cannot be used, and every open interval that is not told.
    pub fn forecast_from(&self, file: &Path, period: &PlanPeriod) -> Result<Forecast, Problems> {
        let mut forecast = read(&self.source, "--forecast", file, &forecast_file::COLUMNS, |rows, report| {
            forecast_file::forecast(rows, self, period, file, report)
        })?;
        for scenario in &self.scenarios {
            forecast.scale(scenario.volume_factor, scenario.aht_factor);
        }
        Ok(forecast)
    }

    /// Reads the agents required at work per queue and interval, in the order of queues: `queue,start` and
    /// `agents_net` or `agents_scheduled` of `requirement.csv`. `computed` says when queues are open.
    ///
    /// # Errors
    /// Every row that cannot be used, and every open interval that is not told.
    pub fn agents_from(&self, file: &Path, computed: &Requirement) -> Result<Vec<Vec<f64>>, Problems> {
        read(&self.source, "--requirement", file, &requirement_file::COLUMNS, |rows, report| {
            requirement_file::agents_net(rows, self, computed, file, report)
        })
    }

    /// Reads the files that a run would be started with, as far as that needs no history: the warnings that go with
    /// them. Whether a requirement tells every open interval shows only when the run has computed its own.
    ///
    /// # Errors
    /// Every problem of all of them.
    pub fn check_given(&self, given: &GivenFiles<'_>, period: &PlanPeriod) -> Result<Vec<Problem>, Problems> {
        let mut problems = Problems::none();
        let mut warnings = Vec::new();
        let earlier = problems.keep(self.earlier_roster(given.after)).flatten();
        warnings.extend(earlier.into_iter().flat_map(|earlier| earlier.warnings));
        if let Some(file) = given.forecast {
            problems.keep(self.forecast_from(file, period));
        }
        if let Some(file) = given.requirement {
            let grid = period.grid();
            problems.keep(read(&self.source, "--requirement", file, &requirement_file::COLUMNS, |rows, _| {
                requirement_file::told(rows, self, &grid);
            }));
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
}

/// Reads a table that an option names.
fn read<T>(
    source: &Source,
    option: &'static str,
    file: &Path,
    columns: &[Column],
    of: impl Fn(&[Row<'_>], &Report) -> T,
) -> Result<T, Problems> {
    let report = Report::default();
    let value = {
        let table = TableFile { path: file.to_path_buf(), named_by: NamedBy::Option(option) };
        let rows = Files::new(&report, source).table(&table, columns);
        if report.count() == 0 || !rows.is_empty() { Some(of(&rows, &report)) } else { None }
    };
    let (problems, _) = report.into_parts();
    problems.or(()).and_then(|()| value.ok_or_else(Problems::none))
}
