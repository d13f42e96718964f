//! One agent as pricing sees it: the shifts that can be worked on each date, and the graph of states between dates.

use chrono::{Datelike, Weekday};

use crate::domain::labour::LabourRules;
use crate::domain::span::Span;
use crate::domain::time::LocalDay;
use crate::domain::workforce::Agent;

use super::breaks::{Pause, PlacedBreak};
use super::counters::{CounterValues, Counters};
use super::line::LineShift;
use super::promises::{Promise, promises};
use super::rule_automaton::{RuleLimits, ShiftClass, Transitions, Yesterday, rule_automaton};
use super::session_places::contents;
use super::sessions::SessionBook;
use super::shifts::{Candidate, ShiftLibrary, late};
use super::slots::SlotGrid;
use super::wishes::{WishBook, overlaps_any};

/// A shift that an agent can work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShiftChoice {
    /// Position in the library's day.
    pub(crate) candidate: usize,
    /// Entry of the state graph.
    pub(crate) class: usize,
    /// Start, minutes from the first slot.
    pub(crate) start: i32,
    /// Minute of the day that the site's clock shows at its start.
    pub(crate) clock: u16,
    /// Position of its end in the day's list of ends.
    pub(crate) end: usize,
    /// Wishes it meets or refuses on its own and what its hours cost that were not promised, less what the sessions save that it holds.
    pub(crate) wishes: f64,
    /// Sessions it holds, a position among the contents of the agent's book; 0 where it holds none.
    pub(crate) content: usize,
}

/// One date of an agent.
#[derive(Clone, Debug, Default)]
pub(crate) struct AgentDay {
    /// Shifts in the order of the library's day, so by start first, then of what they hold.
    pub(crate) choices: Vec<ShiftChoice>,
    /// Distinct ends of those shifts, minutes from the first slot, rising.
    pub(crate) ends: Vec<i32>,
    /// How states move.
    pub(crate) step: Transitions,
    /// Per class the paid units and counts that its shifts add to the counters, if there are any.
    pub(crate) adds: Vec<(i32, CounterValues)>,
    /// The most that wishes over several dates can save on it, below zero.
    pub(crate) least_toll: f64,
}

/// One agent.
#[derive(Clone, Debug)]
pub(crate) struct AgentModel {
    /// Which library.
    pub(crate) library: usize,
    /// Skill group.
    pub(crate) group: usize,
    /// Site.
    pub(crate) site: usize,
    /// Wage per paid hour, in the currency.
    pub(crate) hourly: f64,
    /// Price of wishes to work that are refused unless a shift meets them, and of sessions unless they are held.
    pub(crate) base: f64,
    /// Per date what was promised, if anything was.
    pub(crate) promises: Vec<Option<Promise>>,
    /// Sessions owed, if there are any.
    pub(crate) sessions: Option<SessionBook>,
    /// End of the last shift before the plan, minutes from the first slot.
    pub(crate) before: i32,
    /// Rest between shifts, minutes.
    pub(crate) daily_rest: i32,
    /// Rest per rule week, minutes.
    pub(crate) weekly_rest: i32,
    /// Bounds of the rule weeks, minutes from the first slot.
    pub(crate) weeks: Vec<(i32, i32)>,
    /// Per rule week the spans of the clock, ends included, in one of which all its shifts start.
    pub(crate) clocks: Vec<Vec<(u16, u16)>>,
    /// What is counted over weeks or the whole plan, if anything is.
    pub(crate) counters: Option<Counters>,
    /// Work of pricing a whole line: 1 where nothing is counted over weeks.
    pub(crate) effort: u64,
    /// A legal line where something is counted over weeks: date and choice of its shifts, once one is known.
    pub(crate) legal: Option<Vec<(usize, usize)>>,
    /// What no legal line costs less than while work is worth nothing, in the currency, once that is known.
    pub(crate) least: f64,
    /// Dates.
    pub(crate) days: Vec<AgentDay>,
}

