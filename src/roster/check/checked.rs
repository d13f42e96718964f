//! A roster that the checker found legal, with what it found.

use crate::domain::coverage::Coverage;
use crate::domain::headcount::HeadcountResult;
use crate::domain::roster::{Bound, PayLine, Roster, RosterCost};
use crate::domain::units::Money;

/// A legal roster with its cost, payroll and coverage. Only [`check`](super::check) makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckedRoster {
    roster: Roster,
    cost: RosterCost,
    pay: Vec<PayLine>,
    headcounts: Vec<HeadcountResult>,
    coverage: Coverage,
    bound: Bound,
}

impl CheckedRoster {
    pub(crate) fn new(
        roster: Roster,
        cost: RosterCost,
        pay: Vec<PayLine>,
        headcounts: Vec<HeadcountResult>,
        coverage: Coverage,
        bound: Bound,
    ) -> Self {
        Self { roster, cost, pay, headcounts, coverage, bound }
    }

    /// The shifts and flows.
    #[must_use]
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// What it costs.
    #[must_use]
    pub fn cost(&self) -> RosterCost {
        self.cost
    }

    /// Every row of payroll, in the order of the shifts; base rows add up to the wages, the others to the premiums.
    #[must_use]
    pub fn pay(&self) -> &[PayLine] {
        &self.pay
    }

    /// What the workforce's headcounts came to, in their order.
    #[must_use]
    pub fn headcounts(&self) -> &[HeadcountResult] {
        &self.headcounts
    }

    /// Required against rostered; the service expected is not filled in.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// What was proved about the best roster.
    #[must_use]
    pub fn bound(&self) -> Bound {
        self.bound
    }

    /// `(objective − bound) / objective`: no legal roster is cheaper by a larger share than this.
    #[must_use]
    pub fn gap(&self) -> f64 {
        self.distance_to_bound(self.cost.objective())
    }

    /// `(objective − bound) / (objective − unavoidable wages)`: the same over what a planner can influence.
    #[must_use]
    pub fn gap_beyond_wages(&self) -> f64 {
        self.distance_to_bound(self.cost.objective() - self.bound.unavoidable_wages)
    }

    /// Agent-hours missing, all queues together, in heads of speed 1.
    #[must_use]
    pub fn short_hours(&self) -> f64 {
        self.coverage.short_hours()
    }

    /// Agent-hours beyond the requirement, all queues together, in heads of speed 1.
    #[must_use]
    pub fn over_hours(&self) -> f64 {
        self.coverage.over_hours()
    }

    /// Objective less bound, as a share of an amount: 0 where they are equal, 1 where there is nothing to share.
    fn distance_to_bound(&self, of: Money) -> f64 {
        let distance = self.cost.objective() - self.bound.objective;
        if distance == Money::ZERO {
            0.0
        } else if of > Money::ZERO {
            distance.as_f64() / of.as_f64()
        } else {
            1.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rule::Rule;
    use crate::roster::check::check;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Agents who can serve no queue, so that there is nothing to allocate.
    fn unskilled(rules: LabourRules) -> TinyInstance {
        let mut instance = TinyInstance::new(rules);
        instance.workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
        instance
    }

    fn bound(objective: f64, unavoidable: f64) -> Bound {
        Bound { objective: Money::rounded(objective), unavoidable_wages: Money::rounded(unavoidable) }
    }

    #[test]
    fn both_gaps_measure_the_distance_to_the_bound() {
        let mut instance = unskilled(lenient());
        instance.require("tue 08:00", 1.0);
        // Four hours at 20 an hour and one hour short at 60: 140. Bound 126, of which 70 cannot be avoided.
        let checked =
            check(&instance.problem(), instance.roster(&["mon 08:00 wwww"]), bound(126.0, 70.0)).expect("legal");
        assert_eq!(checked.cost().objective(), Money::rounded(140.0));
        assert!((checked.gap() - 14.0 / 140.0).abs() < 1e-12);
        assert!((checked.gap_beyond_wages() - 14.0 / 70.0).abs() < 1e-12);
        assert!((checked.short_hours() - 1.0).abs() < 1e-12 && checked.over_hours() == 0.0);
    }

    #[test]
    fn an_empty_roster_that_costs_nothing_has_no_gap() {
        let instance = TinyInstance::new(lenient());
        let checked = check(&instance.problem(), instance.roster(&[]), bound(0.0, 0.0)).expect("legal");
        assert_eq!((checked.gap(), checked.gap_beyond_wages()), (0.0, 0.0));
    }

    #[test]
    fn payroll_adds_up_to_the_labour_cost() {
        let instance = unskilled(lenient());
        let roster = instance.roster(&["mon 08:00 wwww", "tue 08:00 ww"]);
        let checked = check(&instance.problem(), roster, bound(0.0, 0.0)).expect("legal");
        let paid: Money = checked.pay().iter().map(|line| line.amount).sum();
        assert_eq!(paid, Money::rounded(120.0));
        assert_eq!(paid, checked.cost().wages + checked.cost().premiums);
    }

    #[test]
    fn all_violations_come_at_once_and_a_bound_too_high_is_ours() {
        let instance = unskilled(LabourRules {
            daily_rest: crate::domain::units::Minutes::hours(11),
            max_days_per_week: 1,
            ..lenient()
        });
        let roster = instance.roster(&["mon 20:00 www", "tue 06:00 www"]);
        let broken = check(&instance.problem(), roster, bound(0.0, 0.0)).expect_err("illegal");
        let rules: Vec<Rule> = broken.into_iter().map(|violation| violation.rule).collect();
        assert_eq!(rules, [Rule::DailyRest, Rule::DaysPerWeek]);
        let broken =
            check(&instance.problem(), instance.roster(&["mon 08:00 w"]), bound(20.5, 0.0)).expect_err("a bug");
        assert_eq!(broken[0].rule, Rule::Bound);
    }
}
