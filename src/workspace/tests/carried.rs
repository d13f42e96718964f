//! An earlier roster, read back.

use super::sample::{SampleWorkspace, utc};
use crate::domain::workforce::Carry;
use crate::workspace::GivenFiles;

const HEADER: &str = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n";

fn carried(rows: &str) -> Result<Vec<Carry>, String> {
    carried_with_warnings(rows).map(|(carried, _)| carried)
}

fn carried_with_warnings(rows: &str) -> Result<(Vec<Carry>, Vec<String>), String> {
    let (mut workforce, period) = SampleWorkspace::whole().workforce();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("roster.csv");
    std::fs::write(&path, format!("{HEADER}{rows}")).expect("written");
    let workspace = SampleWorkspace::whole().loaded();
    let earlier = workspace.earlier_roster(&[path]).map_err(|problems| problems.to_string())?.expect("a file");
    workspace
        .carry_over(&earlier, &mut workforce, &period, utc("2026-11-27T12:00:00Z"))
        .map_err(|problems| problems.to_string())?;
    let carried = workforce.agents.iter().map(|agent| agent.before.clone()).collect();
    let warnings = earlier
        .warnings
        .iter()
        .map(ToString::to_string)
        .chain(earlier.gap_before(&period).map(|warning| warning.to_string()));
    Ok((carried, warnings.collect()))
}

#[test]
fn the_last_end_and_the_run_of_days_carry_over() {
    let rows = "ana,s1,krakow,2026-11-26,work,orders,2026-11-26T07:00:00Z,2026-11-26T15:00:00Z,480,draft,\n\
        ana,s2,krakow,2026-11-28,work,orders,2026-11-28T07:00:00Z,2026-11-28T11:00:00Z,240,draft,\n\
        ana,s2,krakow,2026-11-28,meal,,2026-11-28T11:00:00Z,2026-11-28T11:30:00Z,0,draft,\n\
        ana,s3,krakow,2026-11-29,work,orders,2026-11-29T07:00:00Z,2026-11-29T15:00:00Z,480,draft,\n\
        ana,s4,krakow,2026-11-30,work,orders,2026-11-30T07:00:00Z,2026-11-30T15:00:00Z,480,draft,\n\
        gone,s5,krakow,2026-11-29,work,orders,2026-11-29T07:00:00Z,2026-11-29T15:00:00Z,480,draft,\n";
    let ana = Carry { last_end: Some(utc("2026-11-29T15:00:00Z")), run_of_days: 2, sundays: 1, ..Carry::default() };
    assert_eq!(carried(rows), Ok(vec![ana, Carry::default()]));
}

#[test]
fn sundays_are_counted_back_from_the_last() {
    let row =
        |date: &str| format!("ana,{date},krakow,{date},work,orders,{date}T07:00:00Z,{date}T15:00:00Z,480,draft,\n");
    let rows = |dates: &[&str]| dates.iter().map(|date| row(date)).collect::<String>();
    let sundays = |dates: &[&str]| carried(&rows(dates)).expect("a roster")[0].sundays;
    assert_eq!(sundays(&["2026-11-15", "2026-11-22", "2026-11-29"]), 3);
    assert_eq!(sundays(&["2026-11-08", "2026-11-22", "2026-11-29"]), 2);
    assert_eq!(sundays(&["2026-11-22", "2026-11-28"]), 0);
}

#[test]
fn a_week_without_a_roster_before_the_plan_is_told() {
    let row =
        |date: &str| format!("ana,{date},krakow,{date},work,orders,{date}T07:00:00Z,{date}T15:00:00Z,480,draft,\n");
    let warnings = |date: &str| carried_with_warnings(&row(date)).expect("a roster").1;
    assert_eq!(warnings("2026-11-23"), Vec::<String>::new());
    assert!(warnings("2026-11-22")[0].contains("dated 2026-11-22, 7 days before it begins"));
}

