//! What a plan sees of the people: blocks, minutes owed, wishes and groups, clock changes included.

use super::sample::{SampleWorkspace, utc};
use crate::domain::span::Span;
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::{Agent, BlockReason, WeekMinutes};

fn span(from: &str, until: &str) -> Span {
    Span { from: utc(from), until: utc(until) }
}

fn spans(agent: &Agent, reason: &BlockReason) -> Vec<Span> {
    agent.blocks.iter().filter(|block| block.reason == *reason).map(|block| block.span).collect()
}

fn week(min: i64, max: i64) -> WeekMinutes {
    WeekMinutes { min: Minutes::new(min), max: Minutes::new(max) }
}

#[test]
fn only_those_employed_in_the_plan_are_rostered() {
    let (workforce, _) = SampleWorkspace::whole().workforce();
    assert_eq!(workforce.agents.iter().map(|agent| agent.id.as_str()).collect::<Vec<_>>(), ["ana", "bo"]);
}

#[test]
fn an_agent_with_available_rows_works_only_then() {
    // Bo in Manila (UTC+8) is available on Mondays 09–18 and on Fridays from 22 to Saturday 06; from Thursday employed.
    let bo = SampleWorkspace::whole().agent("bo");
    let off = [
        span("2026-11-29T16:00:00Z", "2026-11-30T01:00:00Z"),
        span("2026-11-30T10:00:00Z", "2026-12-04T14:00:00Z"),
        span("2026-12-04T22:00:00Z", "2026-12-07T01:00:00Z"),
        span("2026-12-07T10:00:00Z", "2026-12-07T16:00:00Z"),
    ];
    assert_eq!(spans(&bo, &BlockReason::Unavailable), off);
    let not_yet = span("2026-11-29T16:00:00Z", "2026-12-02T16:00:00Z");
    assert_eq!(spans(&bo, &BlockReason::NotEmployed), [not_yet]);
}

#[test]
fn a_date_on_which_an_agent_is_available_closes_no_other() {
    // Ana in Kraków (UTC+1) can come on Wednesday from noon on; of the other days nothing is said.
    let rows = b"agent,day,from,until,kind\nana,2026-12-02,12:00,24:00,available\n";
    let ana = SampleWorkspace::whole().file("availability.csv", rows).agent("ana");
    let morning = span("2026-12-01T23:00:00Z", "2026-12-02T11:00:00Z");
    assert_eq!(spans(&ana, &BlockReason::Unavailable), [morning]);
    // Where weekdays are told, the date is an exception to its own: here from noon on instead of in the morning.
    let rows = b"agent,day,from,until,kind\nana,wed,08:00,12:00,available\nana,2026-12-02,12:00,24:00,available\n";
    let ana = SampleWorkspace::whole().file("availability.csv", rows).agent("ana");
    let off =
        [span("2026-11-29T23:00:00Z", "2026-12-02T11:00:00Z"), span("2026-12-02T23:00:00Z", "2026-12-07T23:00:00Z")];
    assert_eq!(spans(&ana, &BlockReason::Unavailable), off);
}

#[test]
fn half_a_date_off_is_credited_half_of_what_a_date_is() {
    // Eight hours for a whole date are four for 12 of its 24 hours. Of 40 hours 36 are left: four shifts of nine hours.
    let rows = b"agent,start,end,kind\nana,2026-12-03T00:00:00+01:00,2026-12-03T12:00:00+01:00,vacation\n";
    assert_eq!(SampleWorkspace::whole().file("absences.csv", rows).agent("ana").weeks, [week(36 * 60, 36 * 60)]);
}

#[test]
fn a_week_of_partial_employment_owes_its_days() {
    // Thursday to Sunday are 4 of 7 days: 20 × 4/7 = 11 h 25 and, rounded up, 30 × 4/7 = 17 h 09.
    assert_eq!(SampleWorkspace::whole().agent("bo").weeks, [week(685, 1029)]);
}

#[test]
fn a_day_of_absence_is_credited_and_blocked() {
    let ana = SampleWorkspace::whole().agent("ana");
    assert_eq!(spans(&ana, &BlockReason::Absent(crate::domain::ids::AbsenceKindId::new("vacation"))).len(), 1);
    assert_eq!(ana.weeks, [week(32 * 60, 32 * 60)]);
}

#[test]
fn dates_of_absence_are_both_included_and_overlaps_count_once() {
    let rows = b"agent,start,end,kind\nana,2026-12-03,2026-12-04,vacation\nana,2026-12-04T00:00:00+01:00,2026-12-04T12:00:00+01:00,vacation\n";
    assert_eq!(SampleWorkspace::whole().file("absences.csv", rows).agent("ana").weeks, [week(24 * 60, 24 * 60)]);
}

#[test]
fn a_week_is_credited_at_most_what_it_owes() {
    let rows = b"agent,start,end,kind\nana,2026-11-30,2026-12-06,vacation\n";
    assert_eq!(SampleWorkspace::whole().file("absences.csv", rows).agent("ana").weeks, [week(0, 0)]);
}

#[test]
fn an_odd_credit_leaves_what_some_shifts_can_pay() {
    // Seven hours of Friday off credit 7/24 of 480 = 140 minutes: 2260 are left, and the shifts of 450, 480, 510 and
    // 570 paid minutes add up to no more than 2250 below that.
    let rows = b"agent,start,end,kind\nana,2026-12-04T08:00:00+01:00,2026-12-04T15:00:00+01:00,vacation\n";
    assert_eq!(SampleWorkspace::whole().file("absences.csv", rows).agent("ana").weeks, [week(2250, 2260)]);
}

