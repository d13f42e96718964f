//! The tables of a run, one a file. Instants are RFC 3339, shares lie between 0 and 1, money is a plain decimal.

mod forecast;
mod requirement;
mod roster;
mod payroll;
mod coverage;
mod accuracy;
mod backtest;
mod cleaning;

use super::{Artifact, OutputError};
use crate::plan::Plan;

/// Decimals of contacts, agents and hours: enough that sums over a horizon agree.
const AMOUNT: usize = 6;
/// Decimals of seconds.
const SECONDS: usize = 3;
/// Decimals of shares.
const SHARE: usize = 6;

/// All tables that the plan has data for.
pub(super) fn tables(plan: &Plan) -> Result<Vec<Artifact>, OutputError> {
    let zone = plan.period.zone;
    let mut files = vec![Artifact::new("forecast.csv", forecast::write(&plan.forecast, &plan.queues, zone)?)];
    if let Some(requirement) = &plan.requirement {
        files.push(Artifact::new("requirement.csv", requirement::write(requirement, &plan.queues, zone)?));
    }
    if let Some(rostered) = &plan.rostered {
        let (workforce, checked) = (&rostered.workforce, &rostered.checked);
        files.push(Artifact::new("roster.csv", roster::write(checked.roster(), workforce, &plan.queues)?));
        files.push(Artifact::new("payroll.csv", payroll::write(checked.pay(), workforce)?));
        files.push(Artifact::new("coverage.csv", coverage::write(&rostered.coverage, &plan.queues, zone)?));
    }
    if let Some(backtest) = &plan.backtest {
        files.push(Artifact::new("accuracy.csv", accuracy::write(&backtest.accuracy, &plan.queues)?));
        files.push(Artifact::new("backtest.csv", backtest::write(&backtest.points, &plan.queues)?));
    }
    files.push(Artifact::new("cleaning.csv", cleaning::write(&plan.cleaning, &plan.queues)?));
    Ok(files)
}

/// A table being written into memory.
pub(super) struct Table(::csv::Writer<Vec<u8>>);

impl Table {
    /// A table with this header.
    pub(super) fn new(header: &[&str]) -> Result<Self, OutputError> {
        let mut table = Self(::csv::Writer::from_writer(Vec::new()));
        table.row(header)?;
        Ok(table)
    }

    /// Adds a row; it must have as many fields as the header.
    pub(super) fn row(&mut self, fields: &[&str]) -> Result<(), OutputError> {
        Ok(self.0.write_record(fields)?)
    }

    /// The bytes.
    pub(super) fn finish(self) -> Result<Vec<u8>, OutputError> {
        self.0.into_inner().map_err(|error| OutputError::Table(error.into_error().into()))
    }
}
