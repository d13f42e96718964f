//! One round: a roster for pools at some targets, lived through.

use std::cell::RefCell;
use std::rc::Rc;

use crate::domain::alternative::Alternative;
use crate::domain::cover::{CoverCurve, CoverPrice};
use crate::domain::ids::QueueId;
use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::roster::{Activity, Bound, Roster, Shift};
use crate::domain::rule::Rule;
use crate::domain::series::Series;
use crate::domain::service::Service;
use crate::domain::workforce::Workforce;
use crate::plan::alternatives::{Ended, alternatives};
use crate::plan::model::{Plan, PoolCoverage, Round};
use crate::plan::options::{PlanError, RunOptions};
use crate::plan::promised::Promised;
use crate::plan::service::service;
use crate::plan::shift_names::keep_names;
use crate::roster::{self, CheckedRoster, Proof, RosterParams, RosterProblem, Solution, Start};
use crate::simulate::SimulationParams;
use crate::staffing::{self, PoolOfPeople, PoolTargets};
use crate::workspace::Workspace;

use super::verdict::Merit;

/// What a round is called where it is told.
const ROUND: &str = "round";
/// Replications of a round; and of the other contacts on which a roster is tried again whose goals hold, for those of the rounds it has been fitted
/// to: how many, and the seed beyond that of the rounds.
const REPLICATIONS: usize = 96;
const TRIED_AGAIN: usize = 256;
const OTHER_SEED: u64 = 7_919;

/// Searches among which a limit of time is shared where a roster is planned again, which is the only loop that has one.
const SEARCHES_AGAIN: u32 = 3;

/// How hard a round searches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Share of the work of a whole search.
    pub(super) share: f64,
    /// Whether it looks for a bound.
    pub(super) proves: bool,
}

/// What all rounds share.
pub(super) struct Loop<'a> {
    workspace: &'a Workspace,
    pub(super) plan: &'a Plan,
    /// What the plan's days require, and the same with the hours after its end.
    requirement: &'a Requirement,
    asked: &'a Requirement,
    workforce: &'a Workforce,
    /// The same with times for the sessions that people attend together, once they are settled.
    settled: Option<Workforce>,
    /// The shifts that people were told, if a plan is made again.
    promised: Option<&'a [Shift]>,
    options: &'a RunOptions,
    progress: &'a dyn Progress,
    queue_ids: Vec<QueueId>,
    priced: RefCell<Option<Priced>>,
}

/// What cover costs for some pools at some targets.
struct Priced {
    pools: Vec<PoolOfPeople>,
    targets: PoolTargets,
    cover: Rc<CoverPrice>,
}

/// A round: its roster, the service it gives, and where the search ended.
#[derive(Clone)]
pub(super) struct Planned {
    pub(super) checked: CheckedRoster,
    pub(super) proof: Proof,
    pub(super) service: Service,
    pub(super) merit: Merit,
    pub(super) end: Start,
    pub(super) pools: Vec<PoolOfPeople>,
    pub(super) targets: PoolTargets,
}