#[test]
fn an_absence_not_known_yet_does_not_exist() {
    let rows = b"agent,start,end,kind,known_from\nana,2026-12-03,2026-12-04,vacation,2026-11-28T00:00:00Z\n";
    let sample = SampleWorkspace::whole().file("absences.csv", rows);
    assert_eq!(sample.agent("ana").weeks, [week(40 * 60, 40 * 60)]);
    let workspace = sample.loaded();
    let (as_of, period) = (utc("2026-11-27T12:00:00Z"), workspace.period(utc("2026-11-27T12:00:00Z")));
    let told = workspace.period_warnings(&period, as_of, None)[0].to_string();
    assert!(
        told.ends_with("absences.csv:2: `known_from`: `2026-11-28T01:00:00+01:00`: known only after 2026-11-27T13:00:00+01:00, as of which the plan is made: ana may be rostered when away\n  hint: known already? --as-of 2026-11-28T01:00:00+01:00 --start 2026-11-30 plans with that"),
        "{told}"
    );
    // Who asks for an instant gets what was known then.
    assert_eq!(workspace.period_warnings(&period, as_of, Some(as_of)), []);
    assert_eq!(workspace.period_warnings(&period, utc("2026-11-28T00:00:00Z"), None), []);
}

#[test]
fn a_site_is_closed_outside_its_hours() {
    // Kraków opens Monday to Saturday 06–22, in winter 05–21 UTC.
    let closed = spans(&SampleWorkspace::whole().agent("ana"), &BlockReason::SiteClosed);
    assert_eq!(closed[0], span("2026-11-29T23:00:00Z", "2026-11-30T05:00:00Z"));
    assert_eq!(closed[6], span("2026-12-05T21:00:00Z", "2026-12-07T05:00:00Z"));
}

#[test]
fn days_of_clock_change_are_as_long_as_they_are() {
    // The week of 19 October 2026 ends with a Sunday of 25 hours; a Sunday off and a night over the change.
    let sample = SampleWorkspace::whole()
        .with("workspace.toml", "\"2026-11-30\"", "\"2026-10-19\"")
        .with("workspace.toml", "mon-sat = \"06:00-22:00\"", "daily = \"00:00-24:00\"")
        .file("preferences.csv", b"agent,day,from,until,kind,weight\nana,sun,,,off,1\n")
        .file("availability.csv", b"agent,day,from,until,kind\nana,sat,22:00,06:00,unavailable\n")
        .file(
            "absences.csv",
            b"agent,start,end,kind\nana,2026-10-25T00:00:00+02:00,2026-10-25T12:30:00+01:00,vacation\n",
        );
    let ana = sample.agent("ana");
    assert_eq!(ana.wishes[0].span.length(), Minutes::hours(25));
    // The rows of a weekday reach into the plan from the evening before it.
    assert_eq!(spans(&ana, &BlockReason::Unavailable)[0], span("2026-10-24T20:00:00Z", "2026-10-25T05:00:00Z"));
    // 13.5 of 25 hours: 0.54 × 480 = 259 minutes credited of 2400, and 2130 is the most that shifts pay up to 2141.
    assert_eq!(ana.weeks, [week(2130, 2141)]);
}

#[test]
fn wishes_are_dated_and_priced() {
    let ana = SampleWorkspace::whole().agent("ana");
    let prices: Vec<Money> = ana.wishes.iter().map(|wish| wish.price).collect();
    assert_eq!(prices, [Money::rounded(7.5), Money::rounded(30.0)]);
    assert_eq!(ana.wishes[0].span, span("2026-12-01T07:00:00Z", "2026-12-01T11:00:00Z"));
}

#[test]
fn a_wish_about_blocked_time_is_left_out() {
    let rows = b"agent,day,from,until,kind,weight\nana,fri,,,work,1\nana,sun,,,off,1\n";
    assert_eq!(SampleWorkspace::whole().file("preferences.csv", rows).agent("ana").wishes, []);
}

#[test]
fn a_contact_goes_at_the_pace_of_its_slowest_skill() {
    let (workforce, _) = SampleWorkspace::whole().workforce();
    let able = |group: usize| -> Vec<(usize, f64, u32)> {
        workforce.groups[group]
            .abilities
            .iter()
            .map(|of| (of.queue.0, (of.speed * 1e6).round() / 1e6, of.priority))
            .collect()
    };
    // Chat needs orders (1.1) and chat (0.8): 0.8, and three chats at once where the queue assumes two.
    assert_eq!(able(0), [(0, 1.1, 1), (1, 1.2, 2), (2, 1.1, 1), (3, 1.1, 1)]);
    assert_eq!(able(1), [(0, 1.0, 1), (2, 1.0, 1), (3, 1.0, 1)]);
}

#[test]
fn a_skill_must_hold_throughout_the_plan() {
    let sample = SampleWorkspace::whole().with("skills.csv", "0.8,3,,", "0.8,3,2026-12-01,");
    let (workforce, period) = sample.workforce();
    assert_eq!(workforce.agents[0].skills.len(), 1);
    let warnings = sample.loaded().period_warnings(&period, period.grid().start(), None);
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0]
            .to_string()
            .ends_with("skills.csv:2: `skill`: `chat`: the skill begins or ends within the plan and is not used in it\n  hint: plan the weeks before and after it apart with --start and --weeks")
    );
}
