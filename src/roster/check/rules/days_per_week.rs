//! Dates with a shift per rule week are at most so many.

use std::collections::BTreeSet;
use tr::tr;

use crate::domain::rule::{Rule, Violation};
use crate::roster::check::agent_shifts::{AgentShifts, days};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let most = line.rules.max_days_per_week as usize;
    let broken = line.weeks().filter_map(|(_, first)| {
        let worked = line.shifts_of_week(first).map(|shift| shift.date).collect::<BTreeSet<_>>().len();
        let detail = tr!("{worked} days of the week have a shift, {most} may", worked, most);
        (worked > most).then(|| line.broken(Rule::DaysPerWeek, first, days(worked - most), detail))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn three_days_are_one_too_many_and_each_week_counts_alone() {
        let mut instance = TinyInstance::new(LabourRules { max_days_per_week: 2, ..lenient() });
        instance.period.weeks = 2;
        let rows = ["mon 08:00 w", "wed 08:00 w", "fri 08:00 w", "sat2 08:00 w", "sun2 08:00 w"];
        assert_eq!(instance.excess(violations, &rows), [Excess::Days(1)]);
    }
}
