//! A date, a time of day or both, as exports write them: found by looking, before it is known in which order day and month stand.

use super::dates::{Date, SERIALS, eight_digits};
use super::numbers::{DecimalMark, number};
use super::parts::{Rest, of_clock};

/// What a cell says of time. At least one of date and time of day is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ingest::import) struct Scanned {
    /// The date.
    pub(in crate::ingest::import) date: Option<Date>,
    /// Seconds since the date's midnight; 24:00 is 86,400.
    pub(in crate::ingest::import) clock: Option<i64>,
    /// The end of a label such as `08:00-08:30`, likewise.
    pub(in crate::ingest::import) until: Option<i64>,
    /// Seconds ahead of UTC, where the cell says so.
    pub(in crate::ingest::import) offset: Option<i64>,
}

const DAY: i64 = 86_400;

/// Reads a cell. Numbers without any separator are dates or instants by their length only: an hour such as `9` is not found
/// here, see [`hour`].
pub(in crate::ingest::import) fn scan(text: &str) -> Option<Scanned> {
    let text = text.trim();
    if text.is_empty() || !text.as_bytes()[0].is_ascii_alphanumeric() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits(text);
    }
    if let Some(found) = serial(text) {
        return Some(found);
    }
    let mut rest = Rest { text: text.as_bytes() };
    let mut found = Scanned { date: rest.date(), ..Scanned::default() };
    let mut is_iso = false;
    if found.date.is_some() {
        is_iso = rest.between();
        if rest.text.is_empty() {
            return Some(found);
        }
    }
    let clock = rest.clock()?;
    found.clock = Some(clock);
    if !is_iso && let Some(until) = rest.label_from(clock, found.date.is_some()) {
        found.until = Some(until);
    } else {
        found.offset = rest.offset();
    }
    rest.blanks();
    if !rest.text.is_empty() {
        rest.range()?;
        found.until = Some(rest.end_of_range(clock)?);
        let later = rest.offset();
        found.offset = found.offset.or(later);
        rest.blanks();
    }
    rest.text.is_empty().then_some(found)
}

/// An hour of the day in a column of its own, `9` or `09`, also `900`, `0930`, `07.30` and the label `0700-0730`, in seconds since midnight.
pub(in crate::ingest::import) fn hour(text: &str) -> Option<i64> {
    /// Of the longest label.
    const LONGEST: usize = 16;
    let text = text.trim();
    if text.len() > LONGEST {
        return None;
    }
    if let [a, b, b'.', c, d] = text.as_bytes() {
        let digits = String::from_utf8_lossy(&[*a, *b, *c, *d]).into_owned();
        // `03.25` is rather a duration: labels are of whole five minutes.
        return hour(&digits).filter(|clock| clock % 300 == 0);
    }
    if let Some((from, until)) = text.split_once(['-', '–']) {
        let (from, until) = (from.trim(), until.trim());
        let is_label = from.len() == 4 && until.len() == 4 && hour(until).is_some();
        return if is_label { hour(from) } else { None };
    }
    if text.is_empty() || text.len() > 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let (hour, minute) = if text.len() <= 2 { (number, 0) } else { (number / 100, number % 100) };
    of_clock(hour, minute, 0)
}

/// Digits alone: a date, a date with a time, or seconds or milliseconds since 1970.
fn digits(text: &str) -> Option<Scanned> {
    let number: i64 = text.parse().ok()?;
    let with = |date: Option<Date>, clock: Option<i64>| {
        date.map(|date| Scanned { date: Some(date), clock, ..Scanned::default() })
    };
    match text.len() {
        5 if SERIALS.contains(&number) => with(Some(Date::Serial(number)), None),
        6 => with(Some(Date::SixDigits(number)), None),
        8 => with(eight_digits(number), None),
        10 if number >= 100_000_000 => Some(instant(number)),
        13 if number % 1000 == 0 || number > 100_000_000_000 => Some(instant(number / 1000)),
        12 => with(eight_digits(number / 10_000), of_clock(number / 100 % 100, number % 100, 0)),
        14 => with(eight_digits(number / 1_000_000), of_clock(number / 10_000 % 100, number / 100 % 100, number % 100)),
        _ => None,
    }
}

fn instant(seconds: i64) -> Scanned {
    Scanned {
        date: Some(Date::Known(seconds.div_euclid(DAY))),
        clock: Some(seconds.rem_euclid(DAY)),
        until: None,
        offset: Some(0),
    }
}

/// `46272.375`: a day of a spreadsheet and the part of it that has passed, to the second.
#[expect(clippy::cast_possible_truncation, reason = "a few ten thousand days")]
fn serial(text: &str) -> Option<Scanned> {
    let (whole, part) = text.split_once(['.', ','])?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let day: i64 = whole.parse().ok()?;
    if whole.len() != 5 || !digits(part) || !SERIALS.contains(&day) {
        return None;
    }
    let seconds = (format!("0.{part}").parse::<f64>().ok()? * DAY as f64).round() as i64;
    Some(Scanned { date: Some(Date::Serial(day)), clock: Some(seconds), ..Scanned::default() })
}

