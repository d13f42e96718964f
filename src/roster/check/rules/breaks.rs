//! A shift has exactly the breaks of its contract, in their order, each within its window, far enough apart.
//!
//! A break rule applies to shifts of at least its `from_length`. Each part of a split shift is read as a
//! shift of its own. Windows are elapsed times from the shift's start at which the break may start, both ends included;
//! `min_between_breaks` is elapsed time between the end of one break and the start of the next.

use crate::domain::labour::{BreakKind, BreakRule};
use crate::domain::roster::{Activity, Piece, span_of};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let broken = line.shifts.iter().flat_map(|shift| {
        let of_part = |pieces| faults(pieces, &line.rules.breaks, line.rules.min_between_breaks);
        shift
            .parts()
            .flat_map(of_part)
            .map(|(by, detail)| line.broken(Rule::Breaks, shift.date, Excess::Minutes(by), detail))
    });
    broken.collect()
}

/// What is wrong with the breaks of a shift or a part of it, and by how many minutes.
fn faults(pieces: &[Piece], rules: &[BreakRule], min_between: Minutes) -> Vec<(Minutes, String)> {
    let span = span_of(pieces);
    let due: Vec<&BreakRule> = rules.iter().filter(|rule| span.length() >= rule.from_length).collect();
    let taken: Vec<(BreakKind, Span)> = pieces.iter().filter_map(taken).collect();
    let same =
        |(rule, (kind, span)): (&&BreakRule, &(BreakKind, Span))| rule.kind == *kind && rule.length == span.length();
    if due.len() != taken.len() || !due.iter().zip(&taken).all(same) {
        return vec![wrong_breaks(&due, &taken)];
    }
    let misplaced = due.iter().zip(&taken).filter_map(|(rule, (_, taken))| misplaced(rule, span, *taken));
    let close = taken.windows(2).filter_map(|pair| too_close(pair[0].1, pair[1].1, min_between));
    misplaced.chain(close).collect()
}

fn taken(piece: &Piece) -> Option<(BreakKind, Span)> {
    match piece.activity {
        Activity::Work | Activity::Session { .. } => None,
        Activity::Break => Some((BreakKind::Paid, piece.span)),
        Activity::Meal => Some((BreakKind::Unpaid, piece.span)),
    }
}

/// Minutes of each kind missing or too many; where only the order is wrong, the minutes of all breaks.
fn wrong_breaks(due: &[&BreakRule], taken: &[(BreakKind, Span)]) -> (Minutes, String) {
    let due_of = |kind| due.iter().filter(|rule| rule.kind == kind).map(|rule| rule.length).sum::<Minutes>();
    let taken_of = |kind| taken.iter().filter(|of| of.0 == kind).map(|of| of.1.length()).sum::<Minutes>();
    let (paid, unpaid) = (taken_of(BreakKind::Paid), taken_of(BreakKind::Unpaid));
    let (due_paid, due_unpaid) = (due_of(BreakKind::Paid), due_of(BreakKind::Unpaid));
    let off = (paid - due_paid).get().abs() + (unpaid - due_unpaid).get().abs();
    let by = if off > 0 { Minutes::new(off) } else { paid + unpaid };
    let taken = taken.iter().map(|(kind, span)| (*kind, span.length()));
    let due = due.iter().map(|rule| (rule.kind, rule.length));
    (by, tr!("the shift has {}, the contract asks for {}", in_words(taken), in_words(due)))
}

fn in_words(breaks: impl Iterator<Item = (BreakKind, Minutes)>) -> String {
    let word = |(kind, length)| match kind {
        BreakKind::Paid => tr!("a paid break of {length}", length),
        BreakKind::Unpaid => tr!("an unpaid meal of {length}", length),
    };
    let words: Vec<String> = breaks.map(word).collect();
    if words.is_empty() { tr!("no break") } else { words.join(&tr!(", then ")) }
}

fn misplaced(rule: &BreakRule, shift: Span, taken: Span) -> Option<(Minutes, String)> {
    let after = Span { from: shift.from, until: taken.from }.length();
    let off = (rule.earliest - after).max(after - rule.latest);
    let detail =
        || tr!("a break starts {after} into the shift, not between {} and {}", rule.earliest, rule.latest, after);
    (off > Minutes::ZERO).then(|| (off, detail()))
}

fn too_close(first: Span, second: Span, min_between: Minutes) -> Option<(Minutes, String)> {
    let between = Span { from: first.until, until: second.from }.length();
    let detail = || tr!("two breaks are {between} apart, not {min_between}", between, min_between);
    (between < min_between).then(|| (min_between - between, detail()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// From six hours on: a paid hour starting 1 to 2 hours in, then an unpaid one 3 to 5 hours in, 2 hours apart.
    fn instance() -> TinyInstance {
        let rule = |kind, earliest, latest| BreakRule {
            kind,
            length: Minutes::hours(1),
            from_length: Minutes::hours(6),
            earliest: Minutes::hours(earliest),
            latest: Minutes::hours(latest),
        };
        let breaks = vec![rule(BreakKind::Paid, 1, 2), rule(BreakKind::Unpaid, 3, 5)];
        TinyInstance::new(LabourRules { breaks, min_between_breaks: Minutes::hours(2), ..lenient() })
    }

    fn minutes(rows: &[&str]) -> Vec<i64> {
        let minutes = |excess| match excess {
            Excess::Minutes(minutes) => minutes.get(),
            other => panic!("breaks are counted in minutes, not {other:?}"),
        };
        instance().excess(violations, rows).into_iter().map(minutes).collect()
    }

    #[test]
    fn both_breaks_in_their_windows_are_legal() {
        assert!(minutes(&["mon 08:00 wbwwmw", "tue 08:00 wwbwwmww"]).is_empty());
    }

    #[test]
    fn a_short_shift_has_no_break() {
        assert!(minutes(&["mon 08:00 wwwww"]).is_empty());
        assert_eq!(minutes(&["mon 08:00 wbwww"]), [60]);
    }

    #[test]
    fn a_missing_break_counts_its_minutes() {
        assert_eq!(minutes(&["mon 08:00 wwwwmww"]), [60]);
    }

    #[test]
    fn a_break_too_long_counts_what_it_is_longer() {
        assert_eq!(minutes(&["mon 08:00 wbbwwmww"]), [60]);
    }

    #[test]
    fn breaks_in_the_wrong_order_count_both() {
        assert_eq!(minutes(&["mon 08:00 wmwwbwww"]), [120]);
    }

    #[test]
    fn a_break_beside_its_window_counts_the_distance() {
        // The paid one starts 0 h in, an hour early; the meal 7 h in, two hours late.
        assert_eq!(minutes(&["mon 08:00 bwwwwwwmww"]), [60, 120]);
    }

    #[test]
    fn breaks_too_close_count_what_is_missing() {
        // From the end of the paid one (3 h in) to the meal (4 h in) it is one hour, not two.
        assert_eq!(minutes(&["mon 08:00 wwbwmww"]), [60]);
    }
}
