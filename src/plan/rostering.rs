//! The roster stage: people as of the run, a roster made or taken as given, and the checker's verdict.

use std::path::PathBuf;

use crate::domain::conflict::Deadlock;
use crate::domain::cover::CoverPrice;
use crate::domain::coverage::Coverage;
use crate::domain::ids::QueueId;
use crate::domain::problem::Problems;
use crate::domain::progress::Progress;
use crate::domain::requirement::Requirement;
use crate::domain::roster::{Bound, Shift};
use crate::domain::rule::{Rule, Violation};
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::{Minutes, Share};
use crate::domain::warning::Warning;
use crate::domain::workforce::Workforce;
use crate::roster::{Proof, RosterParams, RosterProblem, Solution};
use crate::workspace::{EarlierRoster, GivenRoster, Workspace};
use crate::{roster, staffing};

use super::after_end::{after_end, with_hours_after};
use super::alternatives::{Ended, alternatives};
use super::ceilings::refuse_far_too_few_people;
use super::closed_loop::{self, Looped};
use super::model::{Plan, Rostered};
use super::options::{PlanError, RunOptions};
use super::promised::{Promised, promise};
use super::shift_names::keep_names;
use super::told_hours;

/// The workforce as of a run, with what carries over from the rosters before the plan, and these.
///
/// # Errors
/// Every row that cannot be used.
pub fn people(
    workspace: &Workspace,
    period: &PlanPeriod,
    as_of: Instant,
    after: &[PathBuf],
) -> Result<(Workforce, Option<EarlierRoster>), Problems> {
    let mut workforce = workspace.workforce(period, as_of)?;
    let earlier = workspace.earlier_roster(after)?;
    if let Some(earlier) = &earlier {
        workspace.carry_over(earlier, &mut workforce, period, as_of)?;
    }
    Ok((workforce, earlier))
}

/// The conflicts that leave people without a legal line, whatever they are needed for.
#[must_use]
pub fn conflicts(period: &PlanPeriod, workforce: &Workforce) -> Deadlock {
    let cover = CoverPrice::of_no_queue(period.grid());
    roster::conflicts_of_agents(&of_no_queue(period, workforce, &cover))
}

/// The rules that a roster breaks, whatever its people are needed for.
#[must_use]
pub fn violations(period: &PlanPeriod, workforce: &Workforce, shifts: &[Shift]) -> Vec<Violation> {
    let mut workforce = workforce.clone();
    told_hours::allow(&mut workforce, shifts, period);
    workforce.groups.iter_mut().for_each(|group| group.abilities.clear());
    let cover = CoverPrice::of_no_queue(period.grid());
    let problem = of_no_queue(period, &workforce, &cover);
    roster::violations(&problem, &roster::share(&problem, shifts.to_vec()))
}

/// A problem of rules alone.
fn of_no_queue<'a>(period: &'a PlanPeriod, workforce: &'a Workforce, cover: &'a CoverPrice) -> RosterProblem<'a> {
    RosterProblem { period, workforce, cover, unplanned_shrinkage: Share::NONE, queue_ids: &[] }
}

