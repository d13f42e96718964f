//! Optima certified on random instances: flows feasible, prices feasible, and nothing served at a price above the least.

use proptest::prelude::*;

use crate::domain::cover::{CoverCurve, CoverPiece};
use crate::domain::ids::QueueIx;
use crate::domain::workforce::{Ability, SkillGroup};

use super::basis::Basis;
use super::cost_curve::Curve;
use super::sharing_exact::least_cost;
use super::simplex::Simplex;
use super::skill_groups::SkillGroups;
use super::transport::Transport;

const CLOSE: f64 = 1e-5;

/// Groups, the curves of one interval, and how heads come (true) and go.
#[derive(Clone, Debug)]
struct Case {
    groups: Vec<SkillGroup>,
    curves: Vec<CoverCurve>,
    moves: Vec<(usize, bool)>,
}

fn group(abilities: &[(usize, f64)]) -> SkillGroup {
    let ability = |&(queue, speed): &(usize, f64)| Ability { queue: QueueIx(queue), speed, priority: 1 };
    SkillGroup { abilities: abilities.iter().map(ability).collect() }
}

fn curve(required: f64, slopes: [f64; 3]) -> CoverCurve {
    let pieces = [(0.8 * required, slopes[0]), (0.2 * required, slopes[1]), (f64::INFINITY, slopes[2])];
    let pieces = pieces.map(|(agents, slope)| CoverPiece { agents, slope });
    CoverCurve::new(required, pieces.to_vec()).expect("slopes rise")
}

/// Requirements whole or not, speeds and slopes with many ties, some groups without skills, some queues without cost.
fn cases(most_queues: usize, most_groups: usize) -> impl Strategy<Value = Case> {
    let speed = prop_oneof![Just(0.9), Just(0.95), Just(1.0), Just(1.0), Just(1.05), Just(1.1)];
    let required = prop_oneof![(0..6_u32).prop_map(f64::from), 0.0..6.0_f64];
    let slopes = prop_oneof![Just([-30.0, -15.0, 1.0]), Just([-30.0, -15.0, 0.0]), Just([-20.0, -15.0, 3.0])];
    let curve = prop_oneof![
        12 => (required, slopes).prop_map(|(required, slopes)| curve(required, slopes)),
        1 => Just(CoverCurve::default()),
    ];
    (1..=most_queues, 1..=most_groups).prop_flat_map(move |(queues, groups)| {
        let skills = proptest::collection::vec(proptest::option::weighted(0.45, speed.clone()), queues);
        let group = skills.prop_map(|skills| {
            let able = skills.iter().enumerate().filter_map(|(queue, speed)| speed.map(|speed| (queue, speed)));
            group(&able.collect::<Vec<_>>())
        });
        let groups_of = proptest::collection::vec(group, groups);
        let curves = proptest::collection::vec(curve.clone(), queues);
        let moves = proptest::collection::vec((0..groups, proptest::bool::weighted(0.65)), 1..60);
        (groups_of, curves, moves).prop_map(|(groups, curves, moves)| Case { groups, curves, moves })
    })
}

/// The network of one interval, and what nobody costs in it.
fn network(case: &Case) -> (SkillGroups, Vec<Curve>, Transport) {
    let skill_groups = SkillGroups::new(&case.groups, case.curves.len());
    let curves: Vec<Curve> = case.curves.iter().map(Curve::new).collect();
    let net =
        Transport::new(&skill_groups, std::slice::from_ref(&curves), &[], |_, queue| case.curves[queue].cost(0.0));
    (skill_groups, curves, net)
}

/// Complementary slackness, computed from the instance itself: a proof that the flows cost least.
fn certify(case: &Case, net: &Transport, heads: &[f64], simplex: &Simplex, cost: f64) {
    let mut flow = vec![0.0; net.arcs.len()];
    simplex.basis().flows().for_each(|(arc, heads)| flow[arc] += heads);
    let mut work = vec![0.0; case.curves.len()];
    for (group, &heads) in heads.iter().enumerate() {
        let (arcs, mut placed) = (net.arcs_of(group), 0.0);
        let dearness = |arc: usize| net.arcs[arc].speed * simplex.prices()[net.arcs[arc].queue];
        let least = arcs.clone().map(dearness).fold(f64::INFINITY, f64::min);
        for arc in arcs.clone() {
            assert!(flow[arc] > -CLOSE, "less than nobody");
            assert!(flow[arc] < CLOSE || dearness(arc) < least + CLOSE, "served where it costs more");
            placed += flow[arc];
            work[net.arcs[arc].queue] += net.arcs[arc].speed * flow[arc];
        }
        assert!(arcs.is_empty() || (placed - heads).abs() < CLOSE, "everybody serves");
    }
    for (queue, curve) in case.curves.iter().enumerate() {
        let (price, at) = (simplex.prices()[queue], work[queue]);
        let slope = |from: f64| (curve.cost(from + 1e-3) - curve.cost(from)) / 1e-3;
        assert!(price < slope(at + CLOSE) + CLOSE, "more work would save more than it costs");
        assert!(at < 2e-3 || price > slope(at - 1e-3 - CLOSE) - CLOSE, "less work would save");
    }
    let total: f64 = case.curves.iter().zip(&work).map(|(curve, &work)| curve.cost(work)).sum();
    assert!((total - cost).abs() < CLOSE, "{total} {cost}");
}

