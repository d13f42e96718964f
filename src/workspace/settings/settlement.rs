//! The key of a contract that settles several weeks together.

use chrono::{Datelike, Days, Duration, NaiveDate, Weekday};
use tr::tr;

use super::fields::Fields;
use super::plan::PlanStart;
use crate::domain::labour::LabourRules;
use crate::domain::problem::Problem;
use crate::domain::time::next_weekday;
use crate::domain::units::Minutes;
use crate::domain::workforce::WeekMinutes;
use crate::language::weekday_name;
use crate::workspace::attainable_minutes::{days_per_week, nearest_below, period_totals, weekly_totals};
use crate::workspace::place::Place;
use crate::workspace::words::{Refusal, date, whole};

/// Weeks of a contract that are settled together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SettlementSettings {
    /// Rule weeks of a period, at least one.
    pub(crate) weeks: u32,
    /// A date on which a period begins; the others follow and precede it.
    pub(crate) from: NaiveDate,
    /// What a whole period owes and may hold: within the weekly least and most times the weeks.
    pub(crate) minutes: WeekMinutes,
    place: Place,
}

/// `{ weeks = 4, from = "2026-01-05", min_minutes = 9600, max_minutes = 9600 }`.
pub(super) fn settlement(
    contract: &Fields<'_>,
    rules: Option<&LabourRules>,
    start: PlanStart,
) -> Option<SettlementSettings> {
    let fields = contract.section("settlement")?;
    let (weeks, from) = (fields.required("weeks", whole(1..=53)), fields.required("from", date));
    let minutes = |key| fields.optional(key, whole(0..=53 * 10080)).map(|minutes| Minutes::new(i64::from(minutes)));
    let (least, most) = (minutes("min_minutes"), minutes("max_minutes"));
    let found = weeks.zip(from).zip(rules).map(|((weeks, from), rules)| {
        let weekly = times(WeekMinutes { min: rules.min_week, max: rules.max_week }, weeks);
        let given = WeekMinutes { min: least.unwrap_or(weekly.min), max: most.unwrap_or(weekly.max) };
        check(&fields, rules, weeks, given, weekly);
        let minutes = WeekMinutes { min: given.min.max(weekly.min), max: given.max.min(weekly.max) };
        SettlementSettings { weeks, from, minutes, place: fields.place().clone() }
    });
    if let Some(problem) = found.as_ref().and_then(|settlement| settlement.off_weeks_from(first_day(start))) {
        fields.report().problem(problem);
    }
    fields.finish();
    found
}

impl SettlementSettings {
    /// First date of the period that holds a date.
    pub(crate) fn period_begin(&self, date: NaiveDate) -> NaiveDate {
        let length = 7 * i64::from(self.weeks);
        date - Duration::days((date - self.from).num_days().rem_euclid(length))
    }

    /// First dates of the weeks that the period has had before a date, with which a week begins.
    pub(crate) fn weeks_before(&self, date: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        self.period_begin(date).iter_weeks().take_while(move |week| *week < date)
    }

    /// What is wrong if the rule weeks of a plan that begins on a date do not fall into the periods.
    pub(crate) fn off_weeks_from(&self, start: NaiveDate) -> Option<Problem> {
        let days = (self.from - start).num_days().rem_euclid(7);
        let earlier = self.from.checked_sub_days(Days::new(days.unsigned_abs()))?;
        let later = earlier.checked_add_days(Days::new(7))?;
        let weekday = weekday_name(start.weekday().num_days_from_monday());
        let cause = tr!("no week of the plan begins then: they begin on {}s", weekday);
        let refusal = Refusal::new(cause).accepting(tr!("a {}, such as {earlier} or {later}", weekday, earlier, later));
        let hint = tr!("rule weeks are blocks of seven days from the plan's first day; see plan.start and --start");
        let refusal = refusal.hinting(hint.clone());
        (days != 0).then(|| self.place.refused("contract.settlement.from", &self.from.to_string(), refusal))
    }
}

/// A first day of the plan, whatever day a run is made on.
fn first_day(start: PlanStart) -> NaiveDate {
    match start {
        PlanStart::Date(date) => date,
        PlanStart::NextMonday => next_weekday(NaiveDate::default(), Weekday::Mon),
    }
}

fn times(week: WeekMinutes, weeks: u32) -> WeekMinutes {
    let all = |minutes: Minutes| Minutes::new(minutes.get() * i64::from(weeks));
    WeekMinutes { min: all(week.min), max: all(week.max) }
}

/// Reports a range that the weeks do not reach.
fn check(fields: &Fields<'_>, rules: &LabourRules, weeks: u32, given: WeekMinutes, weekly: WeekMinutes) {
    if given.min > weekly.max {
        let cause = tr!("{weeks} weeks of max_hours_per_week hold less", weeks);
        fields.refuse("min_minutes", Refusal::new(cause).accepting(tr!("at most {}", weekly.max.get())));
    } else if given.max < weekly.min {
        let cause = tr!("{weeks} weeks of min_hours_per_week hold more", weeks);
        fields.refuse("max_minutes", Refusal::new(cause).accepting(tr!("at least {}", weekly.min.get())));
    } else if given.min > given.max {
        let accepted = tr!("at most {}", given.max.get());
        fields.refuse("min_minutes", Refusal::new(tr!("more than max_minutes")).accepting(accepted));
    } else {
        reach(fields, rules, weeks, given);
    }
}

/// Some shifts must add up to a total within the range. Weeks that none add up to are told of the contract itself.
fn reach(fields: &Fields<'_>, rules: &LabourRules, weeks: u32, given: WeekMinutes) {
    let week: Vec<Minutes> =
        weekly_totals(rules, days_per_week(rules)).range(rules.min_week..=rules.max_week).copied().collect();
    if week.is_empty() {
        return;
    }
    let totals = period_totals(&vec![week; weeks as usize]);
    if totals.iter().any(|total| (given.min..=given.max).contains(total)) {
        return;
    }
    let above = totals.iter().find(|total| **total > given.max).copied();
    let nearest = nearest_below(&totals, given.min).into_iter().chain(above);
    let nearest: Vec<String> = nearest.map(|total| total.get().to_string()).collect();
    let (low, high) = (given.min.told_in_hours(), given.max.told_in_hours());
    let cause = tr!("no shifts of {weeks} weeks pay between {low} and {high} hours", weeks, low, high);
    let hint = tr!("the limits of each week hold besides; lengths are elapsed: unpaid breaks come off them");
    let accepted = tr!("a range that holds {} minutes", nearest.join(&tr!(" or ")));
    fields.refuse("min_minutes", Refusal::new(cause).accepting(accepted).hinting(hint));
}
