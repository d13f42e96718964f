//! `obsada import` and `obsada init --history` with exports as people drop them in.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::program::{assert_exit, contents, obsada, run, stderr};

/// Six weeks of half-hours from nine to one, Monday to Friday, in the form of a Central European spreadsheet.
fn spreadsheet(first_week: i64, weeks: i64) -> String {
    let mut text = "\u{feff}Kolejka;Data;Godzina;Oferowane;AHT\r\n".to_owned();
    let monday = chrono::NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
    for day in (first_week * 7..(first_week + weeks) * 7).filter(|day| day % 7 < 5) {
        let date = (monday + chrono::Duration::days(day)).format("%d.%m.%Y");
        for slot in 0..8 {
            let clock = format!("{:02}:{:02}", 9 + slot / 2, slot % 2 * 30);
            for (queue, calls) in [("Zamówienia", 20 + slot), ("Pomoc", 9)] {
                write!(text, "{queue};{date};{clock};{calls};187,5\r\n").unwrap();
            }
        }
    }
    text
}

fn init(dir: &Path, file: &Path, more: &[&str]) -> std::process::Output {
    let mut command = obsada();
    command.arg("init").arg(dir).arg("--history").arg(file).args(["--timezone", "Europe/Warsaw"]).args(more);
    command.output().unwrap()
}

#[test]
fn an_export_becomes_a_workspace_and_the_next_one_needs_no_word() {
    let home = tempfile::tempdir().unwrap();
    let (first, next, shop) = (home.path().join("lipiec.csv"), home.path().join("sierpień.csv"), home.path().join("W"));
    fs::write(&first, spreadsheet(0, 6)).unwrap();
    let output = init(&shop, &first, &[]);
    assert_exit(&output, 0);
    let told = stderr(&output);
    assert!(told.contains("Zamówienia") && told.contains("187.5 s") && told.contains("mon-fri 09:00-13:00"), "{told}");
    assert_exit(&run([Path::new("check"), &shop]), 0);
    let settings = fs::read_to_string(shop.join("workspace.toml")).unwrap();
    assert!(settings.contains("files = [\"history/lipiec.csv\"]"), "{settings}");
    assert!(settings.contains("[history.import]") && settings.contains("columns.queue = \"Kolejka\""), "{settings}");
    assert!(settings.contains("decimal_mark = \",\""), "{settings}");

    // A week later the dates alone would leave day and month open: the settings know.
    fs::write(&next, spreadsheet(6, 1)).unwrap();
    let import = |file: &Path| obsada().arg("import").arg(file).arg("--to").arg(&shop).output().unwrap();
    assert_exit(&import(&next), 0);
    let settings = fs::read_to_string(shop.join("workspace.toml")).unwrap();
    assert!(settings.contains("\"history/lipiec.csv\", \"history/sierpień.csv\""), "{settings}");
    let checked = run([Path::new("check"), &shop]);
    assert_exit(&checked, 0);
    assert!(stderr(&checked).contains("history to 2026-09-18T13:00"), "{}", stderr(&checked));

    // Once more: nothing changes.
    let before = contents(&shop);
    assert_exit(&import(&next), 0);
    assert_eq!(contents(&shop), before);
}

#[test]
fn queues_that_the_workspace_does_not_know_are_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (first, other, shop) = (home.path().join("a.csv"), home.path().join("b.csv"), home.path().join("W"));
    fs::write(&first, spreadsheet(0, 4)).unwrap();
    assert_exit(&init(&shop, &first, &[]), 0);
    fs::write(&other, spreadsheet(4, 1).replace("Pomoc", "Skargi")).unwrap();
    let before = contents(&shop);
    let output = obsada()
        .arg("import")
        .arg(&other)
        .arg("--to")
        .arg(&shop)
        .args(["--timezone", "Europe/Warsaw"])
        .output()
        .unwrap();
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("the workspace has no queue `Skargi`"), "{}", stderr(&output));
    assert_eq!(contents(&shop), before);
}

/// A log of calls: every third gives up after half a minute, the others are answered by two people.
fn call_log() -> String {
    let mut text = "call_id,queue,arrival,wait_seconds,outcome,talk_seconds,agent\n".to_owned();
    let monday = chrono::NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
    let mut number = 0;
    for day in (0..35).filter(|day| day % 7 < 5) {
        let date = (monday + chrono::Duration::days(day)).format("%Y-%m-%d");
        for minute in (9 * 60..17 * 60).step_by(6) {
            number += 1;
            let arrival = format!("{date} {:02}:{:02}:{:02}", minute / 60, minute % 60, number % 60);
            let (wait, talk) = (5 + number % 40, 120 + number % 90);
            let ending = match number % 3 {
                0 => format!("{wait},ABANDONED,0,"),
                1 => format!("{wait},ANSWERED,{talk},Ewa"),
                _ => format!("{wait},ANSWERED,{talk},Jan"),
            };
            writeln!(text, "{number},orders,{arrival},{ending}").unwrap();
        }
    }
    text
}

