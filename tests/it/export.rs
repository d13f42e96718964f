//! `export`: from OUT alone to what people and other systems take.

use std::fs;
use std::path::Path;

use obsada::output::export::ExportFormat;
use obsada::output::records::{self, RosterRow, Summary};

use crate::program::{Shop, assert_exit, contents, copied, obsada, rewrite, run, stderr};

fn export(out: &Path, to: &Path, formats: &str) -> std::process::Output {
    obsada().arg("export").arg(out).arg("--to").arg(to).args(["--format", formats]).output().unwrap()
}

#[test]
fn every_format_is_made_of_out_alone_and_the_same_wherever_out_is() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet"]), 0);
    let elsewhere = shop.out().with_file_name("elsewhere");
    copied(&shop.out(), &elsewhere);
    fs::remove_dir_all(shop.dir()).unwrap();
    let all: Vec<&str> = ExportFormat::ALL.iter().map(|format| format.name()).collect();
    let (first, second) = (shop.out().with_file_name("first"), shop.out().with_file_name("second"));
    let told = export(&shop.out(), &first, &all.join(","));
    assert_exit(&told, 0);
    assert_exit(&export(&elsewhere, &second, &all.join(",")), 0);
    let files = contents(&first);
    assert!(files == contents(&second), "the same bytes");
    assert_eq!(stderr(&told).matches("note: genesys: userId is our id").count(), 1, "{}", stderr(&told));
    for format in all {
        assert!(files.keys().any(|path| path.starts_with(format)), "{format} has files");
    }
    assert_eq!(files.keys().filter(|path| path.starts_with("ics/agents")).count(), 12);

    // Pay adds up to the summary, to the cent.
    let summary: Summary = records::read_document(&fs::read(shop.out().join("summary.json")).unwrap()).unwrap();
    let told = summary.roster.unwrap();
    let mut table = csv::Reader::from_reader(files[Path::new("payroll/payroll.csv")].as_slice());
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    for (kind, expected) in [("wages", told.wages), ("premiums", told.premiums)] {
        let cents = |row: &csv::StringRecord| (row[8].parse::<f64>().unwrap() * 100.0).round();
        let sum: f64 = rows.iter().filter(|row| &row[5] == kind).map(cents).sum();
        assert!((sum - (expected * 100.0).round()).abs() < 0.5, "{kind}: {sum} cents against {expected}");
    }

    // An event a shift, in the agent's file and in that of the team.
    let roster: Vec<RosterRow> = records::read(&fs::read(shop.out().join("roster.csv")).unwrap()).unwrap();
    let shifts: std::collections::BTreeSet<&str> = roster.iter().map(|row| row.shift_id.as_str()).collect();
    let of = |folder: &str| {
        let texts = files.iter().filter(|(path, _)| path.starts_with(folder));
        texts.map(|(_, bytes)| String::from_utf8_lossy(bytes).matches("BEGIN:VEVENT").count()).sum::<usize>()
    };
    assert!(of("ics/agents") >= shifts.len() && of("ics/agents") == of("ics/teams"));

    // What another export left is replaced; without --to it goes beside OUT.
    assert_exit(&export(&elsewhere, &second, "payroll"), 0);
    assert_eq!(contents(&second).len(), 1);
    assert_exit(&run(["export".as_ref(), shop.out().as_os_str(), "--format".as_ref(), "ics".as_ref()]), 0);
    assert!(shop.out().with_file_name("out-export").join("ics").is_dir());
}

#[test]
fn calendars_of_the_week_in_which_clocks_go_back_are_right() {
    let shop = Shop::new();
    let plan = shop.plan(&["--quiet", "--as-of", "2026-10-15T12:00:00Z", "--start", "2026-10-19", "--loop", "0"]);
    assert_exit(&plan, 0);
    let out = shop.out().with_file_name("autumn");
    copied(&shop.out(), &out);
    // The night of 25 hours: 22:00 to 06:00 on the wall are nine hours.
    let rows: Vec<RosterRow> = records::read(&fs::read(out.join("roster.csv")).unwrap()).unwrap();
    let row = &rows[0];
    let night = format!(
        "{},night,{},2026-10-24,work,,2026-10-24T22:00:00+02:00,2026-10-25T06:00:00+01:00,540,draft,false\n",
        row.agent, row.site
    );
    rewrite(&out.join("roster.csv"), |text| text + &night);
    let to = out.with_file_name("calendars");
    assert_exit(&export(&out, &to, "ics"), 0);
    let calendar = fs::read_to_string(to.join(format!("ics/agents/{}.ics", row.agent))).unwrap();
    assert!(
        calendar.contains("DTSTART;TZID=Europe/Warsaw:20261024T220000\r\nDTEND;TZID=Europe/Warsaw:20261025T060000\r\n")
    );
    assert!(calendar.contains("DTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"), "{calendar}");
    assert!(calendar.contains("DTSTAMP:20261015T120000Z\r\nSEQUENCE:0\r\n"));
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    let unfolded = calendar.replace("\r\n ", "");
    assert!(unfolded.contains("Clocks change during this shift\\, which lasts 9 h"), "{unfolded}");
}

#[test]
fn what_cannot_be_exported_is_told_at_once_and_nothing_is_written() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet", "--loop", "0"]), 0);
    let (out, to) = (shop.out().with_file_name("edited"), shop.out().with_file_name("to"));
    copied(&shop.out(), &out);
    rewrite(&out.join("roster.csv"), |text| text.replacen("work", "werk", 1).replacen(",draft,", ",told,", 1));
    fs::remove_file(out.join("payroll.csv")).unwrap();
    let told = export(&out, &to, "payroll,ics");
    assert_exit(&told, 3);
    for part in [
        "payroll.csv: there is no such file\n  hint: `obsada plan` leaves one",
        "roster.csv:2: ",
        "2 problems in the input",
    ] {
        assert!(stderr(&told).contains(part), "{part}\n{}", stderr(&told));
    }
    assert!(!to.exists());

    // The workspace is no folder of results, and a folder of one's own is not replaced.
    let told = export(&shop.dir(), &to, "ics");
    assert_exit(&told, 3);
    assert!(
        stderr(&told).contains("plan.json: there is no such file, so this is no folder of results"),
        "{}",
        stderr(&told)
    );
    assert_exit(&export(&shop.out(), &shop.dir(), "ics"), 3);
    assert_exit(&export(&shop.out(), &to, "fax"), 2);

    // A forecast is enough for formats of forecasts.
    assert_exit(&shop.command("forecast").output().unwrap(), 0);
    assert_exit(&export(&shop.out(), &to, "connect,teleopti"), 0);
    assert_exit(&export(&shop.out(), &to, "ics"), 3);
}
