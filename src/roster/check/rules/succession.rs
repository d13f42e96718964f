//! A shift that ends late is not followed on the next date by one that starts early.
//!
//! Late is later than a clock time of the first shift's own date, and past midnight is later than any of them; early is
//! before a clock time of the next date. Both are read off the wall of the site. The shift before the plan counts if its
//! date is the plan's eve.

use chrono::{Duration, NaiveDate, NaiveTime};
use tr::tr;

use crate::domain::rhythm::Forerunner;
use crate::domain::roster::Shift;
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::{Instant, minute_of_day};
use crate::domain::units::Minutes;
use crate::roster::check::agent_shifts::AgentShifts;

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let eve = line.period.start - Duration::days(1);
    let before = line.agent.before.last_end.filter(|_| line.agent.before.run_of_days > 0);
    let before = before.map(|until| Earlier { date: eve, from: None, until });
    let earlier = line.shifts.iter().map(|shift| Earlier::of(shift));
    let pairs = before.into_iter().chain(earlier).flat_map(|first| {
        let next = line.shifts.iter().filter(move |shift| shift.date == first.date + Duration::days(1));
        next.map(move |shift| (first, shift))
    });
    let broken = pairs.filter_map(|(first, next)| {
        let start = minute_of_day(next.span().from, line.site.zone);
        let too_early = |latest: &u16| start < u32::from(*latest);
        let due = starts_due(line, first).filter(too_early).max()?;
        let by = Minutes::new(i64::from(due) - i64::from(start));
        let detail = tr!(
            "after a late shift the next starts at {}:{}, {by} too early",
            format_args!("{:02}", start / 60),
            format_args!("{:02}", start % 60),
            by
        );
        Some(line.broken(Rule::Succession, next.date, Excess::Minutes(by), detail))
    });
    broken.collect()
}

/// The first of two shifts; where it is from before the plan its start is not known.
#[derive(Clone, Copy)]
struct Earlier {
    date: NaiveDate,
    from: Option<Instant>,
    until: Instant,
}

impl Earlier {
    fn of(shift: &Shift) -> Self {
        let span = shift.span();
        Self { date: shift.date, from: Some(span.from), until: span.until }
    }
}

/// The clock times before which no shift may start on the day after another.
fn starts_due(line: &AgentShifts<'_>, first: Earlier) -> impl Iterator<Item = u16> {
    let zone = line.site.zone;
    let end = first.until.with_timezone(&zone).naive_local();
    let limit = move |minutes: u16| first.date.and_time(NaiveTime::MIN) + Duration::minutes(i64::from(minutes));
    let forbidden = line.rules.rhythm.forbidden.iter();
    let begun = forbidden.filter(move |succession| match succession.first {
        Forerunner::EndsAfter(minute) => end > limit(minute),
        Forerunner::StartsWithin(window) => first.from.is_some_and(|from| window.holds(minute_of_day(from, zone))),
    });
    begun.map(|succession| succession.starts_before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock_window::ClockWindow;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::{Forerunner, Rhythm, Succession};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// After 22:00 nothing before 12:00, after 20:00 nothing before 08:00.
    fn instance() -> TinyInstance {
        let after =
            |ends: u16, starts: u16| Succession { first: Forerunner::EndsAfter(ends * 60), starts_before: starts * 60 };
        let rhythm = Rhythm { forbidden: vec![after(22, 12), after(20, 8)], ..Rhythm::default() };
        TinyInstance::new(LabourRules { rhythm, ..lenient() })
    }

    fn hours(hours: i64) -> Excess {
        Excess::Minutes(Minutes::hours(hours))
    }

    #[test]
    fn what_ends_after_ten_is_followed_from_noon() {
        assert_eq!(instance().excess(violations, &["mon 18:00 wwww", "tue 11:00 w"]), []);
        assert_eq!(instance().excess(violations, &["mon 18:00 wwwww", "tue 12:00 w"]), []);
        assert_eq!(instance().excess(violations, &["mon 18:00 wwwww", "tue 11:00 w"]), [hours(1)]);
    }

    #[test]
    fn past_midnight_is_late_and_the_day_after_next_is_free() {
        assert_eq!(instance().excess(violations, &["mon 20:00 wwwwwww", "tue 07:00 w"]), [hours(5)]);
        assert_eq!(instance().excess(violations, &["mon 20:00 wwwwwww", "wed 07:00 w"]), []);
    }

    #[test]
    fn a_shift_can_forbid_what_follows_by_its_start() {
        let first = Forerunner::StartsWithin(ClockWindow { from: 6 * 60, until: 7 * 60 });
        let rhythm = Rhythm { forbidden: vec![Succession { first, starts_before: 8 * 60 }], ..Rhythm::default() };
        let instance = TinyInstance::new(LabourRules { rhythm, ..lenient() });
        assert_eq!(instance.excess(violations, &["mon 07:00 w", "tue 06:00 w", "wed 08:00 w"]), []);
        assert_eq!(instance.excess(violations, &["mon 06:00 w", "tue 07:00 w"]), [hours(1)]);
    }

    #[test]
    fn the_shift_of_the_eve_counts() {
        let mut instance = instance();
        instance.workforce.agents[0].before.last_end = Some(instance.at("mon 00:00") - Duration::hours(3));
        assert_eq!(instance.excess(violations, &["mon 07:00 w"]), []);
        instance.workforce.agents[0].before.run_of_days = 1;
        assert_eq!(instance.excess(violations, &["mon 07:00 w"]), [hours(1)]);
    }
}
