//! What pricing has to remember of an agent between days: the graph of states that a legal line can pass through.
//!
//! A state holds the paid minutes of the rule week so far, the days, nights and split shifts it may still hold, the run of
//! days in a row, how long the run of days of work or off has still to last, whether this weekend was touched, the Sundays worked in a row, which
//! early shifts yesterday's forbids, which wishes over several days were met already, how many sessions of each kind owed were held, and the points of
//! burdens so far. Figures that can no longer bind are folded together, and
//! states from which no line can be finished are cut, so what remains is small and exact for these rules. Rests depend
//! on the last shift's end and are kept by the labels of [`crate::roster::pricing::cheapest_line`]; what is counted over weeks or the whole plan, by those of
//! [`crate::roster::pricing::resource_constrained`].

use std::collections::BTreeMap;

use crate::domain::fairness::BurdenPrice;

use super::sessions::DayLimits;

/// What the day before was, as far as the shortest runs of days ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Yesterday {
    /// Not known, or of no matter any more: what comes next goes on or begins as it likes.
    #[default]
    Unknown,
    /// A day off.
    Off,
    /// A date with a shift.
    Worked,
}

/// What matters of the days so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RuleState {
    pub(crate) minutes: i32,
    pub(super) days_left: u32,
    pub(super) nights_left: u32,
    pub(super) splits_left: u32,
    pub(crate) run: u32,
    pub(super) yesterday: Yesterday,
    /// Days for which it has to stay as it was yesterday.
    pub(crate) owed: u32,
    /// Whether this weekend is counted already.
    pub(super) in_weekend: bool,
    pub(crate) sundays: u32,
    /// Forbidden successions, a bit each, that yesterday's shift has begun.
    pub(crate) late: u64,
    pub(super) met: u32,
    /// Sessions held of each kind that is owed, count by count.
    pub(super) held: u64,
    /// Points of burdens so far.
    pub(super) burden: u32,
}

/// Shifts of one date that move a state in the same way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ShiftClass {
    pub(crate) paid: i32,
    pub(crate) night: bool,
    /// Whether they touch a weekend, where that counts.
    pub(crate) weekend: bool,
    /// Whether they are split, where that counts.
    pub(crate) split: bool,
    /// Forbidden successions, a bit each, that they begin and that they would end.
    pub(crate) late: u64,
    pub(crate) early: u64,
    /// Kinds of shifts that the plan may hold so many of, a bit each, to which they belong.
    pub(crate) kinds: u64,
    pub(super) meets: u32,
    /// What they add to the counts of sessions held.
    pub(super) sessions: u64,
    /// Points of the burden that they are.
    pub(super) burden: u32,
}

/// The limits that states are counted against.
#[derive(Clone, Debug)]
pub(super) struct RuleLimits {
    /// Least and most paid minutes per rule week.
    pub(crate) weeks: Vec<(i32, i32)>,
    pub(super) max_days: u32,
    pub(super) max_nights: Option<u32>,
    /// Split shifts per rule week, if there is a limit.
    pub(super) max_splits: Option<u32>,
    pub(super) max_run: u32,
    /// Days of work in a row, and days off in a row, at least; 0 and 1 are no rule.
    pub(super) min_run: u32,
    pub(super) min_off: u32,
    /// Days in a row before the first date.
    pub(super) run_before: u32,
    /// What the eve of the first date was, and the days for which it has to stay so.
    pub(crate) eve: (Yesterday, u32),
    /// Whether weekends that shifts touch are counted.
    pub(super) counts_weekends: bool,
    /// Sundays in a row, at most, if there is a limit, and those before the first date.
    pub(super) max_sundays: Option<u32>,
    pub(super) sundays_before: u32,
    /// Forbidden successions that the shift of the eve has begun.
    pub(super) late_before: u64,
    /// Whether each date is a Sunday, with which a weekend ends.
    pub(crate) sundays: Vec<bool>,
    /// Price of each wish over several days at its first meeting: due for a day off, saved for a day of work.
    pub(crate) tolls: Vec<f64>,
    /// Per such wish the last date on which it can be met.
    pub(super) last_day: Vec<usize>,
    /// What points of burdens cost.
    pub(super) burden: BurdenPrice,
    /// Per date whether it cannot be off, where any cannot.
    pub(super) works: Vec<bool>,
    /// Per date the sessions that may be held, if any are owed.
    pub(super) sessions: Vec<DayLimits>,
}

/// No way on.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// One date: where each state goes by a day off (entry 0) or by a shift of a class (entry 1 + class).
#[derive(Clone, Debug, Default)]
pub(crate) struct Transitions {
    /// States before the date.
    pub(crate) states: usize,
    /// `next[state × (classes + 1) + entry]`.
    pub(crate) next: Vec<u32>,
    /// What the move costs beside the shift, in the same order.
    pub(crate) toll: Vec<f64>,
    /// Whether the move is the first to touch a weekend that counts, in the same order.
    pub(crate) weekend: Vec<bool>,
}

