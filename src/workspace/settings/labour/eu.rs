//! Directive 2003/88/EC of the European Parliament and of the Council, on the organisation of working time.
//!
//! Art. 16 lets member states average art. 6 and art. 8 over reference periods; both are held in every week and every
//! shift, since a plan knows no months. Not checked: the length of the break (art. 4 leaves it to national law), annual
//! leave (art. 7), night work with special hazards (art. 8 (b)), health checks (art. 9), and derogations (art. 17, 18, 22).

use super::pack::{Article, Breach, Least, Pack, in_words, less_than, long_split, more_than};
use crate::domain::clock_window::ClockWindow;
use crate::domain::labour::LabourRules;
use crate::domain::units::Minutes;
use crate::workspace::attainable_minutes::{days_of_work, paid_of};

/// The pack.
pub(super) const PACK: Pack = Pack {
    least: Least {
        max_week: Some(Minutes::hours(48)),
        daily_rest: Some(Minutes::hours(11)),
        weekly_rest: Some(Minutes::hours(35)),
        max_consecutive_days: Some(366),
        max_days_per_week: Some(7),
        max_sundays_in_a_row: None,
        breaks: &[],
    },
    articles: &[
        Article {
            number: "3",
            citation: "Directive 2003/88/EC, art. 3: eleven consecutive hours of rest in every 24",
            broken_by: daily_rest,
        },
        Article {
            number: "4",
            citation: "Directive 2003/88/EC, art. 4: a rest break where the working day is longer than six hours",
            broken_by: rest_break,
        },
        Article {
            number: "5",
            citation: "Directive 2003/88/EC, art. 5: every seven days 24 hours of rest and the eleven of art. 3",
            broken_by: weekly_rest,
        },
        Article {
            number: "6",
            citation: "Directive 2003/88/EC, art. 6: 48 hours a week on average, overtime included",
            broken_by: weekly_hours,
        },
        Article {
            number: "8",
            citation: "Directive 2003/88/EC, art. 8 (a): night workers work eight hours in 24 on average",
            broken_by: night_work,
        },
    ],
};

/// Eleven hours between shifts, and no shift so long that 24 hours from its start do not hold them.
fn daily_rest(rules: &LabourRules) -> Option<Breach> {
    let long = rules.shift_lengths.iter().find(|length| **length > Minutes::hours(13));
    let cause = |length: &Minutes| format!("a shift of {length} leaves less than 11 hours of the 24 from its start");
    let long = long.map(|length| Breach::new("shift_lengths_minutes", cause(length), "lengths of at most 780"));
    less_than(rules.daily_rest, 11, "daily_rest_hours").or(long).or_else(|| long_split(rules))
}

/// Some break, paid or not, in shifts of more than six hours; the gap of a split shift is one.
fn rest_break(rules: &LabourRules) -> Option<Breach> {
    let has_none = |length: Minutes| !rules.breaks.iter().any(|rule| rule.from_length <= length);
    let parts: Vec<Minutes> = days_of_work(rules).into_iter().flatten().collect();
    let long = parts.into_iter().find(|length| *length > Minutes::hours(6) && has_none(*length))?;
    Some(Breach::new(
        "breaks",
        format!("a shift of {long} has no break"),
        "a break for shifts of more than 360 minutes",
    ))
}

fn weekly_rest(rules: &LabourRules) -> Option<Breach> {
    less_than(rules.weekly_rest, 35, "weekly_rest_hours")
}

fn weekly_hours(rules: &LabourRules) -> Option<Breach> {
    more_than(rules.max_week, 48, "max_hours_per_week")
}

