//! Kodeks pracy, the Polish Labour Code, sixth part: working time. Art. 134 as amended on 26 April 2023.
//!
//! The averages of art. 129 and 131 are held in every week and the eight hours of art. 129 in every shift; contracts under
//! a system that balances days of up to twelve hours (art. 135) are released from art. 129. A Sunday is worked when a
//! shift starts on its date (art. 151⁹ § 2 lets it run from 6:00 to 6:00). The pay for standstill, half of which art. 139
//! asks for, is taken to be the hourly cost (art. 81 § 1: the rate of the grade). Not checked: that split shifts are agreed
//! upon collectively (art. 139 § 3), days off for work on Sundays and
//! holidays (art. 147, 151³, 151⁹ to 151¹¹), night work (art. 151⁷), and the yearly limit of overtime (art. 151).

use super::pack::{Article, Breach, Least, Pack, fewer_breaks, less_than, long_split, longer_than, more_than, pause};
use crate::domain::labour::{BreakKind, LabourRules};
use crate::domain::units::Minutes;
use crate::workspace::attainable_minutes::days_of_work;

/// The pack.
pub(super) const PACK: Pack = Pack {
    least: Least {
        max_week: Some(Minutes::hours(40)),
        daily_rest: Some(Minutes::hours(11)),
        weekly_rest: Some(Minutes::hours(35)),
        max_consecutive_days: Some(366),
        max_days_per_week: Some(7),
        max_sundays_in_a_row: Some(3),
        breaks: &[
            pause(BreakKind::Paid, 15, 360, 120, 300),
            pause(BreakKind::Paid, 15, 541, 360, 480),
            pause(BreakKind::Paid, 15, 961, 660, 900),
        ],
    },
    articles: &[
        Article {
            number: "129",
            citation: "Kodeks pracy, art. 129 § 1: eight hours a day, and forty a week on average",
            broken_by: working_time,
        },
        Article {
            number: "131",
            citation: "Kodeks pracy, art. 131 § 1: 48 hours a week on average, overtime included",
            broken_by: overtime,
        },
        Article {
            number: "132",
            citation: "Kodeks pracy, art. 132 § 1: eleven hours of uninterrupted rest in every 24",
            broken_by: daily_rest,
        },
        Article {
            number: "133",
            citation: "Kodeks pracy, art. 133 § 1: 35 hours of uninterrupted rest in every week",
            broken_by: weekly_rest,
        },
        Article {
            number: "134",
            citation: "Kodeks pracy, art. 134: 15 paid minutes from six hours of work, again above 9 and above 16",
            broken_by: breaks,
        },
        Article {
            number: "139",
            citation: "Kodeks pracy, art. 139 § 1: one break of at most five hours a day, paid with half of the pay for standstill",
            broken_by: split_shifts,
        },
        Article {
            number: "151-12",
            citation: "Kodeks pracy, art. 151¹²: a Sunday off at least every four weeks",
            broken_by: free_sunday,
        },
    ],
};

fn working_time(rules: &LabourRules) -> Option<Breach> {
    longer_than(rules, 8).or_else(|| more_than(rules.min_week, 40, "min_hours_per_week"))
}

fn overtime(rules: &LabourRules) -> Option<Breach> {
    more_than(rules.max_week, 48, "max_hours_per_week")
}

fn daily_rest(rules: &LabourRules) -> Option<Breach> {
    less_than(rules.daily_rest, 11, "daily_rest_hours").or_else(|| long_split(rules))
}

fn weekly_rest(rules: &LabourRules) -> Option<Breach> {
    less_than(rules.weekly_rest, 35, "weekly_rest_hours")
}

fn breaks(rules: &LabourRules) -> Option<Breach> {
    let due = |working_time: Minutes| match working_time.get() {
        ..360 => 0,
        360..=540 => 1,
        541..=960 => 2,
        _ => 3,
    };
    fewer_breaks(rules, &days_of_work(rules), (BreakKind::Paid, 15), due)
}

fn split_shifts(rules: &LabourRules) -> Option<Breach> {
    let split = rules.split?;
    let long = split.max_gap > Minutes::hours(5);
    let long = long.then(|| Breach::new("split", "a gap of more than five hours", "max_gap_minutes of at most 300"));
    let unpaid =
        || Breach::new("split", "less than half of the hourly cost for the gap", "gap_pay_share of 0.5 or more");
    long.or_else(|| (split.gap_pay.get() < 0.5).then(unpaid))
}

/// Three Sundays in a row have a fourth that is free.
fn free_sunday(rules: &LabourRules) -> Option<Breach> {
    let more = rules.rhythm.max_sundays_in_a_row.is_none_or(|most| most > 3);
    more.then(|| Breach::new("max_sundays_in_a_row", "no free Sunday in every four", "at most 3"))
}

