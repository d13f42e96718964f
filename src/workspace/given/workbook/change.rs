//! What a supervisor wrote into the column `change`.

use chrono::{Duration, NaiveTime};
use tr::tr;

use super::listed::{ListedShift, next_showing};
use crate::domain::problem::Problem;
use crate::domain::span::Span;
use crate::domain::time::{Zone, instant_at_or_after};
use crate::domain::units::Minutes;
use crate::workspace::place::Place;

/// What is to become of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It stays.
    None,
    /// It is taken away.
    Off,
    /// It lies between these times of the site's clock, past midnight where the second is not later.
    To((NaiveTime, NaiveTime)),
}

impl Change {
    /// Reads the cell.
    pub(super) fn read(place: &Place, text: &str) -> Result<Self, Problem> {
        match text.trim().to_lowercase().as_str() {
            "" => return Ok(Self::None),
            "off" | "wolne" => return Ok(Self::Off),
            _ => {}
        }
        let clock = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        let times = text.split_once(['-', '–']).and_then(|(from, until)| Some((clock(from)?, clock(until)?)));
        times.map(Self::To).ok_or_else(|| {
            let problem = place.problem(tr!("not new times of a shift")).in_column("change").with_value(text);
            problem.accepting(tr!("times such as 09:00-17:00, off, or nothing"))
        })
    }
}

/// The shift at new times of its day. Its breaks lie as far into it as before, or in proportion where its length changes, on the
/// plan's intervals; whether that is legal is for the checker to say. Nobody has been told of it.
pub(super) fn changed(
    of: ListedShift,
    (from, until): (NaiveTime, NaiveTime),
    zone: Zone,
    interval: Minutes,
) -> ListedShift {
    let start = instant_at_or_after(of.date.and_time(from), zone);
    let after = start + Duration::minutes(1);
    let end = next_showing(until, after, zone).unwrap_or(start + (of.span.until - of.span.from));
    let (old, new) = ((of.span.until - of.span.from).num_minutes(), (end - start).num_minutes());
    let step = interval.get().max(1);
    let place = |minutes: i64| {
        // Half a step more, cut to whole steps, is the nearest step.
        if old == new { minutes } else { (2 * minutes * new + old * step) / (2 * old.max(1) * step) * step }
    };
    let breaks = of.breaks.iter().map(|(span, activity)| {
        let from = start + Duration::minutes(place((span.from - of.span.from).num_minutes()));
        (Span { from, until: from + (span.until - span.from) }, *activity)
    });
    let breaks = breaks.filter(|(span, _)| span.from >= start && span.until <= end).collect();
    ListedShift { span: Span { from: start, until: end }, breaks, status: "draft".to_owned(), ..of }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::Activity;
    use crate::domain::time::Instant;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn cells_are_understood_or_refused() {
        let place = Place::file("roster.xlsx").line(7);
        let read = |text: &str| Change::read(&place, text);
        let clock = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
        assert_eq!(read(" 9:00 - 17:30 "), Ok(Change::To((clock(9, 0), clock(17, 30)))));
        assert_eq!((read("OFF"), read("")), (Ok(Change::Off), Ok(Change::None)));
        let refused = read("nine to five").expect_err("no times");
        assert!(refused.to_string().starts_with("roster.xlsx:7: `change`: `nine to five`: not new times of a shift"));
    }

    #[test]
    fn breaks_move_along_and_keep_their_length() {
        let span = |from: &str, until: &str| Span { from: at(from), until: at(until) };
        let shift = ListedShift {
            agent: "ana".into(),
            id: "ana-1".into(),
            date: "2026-12-01".parse().expect("a date"),
            span: span("2026-12-01T07:00:00Z", "2026-12-01T15:00:00Z"),
            breaks: vec![(span("2026-12-01T11:00:00Z", "2026-12-01T11:30:00Z"), Some(Activity::Meal))],
            queues: "orders".into(),
            status: "published".into(),
            is_locked: false,
        };
        let to = |from: u32, until: u32| {
            let clock = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time");
            changed(shift.clone(), (clock(from), clock(until)), chrono_tz::Europe::Warsaw, Minutes::new(15))
        };
        let moved = to(10, 18);
        assert_eq!(moved.span, span("2026-12-01T09:00:00Z", "2026-12-01T17:00:00Z"));
        assert_eq!(moved.breaks[0].0, span("2026-12-01T13:00:00Z", "2026-12-01T13:30:00Z"));
        assert_eq!(moved.status, "draft");
        // Half as long: half as far into it. Past midnight: the next day.
        assert_eq!(to(8, 12).breaks[0].0, span("2026-12-01T09:00:00Z", "2026-12-01T09:30:00Z"));
        assert_eq!(to(22, 6).span, span("2026-12-01T21:00:00Z", "2026-12-02T05:00:00Z"));
    }
}
