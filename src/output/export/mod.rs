//! What a run left → the files that people and other systems take, one format a file or a room.
//!
//! | file | format | who takes it |
//! |---|---|---|
//! | [`ics`] | calendars, one for every agent and team | telephones, Outlook, Google |
//! | `xlsx` | a workbook; only with the feature `xlsx` | the supervisor |
//! | [`payroll`] | pay by agent, day and class, in cents | payroll |
//! | [`genesys`], [`teams`] | schedules as JSON | Genesys Cloud, Microsoft Teams |
//! | [`connect`], [`teleopti`] | forecasts as CSV | Amazon Connect, Calabrio |
//! | `parquet` | every table as Parquet; only with the feature `parquet` | analysts |
//! | [`by_length`] | a forecast in intervals of another length | some of the above |
//! | [`exported`](Exported) | the files of a format, and what to know of them | |
//!
//! Invariant: a pure function of OUT. The same OUT is the same bytes, whatever the clock says and wherever the folder is.
//! Ids of other systems are not known here: our own stand in their place.

mod exported;
mod ics;
mod payroll;
mod genesys;
mod teams;
mod by_length;
mod connect;
mod teleopti;
#[cfg(feature = "xlsx")]
mod xlsx;
#[cfg(feature = "parquet")]
mod parquet;

pub use exported::Exported;

use super::artifact::OutputError;
use super::results::{ResultFiles, ResultTable, Results};
use tr::tr;

/// The formats that this build writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportFormat {
    /// iCalendar.
    Ics,
    /// A workbook.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// Pay by agent, day and class.
    Payroll,
    /// A schedule of Genesys Cloud.
    Genesys,
    /// Shifts of Microsoft Teams.
    Teams,
    /// A forecast of Amazon Connect.
    Connect,
    /// A forecast of Calabrio, once Teleopti.
    Teleopti,
    /// Every table as Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

impl ExportFormat {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Ics,
        #[cfg(feature = "xlsx")]
        Self::Xlsx,
        Self::Payroll,
        Self::Genesys,
        Self::Teams,
        Self::Connect,
        Self::Teleopti,
        #[cfg(feature = "parquet")]
        Self::Parquet,
    ];

    /// The word that names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ics => "ics",
            #[cfg(feature = "xlsx")]
            Self::Xlsx => "xlsx",
            Self::Payroll => "payroll",
            Self::Genesys => "genesys",
            Self::Teams => "teams",
            Self::Connect => "connect",
            Self::Teleopti => "teleopti",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
        }
    }

    /// What it is, for the help of the command.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Ics => tr!("calendars: a file for every agent and for every team (site)"),
            #[cfg(feature = "xlsx")]
            Self::Xlsx => tr!("a workbook: roster, shifts to lock or change, coverage, payroll, service"),
            Self::Payroll => tr!("pay by agent, day and class, in cents that add up to the labour cost"),
            Self::Genesys => tr!("a schedule and a forecast of Genesys Cloud (JSON)"),
            Self::Teams => tr!("shifts of Microsoft Teams (Graph JSON)"),
            Self::Connect => tr!("a forecast of Amazon Connect (its override file)"),
            Self::Teleopti => tr!("a forecast of Calabrio, once Teleopti"),
            #[cfg(feature = "parquet")]
            Self::Parquet => tr!("every table as Apache Parquet"),
        }
    }

    /// What of OUT it takes, `plan.json` aside.
    #[must_use]
    pub const fn needed(self) -> &'static [ResultTable] {
        use ResultTable::{Forecast, Payroll, Roster};
        match self {
            Self::Ics | Self::Teams => &[Roster],
            #[cfg(feature = "xlsx")]
            Self::Xlsx => &[Roster, Payroll, ResultTable::Coverage, ResultTable::Summary],
            Self::Payroll => &[Payroll, Roster],
            Self::Genesys => &[Roster, Forecast],
            Self::Connect | Self::Teleopti => &[Forecast],
            #[cfg(feature = "parquet")]
            Self::Parquet => &[],
        }
    }
}

/// Writes a format. `results` must have been read with what it [needs](ExportFormat::needed); `files` are the tables themselves.
///
/// # Errors
/// When a file cannot be made, or would be larger than the format allows.
#[cfg_attr(not(feature = "parquet"), expect(unused_variables, reason = "only Parquet takes tables as they are"))]
pub fn export(format: ExportFormat, results: &Results, files: &ResultFiles) -> Result<Exported, OutputError> {
    match format {
        ExportFormat::Ics => Ok(ics::export(results)),
        #[cfg(feature = "xlsx")]
        ExportFormat::Xlsx => xlsx::export(results),
        ExportFormat::Payroll => payroll::export(results),
        ExportFormat::Genesys => genesys::export(results),
        ExportFormat::Teams => teams::export(results),
        ExportFormat::Connect => connect::export(results),
        ExportFormat::Teleopti => teleopti::export(results),
        #[cfg(feature = "parquet")]
        ExportFormat::Parquet => parquet::export(files),
    }
}
