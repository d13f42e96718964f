//! Input that would hang a run, fill the memory or speak to the terminal: refused with its file and what would do.

use std::fs;
use std::io::Write;
use std::process::{Command, Output};

use crate::program::{Shop, assert_exit, contents, obsada, run, stderr};

/// `obsada check` of a shop.
fn check(shop: &Shop) -> Output {
    obsada().arg("check").arg(shop.dir()).arg("--quiet").output().unwrap()
}

/// A refusal with exit code 3 that says all of this.
fn assert_refused(output: &Output, says: &[&str]) {
    assert_exit(output, 3);
    let told = stderr(output);
    assert!(says.iter().all(|part| told.contains(part)), "{says:?} in\n{told}");
}

#[test]
fn pipes_and_devices_are_no_tables() {
    for file in ["agents.csv", "workspace.toml", "history.csv.gz"] {
        let shop = Shop::new();
        fs::remove_file(shop.dir().join(file)).unwrap();
        assert!(Command::new("mkfifo").arg(shop.dir().join(file)).status().unwrap().success());
        assert_refused(&check(&shop), &[file, "a pipe or a device"]);
    }
    let shop = Shop::new();
    fs::remove_file(shop.dir().join("skills.csv")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", shop.dir().join("skills.csv")).unwrap();
    assert_refused(&check(&shop), &["skills.csv", "a pipe or a device"]);
}

#[test]
fn a_packed_history_that_grows_without_measure_is_stopped() {
    let shop = Shop::new();
    let file = fs::File::create(shop.dir().join("history.csv.gz")).unwrap();
    let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::best());
    packed.write_all(b"queue,region,start,offered,aht_s\n").unwrap();
    let blank = vec![b'\n'; 1 << 20];
    (0..80).for_each(|_| packed.write_all(&blank).unwrap());
    packed.finish().unwrap();
    assert_refused(&check(&shop), &["history.csv.gz", "unpack to more than", "hint: "]);
}

#[test]
fn a_parquet_file_with_a_wrong_byte_is_read_or_refused() {
    let shop = Shop::new();
    let row = |at| format!("orders,2026-11-{:02}T{:02}:00:00Z,{},200", 1 + at / 24, at % 24, at % 7);
    let rows: Vec<String> = (0..200).map(row).collect();
    let csv = format!("queue,start,offered,aht_s\n{}\n", rows.join("\n"));
    let path = shop.dir().join("history.parquet");
    let whole = parquet_of(&csv);
    shop.edit("workspace.toml", |text| text.replace("history.csv.gz", "history.parquet"));
    let mut refused = 0;
    for at in (whole.len() - 400)..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        fs::write(&path, bytes).unwrap();
        let output = check(&shop);
        assert!(matches!(output.status.code(), Some(0 | 3 | 4)), "byte {at}: {}", stderr(&output));
        refused += usize::from(output.status.code() == Some(3));
    }
    assert!(refused > 100, "{refused} of 400");
}

/// A table as Parquet.
fn parquet_of(csv: &str) -> Vec<u8> {
    use polars::prelude::{CsvReadOptions, ParquetWriter, SerReader};
    let reader = CsvReadOptions::default().into_reader_with_file_handle(std::io::Cursor::new(csv));
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut reader.finish().unwrap()).unwrap();
    bytes
}

#[test]
fn a_million_times_too_many_contacts_end_in_a_word() {
    let shop = Shop::new();
    let row = |offered: &str| {
        format!(
            "queue,region,from,until,factor,offered,aht_s,why\norders,,2026-11-30T00:00:00Z,2026-12-07T00:00:00Z,,{offered},86400,slip\n"
        )
    };
    shop.edit("adjustments.csv", |_| row("1000000000"));
    assert_refused(&shop.plan(&[]), &["queue `orders`", "at most 100000 people at once", "adjustments.csv"]);
    // A requirement that can be reckoned, for a company a hundred times as large.
    shop.edit("adjustments.csv", |_| row("20000"));
    assert_exit(&shop.command("staff").output().unwrap(), 0);
    assert_refused(&shop.plan(&[]), &["queue `orders`", "where there are 12 agents"]);
}

#[test]
fn many_bad_rows_of_one_cause_are_one_line() {
    let shop = Shop::new();
    shop.edit("preferences.csv", |text| text + &"nobody,mon,,,off,3\n".repeat(300_000));
    let output = check(&shop);
    assert_refused(&output, &["unknown agent, in 300000 rows (lines 5, 6, 7, …)", "error: 300000 problems"]);
    assert!(stderr(&output).len() < 50_000, "{} bytes", stderr(&output).len());
}

#[test]
fn control_characters_reach_neither_the_terminal_nor_a_chart() {
    let shop = Shop::new();
    shop.edit("agents.csv", |text| text.replacen("Mateusz", "Mat\u{1b}[31meusz", 1));
    let output = check(&shop);
    assert_refused(&output, &["agents.csv:2", "control character (U+001B)", "\\u{1b}[31m"]);
    assert!(!stderr(&output).contains('\u{1b}'));
    let other = shop.dir().with_file_name("sh\u{1b}op");
    let whole = Shop::new();
    fs::rename(whole.dir(), &other).unwrap();
    let out = other.with_file_name("out");
    assert_exit(&obsada().arg("forecast").arg(&other).arg("--out").arg(&out).output().unwrap(), 0);
    assert!(contents(&out).values().all(|bytes| !bytes.starts_with(b"<") || !bytes.contains(&0x1b)));
}

#[test]
fn names_that_spreadsheets_take_for_formulas_are_refused() {
    let shop = Shop::new();
    shop.edit("agents.csv", |text| text.replacen("a001", "=1+1", 1));
    assert_refused(&check(&shop), &["agents.csv:2", "formula", "begins with none of = + - @"]);
}

#[test]
fn check_refuses_the_requirement_that_plan_refuses() {
    let shop = Shop::new();
    assert_exit(&shop.command("staff").output().unwrap(), 0);
    let given = shop.dir().join("given.csv");
    let text = fs::read_to_string(shop.out().join("requirement.csv")).unwrap();
    // Without the rows of one queue.
    let rest: Vec<&str> = text.lines().filter(|line| !line.starts_with("billing")).collect();
    fs::write(&given, rest.join("\n")).unwrap();
    let given = given.to_str().unwrap();
    assert_refused(&shop.plan(&["--requirement", given]), &["given.csv", "queue `billing`", "no row for"]);
    let checked = run(["check", shop.dir().to_str().unwrap(), "--requirement", given]);
    assert_refused(&checked, &["given.csv", "queue `billing`", "no row for"]);
}

#[test]
fn an_occupancy_cap_that_nobody_means_is_refused() {
    let shop = Shop::new();
    shop.edit("workspace.toml", |text| text.replacen("max_occupancy = 0.88", "max_occupancy = 1e-9", 1));
    assert_refused(&check(&shop), &["max_occupancy", "a share from 0.01 to 1"]);
}

#[test]
fn more_threads_than_any_machine_has_are_refused_at_once() {
    let shop = Shop::new();
    let output = run(["check", shop.dir().to_str().unwrap(), "--threads", "65535"]);
    assert_exit(&output, 2);
}
