//! Names of shifts in a roster that is changed: they survive, and no two shifts have the same.

use std::collections::BTreeSet;

use crate::domain::ids::ShiftId;
use crate::domain::roster::Shift;

/// Shifts keep the names that they had, and those that are as they were promised keep their status and lock. A new shift whose name was given
/// to another, by hand, gets a number behind it.
pub(super) fn keep_names(shifts: &mut [Shift], promised: &[Shift]) {
    let mut taken: BTreeSet<ShiftId> = promised.iter().map(|shift| shift.id.clone()).collect();
    for shift in shifts {
        let before = promised.iter().find(|before| before.agent == shift.agent && before.date == shift.date);
        let Some(before) = before else {
            shift.id = free_name(&shift.id, |name| taken.contains(name));
            taken.insert(shift.id.clone());
            continue;
        };
        shift.id = before.id.clone();
        if shift.pieces == before.pieces {
            (shift.status, shift.locked) = (before.status, before.locked);
        }
    }
}

/// A name that no other shift has, as like one as can be.
pub(super) fn free_name(wanted: &ShiftId, is_taken: impl Fn(&ShiftId) -> bool) -> ShiftId {
    let numbered = (2..).map(|number| ShiftId::new(format!("{wanted}-{number}")));
    let mut names = std::iter::once(wanted.clone()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_else(|| wanted.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AgentIx, SiteIx};
    use crate::domain::roster::{Activity, Piece, ShiftStatus};
    use crate::domain::span::Span;
    use crate::domain::time::Instant;
    use crate::domain::units::Minutes;

    fn shift(id: &str, date: &str, hour: u32) -> Shift {
        let from: Instant = format!("{date}T{hour:02}:00:00Z").parse().expect("an instant");
        let span = Span { from, until: from + Minutes::hours(8).duration() };
        let pieces = vec![Piece { activity: Activity::Work, span }];
        Shift::draft(ShiftId::new(id), AgentIx(0), SiteIx(0), date.parse().expect("a date"), pieces)
    }

    #[test]
    fn names_are_kept_and_none_is_given_twice() {
        // By hand the shift of the 3rd was moved to the 4th and kept its name; now there is one on the 3rd again.
        let mut told = shift("a1-2026-12-03", "2026-12-04", 8);
        (told.status, told.locked) = (ShiftStatus::Published, true);
        let mut shifts = [shift("a1-2026-12-03", "2026-12-03", 8), shift("a1-2026-12-04", "2026-12-04", 8)];
        keep_names(&mut shifts, &[told.clone()]);
        assert_eq!(shifts.each_ref().map(|shift| shift.id.as_str()), ["a1-2026-12-03-2", "a1-2026-12-03"]);
        assert_eq!((shifts[1].status, shifts[1].locked), (ShiftStatus::Published, true));
        // At other hours it is a draft.
        let mut moved = [shift("a1-2026-12-04", "2026-12-04", 9)];
        keep_names(&mut moved, &[told]);
        assert_eq!((moved[0].id.as_str(), moved[0].status), ("a1-2026-12-03", ShiftStatus::Draft));
    }
}
