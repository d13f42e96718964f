//! California: Labor Code §§ 510, 512, 551 and 552, and IWC Wage Order 4-2001 § 12.
//!
//! § 510 asks for overtime pay rather than less work, so its hours are a limit for contracts that are not released from
//! it. The law knows no daily rest between shifts of adults. A day of rest is counted in each rule week (Mendoza v.
//! Nordstrom, 2017), meals and rests as in Brinker v. Superior Court, 2012. Not checked: waived meals (§ 512 (a)),
//! alternative workweeks (§ 511), part-time exemptions from the day of rest (§ 556), and premium pay, that for split shifts
//! among it (Wage Order 4-2001 § 4 (C)). The gap of a split shift is a meal between its parts.

use super::pack::{Article, Breach, Least, Pack, breaks_of, fewer_breaks, longer_than, more_than, pause};
use crate::domain::labour::{BreakKind, LabourRules};
use crate::domain::units::Minutes;
use crate::workspace::attainable_minutes::{days_of_work, paid_minutes};

/// The pack.
pub(super) const PACK: Pack = Pack {
    least: Least {
        max_week: Some(Minutes::hours(40)),
        daily_rest: Some(Minutes::ZERO),
        weekly_rest: Some(Minutes::ZERO),
        max_consecutive_days: Some(366),
        max_days_per_week: Some(6),
        max_sundays_in_a_row: None,
        breaks: &[
            pause(BreakKind::Paid, 10, 210, 60, 150),
            pause(BreakKind::Unpaid, 30, 301, 180, 300),
            pause(BreakKind::Paid, 10, 361, 330, 420),
            pause(BreakKind::Unpaid, 30, 631, 480, 600),
            pause(BreakKind::Paid, 10, 631, 570, 660),
        ],
    },
    articles: &[
        Article {
            number: "510",
            citation: "California Labor Code § 510 (a): more than eight hours a day or forty a week is overtime",
            broken_by: overtime,
        },
        Article {
            number: "512",
            citation: "California Labor Code § 512 (a): a meal of 30 minutes before the end of the fifth hour of work \
                       where it is more than five, a second before the end of the tenth where it is more than ten",
            broken_by: meals,
        },
        Article {
            number: "551",
            citation: "California Labor Code §§ 551, 552: one day's rest in seven",
            broken_by: day_of_rest,
        },
        Article {
            number: "wage-order-4-12",
            citation: "IWC Wage Order 4-2001 § 12: ten paid minutes per four hours or major fraction, from three and a half",
            broken_by: rests,
        },
    ],
};

fn overtime(rules: &LabourRules) -> Option<Breach> {
    longer_than(rules, 8).or_else(|| more_than(rules.max_week, 40, "max_hours_per_week"))
}

/// Each meal due begins by the end of the hour of work it is due in; earlier meals are no work.
fn meals(rules: &LabourRules) -> Option<Breach> {
    let due = |working_time: Minutes| {
        usize::from(working_time > Minutes::hours(5)) + usize::from(working_time > Minutes::hours(10))
    };
    let parts: Vec<Vec<Minutes>> = days_of_work(rules).into_iter().flatten().map(|part| vec![part]).collect();
    let late = parts.iter().flatten().find_map(|&length| {
        let mut eaten = Minutes::ZERO;
        let meals = breaks_of(rules, length, BreakKind::Unpaid, 30).take(due(paid_minutes(rules, length)));
        for (meal, hours) in meals.zip([5, 10]) {
            let by = Minutes::hours(hours) + eaten;
            if meal.latest > by {
                let cause = format!("a meal of a shift of {length} may begin {} after its start", meal.latest);
                return Some(Breach::new("breaks", cause, format!("latest_minutes of at most {}", by.get())));
            }
            eaten += meal.length;
        }
        None
    });
    fewer_breaks(rules, &parts, (BreakKind::Unpaid, 30), due).or(late)
}

fn day_of_rest(rules: &LabourRules) -> Option<Breach> {
    (rules.max_days_per_week > 6).then(|| Breach::new("max_days_per_week", "no day of rest in seven", "at most 6"))
}

/// One from three and a half hours, two above six, three above ten, and so on by four.
fn rests(rules: &LabourRules) -> Option<Breach> {
    let due = |working_time: Minutes| match working_time.get() {
        ..210 => 0,
        minutes => usize::try_from((minutes - 120 + 239) / 240).unwrap_or(0),
    };
    fewer_breaks(rules, &days_of_work(rules), (BreakKind::Paid, 10), due)
}

#[cfg(test)]
mod tests {
    use super::super::lawful::{broken, lawful, split_by};
    use super::*;
    use crate::domain::labour::BreakRule;
    use crate::domain::split::SplitRule;

