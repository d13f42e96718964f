//! What the engine promises of every roster it makes.

use std::time::Duration;

use proptest::prelude::*;

use crate::domain::conflict::{Conflict, Deadlock};
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::progress::Silent;
use crate::domain::rule::Rule;
use crate::domain::span::Span;
use crate::domain::split::SplitRule;
use crate::domain::units::{Minutes, Money, Share};
use crate::domain::workforce::{Block, BlockReason, SettlementPeriod, WeekMinutes};
use crate::roster::check::check;
use crate::roster::check::tiny_instance::{TinyInstance, lenient};
use crate::roster::problem::{NoSolution, RosterParams};

use super::solve::{prove, solve};

/// Shifts of four or six hours that start between 8:00 and 14:00, eleven hours apart.
fn rules() -> LabourRules {
    LabourRules {
        shift_lengths: vec![Minutes::hours(4), Minutes::hours(6)],
        starts: vec![StartWindow { from: 8 * 60, until: 14 * 60, step: 60 }],
        daily_rest: Minutes::hours(11),
        max_days_per_week: 3,
        ..lenient()
    }
}

fn quick() -> RosterParams {
    RosterParams { work: Some(300), ..RosterParams::default() }
}

fn conflicts_of(instance: &TinyInstance) -> Vec<Conflict> {
    deadlock_of(instance).conflicts
}

fn deadlock_of(instance: &TinyInstance) -> Deadlock {
    match solve(&instance.problem(), &quick(), &Silent) {
        Err(NoSolution::Conflicts(deadlock)) => deadlock,
        other => panic!("no legal week: {other:?}"),
    }
}

fn owing(mut instance: TinyInstance, hours: i64) -> TinyInstance {
    for agent in &mut instance.workforce.agents {
        agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
    }
    instance
}

#[test]
fn an_agent_who_owes_more_than_three_days_hold_is_named_with_the_figures() {
    // Three days of six hours are 18 h; 20 h are owed.
    let instance = owing(TinyInstance::new(rules()), 20);
    let conflicts = conflicts_of(&instance);
    assert_eq!(conflicts[0].rules, [Rule::WeeklyMinutes, Rule::DaysPerWeek, Rule::ShiftLength]);
    assert!(conflicts[0].detail.contains("at least 20 h") && conflicts[0].detail.contains("at most 18 h"));
    assert_eq!(conflicts[0].dates.len(), 7);
}

/// Shifts of four or six hours, those of six in two parts at most so often a week.
fn in_two_parts(max_per_week: u32) -> LabourRules {
    let split = SplitRule {
        min_gap: Minutes::hours(3),
        max_gap: Minutes::hours(5),
        min_part: Minutes::hours(3),
        from_length: Minutes::ZERO,
        step: Minutes::hours(1),
        max_per_week: Some(max_per_week),
        gap_pay: Share::clamped(0.5),
    };
    LabourRules { split: Some(split), ..rules() }
}

#[test]
fn a_split_shift_serves_two_peaks_and_its_gap_is_paid_by_half() {
    let mut instance = owing(TinyInstance::new(in_two_parts(1)), 6);
    for hour in ["08:00", "09:00", "10:00", "15:00", "16:00", "17:00"] {
        instance.require(&format!("wed {hour}"), 1.0);
    }
    let found = solve(&instance.problem(), &quick(), &Silent).expect("a legal week");
    let expected = &instance.shifts(&["wed 08:00 www....www"])[0];
    assert_eq!((found.roster.shifts.len(), &found.roster.shifts[0].pieces), (1, &expected.pieces));
    let checked = check(&instance.problem(), found.roster, found.proof.bound).expect("a legal roster");
    // Six hours at 20, and the four between them at 10; nobody is missing.
    assert_eq!(checked.cost().wages, Money::rounded(120.0));
    assert_eq!((checked.cost().premiums, checked.cost().short), (Money::rounded(40.0), Money::ZERO));
}

