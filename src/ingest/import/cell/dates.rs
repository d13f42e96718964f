//! Dates as they are written, and the orders in which day, month and year may stand.

use crate::ingest::instants::days;

/// A date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::import) enum Date {
    /// In days since 1970: the order of its parts is plain.
    Known(i64),
    /// `07/09/2026` or `07.09.26`: two numbers of which one is the month, and the year.
    Unordered { first: i64, second: i64, year: i64, dotted: bool },
    /// Six digits in a row: `990101`.
    SixDigits(i64),
    /// Days since the end of 1899, as spreadsheets count them.
    Serial(i64),
}

/// The order in which day, month and year stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// `26-09-07`
    YearMonthDay,
    /// `07.09.2026`
    DayMonthYear,
    /// `09/07/2026`
    MonthDayYear,
}

/// Days from 1970 back to the day from which spreadsheets count.
const SERIAL_ORIGIN: i64 = 25_569;
/// 1954 to 2119: numbers outside are no dates of a spreadsheet.
pub(in crate::ingest::import) const SERIALS: std::ops::RangeInclusive<i64> = 20_000..=80_000;
impl Date {
    /// Days since 1970, parts taken in an order; none where there is no such day.
    pub(in crate::ingest::import) fn day(self, order: DayOrder) -> Option<i64> {
        match (self, order) {
            (Self::Known(day), _) => Some(day),
            (Self::Serial(serial), _) => Some(serial - SERIAL_ORIGIN),
            (Self::Unordered { first, second, year, .. }, DayOrder::MonthDayYear) => days(year, first, second),
            (Self::Unordered { first, second, year, .. }, DayOrder::DayMonthYear) => days(year, second, first),
            (Self::Unordered { .. }, DayOrder::YearMonthDay) => None,
            (Self::SixDigits(digits), DayOrder::YearMonthDay) => {
                days(full_year(digits / 10_000), digits / 100 % 100, digits % 100)
            }
            (Self::SixDigits(digits), DayOrder::DayMonthYear) => {
                days(full_year(digits % 100), digits / 100 % 100, digits / 10_000)
            }
            (Self::SixDigits(digits), DayOrder::MonthDayYear) => {
                days(full_year(digits % 100), digits / 10_000, digits / 100 % 100)
            }
        }
    }
}

/// `26` is 2026 and `99` is 1999.
pub(in crate::ingest::import) fn full_year(year: i64) -> i64 {
    match year {
        0..=69 => 2000 + year,
        70..=99 => 1900 + year,
        _ => year,
    }
}

/// `20260907`, or `07092026`.
pub(in crate::ingest::import) fn eight_digits(number: i64) -> Option<Date> {
    let plausible = |year: i64| (1970..2100).contains(&year);
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    if plausible(year)
        && let Some(day) = days(year, month, day)
    {
        return Some(Date::Known(day));
    }
    let (first, second, year) = (number / 1_000_000, number / 10_000 % 100, number % 10_000);
    (plausible(year) && first <= 31 && second <= 31).then_some(Date::Unordered { first, second, year, dotted: false })
}
