//! Weekends that shifts of the plan touch are at most so many.
//!
//! A weekend is a Saturday and the Sunday after it on the site's calendar; a shift touches it with any minute in
//! which the agent is there, so Friday's night shift does.

use std::collections::BTreeSet;
use tr::tr;

use chrono::{Datelike, Duration, NaiveDate, Weekday};

use crate::domain::rule::{Rule, Violation};
use crate::domain::time::local_date;
use crate::roster::check::agent_shifts::{AgentShifts, days};

pub(crate) fn violations(line: &AgentShifts<'_>) -> Vec<Violation> {
    let Some(most) = line.rules.rhythm.max_weekends else { return Vec::new() };
    let touched: Vec<NaiveDate> = saturdays(line).into_iter().collect();
    let most = most as usize;
    let broken = touched.get(most).map(|first| {
        let detail = tr!("{} weekends have work, {most} may", touched.len(), most);
        line.broken(Rule::Weekends, *first, days(touched.len() - most), detail)
    });
    broken.into_iter().collect()
}

/// The Saturdays with which the weekends begin that a shift touches.
fn saturdays(line: &AgentShifts<'_>) -> BTreeSet<NaiveDate> {
    let zone = line.site.zone;
    let dates = line.shifts.iter().flat_map(|shift| shift.present()).flat_map(|span| {
        let last = local_date(span.until - Duration::minutes(1), zone);
        local_date(span.from, zone).iter_days().take_while(move |date| *date <= last)
    });
    let saturday = |date: NaiveDate| match date.weekday() {
        Weekday::Sat => Some(date),
        Weekday::Sun => date.pred_opt(),
        _ => None,
    };
    dates.filter_map(saturday).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::LabourRules;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::rule::Excess;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    fn one_of_two() -> TinyInstance {
        let rhythm = Rhythm { max_weekends: Some(1), ..Rhythm::default() };
        let mut instance = TinyInstance::new(LabourRules { rhythm, ..lenient() });
        instance.period.weeks = 2;
        instance
    }

    #[test]
    fn both_days_of_a_weekend_are_one_and_a_second_weekend_is_one_too_many() {
        assert_eq!(one_of_two().excess(violations, &["sat 08:00 w", "sun 08:00 w"]), []);
        assert_eq!(one_of_two().excess(violations, &["sat 08:00 w", "sun2 08:00 w"]), [Excess::Days(1)]);
    }

    #[test]
    fn a_night_from_friday_touches_the_weekend_and_one_that_ends_at_midnight_does_not() {
        assert_eq!(one_of_two().excess(violations, &["sun 08:00 w", "fri2 22:00 ww"]), []);
        assert_eq!(one_of_two().excess(violations, &["sun 08:00 w", "fri2 22:00 www"]), [Excess::Days(1)]);
    }

    #[test]
    fn the_calendar_is_that_of_the_site() {
        // Saturday 01:00 in Manila is Friday in UTC.
        let rhythm = Rhythm { max_weekends: Some(0), ..Rhythm::default() };
        let instance =
            TinyInstance::starting("2026-11-30", chrono_tz::Asia::Manila, LabourRules { rhythm, ..lenient() });
        assert_eq!(instance.excess(violations, &["fri 20:00 www"]), []);
        assert_eq!(instance.excess(violations, &["sat 01:00 www"]), [Excess::Days(1)]);
    }
}
