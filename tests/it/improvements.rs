//! What the page says would help: with each change made the roster is legal and costs what was said.

use std::fs;

use chrono::DateTime;
use obsada::domain::roster::{Activity, ShiftStatus};
use obsada::domain::time::Instant;
use obsada::output::records::{self, ImprovementRow, RosterRow, Summary};

use crate::program::{Shop, assert_exit};

/// A piece of a changed shift.
fn piece(model: &RosterRow, of: &ImprovementRow, activity: Activity, (from, until): (Instant, Instant)) -> RosterRow {
    let offset = *of.start.unwrap().offset();
    RosterRow {
        agent: of.agent.clone(),
        shift_id: of.shift_id.clone(),
        date: of.date.unwrap(),
        activity: activity.name().to_owned(),
        queues: if activity == Activity::Work { of.queues.clone() } else { Vec::new() },
        start: from.with_timezone(&offset),
        end: until.with_timezone(&offset),
        paid_minutes: if activity.is_paid() { (until - from).num_minutes() } else { 0 },
        status: ShiftStatus::Draft,
        locked: false,
        ..model.clone()
    }
}

/// A roster with a change made, as a planner would make it from the table alone.
fn changed(roster: &[RosterRow], of: &ImprovementRow) -> Vec<RosterRow> {
    let model = roster.iter().find(|row| row.agent == of.agent).unwrap();
    let mut rows: Vec<RosterRow> = roster.iter().filter(|row| row.shift_id != of.shift_id).cloned().collect();
    assert_eq!(of.start_before.is_some(), rows.len() < roster.len(), "a shift is replaced or is new: {of:?}");
    let mut at = of.start.unwrap().to_utc();
    for pause in &of.breaks {
        let (activity, times) = pause.split_once(' ').unwrap();
        let (from, until) = times.split_once('/').unwrap();
        let [from, until] = [from, until].map(|at| DateTime::parse_from_rfc3339(at).unwrap().to_utc());
        rows.extend((at < from).then(|| piece(model, of, Activity::Work, (at, from))));
        rows.push(piece(model, of, Activity::named(activity, true), (from, until)));
        at = until;
    }
    let end = of.end.unwrap().to_utc();
    rows.extend((at < end).then(|| piece(model, of, Activity::Work, (at, end))));
    rows.sort_by_key(|row| (row.agent.clone(), row.start));
    rows
}

fn labour(shop: &Shop) -> f64 {
    let summary: Summary = records::read_document(&fs::read(shop.out().join("summary.json")).unwrap()).unwrap();
    let roster = summary.roster.unwrap();
    roster.wages + roster.premiums
}

/// Plans a workspace with so many times its contacts; every change found is made and priced.
fn changes_are_legal_and_cost_what_is_said(volume: f64) -> Vec<String> {
    let shop = Shop::new();
    let scenario = shop.dir().with_file_name("volume.toml");
    fs::write(&scenario, format!("[factors]\nvolume_factor = {volume}\n")).unwrap();
    let with = |more: &[&str]| {
        let mut command = shop.command("plan");
        command.args(["--work", "20", "--quiet", "--scenario"]).arg(&scenario).args(more);
        assert_exit(&command.output().unwrap(), 0);
    };
    with(&[]);
    let before = labour(&shop);
    let found: Vec<ImprovementRow> = records::read(&fs::read(shop.out().join("improvements.csv")).unwrap()).unwrap();
    let roster: Vec<RosterRow> = records::read(&fs::read(shop.out().join("roster.csv")).unwrap()).unwrap();
    let page = fs::read_to_string(shop.out().join("report.html")).unwrap();
    for of in &found {
        assert!(page.contains(&format!("({})", of.agent)), "the page names {}", of.agent);
        if of.kind == "hire" {
            continue;
        }
        let kept = shop.dir().with_file_name("changed.csv");
        fs::write(&kept, records::write(changed(&roster, of)).unwrap()).unwrap();
        with(&["--roster", kept.to_str().unwrap()]);
        let price = labour(&shop) - before;
        assert!((price - of.price.as_f64()).abs() < 0.006, "{of:?} comes to {price}");
    }
    found.into_iter().map(|of| of.kind).collect()
}

#[test]
fn where_goals_are_missed_each_change_is_legal_and_costs_what_is_said() {
    let kinds = changes_are_legal_and_cost_what_is_said(1.5);
    assert!(kinds.iter().any(|kind| kind != "hire") && !kinds.contains(&"shorten".to_owned()), "{kinds:?}");
}

#[test]
fn where_all_goals_hold_shifts_are_shorter_and_the_roster_stays_legal() {
    let kinds = changes_are_legal_and_cost_what_is_said(1.0);
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| kind == "shorten"), "{kinds:?}");
}
