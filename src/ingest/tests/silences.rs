//! What is unknown, what is zero and what is odd: closed hours, gaps, outages, queues told apart.

use super::*;

#[test]
fn closed_hours_and_holidays_are_unknown_and_contacts_in_them_are_listed() {
    let mut history = HistoryFiles::new(60).open(chrono_tz::UTC, &daily(0, 20)).csv(&hourly(48, |_| Some(5.0)));
    history.holidays.push(Holiday {
        date: "2026-01-06".parse().expect("a date"),
        name: "Epiphany".to_owned(),
        regions: Vec::new(),
        sites: Vec::new(),
        service: HolidayService::Closed,
    });
    let ingested = history.ok();
    assert_eq!(offered(&ingested).iter().flatten().count(), 20);
    // 4 hours of Monday night and the 24 of the holiday are one closed stretch, more than a few per cent of all.
    assert_eq!(ingested.cleaning[0].was, "140");
    assert!(whys(&ingested)[1].contains("hours in the workspace are probably wrong"), "{:?}", whys(&ingested));
    // Of late 20 of the 120 contacts that came on no holiday.
    let [warning] = &ingested.warnings[..] else { panic!("{:?}", ingested.warnings) };
    assert!(warning.to_string().contains("17 % of the contacts of the last 8 weeks"), "{warning}");
    assert!(warning.to_string().contains("on Monday from 20:00 to 21:00"), "{warning}");
}

#[test]
fn hours_that_were_others_long_ago_are_not_called_wrong() {
    // Ten weeks around the clock, then ten from 8 to 20.
    let is_counted = |hour: i64| hour < 24 * 70 || (8..20).contains(&(hour % 24));
    let text = hourly(24 * 140, |hour| Some(if is_counted(hour) { 5.0 } else { 0.0 }));
    let history = |hours: &WeeklyHours| HistoryFiles::new(60).open(chrono_tz::UTC, hours).csv(&text).ok();
    assert_eq!(history(&daily(8, 20)).warnings, []);
    assert_eq!(history(&daily(8, 19)).warnings.len(), 1);
}

#[test]
fn gaps_are_unknown_where_zeros_are_written_and_noted_once_a_stretch() {
    let text = hourly(24 * 14, |hour| (!(100..110).contains(&hour)).then_some(f64::from(i32::from(hour != 3)) * 2.0));
    let ingested = HistoryFiles::new(60).csv(&text).ok();
    assert_eq!(offered(&ingested)[99..111].iter().flatten().count(), 2);
    assert_eq!(whys(&ingested), ["no rows though open: unknown: until 2026-01-09T14:00Z, 10 × 60 min"]);
}

#[test]
fn short_silences_of_a_file_without_zeros_are_zero_and_long_ones_are_not() {
    // 2 an hour: 3 missing hours are believed (6 contacts usual), 10 are not.
    let text = hourly(24 * 28, |hour| (!(100..103).contains(&hour) && !(300..310).contains(&hour)).then_some(2.0));
    let ingested = HistoryFiles::new(60).csv(&text).ok();
    assert_eq!(offered(&ingested)[100..103], [0.0; 3].map(Some));
    assert_eq!(offered(&ingested)[300..310].iter().flatten().count(), 0);
    assert_eq!(ingested.cleaning.len(), 2);
}

#[test]
fn negative_missing_and_absurd_counts_are_unknown_and_noted() {
    let text = hourly(24 * 28, |hour| {
        Some(match hour {
            50 => -4.0,
            60 => f64::NAN,
            70 => 99_999.0,
            _ => 20.0,
        })
    });
    let ingested = HistoryFiles::new(60).csv(&text).ok();
    for hour in [50, 60, 70] {
        assert_eq!(offered(&ingested)[hour], None);
    }
    let lines: Vec<_> = ingested.cleaning.iter().map(|note| (note.line, note.was.as_str())).collect();
    assert_eq!(lines, [(Some(52), "-4"), (Some(62), ""), (Some(72), "99999")]);
}

