//! The workbook of `export --format xlsx`, filled in and read back by `--roster`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;

use crate::program::{Shop, assert_exit, obsada, stderr};

/// The rows of a roster as far as a workbook tells them.
fn pieces(roster: &Path) -> BTreeSet<Vec<String>> {
    let mut reader = csv::Reader::from_path(roster).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|of| of == name).unwrap();
    let told = ["agent", "shift_id", "date", "activity", "queues", "start", "end"].map(column);
    reader.records().map(|row| told.iter().map(|at| row.as_ref().unwrap()[*at].to_owned()).collect()).collect()
}

/// A copy of a sheet as a workbook of its own, with some cells written anew.
fn filled_in(sheet: &Range<Data>, changes: &[(usize, &str, &str)], to: &Path) {
    let mut book = Workbook::new();
    let copy = book.add_worksheet();
    copy.set_name("Zmiany").unwrap();
    let names: Vec<String> = sheet.rows().next().unwrap().iter().map(ToString::to_string).collect();
    for (row, cells) in sheet.rows().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let changed = changes.iter().find(|(at, name, _)| *at == row && names[column] == *name);
            let (at, across) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            match (changed, cell) {
                (Some((_, _, text)), _) => copy.write_string(at, across, *text).unwrap(),
                (None, Data::DateTime(date)) => copy
                    .write_number_with_format(
                        at,
                        across,
                        date.as_f64(),
                        &rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm"),
                    )
                    .unwrap(),
                (None, Data::Float(number)) => copy.write_number(at, across, *number).unwrap(),
                (None, other) => copy.write_string(at, across, other.to_string()).unwrap(),
            };
        }
    }
    book.save(to).unwrap();
}

#[test]
fn a_workbook_comes_back_as_the_roster_it_was_made_of_with_what_was_filled_in() {
    let shop = Shop::new();
    assert_exit(&shop.command("plan").args(["--work", "20"]).output().unwrap(), 0);
    let (out, exported) = (shop.out(), shop.out().with_file_name("exported"));
    assert_exit(
        &obsada().arg("export").arg(&out).args(["--format", "xlsx", "--to"]).arg(&exported).output().unwrap(),
        0,
    );
    let workbook = exported.join("xlsx/roster.xlsx");
    let again = |roster: &PathBuf, to: &str| {
        let to = out.with_file_name(to);
        let ran =
            obsada().arg("plan").arg(shop.dir()).arg("--roster").arg(roster).arg("--out").arg(&to).output().unwrap();
        (ran, to)
    };
    let (ran, same) = again(&workbook, "same");
    assert_exit(&ran, 0);
    let before = pieces(&out.join("roster.csv"));
    assert_eq!(pieces(&same.join("roster.csv")), before);

    let mut book: Xlsx<_> = open_workbook(&workbook).unwrap();
    let sheet = book.worksheet_range("Shifts").unwrap();
    let cell = |row: usize, name: &str| {
        let column = sheet.rows().next().unwrap().iter().position(|of| *of == *name).unwrap();
        sheet.get((row, column)).unwrap().to_string()
    };
    let edited = out.with_file_name("edited.xlsx");
    filled_in(&sheet, &[(1, "lock", "tak"), (2, "change", "soon")], &edited);
    let (refused, _) = again(&edited, "refused");
    assert_exit(&refused, 3);
    assert!(
        stderr(&refused).contains("edited.xlsx:3: `change`: `soon`: not new times of a shift"),
        "{}",
        stderr(&refused)
    );

    filled_in(&sheet, &[(1, "lock", "tak"), (2, "change", "off")], &edited);
    let simulated = out.with_file_name("simulated");
    let ran =
        obsada().arg("simulate").arg(shop.dir()).arg("--roster").arg(&edited).arg("--out").arg(&simulated).output();
    assert_exit(&ran.unwrap(), 0);
    // Who has fewer hours may break a contract: `simulate` lives through it anyway, without the shift that was taken away.
    let (_, moved) = again(&edited, "moved");
    let left = if moved.join("roster.csv").exists() { pieces(&moved.join("roster.csv")) } else { BTreeSet::new() };
    assert!(left.iter().all(|piece| piece[1] != cell(2, "shift_id")));
}

#[test]
fn another_workbook_is_refused_with_what_would_do() {
    let shop = Shop::new();
    let other = shop.dir().with_file_name("other.xlsx");
    let mut book = Workbook::new();
    book.add_worksheet().write_string(0, 0, "Kolejka").unwrap();
    book.save(&other).unwrap();
    let ran = obsada().arg("check").arg(shop.dir()).arg("--roster").arg(&other).output().unwrap();
    assert_exit(&ran, 3);
    assert!(stderr(&ran).contains("no sheet of this workbook lists shifts"), "{}", stderr(&ran));
}
