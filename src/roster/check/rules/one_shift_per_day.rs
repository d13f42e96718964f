//! At most one shift starts per agent and date of the site.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::rule::{Rule, Violation};
use crate::roster::check::agent_shifts::{AgentShifts, days};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let mut starts = BTreeMap::new();
    for shift in &line.shifts {
        *starts.entry(shift.date).or_insert(0) += 1;
    }
    let repeated = starts.into_iter().filter(|(_, count)| *count > 1);
    let broken = repeated.map(|(date, count)| {
        line.broken(Rule::OneShiftPerDay, date, days(count - 1), tr!("{count} shifts start on one date", count))
    });
    broken.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn two_shifts_on_a_date_are_one_too_many() {
        let instance = TinyInstance::new(lenient());
        assert_eq!(instance.excess(violations, &["mon 06:00 www", "mon 18:00 www"]), [Excess::Days(1)]);
        // A shift over midnight belongs to the date on which it starts.
        assert_eq!(instance.excess(violations, &["mon 22:00 wwwwww", "tue 22:00 ww"]), []);
    }
}