/// Eight hours of working time in shifts of which three are night (art. 2 (4) (a)). Night is what the contract says;
/// if it says nothing, midnight to five o'clock, which is night everywhere (art. 2 (3)).
fn night_work(rules: &LabourRules) -> Option<Breach> {
    let core = ClockWindow { from: 0, until: 5 * 60 };
    let night = rules.nights.map_or(core, |nights| nights.window);
    if rules.nights.is_some_and(|nights| nights.max_per_week == 0) {
        return None;
    }
    let starts: Vec<u16> = rules
        .starts
        .iter()
        .flat_map(|window| (window.from..=window.until).step_by(usize::from(window.step.max(1))))
        .collect();
    let at_night = |from: i64, length: Minutes| {
        let holds = |minute: i64| u32::try_from((from + minute) % 1440).is_ok_and(|minute| night.holds(minute));
        (0..length.get()).filter(|minute| holds(*minute)).count()
    };
    let is_night = |start: i64, parts: &[Minutes], gap: Minutes| {
        let first = parts.first().copied().unwrap_or_default();
        let second = parts.get(1).map_or(0, |second| at_night(start + (first + gap).get(), *second));
        at_night(start, first) + second >= 180
    };
    let gaps: Vec<Minutes> = rules.split.map_or(vec![Minutes::ZERO], |split| split.gaps().collect());
    let days = days_of_work(rules);
    let long = days.iter().find(|parts| {
        let starts = || starts.iter().map(|start| i64::from(*start));
        paid_of(rules, parts) > Minutes::hours(8)
            && gaps.iter().any(|gap| starts().any(|start| is_night(start, parts, *gap)))
    })?;
    let cause = format!("{}, at night, has {} of working time", in_words(long), paid_of(rules, long));
    Some(Breach::new("shift_lengths_minutes", cause, "at most 8 hours of working time in a contract with nights"))
}

#[cfg(test)]
mod tests {
    use super::super::lawful::{broken, lawful, split_by};
    use super::super::pack::pause;
    use super::*;
    use crate::domain::labour::{BreakKind, NightRule, StartWindow};

    fn contract() -> LabourRules {
        let breaks = vec![pause(BreakKind::Unpaid, 30, 361, 120, 300)];
        LabourRules { breaks, ..lawful(&PACK, &[360, 540, 780]) }
    }

    #[test]
    fn what_the_directive_demands_is_enough() {
        assert_eq!(broken(&PACK, &contract()), [""; 0]);
    }

    #[test]
    fn article_3_asks_for_eleven_hours_a_day() {
        let rules = LabourRules { daily_rest: Minutes::new(659), ..contract() };
        assert_eq!(broken(&PACK, &rules), ["3"]);
        let rules = LabourRules { shift_lengths: vec![Minutes::new(785)], ..contract() };
        assert_eq!(broken(&PACK, &rules), ["3"]);
        // Nine hours in two parts with four between end after thirteen.
        let split = |gap| LabourRules { shift_lengths: vec![Minutes::hours(9)], ..split_by(gap, contract()) };
        assert_eq!([240, 255].map(|gap| broken(&PACK, &split(gap))), [vec![], vec!["3"]]);
    }

    #[test]
    fn article_4_asks_for_a_break_after_six_hours() {
        let six = LabourRules { breaks: vec![], shift_lengths: vec![Minutes::hours(6)], ..contract() };
        assert_eq!(broken(&PACK, &six), [""; 0]);
        let more = LabourRules { shift_lengths: vec![Minutes::new(365)], ..six };
        assert_eq!(broken(&PACK, &more), ["4"]);
        // Eleven hours have a break; in two parts it is missing from one of seven hours.
        let long = LabourRules { breaks: vec![pause(BreakKind::Unpaid, 30, 600, 120, 300)], ..contract() };
        let split = LabourRules { shift_lengths: vec![Minutes::hours(11)], ..split_by(120, long) };
        assert_eq!(broken(&PACK, &split), ["4"]);
    }

    #[test]
    fn article_5_asks_for_thirty_five_hours_a_week() {
        assert_eq!(broken(&PACK, &LabourRules { weekly_rest: Minutes::hours(34), ..contract() }), ["5"]);
    }

    #[test]
    fn article_6_allows_forty_eight_hours_a_week() {
        assert_eq!(broken(&PACK, &LabourRules { max_week: Minutes::hours(49), ..contract() }), ["6"]);
    }

    #[test]
    fn article_8_allows_night_workers_eight_hours() {
        // From 16:00 shifts of 540 minutes pay 510 and end at 01:00: three hours after 22:00. From 15:00 it is two.
        let window = ClockWindow { from: 22 * 60, until: 6 * 60 };
        let at = |hour: u16, max_per_week| LabourRules {
            shift_lengths: vec![Minutes::new(540)],
            starts: vec![StartWindow { from: hour * 60, until: hour * 60, step: 60 }],
            fixed_shifts: Vec::new(),
            nights: Some(NightRule { window, max_per_week }),
            ..contract()
        };
        assert_eq!(broken(&PACK, &at(16, 3)), ["8"]);
        assert_eq!(broken(&PACK, &at(15, 3)), [""; 0]);
        assert_eq!(broken(&PACK, &at(16, 0)), [""; 0]);
    }
}
