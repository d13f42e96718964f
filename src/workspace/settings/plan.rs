//! `[plan]`: which days, on which grid, in which zone and currency.

use chrono::{Datelike, NaiveDate, Weekday};
use tr::tr;

use super::fields::Fields;
use super::tree::Table;
use crate::domain::time::Zone;
use crate::domain::units::Minutes;
use crate::workspace::words::{Read, Refusal, choice, date, weekday, whole, zone};

/// The first day of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanStart {
    /// A stated date.
    Date(NaiveDate),
    /// The first Monday that begins at or after the run's as-of.
    NextMonday,
}

/// The settings of `[plan]`.
#[derive(Clone, Debug)]
pub(crate) struct PlanSettings {
    pub(crate) start: PlanStart,
    pub(crate) weeks: u32,
    pub(crate) interval: Minutes,
    pub(crate) zone: Zone,
    pub(crate) week_start: Weekday,
    pub(crate) currency: String,
}

impl PlanSettings {
    /// Reads the section. Where a value cannot be used, a harmless one stands in so that the rest is still checked.
    pub(crate) fn read(root: &Fields<'_>) -> Self {
        let absent = Table { place: root.place().clone(), entries: Vec::new() };
        let given = root.section("plan");
        let plan = given.unwrap_or_else(|| Fields::of(&absent, "plan".to_owned(), root.report()));
        let lengths = [5, 10, 15, 20, 30, 60].map(|minutes: i64| (minutes.to_string(), Minutes::new(minutes)));
        let lengths: Vec<(&str, Minutes)> = lengths.iter().map(|(word, minutes)| (word.as_str(), *minutes)).collect();
        let settings = Self {
            start: plan.required("start", start).unwrap_or(PlanStart::NextMonday),
            weeks: plan.or("weeks", 1, whole(1..=53)),
            interval: plan.required("interval_minutes", choice(&lengths)).unwrap_or(Minutes::new(1)),
            zone: plan.required("timezone", zone).unwrap_or(Zone::UTC),
            week_start: plan.or("week_start", Weekday::Mon, weekday),
            currency: plan.required("currency", currency).unwrap_or_default(),
        };
        // Read with those of regions and sites.
        plan.has("holidays");
        plan.finish();
        settings
    }

    /// The years whose clocks matter to the plan and its history.
    pub(crate) fn years(&self) -> std::ops::RangeInclusive<i32> {
        match self.start {
            PlanStart::Date(date) => date.year() - 3..=date.year() + 1,
            PlanStart::NextMonday => 2015..=2035,
        }
    }
}

fn start(word: &str) -> Read<PlanStart> {
    if word == "next-monday" {
        return Ok(PlanStart::NextMonday);
    }
    let accepted = tr!("a date YYYY-MM-DD or next-monday");
    date(word).map(PlanStart::Date).map_err(|refusal| Refusal::new(refusal.cause).accepting(accepted))
}

fn currency(word: &str) -> Read<String> {
    let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let refusal = || Refusal::new(tr!("not a currency code")).accepting(tr!("three capital letters, such as EUR"));
    let capitals = word.trim().to_uppercase();
    let hint =
        (word != capitals && capitals.len() == 3 && capitals.is_ascii()).then(|| tr!("write `{capitals}`", capitals));
    is_code.then(|| word.to_owned()).ok_or_else(|| refusal().hinting(hint))
}
