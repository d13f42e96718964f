//! Elapsed time between the end of one shift and the start of the next is at least the daily rest.
//!
//! The shift before the plan's first is the one the agent brings along.

use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::Instant;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let mut last_end: Option<Instant> = line.agent.before.last_end;
    let mut broken = Vec::new();
    for shift in &line.shifts {
        let span = shift.span();
        if let Some(end) = last_end {
            let rest = Span { from: end, until: span.from }.length();
            if rest < line.rules.daily_rest {
                let detail = tr!("{rest} of rest before the shift, {} are due", line.rules.daily_rest, rest);
                let by = Excess::Minutes(line.rules.daily_rest - rest);
                broken.push(line.broken(Rule::DailyRest, shift.date, by, detail));
            }
        }
        last_end = last_end.max(Some(span.until));
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::units::Minutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn eleven_hours() -> LabourRules {
        LabourRules { daily_rest: Minutes::hours(11), ..lenient() }
    }

    #[test]
    fn ten_hours_are_one_too_few() {
        let instance = TinyInstance::new(eleven_hours());
        let rows = ["mon 12:00 wwwwwwww", "tue 06:00 wwww", "tue 21:00 ww"];
        assert_eq!(instance.excess(violations, &rows), [Excess::Minutes(Minutes::hours(1))]);
    }

    #[test]
    fn rest_is_elapsed_time_when_clocks_go_forward() {
        // 20:00 to 07:00 on the wall of that night are 10 h.
        let instance = TinyInstance::starting("2026-03-23", chrono_tz::Europe::Warsaw, eleven_hours());
        let rows = ["sat 16:00 wwww", "sun 07:00 wwww"];
        assert_eq!(instance.excess(violations, &rows), [Excess::Minutes(Minutes::hours(1))]);
    }

    #[test]
    fn the_shift_before_the_plan_counts() {
        let mut instance = TinyInstance::new(eleven_hours());
        instance.workforce.agents[0].before.last_end = Some(instance.at("mon 00:00"));
        assert_eq!(instance.excess(violations, &["mon 10:00 www"]), [Excess::Minutes(Minutes::hours(1))]);
        assert_eq!(instance.excess(violations, &["mon 11:00 www"]), []);
    }
}
