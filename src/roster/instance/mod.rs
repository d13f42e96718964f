//! The instance made ready for search: libraries, agents as pricing sees them, curves by interval, seats that can run out.
//!
//! | file | what it does |
//! |---|---|
//! | [`slots`] | the slots of time on which lines are built |
//! | [`breaks`], [`split_shifts`], [`shifts`], [`libraries`] | the legal shifts of a contract at a site, and how breaks are placed in them |
//! | [`rule_automaton`], [`counters`] | what rules remember of a line between days, and what they count over weeks |
//! | [`wishes`], [`sessions`], [`stretches`], [`session_places`] | wishes with their prices; sessions owed, and where in a shift they cost least |
//! | [`promises`] | what people were told |
//! | [`agents`], [`line`] | one agent: what can be worked, and what was chosen |
//! | [`carried_over`] | who is still there from the roster before |
//! | [`head_counts`] | heads wanted apart from queues: who counts, and what a count costs |
//! | [`pools`] | pools of queues: whose heads count in which, and what too few of them cost |
//! | [`cost_step`] | by how much the costs of two rosters differ at least |

pub(crate) mod slots;
pub(crate) mod breaks;
pub(crate) mod split_shifts;
pub(crate) mod shifts;
pub(crate) mod libraries;
pub(crate) mod rule_automaton;
pub(crate) mod counters;
pub(crate) mod wishes;
pub(crate) mod promises;
pub(crate) mod sessions;
mod stretches;
pub(crate) mod session_places;
pub(crate) mod agents;
pub(crate) mod line;
mod carried_over;
pub(crate) mod head_counts;
pub(crate) mod pools;
mod cost_step;

use std::ops::Range;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::domain::cover::CoverCurve;
use crate::domain::labour::LabourRules;
use crate::domain::rhythm::Rhythm;
use crate::domain::workforce::Agent;

use super::problem::RosterProblem;
use crate::roster::cover::cost_curve::Curve;
use crate::roster::cover::skill_groups::SkillGroups;
use crate::roster::cover::transport::Transport;
use agents::{AgentDay, AgentModel};
use carried_over::Carried;
use cost_step::cost_step;
use head_counts::Headcounts;
use line::Line;
use pools::Pools;
use shifts::{Candidate, ShiftLibrary, running};
use slots::SlotGrid;

/// Shift libraries, one per contract and site, and a model per agent, in order.
pub(super) type Ready = (Vec<ShiftLibrary>, Vec<AgentModel>);

/// Everything the search reads and nothing it changes.
pub(super) struct Instance<'a> {
    pub(super) problem: &'a RosterProblem<'a>,
    pub(super) slot_grid: SlotGrid,
    pub(super) libraries: Vec<ShiftLibrary>,
    /// One per agent, in order.
    pub(super) models: Vec<AgentModel>,
    pub(super) skill_groups: SkillGroups,
    /// Heads shared among queues, interval by interval.
    pub(super) transport: Transport,
    /// Pools of queues.
    pub(super) pools: Pools,
    /// `curves[interval][queue]` as the bound may see them: where a queue has its servers to itself, only whole heads count.
    pub(super) bound_curves: Vec<Vec<Curve>>,
    /// Per site its seats, where there are fewer than agents.
    pub(super) seats: Vec<Option<u32>>,
    /// Per agent the intervals that some shift of theirs could cover.
    pub(super) coverable: Vec<Vec<usize>>,
    /// Per agent and date the slots that some shift of theirs could cover.
    pub(super) windows: Vec<Vec<Range<usize>>>,
    /// Who is still there from the roster before.
    pub(super) carried: Carried,
    /// Per agent how many days in a row a move should be able to change, if rules tie the agent's days together: two cycles
    /// of work and rest.
    pub(super) stretches: Vec<Option<usize>>,
    /// Heads wanted apart from what queues require.
    pub(super) headcounts: Headcounts,
    /// By how much the costs of two rosters differ at least, if they do, in the currency.
    pub(super) cost_step: Option<f64>,
}

