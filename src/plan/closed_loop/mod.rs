//! The loop between roster and simulation: plan, live through the plan, ask for more where goals are missed and for less where they
//! are more than kept, and plan again from where the roster stood.
//!
//! A roster is planned for pools of people ([`crate::staffing::price_pools`]). What moves from round to round is what each queue is to reach in
//! them ([`targets`]). All rounds meet the same contacts, so that rosters are compared and not luck; whether goals hold is for a last
//! simulation with other contacts to say.

mod targets;
pub(super) mod verdict;

use crate::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::roster::{Activity, Roster, Shift};
use crate::domain::service::Service;
use crate::domain::workforce::Workforce;
use crate::roster::{self, CheckedRoster, Proof, RosterParams, RosterProblem, Start};
use crate::simulate::SimulationParams;
use crate::staffing::{self, PoolOfPeople, PoolTargets};
use crate::workspace::Workspace;

use super::model::{Plan, Round};
use super::options::{PlanError, RunOptions};
use super::service::service;
use targets::Steering;
use verdict::Merit;

/// Replications of a round.
const REPLICATIONS: usize = 96;
/// Shares of the work of a whole search: of the first round, of the others, and of the last one, which goes on from the best.
const FIRST_EFFORT: f64 = 0.2;
const EFFORT: f64 = 0.1;
const LAST_EFFORT: f64 = 0.5;

/// A roster of the loop with what it was planned for.
pub(super) struct Looped {
    pub(super) checked: CheckedRoster,
    pub(super) proof: Proof,
    pub(super) rounds: Vec<Round>,
}

/// What all rounds share.
struct Loop<'a> {
    workspace: &'a Workspace,
    plan: &'a Plan,
    requirement: &'a Requirement,
    workforce: &'a Workforce,
    options: &'a RunOptions,
    progress: &'a dyn Progress,
}

/// A round: its roster, the service it gives, and where the search ended.
#[derive(Clone)]
struct Planned {
    checked: CheckedRoster,
    proof: Proof,
    service: Service,
    merit: Merit,
    end: Start,
    pools: Vec<PoolOfPeople>,
    targets: PoolTargets,
}

/// Plans for one round or more; the cheapest roster whose goals hold, or the one that comes nearest.
pub(super) fn run(
    workspace: &Workspace,
    plan: &Plan,
    (requirement, workforce): (&Requirement, &Workforce),
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<Looped, PlanError> {
    let of = Loop { workspace, plan, requirement, workforce, options, progress };
    let all = staffing::pools_of_people(plan.queues.len(), &workforce.groups);
    let mut targets = PoolTargets::of_goals(&plan.queues, requirement.grid.len());
    let mut asked = staffing::binding(&all, requirement, &plan.queues, &targets);
    let mut steering = Steering::new(&plan.queues);
    let of_asked = |asked: &[usize]| asked.iter().map(|&at| all[at].clone()).collect::<Vec<PoolOfPeople>>();
    let mut last = of.round(of_asked(&asked), &targets, None, FIRST_EFFORT)?;
    let mut rounds = vec![of.told(&last)];
    let mut best = last.clone();
    for _ in 1..options.rounds {
        of.add_missed(&mut asked, &all, &last);
        steering.steer(&mut targets, &plan.queues, &last.service, &plan.period);
        last = of.round(of_asked(&asked), &targets, Some(&last.end), EFFORT)?;
        rounds.push(of.told(&last));
        if last.merit.beats(&best.merit) {
            best = last.clone();
        }
    }
    let polished = of.round(best.pools.clone(), &best.targets, Some(&best.end), LAST_EFFORT)?;
    rounds.push(of.told(&polished));
    if !best.merit.beats(&polished.merit) {
        best = polished;
    }
    Ok(Looped { checked: best.checked, proof: best.proof, rounds })
}

impl Loop<'_> {
    /// Plans for pools at some targets, from where another search ended, and lives through the roster.
    fn round(
        &self,
        pools: Vec<PoolOfPeople>,
        targets: &PoolTargets,
        start: Option<&Start>,
        effort: f64,
    ) -> Result<Planned, PlanError> {
        self.progress.stage("roster");
        let (queues, requirement) = (&self.plan.queues, self.requirement);
        let free = CoverCurve::new(0.0, vec![CoverPiece { agents: f64::INFINITY, slope: 0.0 }]).unwrap_or_default();
        let cover = CoverPrice {
            grid: requirement.grid,
            // A queue by itself asks for nobody: its pools do.
            queues: vec![vec![free; requirement.grid.len()]; queues.len()],
            priorities: queues.iter().map(|queue| queue.priority).collect(),
            pools: staffing::price_pools(&pools, requirement, queues, targets, &self.workspace.cover),
        };
        let queue_ids: Vec<_> = queues.iter().map(|queue| queue.id.clone()).collect();
        let problem = RosterProblem {
            period: &self.plan.period,
            workforce: self.workforce,
            cover: &cover,
            unplanned_shrinkage: requirement.unplanned_shrinkage,
            queue_ids: &queue_ids,
        };
        let params = RosterParams { effort, ..self.options.search };
        let (solution, end) = roster::solve_from(&problem, start, &params, self.progress)?;
        self.progress.stage("simulate");
        let service = self.lived(&solution.roster.shifts)?;
        let checked = roster::check(&problem, solution.roster, solution.proof.bound).map_err(PlanError::Illegal)?;
        let merit = Merit::of(queues, &service, &checked);
        Ok(Planned { checked, proof: solution.proof, service, merit, end, pools, targets: targets.clone() })
    }

    fn lived(&self, shifts: &[Shift]) -> Result<Service, PlanError> {
        let seed = self.options.search.seed;
        let params = SimulationParams { replications: Some(REPLICATIONS), seed, ..SimulationParams::default() };
        service(self.workspace, self.plan, (self.requirement, self.workforce, shifts), &params, self.progress)
    }

    /// What a round came to, told on the way.
    fn told(&self, planned: &Planned) -> Round {
        let round = planned.round();
        let figures =
            [("hours", round.hours), ("labour", round.cost), ("missed", round.missed), ("thin", planned.merit.thin)];
        self.progress.measure("loop", &figures);
        round
    }

    /// The pools that a roster misses by most join those that are asked for.
    fn add_missed(&self, asked: &mut Vec<usize>, all: &[PoolOfPeople], planned: &Planned) {
        /// Pools that join in a round.
        const MORE: usize = 3;
        /// Heads missing as a share of those required, from which a pool joins.
        const MISSED: f64 = 0.003;
        let groups = all.first().map_or(0, PoolOfPeople::groups);
        let heads = heads_by_group(planned.checked.roster(), groups);
        let missed = |at: usize| {
            let required = all[at].required(self.requirement, &self.plan.queues, &planned.targets);
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