/// Builds the graph: one step per date; nothing if no line can be finished even with all rests ignored.
pub(super) fn rule_automaton(limits: &RuleLimits, classes: &[Vec<ShiftClass>]) -> Option<Vec<Transitions>> {
    let days = classes.len();
    let start = RuleState {
        minutes: 0,
        days_left: limits.max_days,
        nights_left: limits.max_nights.unwrap_or(u32::MAX),
        splits_left: limits.max_splits.unwrap_or(u32::MAX),
        run: limits.run_before,
        yesterday: limits.eve.0,
        owed: limits.eve.1,
        in_weekend: false,
        sundays: limits.sundays_before,
        late: limits.late_before,
        met: 0,
        held: 0,
        burden: 0,
    };
    let mut layer: Vec<RuleState> = vec![limits.folded(start, 0, classes)];
    let mut steps = Vec::with_capacity(days);
    for (day, of_day) in classes.iter().enumerate() {
        let mut index: BTreeMap<RuleState, u32> = BTreeMap::new();
        let mut after: Vec<RuleState> = Vec::new();
        let mut step = Transitions { states: layer.len(), ..Transitions::default() };
        for &state in &layer {
            for entry in std::iter::once(None).chain(of_day.iter().map(Some)) {
                let moved = limits.moved(state, day, entry, classes);
                let next = moved.map_or(NOWHERE, |(state, _)| {
                    *index.entry(state).or_insert_with(|| {
                        after.push(state);
                        u32::try_from(after.len() - 1).unwrap_or(NOWHERE)
                    })
                });
                step.next.push(next);
                step.toll.push(moved.map_or(0.0, |(_, toll)| toll));
                let touches = entry.is_some_and(|class| class.weekend);
                step.weekend.push(limits.counts_weekends && touches && !state.in_weekend);
            }
        }
        steps.push(step);
        layer = after;
    }
    cut_dead_ends(&mut steps, layer.len())
}

/// The forbidden successions begun yesterday that some shift of today would end.
fn late_folded(state: RuleState, today: Option<&Vec<ShiftClass>>) -> u64 {
    match today {
        Some(today) if state.late != 0 => state.late & today.iter().fold(0, |mask, class| mask | class.early),
        _ => 0,
    }
}

/// Removes states from which no end is reached.
fn cut_dead_ends(steps: &mut [Transitions], ends: usize) -> Option<Vec<Transitions>> {
    let mut names: Vec<u32> = (0..u32::try_from(ends).ok()?).collect();
    for step in steps.iter_mut().rev() {
        let width = step.next.len().checked_div(step.states).unwrap_or(0);
        let mut kept = Transitions::default();
        let mut renamed = vec![NOWHERE; step.states];
        for (state, name) in renamed.iter_mut().enumerate() {
            let row = state * width..(state + 1) * width;
            let next: Vec<u32> =
                step.next[row.clone()].iter().map(|&to| names.get(to as usize).copied().unwrap_or(NOWHERE)).collect();
            if next.iter().any(|&to| to != NOWHERE) {
                *name = u32::try_from(kept.states).unwrap_or(NOWHERE);
                kept.states += 1;
                kept.next.extend(next);
                kept.toll.extend_from_slice(&step.toll[row.clone()]);
                kept.weekend.extend_from_slice(&step.weekend[row]);
            }
        }
        *step = kept;
        names = renamed;
    }
    (names.first().is_some_and(|&name| name != NOWHERE)).then(|| steps.to_vec())
}

impl RuleLimits {
    /// The state after a day off or a shift of a class, and what the move costs; nothing if a rule forbids it.
    fn moved(
        &self,
        state: RuleState,
        day: usize,
        by: Option<&ShiftClass>,
        classes: &[Vec<ShiftClass>],
    ) -> Option<(RuleState, f64)> {
        if by.is_none() && self.works.get(day) == Some(&true) {
            return None;
        }
        let (week_min, week_max) = self.weeks.get(day / 7).copied().unwrap_or((0, i32::MAX));
        let (yesterday, owed) = self.stayed(state, if by.is_some() { Yesterday::Worked } else { Yesterday::Off })?;
        let mut after = RuleState { run: 0, yesterday, owed, late: by.map_or(0, |class| class.late), ..state };
        let mut toll = 0.0;
        if let Some(class) = by {
            after.minutes = state.minutes + class.paid;
            after.days_left = state.days_left.checked_sub(1)?;
            after.nights_left = state.nights_left.checked_sub(u32::from(class.night))?;
            after.splits_left = state.splits_left.checked_sub(u32::from(class.split))?;
            after.run = state.run + 1;
            if after.minutes > week_max || after.run > self.max_run || state.late & class.early != 0 {
                return None;
            }
            after.in_weekend |= class.weekend && self.counts_weekends;
            let fresh = class.meets & !state.met;
            after.met |= fresh;
            after.burden = (state.burden + class.burden).min(self.burden.told_apart());
            let of_burden = self.burden.of(state.burden + class.burden) - self.burden.of(state.burden);
            toll = of_burden.as_f64()
                + self
                    .tolls
                    .iter()
                    .enumerate()
                    .filter(|(wish, _)| fresh >> wish & 1 == 1)
                    .map(|(_, toll)| toll)
                    .sum::<f64>();
        }
        if let Some(limits) = self.sessions.get(day) {
            after.held = limits.after(state.held, by.map_or(0, |class| class.sessions))?;
        }
        if self.sundays.get(day).copied().unwrap_or(false) {
            after.in_weekend = false;
            after.sundays = if by.is_some() { state.sundays + 1 } else { 0 };
            if self.max_sundays.is_some_and(|most| after.sundays > most) {
                return None;
            }
        }
        if (day + 1).is_multiple_of(7) {
            if after.minutes < week_min {
                return None;
            }
            after.minutes = 0;
            after.days_left = self.max_days;
            after.nights_left = self.max_nights.unwrap_or(u32::MAX);
            after.splits_left = self.max_splits.unwrap_or(u32::MAX);
        }
        Some((self.folded(after, day + 1, classes), toll))
    }