impl<'a> Instance<'a> {
    /// Prepares an instance for agents' models and the shift libraries that they refer to.
    pub(super) fn new(problem: &'a RosterProblem<'a>, slot_grid: SlotGrid, (libraries, models): Ready) -> Self {
        let workforce = problem.workforce;
        let skill_groups = SkillGroups::new(&workforce.groups, problem.cover.queues.len());
        let whole: Vec<Option<f64>> = (0..problem.cover.queues.len()).map(|q| skill_groups.only_speed(q)).collect();
        let bound_curves = (0..slot_grid.intervals)
            .map(|t| {
                let queues = problem.cover.queues.iter().zip(&whole);
                queues.map(|(queue, whole)| bound_curve(queue.get(t), *whole)).collect()
            })
            .collect();
        let transport = Transport::of(problem.cover, &skill_groups);
        let seats = workforce
            .sites
            .iter()
            .enumerate()
            .map(|(at, site)| {
                let agents = workforce.agents.iter().filter(|agent| agent.site.0 == at).count();
                site.seats.filter(|&seats| usize::try_from(seats).is_ok_and(|seats| seats < agents))
            })
            .collect();
        let coverable = models.iter().map(|model| coverable_of(model, &libraries[model.library], &slot_grid)).collect();
        let windows = models.iter().map(|model| windows_of(model, &libraries[model.library])).collect();
        let carried = Carried::new(problem, &slot_grid);
        let rules_of = |at: usize| workforce.rules_of(&workforce.agents[at]);
        let stretches = models.iter().enumerate().map(|(at, model)| stretch_of(model, rules_of(at))).collect();
        let headcounts = Headcounts::new(problem, &slot_grid);
        Self {
            problem,
            slot_grid,
            libraries,
            models,
            skill_groups,
            transport,
            pools: Pools::new(problem.cover, workforce.groups.len()),
            bound_curves,
            seats,
            coverable,
            windows,
            carried,
            stretches,
            headcounts,
            cost_step: cost_step(problem),
        }
    }

    /// Whether rules tie days together, so that moves of a few days can change little.
    pub(super) fn is_tied(&self) -> bool {
        self.stretches.iter().any(Option::is_some)
    }

    /// How many times as long it takes to price a day of a line as a whole as with the other days settled, where there are many.
    pub(super) fn strain(&self) -> f64 {
        /// Days up to which it takes no longer.
        const SHORT: f64 = 60.0;
        (self.days() as f64 / SHORT).max(1.0)
    }

    /// What a roster that is cheaper than another costs at most, and a little more: in the currency.
    pub(super) fn below(&self, cost: f64) -> f64 {
        /// A saving below this is rounding.
        const PAYS: f64 = 1e-6;
        // What breaks ties between queues may be in the cost of one roster and not in that of the other.
        let ties = 1e-6 * cost.abs();
        cost - self.cost_step.map_or(PAYS, |step| step - ties.max(PAYS).min(0.5 * step))
    }

    /// The least that a roster can cost if none costs less than a bound, which may be off by some slack.
    pub(super) fn least_above(&self, bound: f64, slack: f64) -> f64 {
        let least = bound - slack;
        self.cost_step.map_or(least, |step| (least / step).ceil() * step)
    }

    /// The agent behind a model.
    pub(super) fn agent(&self, at: usize) -> &Agent {
        &self.problem.workforce.agents[at]
    }

    /// The shift library of an agent.
    pub(super) fn library(&self, at: usize) -> &ShiftLibrary {
        &self.libraries[self.models[at].library]
    }

    /// The intervals in which agents could be at work on some days, from the first to the last.
    pub(super) fn intervals_of(&self, agents: &[usize], days: &[bool]) -> Range<usize> {
        let open = agents.iter().flat_map(|&agent| self.windows[agent].iter().zip(days));
        let open = open.filter(|(window, open)| **open && !window.is_empty()).map(|(window, _)| window);
        let (from, until) =
            open.fold((usize::MAX, 0), |(from, until), window| (from.min(window.start), until.max(window.end)));
        if from >= until { 0..0 } else { self.slot_grid.interval_from(from)..self.slot_grid.interval_from(until) }
    }

    /// An agent and random others out of some, up to so many in all, who share a queue with it as far as there are any; in
    /// order of choice.
    pub(super) fn related(&self, first: usize, count: usize, among: &[usize], rng: &mut ChaCha8Rng) -> Vec<usize> {
        /// Tries for each of them: to find anybody, and of these to find one who shares a queue.
        const TRIES: [usize; 2] = [20, 10];
        let mut chosen = vec![first];
        let mut tries = 0;
        while chosen.len() < count && tries < TRIES[0] * count {
            tries += 1;
            let other = among[rng.random_range(0..among.len())];
            let related = self.skill_groups.related(self.models[first].group, self.models[other].group);
            if !chosen.contains(&other) && (related || tries > TRIES[1] * count) {
                chosen.push(other);
            }
        }
        chosen
    }

    /// Dates of the plan.
    pub(super) fn days(&self) -> usize {
        self.libraries.first().map_or(0, |library| library.days.len())
    }