#[test]
fn split_shifts_that_a_week_would_need_are_named_in_the_conflict() {
    // At noon of every day nobody can be there, and only split shifts have six hours on either side.
    let mut instance = owing(TinyInstance::new(in_two_parts(1)), 12);
    for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        let (from, until) = (instance.at(&format!("{day} 11:00")), instance.at(&format!("{day} 14:00")));
        let block = Block { span: Span { from, until }, reason: BlockReason::Unavailable };
        instance.workforce.agents[0].blocks.push(block);
    }
    instance.workforce.contracts[0].rules.shift_lengths = vec![Minutes::hours(6)];
    instance.workforce.contracts[0].rules.starts = vec![StartWindow { from: 8 * 60, until: 8 * 60, step: 60 }];
    let conflicts = conflicts_of(&instance);
    let expected = [Rule::WeeklyMinutes, Rule::Presence, Rule::Split, Rule::ShiftLength, Rule::ShiftStart];
    assert_eq!(conflicts[0].rules, expected);
}

#[test]
fn a_settlement_period_that_owes_more_than_its_weeks_hold_is_named_alone() {
    // Two weeks of three days of six hours are 36 h; 40 h are owed by both together and none by either.
    let mut instance = TinyInstance::new(rules());
    instance.period.weeks = 2;
    let week = WeekMinutes { min: Minutes::ZERO, max: Minutes::hours(40) };
    let due = WeekMinutes { min: Minutes::hours(40), max: Minutes::hours(60) };
    instance.workforce.agents[0].weeks = vec![week; 2];
    instance.workforce.agents[0].settlement = vec![SettlementPeriod { weeks: 2, minutes: due }];
    let conflicts = conflicts_of(&instance);
    assert_eq!(conflicts[0].rules, [Rule::SettlementPeriod, Rule::DaysPerWeek, Rule::ShiftLength]);
    assert!(conflicts[0].detail.contains("settlement period of 2026-11-30"), "{}", conflicts[0].detail);
    assert!(conflicts[0].detail.contains("at least 40 h") && conflicts[0].detail.contains("at most 36 h"));
    assert_eq!(conflicts[0].dates.len(), 14);
}

#[test]
fn one_agent_works_when_somebody_is_needed() {
    let mut instance = owing(TinyInstance::new(rules()), 4);
    for hour in ["wed 11:00", "wed 12:00", "wed 13:00", "wed 14:00"] {
        instance.require(hour, 1.0);
    }
    let found = solve(&instance.problem(), &quick(), &Silent).expect("a legal week");
    assert_eq!(found.roster.shifts.len(), 1);
    assert_eq!(found.roster.shifts[0].span().from, instance.at("wed 11:00"));
}

#[test]
fn the_amount_of_work_is_kept_to_within_a_round_of_moves_and_the_bound_is_never_below_the_wages() {
    let mut instance = owing(TinyInstance::new(rules()), 8);
    for name in ["Ben", "Cem", "Dora", "Emil"] {
        instance.hire(name);
    }
    instance.require("wed 11:00", 2.5);
    for work in [0, 12, 40, 90, 300] {
        let params = RosterParams { work: Some(work), target_gap: 0.0, ..RosterParams::default() };
        let found = solve(&instance.problem(), &params, &Silent).expect("a legal week");
        assert!(found.proof.work <= work.max(10) + 256, "{} of {work}", found.proof.work);
        assert!(found.proof.bound.objective >= found.proof.bound.unavoidable_wages);
    }
}

