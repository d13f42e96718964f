//! How people read what is loosened.

use tr::tr;

use chrono::NaiveDate;

use crate::domain::units::Minutes;
use crate::language::translated;

use super::step::Loosening;
use super::terms::Terms;

impl Loosening {
    /// What changes, against the terms as they stand.
    pub(in crate::roster::engine) fn told(&self, terms: &Terms) -> String {
        let rules = &terms.rules;
        let hours = |key: &str, from: Minutes, to: Minutes| {
            format!("`{key}` {} → {}", from.told_in_hours(), to.told_in_hours())
        };
        let count = |key: &str, from: u32, to: u32| format!("`{key}` {from} → {to}");
        match self {
            Self::LeastMinutes(to) => hours("min_hours_per_week", rules.min_week, *to),
            Self::MostMinutes(to) => hours("max_hours_per_week", rules.max_week, *to),
            Self::SettledLess(less) => tr!("`min_minutes` of `settlement` lower by {less}", less = less.get()),
            Self::SettledMore(more) => tr!("`max_minutes` of `settlement` higher by {more}", more = more.get()),
            Self::DailyRest(to) => hours("daily_rest_hours", rules.daily_rest, *to),
            Self::WeeklyRest(to) => hours("weekly_rest_hours", rules.weekly_rest, *to),
            Self::ConsecutiveDays(to) => count("max_consecutive_days", rules.max_consecutive_days, *to),
            Self::MinConsecutiveDays(to) => count("min_consecutive_days", rules.rhythm.min_consecutive_days, *to),
            Self::MinDaysOff(to) => count("min_days_off_in_a_row", rules.rhythm.min_days_off, *to),
            Self::Weekends(to) => count("max_weekends", rules.rhythm.max_weekends.unwrap_or(0), *to),
            Self::Sundays(to) => count("max_sundays_in_a_row", rules.rhythm.max_sundays_in_a_row.unwrap_or(0), *to),
            Self::StartSpread(to) => {
                let from = rules.rhythm.max_start_spread.unwrap_or(Minutes::ZERO).get();
                format!("`max_start_spread_minutes` {from} → {}", to.get())
            }
            Self::DaysPerWeek(to) => count("max_days_per_week", rules.max_days_per_week, *to),
            Self::Nights(to) => count("nights.max_per_week", rules.nights.map_or(0, |of| of.max_per_week), *to),
            Self::Splits(to) => {
                count("split.max_per_week", rules.split.and_then(|of| of.max_per_week).unwrap_or(0), *to)
            }
            Self::StartCap(kind, to) => {
                let cap = rules.rhythm.start_caps.get(*kind);
                let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
                let window = cap.map_or_else(String::new, |cap| {
                    format!(" ({}–{})", clock(cap.starts.from), clock(cap.starts.until))
                });
                count("max_starts.most", cap.map_or(0, |cap| cap.most), *to) + &window
            }
            Self::Starts(hours) => tr!("`starts` {n} hour earlier and later, too"
                | "`starts` {n} hours earlier and later, too" % u32::from(*hours)),
            Self::Length(length) => tr!("{length} in `shift_lengths_minutes`, too", length = length.get()),
            Self::Successions(hours) => tr!("`starts_before` of `forbidden_successions` {n} hour earlier"
                | "`starts_before` of `forbidden_successions` {n} hours earlier" % u32::from(*hours)),
            Self::Available(dates) => tr!("available all day on {dates}", dates = listed(dates)),
            Self::Present(dates) => tr!("not absent on {dates}", dates = listed(dates)),
            Self::Movable(dates) => tr!("the shift of {dates} not locked", dates = listed(dates)),
            Self::LeftOut(rule) => {
                let rule = translated(rule.name());
                tr!("without the rule of {rule}", rule)
            }
        }
    }
}

fn listed(dates: &[NaiveDate]) -> String {
    dates.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
