//! Sundays on which a shift starts, one after the other, are at most so many, those before the plan included.

use chrono::{Datelike, NaiveDate, Weekday};
use tr::tr;

use crate::domain::rule::{Rule, Violation};
use crate::roster::check::agent_shifts::{AgentShifts, days};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let Some(most) = line.rules.rhythm.max_sundays_in_a_row else { return Vec::new() };
    let most = most as usize;
    let broken = runs(line).into_iter().filter(|(_, length)| *length > most).map(|(last, length)| {
        let detail = tr!("{length} Sundays in a row have a shift, {most} may", length, most);
        line.broken(Rule::Sundays, last, days(length - most), detail)
    });
    broken.collect()
}

/// Each run of Sundays with a shift that reaches into the plan: its last Sunday and its length.
fn runs(line: &AgentShifts<'_>) -> Vec<(NaiveDate, usize)> {
    let mut runs = Vec::new();
    let mut length = line.agent.before.sundays as usize;
    for sunday in line.period.dates().filter(|date| date.weekday() == Weekday::Sun) {
        if !line.shifts.iter().any(|shift| shift.date == sunday) {
            length = 0;
            continue;
        }
        if length > 0 {
            // The Sunday before is of the same run.
            runs.pop();
        }
        length += 1;
        runs.push((sunday, length));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn two_in_a_row() -> TinyInstance {
        let rhythm = Rhythm { max_sundays_in_a_row: Some(2), ..Rhythm::default() };
        let mut instance = TinyInstance::new(LabourRules { rhythm, ..lenient() });
        instance.period.weeks = 5;
        instance
    }

    #[test]
    fn three_sundays_in_a_row_are_one_too_many() {
        assert_eq!(two_in_a_row().excess(violations, &["sun 08:00 w", "sun2 08:00 w", "sun4 08:00 w"]), []);
        let rows = ["sun 08:00 w", "sun3 08:00 w", "sun4 08:00 w", "sun5 22:00 wwww"];
        assert_eq!(two_in_a_row().excess(violations, &rows), [Excess::Days(1)]);
    }

    #[test]
    fn sundays_before_the_plan_count_until_one_is_free() {
        let mut instance = two_in_a_row();
        instance.workforce.agents[0].before.sundays = 2;
        assert_eq!(instance.excess(violations, &["sun 08:00 w", "sun3 08:00 w"]), [Excess::Days(1)]);
        assert_eq!(instance.excess(violations, &["sat 22:00 wwww", "sun2 08:00 w", "sun3 08:00 w"]), []);
    }
}
