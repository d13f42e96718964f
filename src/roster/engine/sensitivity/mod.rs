//! What the roster would cost if one thing were otherwise: a rule loosened by a step, a seat or a person more, a refused wish granted.
//!
//! Prices at which the bound holds tell it of everything at once: with other terms the agents concerned have other cheapest lines, and by what
//! these cost less the bound falls (a Lagrangian function at fixed prices; Geoffrion 1974, as in [`crate::roster::bound`]). At other prices it would
//! be higher again, so that is rather too much; and no roster with the change costs less than what is left of the bound. The largest are therefore
//! tried: a search with the change beside one without it, equally long.
//!
//! | file | what it does |
//! |---|---|
//! | [`standing`] | the roster that stands, with the prices behind its bound |
//! | [`change`] | a change of the people or sites |
//! | [`rules`], [`people`], [`wishes`] | what is otherwise, and what that changes at these prices |
//! | [`trial`] | searches made with it |

mod standing;
mod change;
mod rules;
mod people;
mod wishes;
mod trial;

use crate::domain::alternative::{Alternative, Otherwise};
use crate::domain::progress::{Progress, go_on};
use crate::domain::rule::Rule;
use crate::domain::units::Money;
use crate::roster::problem::{NoSolution, RosterProblem};

use super::alike_queues::Joined;
use change::{Changed, Made};
use standing::Standing;
pub use standing::{Explained, Judge};
use trial::Trial;

/// Changes that are tried, those that look best.
const TRIED: usize = 3;

/// What a roster would cost if one thing were otherwise: rules, seats and people first, those that save most at the top, then refused wishes,
/// the cheapest to grant at the top.
///
/// # Errors
/// It was cancelled on the way.
pub fn alternatives(
    problem: &RosterProblem<'_>,
    of: Explained<'_>,
    progress: &dyn Progress,
) -> Result<Vec<Alternative>, NoSolution> {
    let joined = Joined::of(problem);
    let as_one = joined.as_ref().map_or(*problem, |joined| joined.problem(problem));
    let Some(standing) = Standing::of(as_one, of.end, of.cost.objective()) else { return Ok(Vec::new()) };
    let mut changed = rules::of_contracts(&standing);
    go_on(progress)?;
    changed.extend(rules::of_seats(of.shifts, &standing));
    changed.extend(people::one_more(problem.workforce, &standing));
    let rank = |of: &Changed| of.alternative.estimate.or(of.alternative.at_most).unwrap_or(Money::ZERO);
    changed.sort_by_key(|of| std::cmp::Reverse(rank(of)));
    let trial = Trial { problem, of, progress };
    let chosen = different(&changed);
    let made: Vec<&Made> = chosen.iter().map(|at| &changed[*at].made).collect();
    for (at, saving) in chosen.iter().zip(trial.savings(&made)?) {
        changed[*at].alternative.tried = saving;
    }
    go_on(progress)?;
    let mut all: Vec<Alternative> = changed.into_iter().map(|of| of.alternative).collect();
    all.extend(wishes::refused(problem, of, &standing));
    Ok(all)
}

