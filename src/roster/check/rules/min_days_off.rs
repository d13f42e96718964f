//! Dates without a shift in a row are at least so many, those before the plan included. Absences are days off.

use crate::domain::rule::{Rule, Violation};
use crate::roster::check::agent_shifts::{AgentShifts, days};
use crate::roster::check::runs_of_days::{RunOf, ended};
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let least = line.rules.rhythm.min_days_off as usize;
    let broken = ended(line, RunOf::Off).into_iter().filter(|(_, length)| *length < least).map(|(last, length)| {
        let detail = tr!("{length} days off in a row, at least {least} are due", length, least);
        line.broken(Rule::MinDaysOff, last, days(least - length), detail)
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn two_off() -> TinyInstance {
        let rhythm = Rhythm { min_days_off: 2, ..Rhythm::default() };
        TinyInstance::new(LabourRules { rhythm, ..lenient() })
    }

    #[test]
    fn one_day_off_is_one_too_few_and_two_are_enough() {
        assert_eq!(two_off().excess(violations, &["mon 08:00 w", "thu 08:00 w"]), []);
        assert_eq!(two_off().excess(violations, &["mon 08:00 w", "wed 08:00 w"]), [Excess::Days(1)]);
    }

    #[test]
    fn days_off_that_the_plan_cuts_are_not_judged() {
        assert_eq!(
            two_off().excess(violations, &["tue 08:00 w", "wed 22:00 www", "thu 08:00 w", "sat 08:00 w"]),
            [Excess::Days(1)]
        );
        assert_eq!(two_off().excess(violations, &["tue 08:00 w", "fri 08:00 w", "sat 08:00 w"]), []);
    }

    #[test]
    fn days_off_before_the_plan_go_on() {
        let mut instance = two_off();
        instance.workforce.agents[0].before.days_off = 1;
        assert_eq!(instance.excess(violations, &["mon 08:00 w"]), [Excess::Days(1)]);
        assert_eq!(instance.excess(violations, &["tue 08:00 w"]), []);
        (instance.workforce.agents[0].before.run_of_days, instance.workforce.agents[0].before.days_off) = (3, 0);
        assert_eq!(instance.excess(violations, &["tue 08:00 w"]), [Excess::Days(1)]);
    }
}
