//! A bound proved for all legal rosters holds for this one; if not, the engine is wrong, and nothing is published.

use crate::domain::roster::{Bound, RosterCost};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::units::Money;
use tr::tr;

pub(super) fn violations(cost: &RosterCost, bound: Bound) -> Vec<Violation> {
    let pay = cost.labour();
    let pairs = [
        (tr!("the lower bound"), bound.objective, tr!("the objective"), cost.objective()),
        (tr!("what no roster can avoid to pay"), bound.unavoidable_wages, tr!("the pay"), pay),
    ];
    let broken = pairs.into_iter().filter(|(_, bound, _, cost)| bound > cost);
    broken
        .map(|(name, bound, of, cost)| {
            exceeded(bound - cost, tr!("{name} {bound} exceeds {of} {cost}", name, bound, of, cost))
        })
        .collect()
}

fn exceeded(by: Money, detail: String) -> Violation {
    Violation { rule: Rule::Bound, who: "plan".to_owned(), date: None, by: Excess::Money(by), detail }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excess(objective: f64, unavoidable: f64) -> Vec<Excess> {
        // Pay 100, objective 130.
        let money = Money::rounded;
        let cost =
            RosterCost { wages: money(90.0), premiums: money(10.0), short: money(30.0), ..RosterCost::default() };
        let bound = Bound { objective: money(objective), unavoidable_wages: money(unavoidable) };
        violations(&cost, bound).into_iter().map(|violation| violation.by).collect()
    }

    #[test]
    fn a_bound_may_be_reached_and_not_exceeded_by_a_millionth() {
        assert_eq!(excess(130.0, 100.0), []);
        assert_eq!(excess(130.000_001, 100.0), [Excess::Money(Money::from_millionths(1))]);
    }

    #[test]
    fn unavoidable_wages_do_not_exceed_the_pay() {
        assert_eq!(excess(120.0, 101.0), [Excess::Money(Money::rounded(1.0))]);
    }
}
