//! Instants as text: UTC with `Z`, and the wall clock of a zone with its offset.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat, Timelike};

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
    format!("{} {} {}", date.weekday(), date.day(), month(date))
}

/// `Mon 30 Nov – Sun 6 Dec 2026`, both days included.
pub(super) fn days(first: NaiveDate, last: NaiveDate) -> String {
    format!("{} – {} {}", day(first), day(last), last.year())
}

fn month(date: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS[date.month0() as usize]
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
