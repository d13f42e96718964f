//! What a finished roster costs, in exact money.
//!
//! Wages and premiums are the sums of their payroll rows. Cover costs `curve(n)` per queue or pool and interval,
//! rounded once each: below the requirement it is the price of being short, above it the price of being over; where the cover's grid goes on
//! beyond the plan's days, either is that of the hours after its end. A refused wish costs
//! its price once. Headcounts cost what [`super::headcounts`] counted.

use crate::domain::activity::OwedSessions;
use crate::domain::headcount::HeadcountResult;
use crate::domain::ids::AgentIx;
use crate::domain::roster::{Activity, PayClass, PayLine, Piece, Roster, RosterCost, Shift};
use crate::domain::span::Span;
use crate::domain::time::start_of_day;
use crate::domain::units::Money;
use crate::domain::workforce::{Agent, Workforce};
use crate::roster::account::coverage::{heads_in_pools, heads_of_speed_one};
use crate::roster::account::payroll;
use crate::roster::problem::RosterProblem;

pub(crate) fn cost(
    problem: &RosterProblem<'_>,
    roster: &Roster,
    pay: &[PayLine],
    headcounts: &[HeadcountResult],
) -> RosterCost {
    let (wages, premiums): (Vec<&PayLine>, Vec<&PayLine>) = pay.iter().partition(|line| line.class == PayClass::Base);
    let total = |lines: Vec<&PayLine>| lines.into_iter().map(|line| line.amount).sum();
    let [short, over, after_end] = cost_of_cover(problem, roster);
    RosterCost {
        wages: total(wages),
        premiums: total(premiums),
        short,
        over,
        after_end,
        preference: of_all(problem, roster, of_refused_wishes),
        fairness: of_all(problem, roster, |agent, shifts| of_burdens(problem.workforce, agent, shifts)),
        changes: of_all(problem, roster, of_changes),
        unplaced: of_all(problem, roster, |agent, shifts| of_unplaced_sessions(problem.workforce, agent, shifts)),
        headcount: headcounts.iter().map(|result| result.cost).sum(),
    }
}

/// Below the requirement and above it in the plan's days, and both after their end.
fn cost_of_cover(problem: &RosterProblem<'_>, roster: &Roster) -> [Money; 3] {
    let [mut short, mut over, mut after_end] = [Money::ZERO; 3];
    let end = problem.period.grid().len();
    let heads = heads_of_speed_one(roster, problem.workforce, problem.queue_ids.len());
    let pooled = heads_in_pools(roster, problem.cover);
    let pools = problem.cover.pools.iter().map(|pool| &pool.curves).zip(&pooled);
    for (curves, heads) in problem.cover.queues.iter().zip(&heads).chain(pools) {
        for (t, (curve, n)) in curves.iter().zip(heads).enumerate() {
            let in_plan = if *n < curve.required() { &mut short } else { &mut over };
            let side = if t < end { in_plan } else { &mut after_end };
            *side += Money::rounded(curve.cost(*n));
        }
    }
    [short, over, after_end]
}

/// What the shifts of one agent cost, legal or not: pay, and the prices that are the agent's own.
pub(crate) fn cost_of_line(workforce: &Workforce, agent: AgentIx, shifts: &[&Shift]) -> RosterCost {
    let pay: Vec<PayLine> = shifts.iter().flat_map(|shift| payroll::lines(shift, workforce)).collect();
    let (wages, premiums): (Vec<&PayLine>, Vec<&PayLine>) = pay.iter().partition(|line| line.class == PayClass::Base);
    let total = |lines: Vec<&PayLine>| lines.into_iter().map(|line| line.amount).sum();
    let of = &workforce.agents[agent.0];
    RosterCost {
        wages: total(wages),
        premiums: total(premiums),
        preference: of_refused_wishes(of, shifts),
        fairness: of_burdens(workforce, of, shifts),
        changes: of_changes(of, shifts),
        unplaced: of_unplaced_sessions(workforce, of, shifts),
        ..RosterCost::default()
    }
}

/// The sum over all agents of a price that is their own.
fn of_all(problem: &RosterProblem<'_>, roster: &Roster, price: impl Fn(&Agent, &[&Shift]) -> Money) -> Money {
    let mut lines: Vec<Vec<&Shift>> = vec![Vec::new(); problem.workforce.agents.len()];
    roster.shifts.iter().for_each(|shift| lines[shift.agent.0].push(shift));
    problem.workforce.agents.iter().zip(&lines).map(|(agent, shifts)| price(agent, shifts)).sum()
}

