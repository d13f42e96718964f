//! Paid minutes of the shifts dated in a rule week lie between what the agent owes and may work in it.
//!
//! The agent's own weeks say so; where they say nothing, the contract does.

use crate::domain::roster::Shift;
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::units::Minutes;
use crate::domain::workforce::WeekMinutes;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let contract = WeekMinutes { min: line.rules.min_week, max: line.rules.max_week };
    let broken = line.weeks().filter_map(|(week, first)| {
        let WeekMinutes { min, max } = line.agent.weeks.get(week).copied().unwrap_or(contract);
        let paid: Minutes = line.shifts_of_week(first).map(Shift::paid).sum();
        let off = (min - paid).max(paid - max);
        let detail = tr!("{paid} are paid in the week, between {min} and {max} are due", paid, min, max);
        (off > Minutes::ZERO).then(|| line.broken(Rule::WeeklyMinutes, first, Excess::Minutes(off), detail))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn between(min: i64, max: i64) -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        instance.workforce.agents[0].weeks = vec![WeekMinutes { min: Minutes::hours(min), max: Minutes::hours(max) }];
        instance
    }

    #[test]
    fn too_few_and_too_many_paid_minutes_are_told() {
        // Two shifts of four paid hours and an unpaid meal.
        let rows = ["mon 08:00 wwmww", "tue 08:00 wwmbw"];
        assert_eq!(between(8, 8).excess(violations, &rows), []);
        assert_eq!(between(9, 12).excess(violations, &rows), [Excess::Minutes(Minutes::hours(1))]);
        assert_eq!(between(0, 5).excess(violations, &rows), [Excess::Minutes(Minutes::hours(3))]);
    }

    #[test]
    fn an_agent_without_shifts_owes_the_minimum() {
        assert_eq!(between(8, 40).excess(violations, &[]), [Excess::Minutes(Minutes::hours(8))]);
    }

    #[test]
    fn a_shift_over_the_end_of_the_week_counts_in_the_week_of_its_date() {
        let mut instance = between(0, 4);
        instance.period.weeks = 2;
        instance.workforce.agents[0].weeks.push(WeekMinutes { min: Minutes::ZERO, max: Minutes::ZERO });
        assert_eq!(instance.excess(violations, &["sun 22:00 wwww"]), []);
    }
}
