//! Honest exit codes: usage, input (every problem at once), no legal roster.

use std::fs;

use crate::program::{Shop, assert_exit, run, stderr};

#[test]
fn usage_errors_exit_with_2() {
    assert_exit(&run(["plan"]), 2);
    assert_exit(&run(["plan", "here", "--as-of", "yesterday"]), 2);
    assert_exit(&run(["dance"]), 2);
}

#[test]
fn every_problem_of_every_file_stands_in_one_report() {
    let shop = Shop::new();
    shop.edit("workspace.toml", |text| text.replacen("weeks = 1", "weeks = -1", 1));
    shop.edit("agents.csv", |text| text + "z1,Zoe,krakov,full,orders,junior,12,,\n");
    let output = run([std::ffi::OsStr::new("check"), shop.dir().as_os_str()]);
    assert_exit(&output, 3);
    let said = stderr(&output);
    let agents = fs::read_to_string(shop.dir().join("agents.csv")).unwrap().lines().count();
    assert!(said.contains("`plan.weeks`") && said.contains("-1"), "{said}");
    assert!(said.contains(&format!("agents.csv:{agents}")) && said.contains("krakov"), "{said}");
    assert!(said.contains("hint:"), "{said}");
}

#[test]
fn check_changes_nothing_and_exits_with_0_on_a_sound_workspace() {
    let shop = Shop::new();
    let before = crate::program::contents(&shop.dir());
    assert_exit(&run([std::ffi::OsStr::new("check"), shop.dir().as_os_str()]), 0);
    assert_eq!(crate::program::contents(&shop.dir()), before);
}

#[test]
fn a_missing_workspace_is_an_input_problem() {
    let output = run(["check", "no-such-folder"]);
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("no-such-folder"), "{}", stderr(&output));
}

#[test]
fn an_agent_whose_minutes_cannot_be_worked_is_named() {
    let shop = Shop::new();
    let agents = fs::read_to_string(shop.dir().join("agents.csv")).unwrap();
    let mut row = agents.lines().nth(1).unwrap().split(',');
    let (agent, contract) = (row.next().unwrap().to_owned(), row.nth(2).unwrap().to_owned());
    // Available on Mondays for two hours only: no contract's week fits into that.
    shop.edit("availability.csv", |_| format!("agent,day,from,until,kind\n{agent},mon,09:00,11:00,available\n"));
    let output = shop.plan(&[]);
    assert_exit(&output, 4);
    let said = stderr(&output);
    assert!(said.contains(&agent) && said.contains("weekly minutes"), "{said}");
    assert!(said.contains("\n  hint: set by `min_hours_per_week` and `max_hours_per_week`"), "{said}");
    assert!(said.contains(&format!("; contract `{contract}`\n")), "{said}");
    assert!(!shop.out().exists(), "OUT was written");

    // Whoever only checks is told the same.
    let checked = run([std::ffi::OsStr::new("check"), shop.dir().as_os_str()]);
    assert_exit(&checked, 4);
    let conflict = said.lines().find(|line| line.starts_with(&format!("{agent}: "))).unwrap();
    assert!(stderr(&checked).contains(conflict), "{}", stderr(&checked));
}

#[test]
fn a_repair_that_is_told_lets_the_workspace_plan() {
    let shop = Shop::new();
    let agents = fs::read_to_string(shop.dir().join("agents.csv")).unwrap();
    let row = agents.lines().find(|row| row.contains(",pl_full,")).expect("somebody with the usual contract");
    let agent = row.split(',').next().unwrap().to_owned();
    // Monday to Thursday are left: four days of nine paid hours are 36 of the 40 owed.
    let away = |day: &str| format!("{agent},{day},00:00,24:00,unavailable\n");
    let days = ["fri", "sat", "sun"].map(away).concat();
    shop.edit("absences.csv", |text| text.lines().take(1).map(|header| header.to_owned() + "\n").collect());
    shop.edit("availability.csv", |_| "agent,day,from,until,kind\n".to_owned() + &days);
    let output = shop.plan(&[]);
    assert_exit(&output, 4);
    let said = stderr(&output);
    assert!(said.contains("\n  repair: `min_hours_per_week` 40 → 36; pay may become "), "{said}");
    let free = said.split_once("\n  or: available all day on ").expect("a day more").1;
    let free: &str = free.split_once(';').unwrap().0;

    // For machines the same, each repair with its change.
    let json = run([std::ffi::OsStr::new("--log-format"), "json".as_ref(), "check".as_ref(), shop.dir().as_os_str()]);
    assert_exit(&json, 4);
    let lines = stderr(&json);
    assert!(lines.contains(r#""what":"`min_hours_per_week` 40 → 36""#) && lines.contains(r#""way_out":[{"#), "{lines}");

    // Available on the day that was told.
    shop.edit("availability.csv", |text| text + &format!("{agent},{free},00:00,24:00,available\n"));
    shop.edit("availability.csv", |text| {
        let weekday = free.parse::<chrono::NaiveDate>().unwrap().format("%a").to_string().to_lowercase();
        text.replace(&format!("{agent},{weekday},00:00,24:00,unavailable\n"), "")
    });
    assert_exit(&shop.plan(&[]), 0);

    // Or owing as many hours as were told, by a contract of their own.
    shop.edit("availability.csv", |_| "agent,day,from,until,kind\n".to_owned() + &days);
    shop.edit("agents.csv", |text| text.replace(row, &row.replace(",pl_full,", ",fewer,")));
    shop.edit("workspace.toml", |text| {
        let start = text.find("[[contract]]\nid = \"pl_full\"").unwrap();
        let own = text[start + 1..].find("[[").map_or(&text[start..], |end| &text[start..=start + end]);
        let fewer =
            own.replace("\"pl_full\"", "\"fewer\"").replace("min_hours_per_week = 40", "min_hours_per_week = 36");
        format!("{text}\n{fewer}")
    });
    fs::remove_dir_all(shop.out()).unwrap();
    assert_exit(&shop.plan(&[]), 0);
}

#[test]
fn init_never_writes_into_a_folder_in_use() {
    let shop = Shop::new();
    let output = run([std::ffi::OsStr::new("init"), shop.dir().as_os_str()]);
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("not an empty folder"));
}

#[test]
fn local_times_without_a_zone_are_refused_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let history = folder.path().join("calls.csv");
    fs::write(&history, "queue,start,offered\nmain,2026-03-02T09:00:00,5\n").unwrap();
    fs::write(
        folder.path().join("workspace.toml"),
        r#"
[plan]
start = "2026-03-09"
weeks = 1
interval_minutes = 30
timezone = "Europe/Warsaw"
currency = "EUR"
[history]
files = ["calls.csv"]
[[queue]]
id = "main"
channel = "voice"
goal = { share = 0.8, within_s = 20 }
aht_s = 200
[[queue.region]]
id = "pl"
timezone = "Europe/Warsaw"
hours = { mon-fri = "08:00-18:00" }
"#,
    )
    .unwrap();
    let output = run([std::ffi::OsStr::new("check"), folder.path().as_os_str()]);
    assert_exit(&output, 3);
    let said = stderr(&output);
    assert!(said.contains("calls.csv:2") && said.contains("`start`") && said.contains("2026-03-02T09:00:00"), "{said}");
    assert!(said.contains("timezone"), "the hint should say how to name a zone: {said}");
}
