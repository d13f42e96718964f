use super::*;
use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::history::SurveyedQueue;
use crate::domain::units::Minutes;

fn survey(interval: i64, hours: WeeklyHours, per_hour: f64) -> Survey {
    let means = (0..7 * 24).map(|hour| {
        let day = hours::DAYS[hour / 24];
        let is_open = hours.on(day).iter().any(|span| span.holds(u32::try_from(hour % 24 * 60).expect("a minute")));
        if is_open { per_hour } else { 0.0 }
    });
    Survey {
        interval: Minutes::new(interval),
        first: "2003-03-03T12:00:00Z".parse().expect("an instant"),
        last: "2003-08-14T01:00:00Z".parse().expect("an instant"),
        queues: vec![SurveyedQueue {
            name: String::new(),
            regions: Vec::new(),
            contacts: 1e6,
            first: "2003-03-03T12:00:00Z".parse().expect("an instant"),
            last: "2003-08-14T01:00:00Z".parse().expect("an instant"),
            mean_by_hour: means.collect(),
            hours,
            aht_s: None,
        }],
    }
}

fn weekdays(from: u16, until: u16) -> WeeklyHours {
    let mut hours = WeeklyHours::default();
    hours::DAYS[..5].iter().for_each(|day| hours.open(*day, ClockSpan::new(from, until).expect("a span")));
    hours
}

fn texts(survey: &Survey, zone: Zone) -> (String, String) {
    texts_on(survey, zone, plan_interval(survey, zone))
}

fn texts_on(survey: &Survey, zone: Zone, grid: Minutes) -> (String, String) {
    let import = [("columns.start".to_owned(), "\"datetime_local\"".to_owned())];
    let files = starter(
        survey,
        zone,
        grid,
        &StarterHistory {
            files: &["history/calls.csv".to_owned()],
            import: &import,
            habits: &[],
            agents: &[],
            learning: None,
        },
    );
    let text = |index: usize| String::from_utf8(files[index].bytes.clone()).expect("text");
    (text(0), text(1))
}

#[test]
fn a_bank_open_on_weekdays_gets_a_week_of_quarters_and_people_in_proportion() {
    let bank = survey(5, weekdays(7 * 60, 21 * 60 + 5), 1_000.0);
    let (toml, agents) = texts_on(&bank, chrono_tz::America::New_York, Minutes::new(15));
    toml.parse::<toml::Table>().expect("TOML");
    assert!(toml.contains("interval_minutes = 15 # the history's 5 minutes are added up"));
    // Of the quarter from 21:00 the history has five minutes: nobody need wait there.
    let hours = "hours = { mon-fri = \"07:00-21:00\" } # inferred from the history, rounded to the plan's intervals: 21:05 to 21:00";
    assert!(toml.contains(hours), "{toml}");
    assert!(toml.contains("files = [\"history/calls.csv\"]"));
    assert!(toml.contains("[history.import]\ncolumns.start = \"datetime_local\"\n"));
    assert!(toml.contains("aht_s = 240.0 # declared"));
    // 1000 × 240 / 3600 = 66.7 erlangs: 73 agents, 14 hours a day (07 to 20 inclusive) on 5 days, over 0.76: 6724 hours.
    // 70 % in weeks of 40 and 30 % in weeks of 25 hours: 118 + 81 people.
    assert_eq!(agents.lines().count(), 1 + 118 + 81);
    assert!(agents.contains("x001,Invented 001,main,full,all,invented,15.00"));
}

#[test]
fn five_minutes_and_the_hours_they_tell_are_kept_as_they_are() {
    let (toml, _) = texts(&survey(5, weekdays(7 * 60, 21 * 60 + 5), 1_000.0), chrono_tz::America::New_York);
    assert!(toml.contains("interval_minutes = 5 # as in the history"), "{toml}");
    assert!(toml.contains("hours = { mon-fri = \"07:00-21:05\" } # inferred from the history\n"), "{toml}");
}