fn of_refused_wishes(agent: &Agent, shifts: &[&Shift]) -> Money {
    if agent.wishes.is_empty() {
        return Money::ZERO;
    }
    let spans: Vec<Span> = shifts.iter().flat_map(|shift| shift.present()).collect();
    agent.wishes.iter().filter(|wish| wish.is_refused(&spans)).map(|wish| wish.price).sum()
}

/// Burdens by the hours of shifts.
fn of_burdens(workforce: &Workforce, agent: &Agent, shifts: &[&Shift]) -> Money {
    if agent.burden.is_free() {
        return Money::ZERO;
    }
    let points = shifts.iter().map(|shift| {
        let site = &workforce.sites[shift.site.0];
        let present: Vec<Span> = shift.present().collect();
        workforce.burdens.of_shift(&present, site.zone, &site.holidays)
    });
    agent.burden.of(points.sum())
}

/// Days that are not as the agent has been told.
fn of_changes(agent: &Agent, shifts: &[&Shift]) -> Money {
    let pieces = |date| shifts.iter().find(|shift| shift.date == date).map_or(&[][..], |shift| &shift.pieces);
    agent.promised.iter().map(|day| day.price(pieces(day.date))).sum()
}

/// Sessions that are owed and that no shift of their days holds.
fn of_unplaced_sessions(workforce: &Workforce, agent: &Agent, shifts: &[&Shift]) -> Money {
    let zone = workforce.site_of(agent).zone;
    let price = |owed: &OwedSessions| {
        let is_within = |shift: &&&Shift| owed.holds(start_of_day(shift.date, zone));
        let pieces = shifts.iter().filter(is_within).flat_map(|shift| &shift.pieces);
        let is_one = |piece: &&Piece| matches!(piece.activity, Activity::Session { of, .. } if of == owed.activity);
        owed.unplaced(u32::try_from(pieces.filter(is_one).count()).unwrap_or(u32::MAX))
    };
    agent.owed.iter().map(price).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{GroupIx, QueueIx};
    use crate::domain::roster::Flow;
    use crate::domain::workforce::{Wish, WishKind};
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    #[test]
    fn short_and_over_are_priced_per_interval() {
        let mut instance = TinyInstance::new(lenient());
        // Monday 8:00 asks for 2 and gets 1: one short at 60. 9:00 asks for 0.5 and gets 1: half a head over at 4.
        instance.require("mon 08:00", 2.0);
        instance.require("mon 09:00", 0.5);
        let mut roster = instance.roster(&["mon 08:00 ww"]);
        for at in ["mon 08:00", "mon 09:00"] {
            let interval = roster.grid.index_of(instance.at(at)).expect("within the plan");
            roster.flows[interval] = vec![Flow { group: GroupIx(0), queue: QueueIx(0), agents: 1.0 }];
        }
        let cost = cost(&instance.problem(), &roster, &[], &[]);
        assert_eq!((cost.short, cost.over), (Money::rounded(60.0), Money::rounded(2.0)));
    }

    #[test]
    fn a_refused_wish_is_due_once() {
        let mut instance = TinyInstance::new(lenient());
        let wish = |kind, from, until, price| Wish {
            span: Span { from: instance.at(from), until: instance.at(until) },
            kind,
            price: Money::rounded(price),
        };
        let wishes = vec![
            wish(WishKind::Off, "mon 00:00", "wed 00:00", 1.0), // two shifts overlap it: refused once
            wish(WishKind::Off, "wed 00:00", "thu 00:00", 2.0), // the shift of Tuesday ends as it starts: kept
            wish(WishKind::Work, "tue 23:00", "wed 12:00", 4.0), // kept
            wish(WishKind::Work, "fri 00:00", "sat 00:00", 8.0), // no shift: refused
        ];
        instance.workforce.agents[0].wishes = wishes;
        let roster = instance.roster(&["mon 08:00 wwww", "tue 20:00 wwww"]);
        assert_eq!(cost(&instance.problem(), &roster, &[], &[]).preference, Money::rounded(9.0));
    }
}
