//! A shift starts when the clock of its site shows an allowed time.
//!
//! Schedules take the first of two where an hour repeats (`domain::time::instant_at_or_after`): its second showing is
//! no start.

use crate::domain::labour::LabourRules;
use crate::domain::roster::Shift;
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::{Zone, instant_at_or_after, minute_of_day};
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

const MINUTES_OF_DAY: u32 = 24 * 60;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let broken = line.shifts.iter().filter_map(|shift| {
        let (by, detail) = beside_windows(shift, line).or_else(|| second_showing(shift, line.site.zone))?;
        Some(line.broken(Rule::ShiftStart, shift.date, Excess::Minutes(by), detail))
    });
    broken.collect()
}

/// How far a start is from the nearest allowed clock time, if it is not one.
fn beside_windows(shift: &Shift, line: &AgentShifts<'_>) -> Option<(Minutes, String)> {
    let minute = minute_of_day(shift.span().from, line.site.zone);
    if allows(line.rules, minute) {
        return None;
    }
    let off = (0..MINUTES_OF_DAY).filter(|start| allows(line.rules, *start)).map(|start| start.abs_diff(minute)).min();
    let detail = tr!(
        "the shift starts at {}:{}, which is not allowed",
        format_args!("{:02}", minute / 60),
        format_args!("{:02}", minute % 60)
    );
    Some((Minutes::new(i64::from(off.unwrap_or(MINUTES_OF_DAY))), detail))
}

fn allows(rules: &LabourRules, minute: u32) -> bool {
    rules.starts.iter().any(|window| window.allows(minute))
}

fn second_showing(shift: &Shift, zone: Zone) -> Option<(Minutes, String)> {
    let start = shift.span().from;
    let wall = start.with_timezone(&zone).naive_local();
    let off = Span { from: instant_at_or_after(wall, zone), until: start }.length();
    (off > Minutes::ZERO).then(|| (off, tr!("the shift starts when the clock shows {wall} for the second time", wall)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::StartWindow;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn starts(windows: &[(u16, u16, u16)]) -> LabourRules {
        let window = |&(from, until, step)| StartWindow { from: from * 60, until: until * 60, step: step * 60 };
        LabourRules { starts: windows.iter().map(window).collect(), ..lenient() }
    }

    fn hours(hours: i64) -> Excess {
        Excess::Minutes(Minutes::hours(hours))
    }

    #[test]
    fn the_distance_to_the_nearest_allowed_start_is_told() {
        let instance = TinyInstance::new(starts(&[(6, 10, 2), (14, 14, 1)]));
        let rows = ["mon 06:00 w", "tue 07:00 w", "wed 14:00 w", "thu 16:00 w"];
        assert_eq!(instance.excess(violations, &rows), [hours(1), hours(2)]);
    }

    #[test]
    fn the_clock_is_that_of_the_site() {
        // 06:00 in Manila is 22:00 UTC of the day before.
        let instance = TinyInstance::starting("2026-11-30", chrono_tz::Asia::Manila, starts(&[(6, 6, 1)]));
        assert_eq!(instance.excess(violations, &["tue 06:00 w"]), []);
        assert_eq!(instance.excess(violations, &["tue 05:00 w"]), [hours(1)]);
    }

    #[test]
    fn the_hour_that_repeats_is_a_start_the_first_time() {
        let instance = TinyInstance::starting("2026-10-19", chrono_tz::Europe::Warsaw, starts(&[(2, 2, 1)]));
        assert_eq!(instance.excess(violations, &["sun 02:00 w"]), []);
        let mut again = instance.roster(&["sun 02:00 ww"]);
        again.shifts[0].pieces[0].span.from += Minutes::hours(1).duration();
        assert_eq!(instance.excess_of(violations, &again), [hours(1)]);
    }
}
