//! `[[contract]]`: the labour rules of a group of agents.

use super::contract_check::check;
use super::fields::Fields;
use super::fixed;
use super::grid::{Grid, grid_minutes, time_of_day};
use super::labour;
use super::plan::PlanStart;
use super::rhythm::rhythm;
use super::settlement::{self, SettlementSettings};
use super::split::split;
use crate::domain::clock_window::ClockWindow;
use crate::domain::ids::ContractId;
use crate::domain::labour::{BreakKind, BreakRule, LabourRules, NightRule, Premium, PremiumTime, StartWindow};
use crate::domain::rhythm::Rhythm;
use crate::domain::units::{Minutes, Share};
use crate::domain::workforce::Contract;
use crate::workspace::place::Place;
use crate::workspace::words::{Read, Refusal, choice, clock, id, number, share, weekday, whole};
use tr::tr;

/// A contract and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct ContractSettings {
    /// The contract.
    pub(crate) contract: Contract,
    /// Weeks that are settled together, if any are.
    pub(crate) settlement: Option<SettlementSettings>,
    /// Where it begins.
    pub(crate) place: Place,
}

/// Reads all contracts.
pub(super) fn contracts(root: &Fields<'_>, grid: &Grid, start: PlanStart) -> Vec<ContractSettings> {
    root.sections("contract").into_iter().map(|fields| contract(fields, grid, start)).collect()
}

/// Where a value cannot be used, harmless rules stand in, so that every contract keeps its position.
fn contract(fields: Fields<'_>, grid: &Grid, start: PlanStart) -> ContractSettings {
    let name = fields.required("id", id);
    let pack = labour::pack(&fields);
    let least = pack.map(|pack| pack.least).unwrap_or_default();
    let hours = |key, most: f64, unsaid: Option<Minutes>| {
        let said = |fields: &Fields<'_>| fields.required(key, number(0.0..=most)).map(minutes_of);
        unsaid.filter(|_| !fields.has(key)).or_else(|| said(&fields))
    };
    let days = |key, most, unsaid: Option<u32>| {
        unsaid.filter(|_| !fields.has(key)).or_else(|| fields.required(key, whole(1..=most)))
    };
    let minutes = |key| fields.or(key, 0, whole(0..=1440));
    let (min_week, max_week) =
        (hours("min_hours_per_week", 168.0, None), hours("max_hours_per_week", 168.0, least.max_week));
    let daily_rest = hours("daily_rest_hours", 48.0, least.daily_rest);
    let weekly_rest = hours("weekly_rest_hours", 168.0, least.weekly_rest);
    let fixed_shifts = fixed::fixed_shifts(&fields, grid);
    let follows = |key| !fixed_shifts.is_empty() && !fields.has(key);
    let lengths = if follows("shift_lengths_minutes") {
        Some(fixed::lengths(&fixed_shifts))
    } else {
        listed(&fields, "shift_lengths_minutes", &grid_minutes(grid))
    };
    let starts =
        if follows("starts") { Some(fixed::starts(&fixed_shifts, grid)) } else { start_windows(&fields, grid) };
    let breaks = match (pack, &lengths) {
        (Some(pack), Some(lengths)) if !fields.has("breaks") => pack.breaks(lengths, grid.interval()),
        _ => fields.sections("breaks").into_iter().filter_map(|section| break_rule(section, grid)).collect(),
    };
    let min_between_breaks = Minutes::new(i64::from(minutes("min_between_breaks_minutes")));
    let max_consecutive_days = days("max_consecutive_days", 366, least.max_consecutive_days);
    let max_days_per_week = days("max_days_per_week", 7, least.max_days_per_week);
    let rhythm = rhythm(&fields, &least);
    let split = split(&fields, grid);
    let nights = fields.section("nights").and_then(night_rule);
    let premiums = fields.sections("premiums").into_iter().filter_map(premium).collect();
    let rules = (|| {
        Some(LabourRules {
            min_week: min_week?,
            max_week: max_week?,
            shift_lengths: lengths?,
            starts: starts?,
            fixed_shifts,
            breaks,
            min_between_breaks,
            split,
            daily_rest: daily_rest?,
            weekly_rest: weekly_rest?,
            max_consecutive_days: max_consecutive_days?,
            max_days_per_week: max_days_per_week?,
            rhythm,
            nights,
            premiums,
        })
    })();
    if let Some(rules) = &rules {
        check(rules, grid.interval(), &fields);
    }
    labour::check(pack, rules.as_ref(), &fields);
    let settlement = settlement::settlement(&fields, rules.as_ref(), start);
    let place = fields.place().clone();
    fields.finish();
    let id = ContractId::new(name.unwrap_or_default());
    ContractSettings { contract: Contract { id, rules: rules.unwrap_or_else(no_rules) }, settlement, place }
}

