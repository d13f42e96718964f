//! The shift library: every legal start and length per date for one contract at one site, and what time costs there.
//!
//! Starts are read off the wall clock: a time that does not exist is skipped, of a repeated one the first is taken.
//! Lengths are elapsed time, so a shift over a change of clocks is as long as any other.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use crate::domain::activity::ActivityKind;
use crate::domain::fairness::BurdenRules;
use crate::domain::labour::{LabourRules, PremiumTime};
use crate::domain::rhythm::{Forerunner, Succession};
use crate::domain::span::Span;
use crate::domain::time::{Instant, LocalDay, Resolved, Zone, resolve};
use crate::domain::units::Minutes;
use crate::domain::workforce::Site;
use crate::roster::problem::RosterProblem;

use super::breaks::{BreakPlan, known_plan};
use super::slots::{SiteClock, SlotGrid};
use super::split_shifts::{Split, SplitPart, SplitPattern, patterns};

/// A shift that the contract allows, breaks not yet placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    /// First slot.
    pub(crate) start: usize,
    /// Minute of the day that the site's clock shows at its start.
    pub(crate) clock: u16,
    /// Elapsed time from start to end in slots.
    pub(crate) slots: usize,
    /// Which of the library's break plans it follows; that of its first part, if it is split.
    pub(crate) plan: usize,
    /// How it is split, if it is.
    pub(crate) split: Option<Split>,
    /// Paid minutes.
    pub(crate) paid: i32,
    /// Whether it counts as a night: it touches the night window.
    pub(crate) night: bool,
    /// Whether it touches a Saturday or Sunday, where the contract limits weekends.
    pub(crate) weekend: bool,
    /// Forbidden successions, a bit each, that it begins.
    pub(crate) late: u64,
    /// Forbidden successions, a bit each, that it would end.
    pub(crate) early: u64,
    /// Points of the burden that it is, where that costs anything.
    pub(crate) burden: u32,
}

impl Candidate {
    /// Slots in which the agent is there, breaks included: all of them, or those on either side of the gap.
    pub(crate) fn present(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let end = self.start + self.slots;
        let gap = self.split.map_or(end..end, |split| {
            let from = self.start + split.offset;
            from..from + split.slots
        });
        [self.start..gap.start, gap.end..end].into_iter().filter(|part| !part.is_empty())
    }

    /// What tells the candidates of a date apart, and the order in which they stand: start, slots, and the gap's offset
    /// and slots.
    pub(crate) fn key(&self) -> [usize; 4] {
        let (offset, slots) = self.split.map_or((0, 0), |split| (split.offset, split.slots));
        [self.start, self.slots, offset, slots]
    }
}

/// All of it for one contract at one site.
#[derive(Clone, Debug)]
pub(crate) struct ShiftLibrary {
    /// The zone of the site.
    pub(crate) zone: Zone,
    /// The dates of the plan at the site.
    pub(crate) dates: Vec<LocalDay>,
    /// Per date of the plan the candidates in the order of their keys, so by start first.
    pub(crate) days: Vec<Vec<Candidate>>,
    /// Per date of the plan the parts that split shifts can have, by start first.
    pub(crate) parts: Vec<Vec<SplitPart>>,
    /// Paid hours of a slot in a gap.
    pub(crate) gap_pay: f64,
    /// Break plans that candidates refer to.
    pub(crate) plans: Vec<BreakPlan>,
    /// Running sum over slots of paid hours at base rate 1, premiums on top.
    pub(crate) pay: Vec<f64>,
    /// Minutes at which each rule week starts and ends at the site.
    pub(crate) weeks: Vec<(i32, i32)>,
    /// Kinds of sessions that agents may owe.
    pub(super) activities: Vec<ActivityKind>,
}

