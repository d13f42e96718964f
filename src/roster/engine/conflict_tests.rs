//! What is named where no roster exists, and that the changes told let one be made.

use crate::domain::conflict::{Conflict, Deadlock, Tried};
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::progress::Silent;
use crate::domain::promise::{ChangePrices, PromisedDay};
use crate::domain::rule::Rule;
use crate::domain::time::Instant;
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::WeekMinutes;
use crate::roster::check::tiny_instance::{TinyInstance, lenient};
use crate::roster::problem::{NoSolution, RosterParams};

use super::conflicts::conflicts_of_agents;
use super::solve::solve;

fn deadlock(instance: &TinyInstance) -> Deadlock {
    let params = RosterParams { work: Some(300), ..RosterParams::default() };
    match solve(&instance.problem(), &params, &Silent) {
        Err(NoSolution::Conflicts(deadlock)) => deadlock,
        other => panic!("no legal week: {other:?}"),
    }
}

/// Shifts of so many hours that start on the hour within a window.
fn shifts(lengths: &[i64], from: u16, until: u16) -> LabourRules {
    LabourRules {
        shift_lengths: lengths.iter().map(|&hours| Minutes::hours(hours)).collect(),
        starts: vec![StartWindow { from: from * 60, until: until * 60, step: 60 }],
        ..lenient()
    }
}

/// Everybody owes so many hours a week, and the contract says so.
fn owing(mut instance: TinyInstance, hours: i64) -> TinyInstance {
    let minutes = Minutes::hours(hours);
    for contract in &mut instance.workforce.contracts {
        (contract.rules.min_week, contract.rules.max_week) = (minutes, Minutes::hours(hours + 8));
    }
    let weeks = instance.period.weeks as usize;
    for agent in &mut instance.workforce.agents {
        agent.weeks = vec![WeekMinutes { min: minutes, max: Minutes::hours(hours + 8) }; weeks];
    }
    instance
}

fn told(conflict: &Conflict) -> Vec<Vec<&str>> {
    conflict.repairs.iter().map(|of| of.changes.iter().map(|change| change.what.as_str()).collect()).collect()
}

#[test]
fn what_is_owed_beyond_what_days_hold_is_repaired_by_a_day_more_or_less_owed_and_priced() {
    // Three days of six hours are 18 h, four are 24; 20 are owed, at 20 an hour.
    let instance = owing(TinyInstance::new(LabourRules { max_days_per_week: 3, ..shifts(&[4, 6], 8, 14) }), 20);
    let found = deadlock(&instance);
    let conflict = &found.conflicts[0];
    assert_eq!(conflict.rules, [Rule::WeeklyMinutes, Rule::DaysPerWeek, Rule::ShiftLength]);
    assert_eq!(
        told(conflict),
        [
            vec!["`max_days_per_week` 3 → 4"],
            vec!["`min_hours_per_week` 20 → 18"],
            vec!["420 in `shift_lengths_minutes`, too"]
        ]
    );
    // Two of four hours and two of six are 20 h; two hours less owed are 40 less; twice seven hours and one of six are 20 again.
    let pay: Vec<Option<Money>> = conflict.repairs.iter().map(|repair| repair.pay).collect();
    assert_eq!(pay, [0.0, -40.0, 0.0].map(|amount| Some(Money::rounded(amount))));
    let way_out = found.way_out.expect("one conflict with a repair");
    assert_eq!((way_out.repair.changes[0].who.as_slice(), way_out.leaves), (&["anna".to_owned()][..], Tried::Roster));
}

#[test]
fn of_several_weeks_those_are_named_that_are_too_much_together() {
    // A week owes 36 h: six days of six, so one day of its weekend. One weekend may be worked: any two of the weeks are one too many.
    let rules = LabourRules { max_consecutive_days: 100, ..shifts(&[6], 8, 14) };
    let mut instance = TinyInstance::new(rules);
    instance.period.weeks = 3;
    instance.workforce.contracts[0].rules.rhythm.max_weekends = Some(1);
    let instance = owing(instance, 36);
    let conflicts = conflicts_of_agents(&instance.problem()).conflicts;
    assert!(conflicts[0].rules.contains(&Rule::Weekends) && conflicts[0].rules.contains(&Rule::WeeklyMinutes));
    assert_eq!(conflicts[0].dates.len(), 14, "{:?}", conflicts[0]);
    assert!(conflicts[0].detail.contains("in all of these weeks together"), "{}", conflicts[0].detail);
    assert!(told(&conflicts[0]).contains(&vec!["`max_weekends` 1 → 3"]), "{:?}", told(&conflicts[0]));
}

