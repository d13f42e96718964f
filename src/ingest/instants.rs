//! Instants as files write them: RFC 3339 with offset, or wall-clock time of a named zone.
//!
//! Five million rows pass through here, so text is read byte by byte without allocation, and the offset of a
//! local day without clock change is looked up once and remembered.

use chrono::{DateTime, Utc};

use crate::domain::time::{Resolved, Zone, resolve};

const DAY_SECONDS: i64 = 86_400;

/// A time as it stands in a file, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// An instant: the offset was given.
    Utc(i64),
    /// What a wall clock showed, counted as if it ran on UTC.
    Wall(i64),
}

/// Where a moment lies in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// At one instant, in seconds since 1970 UTC.
    At(i64),
    /// At two: the wall clock showed it twice.
    Twice(i64, i64),
    /// Nowhere: the wall clock never showed it.
    Never,
    /// Unknown: a wall-clock time, and no zone is named.
    NoZone,
}

/// Reads `2026-03-29T02:30[:00[.0]][Z|±01[:00]]`, also with a blank for `T`, and a bare date as its midnight.
pub(super) fn parse(text: &[u8]) -> Option<Moment> {
    let text = text.trim_ascii();
    let day = days(number(text, 0, 4)?, number(text, 5, 2)?, number(text, 8, 2)?)?;
    if text[4] != b'-' || text[7] != b'-' {
        return None;
    }
    let midnight = day * DAY_SECONDS;
    if text.len() == 10 {
        return Some(Moment::Wall(midnight));
    }
    let (hour, minute) = (number(text, 11, 2)?, number(text, 14, 2)?);
    if !matches!(text[10], b'T' | b't' | b' ') || text[13] != b':' || hour > 23 || minute > 59 {
        return None;
    }
    let (second, rest) = seconds(&text[16..])?;
    let wall = midnight + hour * 3600 + minute * 60 + second;
    match rest.trim_ascii_start() {
        [] => Some(Moment::Wall(wall)),
        [b'Z' | b'z'] => Some(Moment::Utc(wall)),
        [b'+', offset @ ..] => Some(Moment::Utc(wall - offset_seconds(offset)?)),
        [b'-', offset @ ..] => Some(Moment::Utc(wall + offset_seconds(offset)?)),
        _ => None,
    }
}

