//! The exact oracle: on tiny instances the engine is compared with the best roster there is.
//!
//! Every legal week of every agent is written down by brute force, with the checker as the judge of legality, and an
//! integer program chooses among them. The engine's roster passes the checker, costs at most a hundredth more than the
//! best, and its bounds are no higher than the truth.

mod exact;
mod lines;

use rayon::prelude::*;

use obsada::domain::progress::Silent;
use obsada::roster::{NoSolution, RosterParams, Solution, check, solve};

use crate::instances::{OwnedProblem, THEMES, Theme, quarters, tiny};
use exact::BruteForce;
use lines::NO_BOUND;

/// What floating sums of the oracle may be off by, in the currency.
const FORGIVEN: f64 = 1e-6;

/// What payroll and cover, rounded row by row, may differ from the oracle's sums, in the currency.
const ROUNDING: f64 = 1e-3;

/// What the engine may round its bounds down by, in the currency. The least pay of an agent is a shortest path that
/// pricing finds exactly, so it misses the truth by no more than that.
const ROUNDED_DOWN: f64 = 1e-2;

/// Instances of each theme in which a legal roster exists.
const SOLVABLE: usize = 3;

/// Compares engine and oracle on the first instances of a theme: so many solvable ones, and the unsolvable ones between.
fn engine_is_near_the_best(theme: Theme) {
    let mut solvable = 0;
    for seed in 0.. {
        solvable += usize::from(compare(&tiny(theme, seed), &format!("{theme:?}, seed {seed}")));
        if solvable == SOLVABLE {
            break;
        }
    }
}

/// Whether a legal roster exists; if so, the engine's is held against the best.
fn compare(instance: &OwnedProblem, name: &str) -> bool {
    let truth = BruteForce::of(instance);
    let best = truth.optimum();
    let is_solvable = best.is_some();
    match (best, solve(&instance.problem(), &RosterParams::default(), &Silent)) {
        (Some(best), Ok(found)) => near_the_best(instance, &truth, best.cost, found, name),
        (None, Err(why)) => assert!(has_reason(&why), "{name}: refused without a reason"),
        (Some(_), Err(why)) => panic!("{name}: a legal roster exists, the engine says {why:?}"),
        (None, Ok(_)) => panic!("{name}: no legal roster exists, the engine has one"),
    }
    is_solvable
}

fn near_the_best(instance: &OwnedProblem, truth: &BruteForce<'_>, best: f64, found: Solution, name: &str) {
    let bound = found.proof.bound;
    assert!(bound.objective.as_f64() <= best + FORGIVEN, "{name}: bound {} above the best {best}", bound.objective);
    if instance.workforce.sites.iter().all(|site| site.seats.is_none()) {
        let (claimed, least) = (bound.unavoidable_wages.as_f64(), truth.least_pay());
        assert!((least - ROUNDED_DOWN..=least + FORGIVEN).contains(&claimed), "{name}: wages {claimed}, least {least}");
    }
    let checked =
        check(&instance.problem(), found.roster, bound).unwrap_or_else(|broken| panic!("{name}: {broken:#?}"));
    let cost = checked.cost().objective().as_f64();
    assert!(cost <= 1.01 * best + FORGIVEN, "{name}: cost {cost}, best {best}");
    assert!(cost >= best - ROUNDING, "{name}: cost {cost} below the best {best}");
}

#[test]
fn the_oracles_own_roster_is_legal_and_costs_what_the_model_says() {
    for (theme, seed) in [(Theme::Skills, 1), (Theme::ClockChange, 3), (Theme::Seats, 0), (Theme::TwoSites, 0)] {
        let instance = tiny(theme, seed);
        let best = BruteForce::of(&instance).optimum().expect("a legal roster exists");
        let checked = check(&instance.problem(), best.roster, NO_BOUND).expect("legal");
        let cost = checked.cost().objective().as_f64();
        assert!((cost - best.cost).abs() < ROUNDING, "{theme:?}: {cost} and {}", best.cost);
    }
}

#[test]
fn one_queue_is_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Plain);
}

#[test]
fn skills_and_speeds_are_allocated_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Skills);
}

#[test]
fn nights_and_premiums_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Nights);
}

