//! The natural steps by which a rule can be loosened.

use chrono::NaiveDate;

use crate::domain::promise::PromisedDay;
use crate::domain::rule::Rule;
use crate::domain::span::Span;
use crate::domain::time::{LocalDay, PlanPeriod, Zone};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, BlockReason};

use super::step::Loosening;
use super::terms::{A_WEEK, Terms};

/// Rest below which nobody is asked to go: eight hours a day and a day a week.
const LEAST_DAILY_REST: i64 = 8;
const LEAST_WEEKLY_REST: i64 = 24;
/// Hours by which starts and successions are moved at most.
const MOST_HOURS: u16 = 6;
/// Days in a row at most.
const MOST_IN_A_ROW: u32 = 14;

/// Steps of one kind.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster::engine) enum Ladder {
    /// Each allows what those before it allow.
    Rising(Vec<Loosening>),
    /// Each stands for itself.
    Single(Vec<Loosening>),
}

/// The rules in the order in which people are asked to give way: what a planner has set for the sake of order, what changes pay, what law or
/// agreements stand behind, and last what is a person's own.
pub(in crate::roster::engine) const CHEAPEST_FIRST: [Rule; 20] = [
    Rule::StartSpread,
    Rule::MinConsecutiveDays,
    Rule::MinDaysOff,
    Rule::StartCaps,
    Rule::Split,
    Rule::ShiftStart,
    Rule::DaysPerWeek,
    Rule::ConsecutiveDays,
    Rule::WeeklyMinutes,
    Rule::SettlementPeriod,
    Rule::Weekends,
    Rule::Nights,
    Rule::ShiftLength,
    Rule::Sundays,
    Rule::Succession,
    Rule::DailyRest,
    Rule::WeeklyRest,
    Rule::Promised,
    Rule::Presence,
    Rule::Rotation,
];

/// The steps of a rule, kind by kind.
pub(in crate::roster::engine) fn ladders(rule: Rule, terms: &Terms, period: &PlanPeriod, zone: Zone) -> Vec<Ladder> {
    let (rules, agent) = (&terms.rules, &terms.agent);
    let days = 7 * period.weeks;
    let up = |from: u32, most: u32, to: fn(u32) -> Loosening| {
        Ladder::Rising((from.saturating_add(1)..=most).map(to).collect())
    };
    let up_from = |from: Option<u32>, most: u32, to: fn(u32) -> Loosening| {
        from.map_or_else(Vec::new, |from| vec![up(from, most, to)])
    };
    let down = |from: u32, to: fn(u32) -> Loosening| vec![Ladder::Rising((1..from).rev().map(to).collect())];
    let rest = |from: Minutes, least: i64, to: fn(Minutes) -> Loosening| {
        let hours = (least..).map(Minutes::hours).take_while(|hours| *hours < from);
        vec![Ladder::Rising(hours.collect::<Vec<_>>().into_iter().rev().map(to).collect())]
    };
    match rule {
        Rule::WeeklyMinutes => minutes_of_weeks(terms),
        Rule::SettlementPeriod => minutes_of_periods(agent),
        Rule::DailyRest => rest(rules.daily_rest, LEAST_DAILY_REST, Loosening::DailyRest),
        Rule::WeeklyRest => rest(rules.weekly_rest, LEAST_WEEKLY_REST, Loosening::WeeklyRest),
        Rule::ConsecutiveDays => vec![up(rules.max_consecutive_days, MOST_IN_A_ROW, Loosening::ConsecutiveDays)],
        Rule::MinConsecutiveDays => down(rules.rhythm.min_consecutive_days, Loosening::MinConsecutiveDays),
        Rule::MinDaysOff => down(rules.rhythm.min_days_off, Loosening::MinDaysOff),
        Rule::Weekends => up_from(rules.rhythm.max_weekends, period.weeks + 1, Loosening::Weekends),
        Rule::Sundays => up_from(rules.rhythm.max_sundays_in_a_row, period.weeks + 1, Loosening::Sundays),
        Rule::DaysPerWeek => vec![up(rules.max_days_per_week, 7, Loosening::DaysPerWeek)],
        Rule::Nights => up_from(rules.nights.map(|nights| nights.max_per_week), 7, Loosening::Nights),
        Rule::Split => up_from(rules.split.and_then(|split| split.max_per_week), 7, Loosening::Splits),
        Rule::StartSpread => rules.rhythm.max_start_spread.map_or_else(Vec::new, |spread| {
            let wider =
                (1..=24).map(|hours| Minutes::hours(hours) + spread).filter(|spread| *spread <= Minutes::hours(24));
            vec![Ladder::Rising(wider.map(Loosening::StartSpread).collect())]
        }),
        Rule::StartCaps => {
            let caps = rules.rhythm.start_caps.iter().enumerate();
            let more = |(kind, most): (usize, u32)| {
                Ladder::Rising((most + 1..=days).map(|most| Loosening::StartCap(kind, most)).collect())
            };
            caps.map(|(kind, cap)| more((kind, cap.most))).collect()
        }
        Rule::ShiftStart => vec![Ladder::Rising((1..=MOST_HOURS).map(Loosening::Starts).collect())],
        Rule::Succession => vec![Ladder::Rising((1..=2 * MOST_HOURS).map(Loosening::Successions).collect())],
        Rule::ShiftLength if rules.fixed_shifts.is_empty() => lengths(terms, period.interval),
        Rule::Presence => presence(agent, terms, period, zone),
        Rule::Promised => {
            let movable = agent.promised.iter().filter(|day| day.is_fixed);
            let begins = |day: &&PromisedDay| day.pieces.first().is_some_and(|piece| piece.span.from >= day.not_before);
            vec![dates(&movable.filter(begins).map(|day| day.date).collect::<Vec<_>>(), Loosening::Movable)]
        }
        _ => Vec::new(),
    }
}

