//! What became of requests, and who could take a shift, as sentences.

use chrono::NaiveDate;
use tr::tr;

use super::number::{decimal, money};
use crate::domain::ids::QueueIx;
use crate::domain::roster::Shift;
use crate::domain::rule::Violation;
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::plan::{Candidate, Candidates, Judged, Judgement, PriceOfTrade, StandingRoster, WhyRefused};

/// People who are named of those who could take a shift.
const NAMED: usize = 3;

/// Rules that are broken, each with whom and which day it concerns.
pub(super) fn broken(violations: &[Violation]) -> String {
    let each = violations.iter().map(|Violation { rule, who, date, detail, .. }| {
        let on = date.map_or_else(String::new, |date| tr!(" on {date}", date));
        format!("{who}{on}: {}: {detail}", rule.name())
    });
    each.collect::<Vec<_>>().join("; ")
}

/// Queues, each with the hours that it misses.
pub(super) fn missing(standing: &StandingRoster, missing: &[(QueueIx, f64)]) -> Vec<String> {
    missing.iter().map(|(queue, hours)| format!("{} {}", standing.queues[queue.0].id, decimal(*hours, 2))).collect()
}

/// The word for why a request is refused.
pub(super) const fn reason(why: &WhyRefused) -> &'static str {
    match why {
        WhyRefused::NoShift { .. } => "no_shift",
        WhyRefused::Law(_) => "law",
        WhyRefused::Skill { .. } => "skill",
        WhyRefused::Service => "service",
        WhyRefused::Price => "price",
    }
}

/// What is to be known of a verdict.
pub(super) fn detail(standing: &StandingRoster, judged: &Judged) -> String {
    let workforce = &standing.workforce;
    let most = standing.most_per_request;
    let mut told = match &judged.refused {
        Some(WhyRefused::NoShift { agent, date }) => {
            vec![tr!("{} has no shift on {date}", workforce.agents[agent.0].id, date)]
        }
        Some(WhyRefused::Law(violations)) => vec![broken(violations)],
        Some(WhyRefused::Skill { agent, queues }) => {
            let queues: Vec<&str> = queues.iter().map(|queue| standing.queues[queue.0].id.as_str()).collect();
            vec![tr!("{} cannot take {}", workforce.agents[agent.0].id, queues.join("|"))]
        }
        Some(WhyRefused::Service) => vec![tr!("cover alone costs more than the {most} of a request", most)],
        Some(WhyRefused::Price) => vec![tr!("all together costs more than the {most} of a request", most)],
        None => Vec::new(),
    };
    told.extend(judged.price.iter().flat_map(parts));
    if !judged.missing.is_empty() {
        told.push(tr!("hours missing more: {}", missing(standing, &judged.missing).join(", ")));
    }
    if !judged.also.is_empty() {
        let dates: Vec<String> = judged.also.iter().map(NaiveDate::to_string).collect();
        told.push(tr!("other hours, so that those owed are worked: {}", dates.join(", ")));
    }
    told.join("; ")
}

/// The parts of a price that are not nothing.
fn parts(price: &PriceOfTrade) -> Vec<String> {
    let PriceOfTrade { pay, change, wishes, fairness, sessions, service } = *price;
    let all = [
        (tr!("pay"), pay),
        (tr!("days not as promised"), change),
        (tr!("wishes"), wishes),
        (tr!("fairness"), fairness),
        (tr!("sessions not held"), sessions),
        (tr!("service"), service.unwrap_or_default()),
    ];
    let told = all.into_iter().filter(|(_, money)| *money != Money::ZERO);
    told.map(|(name, money)| format!("{name} {money}")).collect()
}

/// The first who could take a shift, in a sentence.
#[must_use]
pub fn candidates_told(standing: &StandingRoster, of: &Candidates) -> String {
    let Shift { id, date, agent, .. } = &of.shift;
    let who = name(&standing.workforce, agent.0);
    let legal: Vec<&Candidate> = of.ranked.iter().filter(|of| of.broken.is_empty()).collect();
    let Some(cheapest) = legal.first() else {
        return tr!("shift {id} of {who} on {date}: nobody else may take it", id, who, date);
    };
    let told = |of: &&Candidate| {
        let price = money(of.price.total(), &standing.currency);
        tr!("{} for {price}", name(&standing.workforce, of.agent.0), price)
    };
    let first: Vec<String> = legal.iter().take(NAMED).map(told).collect();
    let without = if cheapest.price.service.is_none() { tr!(", cover left aside") } else { String::new() };
    tr!(
        "shift {id} of {who} on {date}: {} of {all} others may take it{without}; the first to ask: {}",
        legal.len(),
        first.join(", "),
        id,
        who,
        date,
        all = of.ranked.len(),
        without
    )
}

/// What became of all requests, in a sentence.
#[must_use]
pub fn judgement_told(standing: &StandingRoster, of: &Judgement) -> String {
    let granted = of.judged.iter().filter(|of| of.refused.is_none());
    let price: Money = granted.clone().filter_map(|of| of.price).map(|price| price.total()).sum();
    tr!(
        "{} of {all} requests granted, at a price of {price} in all; judged.csv says why",
        granted.count(),
        all = of.judged.len(),
        price = money(price, &standing.currency)
    )
}

fn name(workforce: &Workforce, agent: usize) -> String {
    let of = &workforce.agents[agent];
    format!("{} ({})", of.name, of.id)
}
