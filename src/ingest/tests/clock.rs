//! Hours that repeat and hours that never come.

use super::*;

const AUTUMN: &str = "start,offered\n2026-11-01 00:30,4\n2026-11-01 01:00,6\n2026-11-01 01:30,8\n2026-11-01 02:00,2\n";

fn new_york(text: &str, repeated_hour: RepeatedHour) -> HistoryFiles {
    let mut history = HistoryFiles::new(30).csv(text);
    history.params.zone = Some(chrono_tz::America::New_York);
    history.params.repeated_hour = repeated_hour;
    history
}

#[test]
fn an_hour_that_repeats_is_refused_row_by_row_unless_its_meaning_is_declared() {
    let report = new_york(AUTUMN, RepeatedHour::Refuse).refused();
    assert!(report.contains("0.csv:3: `start`: `2026-11-01 01:00`: this local time occurs twice"), "{report}");
    assert!(report.contains("0.csv:4: "), "{report}");
    let both = new_york(AUTUMN, RepeatedHour::Both).ok();
    assert_eq!(offered(&both), [4.0, 3.0, 4.0, 3.0, 4.0, 2.0].map(Some));
    assert_eq!(both.cleaning.len(), 2);
    let first = new_york(AUTUMN, RepeatedHour::First).ok();
    assert_eq!(offered(&first)[..3], [4.0, 6.0, 8.0].map(Some));
    assert_eq!(offered(&new_york(AUTUMN, RepeatedHour::Skip).ok())[1], None);
}

#[test]
fn two_rows_of_an_hour_that_repeats_are_its_two_turns() {
    let text = "start,offered\n2026-11-01 00:30,4\n2026-11-01 01:00,6\n2026-11-01 01:30,8\n\
                2026-11-01 01:00,1\n2026-11-01 01:30,2\n2026-11-01 02:00,2\n";
    let ingested = new_york(text, RepeatedHour::Both).ok();
    assert_eq!(offered(&ingested), [4.0, 6.0, 8.0, 1.0, 2.0, 2.0].map(Some));
}

#[test]
fn an_hour_that_never_comes_is_refused_or_left_out() {
    let text = "start,offered\n2026-03-08 01:30,4\n2026-03-08 02:00,6\n2026-03-08 03:00,8\n";
    let mut history = new_york(text, RepeatedHour::Refuse);
    assert!(history.refused().contains("0.csv:3: `start`: `2026-03-08 02:00`: this local time never occurs"));
    history.params.absent_hour = AbsentHour::Skip;
    assert_eq!(offered(&history.ok()), [4.0, 8.0].map(Some));
}
