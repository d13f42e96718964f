//! What a valid workspace is read as.

use chrono::Weekday;

use super::sample::{SampleWorkspace, utc};
use crate::domain::calendar::{ClockSpan, HolidayService};
use crate::domain::event::Kernel;
use crate::domain::forecast::Change;
use crate::domain::ids::QueueIx;
use crate::domain::promise::DayChange;
use crate::domain::queue::{Channel, GoalPeriod, LevelChange};
use crate::domain::routing::{
    AgentTakes, Behaviour, ContactTakes, DeferredWork, HandleTimeShape, PatienceShape, Redial, Routing, VirtualHold,
};
use crate::domain::units::{Minutes, Money, Seconds, Share};

#[test]
fn every_word_of_the_format_is_understood() {
    let workspace = SampleWorkspace::whole().loaded();
    assert_eq!(workspace.warnings, []);
    let names: Vec<&str> = workspace.queues.iter().map(|queue| queue.id.as_str()).collect();
    assert_eq!(names, ["orders", "chat", "mail", "tier2"]);
    let orders = &workspace.queues[0];
    assert_eq!(orders.escalation.map(|escalation| escalation.to), Some(QueueIx(3)));
    assert_eq!(orders.price_lost, Money::rounded(6.0));
    let saturday = [(540, 720), (780, 900)].map(|(from, until)| ClockSpan::new(from, until).expect("a span"));
    assert_eq!(orders.regions[0].hours.on(Weekday::Sat), saturday);
    assert_eq!(workspace.queues[1].channel, Channel::Chat { concurrency: 2.0 });
    // Deferred work without a goal has its deadline for one.
    let mail = &workspace.queues[2];
    assert_eq!(mail.channel, Channel::Deferred { deadline: Minutes::hours(24) });
    assert_eq!((mail.goal.share, mail.goal.within.get(), mail.goal.over), (Share::ALL, 86_400.0, GoalPeriod::Day));
    let event = &workspace.events[0];
    assert_eq!(event.kernel, Some(Kernel::Weibull { shape: 1.4, scale: Minutes::hours(8) }));
    assert_eq!(event.schedule[1].local, "2026-12-02T09:00:00".parse().expect("a local time"));
    assert_eq!(workspace.history.columns.get("offered").map(String::as_str), Some("calls"));
    assert_eq!(workspace.backlog.len(), 1);
    assert_eq!(workspace.forecast.folds, 3);
    let price = workspace.price_of_change;
    assert_eq!(price.prices.of(DayChange::Moved), Money::rounded(25.0));
    assert_eq!(price.most_per_request, Money::rounded(40.0));
}

#[test]
fn public_holidays_are_those_of_the_codes_and_days_listed_stand_instead() {
    let sample = SampleWorkspace::whole().with(
        "workspace.toml",
        "interval_minutes = 15",
        "interval_minutes = 15\nholidays = ['PL', 'DE-BY']",
    );
    let workspace = sample.loaded();
    let on = |text: &str| -> Vec<&str> {
        let date = text.parse().expect("a date");
        workspace.holidays.iter().filter(|day| day.date == date).map(|day| day.name.as_str()).collect()
    };
    assert_eq!(on("2027-06-06"), Vec::<&str>::new());
    assert_eq!(on("2026-11-11"), ["National Independence Day"]);
    assert_eq!(on("2027-10-03"), ["German Unity Day"]);
    let listed = workspace.holidays.iter().find(|day| day.service == HolidayService::Closed).expect("a listed day");
    let region = &listed.regions[0];
    let of_region = workspace.holidays.iter().filter(|day| day.date == listed.date && day.concerns(region));
    assert_eq!(of_region.count(), 1);
    assert_eq!(workspace.holiday_sources.codes.iter().map(String::as_str).collect::<Vec<_>>(), ["DE-BY", "PL"]);
}

#[test]
fn levels_that_the_planner_knows_of_are_read_in_order() {
    let told =
        "price_lost = 6.0\nlevel_changes = [{ from = '2026-11-10' }, { from = '2026-10-05', until = '2026-10-08' }]";
    let workspace = SampleWorkspace::whole().with("workspace.toml", "price_lost = 6.0", told).loaded();
    let date = |text: &str| text.parse().expect("a date");
    let burst = LevelChange { from: date("2026-10-05"), until: Some(date("2026-10-08")) };
    let step = LevelChange { from: date("2026-11-10"), until: None };
    assert_eq!(workspace.queues[0].level_changes, [burst, step]);
}

