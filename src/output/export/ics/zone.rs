//! VTIMEZONE: a zone's clock changes in some years, one observance for each, so that no reader needs a zone database or a rule.

use std::ops::RangeInclusive;

use chrono::{DateTime, Duration, NaiveDate, Offset, TimeZone};
use chrono_tz::{OffsetComponents, OffsetName};

use super::lines::Lines;
use crate::domain::time::{Instant, Zone};

/// What a zone's clocks show from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Observance {
    from: Instant,
    /// Seconds east of Greenwich before and after.
    offsets: (i32, i32),
    is_daylight: bool,
    name: Option<String>,
}

/// The zone as it is in some years, by UTC.
pub(super) fn vtimezone(zone: Zone, years: RangeInclusive<i32>) -> Lines {
    let mut lines = Lines::default();
    lines.push("BEGIN", "VTIMEZONE");
    lines.push("TZID", zone.name());
    for of in observances(zone, years) {
        let kind = if of.is_daylight { "DAYLIGHT" } else { "STANDARD" };
        lines.push("BEGIN", kind);
        // The wall clock at the change, as the old offset has it.
        let wall = of.from.naive_utc() + Duration::seconds(i64::from(of.offsets.0));
        lines.push("DTSTART", &wall.format("%Y%m%dT%H%M%S").to_string());
        lines.push("TZOFFSETFROM", &offset(of.offsets.0));
        lines.push("TZOFFSETTO", &offset(of.offsets.1));
        if let Some(name) = &of.name {
            lines.text("TZNAME", name);
        }
        lines.push("END", kind);
    }
    lines.push("END", "VTIMEZONE");
    lines
}

/// What holds when the first year begins, then every change, found to the second.
fn observances(zone: Zone, years: RangeInclusive<i32>) -> Vec<Observance> {
    let (from, until) = (start_of(*years.start()), start_of(*years.end() + 1));
    let first = seconds(from, zone);
    let mut found = vec![observance(from, (first, first), zone)];
    let mut hour = from;
    while hour < until {
        let next = hour + Duration::hours(1);
        let (before, after) = (seconds(hour, zone), seconds(next, zone));
        if before != after {
            found.push(observance(change_between(hour, next, zone), (before, after), zone));
        }
        hour = next;
    }
    found
}

fn start_of(year: i32) -> Instant {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .and_then(|date| date.and_hms_opt(0, 0, 0))
        .map_or(DateTime::UNIX_EPOCH, |at| at.and_utc())
}

fn seconds(at: Instant, zone: Zone) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

fn observance(from: Instant, offsets: (i32, i32), zone: Zone) -> Observance {
    let offset = zone.offset_from_utc_datetime(&from.naive_utc());
    Observance {
        from,
        offsets,
        is_daylight: !offset.dst_offset().is_zero(),
        name: offset.abbreviation().map(str::to_owned),
    }
}

/// The first second of the new offset.
fn change_between(mut before: Instant, mut after: Instant, zone: Zone) -> Instant {
    let old = seconds(before, zone);
    while after - before > Duration::seconds(1) {
        let middle = before + Duration::seconds((after - before).num_seconds() / 2);
        if seconds(middle, zone) == old { before = middle } else { after = middle }
    }
    after
}

/// `+0530`; seconds only where a zone had them.
fn offset(seconds: i32) -> String {
    let (sign, size) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let rest = if size % 60 == 0 { String::new() } else { format!("{:02}", size % 60) };
    format!("{sign}{:02}{:02}{rest}", size / 3600, size / 60 % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(zone: Zone, years: RangeInclusive<i32>) -> String {
        String::from_utf8(vtimezone(zone, years).into_bytes()).expect("text").replace("\r\n", " ")
    }

    #[test]
    fn clocks_of_warsaw_change_at_one_oclock_utc() {
        let text = text(chrono_tz::Europe::Warsaw, 2026..=2026);
        // 02:00 CET on 29 March, 03:00 CEST on 25 October.
        let spring =
            "BEGIN:DAYLIGHT DTSTART:20260329T020000 TZOFFSETFROM:+0100 TZOFFSETTO:+0200 TZNAME:CEST END:DAYLIGHT";
        let autumn =
            "BEGIN:STANDARD DTSTART:20261025T030000 TZOFFSETFROM:+0200 TZOFFSETTO:+0100 TZNAME:CET END:STANDARD";
        assert!(text.contains(spring) && text.contains(autumn), "{text}");
        assert_eq!(text.matches("BEGIN:STANDARD").count(), 2, "the first of the year, and autumn: {text}");
    }

    #[test]
    fn a_zone_without_changes_has_one_observance_and_half_hours_are_half_hours() {
        let manila = text(chrono_tz::Asia::Manila, 2026..=2027);
        assert_eq!(manila.matches("BEGIN:STANDARD DTSTART:20260101T080000").count(), 1, "{manila}");
        assert!(!manila.contains("DAYLIGHT"));
        assert!(text(chrono_tz::Asia::Kolkata, 2026..=2026).contains("TZOFFSETTO:+0530"));
        // Lord Howe moves by half an hour.
        assert!(text(chrono_tz::Australia::Lord_Howe, 2026..=2026).contains("TZOFFSETFROM:+1100 TZOFFSETTO:+1030"));
    }
}