impl ShiftLibrary {
    /// Builds the library.
    pub(crate) fn new(
        problem: &RosterProblem<'_>,
        slot_grid: &SlotGrid,
        site: &Site,
        clock: &SiteClock,
        rules: &LabourRules,
    ) -> Self {
        let width = i64::from(slot_grid.interval);
        let mut lengths: Vec<usize> =
            rules.shift_lengths.iter().filter_map(|length| usize::try_from(length.get() / width).ok()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let mut plans: Vec<BreakPlan> = Vec::new();
        let mut kinds = Vec::new();
        lengths.retain(|&slots| slots > 0);
        for &slots in &lengths {
            let Some(plan) = BreakPlan::new(rules, slots, width) else { continue };
            let (index, unpaid) = known_plan(&mut plans, plan);
            kinds.push((slots, index, slot_grid.start_minute(slots.saturating_sub(unpaid))));
        }
        let patterns = patterns(rules, &lengths, slot_grid, &mut plans);
        let (nights, weekends) = (night_slots(slot_grid, clock, rules), weekend_slots(slot_grid, clock, rules));
        let is_priced = problem.workforce.prices_burdens();
        let burdens = is_priced.then_some(&problem.workforce.burdens);
        let zone = site.zone;
        let shapes =
            Shapes { rules, slot_grid, zone, kinds, patterns, nights, weekends, burdens, holidays: &site.holidays };
        let (days, parts) =
            problem.period.dates().map(|date| shapes.on(date, starts_on(date, site, slot_grid, rules))).unzip();
        let dates = problem.period.dates().map(|date| LocalDay::of(date, site.zone)).collect();
        Self {
            zone: site.zone,
            dates,
            days,
            parts,
            gap_pay: rules.split.map_or(0.0, |split| split.gap_pay.get() * f64::from(slot_grid.interval) / 60.0),
            plans,
            pay: pay_along(slot_grid, site, clock, rules),
            weeks: rule_weeks(problem, slot_grid, site),
            activities: problem.workforce.activities.clone(),
        }
    }
}

/// What the shifts of a contract are made of, on whatever date.
struct Shapes<'a> {
    rules: &'a LabourRules,
    slot_grid: &'a SlotGrid,
    zone: Zone,
    /// Slots, break plan and paid minutes of the shifts that are not split.
    kinds: Vec<(usize, usize, i32)>,
    patterns: Vec<SplitPattern>,
    /// Running counts of slots that touch a night and a weekend.
    nights: Vec<u32>,
    weekends: Vec<u32>,
    /// Which shifts are a burden, if that costs anything; holidays of the site.
    burdens: Option<&'a BurdenRules>,
    holidays: &'a [NaiveDate],
}

impl Shapes<'_> {
    /// The candidates of a date in order, and the parts of those that are split.
    fn on(&self, date: NaiveDate, starts: Vec<(usize, u16)>) -> (Vec<Candidate>, Vec<SplitPart>) {
        let lasts = |slots: usize| Minutes::new(i64::from(self.slot_grid.start_minute(slots)));
        let may = move |(start, clock): (usize, u16), slots: usize, length: usize| {
            start + slots <= self.slot_grid.slots && self.rules.fixes(u32::from(clock), lasts(length))
        };
        let patterns_from = |from: (usize, u16)| {
            self.patterns.iter().filter(move |pattern| may(from, pattern.slots(), pattern.length()))
        };
        let parts_from = |&from: &(usize, u16)| patterns_from(from).flat_map(move |pattern| pattern.parts_from(from.0));
        let mut parts: Vec<SplitPart> = starts.iter().flat_map(parts_from).collect();
        parts.sort_unstable();
        parts.dedup();
        let mut candidates = Vec::new();
        for (start, clock) in starts {
            for &(slots, plan, paid) in self.kinds.iter().filter(|kind| may((start, clock), kind.0, kind.0)) {
                candidates.push(self.candidate(date, (start, clock), slots, (plan, paid), None));
            }
            for pattern in patterns_from((start, clock)) {
                let (split, plan) = (pattern.split_from(start, &parts), pattern.parts_from(start)[0].plan);
                candidates.push(self.candidate(
                    date,
                    (start, clock),
                    pattern.slots(),
                    (plan, pattern.paid),
                    Some(split),
                ));
            }
        }
        candidates.sort_unstable_by_key(Candidate::key);
        (candidates, parts)
    }

    fn candidate(
        &self,
        date: NaiveDate,
        (start, clock): (usize, u16),
        slots: usize,
        (plan, paid): (usize, i32),
        split: Option<Split>,
    ) -> Candidate {
        let late = late(date, Some(clock), self.slot_grid.instant(start + slots), self.zone, self.rules);
        let early = early(clock, self.rules);
        let bare =
            Candidate { start, clock, slots, plan, split, paid, night: false, weekend: false, late, early, burden: 0 };
        let touches = |count: &[u32]| bare.present().any(|part| count[part.end] > count[part.start]);
        let burden = self.burdens.map_or(0, |burdens| {
            let span = |part: Range<usize>| Span {
                from: self.slot_grid.instant(part.start),
                until: self.slot_grid.instant(part.end),
            };
            burdens.of_shift(&bare.present().map(span).collect::<Vec<_>>(), self.zone, self.holidays)
        });
        Candidate { night: touches(&self.nights), weekend: touches(&self.weekends), burden, ..bare }
    }
}