/// Monday until 20:00 and Tuesday from 6:00 are fixed: ten hours of rest, where eleven are due.
fn promised_too_near(rules: LabourRules) -> TinyInstance {
    let mut instance = TinyInstance::new(LabourRules { daily_rest: Minutes::hours(11), ..rules });
    let fixed = |instance: &TinyInstance, row: &str, day: &str| PromisedDay {
        date: instance.date(day),
        pieces: instance.shifts(&[row])[0].pieces.clone(),
        is_fixed: true,
        not_before: Instant::UNIX_EPOCH,
        is_short_notice: false,
        prices: ChangePrices::default(),
    };
    let days = [("mon 14:00 wwwwww", "mon"), ("tue 06:00 wwwwww", "tue")];
    instance.workforce.agents[0].promised = days.iter().map(|(row, day)| fixed(&instance, row, day)).collect();
    instance
}

#[test]
fn a_promised_shift_too_late_before_another_is_named_with_the_rest() {
    let instance = promised_too_near(shifts(&[6], 6, 14));
    let conflicts = deadlock(&instance).conflicts;
    assert_eq!(conflicts[0].rules, [Rule::Promised, Rule::DailyRest]);
    assert_eq!(conflicts[0].dates, [instance.date("mon"), instance.date("tue")]);
    // One of the two days is enough: the first is told.
    let first = format!("the shift of {} not locked", instance.date("mon"));
    assert_eq!(told(&conflicts[0]), [vec!["`daily_rest_hours` 11 → 10"], vec![first.as_str()]]);
}

#[test]
fn where_no_single_rule_is_enough_two_are_loosened_together() {
    // Beside the rest, 20 h are owed and three days of six hours are 18: four days are 20 with two of four hours.
    let instance = owing(promised_too_near(LabourRules { max_days_per_week: 3, ..shifts(&[4, 6], 6, 14) }), 20);
    let found = deadlock(&instance);
    let conflict = &found.conflicts[0];
    assert_eq!(conflict.rules, [Rule::Promised, Rule::DailyRest]);
    assert!(conflict.detail.contains("no one of these rules is enough"), "{}", conflict.detail);
    assert_eq!(told(conflict), [vec!["`max_days_per_week` 3 → 4", "`daily_rest_hours` 11 → 10"]]);
    assert_eq!(found.way_out.map(|way| way.leaves), Some(Tried::Roster));
}

#[test]
fn the_limit_on_weekends_is_named_where_it_leaves_too_few_days_for_one_seat() {
    // Three people owe two days each: six of the seven days of the one seat. Without the weekend there are five.
    let mut rules = shifts(&[4], 8, 8);
    rules.rhythm.max_weekends = Some(0);
    let mut instance = TinyInstance::new(rules);
    instance.hire("Ben");
    instance.hire("Cem");
    instance.workforce.sites[0].seats = Some(1);
    let instance = owing(instance, 8);
    let found = deadlock(&instance);
    let conflict = &found.conflicts[0];
    let rules = [Rule::Seats, Rule::WeeklyMinutes, Rule::Weekends, Rule::ShiftLength, Rule::ShiftStart];
    assert_eq!((conflict.who.as_str(), &conflict.rules[..], conflict.is_proved), ("hall", &rules[..], true));
    // A second seat; shifts from 6:00 and 10:00, too, one after the other on the seat; or a day of four hours less for each, at 20 an hour.
    assert_eq!(told(conflict)[0], ["`seats` 1 → 2 (hall)"]);
    assert_eq!(told(conflict)[1], ["`starts` 2 hours earlier and later, too"]);
    assert_eq!(told(conflict)[2], ["`min_hours_per_week` 8 → 4"]);
    assert_eq!(conflict.repairs[2].pay, Some(Money::rounded(-240.0)));
    assert_eq!(found.way_out.map(|way| way.leaves), Some(Tried::Roster));
}