    fn contract() -> LabourRules {
        lawful(&PACK, &[180, 240, 330, 510])
    }

    /// The contract with its meals and rests changed.
    fn with(length: i64, breaks: Vec<BreakRule>) -> LabourRules {
        LabourRules { shift_lengths: vec![Minutes::new(length)], breaks, ..contract() }
    }

    #[test]
    fn what_the_code_demands_is_enough() {
        assert_eq!(broken(&PACK, &contract()), [""; 0]);
        // Eleven hours of work and two meals are overtime and nothing else.
        assert_eq!(broken(&PACK, &lawful(&PACK, &[720])), ["510"]);
    }

    #[test]
    fn section_510_allows_eight_hours_a_day_and_forty_a_week() {
        assert_eq!(broken(&PACK, &lawful(&PACK, &[515])), ["510"]);
        assert_eq!(broken(&PACK, &LabourRules { max_week: Minutes::hours(41), ..contract() }), ["510"]);
    }

    #[test]
    fn section_512_asks_for_a_meal_before_the_end_of_the_fifth_hour() {
        let rest = pause(BreakKind::Paid, 10, 210, 60, 150);
        let meal = |minutes, latest| pause(BreakKind::Unpaid, minutes, 301, 180, latest);
        assert_eq!(broken(&PACK, &with(300, vec![rest])), [""; 0]);
        assert_eq!(broken(&PACK, &with(305, vec![rest])), ["512"]);
        assert_eq!(broken(&PACK, &with(345, vec![rest, meal(30, 300)])), [""; 0]);
        assert_eq!(broken(&PACK, &with(345, vec![rest, meal(25, 300)])), ["512"]);
        assert_eq!(broken(&PACK, &with(345, vec![rest, meal(30, 305)])), ["512"]);
    }

    #[test]
    fn section_512_asks_for_a_second_meal_before_the_end_of_the_tenth_hour() {
        let rest = pause(BreakKind::Paid, 10, 210, 60, 150);
        let second = |latest| pause(BreakKind::Unpaid, 30, 631, 480, latest);
        let breaks = |latest| vec![rest, pause(BreakKind::Unpaid, 30, 301, 180, 300), rest, second(latest), rest];
        // After a meal of 30 minutes the tenth hour of work ends 630 minutes into the shift.
        assert_eq!(broken(&PACK, &with(720, breaks(630))), ["510"]);
        assert_eq!(broken(&PACK, &with(720, breaks(635))), ["510", "512"]);
        assert_eq!(broken(&PACK, &with(720, [&breaks(630)[..3], &breaks(630)[4..]].concat())), ["510", "512"]);
    }

    #[test]
    fn section_512_takes_the_gap_of_a_split_shift_for_a_meal() {
        // Eight hours whole need a meal; in parts of four and four they do not, in parts of two and six they do.
        let rest = pause(BreakKind::Paid, 10, 120, 60, 90);
        let meal = |from_length| pause(BreakKind::Unpaid, 30, from_length, 180, 240);
        let of = |from_length, min_part: i64| {
            let rules = split_by(120, with(480, vec![rest, meal(from_length), rest]));
            let split = rules.split.map(|split| SplitRule { min_part: Minutes::hours(min_part), ..split });
            broken(&PACK, &LabourRules { split, ..rules })
        };
        assert_eq!([of(420, 4), of(420, 2), of(301, 2)], [vec![], vec!["512"], vec![]]);
    }

    #[test]
    fn section_551_asks_for_a_day_of_rest_in_seven() {
        assert_eq!(broken(&PACK, &LabourRules { max_days_per_week: 7, ..contract() }), ["551"]);
    }

    #[test]
    fn the_wage_order_asks_for_ten_minutes_per_four_hours_or_major_fraction() {
        let rest = pause(BreakKind::Paid, 10, 0, 60, 150);
        let meal = pause(BreakKind::Unpaid, 30, 301, 180, 300);
        assert_eq!(broken(&PACK, &with(205, vec![])), [""; 0]);
        assert_eq!(broken(&PACK, &with(210, vec![])), ["wage-order-4-12"]);
        // With the meal 390 minutes are six hours of work, 395 are more.
        assert_eq!(broken(&PACK, &with(390, vec![rest, meal])), [""; 0]);
        assert_eq!(broken(&PACK, &with(395, vec![rest, meal])), ["wage-order-4-12"]);
        assert_eq!(
            broken(&PACK, &with(395, vec![pause(BreakKind::Paid, 5, 0, 60, 150), rest, meal])),
            ["wage-order-4-12"]
        );
    }
}