#[test]
fn what_a_simulation_assumes_is_read_as_it_is_told() {
    let told = "price_lost = 6.0\nhandle_cv = 0.9\npatience_weibull = 0.8\nredial = { share = 0.3, after_s = 400 }\nvirtual_hold = { share = 0.5 }\noverflow_after_s = 30";
    let workspace = SampleWorkspace::whole().with("workspace.toml", "price_lost = 6.0", told).loaded();
    let routing = Routing {
        contact_takes: ContactTakes::Rank,
        agent_takes: AgentTakes::LongestWait,
        deferred: DeferredWork::Held,
    };
    assert_eq!(workspace.routing, routing);
    let orders = Behaviour {
        handle_times: HandleTimeShape::Lognormal(0.9),
        patience: PatienceShape::Weibull(0.8),
        redial: Some(Redial { share: Share::clamped(0.3), after: Seconds::clamped(400.0) }),
        virtual_hold: Some(VirtualHold { share: Share::clamped(0.5), after: Seconds::ZERO }),
        overflow_after: Some(Seconds::clamped(30.0)),
        ..Behaviour::default()
    };
    assert_eq!(workspace.queues[0].behaviour, orders);
    assert_eq!(workspace.queues[1].behaviour, Behaviour::default());
}

#[test]
fn one_row_may_adjust_contacts_and_handle_time() {
    let workspace = SampleWorkspace::whole().loaded();
    let adjustments = workspace.adjustments(&workspace.period(utc("2026-11-27T12:00:00Z")));
    let changes: Vec<Change> = adjustments.iter().map(|adjustment| adjustment.change).collect();
    assert_eq!(changes, [Change::Factor(1.2), Change::Aht(250.0)]);
    assert_eq!(adjustments[0].region, Some(0));
}

#[test]
fn a_history_and_one_queue_are_enough() {
    let settings =
        b"[plan]\nstart = 'next-monday'\ninterval_minutes = 30\ntimezone = 'Europe/Warsaw'\ncurrency = 'EUR'\n\
        [history]\nfiles = ['history.csv']\nqueue = 'main'\n\
        [[queue]]\nid = 'main'\nchannel = 'voice'\ngoal = { share = 0.8, within_s = 20 }\n\
        [[queue.region]]\nid = 'all'\ntimezone = 'Europe/Warsaw'\nhours = { daily = '08:00-20:00' }\n";
    let tables = ["agents", "skills", "availability", "absences", "preferences", "balances", "adjustments", "backlog"];
    let sample = tables.iter().fold(SampleWorkspace::whole(), |sample, table| sample.without(&format!("{table}.csv")));
    let workspace = sample.file("workspace.toml", settings).loaded();
    assert!(!workspace.has_agents());
    let period = workspace.period(utc("2026-11-27T12:00:00Z"));
    assert_eq!(period.start, "2026-11-30".parse().expect("a date"));
    let nobody = workspace.workforce(&period, utc("2026-11-27T12:00:00Z")).expect_err("nobody to roster");
    assert!(nobody.to_string().contains("nobody is employed from 2026-11-30 to before 2026-12-07"));
}

#[test]
fn next_monday_may_be_the_very_instant_at_which_history_ends() {
    let workspace = SampleWorkspace::whole().with("workspace.toml", "\"2026-11-30\"", "\"next-monday\"").loaded();
    let start = |as_of: &str| workspace.period(utc(as_of)).start.to_string();
    // Monday 30 November begins in Warsaw at 23:00 UTC on the 29th.
    assert_eq!(start("2026-11-29T22:59:00Z"), "2026-11-30");
    assert_eq!(start("2026-11-29T23:00:00Z"), "2026-11-30");
    assert_eq!(start("2026-11-29T23:01:00Z"), "2026-12-07");
}

#[test]
fn an_event_not_known_yet_does_not_exist() {
    let workspace = SampleWorkspace::whole().loaded();
    assert_eq!(workspace.events_known_at(utc("2026-11-09T22:59:00Z")).len(), 0);
    assert_eq!(workspace.events_known_at(utc("2026-11-09T23:00:00Z")).len(), 1);
}

#[test]
fn every_file_that_matters_is_an_input() {
    let inputs = SampleWorkspace::whole().scenario("s.toml", "name = 's'\n").loaded().inputs;
    let mut names: Vec<String> =
        inputs.iter().filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    let expected = [
        "absences.csv",
        "adjustments.csv",
        "agents.csv",
        "availability.csv",
        "backlog.csv",
        "balances.csv",
        "history.csv",
        "preferences.csv",
        "s.toml",
        "skills.csv",
        "workspace.toml",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_backlog_that_arrives_after_the_start_is_warned_of() {
    // The plan begins on Monday at 00:00 in Warsaw, which is 23:00 UTC of Sunday.
    let sample = SampleWorkspace::whole().with("backlog.csv", "2026-11-29T10:00:00Z", "2026-11-29T23:00:00Z");
    let workspace = sample.loaded();
    let as_of = utc("2026-11-27T12:00:00Z");
    let warnings = workspace.period_warnings(&workspace.period(as_of), as_of, None);
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].to_string().ends_with(
        "backlog.csv:2: `arrived`: `2026-11-29T23:00:00+00:00`: arrives after the plan begins: counted on top of the forecast; accepted: an instant before 2026-11-29T23:00:00+00:00"
    ));
    let waiting = SampleWorkspace::whole().loaded();
    assert_eq!(waiting.period_warnings(&waiting.period(as_of), as_of, None), []);
}