#[test]
fn an_outage_day_and_an_outage_within_a_day_are_found_and_a_surge_is_not() {
    let text = hourly(24 * 56, |hour| {
        Some(match (hour / 24, hour % 24) {
            (20, hour) => f64::from(i32::from(hour == 5)), // one contact all day
            (30, 9..14) => 0.0,                            // five silent hours
            (40, hour) => 10.0 * (1.0 + hour as f64),      // a recall
            _ => 10.0,
        })
    });
    let ingested = HistoryFiles::new(60).csv(&text).ok();
    let unknown: Vec<usize> = (0..24 * 56).filter(|hour| offered(&ingested)[*hour].is_none()).collect();
    let expected: Vec<usize> = (480..504).chain(729..734).collect();
    assert_eq!(unknown, expected, "{:?}", whys(&ingested));
    assert_eq!(ingested.cleaning.len(), 2);
}

#[test]
fn regions_that_the_history_does_not_tell_apart_share_by_who_is_open() {
    let mut history = HistoryFiles::new(60).csv(&hourly(24, |_| Some(10.0)));
    let with_share =
        |id, zone, from, until, share| Region { share: Share::new(share), ..region(id, zone, &daily(from, until)) };
    history.queues = vec![queue(
        "calls",
        vec![
            with_share("gb", chrono_tz::Europe::London, 8, 18, 0.6),
            with_share("us", chrono_tz::America::New_York, 9, 19, 0.4),
        ],
    )];
    let ingested = history.ok();
    // New York opens at 14:00 UTC: until then all contacts are British, from then on 6 and 4, and after 18:00 all American.
    let at = |region: usize, hour: usize| ingested.history.series[region].offered.get(hour);
    assert_eq!((at(0, 10), at(1, 10)), (Some(10.0), None));
    assert_eq!((at(0, 15), at(1, 15)), (Some(6.0), Some(4.0)));
    assert_eq!((at(0, 20), at(1, 20)), (None, Some(10.0)));
}

#[test]
fn hours_in_which_nothing_came_of_late_are_told_and_quiet_ones_are_not() {
    // Twenty weeks, eight contacts an hour, and of the last four weeks no evenings from 17 to 20 and no Sundays; rows left out or zeros.
    let is_silent = |hour: i64| hour >= 24 * 112 && (hour % 24 >= 17 || hour / 24 % 7 == 6);
    for zero in [Some(0.0), None] {
        let text = hourly(24 * 140, |hour| if is_silent(hour) { zero } else { Some(8.0) });
        let ingested = HistoryFiles::new(60).open(chrono_tz::UTC, &daily(8, 20)).csv(&text).ok();
        let told: Vec<String> = ingested.warnings.iter().map(ToString::to_string).collect();
        let said = told.iter().find(|text| text.contains("nothing came in the last")).expect("a warning");
        assert!(said.contains("08:00–20:00 (Sunday)") && said.contains("17:00–20:00 (Monday, Tuesday"), "{said}");
        assert!(said.contains("240 contacts a week"), "{said}");
        assert_eq!(offered(&ingested)[24 * 137 + 18], Some(0.0));
    }
    let quiet = hourly(24 * 140, |hour| {
        Some(if hour % 7 == 0 && (8..20).contains(&(hour % 24)) && !is_silent(hour) { 1.0 } else { 0.0 })
    });
    assert_eq!(HistoryFiles::new(60).open(chrono_tz::UTC, &daily(8, 20)).csv(&quiet).ok().warnings, []);
}

#[test]
fn evenings_without_anybody_for_three_weeks_are_zero_and_no_outage() {
    let is_silent = |hour: i64| hour >= 24 * 119 && hour % 24 >= 17;
    let text = hourly(24 * 140, |hour| Some(if is_silent(hour) { 0.0 } else { 30.0 }));
    let ingested = HistoryFiles::new(60).open(chrono_tz::UTC, &daily(8, 20)).csv(&text).ok();
    assert_eq!(offered(&ingested)[24 * 139 + 18], Some(0.0));
    // Of Sundays as of any day: closed for three weeks.
    let text = hourly(24 * 140, |hour| Some(if hour >= 24 * 119 && hour / 24 % 7 == 6 { 0.0 } else { 30.0 }));
    let ingested = HistoryFiles::new(60).open(chrono_tz::UTC, &daily(8, 20)).csv(&text).ok();
    assert_eq!(offered(&ingested)[24 * 139 + 12], Some(0.0));
    // One Sunday is an outage.
    let text = hourly(24 * 140, |hour| Some(if hour / 24 == 132 { 0.0 } else { 30.0 }));
    let ingested = HistoryFiles::new(60).open(chrono_tz::UTC, &daily(8, 20)).csv(&text).ok();
    assert_eq!(offered(&ingested)[24 * 132 + 12], None);
}
