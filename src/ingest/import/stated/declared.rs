//! What the user says of an export: the keys of `[history.import]`. What is left out is found in the file, and said.

use std::collections::BTreeMap;

use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::ingest::params::{AbsentHour, RepeatedHour};

use super::layouts::Layout;
use super::roles::Role;
use super::systems;
use crate::ingest::import::cell::dates::DayOrder;
use crate::ingest::import::cell::durations::TimeUnit;
use crate::ingest::import::cell::numbers::DecimalMark;
use crate::text::Encoding;

/// What becomes of several rows of one queue and interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubles {
    /// The last stands: it corrects those before it.
    Last,
    /// They are added up.
    Sum,
}

/// Whose rows count where an export tells intervals that the history tells already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// Those of the export.
    Later,
    /// Those of the history.
    Earlier,
}

/// What is declared of an export. All of it may be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Declared {
    /// `system`: whose export it is, one of [`Declared::systems`].
    pub system: Option<String>,
    /// `layout`
    pub layout: Option<Layout>,
    /// `sheet` of a workbook, by name.
    pub sheet: Option<String>,
    /// `encoding` of a text file.
    pub encoding: Option<Encoding>,
    /// `separator` of the cells of a text file.
    pub separator: Option<u8>,
    /// `header_line`, from 1; 0: there is none, and columns go by their numbers.
    pub header_line: Option<u64>,
    /// `columns`: what each is, by the file's names.
    pub columns: BTreeMap<Role, Vec<String>>,
    /// `day_order` of dates such as 07/09/2026.
    pub day_order: Option<DayOrder>,
    /// `decimal_mark`
    pub decimal_mark: Option<DecimalMark>,
    /// `time_unit` of handle times and waits without unit.
    pub time_unit: Option<TimeUnit>,
    /// `timezone` of times without offset.
    pub zone: Option<Zone>,
    /// `repeated_hour`: local times that occur twice.
    pub repeated_hour: Option<RepeatedHour>,
    /// `absent_hour`: local times that never occur.
    pub absent_hour: Option<AbsentHour>,
    /// `queue` of all rows, where no column names it.
    pub queue: Option<String>,
    /// `queue_per`: columns whose values make queues of their own.
    pub queue_per: Vec<String>,
    /// `sum_over`: columns whose rows are added up.
    pub sum_over: Vec<String>,
    /// `doubles`
    pub doubles: Option<Doubles>,
    /// `overlap`
    pub overlap: Option<Overlap>,
    /// `leave_out`: queues that are not read, such as totals; an empty list keeps all.
    pub leave_out: Option<Vec<String>>,
    /// `interval_minutes` into which contacts are counted.
    pub interval: Option<Minutes>,
    /// `first_hour` of a column of hours: 0, or 1 where hour 1 begins at midnight.
    pub first_hour: Option<i64>,
    /// `times`: whether they are the ends of intervals.
    pub times_are_ends: Option<bool>,
    /// `day_totals`: whether rows that add up the others of their day are kept.
    pub keeps_day_totals: Option<bool>,
    /// `handle_time_includes_wait`, of contacts.
    pub includes_wait: Option<bool>,
    /// `fill_down`: whether blank names of queues and dates are the ones above.
    pub fill_down: Option<bool>,
    /// `directions`: words of the direction column that count.
    pub directions: Vec<String>,
    /// `answered`: words of the outcome column.
    pub answered: Vec<String>,
    /// `abandoned`: words of the outcome column.
    pub abandoned: Vec<String>,
}

impl Declared {
    /// Names of the systems whose exports are known.
    #[must_use]
    pub fn systems() -> Vec<&'static str> {
        systems::KNOWN.iter().map(|system| system.name).collect()
    }
}
