//! The tour's exports: the demo's customers in Poland, as a telephone system reports them. `make golden` writes them again.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use chrono::{Duration, NaiveDate, NaiveDateTime, Timelike};

/// Contacts of half an hour: offered, handled, abandoned, and seconds of handling.
#[derive(Clone, Copy, Default)]
struct HalfHour {
    offered: f64,
    handled: f64,
    abandoned: f64,
    handled_s: f64,
}

type Report = BTreeMap<(NaiveDateTime, String), HalfHour>;

/// The demo's rows of Poland for three queues, on Poland's clock.
fn half_hours(root: &Path) -> Report {
    let file = flate2::read::GzDecoder::new(fs::File::open(root.join("data/demo/history.csv.gz")).unwrap());
    let mut report = Report::new();
    for row in csv::Reader::from_reader(file).deserialize() {
        let row: BTreeMap<String, String> = row.unwrap();
        if row["region"] != "pl" || !["orders", "billing", "technical"].contains(&row["queue"].as_str()) {
            continue;
        }
        let start: NaiveDateTime = row["start"][..19].parse().unwrap();
        let start = start - Duration::minutes(i64::from(start.minute() % 30));
        let number = |column: &str| row[column].parse().unwrap_or(0.0);
        let of = report.entry((start, row["queue"].clone())).or_default();
        of.offered += number("offered");
        of.handled += number("handled");
        of.abandoned += number("abandoned");
        of.handled_s += number("handled") * number("aht_s");
    }
    report
}

/// A report as supervisors get it: a title, days as they are written in Poland, clock times of half hours, a total.
fn report(half_hours: &Report, first: NaiveDate, last: NaiveDate) -> String {
    let mut text = format!(
        "Split/Skill interval report;;;;;;\nFrom {} to {};;;;;;\n\nDate;Interval;Split/Skill;Calls offered;ACD calls;Aban calls;Avg handle time\n",
        first.format("%d.%m.%Y"),
        last.format("%d.%m.%Y")
    );
    let mut total = HalfHour::default();
    for ((start, queue), of) in half_hours.iter().filter(|((start, _), _)| (first..=last).contains(&start.date())) {
        let mean = if of.handled > 0.0 { (of.handled_s / of.handled).round() } else { 0.0 };
        let (minutes, seconds) = ((mean / 60.0).floor(), mean % 60.0);
        let end = *start + Duration::minutes(30);
        writeln!(
            text,
            "{};{}-{};{queue};{};{};{};{minutes}:{seconds:02}",
            start.format("%d.%m.%Y"),
            start.format("%H:%M"),
            end.format("%H:%M"),
            of.offered,
            of.handled,
            of.abandoned
        )
        .unwrap();
        total.offered += of.offered;
        total.handled += of.handled;
        total.abandoned += of.abandoned;
    }
    writeln!(text, "Total;;;{};{};{};", total.offered, total.handled, total.abandoned).unwrap();
    text
}

#[test]
fn the_exports_of_the_tour_are_golden() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let half_hours = half_hours(root);
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let exports = [
        ("report.csv", report(&half_hours, day("2026-07-27"), day("2026-11-15"))),
        ("next-report.csv", report(&half_hours, day("2026-11-16"), day("2026-11-22"))),
    ];
    for (name, text) in exports {
        let path = root.join("data/tour").join(name);
        if std::env::var_os("OBSADA_GOLDEN").is_some_and(|what| what == "accept") {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == text,
            "data/tour/{name} is not what `make golden` writes"
        );
    }
}