#[test]
fn records_of_contacts_tell_patience_handle_times_and_people() {
    let home = tempfile::tempdir().unwrap();
    let (log, shop) = (home.path().join("calls.log"), home.path().join("W"));
    fs::write(&log, call_log()).unwrap();
    let output = init(&shop, &log, &["--agents-from-records"]);
    assert_exit(&output, 0);
    let settings = fs::read_to_string(shop.join("workspace.toml")).unwrap();
    // 2,000 calls; two thirds of those who waited were answered, so mean patience is total waiting over those who gave up.
    assert!(settings.contains("who waited") && settings.contains("handle_cv ="), "{settings}");
    let people = fs::read_to_string(shop.join("agents.csv")).unwrap();
    let keys: Vec<&str> = people.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(keys, ["Ewa", "Jan"]);
    assert!(people.contains(",inferred,"), "{people}");
    assert!(fs::read_to_string(shop.join("skills.csv")).unwrap().starts_with("agent,skill,priority,speed\nEwa,all,1,"));
    assert_exit(&run([Path::new("check"), &shop]), 0);
    let history = fs::read_to_string(shop.join("history/calls.csv")).unwrap();
    let offered: f64 =
        history.lines().skip(1).map(|line| line.split(',').nth(2).unwrap().parse::<f64>().unwrap()).sum();
    assert!((offered - 2000.0).abs() < 1e-9, "{offered}");
}

/// 24 people, 30 weeks of 40 calls each; six come one after another and need half as long again at first, 37 % of it after five weeks.
fn log_with_newcomers() -> String {
    let mut text = String::from("call_id,queue,arrival,wait_seconds,outcome,talk_seconds,agent\n");
    let mut number = 0_u32;
    for week in 0..30_u32 {
        for agent in 0..24_u32 {
            let first = agent.checked_sub(18).map(|newcomer| 5 + 3 * newcomer);
            if first.is_some_and(|first| week < first) {
                continue;
            }
            let left = first.map_or(0.0, |first| (-(f64::from(week - first) + 0.5) / 5.0).exp());
            for call in 0..40_u32 {
                number += 1;
                let arrival = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()
                    + chrono::Days::new(u64::from(7 * week + call % 5));
                // Handle times repeat a pattern of mean 1 and a spread of a half.
                let spread = [0.4, 0.7, 0.9, 1.2, 1.8][(number as usize * 7 + call as usize / 5) % 5];
                let talk = (180.0 * (1.0 + 0.5 * left) * spread).round();
                let (hour, minute) = (9 + call / 5, (number * 13) % 60);
                writeln!(text, "{number},orders,{arrival} {hour:02}:{minute:02}:00,5,ANSWERED,{talk},P{agent:02}")
                    .unwrap();
            }
        }
    }
    text
}

#[test]
fn newcomers_in_records_are_told_with_how_fast_they_learn() {
    let home = tempfile::tempdir().unwrap();
    let (log, shop) = (home.path().join("calls.csv"), home.path().join("W"));
    fs::write(&log, log_with_newcomers()).unwrap();
    let output = init(&shop, &log, &["--agents-from-records"]);
    assert_exit(&output, 0);
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("6 of them tell; [learning] extra = 0."), "{said}");
    let settings = fs::read_to_string(shop.join("workspace.toml")).unwrap();
    let key = |name: &str| -> f64 {
        let section = settings.split_once("[learning]").expect("a section").1;
        section.lines().find_map(|line| line.strip_prefix(&format!("{name} = "))).unwrap().parse().unwrap()
    };
    assert!((key("extra") - 0.5).abs() < 0.08 && (3.0..=6.0).contains(&key("weeks")), "{settings}");
    let people = fs::read_to_string(shop.join("agents.csv")).unwrap();
    let last = people.lines().find(|line| line.starts_with("P23,")).unwrap();
    // Week 20 of the log begins on 25 May.
    assert!(last.ends_with(",2026-05-25"), "{last}");
    let checked = run([Path::new("check"), &shop]);
    assert_exit(&checked, 0);
    let said = String::from_utf8_lossy(&checked.stderr);
    assert!(said.contains("still learn") && said.contains("P23 "), "{said}");
}

