//! Headcounts as the search sees them: who adds what to which count, what a count costs, and the counts of a roster.
//!
//! A count is a sum over agents, so its price separates by interval and what an agent's hour is worth to it depends on
//! the others' hours alone. Agents of equal weights share a profile; agents of one profile and one skill group share a
//! class, whose hours are worth the same at any prices.

use crate::domain::headcount::{Counted, Headcount};
use crate::domain::span::Span;
use crate::domain::workforce::Agent;
use crate::roster::cover::cost_curve::Curve;
use crate::roster::problem::RosterProblem;

use super::carried_over::whole_slots;
use super::line::{Line, LineShift};
use super::slots::SlotGrid;

/// What an agent adds to one count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountPart {
    /// Position of the headcount.
    pub(crate) row: usize,
    /// What is added.
    pub(crate) weight: i32,
}

/// What an agent adds to all counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CountProfile {
    /// While serving queues.
    pub(crate) at_work: Vec<CountPart>,
    /// From a shift's start to its end.
    pub(crate) on_shift: Vec<CountPart>,
}

/// Agents whose hours are worth the same at any prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AgentClass {
    /// Skill group.
    pub(crate) group: usize,
    /// Which head counts it stands in.
    pub(crate) profile: usize,
}

/// The price of one headcount as the bound reads it.
#[derive(Clone, Debug)]
struct CountRow {
    /// The price, counted from `floor`.
    curve: Curve,
    /// The least that the count can be.
    floor: f64,
    /// What one head adds to the count, at most.
    scale: f64,
}

/// All headcounts of an instance.
#[derive(Clone, Debug)]
pub(crate) struct Headcounts {
    rows: Vec<CountRow>,
    /// What an interval costs in which the price does not apply.
    free: Curve,
    profiles: Vec<CountProfile>,
    classes: Vec<AgentClass>,
    /// Per agent the class.
    class_of: Vec<usize>,
    /// Headcount, interval and weight of those still there from the roster before.
    carried: Vec<(CountPart, usize)>,
    intervals: usize,
}