    /// A slot that no shift of some earlier dates reaches and before which none of some later dates starts.
    pub(super) fn cut_between(&self, earlier: Range<usize>, later: Range<usize>) -> Option<usize> {
        let windows = |days: Range<usize>| self.windows.iter().flat_map(move |of| &of[days.clone()]);
        let until = windows(earlier).map(|window| window.end).max()?;
        let from = windows(later).filter(|window| !window.is_empty()).map(|window| window.start).min()?;
        (until <= from).then_some(until)
    }

    /// Heads of every group at work in each interval of some lines, those still there from the roster before included.
    pub(super) fn heads_at_work(&self, lines: &[Option<Line>]) -> Vec<Vec<f64>> {
        let mut heads = vec![vec![0.0; self.skill_groups.groups()]; self.slot_grid.intervals];
        for &(t, group) in &self.carried.heads {
            heads[t][group] += 1.0;
        }
        for (model, line) in self.models.iter().zip(lines) {
            for t in line.iter().flat_map(Line::worked).filter_map(|slot| self.slot_grid.interval_of(slot)) {
                heads[t][model.group] += 1.0;
            }
        }
        heads
    }

    /// How many curves have a price: one per queue, pool or head count and interval.
    pub(crate) fn priced_curves(&self) -> usize {
        self.slot_grid.intervals * (self.problem.cover.queues.len() + self.pools.len() + self.headcounts.len())
    }

    /// What it costs a queue in an interval to have nobody.
    pub(super) fn cost_of_nobody(&self, t: usize, q: usize) -> f64 {
        self.problem.cover.queues[q].get(t).map_or(0.0, |curve| curve.cost(0.0))
    }

    /// Mean of the highest prices that work can have, where it can have one.
    pub(super) fn typical_price(&self) -> f64 {
        let of_queues = self
            .bound_curves
            .iter()
            .flatten()
            .chain(self.pools.curves())
            .map(|curve| curve.price_range().1)
            .filter(|&top| top > 0.0);
        let tops: Vec<f64> = of_queues.chain(self.headcounts.top_prices(self.problem)).collect();
        if tops.is_empty() { 0.0 } else { tops.iter().sum::<f64>() / tops.len() as f64 }
    }

    /// Values per interval of the plan as running sums along the slots; the padding is worth nothing.
    pub(super) fn along_slots(&self, per_interval: impl Fn(usize) -> f64) -> Vec<f64> {
        running((0..self.slot_grid.slots).map(|slot| self.slot_grid.interval_of(slot).map_or(0.0, &per_interval)))
    }
}

/// Two cycles of an agent's work and rest, if the agent's days are tied together.
fn stretch_of(model: &AgentModel, rules: &LabourRules) -> Option<usize> {
    let Rhythm { min_consecutive_days, min_days_off, .. } = rules.rhythm;
    let tied = min_consecutive_days > 1
        || min_days_off > 1
        || model.counters.as_ref().is_some_and(|counters| !counters.periods.is_empty());
    let cycle = rules.max_consecutive_days.min(7) + min_days_off.max(1);
    tied.then_some(2 * cycle as usize)
}

fn bound_curve(curve: Option<&CoverCurve>, whole: Option<f64>) -> Curve {
    match (curve, whole) {
        (Some(curve), Some(speed)) => Curve::by_whole_heads(curve, speed),
        (Some(curve), None) => Curve::new(curve),
        (None, _) => Curve::default(),
    }
}

/// Intervals of the plan within any shift that an agent can work.
fn coverable_of(model: &AgentModel, library: &ShiftLibrary, slot_grid: &SlotGrid) -> Vec<usize> {
    let mut reached = vec![false; slot_grid.intervals];
    for (day, candidates) in model.days.iter().zip(&library.days) {
        for choice in &day.choices {
            let candidate = &candidates[choice.candidate];
            candidate
                .present()
                .flatten()
                .filter_map(|slot| slot_grid.interval_of(slot))
                .for_each(|t| reached[t] = true);
        }
    }
    (0..slot_grid.intervals).filter(|&t| reached[t]).collect()
}

/// Per date the slots from the first start to the last end of an agent's shifts.
fn windows_of(model: &AgentModel, library: &ShiftLibrary) -> Vec<Range<usize>> {
    let window = |(day, candidates): (&AgentDay, &Vec<Candidate>)| {
        let spans = || day.choices.iter().map(|choice| candidates[choice.candidate]);
        let from = spans().map(|candidate| candidate.start).min().unwrap_or(0);
        from..spans().map(|candidate| candidate.start + candidate.slots).max().unwrap_or(from)
    };
    model.days.iter().zip(&library.days).map(window).collect()
}
