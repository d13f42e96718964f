//! A row of the sheet of shifts: a shift in its pieces.

use calamine::{Data, DataType};
use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use tr::tr;

use crate::domain::problem::Problem;
use crate::domain::roster::Activity;
use crate::domain::span::Span;
use crate::domain::time::{Instant, Resolved, Zone, instant_at_or_after, resolve};
use crate::workspace::place::{Place, Report};
use crate::workspace::tables::Row;

/// The word for the gap of a split shift among its breaks.
const GAP: &str = "gap";

/// A shift as the sheet lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListedShift {
    pub(super) agent: String,
    pub(super) id: String,
    pub(super) date: NaiveDate,
    pub(super) span: Span,
    /// Breaks and meals in order; a gap of a split shift has no activity.
    pub(super) breaks: Vec<(Span, Option<Activity>)>,
    /// Queues as `roster.csv` lists them.
    pub(super) queues: String,
    pub(super) status: String,
    pub(super) is_locked: bool,
}

impl ListedShift {
    /// Reads a row by its columns' names.
    pub(super) fn read<'c>(
        place: &Place,
        cell: &dyn Fn(&str) -> Option<&'c Data>,
        zone: Zone,
    ) -> Result<Self, Problem> {
        let text = |name: &str| cell(name).map(ToString::to_string).unwrap_or_default().trim().to_owned();
        let refused = |column: &str, cause: String| place.problem(cause).in_column(column).with_value(text(column));
        let wall = |column: &str| {
            let of_cell = cell(column).and_then(DataType::as_datetime);
            of_cell.map(whole_minute).or_else(|| written(&text(column))).ok_or_else(|| {
                refused(column, tr!("not a date with a time"))
                    .accepting(tr!("a date with a time, such as 2026-12-01 09:00"))
            })
        };
        let (from, until) = (wall("start")?, wall("end")?);
        let date =
            cell("date").and_then(DataType::as_date).or_else(|| text("date").parse().ok()).unwrap_or(from.date());
        let span = span_of(from, until, cell("hours").and_then(DataType::as_f64), zone);
        if span.until <= span.from || span.until - span.from > Duration::hours(48) {
            return Err(refused("end", tr!("does not lie after `start`")).accepting(tr!("an instant after `start`")));
        }
        let breaks = breaks(&text("breaks"), span, zone).ok_or_else(|| {
            refused("breaks", tr!("not breaks within the shift")).accepting("10:00–10:15 break, 12:30–13:00 meal")
        })?;
        let is_locked = match text("lock").to_lowercase().as_str() {
            "" | "no" | "nie" | "false" | "0" => false,
            "yes" | "tak" | "true" | "1" | "x" => true,
            _ => return Err(refused("lock", tr!("neither yes nor no")).accepting("yes, no")),
        };
        Ok(Self {
            agent: text("agent"),
            id: text("shift_id"),
            date,
            span,
            breaks,
            queues: text("queues").split(", ").collect::<Vec<_>>().join("|"),
            status: text("status"),
            is_locked,
        })
    }

    /// The rows of `roster.csv`: work, breaks and meals in order, nothing for the gap of a split shift.
    pub(super) fn rows<'a>(&self, place: &Place, zone: Zone, report: &'a Report) -> Vec<Row<'a>> {
        let mut pieces: Vec<(Activity, Span)> = Vec::new();
        let mut at = self.span.from;
        for (span, activity) in &self.breaks {
            if at < span.from {
                pieces.push((Activity::Work, Span { from: at, until: span.from }));
            }
            pieces.extend(activity.map(|activity| (activity, *span)));
            at = span.until;
        }
        if at < self.span.until {
            pieces.push((Activity::Work, Span { from: at, until: self.span.until }));
        }
        let clock = |at: Instant| at.with_timezone(&zone).to_rfc3339();
        let row = |(activity, span): (Activity, Span)| {
            let queues = if activity == Activity::Work { self.queues.clone() } else { String::new() };
            let cells = [
                ("agent", self.agent.clone()),
                ("shift_id", self.id.clone()),
                ("date", self.date.to_string()),
                ("activity", activity.name().to_owned()),
                ("queues", queues),
                ("start", clock(span.from)),
                ("end", clock(span.until)),
                ("status", self.status.clone()),
                ("locked", self.is_locked.to_string()),
            ];
            let cells = cells.into_iter().map(|(name, cell)| (name, place.clone(), cell)).collect();
            Row::new(place.clone(), "", cells, report)
        };
        pieces.into_iter().map(row).collect()
    }
}