/// `:SS` and a fraction of zeros, if they are there, and what follows them.
fn seconds(text: &[u8]) -> Option<(i64, &[u8])> {
    if text.first() != Some(&b':') {
        return Some((0, text));
    }
    let second = number(text, 1, 2)?;
    let mut rest = &text[3..];
    if rest.first() == Some(&b'.') {
        let digits = rest[1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || rest[1..=digits].iter().any(|digit| *digit != b'0') {
            return None;
        }
        rest = &rest[1 + digits..];
    }
    (second <= 59).then_some((second, rest))
}

/// `HH`, `HHMM` or `HH:MM`.
fn offset_seconds(text: &[u8]) -> Option<i64> {
    let hours = number(text, 0, 2)?;
    let minutes = match text.len() {
        2 => 0,
        4 => number(text, 2, 2)?,
        5 if text[2] == b':' => number(text, 3, 2)?,
        _ => return None,
    };
    (hours <= 23 && minutes <= 59).then_some(hours * 3600 + minutes * 60)
}

/// So many digits at a place.
fn number(text: &[u8], from: usize, digits: usize) -> Option<i64> {
    text.get(from..from + digits)?
        .iter()
        .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
}

/// Days since 1970 of a proleptic Gregorian date (Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > length {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// Places wall-clock times of one zone, remembering the offset of days without a clock change.
pub(super) struct Clock {
    zone: Option<Zone>,
    remembered: Vec<Remembered>,
}

/// The offset that holds for a whole local day; none where the clock changes on it.
#[derive(Clone, Copy)]
struct Remembered {
    day: i64,
    offset: Option<i64>,
}

/// Days remembered at once, a power of two: eleven years.
const DAYS_REMEMBERED: usize = 4096;

impl Clock {
    /// A clock of a zone, or one that knows instants only.
    pub(super) fn new(zone: Option<Zone>) -> Self {
        let days = if zone.is_some() { DAYS_REMEMBERED } else { 0 };
        Self { zone, remembered: vec![Remembered { day: i64::MIN, offset: None }; days] }
    }

    /// Where a moment lies in time.
    pub(super) fn place(&mut self, moment: Moment) -> Placed {
        let wall = match moment {
            Moment::Utc(at) => return Placed::At(at),
            Moment::Wall(wall) => wall,
        };
        let Some(zone) = self.zone else { return Placed::NoZone };
        match self.offset_of_day(wall.div_euclid(DAY_SECONDS), zone) {
            Some(offset) => Placed::At(wall - offset),
            None => look_up(wall, zone),
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "masked to the table's size")]
    fn offset_of_day(&mut self, day: i64, zone: Zone) -> Option<i64> {
        let entry = &mut self.remembered[(day as usize) & (DAYS_REMEMBERED - 1)];
        if entry.day != day {
            *entry = Remembered { day, offset: steady_offset(day, zone) };
        }
        entry.offset
    }
}

/// The offset at both midnights of a local day, where it is the same. Zones never change twice within a day.
fn steady_offset(day: i64, zone: Zone) -> Option<i64> {
    let offset = |wall: i64| match look_up(wall, zone) {
        Placed::At(at) => Some(wall - at),
        _ => None,
    };
    let start = offset(day * DAY_SECONDS)?;
    (offset((day + 1) * DAY_SECONDS)? == start).then_some(start)
}

fn look_up(wall: i64, zone: Zone) -> Placed {
    let Some(shown) = DateTime::from_timestamp(wall, 0).map(|at| at.naive_utc()) else { return Placed::Never };
    match resolve(shown, zone) {
        Resolved::Once(at) => Placed::At(at.timestamp()),
        Resolved::Twice(first, second) => Placed::Twice(first.timestamp(), second.timestamp()),
        Resolved::Never => Placed::Never,
    }
}

/// An instant of seconds since 1970; far beyond the calendar's ends, its first day.
pub(super) fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// What a wall clock in `zone` shows, in minutes since 1970 as if it ran on UTC.
pub(super) fn wall_minutes(seconds: i64, zone: Zone) -> i64 {
    instant(seconds).with_timezone(&zone).naive_local().and_utc().timestamp().div_euclid(60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> i64 {
        text.parse::<DateTime<Utc>>().expect("an instant").timestamp()
    }

    fn placed(text: &str, zone: Zone) -> Placed {
        Clock::new(Some(zone)).place(parse(text.as_bytes()).expect("readable"))
    }

    #[test]
    fn offsets_are_taken_as_written() {
        let noon = Some(Moment::Utc(at("2026-03-29T12:00:00Z")));
        for text in [
            "2026-03-29T12:00:00Z",
            "2026-03-29 12:00Z",
            "2026-03-29T14:00:00+02:00",
            "2026-03-29T14:00+0200",
            "2026-03-29T14:00:00.000+02",
            "2026-03-29T06:30:00-05:30",
        ] {
            assert_eq!(parse(text.as_bytes()), noon, "{text}");
        }
    }

    #[test]
    fn what_is_not_a_time_is_refused() {
        for text in [
            "",
            "2026",
            "29.03.2026 12:00",
            "2026-02-29T00:00Z",
            "2026-03-29T24:00Z",
            "2026-03-29T12:60Z",
            "2026-03-29T12:00:00.5Z",
            "2026-03-29T12:00+1",
            "2026-03-29T12:00 CET",
            "2026-13-01T00:00Z",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn hours_that_repeat_or_never_come_are_told_apart() {
        let warsaw = chrono_tz::Europe::Warsaw;
        // Clocks go from 03:00 back to 02:00 on 25 October and from 02:00 on to 03:00 on 29 March.
        assert_eq!(
            placed("2026-10-25T02:15", warsaw),
            Placed::Twice(at("2026-10-25T00:15:00Z"), at("2026-10-25T01:15:00Z"))
        );
        assert_eq!(placed("2026-10-25T03:15", warsaw), Placed::At(at("2026-10-25T02:15:00Z")));
        assert_eq!(placed("2026-03-29T02:15", warsaw), Placed::Never);
        assert_eq!(placed("2026-03-29T01:45", warsaw), Placed::At(at("2026-03-29T00:45:00Z")));
        assert_eq!(Clock::new(None).place(Moment::Wall(0)), Placed::NoZone);
    }

    proptest! {
        #[test]
        fn the_fast_clock_agrees_with_the_calendar(minute in 0_i64..31_000_000) {
            // Every minute of 58 years, in a zone whose clocks once changed at 00:01.
            let zone = chrono_tz::America::St_Johns;
            let mut clock = Clock::new(Some(zone));
            prop_assert_eq!(clock.place(Moment::Wall(minute * 60)), look_up(minute * 60, zone));
            let text = instant(minute * 60).format("%Y-%m-%dT%H:%M:%S").to_string();
            prop_assert_eq!(parse(text.as_bytes()), Some(Moment::Wall(minute * 60)));
        }
    }
}
