//! Sets of stretches of time.

use chrono::{Days, Duration, NaiveDate};

use crate::domain::span::Span;
use crate::domain::time::{Instant, LocalDay, Zone, instant_at_or_after, start_of_day};
use crate::domain::units::Minutes;
use crate::workspace::tables::ClockRange;

/// The same time as disjoint stretches in order.
pub(super) fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| span.from < span.until);
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
            _ => merged.push(span),
        }
    }
    merged
}

/// The part of a stretch within another, if any.
pub(super) fn cut(span: Span, within: Span) -> Option<Span> {
    let both = Span { from: span.from.max(within.from), until: span.until.min(within.until) };
    (both.from < both.until).then_some(both)
}

/// What of `within` none of the stretches covers.
pub(super) fn complement(spans: Vec<Span>, within: Span) -> Vec<Span> {
    let mut free = Vec::new();
    let mut from = within.from;
    for span in union(spans).into_iter().filter_map(|span| cut(span, within)) {
        if from < span.from {
            free.push(Span { from, until: span.from });
        }
        from = span.until;
    }
    if from < within.until {
        free.push(Span { from, until: within.until });
    }
    free
}

/// How much of `within` the stretches cover.
pub(super) fn covered(spans: &[Span], within: Span) -> Minutes {
    union(spans.iter().filter_map(|span| cut(*span, within)).collect()).iter().map(Span::length).sum()
}

/// The stretch that clock times mean on a date; none where the clock jumps over it.
pub(super) fn on_date(range: ClockRange, date: NaiveDate, zone: Zone) -> Option<Span> {
    let last = if range.until <= range.from { date.checked_add_days(Days::new(1))? } else { date };
    let span = Span { from: wall(date, range.from, zone), until: wall(last, range.until, zone) };
    (span.from < span.until).then_some(span)
}

/// The whole local day.
pub(super) fn whole_day(date: NaiveDate, zone: Zone) -> Span {
    let day = LocalDay::of(date, zone);
    Span { from: day.start, until: day.end }
}

/// The instant a clock shows a minute of a date, 1440 being the next midnight.
fn wall(date: NaiveDate, minute: u16, zone: Zone) -> Instant {
    if minute >= 1440 {
        return start_of_day(date.checked_add_days(Days::new(1)).unwrap_or(date), zone);
    }
    instant_at_or_after(date.and_time(chrono::NaiveTime::MIN) + Duration::minutes(i64::from(minute)), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, until: &str) -> Span {
        let at = |text: &str| format!("2026-01-01T{text}:00Z").parse().expect("an instant");
        Span { from: at(from), until: at(until) }
    }

    fn range(from: u16, until: u16) -> ClockRange {
        ClockRange { from, until }
    }

    #[test]
    fn union_and_complement_share_out_the_whole() {
        let busy = vec![span("10:00", "12:00"), span("08:00", "09:00"), span("11:00", "13:00")];
        assert_eq!(union(busy.clone()), [span("08:00", "09:00"), span("10:00", "13:00")]);
        let day = span("09:30", "14:00");
        assert_eq!(complement(busy.clone(), day), [span("09:30", "10:00"), span("13:00", "14:00")]);
        assert_eq!(covered(&busy, day), Minutes::new(180));
    }

    #[test]
    fn clock_times_are_as_long_as_the_night_they_lie_in() {
        let warsaw = chrono_tz::Europe::Warsaw;
        let length =
            |date: &str, range| on_date(range, date.parse().expect("a date"), warsaw).map(|span| span.length());
        // Clocks go back from 03:00 to 02:00 on 25 October 2026 and forward from 02:00 to 03:00 on 28 March 2027.
        assert_eq!(length("2026-10-24", range(1320, 360)), Some(Minutes::hours(9)));
        assert_eq!(length("2027-03-27", range(1320, 360)), Some(Minutes::hours(7)));
        assert_eq!(length("2026-10-25", range(0, 1440)), Some(Minutes::hours(25)));
        assert_eq!(length("2027-03-28", range(120, 180)), None);
    }
}