impl Headcounts {
    /// Reads the headcounts of a problem.
    pub(crate) fn new(problem: &RosterProblem<'_>, slot_grid: &SlotGrid) -> Self {
        let wanted = &problem.workforce.headcounts;
        let (mut profiles, mut classes): (Vec<CountProfile>, Vec<AgentClass>) = (Vec::new(), Vec::new());
        let mut class_of = Vec::with_capacity(problem.workforce.agents.len());
        for (at, agent) in problem.workforce.agents.iter().enumerate() {
            let profile = position_or_push(&mut profiles, profile_of(wanted, at));
            class_of.push(position_or_push(&mut classes, AgentClass { group: agent.group.0, profile }));
        }
        Self {
            rows: wanted.iter().map(CountRow::new).collect(),
            free: Curve::free(),
            carried: carried(problem, slot_grid, &profiles, |at| classes[class_of[at]].profile),
            profiles,
            classes,
            class_of,
            intervals: slot_grid.intervals,
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Classes of agents.
    pub(crate) fn classes(&self) -> &[AgentClass] {
        &self.classes
    }

    /// The class of an agent.
    pub(crate) fn class(&self, agent: usize) -> usize {
        self.class_of[agent]
    }

    /// Profiles of agents.
    pub(crate) fn profiles(&self) -> &[CountProfile] {
        &self.profiles
    }

    /// Position of an agent's profile.
    pub(crate) fn profile(&self, agent: usize) -> usize {
        self.classes[self.class_of[agent]].profile
    }

    /// An agent's profile.
    pub(crate) fn profile_of(&self, agent: usize) -> &CountProfile {
        &self.profiles[self.profile(agent)]
    }

    /// Those still there from the roster before, with their intervals.
    pub(crate) fn carried(&self) -> &[(CountPart, usize)] {
        &self.carried
    }

    /// Headcounts and intervals in the order of their prices.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.rows.len()).flat_map(|row| (0..self.intervals).map(move |t| (row, t)))
    }

    /// The price of a count in an interval, counted from the least it can be.
    pub(crate) fn curve(&self, problem: &RosterProblem<'_>, row: usize, t: usize) -> &Curve {
        if problem.workforce.headcounts[row].applies_in(t) { &self.rows[row].curve } else { &self.free }
    }

    /// The least that a count can be.
    pub(crate) fn floor(&self, row: usize) -> f64 {
        self.rows[row].floor
    }

    /// What one head adds to a count, at most.
    pub(crate) fn scale(&self, row: usize) -> f64 {
        self.rows[row].scale
    }

    /// Least of cost(n) + price × n over all counts n that can be.
    pub(crate) fn least_with(&self, problem: &RosterProblem<'_>, row: usize, t: usize, price: f64) -> f64 {
        let floor = self.rows[row].floor;
        self.curve(problem, row, t).least_with(price) + cost_of_count(problem, (row, t), floor) + price * floor
    }

    /// Cost of a count that is so much above the least it can be.
    pub(crate) fn cost(&self, problem: &RosterProblem<'_>, (row, t): (usize, usize), above: f64) -> f64 {
        self.curve(problem, row, t).cost(above) + cost_of_count(problem, (row, t), self.rows[row].floor)
    }

    /// Highest prices of a head in the intervals where one is wanted.
    pub(super) fn top_prices(&self, problem: &RosterProblem<'_>) -> Vec<f64> {
        let tops = self.places().map(|(row, t)| self.curve(problem, row, t).price_range().1 * self.scale(row));
        tops.filter(|&top| top > 0.0).collect()
    }

    /// Counts of some lines, beside those still there: `[headcount × intervals + interval]`.
    pub(crate) fn counts(&self, slot_grid: &SlotGrid, lines: &[Option<Line>]) -> Vec<f64> {
        let mut counts = vec![0.0; self.rows.len() * self.intervals];
        for &(part, t) in &self.carried {
            counts[part.row * self.intervals + t] += f64::from(part.weight);
        }
        for (agent, line) in lines.iter().enumerate() {
            for shift in line.iter().flat_map(|line| &line.shifts) {
                self.each(slot_grid, agent, shift, |part, t| {
                    counts[part.row * self.intervals + t] += f64::from(part.weight);
                });
            }
        }
        counts
    }

    /// What a shift of an agent adds to which count in which interval.
    pub(crate) fn each(
        &self,
        slot_grid: &SlotGrid,
        agent: usize,
        shift: &LineShift,
        mut add: impl FnMut(CountPart, usize),
    ) {
        let profile = self.profile_of(agent);
        if !profile.at_work.is_empty() {
            for t in shift.stretches().flatten().filter_map(|slot| slot_grid.interval_of(slot)) {
                profile.at_work.iter().for_each(|&part| add(part, t));
            }
        }
        if !profile.on_shift.is_empty() {
            for t in shift.present().flatten().filter_map(|slot| slot_grid.interval_of(slot)) {
                profile.on_shift.iter().for_each(|&part| add(part, t));
            }
        }
    }
}

impl CountRow {
    fn new(wanted: &Headcount) -> Self {
        let sum = |of: fn(i32) -> i32| f64::from(wanted.weights.iter().map(|&weight| of(weight)).sum::<i32>());
        let (floor, most) = (sum(|weight| weight.min(0)), sum(|weight| weight.max(0)));
        Self { curve: Curve::of_count(&wanted.price, floor, most), floor, scale: f64::from(wanted.per_head) }
    }
}

/// What a count costs in an interval.
pub(crate) fn cost_of_count(problem: &RosterProblem<'_>, (row, t): (usize, usize), count: f64) -> f64 {
    let wanted = &problem.workforce.headcounts[row];
    if wanted.applies_in(t) { wanted.price.cost(count) } else { 0.0 }
}

/// What it saves to add a weight to a count in an interval.
pub(crate) fn gain_of_count(problem: &RosterProblem<'_>, place: (usize, usize), count: f64, weight: i32) -> f64 {
    cost_of_count(problem, place, count) - cost_of_count(problem, place, count + f64::from(weight))
}

fn position_or_push<T: PartialEq>(known: &mut Vec<T>, value: T) -> usize {
    known.iter().position(|other| *other == value).unwrap_or_else(|| {
        known.push(value);
        known.len() - 1
    })
}

/// What an agent adds to the counts.
fn profile_of(wanted: &[Headcount], agent: usize) -> CountProfile {
    let parts = |counted: Counted| {
        let of = wanted.iter().enumerate().filter(move |(_, wanted)| wanted.counted == counted);
        let parts = of.map(|(row, wanted)| CountPart { row, weight: wanted.weights.get(agent).copied().unwrap_or(0) });
        parts.filter(|part| part.weight != 0).collect()
    };
    CountProfile { at_work: parts(Counted::AtWork), on_shift: parts(Counted::OnShift) }
}

/// What those who are still there from the roster before add.
fn carried(
    problem: &RosterProblem<'_>,
    slot_grid: &SlotGrid,
    profiles: &[CountProfile],
    profile: impl Fn(usize) -> usize,
) -> Vec<(CountPart, usize)> {
    let mut carried = Vec::new();
    for (at, agent) in problem.workforce.agents.iter().enumerate() {
        let CountProfile { at_work, on_shift } = &profiles[profile(at)];
        let spans: [(&[CountPart], Vec<Span>); 2] =
            [(at_work, agent.before.at_work().collect()), (on_shift, present(agent))];
        for (parts, spans) in spans {
            let slots = spans.iter().flat_map(|span| whole_slots(span, slot_grid));
            for t in slots.filter_map(|slot| slot_grid.interval_of(slot)) {
                carried.extend(parts.iter().map(|&part| (part, t)));
            }
        }
    }
    carried
}

fn present(agent: &Agent) -> Vec<Span> {
    agent.before.present().collect()
}
