//! A session is one that the agent owes, as long as its kind is, within the kind's hours on the site's clock, at a time that was
//! settled if one was, and far enough from breaks and from the ends of its part of the shift. No more are held than are owed; who may lead a
//! session owes none of those led.

use chrono::Datelike;

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::ids::ActivityId;
use crate::domain::roster::{Activity, Piece, Shift, span_of};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::{Zone, local_date, minute_of_day, start_of_day};
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;
use tr::tr;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let of_shifts = line.shifts.iter().flat_map(|shift| {
        let held = shift.parts().flat_map(|part| part.iter().filter_map(move |piece| Some((part, session(piece)?))));
        held.flat_map(|(part, held)| faults(line, shift, part, held))
    });
    of_shifts.chain(line.agent.owed.iter().filter_map(|owed| too_many(line, owed))).collect()
}

/// A session by its kind and time.
type Held = (ActivityId, bool, Span);

fn session(piece: &Piece) -> Option<Held> {
    match piece.activity {
        Activity::Session { of, is_paid } => Some((of, is_paid, piece.span)),
        Activity::Work | Activity::Break | Activity::Meal => None,
    }
}

/// What is wrong with a session of a shift's part.
fn faults(line: &AgentShifts<'_>, shift: &Shift, part: &[Piece], (of, is_paid, span): Held) -> Vec<Violation> {
    let broken = |by: Minutes, detail: String| line.broken(Rule::Sessions, shift.date, Excess::Minutes(by), detail);
    let day = start_of_day(shift.date, line.site.zone);
    let kind = line.activities.iter().find(|kind| kind.id == of);
    let owed = line.agent.owed.iter().find(|owed| owed.activity == of && owed.holds(day));
    let Some(kind) = kind.filter(|kind| owed.is_some() || line.may_lead(kind)) else {
        return vec![broken(span.length(), tr!("the agent owes no `{of}` then", of))];
    };
    let mut found = Vec::new();
    if span.length() != kind.length {
        let off = Minutes::new((span.length() - kind.length).get().abs());
        found.push(broken(off, tr!("`{of}` lasts {}, not {}", span.length(), kind.length, of)));
    }
    if is_paid != kind.is_paid {
        let detail = if kind.is_paid { tr!("`{of}` is paid", of) } else { tr!("`{of}` is not paid", of) };
        found.push(broken(span.length(), detail));
    }
    let outside = minutes_outside(kind, span, line.site.zone);
    if outside > Minutes::ZERO {
        found.push(broken(outside, tr!("{outside} of `{of}` lie outside its hours", outside, of)));
    }
    if owed.and_then(|owed| owed.starts.as_ref()).is_some_and(|starts| !starts.contains(&span.from)) {
        found.push(broken(span.length(), tr!("no `{of}` starts at {}", span.from, of)));
    }
    let close = closeness(kind, part, span);
    if close > Minutes::ZERO {
        let least = kind.from_breaks;
        let detail = tr!("`{of}` is less than {least} from a break, or from an end of the shift", of, least);
        found.push(broken(close, detail));
    }
    found
}

/// Minutes of a session outside the hours of its kind.
fn minutes_outside(kind: &ActivityKind, span: Span, zone: Zone) -> Minutes {
    let minutes = (0..span.length().get()).map(|minute| span.from + Minutes::new(minute).duration());
    let is_outside = |at: &crate::domain::time::Instant| {
        let hours = kind.hours.on(local_date(*at, zone).weekday());
        !hours.iter().any(|hours| hours.holds(minute_of_day(*at, zone)))
    };
    Minutes::new(i64::try_from(minutes.filter(is_outside).count()).unwrap_or(i64::MAX))
}

/// By how many minutes a session is too close to a break, or to an end of its part of the shift.
fn closeness(kind: &ActivityKind, part: &[Piece], span: Span) -> Minutes {
    let whole = span_of(part);
    let breaks = part.iter().filter(|piece| matches!(piece.activity, Activity::Break | Activity::Meal));
    let before = breaks.clone().map(|piece| piece.span.until).filter(|until| *until <= span.from);
    let after = breaks.map(|piece| piece.span.from).filter(|from| *from >= span.until);
    let since = before.chain([whole.from]).max().map(|from| Span { from, until: span.from }.length());
    let until = after.chain([whole.until]).min().map(|until| Span { from: span.until, until }.length());
    let lacking = [since, until].into_iter().flatten().map(|between| kind.from_breaks - between);
    lacking.filter(|lack| *lack > Minutes::ZERO).sum()
}

