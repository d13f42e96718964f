//! What to read, and what to do where local clocks are ambiguous.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::contents::Contents;
use crate::domain::ids::QueueId;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;

/// How a history file is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryFormat {
    /// Plain text, separated by comma, semicolon or tab.
    Csv,
    /// The same, gzipped.
    CsvGz,
    /// Apache Parquet.
    Parquet,
}

impl HistoryFormat {
    /// What a path's extension says: `.csv`, `.csv.gz` or `.parquet`.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        [(".csv", Self::Csv), (".csv.gz", Self::CsvGz), (".parquet", Self::Parquet)]
            .into_iter()
            .find_map(|(extension, format)| name.ends_with(extension).then_some(format))
    }
}

/// One file of contact history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistorySource {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub contents: Contents,
    /// Its path as the user would type it, for messages.
    pub shown: String,
    /// Its name in the workspace, for what is written: the same wherever the workspace lies.
    pub name: String,
    /// How it is stored.
    pub format: HistoryFormat,
}

impl HistorySource {
    /// A history in memory, as CSV; `shown` stands for it in messages.
    #[must_use]
    pub fn in_memory(bytes: Vec<u8>, shown: &str) -> Self {
        Self {
            path: PathBuf::from("history.csv"),
            contents: Contents::InMemory(bytes.into()),
            shown: shown.to_owned(),
            name: shown.to_owned(),
            format: HistoryFormat::Csv,
        }
    }
}

/// What to do with a local time that occurs twice, when clocks go back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RepeatedHour {
    /// Report each such row as a problem.
    #[default]
    Refuse,
    /// One row covers both hours: each gets half. Two rows of a queue are the first and the second hour.
    Both,
    /// The row is the first of the two hours.
    First,
    /// Leave the row out.
    Skip,
}

impl RepeatedHour {
    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Both => "both",
            Self::First => "first",
            Self::Skip => "skip",
        }
    }
}

/// What to do with a local time that never occurs, when clocks go forward.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AbsentHour {
    /// Report each such row as a problem.
    #[default]
    Refuse,
    /// Leave the row out.
    Skip,
}

impl AbsentHour {
    /// Its name, as in the settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Skip => "skip",
        }
    }
}

/// The moment at which the user's system counts a contact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountedAt {
    /// When it arrives: what forecasting needs.
    #[default]
    Arrival,
    /// When it is answered.
    Answer,
    /// When it ends.
    End,
}

/// What to read and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IngestParams {
    /// The files, in the user's order: of two different rows for one interval the later stands.
    pub files: Vec<HistorySource>,
    /// The zone of instants without offset; none: they are refused.
    pub zone: Option<Zone>,
    /// What to do with local times that occur twice.
    pub repeated_hour: RepeatedHour,
    /// What to do with local times that never occur.
    pub absent_hour: AbsentHour,
    /// The queue of all rows, where files have no queue column.
    pub queue: Option<QueueId>,
    /// Our name of a column → the files' name for it.
    pub columns: BTreeMap<String, String>,
    /// What the files count.
    pub counted_at: CountedAt,
    /// The plan's interval, which becomes the history's.
    pub interval: Minutes,
}
