//! Every rule week holds one uninterrupted time off of at least the weekly rest.
//!
//! A rule week is seven local days of the agent's site, from the first instant of the first to the last instant of the
//! last: 167 or 169 hours when clocks change. A rest that reaches over the week's boundary counts only with its part
//! within; a shift that reaches over it takes its part from both weeks, the last one before the plan included.

use chrono::{Duration, NaiveDate};
use tr::tr;

use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::start_of_day;
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let due = line.rules.weekly_rest;
    let broken = line.weeks().filter_map(|(_, first)| {
        let rest = longest_rest(line, first);
        let detail = tr!("the longest rest of the week is {rest}, {due} are due", rest, due);
        (rest < due).then(|| line.broken(Rule::WeeklyRest, first, Excess::Minutes(due - rest), detail))
    });
    broken.collect()
}

fn longest_rest(line: &AgentShifts<'_>, first: NaiveDate) -> Minutes {
    let zone = line.site.zone;
    let week = Span { from: start_of_day(first, zone), until: start_of_day(first + Duration::days(7), zone) };
    let mut rest_from = week.from.max(line.agent.before.last_end.unwrap_or(week.from));
    let mut longest = Minutes::ZERO;
    for shift in line.shifts.iter().map(|shift| shift.span()) {
        longest = longest.max(Span { from: rest_from, until: shift.from.min(week.until) }.length());
        rest_from = rest_from.max(shift.until);
    }
    longest.max(Span { from: rest_from, until: week.until }.length())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn thirty_five_hours() -> LabourRules {
        LabourRules { weekly_rest: Minutes::hours(35), ..lenient() }
    }

    #[test]
    fn a_shift_every_day_leaves_no_weekly_rest() {
        let instance = TinyInstance::new(thirty_five_hours());
        let daily =
            ["mon 08:00 w", "tue 08:00 w", "wed 08:00 w", "thu 08:00 w", "fri 08:00 w", "sat 08:00 w", "sun 08:00 w"];
        // From 9:00 to 8:00 it is 23 h: 12 less than 35.
        assert_eq!(instance.excess(violations, &daily), [Excess::Minutes(Minutes::hours(12))]);
        // Without Thursday: 47 h.
        assert_eq!(instance.excess(violations, &[&daily[..3], &daily[4..]].concat()), []);
    }

    #[test]
    fn a_rest_over_the_boundary_counts_only_within_the_week() {
        let mut instance = TinyInstance::new(thirty_five_hours());
        instance.period.weeks = 2;
        let first = ["mon 08:00 w", "tue 08:00 w", "wed 08:00 w", "thu 08:00 w", "fri 08:00 w", "sat 08:00 w"];
        // Free from Saturday 9:00 to Monday 19:00, 58 h: 39 of them lie in the first week, 19 in the second.
        let second = ["mon2", "tue2", "wed2", "thu2", "fri2", "sat2", "sun2"].map(|day| format!("{day} 19:00 w"));
        let rows: Vec<&str> = first.into_iter().chain(second.iter().map(String::as_str)).collect();
        // The second week's longest rest is 23 h between two shifts.
        assert_eq!(instance.excess(violations, &rows), [Excess::Minutes(Minutes::hours(12))]);
    }

    #[test]
    fn the_shift_before_the_plan_takes_its_part_of_the_first_week() {
        let mut instance = TinyInstance::new(thirty_five_hours());
        let rows = ["tue 13:00 w", "wed 13:00 w", "thu 13:00 w", "fri 13:00 w", "sat 13:00 w", "sun 13:00 w"];
        // Free from Monday 0:00 to Tuesday 13:00, 37 h; from 4:00 it is 33 h.
        assert_eq!(instance.excess(violations, &rows), []);
        instance.workforce.agents[0].before.last_end = Some(instance.at("mon 04:00"));
        assert_eq!(instance.excess(violations, &rows), [Excess::Minutes(Minutes::hours(2))]);
    }
}