/// Rules that bind nobody.
fn no_rules() -> LabourRules {
    LabourRules {
        min_week: Minutes::ZERO,
        max_week: Minutes::ZERO,
        shift_lengths: Vec::new(),
        starts: Vec::new(),
        fixed_shifts: Vec::new(),
        breaks: Vec::new(),
        min_between_breaks: Minutes::ZERO,
        split: None,
        daily_rest: Minutes::ZERO,
        weekly_rest: Minutes::ZERO,
        max_consecutive_days: 7,
        max_days_per_week: 7,
        rhythm: Rhythm::default(),
        nights: None,
        premiums: Vec::new(),
    }
}

/// The values of a list that must not be empty, in rising order, each once.
fn listed(fields: &Fields<'_>, key: &'static str, read: &dyn Fn(&str) -> Read<Minutes>) -> Option<Vec<Minutes>> {
    let mut values: Vec<Minutes> = fields.words(key, read).into_iter().map(|(_, value)| value).collect();
    values.sort_unstable();
    values.dedup();
    fields.needs_some(key, "length");
    (!values.is_empty()).then_some(values)
}

fn start_windows(fields: &Fields<'_>, grid: &Grid) -> Option<Vec<StartWindow>> {
    let sections = fields.sections("starts");
    fields.needs_some("starts", &tr!("window `{ from = \"06:00\", until = \"14:00\", step_minutes = 30 }`"));
    let found = sections.len();
    let windows: Vec<StartWindow> = sections.into_iter().filter_map(|section| start_window(section, grid)).collect();
    (found > 0 && windows.len() == found).then_some(windows)
}

fn start_window(fields: Fields<'_>, grid: &Grid) -> Option<StartWindow> {
    let from = fields.required("from", time_of_day);
    let until = fields.required("until", time_of_day);
    let step = fields.required("step_minutes", grid_minutes(grid)).and_then(|step| u16::try_from(step.get()).ok());
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        let hint = tr!("starts past midnight are a window of their own, such as 00:00 to 02:00");
        fields.refuse("until", Refusal::new(tr!("the last start lies before the first")).hinting(hint));
    }
    fields.finish();
    Some(StartWindow { from: from?, until: until?, step: step? })
}

fn break_rule(fields: Fields<'_>, grid: &Grid) -> Option<BreakRule> {
    let kind = fields.required("kind", choice(&[("paid", BreakKind::Paid), ("unpaid", BreakKind::Unpaid)]));
    let length = fields.required("minutes", grid_minutes(grid));
    let elapsed = |key| fields.or(key, 0, whole(0..=1440));
    let from_length = elapsed("from_length_minutes");
    let earliest = fields.required("earliest_minutes", whole(0..=1440));
    let latest = fields.required("latest_minutes", whole(0..=1440));
    if earliest.zip(latest).is_some_and(|(earliest, latest)| latest < earliest) {
        fields.refuse(
            "latest_minutes",
            Refusal::new(tr!("lies before earliest_minutes")).accepting(tr!("earliest_minutes or more")),
        );
    }
    fields.finish();
    Some(BreakRule {
        kind: kind?,
        length: length?,
        from_length: Minutes::new(i64::from(from_length)),
        earliest: Minutes::new(i64::from(earliest?)),
        latest: Minutes::new(i64::from(latest?)),
    })
}

fn night_rule(fields: Fields<'_>) -> Option<NightRule> {
    let from = fields.required("from", time_of_day);
    let until = fields.required("until", clock);
    let max_per_week = fields.required("max_per_week", whole(0..=7));
    fields.finish();
    Some(NightRule { window: ClockWindow { from: from?, until: until? }, max_per_week: max_per_week? })
}

/// A premium is due at exactly one kind of time.
fn premium(fields: Fields<'_>) -> Option<Premium> {
    let class = fields.required("class", id);
    let rate: Option<Share> = fields.required("share", share);
    let times = [
        fields.optional("clock", clock_window).map(PremiumTime::Clock),
        fields.optional("weekday", weekday).map(PremiumTime::Weekday),
        fields.optional("holiday", choice(&[("true", ())])).map(|()| PremiumTime::Holiday),
    ];
    let given = ["clock", "weekday", "holiday"].into_iter().filter(|key| fields.has(key)).count();
    if given != 1 {
        let problem = fields
            .place()
            .problem(tr!("{given} times at which the premium is due", given))
            .in_column(fields.path_to("class"));
        fields.report().problem(problem.accepting(tr!("exactly one of clock, weekday, holiday = true")));
    }
    fields.finish();
    Some(Premium { class: class?, time: times.into_iter().flatten().next()?, rate: rate? })
}

/// `21:00-07:00`, over midnight or not.
pub(super) fn clock_window(word: &str) -> Read<ClockWindow> {
    let refuse = || Refusal::new(tr!("not a span of time")).accepting(tr!("HH:MM-HH:MM, over midnight or not"));
    let (from, until) = word.split_once('-').ok_or_else(refuse)?;
    Ok(ClockWindow { from: time_of_day(from)?, until: clock(until)? })
}

#[expect(clippy::cast_possible_truncation, reason = "at most a week of minutes")]
fn minutes_of(hours: f64) -> Minutes {
    Minutes::new((hours * 60.0).round() as i64)
}
