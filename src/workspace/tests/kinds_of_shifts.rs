//! Shifts known by start and length, and kinds of shifts that are counted or forbidden one after the other.

use super::sample::SampleWorkspace;
use crate::domain::clock_window::ClockWindow;
use crate::domain::labour::{FixedShift, LabourRules, StartWindow};
use crate::domain::rhythm::{Forerunner, StartCap, Succession};
use crate::domain::units::Minutes;

const LENGTHS: &str = "shift_lengths_minutes = [480, 510, 540, 600]\n";
const STARTS: &str = "starts = [{ from = \"06:00\", until = \"14:00\", step_minutes = 30 }]\n";
const FIXED: &str = "fixed_shifts = [{ start = '14:00', length_minutes = 510 }, { start = '07:00', length_minutes = 510 }, { start = '07:00', length_minutes = 480 }]\n";

fn sample(old: &str, new: &str) -> SampleWorkspace {
    SampleWorkspace::whole().with("workspace.toml", old, new)
}

fn rules(sample: &SampleWorkspace) -> LabourRules {
    sample.workforce().0.contracts[0].rules.clone()
}

/// The contract with one more line behind its last, and the problems on that line.
fn refused(line: &str, expected: &str) {
    let found = sample("max_days_per_week = 5", &format!("max_days_per_week = 5\n{line}")).problems();
    assert_eq!(found, [format!("workspace.toml:118: `contract.{expected}")], "after {line}");
}

#[test]
fn starts_and_lengths_follow_from_fixed_shifts() {
    let rules = rules(&sample(&format!("{LENGTHS}{STARTS}"), FIXED));
    let fixed = |hour: u16, length| FixedShift { start: hour * 60, length: Minutes::new(length) };
    assert_eq!(rules.fixed_shifts, [fixed(14, 510), fixed(7, 510), fixed(7, 480)]);
    assert_eq!(rules.shift_lengths, [480, 510].map(Minutes::new));
    let at = |hour: u16| StartWindow { from: hour * 60, until: hour * 60, step: 15 };
    assert_eq!(rules.starts, [at(7), at(14)]);
    assert!(rules.fixes(7 * 60, Minutes::new(480)) && !rules.fixes(14 * 60, Minutes::new(480)));
}

#[test]
fn starts_and_lengths_beside_fixed_shifts_allow_them() {
    let rules = rules(&sample(STARTS, &format!("{STARTS}{FIXED}")));
    assert_eq!((rules.shift_lengths.len(), rules.starts.len(), rules.fixed_shifts.len()), (4, 1, 3));
    refused(
        "fixed_shifts = [{ start = '07:10', length_minutes = 480 }]",
        "fixed_shifts`: 07:10 is no start of the contract; accepted: starts within `starts`\n  hint: leave starts out: it follows from fixed_shifts",
    );
    refused(
        "fixed_shifts = [{ start = '07:00', length_minutes = 495 }]",
        "fixed_shifts`: 495 min is no length of the contract; accepted: 480, 510, 540, 600\n  hint: leave shift_lengths_minutes out: it follows from fixed_shifts",
    );
}

#[test]
fn fixed_shifts_lie_on_the_grid() {
    refused(
        "fixed_shifts = []",
        "fixed_shifts`: empty; accepted: at least one shift `{ start = \"07:00\", length_minutes = 480 }`",
    );
    refused(
        "fixed_shifts = [{ start = '07:00', length_minutes = 485 }]",
        "fixed_shifts.length_minutes`: `485`: not a multiple of the plan's interval of 15 minutes; accepted: a multiple of 15",
    );
    let off = FIXED.replace("'14:00'", "'14:05'");
    let found = sample(&format!("{LENGTHS}{STARTS}"), &off).problems();
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .starts_with("workspace.toml:103: `contract.starts.from`: `14:05`: no shift of site krakow can start then")
    );
}

#[test]
fn a_scenario_may_add_a_contract_of_fixed_shifts() {
    let contract = format!(
        "[[contract]]\nid = 'new'\nmin_hours_per_week = 0\nmax_hours_per_week = 40\n{FIXED}daily_rest_hours = 11\nweekly_rest_hours = 35\nmax_consecutive_days = 6\nmax_days_per_week = 5\n"
    );
    let workforce = SampleWorkspace::whole().scenario("s.toml", &contract).workforce().0;
    assert_eq!(workforce.contracts[2].rules.fixed_shifts.len(), 3);
}

#[test]
fn kinds_of_shifts_are_counted() {
    let line = "max_days_per_week = 5\nmax_starts = [{ from = '14:00', until = '22:00', most = 8 }, { from = '22:00', until = '06:00', most = 0 }]";
    let cap =
        |from: u16, until: u16, most| StartCap { starts: ClockWindow { from: from * 60, until: until * 60 }, most };
    assert_eq!(rules(&sample("max_days_per_week = 5", line)).rhythm.start_caps, [cap(14, 22, 8), cap(22, 6, 0)]);
    refused(
        "max_starts = []",
        "max_starts`: empty; accepted: at least one kind `{ from = \"14:00\", until = \"22:00\", most = 8 }`",
    );
    refused(
        "max_starts = [{ from = '14:00', until = '22:00' }]",
        "max_starts.most`: missing; accepted: a whole number from 0 to 371",
    );
    refused(
        "max_starts = [{ from = '24:00', until = '22:00', most = 1 }]",
        "max_starts.from`: `24:00`: not a time of a day; accepted: HH:MM from 00:00 to 23:59",
    );
    let many =
        |count| format!("max_starts = [{}]", vec!["{ from = '14:00', until = '22:00', most = 8 }"; count].join(", "));
    refused(&many(65), "max_starts`: 65 kinds of shifts; accepted: at most 64");
    let most = sample("max_days_per_week = 5", &format!("max_days_per_week = 5\n{}", many(64)));
    assert_eq!(rules(&most).rhythm.start_caps.len(), 64);
}

#[test]
fn a_succession_may_begin_with_a_kind_of_start() {
    let line = "max_days_per_week = 5\nforbidden_successions = [{ starts_from = '14:00', starts_until = '22:00', starts_before = '12:00' }, { ends_after = '23:00', starts_before = '08:00' }]";
    let late = Forerunner::StartsWithin(ClockWindow { from: 14 * 60, until: 22 * 60 });
    let expected = [
        Succession { first: late, starts_before: 12 * 60 },
        Succession { first: Forerunner::EndsAfter(23 * 60), starts_before: 8 * 60 },
    ];
    assert_eq!(rules(&sample("max_days_per_week = 5", line)).rhythm.forbidden, expected);
    refused(
        "forbidden_successions = [{ starts_from = '14:00', starts_before = '12:00' }]",
        "forbidden_successions.starts_until`: missing; accepted: HH:MM from 00:00 to 24:00",
    );
    refused(
        "forbidden_successions = [{ starts_until = '22:00', starts_before = '12:00' }]",
        "forbidden_successions.starts_from`: missing; accepted: HH:MM from 00:00 to 24:00",
    );
    refused(
        "forbidden_successions = [{ ends_after = '22:00', starts_from = '14:00', starts_until = '22:00', starts_before = '12:00' }]",
        "forbidden_successions.starts_from`: `14:00`: given besides ends_after; accepted: either ends_after, or starts_from with starts_until",
    );
}
