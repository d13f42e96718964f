//! One rule loosened by so much, and what that does to an agent's terms.

use chrono::NaiveDate;

use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rule::Rule;
use crate::domain::span::Span;
use crate::domain::time::{LocalDay, PlanPeriod, Zone};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, Block, BlockReason};

use super::terms::Terms;

/// A rule and what it becomes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster::engine) enum Loosening {
    /// Paid minutes of a week of the contract, at least.
    LeastMinutes(Minutes),
    /// The same, at most.
    MostMinutes(Minutes),
    /// A settlement period owes so much less.
    SettledLess(Minutes),
    /// A settlement period may hold so much more.
    SettledMore(Minutes),
    DailyRest(Minutes),
    WeeklyRest(Minutes),
    ConsecutiveDays(u32),
    MinConsecutiveDays(u32),
    MinDaysOff(u32),
    Weekends(u32),
    Sundays(u32),
    StartSpread(Minutes),
    DaysPerWeek(u32),
    Nights(u32),
    Splits(u32),
    /// The kind of shifts, a position among those of the contract, and how many of them a plan may hold.
    StartCap(usize, u32),
    /// Shifts may start so many hours earlier and later.
    Starts(u16),
    /// A further length of shifts.
    Length(Minutes),
    /// Early shifts may follow that start so many hours earlier.
    Successions(u16),
    /// Available on some dates.
    Available(Vec<NaiveDate>),
    /// Not absent on some dates.
    Present(Vec<NaiveDate>),
    /// Some promised days may become others.
    Movable(Vec<NaiveDate>),
    /// The rule is left out.
    LeftOut(Rule),
}

impl Loosening {
    /// The rule that it loosens.
    pub(in crate::roster::engine) const fn rule(&self) -> Rule {
        match self {
            Self::LeastMinutes(_) | Self::MostMinutes(_) => Rule::WeeklyMinutes,
            Self::SettledLess(_) | Self::SettledMore(_) => Rule::SettlementPeriod,
            Self::DailyRest(_) => Rule::DailyRest,
            Self::WeeklyRest(_) => Rule::WeeklyRest,
            Self::ConsecutiveDays(_) => Rule::ConsecutiveDays,
            Self::MinConsecutiveDays(_) => Rule::MinConsecutiveDays,
            Self::MinDaysOff(_) => Rule::MinDaysOff,
            Self::Weekends(_) => Rule::Weekends,
            Self::Sundays(_) => Rule::Sundays,
            Self::StartSpread(_) => Rule::StartSpread,
            Self::DaysPerWeek(_) => Rule::DaysPerWeek,
            Self::Nights(_) => Rule::Nights,
            Self::Splits(_) => Rule::Split,
            Self::StartCap(..) => Rule::StartCaps,
            Self::Starts(_) => Rule::ShiftStart,
            Self::Length(_) => Rule::ShiftLength,
            Self::Successions(_) => Rule::Succession,
            Self::Available(_) | Self::Present(_) => Rule::Presence,
            Self::Movable(_) => Rule::Promised,
            Self::LeftOut(rule) => *rule,
        }
    }

    /// The dates that it is about, if it is about dates.
    pub(in crate::roster::engine) fn dates(&self) -> Option<&[NaiveDate]> {
        match self {
            Self::Available(dates) | Self::Present(dates) | Self::Movable(dates) => Some(dates),
            _ => None,
        }
    }

    /// The same about other dates.
    pub(in crate::roster::engine) fn on(&self, dates: Vec<NaiveDate>) -> Self {
        match self {
            Self::Available(_) => Self::Available(dates),
            Self::Present(_) => Self::Present(dates),
            Self::Movable(_) => Self::Movable(dates),
            other => other.clone(),
        }
    }

