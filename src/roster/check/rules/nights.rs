//! Night shifts per rule week are at most so many.
//!
//! A shift is a night shift when any minute in which the agent is there shows a time of the night window on the site's
//! clock, whatever is done in that minute; in the gap of a split shift nobody is there.

use chrono::Duration;
use tr::tr;

use crate::domain::clock_window::ClockWindow;
use crate::domain::roster::Shift;
use crate::domain::rule::{Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::{Zone, minute_of_day};
use crate::roster::check::agent_shifts::{AgentShifts, days};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let Some(nights) = line.rules.nights else { return Vec::new() };
    let most = nights.max_per_week as usize;
    let broken = line.weeks().filter_map(|(_, first)| {
        let worked = line.shifts_of_week(first).filter(|shift| is_night(shift, nights.window, line.site.zone)).count();
        let detail = tr!("{worked} night shifts in the week, {most} may be", worked, most);
        (worked > most).then(|| line.broken(Rule::Nights, first, days(worked - most), detail))
    });
    broken.collect()
}

fn is_night(shift: &Shift, window: ClockWindow, zone: Zone) -> bool {
    let at_night = |at| window.holds(minute_of_day(at, zone));
    let touches = |span: Span| (0..span.length().get()).any(|minute| at_night(span.from + Duration::minutes(minute)));
    shift.present().any(touches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{LabourRules, NightRule};
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn a_shift_that_touches_the_night_is_a_night_and_one_that_ends_at_it_is_not() {
        let window = ClockWindow { from: 21 * 60, until: 7 * 60 };
        let instance =
            TinyInstance::new(LabourRules { nights: Some(NightRule { window, max_per_week: 1 }), ..lenient() });
        // Monday ends at 21:00; Tuesday ends at 22:00 and Thursday starts at 6:00: two nights, one may be.
        assert_eq!(instance.excess(violations, &["mon 17:00 wwww", "tue 18:00 wwww", "wed 07:00 ww"]), []);
        assert_eq!(
            instance.excess(violations, &["mon 17:00 wwww", "tue 18:00 wwww", "thu 06:00 ww"]),
            [Excess::Days(1)]
        );
    }
}
