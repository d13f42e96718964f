//! What is found in a history before it has settings.

use super::*;

#[test]
fn the_survey_finds_queues_interval_and_hours() {
    let mut text = "start,queue,offered,aht_s\n".to_owned();
    for day in 0..21 {
        for half_hour in 18..34 {
            let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(day * 1440 + half_hour * 30);
            if day % 7 < 5 {
                writeln!(text, "{},sales,5,200", at.format("%Y-%m-%dT%H:%M:%S")).expect("written");
            }
        }
    }
    let history = HistoryFiles::new(30).csv(&text);
    let survey = survey(&history.params.files[0], chrono_tz::Europe::Warsaw).expect("a survey");
    assert_eq!(survey.interval, Minutes::new(30));
    assert_eq!(survey.first, utc("2026-01-05T08:00:00Z"));
    let sales = &survey.queues[0];
    assert_eq!((sales.name.as_str(), sales.aht_s), ("sales", Some(200.0)));
    assert_eq!(sales.hours.on(Weekday::Fri), [ClockSpan::new(9 * 60, 17 * 60).expect("a span")]);
    assert!(sales.hours.on(Weekday::Sat).is_empty());
    assert!((sales.mean_by_hour[9] - 10.0).abs() < 1e-9);
    assert_eq!((sales.contacts, sales.first, sales.last), (1200.0, survey.first, survey.last));
}

#[test]
fn the_survey_finds_the_hour_at_which_the_last_rows_end() {
    // Five-minute rows from 07:00 to 21:00, the last of which ends at 21:05.
    let mut text = "start,offered\n".to_owned();
    for day in 0..56 {
        for minute in (7 * 60..=21 * 60).step_by(5) {
            let at = utc("2026-01-05T00:00:00Z") + Duration::minutes(day * 1440 + minute);
            writeln!(text, "{},9", at.format("%Y-%m-%dT%H:%M:%SZ")).expect("written");
        }
    }
    let survey = survey(&HistoryFiles::new(30).csv(&text).params.files[0], chrono_tz::UTC).expect("a survey");
    assert_eq!(survey.queues[0].hours.on(Weekday::Wed), [ClockSpan::new(7 * 60, 21 * 60 + 5).expect("a span")]);
}
