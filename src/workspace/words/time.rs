//! Dates, instants, clock times and zones.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc, Weekday};
use tr::tr;

use super::names::choice;
use super::refusal::{Read, Refusal};
use crate::domain::calendar::ClockSpan;
use crate::domain::time::{Instant, Zone, instant_at_or_after};
use crate::workspace::suggestions::did_you_mean;

/// Years that a contact centre can mean; others are slips of the pen.
const YEARS: std::ops::Range<i32> = 1970..2200;

/// `2026-12-09`, or as much of Europe writes it and nobody reads otherwise: `9.12.2026`.
fn calendar_date(word: &str) -> Option<NaiveDate> {
    word.parse().ok().or_else(|| NaiveDate::parse_from_str(word, "%d.%m.%Y").ok())
}

/// A calendar date.
pub(crate) fn date(word: &str) -> Read<NaiveDate> {
    let accepted = tr!("a date YYYY-MM-DD from 1970 to 2199");
    let date = calendar_date(word.trim()).ok_or_else(|| Refusal::new(tr!("not a date")).accepting(&accepted))?;
    if YEARS.contains(&date.year()) {
        Ok(date)
    } else {
        Err(Refusal::new(tr!("absurd year")).accepting(accepted.as_str()))
    }
}

/// A point in time with its offset. Local times are refused; the hint says what to write if `zone`'s clock is meant.
pub(crate) fn instant(zone: Zone) -> impl Fn(&str) -> Read<Instant> {
    let accepted = tr!("RFC 3339 with an offset, such as 2026-12-01T09:00:00+01:00 or 2026-12-01T08:00:00Z");
    move |word| {
        let word = word.trim();
        if let Ok(at) = DateTime::parse_from_rfc3339(word) {
            let at = at.with_timezone(&Utc);
            return if YEARS.contains(&at.year()) {
                Ok(at)
            } else {
                Err(Refusal::new(tr!("absurd year")).accepting(accepted.as_str()))
            };
        }
        Err(match local(word) {
            Some(wall) => Refusal::new(tr!("a local time, without an offset"))
                .accepting(accepted.as_str())
                .hinting(offset_hint(wall, zone)),
            None => Refusal::new(tr!("not an instant")).accepting(accepted.as_str()),
        })
    }
}

fn offset_hint(wall: NaiveDateTime, zone: Zone) -> String {
    let plain = wall.format("%Y-%m-%dT%H:%M:%S");
    let offset = zone.offset_from_utc_datetime(&instant_at_or_after(wall, zone).naive_utc()).fix();
    tr!("write `{plain}{offset}` if the clock of {zone} is meant, `{plain}Z` if it is UTC", plain, offset, zone)
}

/// A time on a wall, without an offset.
pub(crate) fn wall(word: &str) -> Read<NaiveDateTime> {
    let accepted = tr!("a local time YYYY-MM-DDTHH:MM from 1970 to 2199, on the customers' clock");
    let word = word.trim();
    if DateTime::parse_from_rfc3339(word).is_ok() {
        let hint = tr!("leave the offset out: it is the wall clock of each region's customers");
        return Err(Refusal::new(tr!("an instant with an offset")).accepting(accepted.as_str()).hinting(hint));
    }
    local(word).ok_or_else(|| Refusal::new(tr!("not a local time")).accepting(accepted.as_str()))
}

fn local(word: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(word, format).ok())
        .or_else(|| word.parse::<NaiveDate>().ok().map(|date| date.and_time(NaiveTime::MIN)))
        .filter(|wall| YEARS.contains(&wall.year()))
}

/// A clock time in minutes from midnight, 24:00 included.
pub(crate) fn clock(word: &str) -> Read<u16> {
    let refuse = || Refusal::new(tr!("not a clock time")).accepting(tr!("HH:MM from 00:00 to 24:00"));
    let (hours, minutes) = word.trim().split_once(':').ok_or_else(refuse)?;
    let two_digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |text: &str| text.parse::<u16>().ok().filter(|_| two_digits(text));
    let (Some(hours), Some(minutes)) = (number(hours), number(minutes)) else { return Err(refuse()) };
    if minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0)) { Ok(hours * 60 + minutes) } else { Err(refuse()) }
}

/// A span of one day's clock, `HH:MM-HH:MM`.
pub(crate) fn clock_span(word: &str) -> Read<ClockSpan> {
    let accepted = tr!("HH:MM-HH:MM within one day");
    let (from, until) =
        word.split_once('-').ok_or_else(|| Refusal::new(tr!("not a span of time")).accepting(&accepted))?;
    let (from, until) = (clock(from)?, clock(until)?);
    ClockSpan::new(from, until).ok_or_else(|| {
        let hint = (from > until).then(|| {
            let (from, until) = (hh_mm(from), hh_mm(until));
            tr!("hours past midnight are two spans: `{from}-24:00` and, on the next day, `00:00-{until}`", from, until)
        });
        Refusal::new(tr!("ends before it begins")).accepting(accepted.as_str()).hinting(hint)
    })
}

/// A minute of the day as people write it.
pub(crate) fn hh_mm(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A day of the week in three letters.
pub(crate) fn weekday(word: &str) -> Read<Weekday> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let days = [("mon", Mon), ("tue", Tue), ("wed", Wed), ("thu", Thu), ("fri", Fri), ("sat", Sat), ("sun", Sun)];
    choice(&days)(word.trim())
}

/// An IANA time zone.
pub(crate) fn zone(word: &str) -> Read<Zone> {
    word.trim().parse().map_err(|_| {
        Refusal::new(tr!("unknown time zone"))
            .accepting(tr!("an IANA name, such as Europe/Warsaw"))
            .hinting(did_you_mean(word, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_be_written_with_points() {
        let told = |word: &str| date(word).map(|date| date.to_string()).ok();
        assert_eq!(
            [told("2026-12-09"), told(" 9.12.2026")],
            [Some("2026-12-09".to_owned()), Some("2026-12-09".to_owned())]
        );
        assert_eq!([told("9/12/2026"), told("31.2.2026"), told("9.12.1066")], [None, None, None]);
    }

    #[test]
    fn a_local_time_is_answered_with_the_offset_it_lacks() {
        let refusal = instant(chrono_tz::Europe::Warsaw)("2026-12-01 09:00").expect_err("no offset");
        assert_eq!(refusal.cause, "a local time, without an offset");
        let hint = "write `2026-12-01T09:00:00+01:00` if the clock of Europe/Warsaw is meant, `2026-12-01T09:00:00Z` if it is UTC";
        assert_eq!(refusal.hint.as_deref(), Some(hint));
    }

    #[test]
    fn clock_times_run_to_24_00() {
        assert_eq!(clock("24:00"), Ok(1440));
        assert!(["24:01", "9:00", "12:60", "1200", "+1:00", "é:00"].iter().all(|word| clock(word).is_err()));
    }

    #[test]
    fn a_span_over_midnight_says_how_to_write_it() {
        let hint = clock_span("22:00-06:00").expect_err("over midnight").hint;
        assert_eq!(
            hint.as_deref(),
            Some("hours past midnight are two spans: `22:00-24:00` and, on the next day, `00:00-06:00`")
        );
    }

    #[test]
    fn a_misspelt_zone_is_answered_with_the_nearest() {
        let hint = zone("Europe/Warszawa").expect_err("misspelt").hint;
        assert_eq!(hint.as_deref(), Some("did you mean `Europe/Warsaw`?"));
    }
}