/// Quarters of an hour less, and more.
fn minutes_of_weeks(terms: &Terms) -> Vec<Ladder> {
    const QUARTER: i64 = 15;
    let (least, most) = (terms.rules.min_week, terms.rules.max_week);
    let less = (1..=(least.get() + QUARTER - 1).div_euclid(QUARTER))
        .map(|times| (least - Minutes::new(QUARTER * times)).max(Minutes::ZERO));
    let more = (1..).map(|times| most + Minutes::new(QUARTER * times)).take_while(|most| *most <= A_WEEK);
    vec![
        Ladder::Rising(less.map(Loosening::LeastMinutes).collect()),
        Ladder::Rising(more.map(Loosening::MostMinutes).collect()),
    ]
}

fn minutes_of_periods(agent: &Agent) -> Vec<Ladder> {
    const QUARTER: i64 = 15;
    let owed = agent.settlement.iter().map(|period| period.minutes.min.get()).max().unwrap_or(0);
    let steps = (1..=owed.div_euclid(QUARTER) + 1).map(|times| Minutes::new(QUARTER * times));
    vec![
        Ladder::Rising(steps.clone().map(Loosening::SettledLess).collect()),
        Ladder::Rising(steps.map(Loosening::SettledMore).collect()),
    ]
}

/// Half hours, or intervals, more than the longest shift; then those between the others.
fn lengths(terms: &Terms, interval: Minutes) -> Vec<Ladder> {
    const HALF_AN_HOUR: i64 = 30;
    const LONGEST: i64 = 12 * 60;
    let step = interval.get().max(1);
    let step = step * (HALF_AN_HOUR + step - 1).div_euclid(step);
    let known = &terms.rules.shift_lengths;
    let longest = known.iter().max().map_or(0, |length| length.get());
    let all = || (1..=LONGEST / step).map(|times| times * step);
    let longer = all().filter(|length| *length > longest);
    let between =
        all().filter(|length| *length < longest && !known.contains(&Minutes::new(*length))).collect::<Vec<_>>();
    let lengths = longer.chain(between.into_iter().rev()).map(|length| Loosening::Length(Minutes::new(length)));
    vec![Ladder::Single(lengths.collect())]
}

/// Dates one after the other.
fn dates(all: &[NaiveDate], to: fn(Vec<NaiveDate>) -> Loosening) -> Ladder {
    Ladder::Rising((1..=all.len()).map(|until| to(all[..until].to_vec())).collect())
}

/// Available on dates on which the agent is not; then no absences, where that leaves no doubt about what the weeks owe.
fn presence(agent: &Agent, terms: &Terms, period: &PlanPeriod, zone: Zone) -> Vec<Ladder> {
    let meets = |is_meant: &dyn Fn(&BlockReason) -> bool| -> Vec<NaiveDate> {
        let blocks: Vec<Span> = agent.blocks.iter().filter(|of| is_meant(&of.reason)).map(|of| of.span).collect();
        let is_met = |date: &NaiveDate| {
            let day = LocalDay::of(*date, zone);
            blocks.iter().any(|block| block.overlaps(&Span { from: day.start, until: day.end }))
        };
        period.dates().filter(is_met).collect()
    };
    let free = dates(&meets(&|reason| *reason == BlockReason::Unavailable), Loosening::Available);
    if !agent.settlement.is_empty() {
        return vec![free];
    }
    let whole: Vec<bool> = period
        .dates()
        .collect::<Vec<_>>()
        .chunks(7)
        .map(|week| week.iter().all(|date| agent.employed.holds(*date)))
        .collect();
    let is_whole = |date: &NaiveDate| {
        let week = usize::try_from((*date - period.start).num_days() / 7).unwrap_or(usize::MAX);
        whole.get(week).copied().unwrap_or(false)
            && agent.weeks.get(week).is_some_and(|of| of.min <= terms.rules.min_week)
    };
    let away: Vec<NaiveDate> =
        meets(&|reason| matches!(reason, BlockReason::Absent(_))).into_iter().filter(is_whole).collect();
    vec![free, dates(&away, Loosening::Present)]
}