impl AgentModel {
    /// Builds the model under the given rules; nothing if no line is legal even with all rests ignored.
    pub(crate) fn new(
        agent: &Agent,
        rules: &LabourRules,
        library: (usize, &ShiftLibrary),
        slot_grid: &SlotGrid,
    ) -> Option<Self> {
        let (library_index, library) = library;
        let weeks = week_limits(agent, rules, library.weeks.len());
        let blocks: Vec<Span> = agent.blocks.iter().map(|block| block.span).collect();
        let allowed: Vec<Vec<usize>> = library
            .days
            .iter()
            .enumerate()
            .map(|(day, candidates)| {
                let most = weeks.get(day / 7).map_or(i32::MAX, |week| week.1);
                let on = |day: &LocalDay| {
                    rules.rhythm.rotation.is_none_or(|rotation| rotation.works_on(day.date, agent.rotation_offset_days))
                };
                if !library.dates.get(day).is_some_and(on) {
                    return Vec::new();
                }
                let free = |c: &Candidate| !overlaps_any(&blocks, c, slot_grid);
                (0..candidates.len()).filter(|&c| candidates[c].paid <= most && free(&candidates[c])).collect()
            })
            .collect();
        let sessions = SessionBook::new(agent, library, slot_grid);
        let promises = promises(&agent.promised, library, sessions.as_ref(), slot_grid);
        let allowed = as_promised(allowed, &promises, library, slot_grid);
        let wishes = WishBook::new(&agent.wishes, library, &allowed, slot_grid);
        let contents = contents(sessions.as_ref(), library, &allowed);
        let (mut days, classes): (Vec<AgentDay>, Vec<Vec<ShiftClass>>) = allowed
            .iter()
            .enumerate()
            .map(|(day, allowed)| {
                let candidates = allowed
                    .iter()
                    .zip(&contents[day])
                    .flat_map(|(&index, contents)| contents.iter().map(move |&content| (index, content)));
                let has_price = !agent.burden.is_free();
                let book =
                    Books { wishes: &wishes, sessions: sessions.as_ref(), promise: promises[day].as_ref(), has_price };
                day_of(&library.days[day], candidates, &book, rules, slot_grid)
            })
            .unzip();
        let sundays: Vec<bool> = library.dates.iter().map(|day| day.date.weekday() == Weekday::Sun).collect();
        let counters = Counters::new(agent, rules, &classes, &sundays);
        let limits = RuleLimits {
            weeks,
            max_days: rules.max_days_per_week,
            max_nights: rules.nights.map(|nights| nights.max_per_week),
            max_splits: rules.split.and_then(|split| split.max_per_week),
            max_run: rules.max_consecutive_days,
            min_run: rules.rhythm.min_consecutive_days,
            min_off: rules.rhythm.min_days_off,
            run_before: agent.before.run_of_days,
            eve: eve(agent, rules, library),
            counts_weekends: counters.as_ref().is_some_and(|counters| counters.weekend.is_some()),
            max_sundays: rules.rhythm.max_sundays_in_a_row,
            sundays_before: agent.before.sundays,
            late_before: late_before(agent, rules, library),
            sundays,
            tolls: wishes.tolls.clone(),
            last_day: wishes.last_day.clone(),
            burden: agent.burden.clone(),
            works: promises.iter().map(|of| of.as_ref().is_some_and(Promise::has_to_work)).collect(),
            sessions: sessions.as_ref().map_or_else(Vec::new, |book| book.limits(library.days.len())),
        };
        let steps = rule_automaton(&limits, &classes)?;
        for (day, step) in days.iter_mut().zip(steps) {
            day.least_toll = step.toll.iter().copied().fold(0.0, f64::min);
            day.step = step;
        }
        if let Some(counters) = &counters {
            for (day, of_day) in days.iter_mut().zip(&classes) {
                day.adds = of_day.iter().map(|class| (counters.units(class), counters.adds(class))).collect();
            }
        }
        let minutes = |length: crate::domain::units::Minutes| i32::try_from(length.get()).unwrap_or(i32::MAX >> 2);
        let mut model = Self {
            library: library_index,
            group: agent.group.0,
            site: agent.site.0,
            hourly: agent.hourly_cost.as_f64(),
            base: wishes.base
                + sessions.as_ref().map_or(0.0, SessionBook::base)
                + promises.iter().flatten().map(Promise::of_day_off).sum::<f64>(),
            promises,
            sessions,
            before: agent.before.last_end.map_or(-(1 << 29), |end| slot_grid.minute(end)),
            daily_rest: minutes(rules.daily_rest),
            weekly_rest: minutes(rules.weekly_rest),
            weeks: library.weeks.clone(),
            clocks: days.chunks(7).map(|week| clocks_of(week, rules)).collect(),
            counters,
            effort: 1,
            legal: None,
            least: f64::NEG_INFINITY,
            days,
        };
        if model.counters.is_some() {
            model.effort = effort(&model.days);
        }
        Some(model)
    }
}