#[test]
fn a_workbook_is_read_like_any_export() {
    // Written by the test itself would be one program reading its own hand: the file is a spreadsheet's.
    let home = tempfile::tempdir().unwrap();
    let (book, shop) = (home.path().join("report.xlsx"), home.path().join("W"));
    fs::write(&book, include_bytes!("import/report.xlsx")).unwrap();
    let output = init(&shop, &book, &[]);
    assert_exit(&output, 0);
    let history = fs::read_to_string(shop.join("history/report.csv")).unwrap();
    assert!(history.contains("orders,2026-09-07T09:00+02:00,10"), "{history}");
    let offered: f64 =
        history.lines().skip(1).map(|line| line.split(',').nth(2).unwrap().parse::<f64>().unwrap()).sum();
    assert!((offered - 440.0).abs() < 1e-9, "{offered}");
}

fn import(file: &Path, shop: &Path, more: &[&str]) -> std::process::Output {
    obsada().arg("import").arg(file).arg("--to").arg(shop).args(more).output().unwrap()
}

/// Files of the history, as the settings list them.
fn listed(shop: &Path) -> usize {
    let settings = fs::read_to_string(shop.join("workspace.toml")).unwrap();
    settings.lines().find(|line| line.starts_with("files =")).unwrap().matches("history/").count()
}

#[test]
fn what_the_history_tells_already_is_said_and_counts_once() {
    let home = tempfile::tempdir().unwrap();
    let (first, next, shop) = (home.path().join("lipiec.csv"), home.path().join("sierpień.csv"), home.path().join("W"));
    fs::write(&first, spreadsheet(0, 6)).unwrap();
    assert_exit(&init(&shop, &first, &[]), 0);
    let before = contents(&shop);

    // The same export once more, under its name and under another.
    let copy = home.path().join("kopia.csv");
    fs::copy(&first, &copy).unwrap();
    for file in [&first, &copy] {
        let output = import(file, &shop, &[]);
        assert_exit(&output, 0);
        assert!(stderr(&output).contains("lipiec.csv: there already"), "{}", stderr(&output));
        assert_eq!(contents(&shop), before);
    }

    // A later one begins a week before the first ends: five days of 8 half-hours of two queues.
    fs::write(&next, spreadsheet(5, 2)).unwrap();
    let output = import(&next, &shop, &[]);
    assert_exit(&output, 0);
    let told = stderr(&output);
    assert!(told.contains("2026-09-07 to 2026-09-11, stand in history/lipiec.csv already"), "{told}");
    assert!(
        told.contains("80 of 160 rows")
            && told.contains("the same figures: they count once")
            && !told.contains("warning"),
        "{told}"
    );
    assert_eq!(listed(&shop), 2);
    // Once more, nothing changes.
    let before = contents(&shop);
    assert_exit(&import(&next, &shop, &[]), 0);
    assert_eq!(contents(&shop), before);
    assert_exit(&run([Path::new("check"), &shop]), 0);
}

#[test]
fn corrections_of_what_is_told_already_count_and_contradictions_are_asked_about() {
    let home = tempfile::tempdir().unwrap();
    let (first, next, shop) = (home.path().join("a.csv"), home.path().join("b.csv"), home.path().join("W"));
    fs::write(&first, spreadsheet(0, 6)).unwrap();
    assert_exit(&init(&shop, &first, &[]), 0);
    let kept = contents(&shop);

    // Other contacts of the same intervals: asked, and nothing is written.
    fs::write(&next, spreadsheet(5, 2).replace(";9;187,5", ";4;187,5").replace(";2", ";3")).unwrap();
    let output = import(&next, &shop, &[]);
    assert_exit(&output, 3);
    let told = stderr(&output);
    assert!(told.contains("other counts in history/a.csv") && told.contains("--set overlap=later"), "{told}");
    assert_eq!(contents(&shop), kept);

    // Answered: those of the history stay, and only what is new is added.
    fs::write(&next, spreadsheet(5, 2).replace(";9;187,5", ";4;187,5")).unwrap();
    let output = import(&next, &shop, &["--set", "overlap=earlier"]);
    assert_exit(&output, 0);
    assert!(stderr(&output).contains("those of the history count"), "{}", stderr(&output));
    let added = fs::read_to_string(shop.join("history/b.csv")).unwrap();
    assert!(added.lines().count() == 81 && !added.contains("2026-09-11"), "{added}");

    // A single count that was corrected is said, with the key that keeps the other.
    let third = home.path().join("c.csv");
    fs::write(&third, spreadsheet(4, 1).replacen(";9;187,5", ";12;187,5", 1)).unwrap();
    let output = import(&third, &shop, &[]);
    assert_exit(&output, 0);
    let told = stderr(&output);
    assert!(told.contains("1 of them with other figures: those of this import count"), "{told}");
    assert!(told.contains("--set overlap=earlier"), "{told}");
}

