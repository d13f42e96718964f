//! Weeks that a contract settles together: what the plan's part of them owes, and which words are refused.
//!
//! Ana may work 30 to 50 hours a week in shifts of 450, 480, 510 and 570 paid minutes, and is credited eight hours on
//! Friday 4 December. The plan begins on Monday 30 November.

use super::sample::{SampleWorkspace, utc};
use crate::domain::units::Minutes;
use crate::domain::workforce::{SettlementPeriod, WeekMinutes};

const HEADER: &str = "agent,date,activity,start,end\n";

/// A plan of so many weeks in which Ana's contract settles weeks.
fn sample(weeks: u32, settlement: &str) -> SampleWorkspace {
    SampleWorkspace::whole()
        .with("workspace.toml", "weeks = 1", &format!("weeks = {weeks}"))
        .with("workspace.toml", "min_hours_per_week = 40", "min_hours_per_week = 30")
        .with("workspace.toml", "max_hours_per_week = 40", "max_hours_per_week = 50")
        .with(
            "workspace.toml",
            "max_days_per_week = 5",
            &format!("max_days_per_week = 5\nsettlement = {{ {settlement} }}"),
        )
}

fn period(weeks: u32, min: i64, max: i64) -> SettlementPeriod {
    SettlementPeriod { weeks, minutes: WeekMinutes { min: Minutes::new(min), max: Minutes::new(max) } }
}

/// Ana's periods after a roster, given by its rows.
fn after(sample: &SampleWorkspace, rows: &str) -> Vec<SettlementPeriod> {
    let (mut workforce, plan) = sample.workforce();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("roster.csv");
    std::fs::write(&path, format!("{HEADER}{rows}")).expect("written");
    let workspace = sample.loaded();
    let earlier = workspace.earlier_roster(&[path]).expect("a roster").expect("a file");
    workspace.carry_over(&earlier, &mut workforce, &plan, utc("2026-11-27T12:00:00Z")).expect("carried");
    workforce.agents[0].settlement.clone()
}

/// Shifts on days of November from 07:00, of so many hours, each with half an hour of an unpaid meal behind it.
fn shifts(agent: &str, of: &[(u32, u32)]) -> String {
    let row = |(day, hours): &(u32, u32)| {
        let end = 7 + hours;
        format!(
            "{agent},2026-11-{day},work,2026-11-{day}T07:00:00Z,2026-11-{day}T{end:02}:00:00Z\n\
             {agent},2026-11-{day},meal,2026-11-{day}T{end:02}:00:00Z,2026-11-{day}T{end:02}:30:00Z\n"
        )
    };
    of.iter().map(row).collect()
}

#[test]
fn a_contract_without_periods_has_none() {
    assert_eq!(SampleWorkspace::whole().agent("ana").settlement, []);
}

#[test]
fn a_period_within_the_plan_owes_what_the_contract_says_less_credits() {
    let two = sample(2, "weeks = 2, from = '2026-11-30', min_minutes = 4800, max_minutes = 4800");
    assert_eq!(two.agent("ana").settlement, [period(2, 4320, 4320)]);
    assert_eq!(two.agent("bo").settlement, []);
}

#[test]
fn what_is_unsaid_is_the_weekly_least_and_most_times_the_weeks() {
    // 2 × 1800 − 480 and 2 × 3000 − 480.
    assert_eq!(sample(2, "weeks = 2, from = '2026-11-30'").agent("ana").settlement, [period(2, 3120, 5520)]);
    let least = sample(2, "weeks = 2, from = '2026-11-30', min_minutes = 4800");
    assert_eq!(least.agent("ana").settlement, [period(2, 4320, 5520)]);
}

#[test]
fn periods_follow_one_another_whenever_they_began() {
    for from in ["2026-11-30", "2026-12-14", "2026-11-02", "2027-02-22"] {
        let keys = format!("weeks = 2, from = '{from}', min_minutes = 4800, max_minutes = 4800");
        // The last week of three begins a period: after the plan, 1800 to 3000 of its 4800 are worked.
        let periods = sample(3, &keys).agent("ana").settlement;
        assert_eq!(periods, [period(2, 4320, 4320), period(1, 1800, 3000)], "{from}");
    }
}