    /// The terms with it, in a plan at a site of some zone.
    pub(in crate::roster::engine) fn applied(&self, terms: &Terms, period: &PlanPeriod, zone: Zone) -> Terms {
        let mut to = terms.clone();
        let (agent, rules) = (&mut to.agent, &mut to.rules);
        match self {
            Self::LeastMinutes(least) => {
                for (week, days) in employed_days(&terms.agent, period).enumerate() {
                    let part = |minutes: Minutes| minutes.get() * days / 7;
                    let less = Minutes::new(part(terms.rules.min_week) - part(*least));
                    if let Some(week) = agent.weeks.get_mut(week) {
                        week.min = (week.min - less).max(Minutes::ZERO);
                    }
                }
                rules.min_week = *least;
            }
            Self::MostMinutes(most) => {
                for (week, days) in employed_days(&terms.agent, period).enumerate() {
                    let part = |minutes: Minutes| (minutes.get() * days + 6) / 7;
                    let more = Minutes::new(part(*most) - part(terms.rules.max_week));
                    if let Some(week) = agent.weeks.get_mut(week) {
                        week.max += more;
                    }
                }
                rules.max_week = *most;
            }
            Self::SettledLess(less) => {
                agent.settlement.iter_mut().for_each(|of| of.minutes.min = (of.minutes.min - *less).max(Minutes::ZERO));
            }
            Self::SettledMore(more) => agent.settlement.iter_mut().for_each(|of| of.minutes.max += *more),
            Self::DailyRest(rest) => rules.daily_rest = *rest,
            Self::WeeklyRest(rest) => rules.weekly_rest = *rest,
            Self::ConsecutiveDays(days) => rules.max_consecutive_days = *days,
            Self::MinConsecutiveDays(days) => rules.rhythm.min_consecutive_days = *days,
            Self::MinDaysOff(days) => rules.rhythm.min_days_off = *days,
            Self::Weekends(most) => rules.rhythm.max_weekends = Some(*most),
            Self::Sundays(most) => rules.rhythm.max_sundays_in_a_row = Some(*most),
            Self::StartSpread(spread) => rules.rhythm.max_start_spread = Some(*spread),
            Self::DaysPerWeek(days) => rules.max_days_per_week = *days,
            Self::Nights(most) => rules.nights.iter_mut().for_each(|nights| nights.max_per_week = *most),
            Self::Splits(most) => rules.split.iter_mut().for_each(|split| split.max_per_week = Some(*most)),
            Self::StartCap(kind, most) => {
                if let Some(cap) = rules.rhythm.start_caps.get_mut(*kind) {
                    cap.most = *most;
                }
            }
            Self::Starts(hours) => {
                let wider = |window: &StartWindow| widened(*window, *hours);
                rules.starts = terms.rules.starts.iter().map(wider).collect();
            }
            Self::Length(length) => {
                rules.shift_lengths.push(*length);
                rules.shift_lengths.sort_unstable();
            }
            Self::Successions(hours) => {
                let earlier = 60 * hours;
                let forbidden = rules.rhythm.forbidden.iter_mut();
                forbidden.for_each(|of| of.starts_before = of.starts_before.saturating_sub(earlier));
            }
            Self::Available(dates) => {
                let is_meant = |block: &Block| block.reason == BlockReason::Unavailable;
                agent.blocks = without_dates(&terms.agent.blocks, is_meant, dates, zone);
            }
            Self::Present(dates) => be_there(agent, &to.rules, dates, period, zone),
            Self::Movable(dates) => {
                agent.promised.iter_mut().filter(|day| dates.contains(&day.date)).for_each(|day| day.is_fixed = false);
            }
            Self::LeftOut(rule) => return terms.without(&[*rule], period.interval),
        }
        to
    }
}

/// Dates of each rule week on which an agent is employed.
fn employed_days(agent: &Agent, period: &PlanPeriod) -> impl Iterator<Item = i64> + use<> {
    let employed: Vec<i64> = period.dates().map(|date| i64::from(agent.employed.holds(date))).collect();
    (0..employed.len().div_ceil(7)).map(move |week| employed.iter().skip(7 * week).take(7).sum())
}

/// A window with starts so many hours earlier and later, on its step and on the same date.
fn widened(window: StartWindow, hours: u16) -> StartWindow {
    let step = window.step.max(1);
    let steps = (60 * hours).div_ceil(step);
    let from = window.from - step * steps.min(window.from / step);
    let until = (window.until + step * steps).min(24 * 60 - 1);
    StartWindow { from, until, step }
}