/// Seconds of the minutes beside an hour.
#[expect(clippy::cast_possible_truncation, reason = "an hour or so")]
pub(in crate::ingest::import) fn minute_seconds(minutes: f64) -> i64 {
    (minutes.clamp(0.0, 1440.0) * 60.0).round() as i64
}

/// A time of day as spreadsheets store it: the part of the day that has passed.
#[expect(clippy::cast_possible_truncation, reason = "at most a day")]
pub(in crate::ingest::import) fn part_of_day(text: &str) -> Option<(i64, Option<i64>)> {
    let part = number(text, DecimalMark::Point).filter(|part| (0.0..1.0).contains(part))?;
    Some(((part * DAY as f64).round() as i64, None))
}

#[cfg(test)]
mod tests {
    use super::super::dates::DayOrder;
    use super::*;
    use crate::ingest::instants::days;

    const NINE: Option<i64> = Some(9 * 3600);

    fn day() -> i64 {
        days(2026, 9, 7).expect("a day")
    }

    #[test]
    fn dates_with_times_are_read_as_exports_write_them() {
        for text in [
            "2026-09-07T09:00",
            "2026-09-07 09:00:00.000",
            "2026/09/07 9:00 AM",
            "20260907 09:00",
            "202609070900",
            "20260907090000",
            "07-Sep-2026 09:00",
            "7 Sep 2026 9:00 a.m.",
            "Sep 7, 2026 9 AM",
            "Mon, 07 September 2026 09:00",
            "7 września 2026 09:00",
        ] {
            let found = scan(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.date.and_then(|date| date.day(DayOrder::DayMonthYear)), Some(day()), "{text}");
            assert_eq!((found.clock, found.until, found.offset), (NINE, None, None), "{text}");
        }
        let half = scan("46272.375").expect("a serial");
        assert_eq!((half.date.and_then(|date| date.day(DayOrder::YearMonthDay)), half.clock), (Some(day()), NINE));
        assert_eq!(scan("1788771600").map(|found| (found.clock, found.offset)), Some((NINE, Some(0))));
    }

    #[test]
    fn the_order_of_day_and_month_is_left_open() {
        let found = scan("09/07/2026 12:30 PM").expect("a time");
        let date = found.date.expect("a date");
        assert_eq!(date, Date::Unordered { first: 9, second: 7, year: 2026, dotted: false });
        assert_eq!(date.day(DayOrder::MonthDayYear), Some(day()));
        assert_eq!(date.day(DayOrder::DayMonthYear), days(2026, 7, 9));
        assert_eq!(found.clock, Some(12 * 3600 + 1800));
        assert_eq!(scan("990101").and_then(|found| found.date?.day(DayOrder::YearMonthDay)), days(1999, 1, 1));
        assert_eq!(scan("12:30 AM").and_then(|found| found.clock), Some(1800));
    }

    #[test]
    fn labels_name_their_interval_by_both_ends() {
        let (from, until) = (Some(8 * 3600), Some(8 * 3600 + 1800));
        for text in ["08:00-08:30", "08:00 - 08:30", "8:00 AM – 8:30 AM", "8:00 to 8:30"] {
            let found = scan(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.date, found.clock, found.until), (None, from, until), "{text}");
        }
        let iso = scan("2026-09-07T08:00Z/2026-09-07T08:30Z").expect("an interval");
        assert_eq!((iso.clock, iso.until, iso.offset), (from, until, Some(0)));
        let length = scan("2026-09-07T08:00+02:00/PT30M").expect("an interval");
        assert_eq!((length.clock, length.until, length.offset), (from, until, Some(7200)));
        for text in ["2026-09-07T09:00+02:00", "2026-09-07 09:00 CEST", "07.09.2026 09:00:00 MESZ"] {
            assert_eq!(scan(text).map(|found| (found.clock, found.offset)), Some((NINE, Some(7200))), "{text}");
        }
        assert_eq!(scan("2026-09-07 09:00 CST"), None, "Chicago or Shanghai");
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in
            ["", "orders", "Total", "12", "3.5", "1,234", "-5", "2026-13-01", "25:00", "9:7", "07.09", "v1.2.3", "may"]
        {
            assert_eq!(scan(text), None, "{text}");
        }
        assert_eq!(scan("24:00").and_then(|found| found.clock), Some(DAY));
        assert_eq!(
            (hour("9"), hour("0930"), hour("24"), hour("25"), hour("960")),
            (NINE, Some(34_200), Some(DAY), None, None)
        );
        assert_eq!([hour("09.30"), hour("0930-1000"), hour("0930 – 1000")], [Some(34_200); 3]);
        assert_eq!([hour("03.27"), hour("9.30"), hour("0930-"), hour("1-2"), hour("-930")], [None; 5]);
    }
}
