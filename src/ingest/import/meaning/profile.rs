//! What stands in the columns of a table: looked at once, before anything is decided.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::import::cell::dates::{Date, DayOrder};
use crate::ingest::import::cell::durations::{Duration, duration};
use crate::ingest::import::cell::numbers::{DecimalMark, MarksSeen, is_blank, looks_like_number};
use crate::ingest::import::cell::scan::{hour, scan};
use crate::ingest::import::sheets::sheet::Sheet;

/// Different texts of a column that are remembered; columns of more are no names of agents either.
const TEXTS: usize = 20_000;

/// The three orders, in the order in which a profile counts them.
pub(in crate::ingest::import) const ORDERS: [DayOrder; 3] =
    [DayOrder::YearMonthDay, DayOrder::DayMonthYear, DayOrder::MonthDayYear];

/// What stands in one column.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Profile {
    /// Cells that are not blank.
    pub(in crate::ingest::import) filled: u64,
    /// Cells with a date.
    pub(in crate::ingest::import) dated: u64,
    /// Cells with a date and a time of day that is not midnight.
    pub(in crate::ingest::import) timed: u64,
    /// Cells with a time that is not on a whole minute.
    pub(in crate::ingest::import) seconds: u64,
    /// Cells with a time of day alone.
    pub(in crate::ingest::import) clocked: u64,
    /// Of those, times that are no multiple of five minutes.
    pub(in crate::ingest::import) uneven: u64,
    /// Cells that are an hour, or an hour and minutes, in digits.
    pub(in crate::ingest::import) hours: u64,
    /// Cells that are numbers.
    pub(in crate::ingest::import) numeric: u64,
    /// Cells that are durations with colons or units.
    pub(in crate::ingest::import) durations: u64,
    /// Dates whose parts may stand in more than one order.
    pub(in crate::ingest::import) unordered: u64,
    /// Dates such as 09/07/2026, and such as 2026-09-07 or a spreadsheet's.
    pub(in crate::ingest::import) slashed: u64,
    /// See [`Profile::slashed`].
    pub(in crate::ingest::import) plain: u64,
    /// Of those, dates with points between the parts.
    pub(in crate::ingest::import) dotted: u64,
    /// Days found under each order of [`ORDERS`]; none once a date is none under it.
    pub(in crate::ingest::import) days: [Option<BTreeSet<i64>>; 3],
    /// What the numbers say of their marks.
    pub(in crate::ingest::import) marks: MarksSeen,
    /// Different texts and how often each stands there; none where there are too many.
    pub(in crate::ingest::import) texts: Option<BTreeMap<String, u64>>,
}

impl Profile {
    fn new() -> Self {
        Self {
            days: [Some(BTreeSet::new()), Some(BTreeSet::new()), Some(BTreeSet::new())],
            texts: Some(BTreeMap::new()),
            ..Self::default()
        }
    }

    fn see(&mut self, text: &str) {
        if is_blank(text) {
            return;
        }
        self.filled += 1;
        self.hours += u64::from(hour(text).is_some());
        if let Some(texts) = &mut self.texts {
            if let Some(count) = texts.get_mut(text) {
                *count += 1;
            } else if texts.len() < TEXTS {
                texts.insert(text.to_owned(), 1);
            } else {
                self.texts = None;
            }
        }
        if looks_like_number(text) {
            self.numeric += 1;
            self.marks.see(text);
        } else if matches!(duration(text, DecimalMark::Point), Some(Duration::Seconds(_) | Duration::TwoParts(..))) {
            self.durations += 1;
        }
        let Some(found) = scan(text) else { return };
        self.seconds += u64::from(found.clock.is_some_and(|clock| clock % 60 != 0));
        let Some(date) = found.date else {
            self.clocked += 1;
            self.uneven += u64::from(found.clock.is_some_and(|clock| clock % 300 != 0));
            return;
        };
        self.dated += 1;
        self.timed += u64::from(found.clock.is_some_and(|clock| clock % 86_400 != 0));
        match date {
            Date::Unordered { .. } => self.slashed += 1,
            Date::Known(_) | Date::Serial(_) => self.plain += 1,
            Date::SixDigits(_) => {}
        }
        let under = ORDERS.map(|order| date.day(order));
        if under.iter().any(|day| *day != under[0]) {
            self.unordered += 1;
            self.dotted += u64::from(matches!(date, Date::Unordered { dotted: true, .. }));
        }
        for (days, day) in self.days.iter_mut().zip(under) {
            match (day, days.as_mut()) {
                (Some(day), Some(found)) => drop(found.insert(day)),
                (None, _) => *days = None,
                _ => {}
            }
        }
    }

    /// Whether nearly all cells are something: a report's titles and totals aside.
    pub(in crate::ingest::import) fn mostly(&self, count: u64) -> bool {
        self.filled > 0 && count * 10 >= self.filled * 9
    }

    /// Whether it can be the time of day alone.
    pub(in crate::ingest::import) fn can_be_time(&self) -> bool {
        self.mostly(self.clocked) && self.uneven * 10 <= self.filled || self.mostly(self.hours)
    }

    /// How many different texts stand in it, where they are few.
    pub(in crate::ingest::import) fn different(&self) -> Option<usize> {
        self.texts.as_ref().map(BTreeMap::len)
    }
}

/// The profiles of all columns of a table.
pub(in crate::ingest::import) fn profiles(sheet: &Sheet) -> Vec<Profile> {
    let mut profiles: Vec<Profile> = sheet.header().iter().map(|_| Profile::new()).collect();
    sheet.rows(|row| {
        if !sheet.repeats_header(&row) {
            profiles.iter_mut().enumerate().for_each(|(column, profile)| profile.see(row.cell(column)));
        }
    });
    profiles
}