#[test]
fn a_run_stopped_by_the_clock_is_repeated_by_the_work_it_reports() {
    let mut instance = owing(TinyInstance::new(rules()), 8);
    for name in ["Ben", "Cem", "Dora", "Emil"] {
        instance.hire(name);
    }
    instance.require("wed 11:00", 2.5);
    instance.require("fri 09:00", 1.5);
    for milliseconds in [0, 1, 3, 9, 27] {
        let time_limit = Some(Duration::from_millis(milliseconds));
        let params = RosterParams { time_limit, target_gap: -1.0, ..RosterParams::default() };
        let found = solve(&instance.problem(), &params, &Silent).expect("a legal week");
        let again = RosterParams { work: Some(found.proof.work), time_limit: None, ..params };
        let again = solve(&instance.problem(), &again, &Silent).expect("a legal week");
        assert_eq!((again.roster, again.proof), (found.roster, found.proof));
    }
}

#[test]
fn the_bound_alone_is_one_of_the_search_and_costs_less_work() {
    let mut instance = owing(TinyInstance::new(rules()), 8);
    for name in ["Ben", "Cem", "Dora", "Emil"] {
        instance.hire(name);
    }
    instance.require("wed 11:00", 2.5);
    let params = RosterParams { work: Some(5_000), target_gap: -1.0, ..RosterParams::default() };
    let found = solve(&instance.problem(), &params, &Silent).expect("a legal week");
    let proof = prove(&instance.problem(), &params, &Silent).expect("a legal week");
    assert!(proof.work < found.proof.work);
    assert_eq!(
        (&proof.relaxed, proof.bound.unavoidable_wages),
        (&found.proof.relaxed, found.proof.bound.unavoidable_wages)
    );
    let (bound, best) = (proof.bound.objective.as_f64(), found.proof.bound.objective.as_f64());
    assert!(bound <= best && best - bound <= 0.01 * best, "{bound} against {best}");
}

#[test]
fn where_costs_are_whole_so_is_the_bound_and_the_best_roster_is_proved_best() {
    let mut instance = TinyInstance::crowded(&["Ben", "Cem"], 9);
    for agent in &mut instance.workforce.agents {
        agent.hourly_cost = Money::ZERO;
    }
    for (day, agents) in [("mon", 1.0), ("tue", 2.0), ("thu", 1.0), ("fri", 3.0)] {
        (9..13).for_each(|hour| instance.require(&format!("{day} {hour:02}:00"), agents));
    }
    let problem = instance.problem();
    let found = solve(&problem, &RosterParams { work: Some(100_000), ..quick() }, &Silent).expect("a legal week");
    let checked = check(&problem, found.roster, found.proof.bound).expect("legal");
    assert_eq!(checked.cost().objective(), found.proof.bound.objective);
    assert!(found.proof.work < 100_000, "the search ends with the proof");
    assert_eq!(found.proof.bound.objective, Money::rounded(found.proof.bound.objective.as_f64().round()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn rosters_are_legal_above_their_bound_and_the_same_on_any_number_of_threads(
        needs in proptest::collection::vec((0..5_usize, 8..18_u32, 0.5..3.0_f64), 1..12),
        owed in proptest::collection::vec(prop_oneof![Just(4_i64), Just(8), Just(10), Just(16)], 3),
    ) {
        let mut instance = TinyInstance::new(rules());
        instance.hire("Ben");
        instance.hire("Cem");
        for (agent, hours) in instance.workforce.agents.iter_mut().zip(owed) {
            agent.weeks = vec![WeekMinutes { min: Minutes::hours(hours), max: Minutes::hours(hours) }];
        }
        for (day, hour, agents) in needs {
            instance.require(&format!("{} {hour:02}:00", ["mon", "tue", "wed", "thu", "fri"][day]), agents);
        }
        let solved = [1, 2].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| solve(&instance.problem(), &quick(), &Silent)).expect("a legal week")
        });
        prop_assert_eq!(&solved[0].roster, &solved[1].roster);
        prop_assert_eq!(solved[0].proof.bound, solved[1].proof.bound);
        let [first, _] = solved;
        let checked = check(&instance.problem(), first.roster, first.proof.bound);
        prop_assert!(checked.is_ok(), "{:?}", checked.err());
    }
}
