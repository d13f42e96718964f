//! An earlier roster, read back.

use super::world::{World, utc};
use crate::domain::workforce::Carry;
use crate::workspace::carry_from;

const HEADER: &str = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n";

fn carried(rows: &str) -> Result<Vec<Carry>, String> {
    let (mut workforce, period) = World::whole().workforce();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("roster.csv");
    std::fs::write(&path, format!("{HEADER}{rows}")).expect("written");
    carry_from(&mut workforce, &path, &period).map_err(|problems| problems.to_string())?;
    Ok(workforce.agents.iter().map(|agent| agent.before.clone()).collect())
}

#[test]
fn the_last_end_and_the_run_of_days_carry_over() {
    let rows = "ana,s1,krakow,2026-11-26,work,orders,2026-11-26T07:00:00Z,2026-11-26T15:00:00Z,480,draft,\n\
        ana,s2,krakow,2026-11-28,work,orders,2026-11-28T07:00:00Z,2026-11-28T11:00:00Z,240,draft,\n\
        ana,s2,krakow,2026-11-28,meal,,2026-11-28T11:00:00Z,2026-11-28T11:30:00Z,0,draft,\n\
        ana,s3,krakow,2026-11-29,work,orders,2026-11-29T07:00:00Z,2026-11-29T15:00:00Z,480,draft,\n\
        ana,s4,krakow,2026-11-30,work,orders,2026-11-30T07:00:00Z,2026-11-30T15:00:00Z,480,draft,\n\
        gone,s5,krakow,2026-11-29,work,orders,2026-11-29T07:00:00Z,2026-11-29T15:00:00Z,480,draft,\n";
    let ana = Carry { last_end: Some(utc("2026-11-29T15:00:00Z")), run_of_days: 2, ..Carry::default() };
    assert_eq!(carried(rows), Ok(vec![ana, Carry::default()]));
}

#[test]
fn a_night_shift_that_ends_within_the_plan_is_carried_piece_by_piece() {
    // The plan begins on Monday at 00:00 in Warsaw, which is 23:00 UTC of Sunday.
    let rows = "ana,s3,krakow,2026-11-29,work,orders,2026-11-30T02:30:00+01:00,2026-11-30T06:00:00+01:00,210,draft,\n\
        ana,s3,krakow,2026-11-29,meal,,2026-11-30T02:00:00+01:00,2026-11-30T02:30:00+01:00,0,draft,\n\
        ana,s3,krakow,2026-11-29,work,orders,2026-11-29T22:00:00+01:00,2026-11-30T02:00:00+01:00,240,draft,\n";
    let carried = carried(rows).expect("a roster");
    let shown: Vec<(&str, bool)> = carried[0]
        .tail
        .iter()
        .map(|piece| (piece.activity.name(), piece.span.until < utc("2026-11-30T01:30:00Z")))
        .collect();
    assert_eq!(shown, [("work", true), ("meal", false), ("work", false)]);
    assert_eq!(carried[0].present().map(|span| span.from), Some(utc("2026-11-29T21:00:00Z")));
    assert_eq!(carried[0].at_work().count(), 2);
}

#[test]
fn a_roster_of_the_same_week_is_refused() {
    let rows = "ana,s4,krakow,2026-11-30,work,orders,2026-11-30T07:00:00Z,2026-11-30T15:00:00Z,480,draft,\n";
    let problem = carried(rows).expect_err("no shift before the plan");
    assert!(problem.ends_with("no shift is dated before the plan, which begins on 2026-11-30\n  hint: --after takes the roster of the days before the plan"));
}

#[test]
fn a_row_that_cannot_be_read_is_told() {
    let problem =
        carried("ana,s4,krakow,yesterday,work,,2026-11-29T07:00:00Z,noon,480,draft,\n").expect_err("two problems");
    assert!(problem.contains("roster.csv:2: `date`: `yesterday`: not a date"));
    assert!(problem.contains("roster.csv:2: `end`: `noon`: not an instant"));
}
