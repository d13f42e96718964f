//! When a queue of the history is open, on the plan's grid, and what comes in those hours.

use chrono::Weekday;
use tr::tr;

use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::history::SurveyedQueue;
use crate::domain::units::Minutes;

use crate::generate::settings::clock;

/// Rows of a day do not tell at which hours contacts come.
const A_DAY: i64 = 1440;
/// Hours assumed then, in minutes of the day.
const ASSUMED: (i64, i64) = (8 * 60, 18 * 60);

/// Weekdays from Monday.
pub(super) const DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A queue's week.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Week {
    /// Hours on the plan's grid.
    pub(super) hours: WeeklyHours,
    /// Mean contacts per weekday and hour, within those hours.
    pub(super) mean_by_hour: Vec<f64>,
    /// Where the hours are from, for a comment.
    pub(super) source: String,
}

/// The week that a history of rows this long tells of a queue.
pub(super) fn week(found: &SurveyedQueue, rows: Minutes, grid: Minutes) -> Week {
    if DAYS.iter().all(|day| found.hours.on(*day).is_empty()) {
        let source = tr!("ASSUMED: no hours could be told from the history");
        return Week { hours: WeeklyHours::always(), mean_by_hour: found.mean_by_hour.clone(), source };
    }
    if rows.get() >= A_DAY {
        return assumed(found);
    }
    let mut moved: Vec<String> = Vec::new();
    let mut hours = WeeklyHours::default();
    for day in DAYS {
        for span in found.hours.on(day) {
            let mut rounded = |minute: u16| {
                let (minute, nearest) = (i64::from(minute), nearest(i64::from(minute), grid));
                let note = tr!("{} to {}", clock(minute), clock(nearest));
                if nearest != minute && !moved.contains(&note) {
                    moved.push(note);
                }
                nearest
            };
            let (from, until) = (rounded(span.from()), rounded(span.until()));
            open(&mut hours, day, from, until.max(from + grid.get()));
        }
    }
    let source = match moved.as_slice() {
        [] => tr!("inferred from the history"),
        moved => tr!("inferred from the history, rounded to the plan's intervals: {}", moved.join(", ")),
    };
    let mean_by_hour = within(&found.mean_by_hour, &hours);
    Week { hours, mean_by_hour, source }
}

/// To the grid: an interval of which the history fills less than half is left out, so that nobody waits there for the
/// few contacts of, say, 21:00 to 21:05.
fn nearest(minute: i64, grid: Minutes) -> i64 {
    (2 * minute + grid.get()).div_euclid(2 * grid.get()) * grid.get()
}

fn open(hours: &mut WeeklyHours, day: Weekday, from: i64, until: i64) {
    let minute = |minute: i64| u16::try_from(minute.clamp(0, 1440)).unwrap_or(0);
    if let Some(span) = ClockSpan::new(minute(from), minute(until)) {
        hours.open(day, span);
    }
}

/// Office hours on the days that have contacts, which are spread evenly over them.
fn assumed(found: &SurveyedQueue) -> Week {
    let mut hours = WeeklyHours::default();
    let mut mean_by_hour = Vec::with_capacity(7 * 24);
    for (day, contacts) in DAYS.into_iter().zip(found.mean_by_hour.chunks(24)) {
        let is_open = !found.hours.on(day).is_empty();
        if is_open {
            open(&mut hours, day, ASSUMED.0, ASSUMED.1);
        }
        let open_hours = ASSUMED.0 / 60..ASSUMED.1 / 60;
        let per_hour = contacts.iter().sum::<f64>() / (open_hours.end - open_hours.start) as f64;
        mean_by_hour.extend((0..24).map(|hour| if is_open && open_hours.contains(&hour) { per_hour } else { 0.0 }));
    }
    let source = tr!("ASSUMED: rows of a day cannot tell the hours, write yours here");
    Week { hours, mean_by_hour, source }
}

/// Contacts of the hours in which the queue is open at all.
fn within(mean_by_hour: &[f64], hours: &WeeklyHours) -> Vec<f64> {
    let is_open = |hour: usize| {
        let (from, until) = (hour % 24 * 60, (hour % 24 + 1) * 60);
        DAYS.get(hour / 24).is_some_and(|day| {
            let meets = |span: &ClockSpan| usize::from(span.from()) < until && from < usize::from(span.until());
            hours.on(*day).iter().any(meets)
        })
    };
    mean_by_hour.iter().enumerate().map(|(hour, mean)| if is_open(hour) { *mean } else { 0.0 }).collect()
}
