//! Headcounts in the engine against every roster there is, in instances so small that all can be written down.

use proptest::prelude::*;

use crate::domain::headcount::{CountPrice, Counted, Headcount, HeadcountKind, PricePoint};
use crate::domain::labour::{BreakKind, BreakRule, LabourRules, StartWindow};
use crate::domain::progress::Silent;
use crate::domain::roster::Bound;
use crate::domain::span::Span;
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::{Block, BlockReason, WeekMinutes};
use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::bound::lagrangian::evaluate_once;
use crate::roster::check::check;
use crate::roster::check::tiny_instance::{TinyInstance, lenient};
use crate::roster::instance::Instance;
use crate::roster::instance::breaks::{Pause, PlacedBreak};
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::RosterParams;
use crate::roster::search::construct::construct;
use crate::roster::search::incumbent::Incumbent;
use crate::roster::search::scratch::SearchScratch;

use super::assembly::roster_of;
use super::solve::solve;

/// What is drawn: weights of Anna, Ben and Cem, when they count, where the price bends, slopes beyond that.
type Drawn = ([i32; 3], bool, (f64, f64, f64), (f64, f64));

/// Three people who owe one shift of four hours, its paid break after one hour or two, on Monday or Tuesday.
fn three(needs: &[(usize, u32, f64)], drawn: &[Drawn]) -> TinyInstance {
    let pause = BreakRule {
        kind: BreakKind::Paid,
        length: Minutes::hours(1),
        from_length: Minutes::ZERO,
        earliest: Minutes::hours(1),
        latest: Minutes::hours(2),
    };
    let mut instance = TinyInstance::new(LabourRules {
        shift_lengths: vec![Minutes::hours(4)],
        starts: vec![StartWindow { from: 8 * 60, until: 12 * 60, step: 120 }],
        breaks: vec![pause],
        ..lenient()
    });
    instance.hire("ben");
    instance.hire("cem");
    let gone = Span { from: instance.at("wed 00:00"), until: instance.at("sun 00:00") + chrono::Duration::days(2) };
    for agent in &mut instance.workforce.agents {
        agent.weeks = vec![WeekMinutes { min: Minutes::hours(4), max: Minutes::hours(4) }];
        agent.blocks = vec![Block { span: gone, reason: BlockReason::Unavailable }];
    }
    for &(day, hour, agents) in needs {
        instance.require(&format!("{} {hour:02}:00", ["mon", "tue"][day]), agents);
    }
    instance.workforce.headcounts = drawn.iter().map(|drawn| headcount(&instance, *drawn)).collect();
    instance
}

fn headcount(instance: &TinyInstance, (weights, on_shift, (at, width, cost), (before, after)): Drawn) -> Headcount {
    let grid = instance.period.grid();
    let open = grid.range(instance.at("mon 09:00"), instance.at("mon 15:00"));
    let slope = cost / width;
    let points = vec![PricePoint { count: at, cost }, PricePoint { count: at + width, cost: 0.0 }];
    Headcount {
        kind: HeadcountKind::Group("drawn".into()),
        weights: weights.to_vec(),
        per_head: weights.into_iter().max().unwrap_or(1).max(1),
        counted: if on_shift { Counted::OnShift } else { Counted::AtWork },
        price: CountPrice::new(points, -slope - before, after.max(-slope)).expect("convex"),
        applies: (0..grid.len()).map(|interval| open.contains(&interval)).collect(),
    }
}

/// Every line of an agent: the day, the start and the place of the break.
fn lines(instance: &Instance<'_>, agent: usize) -> Vec<Line> {
    let library = instance.library(agent);
    let mut lines = Vec::new();
    for day in 0..2 {
        for candidate in &library.days[day] {
            for offset in 1..=2 {
                let plan = &library.plans[candidate.plan];
                let breaks = vec![PlacedBreak { pause: Pause::Break(plan.breaks[0].kind), offset, slots: 1 }];
                let shift = LineShift { day, start: candidate.start, slots: candidate.slots, breaks };
                lines.push(Line::new(vec![shift], instance.agent(agent), library, &instance.slot_grid));
            }
        }
    }
    lines
}

