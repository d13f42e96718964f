//! Rules of contracts loosened by one natural step, and seats.

use std::collections::BTreeMap;

use crate::domain::alternative::Otherwise;
use crate::domain::conflict::Change;
use crate::domain::ids::{ContractIx, SiteIx};
use crate::domain::labour::LabourRules;
use crate::domain::roster::Shift;
use crate::domain::rule::Rule;
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod, Zone};
use crate::domain::workforce::{Site, Workforce};
use crate::roster::engine::loosening::{CHEAPEST_FIRST, Ladder, Loosening, Terms, ladders, with_terms};

use super::change::{Changed, Made, loosened};
use super::standing::Standing;

/// Money below which a rule costs nothing: less than a cent of a large currency is rounding.
const FELT: f64 = 0.01;

/// Each rule of a contract that is worth anything when it is loosened by one step.
pub(super) fn of_contracts(standing: &Standing<'_>) -> Vec<Changed> {
    let workforce = standing.problem.workforce;
    let all = steps_of_contracts(standing);
    // Everybody concerned once for each step, under its rules.
    let mut people = Workforce { agents: Vec::new(), ..workforce.clone() };
    let mut terms: Vec<Terms> = Vec::new();
    let mut concerned: Vec<usize> = Vec::new();
    for (contract, step) in &all {
        for (at, agent) in workforce.agents.iter().enumerate().filter(|(_, agent)| agent.contract == *contract) {
            terms.push(loosened(workforce, agent, step, standing.problem.period));
            concerned.push(at);
            people.agents.push(agent.clone());
        }
    }
    with_terms(&mut people, terms.iter().enumerate());
    let priced = standing.priced(&people);
    let mut saved = concerned.iter().zip(&priced).map(|(at, of)| Some(standing.leasts[*at] - of.as_ref()?.least));
    let people_of = |contract: ContractIx| workforce.agents.iter().filter(move |agent| agent.contract == contract);
    let changed = |(contract, step): (ContractIx, Loosening)| {
        let of_step: Option<f64> = saved.by_ref().take(people_of(contract).count()).sum();
        let first = people_of(contract).next()?;
        let what = step.told(&Terms { agent: first.clone(), rules: workforce.rules_of(first).clone() });
        let who = people_of(contract).map(|agent| agent.id.to_string()).collect();
        let change = Change { rule: step.rule(), what, who };
        let otherwise = Otherwise::Rule { contract: workforce.contracts[contract.0].id.clone(), change };
        let saved = of_step.filter(|saved| *saved > FELT)?;
        Some(Changed { alternative: standing.alternative(otherwise, saved), made: Made::Loosened(contract, step) })
    };
    all.into_iter().filter_map(changed).collect()
}

/// The steps of every contract that somebody has.
fn steps_of_contracts(standing: &Standing<'_>) -> Vec<(ContractIx, Loosening)> {
    let workforce = standing.problem.workforce;
    let of_contract = |contract: ContractIx| {
        let first = workforce.agents.iter().find(|agent| agent.contract == contract)?;
        let terms = Terms { agent: first.clone(), rules: workforce.rules_of(first).clone() };
        let steps = steps(&terms, standing.problem.period, workforce.site_of(first).zone);
        Some(steps.into_iter().map(move |step| (contract, step)))
    };
    (0..workforce.contracts.len()).map(ContractIx).filter_map(of_contract).flatten().collect()
}

/// One step of each rule that binds at all and is not a person's own, nor a rotation.
fn steps(terms: &Terms, period: &PlanPeriod, zone: Zone) -> Vec<Loosening> {
    let is_meant = |rule: &Rule| !matches!(rule, Rule::Presence | Rule::Promised | Rule::Rotation);
    let ladders = CHEAPEST_FIRST.into_iter().filter(is_meant).flat_map(|rule| ladders(rule, terms, period, zone));
    ladders.flat_map(|ladder| one_step(ladder, &terms.rules)).collect()
}

/// The step of a ladder that people would take first: an hour of minutes, one of what is counted, the nearest length above and below.
fn one_step(ladder: Ladder, rules: &LabourRules) -> Vec<Loosening> {
    /// Steps of a quarter.
    const AN_HOUR: usize = 4;
    let length = |step: &Loosening| match step {
        Loosening::Length(length) => Some(*length),
        _ => None,
    };
    match ladder {
        Ladder::Rising(steps) => {
            let at = match steps.first() {
                Some(
                    Loosening::LeastMinutes(_)
                    | Loosening::MostMinutes(_)
                    | Loosening::SettledLess(_)
                    | Loosening::SettledMore(_),
                ) => AN_HOUR.min(steps.len()) - 1,
                _ => 0,
            };
            steps.into_iter().nth(at).into_iter().collect()
        }
        Ladder::Single(steps) => {
            let (longest, shortest) = (rules.shift_lengths.iter().max(), rules.shift_lengths.iter().min());
            let longer = steps.iter().find(|step| length(step).as_ref() > longest);
            let shorter = steps.iter().find(|step| length(step).as_ref() < shortest);
            longer.into_iter().chain(shorter).cloned().collect()
        }
    }
}

/// One seat more at each site whose seats are all taken at some time.
pub(super) fn of_seats(shifts: &[Shift], standing: &Standing<'_>) -> Vec<Changed> {
    let workforce = standing.problem.workforce;
    let seat = |(at, site): (usize, &Site)| {
        let seats = site.seats?;
        let people = workforce.agents.iter().filter(|agent| agent.site.0 == at);
        let before = people.flat_map(|agent| agent.before.present());
        let present = shifts.iter().filter(|shift| shift.site.0 == at).flat_map(Shift::present);
        let otherwise = Otherwise::Seat { site: site.id.clone(), seats };
        let made = Made::Seat(SiteIx(at));
        (most_at_once(before.chain(present)) >= i64::from(seats))
            .then(|| Changed { alternative: standing.unpriced(otherwise), made })
    };
    workforce.sites.iter().enumerate().filter_map(seat).collect()
}

/// The most of some spans that hold one instant.
fn most_at_once(spans: impl Iterator<Item = Span>) -> i64 {
    let mut changes: BTreeMap<Instant, i64> = BTreeMap::new();
    for span in spans {
        *changes.entry(span.from).or_default() += 1;
        *changes.entry(span.until).or_default() -= 1;
    }
    let running = changes.values().scan(0, |there, change| {
        *there += change;
        Some(*there)
    });
    running.max().unwrap_or(0)
}