/// More sessions than are owed.
fn too_many(line: &AgentShifts<'_>, owed: &OwedSessions) -> Option<Violation> {
    let zone = line.site.zone;
    let is_within = |shift: &&&Shift| owed.holds(start_of_day(shift.date, zone));
    let pieces = line.shifts.iter().filter(is_within).flat_map(|shift| shift.pieces.iter().filter_map(session));
    let held = u32::try_from(pieces.filter(|(of, ..)| *of == owed.activity).count()).unwrap_or(u32::MAX);
    let leads = line.activities.iter().any(|kind| kind.id == owed.activity && line.may_lead(kind));
    let excess = if leads { 0 } else { held.saturating_sub(owed.times) };
    let detail = tr!("{held} sessions of `{}` are held, {} are owed", owed.activity, owed.times, held);
    let date = local_date(owed.within.from, zone);
    (excess > 0).then(|| line.broken(Rule::Sessions, date, Excess::Days(excess), detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::{ClockSpan, WeeklyHours};
    use crate::domain::units::Money;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna owes one hour of `coaching`, in a tiny roster's `c`, in her first week, on weekdays from nine to five, an hour from breaks.
    fn instance() -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        let mut hours = WeeklyHours::default();
        hours.open(chrono::Weekday::Mon, ClockSpan::new(9 * 60, 17 * 60).expect("a span"));
        let id = ActivityId::new("coaching");
        instance.workforce.activities.push(ActivityKind {
            id,
            length: Minutes::hours(1),
            is_paid: true,
            hours,
            from_breaks: Minutes::hours(1),
            at_once: None,
            group: None,
        });
        let within = Span { from: instance.at("mon 00:00"), until: instance.at("sun 00:00") };
        let price = Money::rounded(50.0);
        instance.workforce.agents[0].owed.push(OwedSessions { activity: id, times: 1, within, starts: None, price });
        instance
    }

    fn found(rows: &[&str]) -> Vec<Excess> {
        instance().excess(violations, rows)
    }

    #[test]
    fn a_session_within_its_hours_and_away_from_breaks_is_legal() {
        assert!(found(&["mon 08:00 wwcww"]).is_empty());
        assert!(found(&["mon 08:00 wwmwcww", "tue 08:00 ww"]).is_empty());
    }

    #[test]
    fn a_session_too_long_counts_what_it_is_longer() {
        assert_eq!(found(&["mon 08:00 wwccww"]), [Excess::Minutes(Minutes::hours(1))]);
    }

    #[test]
    fn a_session_outside_its_hours_counts_its_minutes_there() {
        assert_eq!(found(&["mon 07:00 wcww"]), [Excess::Minutes(Minutes::hours(1))]);
        assert_eq!(found(&["tue 08:00 wwcww"]), [Excess::Minutes(Minutes::hours(1))]);
    }

    #[test]
    fn a_session_beside_a_break_or_an_end_counts_what_is_lacking() {
        assert_eq!(found(&["mon 08:00 wwmcww"]), [Excess::Minutes(Minutes::hours(1))]);
        assert_eq!(found(&["mon 09:00 cww"]), [Excess::Minutes(Minutes::hours(1))]);
    }

    #[test]
    fn more_sessions_than_are_owed_are_counted() {
        assert_eq!(found(&["mon 08:00 wwcwwcww"]), [Excess::Days(1)]);
    }

    #[test]
    fn a_session_that_is_not_owed_or_at_another_time_than_settled_counts_whole() {
        let mut other = instance();
        other.workforce.agents[0].owed[0].starts = Some(vec![other.at("mon 11:00")]);
        assert!(other.excess(violations, &["mon 08:00 wwwcww"]).is_empty());
        assert_eq!(other.excess(violations, &["mon 08:00 wwcwww"]), [Excess::Minutes(Minutes::hours(1))]);
        other.workforce.agents[0].owed.clear();
        assert_eq!(other.excess(violations, &["mon 08:00 wwwcww"]), [Excess::Minutes(Minutes::hours(1))]);
    }
}
