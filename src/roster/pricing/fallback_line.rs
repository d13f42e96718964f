//! A legal line that labels of [`super::resource_constrained`] can come back to.

use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::counters::{CounterValues, Counters, WatchedLimits};
use crate::roster::instance::rule_automaton::NOWHERE;

use super::allowed_choices::FixedDays;

/// Where the known line stands before a date.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrefixState {
    pub(crate) state: usize,
    /// What wishes over several dates cost so far, and those that only a shift would meet.
    pub(crate) cost: f64,
    pub(crate) end: i32,
    pub(crate) units: i32,
    pub(crate) counts: CounterValues,
}

impl PrefixState {
    pub(crate) fn start(model: &AgentModel, counters: &Counters) -> Self {
        Self { state: 0, cost: model.base, end: model.before, units: 0, counts: counters.start }
    }
}

/// A legal line, walked.
pub(super) struct FallbackLine {
    /// Before each date, and after the last.
    pub(super) prefixes: Vec<PrefixState>,
    /// What it costs.
    pub(crate) cost: f64,
}

impl FallbackLine {
    /// Nothing if the line is not legal.
    pub(super) fn walk(
        model: &AgentModel,
        counters: &Counters,
        fixed_days: &FixedDays,
        costs: &[Vec<f64>],
    ) -> Option<Self> {
        let mut at = PrefixState::start(model, counters);
        let mut fallback = Self { prefixes: vec![at], cost: 0.0 };
        for (day, of) in model.days.iter().enumerate() {
            let width = of.step.next.len().checked_div(of.step.states)?;
            let choice = fixed_days.choices[day].map(|choice| (choice, of.choices[choice]));
            let place = at.state * width + choice.map_or(0, |(_, choice)| choice.class + 1);
            at.state = usize::try_from(*of.step.next.get(place)?).ok().filter(|&to| to != NOWHERE as usize)?;
            at.cost += of.step.toll[place];
            if let Some((index, choice)) = choice {
                let (units, adds) = of.adds[choice.class];
                at.units += if counters.period(day).is_some() { units } else { 0 };
                at.counts = at.counts + adds + weekend_of(counters, of.step.weekend[place]);
                at.end = of.ends[choice.end];
                fallback.cost += if fixed_days.free[day] { *costs[day].get(index)? } else { 0.0 };
            }
            if counters.period(day).is_some_and(|period| period.days.end == day + 1 && !period.holds(at.units)) {
                return None;
            }
            if counters.ends_period(day) {
                at.units = 0;
            }
            fallback.prefixes.push(at);
        }
        fallback.cost += at.cost;
        (!counters.watch(at.counts, &mut WatchedLimits::default())).then_some(fallback)
    }
}

/// What a move adds to the counts for a weekend that it is the first to touch.
pub(super) fn weekend_of(counters: &Counters, touched: bool) -> CounterValues {
    counters.weekend.filter(|_| touched).unwrap_or_default()
}
