//! Everybody who could take a shift: legal or not, at which price, and what customers would notice. Legal ones first, the cheapest first.

use chrono::NaiveDate;
use rayon::prelude::*;
use tr::tr;

use super::desk::{Desk, NewLine};
use super::price::PriceOfTrade;
use super::standing::StandingRoster;
use super::taken::taken_by;
use crate::domain::fairness::BurdenKind;
use crate::domain::ids::{AgentIx, QueueIx, ShiftId};
use crate::domain::roster::Shift;
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::units::Minutes;
use crate::plan::ledger::times;
use crate::roster::ChangeScratch;

/// Who could take a shift.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// The shift, as its own agent works it.
    pub shift: Shift,
    /// Everybody else, the first to be asked first.
    pub ranked: Vec<Candidate>,
}

/// Somebody who could take a shift, or why not.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Who.
    pub agent: AgentIx,
    /// The shift of that day that would fall away.
    pub instead: Option<ShiftId>,
    /// Rules that would be broken; none where it is legal.
    pub broken: Vec<Violation>,
    /// What it costs more than that the shift's own agent works it; pay and prices of this person alone.
    pub price: PriceOfTrade,
    /// Queues for which hours of heads would be missing more, and how many.
    pub missing: Vec<(QueueIx, f64)>,
    /// Queues of the shift that this person cannot take.
    pub lacks: Vec<QueueIx>,
    /// Paid time in the week of the shift, with it.
    pub in_week: Minutes,
    /// Points of burdens by the hours of shifts, plans before and the shift included.
    pub points: u32,
    /// How often each of [`BurdenKind::OF_HOURS`], counted as the points.
    pub burdens: [u32; 5],
}

/// Everybody who could take a shift, ranked; none where no shift has that name.
#[must_use]
pub fn candidates(standing: &StandingRoster, shift: &ShiftId) -> Option<Candidates> {
    let shift = standing.shifts.iter().find(|of| of.id == *shift)?;
    let desk = Desk::new(standing);
    let groups = &standing.workforce.groups;
    let agents = || (0..standing.workforce.agents.len()).map(AgentIx).filter(|agent| *agent != shift.agent);
    let of_group =
        |group: usize| agents().filter(|agent| standing.workforce.agents[agent.0].group.0 == group).collect();
    // People of one skill group move the same heads: what cover costs with one of them is remembered for the others.
    let by_group: Vec<Vec<AgentIx>> = (0..groups.len()).map(of_group).collect();
    let ranked = by_group.par_iter().flat_map_iter(|agents| {
        let mut scratch = ChangeScratch::default();
        agents.iter().map(|agent| candidate(&desk, shift, *agent, &mut scratch)).collect::<Vec<_>>()
    });
    let mut ranked: Vec<Candidate> = ranked.collect();
    ranked.sort_by_key(|of| (!of.broken.is_empty(), of.price.total(), of.agent));
    Some(Candidates { shift: shift.clone(), ranked })
}

fn candidate(desk: &Desk<'_>, shift: &Shift, agent: AgentIx, scratch: &mut ChangeScratch) -> Candidate {
    let standing = desk.of;
    let workforce = &standing.workforce;
    let mut taken = taken_by(workforce, &standing.period, shift, agent);
    let instead = desk.shift_on(agent, taken.date).map(|own| own.id.clone());
    if let Some(own) = &instead {
        taken.id = own.clone();
    }
    let kept = desk.lines[agent.0].iter().filter(|own| own.date != taken.date).cloned();
    let mut line: Vec<Shift> = kept.chain([taken.clone()]).collect();
    line.sort_by_key(|of| of.span().from);
    let without = desk.lines[shift.agent.0].iter().filter(|own| own.id != shift.id).cloned().collect();
    let lines: [NewLine; 2] = [(agent, line), (shift.agent, without)];
    // The one who should work the shift is asked nothing: neither law nor price of those hours is this person's.
    let mut broken = desk.broken_by_first(&lines, 1);
    broken.extend(desk.shift_on(agent, taken.date).and_then(|own| same_hours(desk, own, &taken)));
    let (service, missing) = desk.service(&lines, scratch);
    let price = PriceOfTrade { service, ..desk.price_of_lines(&lines[..1], workforce) };
    let line = &lines[0].1;
    let rules = &workforce.burdens;
    let burdens = BurdenKind::OF_HOURS.map(|kind| had(desk, agent, kind) + times(workforce, kind, line.iter()));
    Candidate {
        agent,
        instead,
        broken,
        price,
        missing,
        lacks: standing.lacks(shift, agent),
        in_week: paid_in_week(standing, line, taken.date),
        points: BurdenKind::OF_HOURS.iter().zip(burdens).map(|(kind, count)| rules.points_of(*kind) * count).sum(),
        burdens,
    }
}

/// Who works the very hours already has no room for a second shift, and none of the first to give for it.
fn same_hours(desk: &Desk<'_>, own: &Shift, taken: &Shift) -> Option<Violation> {
    own.present().eq(taken.present()).then(|| Violation {
        rule: Rule::OneShiftPerDay,
        who: desk.workforce.agents[own.agent.0].id.to_string(),
        date: Some(own.date),
        by: Excess::Days(1),
        detail: tr!("works these hours already"),
    })
}

/// How often an agent had a burden before the plan.
fn had(desk: &Desk<'_>, agent: AgentIx, kind: BurdenKind) -> u32 {
    let place = BurdenKind::ALL.iter().position(|of| *of == kind);
    let before = &desk.workforce.agents[agent.0].burdens_before;
    place.and_then(|place| before.get(place)).copied().unwrap_or(0)
}

/// Paid time of the shifts in the rule week of a date.
fn paid_in_week(standing: &StandingRoster, line: &[Shift], date: NaiveDate) -> Minutes {
    let week = |date: NaiveDate| (date - standing.period.start).num_days().div_euclid(7);
    line.iter().filter(|shift| week(shift.date) == week(date)).map(Shift::paid).sum()
}