#[test]
fn an_export_in_utc_once_more_without_its_zone_adds_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (file, shop) = (home.path().join("calls.csv"), home.path().join("W"));
    let mut text = "Queue,Start,Offered\n".to_owned();
    let monday = chrono::NaiveDate::from_ymd_opt(2026, 8, 3).unwrap();
    for (day, slot) in (0..28).filter(|day| day % 7 < 5).flat_map(|day| (0..8).map(move |slot| (day, slot))) {
        let date = (monday + chrono::Duration::days(day)).format("%Y-%m-%d");
        writeln!(text, "orders,{date}T{:02}:{:02}Z,{}", 9 + slot / 2, slot % 2 * 30, 10 + slot).unwrap();
    }
    fs::write(&file, &text).unwrap();
    assert_exit(&init(&shop, &file, &[]), 0);
    let before = contents(&shop);
    let output = import(&file, &shop, &[]);
    assert_exit(&output, 0);
    assert!(stderr(&output).contains("calls.csv: there already"), "{}", stderr(&output));
    assert_eq!(contents(&shop), before);
    // The same times read on another clock are no second history, whatever is remembered.
    fs::write(&file, text.replace('Z', "")).unwrap();
    let output = import(&file, &shop, &["--timezone", "Europe/Warsaw"]);
    assert_exit(&output, 3);
    assert!(stderr(&output).contains("another clock"), "{}", stderr(&output));
    assert_eq!(contents(&shop), before);
}

#[test]
fn the_zone_that_is_typed_wins_over_the_one_remembered() {
    let home = tempfile::tempdir().unwrap();
    let (first, next, shop) = (home.path().join("a.csv"), home.path().join("b.csv"), home.path().join("W"));
    fs::write(&first, spreadsheet(0, 4)).unwrap();
    assert_exit(&init(&shop, &first, &[]), 0);
    fs::write(&next, spreadsheet(4, 1)).unwrap();
    assert_exit(&import(&next, &shop, &["--timezone", "UTC"]), 0);
    let added = fs::read_to_string(shop.join("history/b.csv")).unwrap();
    assert!(added.contains("2026-08-31T09:00Z"), "{added}");
}

#[test]
fn a_log_that_goes_on_within_an_interval_loses_and_doubles_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (first, next, shop) = (home.path().join("a.csv"), home.path().join("b.csv"), home.path().join("W"));
    let log = call_log();
    let (header, rows): (&str, Vec<&str>) = (log.lines().next().unwrap(), log.lines().skip(1).collect());
    // The last two calls of 12:00 to 12:15 are in the second file.
    let cut = rows.iter().rposition(|row| row.contains(" 12:06:")).unwrap();
    let part = |rows: &[&str]| format!("{header}\n{}\n", rows.join("\n"));
    fs::write(&first, part(&rows[..cut])).unwrap();
    fs::write(&next, part(&rows[cut..])).unwrap();
    assert_exit(&init(&shop, &first, &[]), 0);
    let output = import(&next, &shop, &[]);
    assert_exit(&output, 0);
    assert!(stderr(&output).contains("added up there"), "{}", stderr(&output));
    let count = |name: &str, begins: &str| {
        let history = fs::read_to_string(shop.join("history").join(name)).unwrap();
        let row = history.lines().find(|row| row.contains(begins)).unwrap().to_owned();
        row.split(',').nth(2).unwrap().to_owned()
    };
    assert_eq!((count("a.csv", "2026-09-04T12:00"), count("b.csv", "2026-09-04T12:00")), ("1".into(), "3".into()));
    let before = contents(&shop);
    assert_exit(&import(&next, &shop, &[]), 0);
    assert_eq!(contents(&shop), before, "once more adds nothing");
    assert_exit(&run([Path::new("check"), &shop]), 0);
}

#[test]
fn what_is_no_history_is_refused_in_one_problem() {
    let home = tempfile::tempdir().unwrap();
    let roster = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n\
                  a1,s1,x,2026-11-30,work,orders,2026-11-30T08:00+01:00,2026-11-30T16:00+01:00,480,draft,false\n";
    let files: [(&str, &[u8], &str); 4] = [
        ("roster.csv", roster.as_bytes(), "a `roster.csv` of Obsada"),
        ("chart.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR,\n,,,\n", "a picture"),
        ("report.pdf", b"%PDF-1.7\n1 0 obj\n", "a page to read or print"),
        ("calls.xls", b"<html><table><tr><td>Queue</td></tr></table></html>", "a page of HTML"),
    ];
    for (name, bytes, cause) in files {
        let file = home.path().join(name);
        fs::write(&file, bytes).unwrap();
        let output = init(&home.path().join("W"), &file, &[]);
        assert_exit(&output, 3);
        let told = stderr(&output);
        assert!(told.contains(cause) && told.matches("hint:").count() == 1, "{told}");
        assert!(told.matches(name).count() <= 2, "one problem: {told}");
    }
}
