//! A roster of the plan's days, read back.

use super::sample::SampleWorkspace;
use crate::domain::roster::{Activity, ShiftStatus};
use crate::workspace::GivenRoster;

const HEADER: &str = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n";

fn read(table: &str) -> Result<GivenRoster, String> {
    let sample = SampleWorkspace::whole();
    let (workforce, period) = sample.workforce();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("roster.csv");
    std::fs::write(&path, table).expect("written");
    let prefix = format!("{}/", folder.path().display());
    let roster = sample.loaded().roster_from(&path, &workforce, &period);
    roster.map_err(|problems| problems.to_string().replace(&prefix, ""))
}

fn problems(rows: &str) -> String {
    read(&format!("{HEADER}{rows}")).expect_err("something is wrong")
}

#[test]
fn pieces_that_share_a_name_are_one_shift_wherever_they_stand_and_keep_their_status_and_lock() {
    let roster = read(&format!(
        "{HEADER}\
         bo,b,manila,2026-12-01,work,,2026-12-01T09:00:00+08:00,2026-12-01T13:00:00+08:00,240,published,true\n\
         ana,a,krakow,2026-11-30,work,,2026-11-30T12:30:00+01:00,2026-11-30T16:00:00+01:00,210,,\n\
         ana,a,krakow,2026-11-30,meal,,2026-11-30T12:00:00+01:00,2026-11-30T12:30:00+01:00,0,,\n\
         ana,a,krakow,2026-11-30,work,,2026-11-30T08:00:00+01:00,2026-11-30T12:00:00+01:00,240,,\n"
    ))
    .expect("a roster");
    assert_eq!(roster.warnings, []);
    let [ana, bo] = roster.shifts.as_slice() else { panic!("{:?}", roster.shifts) };
    assert_eq!((ana.id.as_str(), ana.status, ana.locked), ("a", ShiftStatus::Draft, false));
    let activities: Vec<Activity> = ana.pieces.iter().map(|piece| piece.activity).collect();
    assert_eq!(activities, [Activity::Work, Activity::Meal, Activity::Work]);
    assert_eq!((bo.id.as_str(), bo.status, bo.locked), ("b", ShiftStatus::Published, true));
}

#[test]
fn a_planners_own_file_needs_five_columns_and_a_shift_is_what_an_agent_works_on_a_date() {
    let roster = read(
        "agent,date,activity,start,end\n\
         ana,2026-11-30,work,2026-11-30T08:00:00+01:00,2026-11-30T12:00:00+01:00\n\
         ana,2026-11-30,work,2026-11-30T14:00:00+01:00,2026-11-30T18:00:00+01:00\n\
         ana,2026-12-01,work,2026-12-01T08:00:00+01:00,2026-12-01T12:00:00+01:00\n",
    )
    .expect("a roster");
    let told: Vec<(&str, usize)> = roster.shifts.iter().map(|shift| (shift.id.as_str(), shift.pieces.len())).collect();
    assert_eq!(told, [("ana-2026-11-30", 2), ("ana-2026-12-01", 1)]);
}

