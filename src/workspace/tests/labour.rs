//! Contracts under a pack of labour law: what is filled in, and what is reported.

use super::sample::SampleWorkspace;
use crate::domain::labour::{BreakKind, BreakRule, LabourRules};
use crate::domain::units::Minutes;

/// The contract `part`, where its rests and days are left unsaid and a pack is named.
fn under(labour: &str) -> SampleWorkspace {
    SampleWorkspace::whole().with(
        "workspace.toml",
        "step_minutes = 15 }]\ndaily_rest_hours = 11\nweekly_rest_hours = 35\nmax_consecutive_days = 6\nmax_days_per_week = 6\n",
        &format!("step_minutes = 15 }}]\n{labour}\n"),
    )
}

fn rules(sample: &SampleWorkspace) -> LabourRules {
    sample.workforce().0.contracts[1].rules.clone()
}

#[test]
fn a_pack_fills_in_what_a_contract_leaves_unsaid() {
    let rules = rules(&under("labour = 'pl'"));
    assert_eq!((rules.daily_rest, rules.weekly_rest), (Minutes::hours(11), Minutes::hours(35)));
    let quarter = Minutes::new(15);
    let window = |rule: &BreakRule| (rule.kind, rule.length, rule.from_length.get());
    assert_eq!(rules.breaks.iter().map(window).collect::<Vec<_>>(), [(BreakKind::Paid, quarter, 360)]);
    assert_eq!((rules.max_week, rules.rhythm.max_sundays_in_a_row), (Minutes::hours(30), Some(3)));
}

#[test]
fn where_the_law_is_silent_nothing_binds() {
    let rules = rules(&under("labour = 'us-ca'"));
    assert_eq!((rules.daily_rest, rules.weekly_rest), (Minutes::ZERO, Minutes::ZERO));
    assert_eq!((rules.max_consecutive_days, rules.max_days_per_week), (366, 6));
    assert_eq!(self::rules(&under("labour = 'eu'")).breaks, []);
}

#[test]
fn what_is_below_the_law_is_reported_with_its_article() {
    let found = under("labour = 'pl'\ndaily_rest_hours = 10").problems();
    assert_eq!(
        found,
        [
            "workspace.toml:132: `contract.daily_rest_hours`: `10`: less than 11 hours; accepted: 11 or more\n  hint: Kodeks pracy, art. 132 § 1: eleven hours of uninterrupted rest in every 24; released by `labour_without = [\"132\"]`"
        ]
    );
    let released = under("labour = 'pl'\ndaily_rest_hours = 10\nlabour_without = ['132']");
    assert_eq!(rules(&released).daily_rest, Minutes::hours(10));
}

#[test]
fn split_shifts_are_held_against_the_law() {
    let split = "split = { min_gap_minutes = 60, max_gap_minutes = 300, min_part_minutes = 120 }";
    let found = under(&format!("labour = 'pl'\n{split}")).problems();
    let hint =
        "Kodeks pracy, art. 139 § 1: one break of at most five hours a day, paid with half of the pay for standstill";
    let [first, second] = &found[..] else { panic!("{found:?}") };
    assert!(first.starts_with("workspace.toml:125: `contract.breaks`: a shift of 120 min and 240 min has 0 paid breaks of 15 minutes or more"), "{first}");
    assert!(second.starts_with("workspace.toml:132: `contract.split`: less than half of the hourly cost for the gap; accepted: gap_pay_share of 0.5 or more"), "{second}");
    assert!(second.contains(hint), "{second}");
}

#[test]
fn packs_and_articles_are_known_by_name() {
    let found = under(
        "labour = 'uk'\ndaily_rest_hours = 10\nweekly_rest_hours = 35\nmax_consecutive_days = 6\nmax_days_per_week = 6",
    )
    .problems();
    assert_eq!(
        found,
        ["workspace.toml:131: `contract.labour`: `uk`: not one of the words allowed here; accepted: eu | pl | us-ca"]
    );
    let found = under("labour = 'eu'\nlabour_without = ['132']").problems();
    assert_eq!(
        found,
        [
            "workspace.toml:132: `contract.labour_without`: `132`: not one of the values allowed here; accepted: 3 | 4 | 5 | 6 | 8"
        ]
    );
}
