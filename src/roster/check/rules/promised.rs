//! Where a plan is made again, what has begun or is locked stays as it was promised, and no other shift starts before the plan is
//! made again.

use chrono::NaiveDate;

use crate::domain::roster::Piece;
use crate::domain::rule::{Excess, Rule, Violation};
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let mut found = Vec::new();
    for day in &line.agent.promised {
        let pieces = pieces_on(line, day.date);
        if pieces == day.pieces {
            continue;
        }
        let broken = |detail: String| line.broken(Rule::Promised, day.date, Excess::Days(1), detail);
        if day.is_fixed {
            found.push(broken(tr!("the day stays as it was promised, and is another")));
        } else if pieces.first().is_some_and(|first| first.span.from < day.not_before) {
            found.push(broken(tr!("a shift starts before {}, when the plan was made again", day.not_before)));
        }
    }
    found
}

fn pieces_on<'a>(line: &AgentShifts<'a>, date: NaiveDate) -> &'a [Piece] {
    line.shifts.iter().find(|shift| shift.date == date).map_or(&[], |shift| &shift.pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::promise::{ChangePrices, PromisedDay};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna was promised Monday from eight to twelve, which has begun, and Tuesday off, which starts at ten at the earliest.
    fn instance() -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        let pieces = instance.roster(&["mon 08:00 wwww"]).shifts.remove(0).pieces;
        let day = |date: &str, pieces, is_fixed, not_before| PromisedDay {
            date: date.parse().expect("a date"),
            pieces,
            is_fixed,
            not_before,
            is_short_notice: false,
            prices: ChangePrices::default(),
        };
        let ten = instance.at("tue 10:00");
        let promised = vec![day("2026-11-30", pieces, true, ten), day("2026-12-01", vec![], false, ten)];
        instance.workforce.agents[0].promised = promised;
        instance
    }

    #[test]
    fn what_has_begun_stays() {
        assert!(instance().excess(violations, &["mon 08:00 wwww"]).is_empty());
        assert_eq!(instance().excess(violations, &["mon 09:00 wwww"]), [Excess::Days(1)]);
        assert_eq!(instance().excess(violations, &[]), [Excess::Days(1)]);
    }

    #[test]
    fn no_other_shift_starts_in_the_past() {
        assert!(instance().excess(violations, &["mon 08:00 wwww", "tue 10:00 ww"]).is_empty());
        assert_eq!(instance().excess(violations, &["mon 08:00 wwww", "tue 09:00 ww"]), [Excess::Days(1)]);
    }
}