/// Positions of the first changes of different kinds: one of a rule tells more than the same rule of three contracts.
fn different(changed: &[Changed]) -> Vec<usize> {
    let kind = |of: &Changed| match &of.alternative.otherwise {
        Otherwise::Rule { change, .. } => Some(change.rule),
        Otherwise::Seat { .. } => Some(Rule::Seats),
        Otherwise::Person { .. } | Otherwise::Wish { .. } => None,
    };
    let is_first = |at: &usize| changed[..*at].iter().all(|before| kind(before) != kind(&changed[*at]));
    (0..changed.len()).filter(is_first).take(TRIED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::progress::Silent;
    use crate::domain::roster::Bound;
    use crate::domain::units::Minutes;
    use crate::domain::workforce::{Wish, WishKind};
    use crate::roster::check::check;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};
    use crate::roster::engine::solve::solve_from;
    use crate::roster::problem::{RosterParams, Solution};

    /// Anna works four hours from eight on, on five days at most; one head is wanted from seven to one on all seven.
    fn instance() -> TinyInstance {
        let mut instance = TinyInstance::new(LabourRules {
            shift_lengths: vec![Minutes::hours(4)],
            starts: vec![StartWindow { from: 8 * 60, until: 8 * 60, step: 60 }],
            max_days_per_week: 5,
            ..lenient()
        });
        for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            for hour in 7..13 {
                instance.require(&format!("{day} {hour:02}:00"), 1.0);
            }
        }
        instance
    }

    /// The alternatives to the best roster of an instance.
    fn explained(instance: &TinyInstance) -> (Vec<Alternative>, Money) {
        let problem = instance.problem();
        let (Solution { roster, proof }, end) =
            solve_from(&problem, None, &RosterParams::default(), &Silent).expect("a roster");
        let checked = check(&problem, roster, proof.bound).expect("a legal roster");
        let (shifts, cost) = (&checked.roster().shifts[..], &checked.cost());
        let judge = |problem: &RosterProblem<'_>, roster| Some(check(problem, roster, Bound::NOTHING).ok()?.cost());
        let of = Explained { settled: None, shifts, cost, end: &end, judge: &judge, seed: 1 };
        (alternatives(&problem, of, &Silent).expect("alternatives"), cost.objective())
    }

    fn of_rule<'a>(all: &'a [Alternative], words: &str) -> &'a Alternative {
        let is_meant =
            |of: &&Alternative| matches!(&of.otherwise, Otherwise::Rule { change, .. } if change.what.contains(words));
        all.iter().find(is_meant).unwrap_or_else(|| panic!("{words} in {all:?}"))
    }

    #[test]
    fn a_rule_loosened_saves_what_solving_again_finds_and_no_more_than_is_proved() {
        let (all, objective) = explained(&instance());
        // Two days without anybody at 60 an hour, and of each of the other five the first and the last hour; 20 hours of work at 20.
        assert_eq!(objective, Money::rounded(2.0 * 6.0 * 60.0 + 5.0 * 2.0 * 60.0 + 400.0));
        // A sixth day costs 80 and covers four hours.
        let days = of_rule(&all, "max_days_per_week");
        let saved = Money::rounded(4.0 * 60.0 - 80.0);
        assert_eq!(days.tried.map(|of| (of.objective, of.pay)), Some((saved, Money::rounded(-80.0))));
        // With shifts of five hours the last one is covered too.
        let length = of_rule(&all, "300 in");
        assert_eq!(length.tried.map(|of| of.objective), Some(Money::rounded(5.0 * 40.0)));
        assert_eq!(all.iter().filter(|of| of.tried.is_some()).count(), TRIED);
        for of in all.iter().filter(|of| of.tried.is_some()) {
            let (tried, at_most) = (of.tried.map(|of| of.objective), of.at_most);
            assert!(tried <= at_most, "{of:?}");
            assert!(of.estimate <= of.at_most, "{of:?}");
        }
    }

    #[test]
    fn one_more_person_is_weighed_with_the_pay() {
        let (all, _) = explained(&instance());
        let person = all.iter().find(|of| matches!(of.otherwise, Otherwise::Person { .. })).expect("a person");
        // Somebody like Anna works on the two days that are left: eight hours at 60 less 20.
        assert_eq!(person.tried.map(|of| of.objective), Some(Money::rounded(8.0 * 40.0)));
        assert!(person.at_most >= Some(Money::rounded(8.0 * 40.0)));
    }

    #[test]
    fn a_seat_is_told_of_where_all_are_taken() {
        let mut instance = instance();
        assert!(!explained(&instance).0.iter().any(|of| matches!(of.otherwise, Otherwise::Seat { .. })));
        instance.hire("ben");
        instance.workforce.sites[0].seats = Some(1);
        for day in ["mon", "tue"] {
            (8..12).for_each(|hour| instance.require(&format!("{day} {hour:02}:00"), 2.0));
        }
        let (all, _) = explained(&instance);
        let seat = all.iter().find(|of| matches!(of.otherwise, Otherwise::Seat { .. })).expect("a seat");
        assert_eq!((seat.estimate, seat.tried.map(|of| of.objective)), (None, Some(Money::rounded(8.0 * 40.0))));
    }

    #[test]
    fn granting_a_refused_wish_costs_what_the_agents_best_shifts_without_it_do() {
        let mut instance = instance();
        let wish = |instance: &TinyInstance, from: &str, until: &str, price: f64| Wish {
            span: crate::domain::span::Span { from: instance.at(from), until: instance.at(until) },
            kind: WishKind::Off,
            price: Money::rounded(price),
        };
        // Only Monday to Thursday ask for anybody, so a day off there leaves four hours without anybody; Anna owes 16 hours.
        for day in ["fri", "sat", "sun"] {
            (7..13).for_each(|hour| instance.require(&format!("{day} {hour:02}:00"), 0.0));
        }
        instance.workforce.agents[0].weeks[0].min = Minutes::hours(16);
        instance.workforce.agents[0].wishes =
            vec![wish(&instance, "mon 00:00", "tue 00:00", 50.0), wish(&instance, "sat 00:00", "sun 00:00", 50.0)];
        let (all, _) = explained(&instance);
        let wishes: Vec<_> = all.iter().filter(|of| matches!(of.otherwise, Otherwise::Wish { .. })).collect();
        let [refused] = wishes[..] else { panic!("one wish is refused: {wishes:?}") };
        // Four hours at 60 are missing and four hours on Friday are too many at 4; the 50 are spared.
        assert_eq!(
            refused.tried.map(|of| (of.objective, of.pay)),
            Some((Money::rounded(50.0 - 240.0 - 16.0), Money::ZERO))
        );
        // Where all seven days are owed there is no way.
        instance.workforce.agents[0].weeks[0].min = Minutes::hours(20);
        instance.workforce.contracts[0].rules.max_consecutive_days = 5;
        instance.workforce.agents[0].wishes = vec![wish(&instance, "wed 00:00", "thu 00:00", 50.0)];
        instance.workforce.agents[0].blocks = ["sat", "sun"]
            .map(|day| crate::domain::workforce::Block {
                span: crate::domain::span::Span {
                    from: instance.at(&format!("{day} 00:00")),
                    until: instance.at(&format!("{day} 23:00")),
                },
                reason: crate::domain::workforce::BlockReason::Unavailable,
            })
            .to_vec();
        let (all, _) = explained(&instance);
        let wish = all.iter().find(|of| matches!(of.otherwise, Otherwise::Wish { .. })).expect("a wish");
        assert!(
            matches!(wish.otherwise, Otherwise::Wish { is_legal: false, .. }) && wish.at_most.is_none(),
            "{wish:?}"
        );
    }

    #[test]
    fn nothing_is_proved_beyond_what_the_best_roster_with_the_change_costs() {
        let instance = instance();
        let (all, objective) = explained(&instance);
        let mut changed = instance;
        changed.workforce.contracts[0].rules.max_days_per_week = 6;
        let solution = solve_from(&changed.problem(), None, &RosterParams::default(), &Silent).expect("a roster").0;
        let best = check(&changed.problem(), solution.roster, Bound::NOTHING).expect("legal").cost().objective();
        assert!(of_rule(&all, "max_days_per_week").at_most >= Some(objective - best));
    }
}
