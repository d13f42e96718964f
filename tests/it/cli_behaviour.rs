//! OUT exchanged whole, the lock, silence, logs, and the same bytes for the same input.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use obsada::output::folder::OutFolder;

use crate::program::{self, Shop, assert_exit, contents, stderr};

#[test]
fn a_plan_leaves_every_file_of_the_contract() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let files = contents(&shop.out());
    for name in [
        "forecast.csv",
        "requirement.csv",
        "roster.csv",
        "payroll.csv",
        "coverage.csv",
        "cleaning.csv",
        "summary.json",
        "plan.json",
        "report.html",
    ] {
        assert!(files.keys().any(|path| path.as_os_str() == name), "{name} is missing among {:?}", files.keys());
    }
    for ending in ["svg", "png"] {
        let charts =
            files.keys().filter(|path| path.starts_with("charts") && path.extension().is_some_and(|e| e == ending));
        assert!(charts.count() >= 4, "charts as {ending}");
    }
    assert!(shop.out().join("run.json").exists());
    let summary: serde_json::Value = serde_json::from_slice(&files[std::path::Path::new("summary.json")]).unwrap();
    assert_eq!(summary["roster"]["violations"], 0);
    assert!(summary["roster"]["bound"].as_f64().unwrap() <= summary["roster"]["objective"].as_f64().unwrap());
}

#[test]
fn the_same_input_gives_the_same_bytes_on_one_thread_and_on_two() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--threads", "1"]), 0);
    let alone = contents(&shop.out());
    assert_exit(&shop.plan(&["--threads", "2"]), 0);
    let together = contents(&shop.out());
    assert_eq!(alone.keys().collect::<Vec<_>>(), together.keys().collect::<Vec<_>>());
    for (name, bytes) in &alone {
        assert!(*bytes == together[name], "{} differs between --threads 1 and 2", name.display());
    }
}

#[test]
fn a_killed_run_leaves_out_as_it_was() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let before = contents(&shop.out());

    // Work for hours, killed once the roster stage has begun: the end of `staffing` is logged just before.
    let mut child = shop
        .command("plan")
        .args(["--work", "1000000000", "--seed", "9", "--log-format", "json"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let reached = lines.map_while(Result::ok).any(|line| line.contains("\"stage\":\"staffing\""));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(reached, "the run never came as far as the roster");
    assert_eq!(contents(&shop.out()), before);

    // And the next run neither stumbles over what was left behind nor leaves it there.
    assert_exit(&shop.plan(&["--quiet"]), 0);
    assert_eq!(contents(&shop.out()), before);
    let parent = shop.out().parent().unwrap().to_owned();
    let mut left: Vec<_> = fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["out", "shop"]);
}

#[test]
fn a_failed_run_leaves_out_as_it_was() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let before = contents(&shop.out());
    shop.edit("agents.csv", |text| text + "x,X,nowhere,full,orders,junior,12,,\n");
    assert_exit(&shop.plan(&["--quiet"]), 3);
    assert_eq!(contents(&shop.out()), before);
}

#[test]
fn out_is_held_by_one_run_at_a_time() {
    let shop = Shop::new();
    let held = OutFolder::open(&shop.out(), &[]).unwrap();
    let output = shop.plan(&[]);
    assert_exit(&output, 5);
    assert!(stderr(&output).contains("out"), "{}", stderr(&output));
    drop(held);
    assert_exit(&shop.plan(&["--quiet"]), 0);
}

#[test]
fn a_roster_edited_by_hand_is_not_replaced_unless_it_is_the_one_to_plan_with() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let path = shop.out().join("roster.csv");
    let edited = fs::read_to_string(&path).unwrap().replace("draft", "published");
    fs::write(&path, &edited).unwrap();
    let refused = shop.plan(&[]);
    assert_exit(&refused, 3);
    assert!(stderr(&refused).contains("roster.csv` has changed since"), "{}", stderr(&refused));
    // Living through a roster writes none.
    assert_exit(&shop.command("simulate").arg("--roster").arg(&path).output().unwrap(), 3);
    assert_eq!(fs::read_to_string(&path).unwrap(), edited);
    assert_exit(&shop.plan(&["--roster", path.to_str().unwrap()]), 0);
    assert!(fs::read_to_string(&path).unwrap().contains("published"));
}