#[test]
fn weeks_outside_the_plan_hold_anything_between_their_least_and_most() {
    // The week before held 1800 to 3000 of 4320.
    let second_half = sample(1, "weeks = 2, from = '2026-11-23', min_minutes = 4800, max_minutes = 4800");
    assert_eq!(second_half.agent("ana").settlement, [period(1, 1320, 2520)]);
    // Three weeks around hold 5400 to 9000 of 7980 − 480: nothing is owed now.
    let little = sample(1, "weeks = 4, from = '2026-11-16', min_minutes = 7980, max_minutes = 7980");
    assert_eq!(little.agent("ana").settlement, [period(1, 0, 2100)]);
}

#[test]
fn an_absence_outside_the_plan_is_credited_where_it_lies() {
    // Eight hours of the week before are credited: the period owes 3840, and that week held 1320 to 2520.
    let rows = b"agent,start,end,kind\nana,2026-11-27,2026-11-27,vacation\nana,2026-12-04,2026-12-04,vacation\n";
    let sample =
        sample(1, "weeks = 2, from = '2026-11-23', min_minutes = 4800, max_minutes = 4800").file("absences.csv", rows);
    assert_eq!(sample.agent("ana").settlement, [period(1, 1320, 2520)]);
}

#[test]
fn what_the_roster_before_the_plan_holds_is_known() {
    let sample = sample(1, "weeks = 2, from = '2026-11-23', min_minutes = 4800, max_minutes = 4800");
    // 4 × 8 + 3 hours are 2100 of 4320; 2220 are three shifts of 570 and one of 510.
    let worked = shifts("ana", &[(23, 8), (24, 8), (25, 8), (26, 8), (27, 3)]);
    assert_eq!(after(&sample, &worked), [period(1, 2220, 2220)]);
    // Bo's shift tells that Ana worked nothing that week: 4320 are owed, of which the plan's own holds 2520.
    assert_eq!(after(&sample, &shifts("bo", &[(23, 8)])), [period(1, 2520, 4320)]);
}

#[test]
fn a_roster_that_begins_within_a_week_does_not_hold_it() {
    let sample = sample(1, "weeks = 2, from = '2026-11-23', min_minutes = 4800, max_minutes = 4800");
    assert_eq!(after(&sample, &shifts("ana", &[(24, 8), (25, 8)])), [period(1, 1320, 2520)]);
}

#[test]
fn a_week_is_credited_no_more_than_its_share_of_the_period() {
    let rows = b"agent,start,end,kind\nana,2026-11-30,2026-12-06,vacation\n";
    let two = sample(2, "weeks = 2, from = '2026-11-30', min_minutes = 4800, max_minutes = 4800");
    assert_eq!(two.file("absences.csv", rows).agent("ana").settlement, [period(2, 2400, 2400)]);
}

#[test]
fn an_odd_credit_leaves_what_some_shifts_can_pay() {
    // Seven hours of 24 credit 140 minutes: 4660 are left, and shifts pay multiples of 30.
    let rows = b"agent,start,end,kind\nana,2026-12-04T08:00:00+01:00,2026-12-04T15:00:00+01:00,vacation\n";
    let two = sample(2, "weeks = 2, from = '2026-11-30', min_minutes = 4800, max_minutes = 4800");
    assert_eq!(two.file("absences.csv", rows).agent("ana").settlement, [period(2, 4650, 4660)]);
}

#[test]
fn partial_employment_owes_its_days_of_the_period() {
    // Bo is employed on 11 of 14 days: 2400 × 11/14 and, rounded up, 3600 × 11/14.
    let sample = SampleWorkspace::whole().with("workspace.toml", "weeks = 1", "weeks = 2").with(
        "workspace.toml",
        "max_days_per_week = 6",
        "max_days_per_week = 6\nsettlement = { weeks = 2, from = 2026-11-30 }",
    );
    assert_eq!(sample.agent("bo").settlement, [period(2, 1885, 2829)]);
}

#[test]
fn whoever_is_away_throughout_owes_nothing() {
    let sample = sample(1, "weeks = 1, from = '2026-11-30', min_minutes = 2400, max_minutes = 2400");
    let closed = sample.clone().scenario("s.toml", "[[site]]\nid = 'krakow'\nclosed = true\n");
    assert_eq!(closed.agent("ana").settlement, [period(1, 0, 0)]);
    let absent = sample.scenario("s.toml", "[factors]\nabsent_share = 1\n");
    assert_eq!(absent.agent("ana").settlement, [period(1, 0, 0)]);
}