    /// The run of days after one more of a kind; nothing if the run of the other kind has to last longer.
    fn stayed(&self, state: RuleState, today: Yesterday) -> Option<(Yesterday, u32)> {
        if state.yesterday == Yesterday::Unknown || state.yesterday == today {
            return Some((today, state.owed.saturating_sub(1)));
        }
        let least = if today == Yesterday::Worked { self.min_run } else { self.min_off };
        (state.owed == 0).then_some((today, least.saturating_sub(1)))
    }

    /// What yesterday was at the start of a date, if it still matters: a run that the plan's end cuts owes no more.
    fn yesterday_folded(&self, state: RuleState, dates_left: usize) -> (Yesterday, u32) {
        let owed = state.owed.min(u32::try_from(dates_left).unwrap_or(u32::MAX));
        let other = if state.yesterday == Yesterday::Worked { self.min_off } else { self.min_run };
        if dates_left == 0 || (owed == 0 && other <= 1) { (Yesterday::Unknown, 0) } else { (state.yesterday, owed) }
    }

    /// Sundays in a row so far, if they can still become too many.
    fn sundays_folded(&self, state: RuleState, day: usize) -> u32 {
        let ahead = self.sundays.iter().skip(day).filter(|&&is_sunday| is_sunday).count();
        let most = state.sundays.saturating_add(u32::try_from(ahead).unwrap_or(u32::MAX));
        if self.max_sundays.is_none_or(|limit| most <= limit) { 0 } else { state.sundays }
    }

    /// The same state at the start of `day` with everything that cannot bind any more set to one value.
    fn folded(&self, state: RuleState, day: usize, classes: &[Vec<ShiftClass>]) -> RuleState {
        let rest_of_week = &classes[day..(day - day % 7 + 7).min(classes.len())];
        let longest = rest_of_week.iter().flatten().map(|class| class.paid).max().unwrap_or(0);
        let open =
            |of: &[Vec<ShiftClass>]| u32::try_from(of.iter().filter(|day| !day.is_empty()).count()).unwrap_or(u32::MAX);
        let days_left = state.days_left.min(open(rest_of_week));
        let days_with = |is: fn(&ShiftClass) -> bool| {
            let days = rest_of_week.iter().filter(|day| day.iter().any(is)).count();
            u32::try_from(days).unwrap_or(u32::MAX).min(days_left)
        };
        let later = &classes[(day - day % 7 + 7).min(classes.len())..];
        let run_possible = days_left + open(later);
        let (week_min, week_max) = self.weeks.get(day / 7).copied().unwrap_or((0, i32::MAX));
        let most = i64::from(state.minutes) + i64::from(days_left) * i64::from(longest);
        let (yesterday, owed) = self.yesterday_folded(state, classes.len() - day);
        let met = self.last_day.iter().enumerate().filter(|&(_, &last)| last >= day);
        RuleState {
            minutes: if most <= i64::from(week_max) { state.minutes.min(week_min.max(0)) } else { state.minutes },
            days_left,
            nights_left: state.nights_left.min(days_with(|class| class.night)),
            splits_left: state.splits_left.min(days_with(|class| class.split)),
            run: if state.run + run_possible <= self.max_run { 0 } else { state.run },
            yesterday,
            owed,
            in_weekend: state.in_weekend && day < classes.len(),
            sundays: self.sundays_folded(state, day),
            late: late_folded(state, classes.get(day)),
            met: met.fold(0, |mask, (wish, _)| mask | (state.met & (1 << wish))),
            held: state.held,
            burden: if classes[day..].iter().flatten().any(|class| class.burden > 0) { state.burden } else { 0 },
        }
    }
}
