//! From the earliest to the latest start of a rule week's shifts the clock runs on at most so far.
//!
//! Starts are minutes of the day on the site's clock: 00:30 is early in the day, 23:30 late.

use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::minute_of_day;
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let Some(most) = line.rules.rhythm.max_start_spread else { return Vec::new() };
    let broken = line.weeks().filter_map(|(_, first)| {
        let starts = || line.shifts_of_week(first).map(|shift| minute_of_day(shift.span().from, line.site.zone));
        let spread = Minutes::new(i64::from(starts().max()? - starts().min()?));
        let detail = tr!("the shifts of the week start {spread} apart on the clock, {most} may", spread, most);
        (spread > most).then(|| line.broken(Rule::StartSpread, first, Excess::Minutes(spread - most), detail))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::Rhythm;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn two_hours() -> LabourRules {
        LabourRules { rhythm: Rhythm { max_start_spread: Some(Minutes::hours(2)), ..Rhythm::default() }, ..lenient() }
    }

    #[test]
    fn starts_two_hours_apart_are_legal_and_three_are_an_hour_too_far() {
        let mut instance = TinyInstance::new(two_hours());
        instance.period.weeks = 2;
        assert_eq!(instance.excess(violations, &["mon 08:00 w", "tue 10:00 w", "wed 09:00 w", "mon2 14:00 w"]), []);
        let hour = Excess::Minutes(Minutes::hours(1));
        assert_eq!(instance.excess(violations, &["mon 08:00 w", "tue 11:00 w", "wed 09:00 w"]), [hour]);
    }

    #[test]
    fn a_start_past_midnight_is_early() {
        let far = Excess::Minutes(Minutes::hours(21));
        assert_eq!(TinyInstance::new(two_hours()).excess(violations, &["mon 23:00 ww", "wed 00:00 ww"]), [far]);
    }

    #[test]
    fn the_clock_is_that_of_the_wall_when_clocks_change() {
        // 08:00 on the Sunday of the change is 07:00 UTC, on Saturday 06:00 UTC.
        let instance = TinyInstance::starting("2026-10-19", chrono_tz::Europe::Warsaw, two_hours());
        assert_eq!(instance.excess(violations, &["sat 06:00 w", "sun 08:00 w"]), []);
    }
}
