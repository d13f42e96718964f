//! Whether a changed roster is legal and what it pays, as the checker says.

use crate::domain::cover::CoverPrice;
use crate::domain::ids::AgentIx;
use crate::domain::roster::{Bound, Roster, RosterCost, Shift};
use crate::domain::time::PlanPeriod;
use crate::domain::units::{Money, Share};
use crate::domain::workforce::Workforce;
use crate::roster::{self, RosterProblem};

/// A shift of somebody that takes the place of another of the same person, or of none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exchange<'a> {
    pub(super) instead: Option<&'a Shift>,
    pub(super) shift: &'a Shift,
}

impl Exchange<'_> {
    /// Some shifts with it made, each in its place and a shift more at the end: whoever was there is the same one as before.
    pub(super) fn made(&self, shifts: &[Shift]) -> Vec<Shift> {
        let is_replaced = |shift: &Shift| self.instead.is_some_and(|instead| instead.id == shift.id);
        let each = |shift: &Shift| if is_replaced(shift) { self.shift.clone() } else { shift.clone() };
        let more = self.instead.is_none().then(|| self.shift.clone());
        shifts.iter().map(each).chain(more).collect()
    }
}

/// A roster that the checker is asked about.
pub(super) struct Judge<'a> {
    period: &'a PlanPeriod,
    workforce: &'a Workforce,
    shifts: &'a [Shift],
    by_agent: Vec<Vec<Shift>>,
    cover: CoverPrice,
}

impl<'a> Judge<'a> {
    pub(super) fn new(period: &'a PlanPeriod, workforce: &'a Workforce, shifts: &'a [Shift]) -> Self {
        let mut by_agent = vec![Vec::new(); workforce.agents.len()];
        for shift in shifts {
            by_agent[shift.agent.0].push(shift.clone());
        }
        Self { period, workforce, shifts, by_agent, cover: CoverPrice::of_no_queue(period.grid()) }
    }

    /// The shifts of an agent.
    pub(super) fn shifts_of(&self, agent: AgentIx) -> &[Shift] {
        &self.by_agent[agent.0]
    }

    /// What an agent is paid more with a shift exchanged; none where that agent's roster would be illegal or refuse a wish that it keeps.
    pub(super) fn more_pay(&self, exchange: Exchange<'_>) -> Option<Money> {
        let agent = exchange.shift.agent;
        let (before, after) = (&self.by_agent[agent.0], exchange.made(&self.by_agent[agent.0]));
        let alone = self.workforce.of_one(agent);
        let as_first = |shifts: &[Shift]| -> Vec<Shift> {
            shifts.iter().map(|shift| Shift { agent: AgentIx(0), ..shift.clone() }).collect()
        };
        let after = self.cost(&alone, as_first(&after))?;
        let before = self.cost(&alone, as_first(before))?;
        (after.preference <= before.preference).then(|| after.labour() - before.labour())
    }

    /// What the whole roster pays more with a shift exchanged; none where it would be illegal, refuse a wish that it keeps, or lack heads that
    /// are wanted apart from queues.
    pub(super) fn more_pay_of_all(&self, exchange: Exchange<'_>) -> Option<Money> {
        let mut workforce = self.workforce.clone();
        workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
        let after = self.cost(&workforce, exchange.made(self.shifts))?;
        let before = self.cost(&workforce, self.shifts.to_vec())?;
        let is_as_good = after.preference <= before.preference && after.headcount <= before.headcount;
        is_as_good.then(|| after.labour() - before.labour())
    }

    /// What shifts cost; none where they are illegal. What people are needed for is left out: they are asked about as people of no queue.
    fn cost(&self, workforce: &Workforce, mut shifts: Vec<Shift>) -> Option<RosterCost> {
        shifts.sort_by_key(|shift| (shift.agent, shift.span().from));
        let problem = RosterProblem {
            period: self.period,
            workforce,
            cover: &self.cover,
            unplanned_shrinkage: Share::NONE,
            queue_ids: &[],
        };
        let roster = Roster { grid: self.cover.grid, shifts, flows: vec![Vec::new(); self.cover.grid.len()] };
        roster::check(&problem, roster, Bound::NOTHING).ok().map(|checked| checked.cost())
    }
}