impl<'a> Loop<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        plan: &'a Plan,
        (requirement, asked, workforce): (&'a Requirement, &'a Requirement, &'a Workforce),
        promised: Option<&'a Promised>,
        options: &'a RunOptions,
        progress: &'a dyn Progress,
    ) -> Self {
        let queue_ids = plan.queues.iter().map(|queue| queue.id.clone()).collect();
        let settled = promised.and_then(|promised| promised.settled.clone());
        let promised = promised.map(|promised| &promised.shifts[..]);
        let priced = RefCell::new(None);
        Self { workspace, plan, requirement, asked, workforce, settled, promised, options, progress, queue_ids, priced }
    }

    /// Plans for pools at some targets, from where another search ended, and lives through the roster.
    pub(super) fn round(
        &self,
        pools: Vec<PoolOfPeople>,
        targets: &PoolTargets,
        start: Option<&Start>,
        effort: Effort,
    ) -> Result<Planned, PlanError> {
        self.progress.stage("roster");
        let cover = self.cover(&pools, targets);
        let problem = self.problem(&cover);
        let time_limit = self.options.search.time_limit.map(|limit| limit / SEARCHES_AGAIN);
        let params = RosterParams { effort: effort.share, proves: effort.proves, time_limit, ..self.options.search };
        let workforce = self.settled.as_ref().unwrap_or(self.workforce);
        let to_solve = RosterProblem { workforce, ..problem };
        let (Solution { roster, mut proof }, end) = roster::solve_from(&to_solve, start, &params, self.progress)?;
        if let Some(settled) = &self.settled {
            let free = roster::at_any_time(settled, self.workforce);
            let at_any_time = RosterProblem { workforce: &free, ..problem };
            let objective = roster::bound_with_prices(&at_any_time, &end).unwrap_or(Bound::NOTHING.objective);
            proof.bound.objective = objective;
            proof.relaxed.push(Rule::GroupSessions);
        }
        let mut roster = roster::whole_sessions(&problem, roster, self.settled.is_some());
        keep_names(&mut roster.shifts, self.promised.unwrap_or_default());
        self.progress.stage("simulate");
        let lived = self.lived(&roster.shifts, 0, REPLICATIONS)?;
        let checked = roster::check(&problem, roster, proof.bound).map_err(PlanError::Illegal)?;
        let merit = |service: &Service| Merit::of(&self.plan.queues, service, &checked, &self.workspace.cover);
        let service =
            if merit(&lived).holds() { self.lived(&checked.roster().shifts, OTHER_SEED, TRIED_AGAIN)? } else { lived };
        let merit = merit(&service);
        Ok(Planned { checked, proof, service, merit, end, pools, targets: targets.clone() })
    }

    /// The shifts that were promised as the beginning of a search.
    pub(super) fn start_at(
        &self,
        pools: &[PoolOfPeople],
        targets: &PoolTargets,
        shifts: &[Shift],
    ) -> Result<Start, PlanError> {
        let cover = self.cover(pools, targets);
        let workforce = self.settled.as_ref().unwrap_or(self.workforce);
        Ok(roster::start_at(&RosterProblem { workforce, ..self.problem(&cover) }, shifts)?)
    }

    /// Settles the times of sessions that people attend together as they suit a round's roster, if there are any; whether it did.
    pub(super) fn settle(&mut self, planned: &Planned) -> bool {
        if self.settled.is_some() || !roster::needs_settling(self.workforce) {
            return false;
        }
        let cover = self.cover(&planned.pools, &planned.targets);
        self.settled = Some(roster::settled(&self.problem(&cover), &planned.end));
        true
    }

    /// The verdict on a round's roster beside a bound that was proved for the same targets.
    pub(super) fn checked_with(&self, planned: &Planned, proof: &Proof) -> Result<CheckedRoster, PlanError> {
        let cover = self.cover(&planned.pools, &planned.targets);
        let roster = planned.checked.roster().clone();
        roster::check(&self.problem(&cover), roster, proof.bound).map_err(PlanError::Illegal)
    }

    /// What a round's roster would cost if one thing were otherwise, at the prices of the last search for the same targets; nothing where nobody
    /// asks.
    pub(super) fn alternatives(
        &self,
        planned: &Planned,
        checked: &CheckedRoster,
        last: &Start,
    ) -> Result<Vec<Alternative>, PlanError> {
        if !self.options.explains {
            return Ok(Vec::new());
        }
        let cover = self.cover(&planned.pools, &planned.targets);
        let ended = Ended { at: planned.end.clone().with_prices_of(last), settled: self.settled.clone() };
        alternatives(&self.problem(&cover), checked, &ended, self.options.search.seed, self.progress)
    }

    /// What a round's pools ask for, and who is there.
    pub(super) fn covered(&self, planned: &Planned) -> Vec<PoolCoverage> {
        let (grid, own, queues) = (self.asked.grid, self.requirement.grid, &self.plan.queues);
        let groups = self.workforce.groups.len();
        let heads = heads_by_group(planned.checked.roster(), groups);
        let of = |pool: &PoolOfPeople| PoolCoverage {
            queues: pool.queues(),
            required: Series::new(grid, pool.required(self.asked, queues, &planned.targets)).first(own),
            rostered: Series::new(grid, heads.iter().map(|heads| pool.worth(heads))).first(own),
        };
        planned.pools.iter().map(of).collect()
    }

    /// What cover costs where pools are asked for: a queue by itself asks for nobody. The last one is kept, for it takes as long as a short search and
    /// is asked for before a round and after it.
    fn cover(&self, pools: &[PoolOfPeople], targets: &PoolTargets) -> Rc<CoverPrice> {
        let known = self.priced.take().filter(|known| known.pools == pools && known.targets == *targets);
        let known = known.unwrap_or_else(|| Priced {
            pools: pools.to_vec(),
            targets: targets.clone(),
            cover: Rc::new(self.cover_anew(pools, targets)),
        });
        let cover = Rc::clone(&known.cover);
        self.priced.replace(Some(known));
        cover
    }

    fn cover_anew(&self, pools: &[PoolOfPeople], targets: &PoolTargets) -> CoverPrice {
        let (queues, requirement) = (&self.plan.queues, self.asked);
        CoverPrice {
            grid: requirement.grid,
            queues: vec![vec![CoverCurve::free(); requirement.grid.len()]; queues.len()],
            priorities: queues.iter().map(|queue| queue.priority).collect(),
            pools: staffing::price_pools(pools, requirement, queues, targets, &self.workspace.cover),
        }
    }

    fn problem<'b>(&'b self, cover: &'b CoverPrice) -> RosterProblem<'b> {
        RosterProblem {
            period: &self.plan.period,
            workforce: self.workforce,
            cover,
            unplanned_shrinkage: self.asked.unplanned_shrinkage,
            queue_ids: &self.queue_ids,
        }
    }

    fn lived(&self, shifts: &[Shift], beyond: u64, replications: usize) -> Result<Service, PlanError> {
        let seed = self.options.search.seed.wrapping_add(beyond);
        let params = SimulationParams { replications: Some(replications), seed, ..SimulationParams::default() };
        service(self.workspace, self.plan, (self.requirement, self.workforce, shifts), &params, self.progress)
    }

    /// What a round came to, told on the way.
    pub(super) fn told(&self, planned: &Planned) -> Round {
        let round = planned.round();
        let figures =
            [("hours", round.hours), ("labour", round.cost), ("missed", round.missed), ("thin", planned.merit.thin)];
        self.progress.measure(ROUND, &figures);
        round
    }

    /// The pools that a roster misses by most join those that are asked for.
    pub(super) fn add_missed(&self, asked: &mut Vec<usize>, all: &[PoolOfPeople], planned: &Planned) {
        /// Pools that join in a round.
        const MORE: usize = 3;
        /// Heads missing as a share of those required, from which a pool joins.
        const MISSED: f64 = 0.003;
        let groups = self.workforce.groups.len();
        let heads = heads_by_group(planned.checked.roster(), groups);
        let missed = |at: usize| {
            let required = all[at].required(self.asked, &self.plan.queues, &planned.targets);
            let short = |(required, heads): (&f64, &Vec<f64>)| (required - all[at].worth(heads)).max(0.0);
            required.iter().zip(&heads).map(short).sum::<f64>() / required.iter().sum::<f64>().max(1.0)
        };
        let others = (0..all.len()).filter(|at| !asked.contains(at)).map(|at| (missed(at), at));
        let mut missed: Vec<(f64, usize)> = others.filter(|(share, _)| *share > MISSED).collect();
        missed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        asked.extend(missed.into_iter().take(MORE).map(|(_, at)| at));
    }
}

impl Planned {
    fn round(&self) -> Round {
        let shares = self.service.queues.iter().map(|of| of.plan.in_time.map_or(1.0, |share| share.share)).collect();
        Round {
            hours: hours_at_work(self.checked.roster()),
            cost: self.checked.cost().labour().as_f64(),
            missed: self.merit.missed,
            shares,
        }
    }
}

/// Heads of every group at work in each interval.
fn heads_by_group(roster: &Roster, groups: usize) -> Vec<Vec<f64>> {
    let mut heads = vec![vec![0.0; groups]; roster.flows.len()];
    for (heads, flows) in heads.iter_mut().zip(&roster.flows) {
        for flow in flows {
            heads[flow.group.0] += flow.agents;
        }
    }
    heads
}

fn hours_at_work(roster: &Roster) -> f64 {
    let pieces = roster.shifts.iter().flat_map(|shift| &shift.pieces);
    let at_work = pieces.filter(|piece| piece.activity == Activity::Work);
    at_work.map(|piece| piece.span.length().as_hours()).sum()
}