#[test]
fn several_rosters_are_one_and_a_row_of_two_counts_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, dates: &[&str]| {
        let row = |date: &&str| {
            format!("ana,{date},krakow,{date},work,orders,{date}T07:00:00Z,{date}T15:00:00Z,480,draft,\n")
        };
        let path = folder.path().join(name);
        std::fs::write(&path, HEADER.to_owned() + &dates.iter().map(row).collect::<String>()).expect("written");
        path
    };
    let workspace = SampleWorkspace::whole().loaded();
    let read = |files: &[std::path::PathBuf]| format!("{:?}", workspace.earlier_roster(files).expect("rosters"));
    let (one, two) = (file("1.csv", &["2026-11-27", "2026-11-28"]), file("2.csv", &["2026-11-28", "2026-11-29"]));
    let whole = file("2.csv.whole", &["2026-11-27", "2026-11-28", "2026-11-29"]);
    assert_eq!(read(&[one, two]), read(std::slice::from_ref(&whole)).replace("2.csv.whole", "2.csv"));
    assert_eq!(read(&[]), "None");
    let again = workspace.earlier_roster(&[whole.clone(), whole]).expect("rosters").expect("a roster");
    assert!(again.warnings[0].to_string().contains("--after names it twice"), "{:?}", again.warnings);
}

#[test]
fn days_off_are_counted_from_the_last_shift() {
    // Off on Friday the 27th, Saturday and Sunday.
    let rows = "ana,s1,krakow,2026-11-26,work,orders,2026-11-26T07:00:00Z,2026-11-26T15:00:00Z,480,draft,\n";
    let last_end = Some(utc("2026-11-26T15:00:00Z"));
    let ana = Carry { last_end, days_off: 3, ..Carry::default() };
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
    assert_eq!(carried[0].present().next().map(|span| span.from), Some(utc("2026-11-29T21:00:00Z")));
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

#[test]
fn rows_of_strangers_are_warned_of_and_a_roster_of_strangers_is_refused() {
    let of = |agent: &str| {
        format!("{agent},s1,krakow,2026-11-29,work,orders,2026-11-29T07:00:00Z,2026-11-29T15:00:00Z,480,draft,\n")
    };
    // Cy left a year ago and is in agents.csv all the same.
    let (_, warnings) = carried_with_warnings(&(of("ana") + &of("cy") + &of("gone"))).expect("a roster");
    assert_eq!(warnings.len(), 1);
    assert!(
        warnings[0].ends_with(
            "roster.csv: `agent`: `gone`: 1 of its 3 agents are not in the workspace\n  hint: they are passed over: who has left needs no rest"
        ),
        "{warnings:?}"
    );
    let problem = carried(&(of("gone") + &of("away"))).expect_err("nobody of ours");
    assert!(problem.ends_with(
        "`away`: 2 of its 2 agents are not in the workspace\n  hint: --after takes a roster of this workspace"
    ));
}

#[test]
fn a_shift_that_ends_before_it_begins_is_refused() {
    let row = "ana,s1,krakow,2026-11-29,work,orders,2026-11-29T15:00:00Z,2026-11-29T07:00:00Z,480,draft,\n";
    let problem = carried(row).expect_err("backwards");
    assert!(problem.ends_with("roster.csv:2: `end`: `2026-11-29T07:00:00Z`: does not lie after `start`; accepted: an instant after `start`"), "{problem}");
}

#[test]
fn a_file_that_an_option_names_and_that_is_not_there_is_told_with_the_option() {
    let workspace = SampleWorkspace::whole().loaded();
    let period = workspace.period(utc("2026-11-27T12:00:00Z"));
    let nowhere = Some(std::path::Path::new("no/such.csv"));
    let after = [std::path::PathBuf::from("no/such.csv")];
    let given = GivenFiles { after: &after, forecast: nowhere, requirement: nowhere, roster: nowhere };
    let problems = workspace.check_given(&given, &period, &[]).expect_err("no files");
    let hints: Vec<&str> = problems.iter().filter_map(|problem| problem.hint.as_deref()).collect();
    let tail = "takes the path of a file, seen from the folder in which the command is run";
    assert_eq!(hints, ["--after", "--forecast", "--requirement", "--roster"].map(|option| format!("{option} {tail}")));
}

#[test]
fn a_requirement_is_checked_without_a_run() {
    let workspace = SampleWorkspace::whole().loaded();
    let period = workspace.period(utc("2026-11-27T12:00:00Z"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("requirement.csv");
    std::fs::write(&path, "queue,start,agents_net\noders,2026-11-30T07:00:00Z,4\norders,2026-11-30T07:15:00Z,many\n")
        .expect("written");
    let given = GivenFiles { requirement: Some(&path), ..GivenFiles::default() };
    let problems = workspace.check_given(&given, &period, &[]).expect_err("two problems").to_string();
    assert!(problems.contains("did you mean `orders`?") && problems.contains("`many`: not a number"), "{problems}");
}