#[test]
fn around_the_clock_there_are_nights_and_hours_stay_hours() {
    let (toml, agents) = texts(&survey(60, WeeklyHours::always(), 20.0), chrono_tz::America::Los_Angeles);
    toml.parse::<toml::Table>().expect("TOML");
    assert!(toml.contains("interval_minutes = 60 # as in the history"));
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
    assert!(!fits(&hourly, chrono_tz::Asia::Kolkata, Minutes::new(60)));
    let sixths = survey(6, weekdays(9 * 60, 17 * 60), 40.0);
    assert_eq!(grid::plan_interval(&sixths, chrono_tz::Asia::Jerusalem), Minutes::new(30));
}

#[test]
fn awkward_names_are_quoted() {
    let mut odd = survey(15, weekdays(8 * 60, 18 * 60), 10.0);
    odd.queues[0].name = "Skarga \"pilna\"".to_owned();
    let (toml, _) = texts(&odd, chrono_tz::Europe::Warsaw);
    let table: toml::Table = toml.parse().expect("TOML");
    assert_eq!(table["queue"][0]["id"].as_str(), Some("Skarga \"pilna\""));
}

#[test]
fn a_quarter_that_is_mostly_filled_is_kept() {
    let found = survey(5, weekdays(7 * 60 + 5, 20 * 60 + 55), 10.0);
    let (toml, _) = texts_on(&found, chrono_tz::Europe::Warsaw, Minutes::new(15));
    assert!(toml.contains("mon-fri = \"07:00-21:00\"") && toml.contains("07:05 to 07:00, 20:55 to 21:00"), "{toml}");
}

#[test]
fn rows_of_a_day_get_hours_that_are_said_to_be_assumed() {
    let daily = survey(1440, weekdays(0, 60), 300.0);
    let (toml, agents) = texts(&daily, chrono_tz::Europe::Warsaw);
    assert!(toml.contains("hours = { mon-fri = \"08:00-18:00\" } # ASSUMED"), "{toml}");
    assert!(toml.contains("# ATTENTION: the history has one row a day"), "{toml}");
    assert!(toml.contains("1440 minutes are split evenly over opening hours"), "{toml}");
    assert!(toml.lines().all(|queue| queue.len() <= 130), "{toml}");
    assert!(!agents.contains(",night,"));
    assert_eq!(remarks(&daily).len(), 2, "{:?}", remarks(&daily));
    assert!(refuse_unusable(&daily, "calls.csv").is_ok());
}

#[test]
fn a_week_of_history_is_said_to_be_little_and_rows_of_a_week_are_refused() {
    let mut short = survey(30, weekdays(8 * 60, 18 * 60), 10.0);
    short.last = "2003-03-10T11:30:00Z".parse().expect("an instant");
    assert!(remarks(&short)[0].starts_with("the history covers 7 days"), "{:?}", remarks(&short));
    let weekly = survey(7 * 1440, weekdays(0, 60), 10.0);
    let problem = refuse_unusable(&weekly, "calls.csv").expect_err("no plan").to_string();
    assert!(problem.starts_with("calls.csv: rows 7 days apart tell neither weekdays nor hours"), "{problem}");
}

#[test]
fn there_are_two_scenarios_to_begin_with() {
    let history = StarterHistory {
        files: &["history/calls.csv".to_owned()],
        import: &[],
        habits: &[],
        agents: &[],
        learning: None,
    };
    let files =
        starter(&survey(30, weekdays(8 * 60, 18 * 60), 10.0), chrono_tz::Europe::Warsaw, Minutes::new(30), &history);
    let names: Vec<_> = files.iter().map(|file| file.path.display().to_string()).collect();
    assert_eq!(
        names,
        ["workspace.toml", "agents.csv", "scenarios/busy-week.toml", "scenarios/ten-percent-absent.toml"]
    );
    for file in &files[2..] {
        String::from_utf8(file.bytes.clone()).expect("text").parse::<toml::Table>().expect("TOML");
    }
}
