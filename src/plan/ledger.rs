//! How often each has had nights, weekends and the like, before the plan, in it and after it.

use super::model::Rostered;
use crate::domain::fairness::{BurdenKind, jain};
use crate::domain::ids::AgentIx;
use crate::domain::promise::DayChange;
use crate::domain::roster::Shift;
use crate::domain::span::Span;
use crate::domain::workforce::{Agent, Workforce};

/// The burdens of one agent, each in the order of [`BurdenKind::ALL`].
#[derive(Clone, Copy, Debug)]
pub struct Burdens {
    /// Whose.
    pub agent: AgentIx,
    /// Before the plan.
    pub before: [u32; 7],
    /// In it.
    pub in_plan: [u32; 7],
    /// Points after the plan.
    pub points: u32,
    /// Points after the plan, those of full time.
    pub by_full_time: f64,
}

impl Burdens {
    /// Of a kind, after the plan.
    #[must_use]
    pub fn after(&self, kind: usize) -> u32 {
        self.before[kind] + self.in_plan[kind]
    }
}

/// The burdens of all agents, in their order.
#[must_use]
pub fn burdens(rostered: &Rostered) -> Vec<Burdens> {
    let workforce = &rostered.workforce;
    let mut shifts: Vec<Vec<&Shift>> = vec![Vec::new(); workforce.agents.len()];
    rostered.checked.roster().shifts.iter().for_each(|shift| shifts[shift.agent.0].push(shift));
    let hours = |agent: &Agent| workforce.rules_of(agent).max_week.as_hours();
    let full = workforce.agents.iter().map(hours).fold(1.0, f64::max);
    let rules = &workforce.burdens;
    let of_agent = |(at, agent): (usize, &Agent)| {
        let before = std::array::from_fn(|kind| agent.burdens_before.get(kind).copied().unwrap_or(0));
        let in_plan: [u32; 7] = BurdenKind::ALL.map(|kind| in_plan(rostered, agent, &shifts[at], kind));
        let points = |counts: &[u32; 7]| -> u32 {
            BurdenKind::ALL.iter().zip(counts).map(|(kind, count)| rules.points_of(*kind) * count).sum()
        };
        let all = points(&before) + points(&in_plan);
        let part = (hours(agent) / full).clamp(0.05, 1.0);
        Burdens { agent: AgentIx(at), before, in_plan, points: all, by_full_time: f64::from(all) / part }
    };
    workforce.agents.iter().enumerate().map(of_agent).collect()
}

/// Whether burdens have a price or were had before: then people look at how they lie.
#[must_use]
pub fn has_burdens(rostered: &Rostered) -> bool {
    let is_any = |agent: &Agent| !agent.burden.is_free() || agent.burdens_before.iter().any(|of| *of > 0);
    rostered.workforce.agents.iter().any(is_any)
}

/// The same where burdens have a price: the index, and the points of whoever has most.
#[must_use]
pub fn priced_equality(rostered: &Rostered) -> Option<(f64, f64)> {
    rostered.workforce.prices_burdens().then(|| {
        let (jain, most) = equality(&burdens(rostered));
        (jain, most.map_or(0.0, |most| most.by_full_time))
    })
}

/// Jain's index of the points after the plan, and the agent with most, those of full time.
#[must_use]
pub fn equality(burdens: &[Burdens]) -> (f64, Option<Burdens>) {
    let points: Vec<f64> = burdens.iter().map(|of| of.by_full_time).collect();
    let most =
        burdens.iter().copied().max_by(|a, b| a.by_full_time.total_cmp(&b.by_full_time).then(b.agent.cmp(&a.agent)));
    (jain(&points), most.filter(|most| most.points > 0))
}

/// How many of some shifts are a burden by their hours.
pub(super) fn times<'a>(workforce: &Workforce, kind: BurdenKind, shifts: impl Iterator<Item = &'a Shift>) -> u32 {
    let is = |shift: &&Shift| {
        let site = &workforce.sites[shift.site.0];
        let present: Vec<Span> = shift.present().collect();
        workforce.burdens.is(kind, &present, site.zone, &site.holidays)
    };
    u32::try_from(shifts.filter(is).count()).unwrap_or(u32::MAX)
}

fn in_plan(rostered: &Rostered, agent: &Agent, shifts: &[&Shift], kind: BurdenKind) -> u32 {
    let workforce = &rostered.workforce;
    let count = match kind {
        BurdenKind::RefusedWishes => {
            let present: Vec<Span> = shifts.iter().flat_map(|shift| shift.present()).collect();
            agent.wishes.iter().filter(|wish| wish.is_refused(&present)).count()
        }
        BurdenKind::ShortNotice => {
            let is_changed = |day: &&crate::domain::promise::PromisedDay| {
                let pieces = shifts.iter().find(|shift| shift.date == day.date).map_or(&[][..], |shift| &shift.pieces);
                day.is_short_notice && day.change(pieces).is_some_and(|change| change != DayChange::Breaks)
            };
            agent.promised.iter().filter(is_changed).count()
        }
        of_hours => return times(workforce, of_hours, shifts.iter().copied()),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}