#[test]
fn the_same_workspace_gives_the_same_bytes_however_its_path_is_typed() {
    let shop = Shop::new();
    // A warning that names its file, and one of a roster brought along.
    shop.edit("skills.csv", |text| {
        text.replacen("a001,orders,1,1", "a001,orders,1,1,,2026-12-02,", 1).replacen(
            "speed",
            "speed,concurrency,from,until",
            1,
        )
    });
    shop.edit("skills.csv", |text| {
        let rows = text
            .lines()
            .map(|row| if row.matches(',').count() == 3 { format!("{row},,,\n") } else { format!("{row}\n") });
        rows.collect()
    });
    let elsewhere = shop.dir().with_file_name("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(
        elsewhere.join("before.csv"),
        "agent,date,activity,start,end\na001,2026-11-10,work,2026-11-10T08:00:00Z,2026-11-10T16:00:00Z\n",
    )
    .unwrap();
    let planned = |here: &std::path::Path, dir: &str, after: &str| {
        let mut run = program::obsada();
        run.current_dir(here).args(["plan", dir, "--after", after, "--work", "50", "--out"]).arg(shop.out());
        assert_exit(&run.output().unwrap(), 0);
        contents(&shop.out())
    };
    let first = planned(&shop.dir(), ".", "../elsewhere/before.csv");
    let plan = String::from_utf8(first[std::path::Path::new("plan.json")].clone()).unwrap();
    assert!(
        plan.contains("\"name\": \"shop\"") && plan.contains("skills.csv:2") && plan.contains("\"before.csv"),
        "{plan}"
    );
    let absolute = elsewhere.join("before.csv");
    for (here, dir, after) in
        [(&elsewhere, "../shop/", "before.csv"), (&elsewhere, "../elsewhere/../shop", absolute.to_str().unwrap())]
    {
        let other = planned(here, dir, after);
        for (name, bytes) in &first {
            assert!(*bytes == other[name], "{} differs when `{dir}` is typed", name.display());
        }
    }
}

#[test]
fn a_folder_that_is_not_ours_is_never_replaced() {
    let shop = Shop::new();
    fs::create_dir(shop.out()).unwrap();
    fs::write(shop.out().join("thesis.txt"), "two years of work").unwrap();
    let output = shop.plan(&[]);
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("thesis.txt"), "{}", stderr(&output));
    assert_eq!(fs::read_to_string(shop.out().join("thesis.txt")).unwrap(), "two years of work");
}

#[test]
fn quiet_says_nothing_and_no_bar_is_drawn_without_a_terminal() {
    let shop = Shop::new();
    let quiet = shop.plan(&["--quiet"]);
    assert_exit(&quiet, 0);
    assert_eq!((stderr(&quiet).as_str(), quiet.stdout.len()), ("", 0));
    let spoken = shop.plan(&["--force"]);
    assert!(stderr(&spoken).contains("roster") && spoken.stdout.is_empty());
    assert!(!stderr(&spoken).contains(['\r', '\u{1b}']), "a bar was drawn: {}", stderr(&spoken));
}

