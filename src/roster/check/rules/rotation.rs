//! Nobody works on a day that the rotation of the contract leaves off; days of work may be left free.
//!
//! A shift belongs to the date on which it starts, so a night that begins on the last day of work ends on a day off.

use crate::domain::rule::{Excess, Rule, Violation};
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let Some(rotation) = line.rules.rhythm.rotation else { return Vec::new() };
    let off = line.shifts.iter().filter(|shift| !rotation.works_on(shift.date, line.agent.rotation_offset_days));
    let broken = off.map(|shift| {
        let detail = tr!("a shift on a day off of {} days on and {} off", rotation.on, rotation.off);
        line.broken(Rule::Rotation, shift.date, Excess::Days(1), detail)
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::{Rhythm, Rotation};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Two days on from Monday 30 November, one off.
    fn two_and_one() -> TinyInstance {
        let rotation = Some(Rotation { on: 2, off: 1, from: "2026-11-30".parse().expect("a date") });
        TinyInstance::new(LabourRules { rhythm: Rhythm { rotation, ..Rhythm::default() }, ..lenient() })
    }

    #[test]
    fn days_on_may_be_worked_and_days_off_may_not() {
        assert_eq!(two_and_one().excess(violations, &["mon 08:00 w", "tue 22:00 wwww", "fri 08:00 w"]), []);
        assert_eq!(
            two_and_one().excess(violations, &["wed 08:00 w", "thu 08:00 w", "sat 08:00 w"]),
            [Excess::Days(1), Excess::Days(1)]
        );
    }

    #[test]
    fn an_agent_a_day_behind_is_off_a_day_later() {
        let mut instance = two_and_one();
        instance.workforce.agents[0].rotation_offset_days = 1;
        assert_eq!(instance.excess(violations, &["tue 08:00 w", "wed 08:00 w", "thu 08:00 w"]), [Excess::Days(1)]);
    }
}
