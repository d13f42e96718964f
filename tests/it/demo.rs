//! The demo: its data come from its seed, and its forecast and roster keep what the README promises.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::program::{assert_exit, contents, obsada};

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/demo")
}

#[test]
fn the_demo_workspace_is_what_its_seed_makes_and_at_most_5_mb() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("demo");
    let output = obsada().arg("init").arg(&made).args(["--agents", "80", "--seed", "7", "--quiet"]).output().unwrap();
    assert_exit(&output, 0);
    let (made, kept) = (contents(&made), contents(&demo()));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(*bytes == kept[name], "{} differs; `make data` writes it again", name.display());
    }
    assert!(kept.values().map(Vec::len).sum::<usize>() <= 5_000_000);
}

/// Volumes by queue and start.
type Volumes = BTreeMap<(String, String), f64>;

/// WAPE of a forecast against the noise-free truth over the keys of the truth.
fn wape(truth: &Volumes, forecast: &Volumes) -> f64 {
    let error: f64 = truth.iter().map(|(key, volume)| (forecast.get(key).unwrap_or(&0.0) - volume).abs()).sum();
    error / truth.values().sum::<f64>()
}

fn column(headers: &csv::StringRecord, name: &str) -> usize {
    headers.iter().position(|header| header == name).unwrap_or_else(|| panic!("no column {name} in {headers:?}"))
}

/// The instant as UTC text, whatever the offset it is written with.
fn utc(text: &str) -> String {
    chrono::DateTime::parse_from_rfc3339(text).unwrap().with_timezone(&chrono::Utc).to_rfc3339()
}

fn read(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    } else {
        text = String::from_utf8(bytes).unwrap();
    }
    text
}

/// Volumes of a table from `from` on, `shift` days later; rows of whole queues where regions are told apart.
fn volumes(text: &str, from: &str, shift_days: i64, until: &str) -> Volumes {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let (queue, start, offered) = (column(&headers, "queue"), column(&headers, "start"), column(&headers, "offered"));
    let region = headers.iter().position(|header| header == "region");
    let whole_rows = region.is_some_and(|region| text.lines().any(|line| line.split(',').nth(region) == Some("*")));
    let mut found = Volumes::new();
    for row in reader.records().map(Result::unwrap) {
        let at = chrono::DateTime::parse_from_rfc3339(&row[start]).unwrap() + chrono::Duration::days(shift_days);
        let at = utc(&at.to_rfc3339());
        if whole_rows && region.is_some_and(|region| &row[region] != "*") || at.as_str() < from || at.as_str() >= until
        {
            continue;
        }
        *found.entry((row[queue].to_owned(), at)).or_default() += row[offered].parse::<f64>().unwrap_or(0.0);
    }
    found
}

#[test]
fn the_demos_forecast_beats_the_seasonal_naive_by_a_quarter() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let output = obsada().arg("forecast").arg(demo()).arg("--out").arg(&out).arg("--quiet").output().unwrap();
    assert_exit(&output, 0);
    // The horizon is the week of 30 November 2026 in Warsaw, one hour ahead of UTC.
    let (from, until) = ("2026-11-29T23:00:00+00:00", "2026-12-06T23:00:00+00:00");
    let truth = volumes(&read(&demo().join("truth.csv.gz")), from, 0, until);
    let forecast = volumes(&read(&out.join("forecast.csv")), from, 0, until);
    let history = read(&demo().join("history.csv.gz"));
    // The same weekday and time in the last week that history holds: one week before, or two.
    let mut naive = volumes(&history, from, 14, until);
    naive.extend(volumes(&history, from, 7, until));
    let with_history: Volumes =
        truth.into_iter().filter(|((queue, _), _)| history.contains(&format!("\n{queue},"))).collect();
    let (ours, floor) = (wape(&with_history, &forecast), wape(&with_history, &naive));
    assert!(ours <= 0.75 * floor, "WAPE {ours:.4} against {floor:.4} of the seasonal naive");
}