fn moved(heads: &mut [f64], (group, comes): (usize, bool)) {
    heads[group] = (heads[group] + if comes { 1.0 } else { -1.0 }).max(0.0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, rng_seed: proptest::test_runner::RngSeed::Fixed(2), ..ProptestConfig::default() })]

    #[test]
    fn every_step_of_a_walk_is_certified_optimal_warm_and_cold(case in cases(6, 12)) {
        let (_, _, net) = network(&case);
        let (mut warm, mut cold) = (Simplex::default(), Simplex::default());
        let mut heads = vec![0.0; case.groups.len()];
        let mut basis: Vec<u16> = Vec::new();
        for &step in &case.moves {
            moved(&mut heads, step);
            let supply = net.supply(0, &heads);
            let start = (!basis.is_empty()).then_some(&basis[..]);
            let cost = warm.solve(&supply, start);
            certify(&case, &net, &heads, &warm, cost);
            let afresh = cold.solve(&supply, None);
            certify(&case, &net, &heads, &cold, afresh);
            basis.clear();
            warm.basis().store(&mut basis);
            prop_assert_eq!(basis.len(), Basis::width(case.groups.len(), case.curves.len()));
        }
    }

    #[test]
    fn a_linear_program_finds_the_same_cost(case in cases(5, 8)) {
        let (skill_groups, _, net) = network(&case);
        let mut heads = vec![0.0; case.groups.len()];
        case.moves.iter().for_each(|&step| moved(&mut heads, step));
        heads.iter_mut().step_by(2).for_each(|heads| *heads *= 0.7);
        let least = least_cost(&skill_groups, &case.curves, &heads).expect("an optimum");
        let found = Simplex::default().solve(&net.supply(0, &heads), None);
        prop_assert!((found - least).abs() < CLOSE, "{} against {}", found, least);
    }

    #[test]
    fn the_price_of_a_head_bounds_what_one_more_saves(case in cases(6, 12)) {
        let (_, _, net) = network(&case);
        let mut simplex = Simplex::default();
        let mut heads = vec![0.0; case.groups.len()];
        case.moves.iter().for_each(|&step| moved(&mut heads, step));
        let cost = simplex.solve(&net.supply(0, &heads), None);
        for group in 0..heads.len() {
            // Cost is convex in heads: the slope at the first bit is the least.
            simplex.solve(&net.supply(0, &heads), None);
            let price = simplex.head_price(&net.supply(0, &heads), group);
            moved(&mut heads, (group, true));
            let more = simplex.solve(&net.supply(0, &heads), None);
            prop_assert!(more >= cost + price - CLOSE);
            moved(&mut heads, (group, false));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, rng_seed: proptest::test_runner::RngSeed::Fixed(3), ..ProptestConfig::default() })]

    #[test]
    fn many_queues_are_shared_as_exactly_as_few(case in cases(40, 30)) {
        let (_, _, net) = network(&case);
        let mut simplex = Simplex::default();
        let mut heads = vec![0.0; case.groups.len()];
        let mut basis: Vec<u16> = Vec::new();
        for &step in &case.moves {
            moved(&mut heads, step);
            let start = (!basis.is_empty()).then_some(&basis[..]);
            let cost = simplex.solve(&net.supply(0, &heads), start);
            certify(&case, &net, &heads, &simplex, cost);
            basis.clear();
            simplex.basis().store(&mut basis);
        }
    }
}

#[test]
fn two_queues_and_a_group_that_can_serve_both() {
    // Queue 0 needs 2 heads, queue 1 needs 1: 30 each for the first 80 %, 15 for the rest; over costs 1.
    let case = Case {
        groups: vec![group(&[(0, 1.0)]), group(&[(0, 1.0), (1, 0.9)]), group(&[])],
        curves: vec![curve(2.0, [-30.0, -15.0, 1.0]), curve(1.0, [-30.0, -15.0, 1.0])],
        moves: Vec::new(),
    };
    let (_, _, net) = network(&case);
    let mut simplex = Simplex::default();
    // Nobody: 1.6 × 30 + 0.4 × 15 + 0.8 × 30 + 0.2 × 15 = 81.
    assert!((simplex.solve(&net.supply(0, &[0.0, 0.0, 5.0]), None) - 81.0).abs() < 1e-9);
    // Two heads at queue 0, and one of the versatile at queue 1, where 0.1 × 15 are missing.
    assert!((simplex.solve(&net.supply(0, &[2.0, 1.0, 0.0]), None) - 1.5).abs() < 1e-9);
    // Another versatile head: 1/9 of it fills queue 1, the rest is over, where its work is least: 0.9 at 1.
    let cost = simplex.solve(&net.supply(0, &[2.0, 2.0, 0.0]), None);
    assert!((cost - 0.8).abs() < 1e-9, "{cost}");
}

#[test]
fn where_queues_cost_the_same_the_first_priority_gets_the_head() {
    // One head, wanted by both queues at the same prices; the sum of both slopes is what is saved either way.
    let skill_groups = SkillGroups::new(&[group(&[(0, 1.0), (1, 1.0)])], 2);
    let same = curve(1.0, [-15.0, -15.0, 1.0]);
    for (priorities, gets_it) in [([1, 2], 0), ([2, 1], 1), ([7, 3], 1), ([1, 40], 0)] {
        let curves = vec![vec![Curve::new(&same), Curve::new(&same)]];
        let net = Transport::new(&skill_groups, &curves, &priorities, |_, _| same.cost(0.0));
        let mut simplex = Simplex::default();
        let cost = simplex.solve(&net.supply(0, &[1.0]), None);
        let served: Vec<(usize, f64)> =
            simplex.basis().flows().map(|(arc, heads)| (net.arcs[arc].queue, heads)).collect();
        assert!(served.iter().any(|&(queue, heads)| queue == gets_it && (heads - 1.0).abs() < 1e-9), "{served:?}");
        assert!((cost - 15.0).abs() < 1e-6, "{cost} is not 15 to a millionth");
    }
}
