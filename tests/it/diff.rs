//! `diff`: two rosters compared, in words and as CSV.

use std::fs;
use std::path::Path;
use std::process::Output;

use chrono::Duration;
use obsada::output::records::{self, FigureRow, RosterRow, ShiftChangeRow};

use crate::program::{Shop, assert_exit, copied, obsada, rewrite, stderr, stdout};

fn diff(before: &Path, after: &Path, more: &[&str]) -> Output {
    obsada().arg("diff").arg(before).arg(after).args(more).output().unwrap()
}

#[test]
fn who_moved_is_told_in_words_and_as_csv() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet", "--loop", "0"]), 0);
    let (out, after) = (shop.out(), shop.out().with_file_name("after"));
    let same = diff(&out, &out, &[]);
    assert_exit(&same, 0);
    assert!(stdout(&same).starts_with("The rosters are the same, "), "{}", stdout(&same));

    // The first shift is an hour later, the last is gone.
    copied(&out, &after);
    let rows: Vec<RosterRow> = records::read(&fs::read(out.join("roster.csv")).unwrap()).unwrap();
    let (first, last) = (rows[0].shift_id.clone(), rows.last().unwrap().shift_id.clone());
    let later = |row: RosterRow| {
        let by = if row.shift_id == first { Duration::hours(1) } else { Duration::zero() };
        RosterRow { start: row.start + by, end: row.end + by, ..row }
    };
    let changed = rows.iter().filter(|row| row.shift_id != last).cloned().map(later);
    fs::write(after.join("roster.csv"), records::write(changed).unwrap()).unwrap();
    let tables = after.with_file_name("tables");
    let told = diff(&out, &after, &["--out", tables.to_str().unwrap()]);
    assert_exit(&told, 0);
    let text = stdout(&told);
    assert!(text.starts_with("2 shifts differ, of 2 of 12 people, "), "{text}");
    assert!(text.lines().next().unwrap().ends_with(": 1 removed, 1 moved."), "{text}");
    assert!(text.contains(": moved from ") && text.contains(": removed "), "{text}");

    let changes: Vec<ShiftChangeRow> = records::read(&fs::read(tables.join("changes.csv")).unwrap()).unwrap();
    let of = |id: &str| changes.iter().find(|row| row.shift_id_before == id).unwrap();
    assert_eq!((of(&first).change.as_str(), of(&first).minutes_difference), ("moved", 0));
    assert_eq!((of(&last).change.as_str(), of(&last).start_after.as_str()), ("removed", ""));
    let figures: Vec<FigureRow> = records::read(&fs::read(tables.join("figures.csv")).unwrap()).unwrap();
    let difference = |name: &str| figures.iter().find(|row| row.figure == name).unwrap().difference.unwrap();
    assert!((difference("shifts") + 1.0).abs() < 1e-9);
    assert!((difference("hours") - of(&last).minutes_difference as f64 / 60.0).abs() < 1e-6);
    // Payroll of the copy is still that of the run.
    assert!(difference("wages").abs() < 1e-9);
    let in_time: Vec<&FigureRow> = figures.iter().filter(|row| row.figure == "in_time").collect();
    assert!(in_time.len() == 2 && in_time.iter().all(|row| row.before.is_some()), "{in_time:?}");
}

#[test]
fn rosters_of_other_days_are_compared_on_those_they_share_or_not_at_all() {
    let shop = Shop::new();
    assert_exit(&shop.plan(&["--quiet", "--loop", "0"]), 0);
    let (out, longer) = (shop.out(), shop.out().with_file_name("longer"));
    copied(&out, &longer);
    rewrite(&longer.join("plan.json"), |text| text.replacen("\"weeks\": 1", "\"weeks\": 2", 1));
    let told = diff(&out, &longer, &[]);
    assert_exit(&told, 0);
    assert!(stdout(&told).contains("one of the two plans other days beside"), "{}", stdout(&told));
    rewrite(&longer.join("plan.json"), |text| {
        let at = text.find("\"start\": \"").unwrap();
        format!("{}\"start\": \"2031{}", &text[..at], &text[at + 14..])
    });
    rewrite(&longer.join("roster.csv"), |text| text.lines().next().unwrap().to_owned() + "\n");
    let told = diff(&out, &longer, &[]);
    assert_exit(&told, 3);
    assert!(stderr(&told).contains("they have no day in common"), "{}", stderr(&told));
    assert_exit(&diff(&out, &shop.dir().join("nowhere"), &[]), 3);
}
