//! The cheapest line of one agent for given values of its time, exactly.
//!
//! First every shift is priced with its best breaks ([`super::shift_prices`]); then labels run over the dates: those of
//! [`super::label_setting`], or where something is counted over weeks those of [`super::resource_constrained`].

use crate::roster::instance::Instance;
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::line::Line;
use crate::roster::instance::shifts::ShiftLibrary;

use super::allowed_choices::{AllowedChoices, FixedDays};
use super::label_setting;
use super::path::Path;
use super::resource_constrained;
use super::scratch::Scratch;
use super::shift_prices::{Values, price_shifts};

/// The cheapest line and its reduced cost; nothing if no line is legal.
pub(crate) fn cheapest(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    scratch: &mut Scratch,
) -> Option<Path> {
    scratch.allowed.clear();
    scratch.allowed.resize(model.days.len(), AllowedChoices::Any);
    price_shifts(model, library, values, scratch);
    cheapest_path(model, scratch)
}

/// The cheapest line of an agent of an instance for given values.
pub(crate) fn cheapest_of(
    instance: &Instance<'_>,
    agent: usize,
    values: &Values<'_>,
    scratch: &mut Scratch,
) -> Option<Path> {
    cheapest(&instance.models[agent], instance.library(agent), values, scratch)
}

/// The cheapest line where some dates are settled; its cost leaves those dates out.
pub(crate) fn cheapest_within(
    model: &AgentModel,
    library: &ShiftLibrary,
    values: &Values<'_>,
    fixed_days: &FixedDays,
    scratch: &mut Scratch,
) -> Option<Path> {
    scratch.allowed.clear();
    scratch.allowed.extend(fixed_days.allowed());
    price_shifts(model, library, values, scratch);
    if let Some(counters) = &model.counters {
        return resource_constrained::cheapest_path_within(model, counters, fixed_days, scratch);
    }
    cheapest_path(model, scratch)
}

/// Whether an agent may work a line.
pub(crate) fn is_legal(model: &AgentModel, library: &ShiftLibrary, line: &Line, scratch: &mut Scratch) -> bool {
    let fixed_days = FixedDays::of(model, library, line, &vec![false; model.days.len()]);
    if fixed_days.choices.iter().flatten().count() != line.shifts.len() {
        return false;
    }
    scratch.allowed.clear();
    scratch.allowed.extend(fixed_days.allowed());
    scratch.costs.clear();
    scratch.costs.resize(model.days.len(), vec![0.0]);
    cheapest_path(model, scratch).is_some()
}

/// The cheapest line when each choice has a cost of its own: `cost(day, choice)`.
pub(crate) fn cheapest_by(
    model: &AgentModel,
    cost: impl Fn(usize, usize) -> f64,
    scratch: &mut Scratch,
) -> Option<Path> {
    let days = model.days.iter().enumerate();
    scratch.allowed.clear();
    scratch.allowed.resize(model.days.len(), AllowedChoices::Any);
    scratch.costs = days.map(|(day, of)| (0..of.choices.len()).map(|choice| cost(day, choice)).collect()).collect();
    cheapest_path(model, scratch)
}

/// Labels over the dates, given the cost of every choice.
fn cheapest_path(model: &AgentModel, scratch: &mut Scratch) -> Option<Path> {
    scratch.labels.clear();
    if let Some(counters) = &model.counters {
        return resource_constrained::cheapest_path(model, counters, scratch);
    }
    label_setting::cheapest_path(model, scratch)
}