/// First slots of the shifts that may start on a date, in order, and what the clock shows then.
fn starts_on(date: NaiveDate, site: &Site, slot_grid: &SlotGrid, rules: &LabourRules) -> Vec<(usize, u16)> {
    let mut starts: Vec<(usize, u16)> = Vec::new();
    for window in &rules.starts {
        for minute in (window.from..=window.until.min(24 * 60 - 1)).step_by(usize::from(window.step.max(1))) {
            let wall = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0);
            let Some(wall) = wall.map(|time| date.and_time(time)) else { continue };
            if let Resolved::Once(at) | Resolved::Twice(at, _) = resolve(wall, site.zone) {
                starts.extend(slot_grid.slot_at(at).map(|slot| (slot, minute)));
            }
        }
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Running count of slots that touch the night window.
fn night_slots(slot_grid: &SlotGrid, clock: &SiteClock, rules: &LabourRules) -> Vec<u32> {
    let width = usize::try_from(slot_grid.interval).unwrap_or(1);
    let touches =
        |minutes: &[u32]| rules.nights.is_some_and(|nights| minutes.iter().any(|&minute| nights.window.holds(minute)));
    running(clock.minute.chunks(width).map(|minutes| u32::from(touches(minutes))))
}

/// Running count of slots that touch a Saturday or Sunday; none where no rule asks.
fn weekend_slots(slot_grid: &SlotGrid, clock: &SiteClock, rules: &LabourRules) -> Vec<u32> {
    let width = usize::try_from(slot_grid.interval).unwrap_or(1);
    let is_weekend = |date: &NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let touches = |dates: &[NaiveDate]| rules.rhythm.max_weekends.is_some() && dates.iter().any(is_weekend);
    running(clock.date.chunks(width).map(|dates| u32::from(touches(dates))))
}

/// The forbidden successions that a shift of a date begins by its start, if that is known, or by ending at an instant, a bit each.
pub(crate) fn late(date: NaiveDate, start: Option<u16>, end: Instant, zone: Zone, rules: &LabourRules) -> u64 {
    if rules.rhythm.forbidden.is_empty() {
        return 0;
    }
    let past_midnight = (end.with_timezone(&zone).naive_local() - date.and_time(NaiveTime::MIN)).num_minutes();
    mask(rules, |succession| match succession.first {
        Forerunner::EndsAfter(minute) => past_midnight > i64::from(minute),
        Forerunner::StartsWithin(window) => start.is_some_and(|start| window.holds(u32::from(start))),
    })
}

/// The forbidden successions that a shift would end by starting at a minute of the day, a bit each.
fn early(clock: u16, rules: &LabourRules) -> u64 {
    mask(rules, |succession| clock < succession.starts_before)
}

fn mask(rules: &LabourRules, holds: impl Fn(&Succession) -> bool) -> u64 {
    let held = rules.rhythm.forbidden.iter().enumerate().filter(|(_, succession)| holds(succession));
    held.fold(0, |mask, (at, _)| mask | 1 << at)
}

/// Running sum of paid hours with premiums, at base rate 1.
fn pay_along(slot_grid: &SlotGrid, site: &Site, clock: &SiteClock, rules: &LabourRules) -> Vec<f64> {
    let width = usize::try_from(slot_grid.interval).unwrap_or(1);
    let mut special: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for date in &clock.date {
        special.entry(*date).or_insert_with(|| {
            let due = |time: &PremiumTime| match time {
                PremiumTime::Clock(_) => false,
                PremiumTime::Weekday(weekday) => date.weekday() == *weekday,
                PremiumTime::Holiday => site.holidays.contains(date),
            };
            rules.premiums.iter().filter(|premium| due(&premium.time)).map(|premium| premium.rate.get()).sum()
        });
    }
    let rate = |minute: &u32, date: &NaiveDate| {
        let by_clock = rules.premiums.iter().filter_map(|premium| match premium.time {
            PremiumTime::Clock(window) if window.holds(*minute) => Some(premium.rate.get()),
            _ => None,
        });
        1.0 + by_clock.sum::<f64>() + special.get(date).copied().unwrap_or(0.0)
    };
    let slots = clock.minute.chunks(width).zip(clock.date.chunks(width));
    running(slots.map(|(minutes, dates)| minutes.iter().zip(dates).map(|(m, d)| rate(m, d) / 60.0).sum::<f64>()))
}

/// `[0, a, a + b, …]`: what lies between two slots is the difference of two entries.
pub(crate) fn running<T: Copy + Default + std::ops::Add<Output = T>>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut sum = T::default();
    let rest = values.map(|value| {
        sum = sum + value;
        sum
    });
    std::iter::once(T::default()).chain(rest.collect::<Vec<T>>()).collect()
}

/// The rule weeks at a site, in minutes from the first slot: from the start of their first day to the end of their last.
fn rule_weeks(problem: &RosterProblem<'_>, slot_grid: &SlotGrid, site: &Site) -> Vec<(i32, i32)> {
    let dates: Vec<NaiveDate> = problem.period.dates().collect();
    dates
        .chunks(7)
        .filter_map(|week| {
            let (first, last) = (week.first()?, week.last()?);
            Some((
                slot_grid.minute(LocalDay::of(*first, site.zone).start),
                slot_grid.minute(LocalDay::of(*last, site.zone).end),
            ))
        })
        .collect()
}
