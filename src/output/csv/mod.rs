//! The tables of a run, one a file. Instants are RFC 3339, shares lie between 0 and 1, money is a plain decimal.

mod forecast;
mod requirement;
mod roster;
mod payroll;
mod activities;
mod ledger;
mod whynot;
mod replanned;
mod candidates;
mod judged;
mod coverage;
mod pools;
mod service;
mod improvements;
mod accuracy;
mod backtest;
mod cleaning;

use super::artifact::{Artifact, OutputError};
use crate::domain::roster::Roster;
use crate::plan::{Candidates, Judgement, Plan, StandingRoster};

/// All tables that the plan has data for.
pub(super) fn tables(plan: &Plan) -> Result<Vec<Artifact>, OutputError> {
    let zone = plan.period.zone;
    let mut files = vec![Artifact::new("forecast.csv", forecast::write(&plan.forecast, &plan.queues, zone)?)];
    if let Some(requirement) = &plan.requirement {
        files.push(Artifact::new("requirement.csv", requirement::write(requirement, &plan.queues, zone)?));
    }
    if let Some(rostered) = &plan.rostered {
        let (workforce, checked) = (&rostered.workforce, &rostered.checked);
        files.push(Artifact::new("roster.csv", roster::write(checked.roster(), workforce, &plan.queues)?));
        files.push(Artifact::new("payroll.csv", payroll::write(checked.pay(), workforce)?));
        if !workforce.activities.is_empty() {
            files.push(Artifact::new("activities.csv", activities::write(rostered)?));
        }
        if workforce.was_told() {
            files.push(Artifact::new("replanned.csv", replanned::write(rostered)?));
        }
        if !rostered.alternatives.is_empty() {
            files.push(Artifact::new("whynot.csv", whynot::write(rostered, &plan.queues)?));
        }
        files.push(Artifact::new("ledger.csv", ledger::write(rostered, &plan.period)?));
        files.push(Artifact::new("coverage.csv", coverage::write(&rostered.coverage, &plan.queues, zone)?));
        if !rostered.pools.is_empty() {
            files.push(Artifact::new("pools.csv", pools::write(&rostered.pools, &plan.queues, zone)?));
        }
    }
    if let Some(simulated) = &plan.simulated {
        files.push(Artifact::new("service.csv", service::write(&simulated.service, &plan.queues, zone)?));
    }
    if let (Some(rostered), Some(found)) = (&plan.rostered, plan.improvements()) {
        files.push(Artifact::new("improvements.csv", improvements::write(found, &rostered.workforce, &plan.queues)?));
    }
    if let Some(backtest) = &plan.backtest {
        files.push(Artifact::new("accuracy.csv", accuracy::write(&backtest.accuracy, &plan.queues)?));
        files.push(Artifact::new("backtest.csv", backtest::write(&backtest.points, &plan.queues)?));
    }
    files.push(Artifact::new("cleaning.csv", cleaning::write(&plan.cleaning, &plan.queues)?));
    Ok(files)
}

/// Who could take a shift.
///
/// # Errors
/// When a table cannot be written.
pub fn candidates(standing: &StandingRoster, of: &Candidates) -> Result<Vec<u8>, OutputError> {
    candidates::write(standing, of)
}

/// What became of requests, and the roster after all that were granted, with its pay where it is legal.
pub(super) fn judgement(standing: &StandingRoster, of: &Judgement) -> Result<Vec<Artifact>, OutputError> {
    let bare = || Roster { grid: standing.period.grid(), shifts: of.shifts.clone(), flows: Vec::new() };
    let roster = of.checked.as_ref().map_or_else(bare, |checked| checked.roster().clone());
    let mut files = vec![
        Artifact::new("judged.csv", judged::write(standing, &of.judged)?),
        Artifact::new("roster.csv", roster::write(&roster, &of.workforce, &standing.queues)?),
    ];
    if let Some(checked) = &of.checked {
        files.push(Artifact::new("payroll.csv", payroll::write(checked.pay(), &of.workforce)?));
    }
    Ok(files)
}
