//! Results of two weeks around the autumn clock change in Kraków and Manila, for tests.

use super::files::{ResultFiles, ResultTable};
use super::read::Results;
use crate::domain::problem::Problems;

/// `plan.json`: Ana and Ola in Kraków, Jun in Manila.
pub(in crate::output) const PLAN: &str = r#"{
    "version": 1, "name": "Shop & Söhne", "start": "2026-10-19", "weeks": 1, "week_start": "mon", "timezone": "Europe/Warsaw",
    "interval_minutes": 30, "as_of": "2026-10-15T22:00:00Z", "currency": "EUR",
    "queues": [
        {"id": "orders", "channel": "voice", "skills": ["orders"], "goal_share": 0.8, "goal_within_s": 20.0,
         "regions": [{"id": "pl", "timezone": "Europe/Warsaw"}]},
        {"id": "post", "channel": "deferred", "skills": ["post"], "goal_share": 0.9, "goal_within_s": 86400.0, "regions": []}],
    "holidays": [], "events": [], "work": 1, "bound_relaxes": [],
    "sites": [{"id": "krakow", "timezone": "Europe/Warsaw", "seats": null}, {"id": "manila", "timezone": "Asia/Manila", "seats": 5}],
    "contracts": [{"id": "full", "min_week_minutes": 0, "max_week_minutes": 2400, "daily_rest_minutes": 660,
        "weekly_rest_minutes": 2100, "max_consecutive_days": 6, "max_days_per_week": 5, "premiums": [{"class": "night", "share": 0.2}]}],
    "agents": [
        {"id": "a1", "name": "Ana Król", "site": "krakow", "contract": "full", "skills": ["orders"], "level": "senior", "hourly_cost": "20.00"},
        {"id": "a2", "name": "Ola; Nowak, jr", "site": "krakow", "contract": "full", "skills": ["orders"], "level": "junior", "hourly_cost": "10.00"},
        {"id": "a3", "name": "Jun Cruz", "site": "manila", "contract": "full", "skills": ["orders"], "level": "junior", "hourly_cost": "5.00"}],
    "warnings": []}"#;

/// `roster.csv`: Ana works the night in which clocks go back, nine hours from 22:00 to 06:00; Jun an ordinary day in two parts.
pub(in crate::output) const ROSTER: &str = "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n\
    a1,a1-2026-10-24,krakow,2026-10-24,work,orders,2026-10-24T22:00:00+02:00,2026-10-25T02:30:00+02:00,270,draft,false\n\
    a1,a1-2026-10-24,krakow,2026-10-24,break,,2026-10-25T02:30:00+02:00,2026-10-25T02:45:00+02:00,15,draft,false\n\
    a1,a1-2026-10-24,krakow,2026-10-24,work,orders,2026-10-25T02:45:00+02:00,2026-10-25T06:00:00+01:00,255,draft,false\n\
    a3,a3-2026-10-20,manila,2026-10-20,work,orders|post,2026-10-20T08:00:00+08:00,2026-10-20T12:00:00+08:00,240,draft,true\n\
    a3,a3-2026-10-20,manila,2026-10-20,work,orders|post,2026-10-20T16:00:00+08:00,2026-10-20T20:00:00+08:00,240,draft,true\n";

/// The same as a value, with as many files as are given instead of or beside these two.
pub(in crate::output) fn results(more: &[(&str, &str)], needed: &[ResultTable]) -> Result<Results, Problems> {
    let mut files = ResultFiles { folder: "out".into(), ..ResultFiles::default() };
    for (name, text) in [("plan.json", PLAN), ("roster.csv", ROSTER)].iter().chain(more) {
        files.files.insert((*name).to_owned(), text.as_bytes().to_vec());
    }
    Results::read(&files, needed)
}

/// The plan and its roster.
pub(in crate::output) fn rostered() -> Results {
    results(&[], &[ResultTable::Roster]).expect("sound results")
}
