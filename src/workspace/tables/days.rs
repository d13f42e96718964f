//! `availability.csv` and `preferences.csv`: times of a date or of every such weekday.

use chrono::{Datelike, NaiveDate, Weekday};
use tr::tr;

use super::row::Row;
use super::sheet::Column;
use crate::domain::workforce::WishKind;
use crate::workspace::words::{Index, Read, Refusal, above, choice, clock, date, weekday};

/// The columns of `availability.csv`.
pub(crate) const AVAILABILITY: [Column; 5] = [
    Column::Required("agent"),
    Column::Required("day"),
    Column::Required("from"),
    Column::Required("until"),
    Column::Required("kind"),
];

/// The columns of `preferences.csv`.
pub(crate) const PREFERENCES: [Column; 6] = [
    Column::Required("agent"),
    Column::Required("day"),
    Column::Optional("from"),
    Column::Optional("until"),
    Column::Required("kind"),
    Column::Required("weight"),
];

/// A date, or every date of a weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    /// One date.
    Date(NaiveDate),
    /// Every such day.
    Every(Weekday),
}

impl Day {
    /// Whether a date is meant.
    pub(crate) fn is(self, date: NaiveDate) -> bool {
        match self {
            Self::Date(day) => day == date,
            Self::Every(weekday) => date.weekday() == weekday,
        }
    }
}

/// Clock times from a day's minute on; `until` at or before `from` lies on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClockRange {
    pub(crate) from: u16,
    pub(crate) until: u16,
}

/// Whether an agent can or cannot work at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AvailabilityKind {
    /// Only at such times.
    Available,
    /// Not at this time.
    Unavailable,
}

/// One row of `availability.csv`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Availability {
    /// Position of the agent among all agents.
    pub(crate) agent: usize,
    pub(crate) day: Day,
    pub(crate) range: ClockRange,
    pub(crate) kind: AvailabilityKind,
}

/// One row of `preferences.csv`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Preference {
    /// Position of the agent among all agents.
    pub(crate) agent: usize,
    pub(crate) day: Day,
    pub(crate) range: ClockRange,
    pub(crate) kind: WishKind,
    /// The price of refusing it is this times the price of a wish of weight 1.
    pub(crate) weight: f64,
}

/// Reads availability from rows.
pub(crate) fn availability(rows: &[Row<'_>], agents: &Index) -> Vec<Availability> {
    let kinds = [("available", AvailabilityKind::Available), ("unavailable", AvailabilityKind::Unavailable)];
    let read = |row: &Row<'_>| {
        let agent = row.required("agent", |word| agents.find(word));
        let day = row.required("day", day);
        let range = clock_range(row);
        let kind = row.required("kind", choice(&kinds));
        Some(Availability { agent: agent?, day: day?, range: range?, kind: kind? })
    };
    rows.iter().filter_map(read).collect()
}

/// Reads preferences from rows.
pub(crate) fn preferences(rows: &[Row<'_>], agents: &Index) -> Vec<Preference> {
    let kinds = [("off", WishKind::Off), ("work", WishKind::Work)];
    let read = |row: &Row<'_>| {
        let agent = row.required("agent", |word| agents.find(word));
        let day = row.required("day", day);
        let range = clock_range(row);
        let kind = row.required("kind", choice(&kinds));
        let weight = row.required("weight", above(1000.0));
        Some(Preference { agent: agent?, day: day?, range: range?, kind: kind?, weight: weight? })
    };
    rows.iter().filter_map(read).collect()
}

fn day(word: &str) -> Read<Day> {
    let refusal = || Refusal::new(tr!("not a day")).accepting(tr!("a date YYYY-MM-DD or mon … sun"));
    weekday(word).map(Day::Every).or_else(|_| date(word).map(Day::Date)).map_err(|_| refusal())
}

/// `from` and `until`; an empty cell is the day's beginning or end.
fn clock_range(row: &Row<'_>) -> Option<ClockRange> {
    let from = if row.has("from") { row.optional("from", clock) } else { Some(0) };
    let until = if row.has("until") { row.optional("until", clock) } else { Some(1440) };
    if from == Some(1440) {
        row.refuse("from", Refusal::new(tr!("the end of a day")).accepting(tr!("HH:MM from 00:00 to 23:59")));
    }
    if from.is_some() && from == until {
        row.refuse(
            "until",
            Refusal::new(tr!("no time at all"))
                .accepting(tr!("a time other than `from`; an earlier one is on the next day")),
        );
    }
    Some(ClockRange { from: from?, until: until? })
}
