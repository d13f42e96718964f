//! What stands in the columns of a table: looked at once, before anything is decided.

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::import::cell::dates::{Date, DayOrder};
use crate::ingest::import::cell::durations::{Duration, duration};
use crate::ingest::import::cell::numbers::{DecimalMark, MarksSeen, is_blank, looks_like_number};
use crate::ingest::import::cell::scan::{hour, scan};
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::roles::is_total;
use crate::ingest::mixing::MixedMap;

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

    /// Takes in a text that stands in so many cells.
    fn see(&mut self, text: &str, times: u64) {
        self.filled += times;
        self.hours += if hour(text).is_some() { times } else { 0 };
        let found = scan(text);
        if looks_like_number(text) {
            self.numeric += times;
            self.marks.see(text, times);
        } else if found.is_none_or(|found| found.date.is_none())
            && matches!(duration(text, DecimalMark::Point), Some(Duration::Seconds(_) | Duration::TwoParts(..)))
        {
            self.durations += times;
        }
        let Some(found) = found else { return };
        let on = |is_so: bool| if is_so { times } else { 0 };
        self.seconds += on(found.clock.is_some_and(|clock| clock % 60 != 0));
        let Some(date) = found.date else {
            self.clocked += times;
            self.uneven += on(found.clock.is_some_and(|clock| clock % 300 != 0));
            return;
        };
        self.dated += times;
        self.timed += on(found.clock.is_some_and(|clock| clock % 86_400 != 0));
        match date {
            Date::Unordered { .. } => self.slashed += times,
            Date::Known(_) | Date::Serial(_) => self.plain += times,
            Date::SixDigits(_) => {}
        }
        let under = ORDERS.map(|order| date.day(order));
        if under.iter().any(|day| *day != under[0]) {
            self.unordered += times;
            self.dotted += on(matches!(date, Date::Unordered { dotted: true, .. }));
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

/// Whether a cell says nothing of its column: it is blank, or names a row that adds up others.
fn is_nothing(text: &str) -> bool {
    is_blank(text) || !text.starts_with(|first: char| first.is_ascii_digit()) && is_total(text)
}

/// A column under way: a text that stands in many cells is looked at once.
struct Looking {
    profile: Profile,
    /// How often each text was met, as long as they are few.
    met: Option<MixedMap<String, u64>>,
    /// The last text, of a column of many: neighbours are alike.
    last: (String, u64),
}

impl Looking {
    fn new() -> Self {
        Self { profile: Profile::new(), met: Some(MixedMap::default()), last: (String::new(), 0) }
    }

    fn add(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let Some(met) = &mut self.met else { return self.add_to_many(text) };
        if let Some(times) = met.get_mut(text) {
            *times += 1;
            return;
        }
        if is_nothing(text) {
            return;
        }
        if met.len() < TEXTS {
            met.insert(text.to_owned(), 1);
            return;
        }
        for (text, times) in self.met.take().into_iter().flatten() {
            self.profile.see(&text, times);
        }
        self.profile.texts = None;
        self.add_to_many(text);
    }

    fn add_to_many(&mut self, text: &str) {
        if self.last.0 == text {
            self.last.1 += 1;
        } else if !is_nothing(text) {
            self.look_at_last();
            text.clone_into(&mut self.last.0);
            self.last.1 = 1;
        }
    }

    fn look_at_last(&mut self) {
        if self.last.1 > 0 {
            self.profile.see(&self.last.0, self.last.1);
        }
    }

    fn finish(mut self) -> Profile {
        self.look_at_last();
        if let Some(met) = self.met {
            for (text, times) in &met {
                self.profile.see(text, *times);
            }
            self.profile.texts = Some(met.into_iter().collect());
        }
        self.profile
    }
}

/// The profiles of all columns of a table.
pub(in crate::ingest::import) fn profiles(sheet: &Sheet) -> Vec<Profile> {
    let mut columns: Vec<Looking> = sheet.header().iter().map(|_| Looking::new()).collect();
    sheet.rows(|row| {
        if !sheet.repeats_header(&row) {
            columns.iter_mut().enumerate().for_each(|(number, column)| column.add(row.cell(number)));
        }
    });
    columns.into_iter().map(Looking::finish).collect()
}