/// Workbooks count days in binary fractions, which miss whole minutes by a little.
fn whole_minute(at: NaiveDateTime) -> NaiveDateTime {
    let seconds = (at.and_utc().timestamp() + 30).div_euclid(60) * 60;
    chrono::DateTime::from_timestamp(seconds, 0).map_or(at, |at| at.naive_utc())
}

fn written(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"]
        .into_iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// The instants that a wall clock shows; where an hour comes twice, those of which the shift has its hours.
fn span_of(from: NaiveDateTime, until: NaiveDateTime, hours: Option<f64>, zone: Zone) -> Span {
    let of = |wall: NaiveDateTime| match resolve(wall, zone) {
        Resolved::Once(at) => vec![at],
        Resolved::Twice(first, second) => vec![first, second],
        Resolved::Never => vec![instant_at_or_after(wall, zone)],
    };
    let ends = of(until);
    let pairs = of(from).into_iter().flat_map(|from| ends.iter().map(move |until| Span { from, until: *until }));
    let misses = |span: &Span| {
        let length = (span.until - span.from).num_minutes();
        hours.map_or(0.0, |hours| (length as f64 - hours * 60.0).abs())
    };
    pairs
        .min_by(|one, other| misses(one).total_cmp(&misses(other)))
        .unwrap_or(Span { from: Instant::UNIX_EPOCH, until: Instant::UNIX_EPOCH })
}

/// Breaks such as `10:00–10:15 break, 12:30–13:00 meal`, each found after the one before it; none where one does not lie in the shift.
fn breaks(text: &str, of: Span, zone: Zone) -> Option<Vec<(Span, Option<Activity>)>> {
    let mut at = of.from;
    let mut found = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (times, word) = part.split_once(' ')?;
        let (from, until) = times.split_once(['–', '-'])?;
        let activity = match word.trim() {
            GAP => None,
            word => Some(Activity::named(word, true)),
        };
        let from = next_showing(from.parse().ok()?, at, zone)?;
        let until = next_showing(until.parse().ok()?, from, zone)?;
        if until <= from || until > of.until {
            return None;
        }
        found.push((Span { from, until }, activity));
        at = until;
    }
    Some(found)
}

/// The first instant from `at` on, within two days, at which the clock of a zone shows a time.
pub(super) fn next_showing(time: NaiveTime, at: Instant, zone: Zone) -> Option<Instant> {
    let first = at.with_timezone(&zone).date_naive();
    (0..3).map(|day| first + Duration::days(day)).find_map(|date| match resolve(date.and_time(time), zone) {
        Resolved::Once(shown) => (shown >= at).then_some(shown),
        Resolved::Twice(one, other) => [one, other].into_iter().find(|shown| *shown >= at),
        Resolved::Never => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().expect("an instant")
    }

    #[test]
    fn breaks_are_found_through_the_night_and_in_the_hour_that_comes_twice() {
        let zone = chrono_tz::Europe::Warsaw;
        // The night of 25 October 2026: 22:00 to 06:00 are nine hours.
        let of = Span { from: at("2026-10-24T20:00:00Z"), until: at("2026-10-25T05:00:00Z") };
        let found = breaks("23:30–00:00 meal, 02:30–02:45 break, 02:15-02:30 break", of, zone).expect("three breaks");
        let starts: Vec<String> = found.iter().map(|(span, _)| span.from.format("%H:%M").to_string()).collect();
        assert_eq!(starts, ["21:30", "00:30", "01:15"]);
        assert_eq!(found[0].1, Some(Activity::Meal));
        assert_eq!(breaks("07:00–07:15 break", of, zone), None);
        assert_eq!(
            breaks("23:30–23:45 nap", of, zone).map(|found| found[0].1),
            Some(Some(Activity::named("nap", true)))
        );
    }

    #[test]
    fn of_two_hours_the_one_is_meant_that_gives_the_shift_its_length() {
        let zone = chrono_tz::Europe::Warsaw;
        let wall = |text: &str| written(text).expect("a wall time");
        let of = |hours| span_of(wall("2026-10-25 02:30"), wall("2026-10-25 08:30"), Some(hours), zone);
        assert_eq!((of(7.0).from, of(6.0).from), (at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")));
    }
}