/// The workforce as of the run, the roster for it, the checker's verdict, and what to know of the days before the plan.
pub(super) fn make_roster(
    workspace: &Workspace,
    plan: &Plan,
    requirement: &Requirement,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<(Rostered, Vec<Warning>), PlanError> {
    progress.stage("roster");
    let (mut workforce, earlier) = people(workspace, &plan.period, plan.as_of, &options.after)?;
    let mut told = Vec::new();
    let promised = options.promised.as_ref().map(|file| workspace.published_from(file, &workforce, &plan.period));
    let promised = promised.transpose()?;
    if let Some(given) = &promised {
        told.extend(given.warnings.iter().cloned().map(Warning::Input));
        promise(&mut workforce, &given.shifts, &plan.period, plan.as_of, &workspace.price_of_change);
    }
    let promised = promised.map(|given| Promised::new(&workforce, given.shifts));
    let given =
        options.roster.as_ref().map(|file| workspace.roster_from(file, &workforce, &plan.period)).transpose()?;
    if let Some(given) = &given {
        told_hours::allow(&mut workforce, &given.shifts, &plan.period);
    }
    refuse_far_too_few_people(plan, requirement, &workforce, options)?;
    let mut warnings = days_before(workspace, earlier.as_ref(), &plan.period);
    warnings.extend(told);
    let asked = with_hours_after(workspace, plan, (requirement, &workforce), options, progress)?;
    let looped = match options.roster {
        None if options.rounds() > 0 => Some(closed_loop::run(
            workspace,
            plan,
            (requirement, &asked, &workforce),
            promised.as_ref(),
            options,
            progress,
        )?),
        _ => None,
    };
    let cover = staffing::price_cover(&asked, &plan.queues, &workspace.cover);
    let queue_ids: Vec<QueueId> = plan.queues.iter().map(|queue| queue.id.clone()).collect();
    let problem = RosterProblem {
        period: &plan.period,
        workforce: &workforce,
        cover: &cover,
        unplanned_shrinkage: requirement.unplanned_shrinkage,
        queue_ids: &queue_ids,
    };
    if let Some(Looped { checked, proof, rounds, pools, alternatives }) = looped {
        // Planned for pools, shown queue by queue: as if the heads at work were shared for what each queue requires by itself.
        let shared = roster::share(&problem, checked.roster().shifts.clone());
        let by_queue = roster::check(&problem, shared, Bound::NOTHING).map_err(PlanError::Illegal)?;
        let coverage = with_service(by_queue.coverage(), &asked, plan);
        let Proof { relaxed, work, .. } = proof;
        let after_end = after_end(&plan.period, by_queue.coverage(), &checked);
        let rostered = Rostered { workforce, checked, coverage, after_end, relaxed, work, rounds, pools, alternatives };
        return Ok((rostered, warnings));
    }
    let (Solution { roster, proof }, end) = if let Some(given) = given {
        let (solution, told) = take_roster(&problem, given, options, progress)?;
        warnings.extend(told);
        (solution, None)
    } else {
        let (solution, end) = solved(&problem, promised.as_ref(), options, progress)?;
        (solution, Some(end))
    };

    progress.stage("check");
    let checked = roster::check(&problem, roster, proof.bound).map_err(PlanError::Illegal)?;
    let coverage = with_service(checked.coverage(), &asked, plan);
    let Proof { relaxed, work, .. } = proof;
    let (rounds, pools) = (Vec::new(), Vec::new());
    let after_end = after_end(&plan.period, checked.coverage(), &checked);
    let alternatives = match end.filter(|_| options.explains) {
        Some(end) => alternatives(&problem, &checked, &end, options.search.seed, progress)?,
        None => Vec::new(),
    };
    let rostered = Rostered { workforce, checked, coverage, after_end, relaxed, work, rounds, pools, alternatives };
    Ok((rostered, warnings))
}

/// A roster made in one search, for times of the sessions that people attend together as they suit a quick one.
fn solved(
    problem: &RosterProblem<'_>,
    promised: Option<&Promised>,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<(Solution, Ended), PlanError> {
    /// The quick search: always as long, so that a run is repeated by the work that it reports.
    const QUICK: RosterParams =
        RosterParams { effort: 0.1, proves: false, work: None, seed: 1, target_gap: 0.0, time_limit: None };
    let shifts = promised.map_or(&[][..], |promised| &promised.shifts);
    let settled = promised.and_then(|promised| promised.settled.clone());
    let begun = RosterProblem { workforce: settled.as_ref().unwrap_or(problem.workforce), ..*problem };
    let start = promised.map(|_| roster::start_at(&begun, shifts)).transpose()?;
    if !roster::needs_settling(problem.workforce) {
        let (mut solution, at) = roster::solve_from(problem, start.as_ref(), &options.search, progress)?;
        keep_names(&mut solution.roster.shifts, shifts);
        return Ok((solution, Ended { at, settled: None }));
    }
    let (workforce, start) = if let Some(settled) = settled {
        (settled, start)
    } else {
        let quick = RosterParams { seed: options.search.seed, ..QUICK };
        let (_, start) = roster::solve_from(problem, start.as_ref(), &quick, progress)?;
        (roster::settled(problem, &start), Some(start))
    };
    let settled = RosterProblem { workforce: &workforce, ..*problem };
    let (Solution { roster, mut proof }, at) = roster::solve_from(&settled, start.as_ref(), &options.search, progress)?;
    let free = roster::at_any_time(&workforce, problem.workforce);
    let at_any_time = RosterProblem { workforce: &free, ..*problem };
    proof.bound.objective = roster::bound_with_prices(&at_any_time, &at).unwrap_or(Bound::NOTHING.objective);
    proof.relaxed.push(Rule::GroupSessions);
    let mut roster = roster::whole_sessions(problem, roster, true);
    keep_names(&mut roster.shifts, shifts);
    Ok((Solution { roster, proof }, Ended { at, settled: Some(workforce) }))
}

/// A roster that was given, with what is proved about the best one, and what to know of its file.
fn take_roster(
    problem: &RosterProblem<'_>,
    given: GivenRoster,
    options: &RunOptions,
    progress: &dyn Progress,
) -> Result<(Solution, Vec<Warning>), PlanError> {
    let roster = roster::share(problem, given.shifts.clone());
    given.problems(&roster::violations(problem, &roster)).or(())?;
    let workforce = splitting_as(&given.shifts, problem);
    let proof = roster::prove(&RosterProblem { workforce: &workforce, ..*problem }, &options.search, progress)?;
    let told = given.warnings.into_iter().map(Warning::Input).chain([Warning::GivenRoster]).collect();
    Ok((Solution { roster, proof }, told))
}

/// The workforce, whose split shifts may have any gap on the plan's grid where one of some shifts leaves the step between those
/// that our search tries: that is no rule, so no bound by which such a roster is measured may keep it.
fn splitting_as(shifts: &[Shift], problem: &RosterProblem<'_>) -> Workforce {
    let mut workforce = problem.workforce.clone();
    for shift in shifts {
        let contract = workforce.agents[shift.agent.0].contract;
        let Some(split) = workforce.contracts[contract.0].rules.split.as_mut() else { continue };
        let mut parts = shift.present();
        let (Some(first), Some(second)) = (parts.next(), parts.next()) else { continue };
        let gap = Span { from: first.until, until: second.from }.length();
        let is_on_step = |length: Minutes, least: Minutes| (length - least).get().rem_euclid(split.step.get()) == 0;
        if !is_on_step(gap, split.min_gap) || !is_on_step(first.length(), split.min_part) {
            split.step = problem.period.interval;
        }
    }
    workforce
}

/// What the user should know of the days before the plan.
pub(super) fn days_before(workspace: &Workspace, earlier: Option<&EarlierRoster>, period: &PlanPeriod) -> Vec<Warning> {
    let mut warnings = match earlier {
        Some(earlier) => {
            earlier.warnings.iter().cloned().map(Warning::Input).chain(earlier.gap_before(period)).collect()
        }
        None => vec![Warning::NoEarlierRoster],
    };
    warnings.extend(workspace.unsettled_weeks(earlier, period));
    warnings
}

/// The coverage of the plan's own intervals, with the service expected of the agents effectively at work.
fn with_service(coverage: &Coverage, requirement: &Requirement, plan: &Plan) -> Coverage {
    let effective: Vec<Vec<f64>> = coverage.queues.iter().map(|queue| queue.effective.to_vec()).collect();
    let service = staffing::expected_service(requirement, &plan.queues, &effective);
    let mut coverage = coverage.first(plan.period.grid());
    for (queue, mut expected) in coverage.queues.iter_mut().zip(service) {
        expected.truncate(coverage.grid.len());
        queue.service_expected = expected;
    }
    coverage
}