#[test]
fn every_row_that_cannot_be_used_is_named_at_once() {
    let all = problems(
        "anna,,krakow,2026-11-30,work,,2026-11-30T08:00:00Z,2026-11-30T12:00:00Z,,,\n\
         ana,,manila,2026-11-30,wurk,,2026-11-30T08:00:00,2026-11-30T12:00:00Z,x,sent,yes\n\
         bo,,manila,2026-12-01,work,chat,2026-12-01T01:07:00Z,2026-12-01T05:00:00Z,,,\n\
         ana,one,krakow,2026-12-02,work,,2026-12-02T08:00:00Z,2026-12-02T12:00:00Z,,draft,true\n\
         ana,one,krakow,2026-12-02,work,,2026-12-02T11:00:00Z,2026-12-02T13:00:00Z,,published,false\n\
         bo,one,manila,2026-12-02,work,,2026-12-02T14:00:00Z,2026-12-02T15:00:00Z,,draft,true\n\
         ana,two,krakow,2026-12-03,work,,2026-12-04T08:00:00Z,2026-12-04T12:00:00Z,,,\n\
         ana,three,krakow,2026-12-05,work,,2026-12-05T08:00:00Z,2026-12-05T08:00:00Z,,,\n\
         bo,four,manila,2026-12-04,work,,2026-12-04T01:00:00Z,2026-12-04T02:00:00Z,,,\n\
         bo,four,manila,2026-12-04,work,,2026-12-04T03:00:00Z,2026-12-04T04:00:00Z,,,\n\
         bo,four,manila,2026-12-04,work,,2026-12-04T05:00:00Z,2026-12-04T06:00:00Z,,,\n",
    );
    for told in [
        "roster.csv:2: `agent`: `anna`: unknown agent of the plan",
        "roster.csv:3: `activity`: `wurk`: not one of the words allowed here; accepted: work | break | meal",
        "roster.csv:3: `start`: `2026-11-30T08:00:00`: a local time, without an offset",
        "roster.csv:3: `site`: `manila`: `ana` works at another site; accepted: krakow",
        "roster.csv:3: `paid_minutes`: `x`: not a whole number",
        "roster.csv:3: `status`: `sent`: not one of the words allowed here; accepted: draft | published",
        "roster.csv:3: `locked`: `yes`: not one of the words allowed here; accepted: true | false",
        "roster.csv:4: `start`: `2026-12-01T01:07:00Z`: no interval of the plan starts or ends then",
        "roster.csv:4: `queues`: `chat`: `bo` lacks the skills of `chat`",
        "roster.csv:6: `start`: `2026-12-02T11:00:00Z`: begins before the piece on line 5 ends; accepted: 2026-12-02T13:00:00+01:00 or later",
        "roster.csv:6: `status`: `published`: the shift's row on line 5 has another status; accepted: draft",
        "roster.csv:6: `locked`: `false`: the shift's row on line 5 has another lock; accepted: true",
        "roster.csv:7: `agent`: `bo`: the shift's row on line 5 has another agent; accepted: ana",
        "roster.csv:8: `date`: `2026-12-03`: the shift starts on 2026-12-04 of its site; accepted: 2026-12-04",
        "roster.csv:12: `start`: `2026-12-04T05:00:00Z`: a second gap in the shift ends here",
        "roster.csv:9: `end`: `2026-12-05T08:00:00Z`: does not lie after `start`",
    ] {
        assert!(all.contains(told), "`{told}` is not in\n{all}");
    }
}

#[test]
fn rows_of_other_days_are_passed_over_and_told_and_so_is_what_follows_from_the_rest() {
    let row = |date: &str, queues: &str, paid: u32| {
        format!("ana,,krakow,{date},work,{queues},{date}T08:00:00Z,{date}T12:00:00Z,{paid},,\n")
    };
    let gone = "gone,,paris,2026-12-07,work,nothing,2026-12-07T08:03:00Z,2026-12-07T12:00:00Z,x,,\n".to_owned();
    let rows = [gone, row("2026-11-30", "orders", 240), row("2026-12-01", "", 200)].concat();
    let roster = read(&format!("{HEADER}{rows}")).expect("a roster");
    assert_eq!(roster.shifts.len(), 2);
    let warnings: Vec<String> = roster.warnings.iter().map(ToString::to_string).collect();
    for (warning, told) in warnings.iter().zip([
        "1 of its 3 rows are of shifts outside the plan, dated 2026-12-07 to 2026-12-07",
        "roster.csv:4: `paid_minutes`: not what the activity and its length come to",
        "roster.csv:3: `queues`: fewer than the agent's skills open",
    ]) {
        assert!(warning.contains(told), "`{told}` is not in `{warning}`");
    }
    assert_eq!(warnings.len(), 3);
    assert!(problems(&row("2026-11-29", "", 240)).contains("are passed over"), "nothing is left");
}