/// Blocks of which those that are meant leave some dates free.
fn without_dates(blocks: &[Block], is_meant: impl Fn(&Block) -> bool, dates: &[NaiveDate], zone: Zone) -> Vec<Block> {
    let mut kept: Vec<Block> = blocks.to_vec();
    for day in dates.iter().map(|date| LocalDay::of(*date, zone)) {
        let (meant, mut others): (Vec<Block>, Vec<Block>) = kept.into_iter().partition(&is_meant);
        for block in meant {
            let Span { from, until } = block.span;
            let rest = [Span { from, until: until.min(day.start) }, Span { from: from.max(day.end), until }];
            let rest = rest.into_iter().filter(|span| span.from < span.until);
            others.extend(rest.map(|span| Block { span, reason: block.reason.clone() }));
        }
        kept = others;
    }
    kept.sort_by_key(|block| block.span);
    kept
}

/// Takes absences off some dates. Their weeks owe what the contract says: as much as they can owe, whatever other absences are credited; and
/// hold more than before only where no other absence is left.
fn be_there(agent: &mut Agent, rules: &LabourRules, dates: &[NaiveDate], period: &PlanPeriod, zone: Zone) {
    let is_absence = |block: &Block| matches!(block.reason, BlockReason::Absent(_));
    agent.blocks = without_dates(&agent.blocks, is_absence, dates, zone);
    let all: Vec<NaiveDate> = period.dates().collect();
    for (at, of) in all.chunks(7).enumerate().filter(|(_, of)| of.iter().any(|date| dates.contains(date))) {
        let days = of.iter().map(|date| LocalDay::of(*date, zone));
        let spans: Vec<Span> = days.map(|day| Span { from: day.start, until: day.end }).collect();
        let mut absences = agent.blocks.iter().filter(|block| is_absence(block));
        let is_there = !absences.any(|block| spans.iter().any(|span| span.overlaps(&block.span)));
        if let Some(week) = agent.weeks.get_mut(at) {
            week.min = rules.min_week;
            week.max = if is_there { rules.max_week } else { week.max };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AbsenceKindId;
    use crate::domain::workforce::WeekMinutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna owes 24 h a week, of which two days of absence are credited with 12.
    fn absent() -> (TinyInstance, Terms) {
        let hours = Minutes::hours;
        let mut instance = TinyInstance::new(LabourRules { min_week: hours(24), max_week: hours(24), ..lenient() });
        let reason = BlockReason::Absent(AbsenceKindId::new("vacation"));
        let span = Span { from: instance.at("wed 00:00"), until: instance.at("fri 00:00") };
        let agent = &mut instance.workforce.agents[0];
        agent.blocks = vec![Block { span, reason }];
        agent.weeks = vec![WeekMinutes { min: hours(12), max: hours(12) }];
        let terms = Terms { agent: agent.clone(), rules: instance.workforce.contracts[0].rules.clone() };
        (instance, terms)
    }

    #[test]
    fn who_is_not_absent_owes_what_the_contract_says() {
        let (instance, terms) = absent();
        let without = |days: &[&str]| {
            let dates = days.iter().map(|day| instance.date(day)).collect();
            Loosening::Present(dates).applied(&terms, &instance.period, instance.period.zone).agent
        };
        let both = without(&["wed", "thu"]);
        assert_eq!(
            (both.blocks.len(), both.weeks[0].min, both.weeks[0].max),
            (0, Minutes::hours(24), Minutes::hours(24))
        );
        // What one day is credited is not known here: owed is as much as can be, and allowed as little.
        let one = without(&["thu"]);
        assert_eq!(one.blocks[0].span.until, instance.at("thu 00:00"));
        assert_eq!((one.weeks[0].min, one.weeks[0].max), (Minutes::hours(24), Minutes::hours(12)));
    }

    #[test]
    fn less_owed_by_the_contract_is_less_owed_by_the_week_in_proportion_to_its_days() {
        let (instance, mut terms) = absent();
        // Seven hours less on seven days; of four days four.
        let owed = |terms: &Terms| {
            let less = Loosening::LeastMinutes(Minutes::hours(17));
            less.applied(terms, &instance.period, instance.period.zone).agent.weeks[0].min
        };
        assert_eq!(owed(&terms), Minutes::hours(5));
        terms.agent.employed.from = Some(instance.date("thu"));
        assert_eq!(owed(&terms), Minutes::hours(8));
    }

    #[test]
    fn starts_are_widened_on_their_step_within_the_day() {
        let window = StartWindow { from: 90, until: 1380, step: 45 };
        // Two hours are three steps of 45 minutes, of which two lie before; and 1380 + 135 is past midnight.
        assert_eq!(widened(window, 2), StartWindow { from: 0, until: 1439, step: 45 });
    }
}
