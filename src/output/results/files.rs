//! The files of OUT as bytes, and what of them a command needs.

use std::collections::BTreeMap;
use tr::tr;

/// What a folder holds, by names within it: `roster.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultFiles {
    /// The folder as the user typed it, for messages alone.
    pub folder: String,
    /// The files that were read.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl ResultFiles {
    /// A file of the folder as messages name it.
    pub(super) fn shown(&self, name: &str) -> String {
        std::path::Path::new(&self.folder).join(name).display().to_string()
    }
}

/// A file of OUT that some commands need; `plan.json` all of them do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResultTable {
    /// `forecast.csv`.
    Forecast,
    /// `roster.csv`.
    Roster,
    /// `payroll.csv`.
    Payroll,
    /// `coverage.csv`.
    Coverage,
    /// `summary.json`.
    Summary,
}

impl ResultTable {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Forecast, Self::Roster, Self::Payroll, Self::Coverage, Self::Summary];

    /// Its name within OUT.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Forecast => "forecast.csv",
            Self::Roster => "roster.csv",
            Self::Payroll => "payroll.csv",
            Self::Coverage => "coverage.csv",
            Self::Summary => "summary.json",
        }
    }

    /// The commands that leave it.
    pub(super) fn left_by(self) -> String {
        match self {
            Self::Forecast | Self::Summary => tr!("every run leaves one, such as `obsada plan`"),
            Self::Roster | Self::Payroll | Self::Coverage => tr!("`obsada plan` leaves one"),
        }
    }
}