#[test]
fn weeks_of_clock_change_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::ClockChange);
}

#[test]
fn scarce_seats_are_shared_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Seats);
}

#[test]
fn wishes_and_carried_rest_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Wishes);
}

#[test]
fn two_sites_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::TwoSites);
}

#[test]
fn two_rule_weeks_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::TwoWeeks);
}

#[test]
fn sessions_promises_and_burdens_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Lived);
}

/// What leaves the engine is legal, or there is nothing legal: a sample by default, `OBSADA_INSTANCES=10000 make test` or more.
#[test]
fn what_leaves_the_engine_is_legal_or_nothing_is() {
    const SAMPLE: u64 = 160;
    let instances =
        std::env::var("OBSADA_INSTANCES").ok().and_then(|instances| instances.parse().ok()).unwrap_or(SAMPLE);
    let theme = |number: u64| THEMES[usize::try_from(number).unwrap_or(0) % THEMES.len()];
    let is_refused = |number: u64| !is_rostered(theme(number), number);
    let refused: u64 = (0..instances).into_par_iter().map(|number| u64::from(is_refused(number))).sum();
    eprintln!("{instances} instances, {refused} of them without a legal roster, as brute force agrees");
    assert!(refused < instances / 2, "{refused} of {instances} instances have no legal roster: a test of little");
}

/// Whether an instance gets a roster, which the checker then finds legal; if not, brute force finds none either.
fn is_rostered(theme: Theme, number: u64) -> bool {
    let seed = 1_000_000 + number;
    let (instance, name) = (tiny(theme, seed), format!("{theme:?}, seed {seed}"));
    let work = Some(20 * instance.workforce.agents.len() as u64);
    match solve(&instance.problem(), &RosterParams { seed, work, ..RosterParams::default() }, &Silent) {
        Ok(found) => {
            let checked = check(&instance.problem(), found.roster, found.proof.bound);
            checked.unwrap_or_else(|broken| panic!("{name}: {broken:#?}"));
            true
        }
        Err(why) => {
            assert!(has_reason(&why), "{name}: refused without a reason");
            assert!(BruteForce::of(&instance).optimum().is_none(), "{name}: a legal roster exists: {why:?}");
            false
        }
    }
}

/// A shift that had begun and need not stay has its breaks where they were, or is not worked at all.
#[test]
fn what_has_begun_is_as_it_was_promised_or_is_not() {
    assert!(is_rostered(Theme::Lived, 186));
}

/// What nobody can avoid to pay has no price of breaks in it that are not as they were promised.
#[test]
fn wages_that_cannot_be_avoided_are_wages_alone() {
    assert!(is_rostered(Theme::Lived, 2_870));
}

/// Agent by agent, whoever is planned first takes hours that shut the other out, in any order.
#[test]
fn agents_who_would_shut_each_other_out_of_a_seat_are_seated() {
    for number in [4486, 5080, 6988, 7735, 9922] {
        assert!(is_rostered(Theme::Seats, number), "instance {number} has a legal roster");
    }
}

#[test]
fn weekends_rotations_and_starts_held_together_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Rhythm);
}

#[test]
fn shifts_in_two_parts_are_rostered_within_a_hundredth_of_the_best() {
    engine_is_near_the_best(Theme::Split);
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 8, failure_persistence: None, ..Default::default() })]

    /// Teams on a finer grid are rostered legally; a refusal only has to name its reasons.
    #[test]
    fn the_roster_of_a_team_passes_the_checker(seed in 0_u64..100_000) {
        let instance = quarters(seed);
        let work = Some(10 * instance.workforce.agents.len() as u64);
        match solve(&instance.problem(), &RosterParams { seed, work, ..RosterParams::default() }, &Silent) {
            Ok(found) => {
                let checked = check(&instance.problem(), found.roster, found.proof.bound);
                proptest::prop_assert!(checked.is_ok(), "{:#?}", checked.err());
            }
            Err(why) => proptest::prop_assert!(has_reason(&why)),
        }
    }
}

/// Whether it is said why there is no roster.
fn has_reason(why: &NoSolution) -> bool {
    matches!(why, NoSolution::Conflicts(deadlock) if !deadlock.conflicts.is_empty())
}