#[cfg(test)]
mod tests {
    use super::super::lawful::{broken, lawful, split_by};
    use super::*;
    use crate::domain::rhythm::Rhythm;
    use crate::domain::split::SplitRule;
    use crate::domain::units::Share;

    fn contract() -> LabourRules {
        lawful(&PACK, &[240, 360, 480])
    }

    #[test]
    fn what_the_code_demands_is_enough() {
        assert_eq!(broken(&PACK, &contract()), [""; 0]);
    }

    #[test]
    fn article_129_allows_eight_hours_a_day_and_forty_a_week() {
        let long = LabourRules { shift_lengths: vec![Minutes::new(485)], ..contract() };
        assert_eq!(broken(&PACK, &long), ["129"]);
        let much = LabourRules { min_week: Minutes::hours(41), max_week: Minutes::hours(41), ..contract() };
        assert_eq!(broken(&PACK, &much), ["129"]);
        assert_eq!(broken(&PACK, &LabourRules { min_week: Minutes::hours(40), ..contract() }), [""; 0]);
    }

    #[test]
    fn article_131_allows_forty_eight_hours_with_overtime() {
        assert_eq!(broken(&PACK, &LabourRules { max_week: Minutes::hours(48), ..contract() }), [""; 0]);
        assert_eq!(broken(&PACK, &LabourRules { max_week: Minutes::new(48 * 60 + 1), ..contract() }), ["131"]);
    }

    #[test]
    fn article_132_asks_for_eleven_hours_a_day() {
        assert_eq!(broken(&PACK, &LabourRules { daily_rest: Minutes::hours(10), ..contract() }), ["132"]);
    }

    #[test]
    fn article_133_asks_for_thirty_five_hours_a_week() {
        assert_eq!(broken(&PACK, &LabourRules { weekly_rest: Minutes::hours(24), ..contract() }), ["133"]);
    }

    #[test]
    fn article_139_allows_a_gap_of_five_hours_paid_by_half() {
        // Eight hours in parts of four have one break, in one of the parts at least.
        let breaks = vec![pause(BreakKind::Paid, 15, 240, 60, 180)];
        let with = |gap: i64, half: f64| {
            let rules = split_by(gap, LabourRules { breaks: breaks.clone(), ..contract() });
            let split = rules.split.map(|split| SplitRule { gap_pay: Share::clamped(half), ..split });
            broken(&PACK, &LabourRules { split, ..rules })
        };
        assert_eq!([with(300, 0.5), with(300, 0.4)], [vec![], vec!["139"]]);
        // Six hours more leave ten of the 24 that begin with the shift.
        assert_eq!(with(360, 0.5), ["132", "139"]);
    }

    #[test]
    fn article_134_asks_for_the_breaks_of_the_whole_day_in_its_parts() {
        let paid = |split: SplitRule| SplitRule { gap_pay: Share::ALL, ..split };
        let rules = split_by(120, contract());
        assert_eq!(broken(&PACK, &LabourRules { split: rules.split.map(paid), ..rules }), ["134"]);
    }

    #[test]
    fn article_151_12_asks_for_every_fourth_sunday() {
        let with = |most| {
            let rhythm = Rhythm { max_sundays_in_a_row: most, ..Rhythm::default() };
            broken(&PACK, &LabourRules { rhythm, ..contract() })
        };
        assert_eq!([with(Some(3)), with(Some(4)), with(None)], [vec![], vec!["151-12"], vec!["151-12"]]);
    }

    #[test]
    fn article_134_asks_for_a_break_from_six_hours_a_second_above_nine_and_a_third_above_sixteen() {
        let first = pause(BreakKind::Paid, 15, 360, 120, 300);
        let with = |length: i64, breaks: usize| LabourRules {
            shift_lengths: vec![Minutes::new(length)],
            breaks: vec![first; breaks],
            ..contract()
        };
        assert_eq!([355, 360].map(|length| broken(&PACK, &with(length, 0))), [vec![], vec!["134"]]);
        assert_eq!([540, 545].map(|length| broken(&PACK, &with(length, 1))), [vec!["129"], vec!["129", "134"]]);
        assert_eq!([960, 965].map(|length| broken(&PACK, &with(length, 2))), [vec!["129"], vec!["129", "134"]]);
        let unpaid = vec![pause(BreakKind::Unpaid, 15, 360, 120, 300)];
        assert_eq!(broken(&PACK, &LabourRules { breaks: unpaid, ..contract() }), ["134"]);
    }
}
