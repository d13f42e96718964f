//! What the calendar does to a queue: bills that come with the month, public holidays and the days from Christmas to New Year.

use chrono::{Datelike, NaiveDate};
use obsada::domain::calendar::{Holiday, HolidayService};

use crate::histories::Kind;

/// Fixed holidays, by month and day, with the share of contacts that is left.
const HOLIDAYS: [(u32, u32, &str, f64); 9] = [
    (1, 1, "New Year", 0.05),
    (5, 1, "Labour Day", 0.3),
    (5, 3, "Constitution Day", 0.3),
    (8, 15, "Assumption", 0.3),
    (11, 1, "All Saints", 0.1),
    (11, 11, "Independence Day", 0.0),
    (12, 24, "Christmas Eve", 0.3),
    (12, 25, "Christmas Day", 0.0),
    (12, 26, "Second day of Christmas", 0.05),
];

/// What multiplies a day's contacts.
pub(crate) fn factor(kind: Kind, date: NaiveDate) -> f64 {
    match kind {
        Kind::MonthPeaks => of_month(date),
        Kind::Holidays => of_holidays(date),
        _ => 1.0,
    }
}

/// Bills on the first working day of a month, the next one still busy, and wages on the tenth.
fn of_month(date: NaiveDate) -> f64 {
    let is_working = |day: &NaiveDate| day.weekday().num_days_from_monday() < 5;
    let earlier = date.iter_days().rev().skip(1).take_while(|day| day.month() == date.month());
    match (is_working(&date), earlier.filter(is_working).count(), date.day()) {
        (true, 0, _) => 1.7,
        (true, 1, _) => 1.3,
        (_, _, 10) => 1.35,
        _ => 1.0,
    }
}

fn of_holidays(date: NaiveDate) -> f64 {
    let is_it = |(month, day, ..): &&(u32, u32, &str, f64)| (*month, *day) == (date.month(), date.day());
    match HOLIDAYS.iter().find(is_it) {
        Some((.., left)) => *left,
        None if date.month() == 12 && date.day() > 26 => 0.5,
        None => 1.0,
    }
}

/// The holidays of some years as a planner would list them.
pub(crate) fn holidays(kind: Kind, years: std::ops::RangeInclusive<i32>) -> Vec<Holiday> {
    if kind != Kind::Holidays {
        return Vec::new();
    }
    let of_year = |year: i32| {
        HOLIDAYS.iter().map(move |(month, day, name, _)| Holiday {
            date: NaiveDate::from_ymd_opt(year, *month, *day).expect("a date"),
            name: (*name).to_owned(),
            regions: Vec::new(),
            sites: Vec::new(),
            service: HolidayService::Open,
        })
    };
    years.flat_map(of_year).collect()
}
