//! Dates with a shift in a row are at least so many, those before the plan included.
//!
//! A run that ended on the eve of the plan is the plan's doing only if the agent could have gone on: who is away on the
//! whole first date could not.

use chrono::NaiveDate;
use tr::tr;

use crate::domain::rule::{Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::LocalDay;
use crate::roster::check::agent_shifts::{AgentShifts, days};
use crate::roster::check::runs_of_days::{RunOf, ended};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let least = line.rules.rhythm.min_consecutive_days as usize;
    let runs = ended(line, RunOf::Work).into_iter().filter(|(last, _)| !had_to_end(line, *last));
    let broken = runs.filter(|(_, length)| *length < least).map(|(last, length)| {
        let detail = tr!("{length} days in a row have a shift, at least {least} are due", length, least);
        line.broken(Rule::MinConsecutiveDays, last, days(least - length), detail)
    });
    broken.collect()
}

/// Whether a run ended before the plan and the agent is away on the plan's first date.
fn had_to_end(line: &AgentShifts<'_>, last: NaiveDate) -> bool {
    let first = LocalDay::of(line.period.start, line.site.zone);
    last < line.period.start && line.agent.is_away(Span { from: first.start, until: first.end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::rule::Excess;
    use crate::domain::workforce::{Block, BlockReason};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn three_in_a_row() -> TinyInstance {
        let rhythm = Rhythm { min_consecutive_days: 3, ..Rhythm::default() };
        TinyInstance::new(LabourRules { rhythm, ..lenient() })
    }

    #[test]
    fn two_days_in_a_row_are_one_too_few_and_three_are_enough() {
        let rows = ["tue 08:00 w", "wed 08:00 w", "thu 08:00 w"];
        assert_eq!(three_in_a_row().excess(violations, &rows), []);
        assert_eq!(three_in_a_row().excess(violations, &rows[..2]), [Excess::Days(1)]);
    }

    #[test]
    fn a_run_that_the_plan_cuts_is_not_judged() {
        // Monday may be the third day of a run nobody knows of; Sunday may be the first of three.
        assert_eq!(three_in_a_row().excess(violations, &["mon 08:00 w", "sun 08:00 w"]), []);
    }

    #[test]
    fn the_run_before_the_plan_goes_on() {
        let mut instance = three_in_a_row();
        instance.workforce.agents[0].before.run_of_days = 2;
        assert_eq!(instance.excess(violations, &["mon 08:00 w"]), []);
        assert_eq!(instance.excess(violations, &[]), [Excess::Days(1)]);
        (instance.workforce.agents[0].before.run_of_days, instance.workforce.agents[0].before.days_off) = (0, 1);
        assert_eq!(instance.excess(violations, &["mon 08:00 w", "tue 08:00 w"]), [Excess::Days(1)]);
    }

    #[test]
    fn who_is_away_on_the_first_date_cannot_go_on() {
        let mut instance = three_in_a_row();
        let until = instance.at("tue 00:00");
        let reason = BlockReason::Unavailable;
        let span = Span { from: instance.at("mon 00:00"), until };
        instance.workforce.agents[0].before.run_of_days = 2;
        instance.workforce.agents[0].blocks = vec![Block { span, reason: reason.clone() }];
        assert_eq!(instance.excess(violations, &[]), []);
        let span = Span { until: instance.at("mon 23:00"), ..span };
        instance.workforce.agents[0].blocks = vec![Block { span, reason }];
        assert_eq!(instance.excess(violations, &[]), [Excess::Days(1)]);
    }
}