impl AgentModel {
    /// The position of what a shift of a line holds, among the contents of the book; none if the agent may not hold it.
    pub(crate) fn content_of(&self, shift: &LineShift) -> Option<usize> {
        let holds = |placed: &PlacedBreak| matches!(placed.pause, Pause::Session { .. });
        match &self.sessions {
            Some(book) => book.content_of(shift),
            None => (!shift.breaks.iter().any(holds)).then_some(0),
        }
    }

    /// Leaves wages and premiums as the only costs.
    pub(crate) fn forget_wishes(&mut self) {
        self.base = 0.0;
        for day in &mut self.days {
            day.choices.iter_mut().for_each(|choice| choice.wishes = 0.0);
            day.step.toll.fill(0.0);
        }
        // Other breaks than those promised cost nothing either, where they may be.
        let promises = self.promises.iter_mut().flatten().filter(|promise| promise.other_breaks.is_finite());
        promises.for_each(|promise| promise.other_breaks = 0.0);
    }
}

/// The work of pricing an agent's whole line: one where nothing is counted over weeks.
fn effort(days: &[AgentDay]) -> u64 {
    /// Moves between states that take as long as a line without counts.
    const MOVES: usize = 2000;
    1 + (days.iter().map(|day| day.step.next.len()).sum::<usize>() / MOVES) as u64
}

/// Paid minutes allowed per rule week; where the agent has no entry, the contract's.
fn week_limits(agent: &Agent, rules: &LabourRules, weeks: usize) -> Vec<(i32, i32)> {
    let minutes = |length: crate::domain::units::Minutes| i32::try_from(length.get()).unwrap_or(i32::MAX >> 1);
    (0..weeks)
        .map(|week| {
            let own = agent.weeks.get(week).map(|own| (own.min, own.max));
            let (min, max) = own.unwrap_or((rules.min_week, rules.max_week));
            (minutes(min), minutes(max))
        })
        .collect()
}

/// The spans of the clock within which a week's shifts may start together: those that no other holds all starts of.
/// Without a limit it is the whole day.
fn clocks_of(week: &[AgentDay], rules: &LabourRules) -> Vec<(u16, u16)> {
    const WHOLE_DAY: (u16, u16) = (0, 24 * 60);
    let mut starts: Vec<u16> = week.iter().flat_map(|day| &day.choices).map(|choice| choice.clock).collect();
    starts.sort_unstable();
    starts.dedup();
    let Some(spread) = rules.rhythm.max_start_spread else { return vec![WHOLE_DAY] };
    let spread = u16::try_from(spread.get()).unwrap_or(u16::MAX);
    let mut spans: Vec<(u16, u16)> = Vec::new();
    for &first in &starts {
        let last = starts.iter().copied().rfind(|start| start.saturating_sub(first) <= spread).unwrap_or(first);
        if spans.last().is_none_or(|&(_, known)| known < last) {
            spans.push((first, last));
        }
    }
    if spans.is_empty() { vec![WHOLE_DAY] } else { spans }
}

/// What the day before the plan was and how long it has to stay so. Work goes on only for an agent who is not away on
/// the whole first date.
fn eve(agent: &Agent, rules: &LabourRules, library: &ShiftLibrary) -> (Yesterday, u32) {
    let before = &agent.before;
    let (worked, off) = (rules.rhythm.min_consecutive_days, rules.rhythm.min_days_off);
    let is_away = library.dates.first().is_some_and(|day| agent.is_away(Span { from: day.start, until: day.end }));
    match (before.run_of_days, before.days_off) {
        (0, 0) => (Yesterday::Unknown, 0),
        (0, days) => (Yesterday::Off, off.saturating_sub(days)),
        (_, _) if is_away => (Yesterday::Worked, 0),
        (days, _) => (Yesterday::Worked, worked.saturating_sub(days)),
    }
}

