//! Days of one queue take the hours of another.

use super::*;
use crate::domain::queue::DayShape;

/// A fortnight of days of `back`, 60 contacts each, beside hours of `calls`: one contact an hour from 9 to 12, and three from 12 to 13. Both are open
/// from 9 to 13.
fn days_beside_hours() -> HistoryFiles {
    let mut text = "queue,start,offered\n".to_owned();
    let mut days = text.clone();
    for day in 0..14 {
        let midnight = utc("2026-01-05T00:00:00Z") + Duration::days(day);
        writeln!(days, "back,{},60", midnight.format("%Y-%m-%dT%H:%MZ")).expect("written");
        for (hour, contacts) in [(9, 1), (10, 1), (11, 1), (12, 3)] {
            let at = midnight + Duration::hours(hour);
            writeln!(text, "calls,{},{contacts}", at.format("%Y-%m-%dT%H:%MZ")).expect("written");
        }
    }
    let mut history = HistoryFiles::new(60).open(chrono_tz::UTC, &daily(9, 13)).csv(&text).csv(&days);
    history.queues.push(queue("back", vec![region("all", chrono_tz::UTC, &daily(9, 13))]));
    history
}

/// Contacts of `back` on the second day from 9 to 13.
fn second_day(ingested: &Ingested) -> [Option<f64>; 4] {
    let back = ingested.history.series.iter().find(|series| series.queue.0 == 1).expect("a series");
    [9, 10, 11, 12].map(|hour| {
        let at = utc("2026-01-06T00:00:00Z") + Duration::hours(hour);
        back.offered.get(ingested.history.grid.index_of(at).expect("on the grid"))
    })
}

#[test]
fn days_are_split_like_those_of_a_queue_with_intervals_and_it_is_said_once() {
    let ingested = days_beside_hours().ok();
    assert_eq!(second_day(&ingested), [10.0, 10.0, 10.0, 30.0].map(Some));
    let [warning] = &ingested.warnings[..] else { panic!("{:?}", ingested.warnings) };
    assert!(warning.to_string().contains("day_shape = \"calls\""), "{warning}");
    assert!(whys(&ingested).iter().any(|why| why.contains("weekly shape of queue `calls`")), "{:?}", whys(&ingested));
}

#[test]
fn a_shape_that_is_declared_stands_and_needs_no_word() {
    let mut history = days_beside_hours();
    let mut hours = [0.0; 24];
    (hours[9], hours[10]) = (2.0, 1.0);
    history.queues[1].day_shape = Some(DayShape::Hours(hours));
    let ingested = history.ok();
    assert_eq!(second_day(&ingested), [40.0, 20.0, 0.0, 0.0].map(Some));
    assert_eq!(ingested.warnings, []);
    history.queues[1].day_shape = Some(DayShape::Like(QueueIx(0)));
    let ingested = history.ok();
    assert_eq!((second_day(&ingested), ingested.warnings.len()), ([10.0, 10.0, 10.0, 30.0].map(Some), 0));
}

#[test]
fn without_a_queue_that_tells_days_are_spread_evenly_and_it_is_said() {
    let mut history = days_beside_hours();
    // Open around the clock: the other queue tells of four hours in twenty-four.
    history.queues[1].regions[0].hours = WeeklyHours::always();
    let ingested = history.ok();
    assert_eq!(second_day(&ingested), [2.5; 4].map(Some));
    assert!(ingested.warnings[0].to_string().contains("spread evenly"), "{:?}", ingested.warnings);
}
