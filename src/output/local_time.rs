//! Instants as text: UTC with `Z`, and the wall clock of a zone with its offset.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, Timelike, Weekday};
use tr::tr;

use crate::domain::time::{Instant, Zone};

/// `2026-11-30T08:00:00Z`.
pub(super) fn utc(at: Instant) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The wall clock of a zone, with its offset.
pub(super) fn wall(at: Instant, zone: Zone) -> DateTime<FixedOffset> {
    at.with_timezone(&zone).fixed_offset()
}

/// `09:30` on the wall of a zone.
pub(super) fn clock(at: Instant, zone: Zone) -> String {
    let wall = at.with_timezone(&zone);
    format!("{:02}:{:02}", wall.hour(), wall.minute())
}

/// `Mon 30 Nov`.
pub(super) fn day(date: NaiveDate) -> String {
    tr!("day" => "{weekday} {day} {month}", day = date.day(), weekday = weekday(date), month = month(date))
}

/// `Mon 30 Nov – Sun 6 Dec 2026`, both days included.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> String {
    format!("{} – {} {}", day(first), day(last), last.year())
}

/// `Mon`.
pub(super) fn weekday(date: NaiveDate) -> String {
    match date.weekday() {
        Weekday::Mon => tr!("Mon"),
        Weekday::Tue => tr!("Tue"),
        Weekday::Wed => tr!("Wed"),
        Weekday::Thu => tr!("Thu"),
        Weekday::Fri => tr!("Fri"),
        Weekday::Sat => tr!("Sat"),
        Weekday::Sun => tr!("Sun"),
    }
}

fn month(date: NaiveDate) -> String {
    match date.month0() {
        0 => tr!("Jan"),
        1 => tr!("Feb"),
        2 => tr!("Mar"),
        3 => tr!("Apr"),
        4 => tr!("May"),
        5 => tr!("Jun"),
        6 => tr!("Jul"),
        7 => tr!("Aug"),
        8 => tr!("Sep"),
        9 => tr!("Oct"),
        10 => tr!("Nov"),
        _ => tr!("Dec"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_instant_reads_in_utc_and_on_the_wall() {
        let at: Instant = "2026-11-30T08:30:00Z".parse().expect("an instant");
        assert_eq!(utc(at), "2026-11-30T08:30:00Z");
        assert_eq!(wall(at, chrono_tz::Europe::Warsaw).to_rfc3339(), "2026-11-30T09:30:00+01:00");
        assert_eq!(wall(at, chrono_tz::UTC).to_rfc3339(), "2026-11-30T08:30:00+00:00");
        assert_eq!(clock(at, chrono_tz::Asia::Manila), "16:30");
        assert_eq!(day(at.date_naive()), "Mon 30 Nov");
    }
}
