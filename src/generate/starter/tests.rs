use super::*;
use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::history::SurveyedQueue;
use crate::domain::units::Minutes;

fn survey(interval: i64, hours: WeeklyHours, per_hour: f64) -> Survey {
    let means = (0..7 * 24).map(|hour| {
        let day = opening::DAYS[hour / 24];
        let is_open = hours.on(day).iter().any(|span| span.holds(u32::try_from(hour % 24 * 60).expect("a minute")));
        if is_open { per_hour } else { 0.0 }
    });
    Survey {
        columns: vec![("start".into(), "datetime_local".into()), ("offered".into(), "calls".into())],
        needs_zone: true,
        repeated_hours_once: true,
        interval: Minutes::new(interval),
        first: "2003-03-03T12:00:00Z".parse().expect("an instant"),
        last: "2003-08-14T01:00:00Z".parse().expect("an instant"),
        queues: vec![SurveyedQueue {
            name: String::new(),
            regions: Vec::new(),
            mean_by_hour: means.collect(),
            hours,
            aht_s: None,
        }],
    }
}

fn weekdays(from: u16, until: u16) -> WeeklyHours {
    let mut hours = WeeklyHours::default();
    opening::DAYS[..5].iter().for_each(|day| hours.open(*day, ClockSpan::new(from, until).expect("a span")));
    hours
}

fn texts(survey: &Survey, zone: Zone) -> (String, String) {
    let files = starter(survey, zone, "calls.csv");
    let text = |index: usize| String::from_utf8(files[index].bytes.clone()).expect("text");
    (text(0), text(1))
}

#[test]
fn a_bank_open_on_weekdays_gets_a_week_of_quarters_and_people_in_proportion() {
    let bank = survey(5, weekdays(7 * 60, 21 * 60 + 5), 1_000.0);
    let (toml, agents) = texts(&bank, chrono_tz::America::New_York);
    toml.parse::<toml::Table>().expect("TOML");
    assert!(toml.contains("interval_minutes = 15 # the history's 5 minutes are added up"));
    assert!(toml.contains("hours = { mon-fri = \"07:00-21:15\" }"));
    assert!(toml.contains("columns = { start = \"datetime_local\", offered = \"calls\" }"));
    assert!(toml.contains("aht_s = 240.0 # declared"));
    // 1000 × 240 / 3600 = 66.7 erlangs: 73 agents, 15 hours a day (07 to 21 inclusive) on 5 days, over 0.8: 6844 hours.
    // 70 % in weeks of 40 and 30 % in weeks of 25 hours: 120 + 83 people.
    assert_eq!(agents.lines().count(), 1 + 120 + 83);
    assert!(agents.contains("x001,Invented 001,main,full,all,invented,15.00"));
}

#[test]
fn around_the_clock_there_are_nights_and_hours_are_split() {
    let (toml, agents) = texts(&survey(60, WeeklyHours::always(), 20.0), chrono_tz::America::Los_Angeles);
    toml.parse::<toml::Table>().expect("TOML");
    assert!(toml.contains("interval_minutes = 30 # the history's 60 minutes are split by their shape"));
    assert!(toml.contains("hours = { daily = \"00:00-24:00\" }"));
    assert!(toml.contains("id = \"night\"") && agents.contains(",night,"));
}

#[test]
fn an_office_open_half_a_day_gets_shorter_weeks() {
    // Open 09:00–12:00, so the building is open 08:00–13:00: five days of five hours.
    let (toml, _) = texts(&survey(30, weekdays(9 * 60, 12 * 60), 40.0), chrono_tz::Europe::Berlin);
    assert!(toml.contains("min_hours_per_week = 25\nmax_hours_per_week = 25\nshift_lengths_minutes = [240, 300]"));
}

#[test]
fn zones_off_the_half_hour_are_planned_in_quarters() {
    let hourly = survey(60, weekdays(9 * 60, 17 * 60), 40.0);
    assert_eq!(grid::plan_interval(&hourly, chrono_tz::Asia::Kathmandu), Minutes::new(15));
    assert_eq!(grid::plan_interval(&hourly, chrono_tz::Asia::Kolkata), Minutes::new(30));
}

#[test]
fn awkward_names_are_quoted() {
    let mut odd = survey(15, weekdays(8 * 60, 18 * 60), 10.0);
    odd.queues[0].name = "Skarga \"pilna\"".to_owned();
    let (toml, _) = texts(&odd, chrono_tz::Europe::Warsaw);
    let table: toml::Table = toml.parse().expect("TOML");
    assert_eq!(table["queue"][0]["id"].as_str(), Some("Skarga \"pilna\""));
}
