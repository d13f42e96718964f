//! A shift starts when the clock of its site shows an allowed time.
//!
//! An hour that repeats shows its times twice: both are allowed starts.

use crate::domain::labour::{Excess, Rule, Violation};
use crate::domain::time::minute_of_day;
use crate::domain::units::Minutes;

use super::line::Line;

const MINUTES_OF_DAY: u32 = 24 * 60;

pub(super) fn violations(line: &Line<'_>) -> Vec<Violation> {
    let broken = line.shifts.iter().filter_map(|shift| {
        let minute = minute_of_day(shift.span().from, line.site.zone);
        let allowed = |minute| line.rules.starts.iter().any(|window| window.allows(minute));
        let off = || (0..MINUTES_OF_DAY).filter(|start| allowed(*start)).map(|start| start.abs_diff(minute)).min();
        (!allowed(minute)).then(|| {
            let off = Minutes::new(i64::from(off().unwrap_or(MINUTES_OF_DAY)));
            let detail = format!("the shift starts at {:02}:{:02}, which is not allowed", minute / 60, minute % 60);
            line.broken(Rule::ShiftStart, shift.date, Excess::Minutes(off), detail)
        })
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::roster::check::world::{World, lenient};

    fn starts(windows: &[(u16, u16, u16)]) -> LabourRules {
        let window = |&(from, until, step)| StartWindow { from: from * 60, until: until * 60, step: step * 60 };
        LabourRules { starts: windows.iter().map(window).collect(), ..lenient() }
    }

    #[test]
    fn the_distance_to_the_nearest_allowed_start_is_told() {
        let world = World::new(starts(&[(6, 10, 2), (14, 14, 1)]));
        let rows = ["mon 06:00 w", "tue 07:00 w", "wed 14:00 w", "thu 16:00 w"];
        let hour = |hours| Excess::Minutes(Minutes::hours(hours));
        assert_eq!(world.excess(violations, &rows), [hour(1), hour(2)]);
    }

    #[test]
    fn the_clock_is_that_of_the_site() {
        // 06:00 in Manila is 22:00 UTC of the day before.
        let world = World::starting("2026-11-30", chrono_tz::Asia::Manila, starts(&[(6, 6, 1)]));
        assert_eq!(world.excess(violations, &["tue 06:00 w"]), []);
        assert_eq!(world.excess(violations, &["tue 05:00 w"]), [Excess::Minutes(Minutes::hours(1))]);
    }
}
