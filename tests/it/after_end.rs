//! A centre that never closes: what happens after the plan's end is planned for, so that week after week costs what all weeks at once do.

use std::f64::consts::PI;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc};
use obsada::domain::roster::Activity;
use obsada::domain::time::start_of_day;
use obsada::output::records::{self, RosterRow, RosterSummary, Summary};
use tempfile::TempDir;

use crate::program::{assert_exit, obsada};

/// Forty people, more than are needed, who may start shifts of eight hours at every hour, all day and all night.
struct NeverClosed {
    folder: TempDir,
    start: NaiveDate,
    week_start: &'static str,
    site_zone: &'static str,
}

impl NeverClosed {
    fn new(start: &str, week_start: &'static str, site_zone: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let centre = Self { folder, start: start.parse().unwrap(), week_start, site_zone };
        fs::write(centre.dir().join("history.csv"), history(centre.start)).unwrap();
        let agent = |number: usize| format!("p{number:02},Person {number},home,full,help,regular,20\n");
        let agents: String = (0..40).map(agent).collect();
        fs::write(
            centre.dir().join("agents.csv"),
            format!("agent,name,site,contract,skills,level,hourly_cost\n{agents}"),
        )
        .unwrap();
        centre
    }

    fn dir(&self) -> &Path {
        self.folder.path()
    }

    /// Plans so many weeks, some after the first, behind a roster; where the results are.
    fn plan(&self, (first, weeks): (u32, u32), after: Option<&Path>) -> PathBuf {
        fs::write(self.dir().join("workspace.toml"), self.settings(weeks)).unwrap();
        let out = self.dir().join(format!("out-{first}-{weeks}"));
        let start = self.start + Duration::weeks(i64::from(first));
        let mut command = obsada();
        command.arg("plan").arg(self.dir()).args(["--loop", "0", "--quiet", "--start", &start.to_string()]);
        if let Some(roster) = after {
            command.arg("--after").arg(roster.join("roster.csv"));
        }
        assert_exit(&command.arg("--out").arg(&out).output().unwrap(), 0);
        out
    }

    fn settings(&self, weeks: u32) -> String {
        let Self { start, week_start, site_zone, .. } = self;
        format!(
            r#"
[plan]
start = "{start}"
weeks = {weeks}
week_start = "{week_start}"
interval_minutes = 60
timezone = "Europe/Warsaw"
currency = "EUR"
[history]
files = ["history.csv"]
[objective]
short_per_hour = 60.0
deep_short_per_hour = 120.0
over_per_hour = 4.0
[[queue]]
id = "help"
channel = "voice"
skills = ["help"]
goal = {{ share = 0.80, within_s = 20 }}
patience_s = 180
  [[queue.region]]
  id = "pl"
  timezone = "Europe/Warsaw"
  hours = {{ daily = "00:00-24:00" }}
[[site]]
id = "home"
timezone = "{site_zone}"
[[contract]]
id = "full"
min_hours_per_week = 40
max_hours_per_week = 40
shift_lengths_minutes = [480]
starts = [{{ from = "00:00", until = "23:00", step_minutes = 60 }}]
daily_rest_hours = 11
weekly_rest_hours = 35
max_consecutive_days = 6
max_days_per_week = 5
"#
        )
    }
}

/// Half a year of hours with some noise: about 110 calls in the afternoon, less than half as many at night, fewer on weekends.
fn history(start: NaiveDate) -> String {
    let end = start_of_day(start, chrono_tz::Europe::Warsaw) - Duration::days(3);
    let mut csv = String::from("queue,start,offered,aht_s\n");
    for hour in 0..26 * 7 * 24_i64 {
        let at: DateTime<Utc> = end - Duration::weeks(26) + Duration::hours(hour);
        let wall = at.with_timezone(&chrono_tz::Europe::Warsaw);
        let day = (f64::from(wall.hour()) - 5.0) / 16.0;
        let shape = if (0.0..1.0).contains(&day) { 0.45 + 0.55 * (day * PI).sin() } else { 0.45 };
        let weekend = if wall.weekday().num_days_from_monday() >= 5 { 0.85 } else { 1.0 };
        let noise = (hour * 37 % 21 - 10) as f64 / 100.0;
        let _ = writeln!(csv, "help,{},{:.0},300", at.to_rfc3339(), 110.0 * shape * weekend * (1.0 + noise));
    }
    csv
}

fn summary(out: &Path) -> RosterSummary {
    let summary: Summary = records::read_document(&fs::read(out.join("summary.json")).unwrap()).unwrap();
    summary.roster.unwrap()
}

/// Hours at work after an instant.
fn hours_after(out: &Path, end: DateTime<Utc>) -> f64 {
    let rows: Vec<RosterRow> = records::read(&fs::read(out.join("roster.csv")).unwrap()).unwrap();
    let hours = |row: &RosterRow| (row.end.to_utc() - row.start.to_utc().max(end)).num_minutes() as f64 / 60.0;
    rows.iter().filter(|row| row.does() == Activity::Work).map(|row| hours(row).max(0.0)).sum()
}

/// Pay and prices of two weeks one after the other, and of both at once.
fn chained_and_at_once(centre: &NeverClosed) -> (f64, f64) {
    let one = centre.plan((0, 1), None);
    let two = centre.plan((1, 1), Some(&one));
    let both = centre.plan((0, 2), None);
    (summary(&one).objective + summary(&two).objective, summary(&both).objective)
}

#[test]
fn whom_a_centre_has_too_many_of_are_not_sent_past_the_plans_end() {
    let centre = NeverClosed::new("2026-11-30", "mon", "Europe/Warsaw");
    let out = centre.plan((0, 1), None);
    let after = summary(&out).after_end;
    let end = start_of_day(centre.start + Duration::weeks(1), chrono_tz::Europe::Warsaw);
    // Shifts of eight hours with any start: of what is needed in the first seven hours after the end 7/8, 6/8 … fall to this plan. That is about
    // 5.5 agents times 28/8 hours; of those too many there, each costs what one too many in the plan does.
    let required = after.required_hours.unwrap();
    assert!((15.0..27.0).contains(&required), "{after:?}");
    let at_work = hours_after(&out, end);
    assert!((at_work - after.hours_at_work.unwrap()).abs() < 1e-9, "{at_work}, {after:?}");
    assert!(at_work < 1.6 * required, "{after:?}");
    assert!(after.short_hours.unwrap() < 0.1 * required, "{after:?}");
    let beside = after.over_hours.unwrap() - after.short_hours.unwrap();
    assert!((at_work - required - beside).abs() < 1e-5, "{after:?}");
}

#[test]
fn week_after_week_costs_what_both_weeks_at_once_do() {
    // The last two have a clock change in the night after their first week; days of the second end six hours after the plan's.
    for (start, week_start, zone) in [
        ("2026-11-30", "mon", "Europe/Warsaw"),
        ("2026-11-30", "mon", "America/New_York"),
        ("2026-10-18", "sun", "Europe/Warsaw"),
        ("2027-03-21", "sun", "Europe/Warsaw"),
    ] {
        let centre = NeverClosed::new(start, week_start, zone);
        let (chained, at_once) = chained_and_at_once(&centre);
        assert!((chained / at_once - 1.0).abs() < 0.003, "{start} {zone}: {chained} one by one, {at_once} at once");
    }
}