/// Forbidden successions that the shift dated the eve of the plan has begun, if there was one.
fn late_before(agent: &Agent, rules: &LabourRules, library: &ShiftLibrary) -> u64 {
    let eve = library.dates.first().and_then(|day| day.date.pred_opt());
    match (eve, agent.before.last_end) {
        (Some(eve), Some(end)) if agent.before.run_of_days > 0 => late(eve, None, end, library.zone, rules),
        _ => 0,
    }
}

/// The kinds of which the plan may hold so many, a bit each, that a shift belongs to by its start.
fn kinds(clock: u16, rules: &LabourRules) -> u64 {
    let of = rules.rhythm.start_caps.iter().enumerate().filter(|(_, cap)| cap.starts.holds(u32::from(clock)));
    of.fold(0, |mask, (kind, _)| mask | 1 << kind)
}

/// The candidates of each date that leave what is fixed as it is.
fn as_promised(
    allowed: Vec<Vec<usize>>,
    promises: &[Option<Promise>],
    library: &ShiftLibrary,
    slot_grid: &SlotGrid,
) -> Vec<Vec<usize>> {
    let of_date = |(day, mut allowed): (usize, Vec<usize>)| {
        if let Some(promise) = &promises[day] {
            let is_late = |candidate: &Candidate| slot_grid.start_minute(candidate.start) >= promise.not_before;
            let may = |candidate: &Candidate| promise.keeps(candidate) || !promise.is_fixed && is_late(candidate);
            allowed.retain(|&at| may(&library.days[day][at]));
        }
        allowed
    };
    allowed.into_iter().enumerate().map(of_date).collect()
}

/// What a date's shifts cost beside wages and cover.
struct Books<'a> {
    wishes: &'a WishBook,
    sessions: Option<&'a SessionBook>,
    promise: Option<&'a Promise>,
    /// Whether burdens cost anything.
    has_price: bool,
}

/// The choices of one date, given as positions of candidates and of contents, and the classes they fall into.
fn day_of(
    candidates: &[Candidate],
    allowed: impl Iterator<Item = (usize, usize)> + Clone,
    books: &Books<'_>,
    rules: &LabourRules,
    slot_grid: &SlotGrid,
) -> (AgentDay, Vec<ShiftClass>) {
    let Books { wishes, sessions, promise, has_price } = *books;
    let end_of = |c: &Candidate| slot_grid.start_minute(c.start + c.slots);
    let mut ends: Vec<i32> = allowed.clone().map(|(c, _)| end_of(&candidates[c])).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut classes: Vec<ShiftClass> = Vec::new();
    let choices = allowed
        .map(|(index, content)| {
            let candidate = &candidates[index];
            let (own, meets) = wishes.of(candidate, slot_grid);
            let class = ShiftClass {
                paid: candidate.paid - sessions.map_or(0, |book| book.unpaid(content, slot_grid)),
                night: candidate.night,
                weekend: candidate.weekend,
                split: candidate.split.is_some_and(|split| split.is_counted),
                late: candidate.late,
                early: candidate.early,
                kinds: kinds(candidate.clock, rules),
                meets,
                sessions: sessions.map_or(0, |book| book.packed(content)),
                burden: if has_price { candidate.burden } else { 0 },
            };
            let known = classes.iter().position(|known| *known == class).unwrap_or_else(|| {
                classes.push(class);
                classes.len() - 1
            });
            let end = ends.binary_search(&end_of(candidate)).unwrap_or(0);
            let start = slot_grid.start_minute(candidate.start);
            let change = promise.map_or(0.0, |promise| promise.of_hours(candidate, slot_grid) - promise.of_day_off());
            let wishes = own + change - sessions.map_or(0.0, |book| book.saved(content));
            ShiftChoice { candidate: index, class: known, start, clock: candidate.clock, end, wishes, content }
        })
        .collect();
    (AgentDay { choices, ends, ..AgentDay::default() }, classes)
}
