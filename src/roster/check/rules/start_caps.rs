//! Shifts of the plan that start within a window of the site's clock are at most so many.

use crate::domain::rhythm::StartCap;
use crate::domain::roster::Shift;
use crate::domain::rule::{Rule, Violation};
use crate::domain::time::minute_of_day;
use crate::roster::check::agent_shifts::{AgentShifts, days};
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let over = |cap: &StartCap| {
        let is_of_kind = |shift: &&&Shift| cap.starts.holds(minute_of_day(shift.span().from, line.site.zone));
        let of_kind: Vec<&&Shift> = line.shifts.iter().filter(is_of_kind).collect();
        let most = cap.most as usize;
        let first = of_kind.get(most)?;
        let (from, until) = (cap.starts.from, cap.starts.until);
        let window = tr!(
            "{}:{} and {}:{}",
            format_args!("{:02}", from / 60),
            format_args!("{:02}", from % 60),
            format_args!("{:02}", until / 60),
            format_args!("{:02}", until % 60)
        );
        let detail = tr!("{} shifts start between {window}, {most} may", of_kind.len(), window, most);
        Some(line.broken(Rule::StartCaps, first.date, days(of_kind.len() - most), detail))
    };
    line.rules.rhythm.start_caps.iter().filter_map(over).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock_window::ClockWindow;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn late_shifts_are_counted_over_the_whole_plan() {
        let late = StartCap { starts: ClockWindow { from: 14 * 60, until: 22 * 60 }, most: 1 };
        let rhythm = Rhythm { start_caps: vec![late], ..Rhythm::default() };
        let mut instance = TinyInstance::new(LabourRules { rhythm, ..lenient() });
        instance.period.weeks = 2;
        assert_eq!(instance.excess(violations, &["mon 13:00 ww", "tue 14:00 ww", "wed2 22:00 w"]), []);
        assert_eq!(instance.excess(violations, &["tue 14:00 w", "wed 15:00 w", "thu2 21:00 w"]), [Excess::Days(2)]);
    }
}