#[test]
fn a_scenario_changes_the_period_key_by_key() {
    let sample = sample(2, "weeks = 2, from = '2026-11-30', min_minutes = 4800, max_minutes = 4800")
        .scenario("s.toml", "[[contract]]\nid = 'full'\nsettlement = { max_minutes = 5100 }\n");
    assert_eq!(sample.agent("ana").settlement, [period(2, 4320, 4620)]);
}

#[test]
fn periods_that_no_weeks_fill_are_refused() {
    let refused = |settlement: &str, expected: &str| {
        let found = sample(1, settlement).problems();
        assert_eq!(found, [format!("workspace.toml:118: `contract.settlement{expected}")], "after {settlement}");
    };
    refused("weeks = 0, from = 2026-11-30", ".weeks`: `0`: too small; accepted: a whole number from 1 to 53");
    refused("weeks = 2", ".from`: missing; accepted: a date YYYY-MM-DD from 1970 to 2199");
    refused(
        "weeks = 2, from = 2026-11-29",
        ".from`: `2026-11-29`: no week of the plan begins then: they begin on Mondays; accepted: a Monday, such as 2026-11-23 or 2026-11-30\n  hint: rule weeks are blocks of seven days from the plan's first day; see plan.start and --start",
    );
    refused(
        "weeks = 2, from = 2026-11-30, min_minutes = 6001",
        ".min_minutes`: `6001`: 2 weeks of max_hours_per_week hold less; accepted: at most 6000",
    );
    refused(
        "weeks = 2, from = 2026-11-30, max_minutes = 3599",
        ".max_minutes`: `3599`: 2 weeks of min_hours_per_week hold more; accepted: at least 3600",
    );
    refused(
        "weeks = 2, from = 2026-11-30, min_minutes = 4800, max_minutes = 4700",
        ".min_minutes`: `4800`: more than max_minutes; accepted: at most 4700",
    );
    refused(
        "weeks = 2, from = 2026-11-30, min_minutes = 4805, max_minutes = 4810",
        ".min_minutes`: `4805`: no shifts of 2 weeks pay between 80.08 and 80.17 hours; accepted: a range that holds 4800 or 4830 minutes\n  hint: the limits of each week hold besides; lengths are elapsed: unpaid breaks come off them",
    );
    refused(
        "weeks = 2, from = 2026-11-30, least = 1",
        ".least`: unknown key; accepted: from, max_minutes, min_minutes, weeks",
    );
}

#[test]
fn a_plan_moved_to_another_weekday_is_told_of_the_period() {
    let mut workspace = sample(1, "weeks = 2, from = 2026-11-30").loaded();
    let as_of = utc("2026-11-27T12:00:00Z");
    workspace.start = crate::workspace::PlanStart::Date("2026-12-02".parse().expect("a date"));
    let problems = workspace.workforce(&workspace.period(as_of), as_of).expect_err("off the weeks").to_string();
    assert!(problems.contains("they begin on Wednesdays; accepted: a Wednesday, such as 2026-11-25 or 2026-12-02"));
    let monday = sample(1, "weeks = 2, from = 2026-12-01").with("workspace.toml", "\"2026-11-30\"", "\"next-monday\"");
    assert!(monday.problems()[0].contains("a Monday, such as 2026-11-30 or 2026-12-07"));
}

#[test]
fn weeks_of_a_begun_period_that_no_roster_holds_are_told() {
    // The period of four weeks began on Monday 16 November: the plan holds its third week.
    let sample = sample(1, "weeks = 4, from = '2026-11-16', min_minutes = 9600, max_minutes = 9600");
    let (_, plan) = sample.workforce();
    let workspace = sample.loaded();
    let told = |rows: Option<String>| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("roster.csv");
        let earlier = rows.map(|rows| {
            std::fs::write(&path, format!("{HEADER}{rows}")).expect("written");
            workspace.earlier_roster(std::slice::from_ref(&path)).expect("a roster").expect("a file")
        });
        let told = workspace.unsettled_weeks(earlier.as_ref(), &plan);
        told.iter().map(ToString::to_string).collect::<Vec<String>>()
    };
    let unknown = |from: &str| format!("what was worked from {from} to 2026-11-29 is not known");
    let last = told(Some(shifts("ana", &[(23, 8)])));
    assert!(last.len() == 1 && last[0].contains(&unknown("2026-11-16").replace("11-29", "11-22")), "{last:?}");
    assert!(told(None)[0].contains(&unknown("2026-11-16")));
    assert_eq!(told(Some(shifts("ana", &[(16, 8), (23, 8)]))), [""; 0]);
}
