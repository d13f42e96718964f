//! Paid minutes of the shifts dated in a settlement period lie between what it owes and may hold.

use chrono::Duration;
use tr::tr;

use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::units::Minutes;
use crate::domain::workforce::WeekMinutes;
use crate::roster::check::agent_shifts::AgentShifts;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let mut first = line.period.start;
    let broken = line.agent.settlement.iter().filter_map(|fixed_days| {
        let dates = first..first + Duration::days(7 * i64::from(fixed_days.weeks));
        first = dates.end;
        let WeekMinutes { min, max } = fixed_days.minutes;
        let within = line.shifts.iter().filter(|shift| dates.contains(&shift.date));
        let paid: Minutes = within.map(|shift| shift.paid()).sum();
        let off = (min - paid).max(paid - max);
        let detail =
            tr!("{paid} are paid in {} weeks, between {min} and {max} are due", fixed_days.weeks, paid, min, max);
        (off > Minutes::ZERO).then(|| line.broken(Rule::SettlementPeriod, dates.start, Excess::Minutes(off), detail))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::workforce::SettlementPeriod;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Two weeks together, then a third that is not settled.
    fn between(min: i64, max: i64) -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        instance.period.weeks = 3;
        let minutes = WeekMinutes { min: Minutes::hours(min), max: Minutes::hours(max) };
        instance.workforce.agents[0].settlement = vec![SettlementPeriod { weeks: 2, minutes }];
        instance
    }

    #[test]
    fn a_short_week_is_made_up_for_by_a_long_one_of_the_same_period() {
        let rows = ["mon 08:00 ww", "mon2 08:00 wwwwmww", "tue3 08:00 wwww"];
        assert_eq!(between(8, 8).excess(violations, &rows), []);
        assert_eq!(between(0, 7).excess(violations, &rows), [Excess::Minutes(Minutes::hours(1))]);
        assert_eq!(between(10, 12).excess(violations, &rows), [Excess::Minutes(Minutes::hours(2))]);
    }

    #[test]
    fn every_period_is_judged_alone() {
        let mut instance = between(2, 4);
        let minutes = WeekMinutes { min: Minutes::hours(3), max: Minutes::hours(3) };
        instance.workforce.agents[0].settlement.push(SettlementPeriod { weeks: 1, minutes });
        assert_eq!(instance.excess(violations, &["sun2 08:00 ww", "mon3 08:00 www"]), []);
        assert_eq!(
            instance.excess(violations, &["sun2 08:00 ww", "mon3 08:00 ww"]),
            [Excess::Minutes(Minutes::hours(1))]
        );
    }
}
