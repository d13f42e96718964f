//! A shift lasts one of the lengths its contract allows, elapsed, breaks included; a fixed shift lasts its own. The gap of a
//! split shift is no part of it.

use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::minute_of_day;
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let broken = line.shifts.iter().filter_map(|shift| {
        let length = shift.length();
        let start = minute_of_day(shift.span().from, line.site.zone);
        let allowed = line.rules.shift_lengths.iter().filter(|allowed| line.rules.fixes(start, **allowed));
        let off = allowed.map(|allowed| (length - *allowed).get().abs()).min();
        let off = Minutes::new(off.unwrap_or(length.get()));
        let detail = tr!("the shift lasts {length}, which is no allowed length", length);
        (off > Minutes::ZERO).then(|| line.broken(Rule::ShiftLength, shift.date, Excess::Minutes(off), detail))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{FixedShift, LabourRules};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn the_distance_to_the_nearest_allowed_length_is_told() {
        let lengths = vec![Minutes::hours(4), Minutes::hours(8)];
        let instance = TinyInstance::new(LabourRules { shift_lengths: lengths, ..lenient() });
        // Five hours are one more than four and three less than eight; a meal counts as part of the length.
        assert_eq!(instance.excess(violations, &["mon 08:00 wwwww"]), [Excess::Minutes(Minutes::hours(1))]);
        assert_eq!(instance.excess(violations, &["mon 08:00 wwmw", "tue 08:00 wwwwwwww"]), []);
    }

    #[test]
    fn a_fixed_shift_has_its_own_length() {
        let fixed = |start: u16, hours| FixedShift { start: start * 60, length: Minutes::hours(hours) };
        let fixed_shifts = vec![fixed(8, 4), fixed(8, 6), fixed(14, 8)];
        let instance = TinyInstance::new(LabourRules { fixed_shifts, ..lenient() });
        assert_eq!(instance.excess(violations, &["mon 08:00 wwww", "tue 08:00 wwwwww", "wed 09:00 w"]), []);
        assert_eq!(instance.excess(violations, &["mon 14:00 wwwwww"]), [Excess::Minutes(Minutes::hours(2))]);
    }

    #[test]
    fn length_is_elapsed_time_over_a_clock_change() {
        let rules = LabourRules { shift_lengths: vec![Minutes::hours(8)], ..lenient() };
        // From 22:00 to 06:00 on the wall, the night clocks go back lasts 9 h.
        let instance = TinyInstance::starting("2026-10-19", chrono_tz::Europe::Warsaw, rules);
        assert_eq!(instance.excess(violations, &["sat 22:00 wwwwwwwwww"]), [Excess::Minutes(Minutes::hours(2))]);
        assert_eq!(instance.excess(violations, &["sat 22:00 wwwwwwww"]), []);
    }
}