fn needs() -> impl Strategy<Value = Vec<(usize, u32, f64)>> {
    proptest::collection::vec((0..2_usize, 8..16_u32, 0.5..3.0_f64), 0..6)
}

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    let weights = prop_oneof![Just([1, 1, 1]), Just([2, -1, -1]), Just([0, 1, 1]), Just([1, 0, 0])];
    let corners = (-1.0..3.0_f64, 0.5..2.0_f64, 0.0..60.0_f64);
    proptest::collection::vec((weights, any::<bool>(), corners, (0.0..80.0_f64, -20.0..30.0_f64)), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_search_costs_every_roster_as_the_checker_does_and_the_bound_is_below_them_all(
        needs in needs(),
        drawn in drawn(),
        prices in proptest::collection::vec(-40.0..80.0_f64, 40),
    ) {
        let tiny = three(&needs, &drawn);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut scratch = SearchScratch::default();
        let none = Bound { objective: Money::rounded(-1e9), unavoidable_wages: Money::ZERO };
        let all: Vec<Vec<Line>> = (0..3).map(|agent| lines(&instance, agent)).collect();
        let mut least = f64::INFINITY;
        for (a, b) in all[0].iter().flat_map(|a| all[1].iter().map(move |b| (a, b))) {
            let mut beside = f64::INFINITY;
            let mut rest = None;
            for c in &all[2] {
                let of = vec![a.clone(), b.clone(), c.clone()];
                let roster = Incumbent::of(&instance, of.clone(), &mut scratch.cover).expect("no seats to run out");
                let written = roster_of(&instance, &of.into_iter().map(Some).collect::<Vec<_>>());
                let checked = check(&problem, written, none).expect("legal");
                prop_assert!((roster.cost - checked.cost().objective().as_f64()).abs() < 1e-3);
                beside = beside.min(roster.cost);
                rest = Some(roster);
            }
            least = least.min(beside);
            // The best line beside two others is the best of all lines.
            let (mut roster, free) = (rest.expect("lines"), vec![true; instance.days()]);
            let old = roster.remove_days(&instance, 2, &free, &mut scratch.cover).expect("a line");
            let line = roster.best_line(&instance, 2, &old, &free, &mut scratch).expect("a line");
            roster.insert_days(&instance, 2, line, &free, &mut scratch.cover);
            prop_assert!((roster.cost - beside).abs() < 1e-6, "{} and not {beside}", roster.cost);
        }
        let mut drawn = DualPrices::zero(&instance);
        drawn.all_mut().zip(prices.iter().cycle()).for_each(|(price, drawn)| *price = *drawn);
        drawn.project(&instance);
        for share in [0.0, 0.2, 1.0] {
            let mut scaled = drawn.scaled(share);
            scaled.project(&instance);
            let bound = evaluate_once(&instance, &scaled).bound;
            prop_assert!(bound <= least + 1e-6, "{bound} above {least}");
        }
        let params = RosterParams { work: Some(600), target_gap: 0.0, ..RosterParams::default() };
        let found = solve(&problem, &params, &Silent).expect("legal");
        prop_assert!(found.proof.bound.objective.as_f64() <= least + 1e-3);
        let cost = check(&problem, found.roster, found.proof.bound).expect("legal").cost().objective().as_f64();
        // The search is no proof: it may stay above the best, never below it.
        prop_assert!(cost >= least - 1e-3, "{cost} below {least}");
    }

    #[test]
    fn what_is_taken_back_or_cut_in_two_costs_what_it_did(needs in needs(), drawn in drawn()) {
        let tiny = three(&needs, &drawn);
        let problem = tiny.problem();
        let instance = prepared(&problem).expect("everybody has a line");
        let mut scratch = SearchScratch::default();
        let mut roster = construct(&instance, &mut scratch).expect("no seats to run out");
        let (before, free) = (roster.cost, vec![true; instance.days()]);
        roster.mark();
        let old = roster.remove_days(&instance, 0, &free, &mut scratch.cover).expect("a line");
        let other = lines(&instance, 0).pop().expect("a line");
        roster.insert_days(&instance, 0, other, &free, &mut scratch.cover);
        roster.take_back(&instance, before, vec![(0, old)], &free);
        let cut = instance.cut_between(0..1, 1..2).expect("nights are free");
        let part = roster.split(&instance, cut, &[false, true, false]);
        prop_assert!((roster.cost + part.cost - before).abs() < 1e-6);
        roster.join(part);
        let lines: Vec<Line> = roster.lines.iter().cloned().map(|line| line.expect("a line")).collect();
        let whole = Incumbent::of(&instance, lines, &mut scratch.cover).expect("no seats to run out");
        prop_assert!((roster.cost - whole.cost).abs() < 1e-6);
        // After all that, the counts are those of the lines.
        let line = roster.remove_days(&instance, 1, &free, &mut scratch.cover).expect("a line");
        roster.insert_days(&instance, 1, line, &free, &mut scratch.cover);
        prop_assert!((roster.cost - before).abs() < 1e-6);
    }
}
