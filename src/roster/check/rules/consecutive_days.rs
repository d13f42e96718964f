//! Dates with a shift in a row are at most so many, those before the plan included.

use chrono::{Duration, NaiveDate};
use tr::tr;

use crate::domain::rule::{Rule, Violation};
use crate::roster::check::agent_shifts::{AgentShifts, days};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let most = line.rules.max_consecutive_days as usize;
    let broken = runs(line).into_iter().filter(|(_, length)| *length > most).map(|(last, length)| {
        let detail = tr!("{length} days in a row have a shift, {most} may", length, most);
        line.broken(Rule::ConsecutiveDays, last, days(length - most), detail)
    });
    broken.collect()
}

/// Each run of dates with a shift: its last date and its length.
fn runs(line: &AgentShifts<'_>) -> Vec<(NaiveDate, usize)> {
    let before = (line.period.start - Duration::days(1), line.agent.before.run_of_days as usize);
    let mut runs = vec![before];
    for date in line.shifts.iter().map(|shift| shift.date) {
        match runs.last_mut() {
            Some((last, _)) if *last == date => {}
            Some((last, length)) if *last + Duration::days(1) == date => (*last, *length) = (date, *length + 1),
            _ => runs.push((date, 1)),
        }
    }
    runs.retain(|(last, _)| *last >= line.period.start);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn three_in_a_row() -> TinyInstance {
        TinyInstance::new(LabourRules { max_consecutive_days: 3, ..lenient() })
    }

    #[test]
    fn five_days_in_a_row_are_two_too_many() {
        let rows = ["mon 08:00 w", "tue 08:00 w", "wed 08:00 w", "thu 22:00 wwww", "fri 08:00 w", "sun 08:00 w"];
        assert_eq!(three_in_a_row().excess(violations, &rows), [Excess::Days(2)]);
        // Without Wednesday two runs of two remain, without Thursday one of three.
        assert_eq!(three_in_a_row().excess(violations, &[&rows[..2], &rows[3..]].concat()), []);
        assert_eq!(three_in_a_row().excess(violations, &[&rows[..3], &rows[4..]].concat()), []);
    }

    #[test]
    fn the_run_before_the_plan_goes_on_only_from_its_first_day() {
        let mut instance = three_in_a_row();
        instance.workforce.agents[0].before.run_of_days = 3;
        assert_eq!(instance.excess(violations, &["mon 08:00 w"]), [Excess::Days(1)]);
        assert_eq!(instance.excess(violations, &["tue 08:00 w", "wed 08:00 w"]), []);
    }
}