#[test]
fn problems_are_json_too_where_the_log_is() {
    let shop = Shop::new();
    shop.edit("agents.csv", |text| text.replacen("orders", "ordres", 1));
    shop.edit("workspace.toml", |text| text.replacen("weeks = 1", "weeks = 0", 1));
    let output = shop.plan(&["--log-format", "json"]);
    assert_exit(&output, 3);
    let lines: Vec<serde_json::Value> =
        stderr(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (last, problems) = lines.split_last().unwrap();
    assert_eq!((&last["level"], &last["exit_code"]), (&"error".into(), &3.into()));
    let weeks = problems.iter().find(|line| line["column"] == "plan.weeks").expect("the weeks are told");
    assert!(weeks["line"].is_u64() && weeks["value"] == "0" && weeks["accepted"].is_string(), "{weeks}");
}

#[test]
fn the_json_log_is_one_object_a_line() {
    let shop = Shop::new();
    let output = shop.plan(&["--log-format", "json"]);
    assert_exit(&output, 0);
    let lines: Vec<serde_json::Value> = stderr(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}")))
        .collect();
    let stages: Vec<&str> = lines.iter().filter_map(|line| line["stage"].as_str()).collect();
    let of_plan = [
        "read",
        "ingest",
        "forecast",
        "staffing",
        "roster",
        "check",
        "simulate",
        "one more",
        "free hours",
        "improvements",
        "output",
    ];
    assert_eq!(stages, of_plan);
    assert!(lines.iter().any(|line| line["measure"] == "roster" && line["bound"].is_number()));
}

#[test]
fn forecast_and_staff_need_no_agents() {
    let shop = Shop::new();
    for file in ["agents.csv", "skills.csv", "availability.csv", "absences.csv", "preferences.csv"] {
        let _ = fs::remove_file(shop.dir().join(file));
    }
    let staff = shop.command("staff").arg("--quiet").output().unwrap();
    assert_exit(&staff, 0);
    let files = contents(&shop.out());
    assert!(files.contains_key(std::path::Path::new("requirement.csv")));
    assert!(!files.contains_key(std::path::Path::new("roster.csv")));
}

#[test]
fn a_plan_says_hours_missing_and_goals_at_its_end() {
    let shop = Shop::new();
    let output = shop.command("plan").args(["--work", "20"]).output().unwrap();
    assert_exit(&output, 0);
    let said = String::from_utf8(output.stderr).unwrap();
    let line = |of: &str| said.lines().find(|line| line.contains(of)).unwrap_or_else(|| panic!("no {of}: {said}"));
    assert!(line(" agent hours missing, ").starts_with("each queue by itself: "), "{said}");
    let goals = line("goals: ");
    assert!(
        goals.contains("\u{a0}% (") && ["holds", "nearly reached", "missed"].iter().any(|word| goals.contains(word)),
        "{goals}"
    );
}

#[test]
fn a_missing_roster_before_is_told_before_anything_is_worked_out() {
    let shop = Shop::new();
    let output = shop.command("plan").args(["--start", "next-monday", "--after", "nowhere.csv"]).output().unwrap();
    assert_exit(&output, 3);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("nowhere.csv: no such file") && !said.contains("forecast "), "{said}");
}

#[test]
fn what_if_compares_scenarios_on_standard_output_and_as_csv() {
    let shop = Shop::new();
    let busier = shop.dir().with_file_name("busier.toml");
    fs::write(&busier, "name = \"busier\"\nwhy = \"a test\"\n[factors]\nvolume_factor = 1.2\n").unwrap();
    let output = shop.command("what-if").arg(&busier).args(["--work", "20", "--quiet"]).output().unwrap();
    assert_exit(&output, 0);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("base") && table.contains("busier"), "{table}");

    let mut rows = csv::Reader::from_path(shop.out().join("comparison.csv")).unwrap();
    let contacts = rows.headers().unwrap().iter().position(|name| name == "contacts").unwrap();
    let contacts: Vec<f64> = rows.records().map(|row| row.unwrap()[contacts].parse().unwrap()).collect();
    // Twenty per cent more contacts, and nothing else.
    assert_eq!(contacts.len(), 2);
    assert!((contacts[1] / contacts[0] - 1.2).abs() < 1e-6, "{contacts:?}");
}
