//! Why no legal roster exists: which rules, for whom, on which dates, with the figures asked and possible.
//!
//! An agent without a legal line is tried again with one rule left out at a time: a rule without which
//! a line exists is part of the conflict.

use std::collections::BTreeMap;
use std::ops::Range;
use tr::tr;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::domain::ids::{AgentIx, ContractIx, SiteIx};
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rule::{Conflict, Rule};
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, WeekMinutes};
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::shifts::ShiftLibrary;
use crate::roster::instance::slots::{SiteClock, SlotGrid};
use crate::roster::pricing::cheapest_line::cheapest_by;
use crate::roster::pricing::legal_models::{legal_models, model_if_legal};
use crate::roster::pricing::scratch::Scratch;
use crate::roster::problem::RosterProblem;
use crate::roster::search::construct::Unseated;

/// Minutes of a week.
const A_WEEK: Minutes = Minutes::hours(7 * 24);

/// The rules by which agents owe minutes.
const OWED: [Rule; 2] = [Rule::WeeklyMinutes, Rule::SettlementPeriod];

/// The others that can be left out to see whether they matter.
const RELAXABLE: [Rule; 17] = [
    Rule::Presence,
    Rule::Split,
    Rule::DailyRest,
    Rule::WeeklyRest,
    Rule::ConsecutiveDays,
    Rule::MinConsecutiveDays,
    Rule::MinDaysOff,
    Rule::Weekends,
    Rule::Sundays,
    Rule::Rotation,
    Rule::StartSpread,
    Rule::Succession,
    Rule::DaysPerWeek,
    Rule::Nights,
    Rule::StartCaps,
    Rule::ShiftLength,
    Rule::ShiftStart,
];

/// The conflicts that leave agents without a legal line, whatever cover costs; whether seats suffice is not looked at.
#[must_use]
pub fn conflicts_of_agents(problem: &RosterProblem<'_>) -> Vec<Conflict> {
    legal_models(problem, &SlotGrid::new(problem)).map_or_else(|stuck| of_agents(problem, &stuck), |_| Vec::new())
}

/// The conflicts of agents who have no legal line, in order.
pub(super) fn of_agents(problem: &RosterProblem<'_>, agents: &[AgentIx]) -> Vec<Conflict> {
    let slot_grid = SlotGrid::new(problem);
    // Those of one contract and site share their shifts, under whatever rules.
    let mut alike: BTreeMap<(ContractIx, SiteIx), Vec<AgentIx>> = BTreeMap::new();
    for &index in agents {
        let agent = &problem.workforce.agents[index.0];
        alike.entry((agent.contract, agent.site)).or_default().push(index);
    }
    let mut conflicts: Vec<(AgentIx, Conflict)> =
        alike.values().flat_map(|alike| of_alike(problem, &slot_grid, alike)).collect();
    conflicts.sort_by_key(|(agent, _)| *agent);
    conflicts.into_iter().map(|(_, conflict)| conflict).collect()
}

/// The conflicts of agents of one contract and site.
fn of_alike(problem: &RosterProblem<'_>, slot_grid: &SlotGrid, alike: &[AgentIx]) -> Vec<(AgentIx, Conflict)> {
    let workforce = problem.workforce;
    let Some(first) = alike.first().map(|index| &workforce.agents[index.0]) else { return Vec::new() };
    let (rules, site) = (workforce.rules_of(first), workforce.site_of(first));
    let clock = SiteClock::new(slot_grid, site.zone);
    let case = |rules| Case { slot_grid, library: ShiftLibrary::new(problem, slot_grid, site, &clock, &rules), rules };
    let mut broken: Vec<Vec<Rule>> = vec![Vec::new(); alike.len()];
    for rule in OWED.into_iter().chain(RELAXABLE) {
        let freed = case(rules_without(rule, rules, problem.period.interval));
        broken.par_iter_mut().zip(alike).for_each(|(broken, index)| {
            if freed.has_line(&agent_without(rule, &workforce.agents[index.0])) {
                broken.push(rule);
            }
        });
    }
    let case = case(rules.clone());
    let conflict = |(broken, &index): (Vec<Rule>, &AgentIx)| (index, of_agent(problem, &case, index, broken));
    broken.into_par_iter().zip(alike).map(conflict).collect()
}

/// The conflict of an agent who has a line without any one of some rules.
fn of_agent(problem: &RosterProblem<'_>, case: &Case<'_>, index: AgentIx, mut rules: Vec<Rule>) -> Conflict {
    let workforce = problem.workforce;
    let agent = &workforce.agents[index.0];
    if rules.is_empty() {
        rules = OWED.into_iter().filter(|rule| *rule == Rule::WeeklyMinutes || !agent.settlement.is_empty()).collect();
    }
    let spans: Vec<Owed> = owed_spans(problem, agent, &case.rules);
    let short = spans.into_iter().filter_map(|span| {
        let possible = case.most_minutes(agent, &span.days);
        (possible < span.minutes).then_some((span, possible))
    });
    let short: Vec<(Owed, Minutes)> = short.collect();
    let all: Vec<NaiveDate> = problem.period.dates().collect();
    let mut dates: Vec<NaiveDate> = short.iter().flat_map(|(span, _)| all[span.days.clone()].iter().copied()).collect();
    dates.sort_unstable();
    dates.dedup();
    let figures: Vec<String> = short.iter().map(|(span, possible)| span.told(&all, *possible)).collect();
    let detail = if figures.is_empty() {
        tr!("no combination of shifts gives the paid minutes owed within all rules")
    } else {
        figures.join("; ")
    };
    let contract = Some(workforce.contracts[agent.contract.0].id.clone());
    Conflict { who: agent.id.to_string(), contract, rules, dates, detail, is_proved: true }
}

/// Dates in which an agent owes minutes together.
struct Owed {
    what: String,
    days: Range<usize>,
    minutes: Minutes,
}

impl Owed {
    fn told(&self, dates: &[NaiveDate], possible: Minutes) -> String {
        let Self { what, days, minutes } = self;
        let (minutes, possible) = (minutes.told_in_hours(), possible.told_in_hours());
        let start = dates.get(days.start).map(ToString::to_string).unwrap_or_default();
        tr!(
            "in the {what} of {start} at least {minutes} h are owed and at most {possible} h are possible",
            what,
            start,
            minutes,
            possible
        )
    }
}

/// The agent's weeks and settlement periods.
fn owed_spans(problem: &RosterProblem<'_>, agent: &Agent, rules: &LabourRules) -> Vec<Owed> {
    let weeks = (0..problem.period.weeks as usize).map(|week| {
        let minutes = agent.weeks.get(week).map_or(rules.min_week, |own| own.min);
        Owed { what: tr!("week"), days: 7 * week..7 * week + 7, minutes }
    });
    let mut next = 0;
    let periods = agent.settlement.iter().map(|fixed_days| {
        let first = next;
        next += 7 * fixed_days.weeks as usize;
        Owed { what: tr!("settlement period"), days: first..next, minutes: fixed_days.minutes.min }
    });
    weeks.chain(periods).collect()
}

/// What agents of one contract and site are asked under some rules.
struct Case<'a> {
    slot_grid: &'a SlotGrid,
    rules: LabourRules,
    /// The shifts within these rules.
    library: ShiftLibrary,
}

impl Case<'_> {
    fn has_line(&self, agent: &Agent) -> bool {
        model_if_legal(agent, &self.rules, (0, &self.library), self.slot_grid, &mut Scratch::default()).is_some()
    }

    /// Most paid minutes on some dates, when no week or settlement period owes any.
    fn most_minutes(&self, agent: &Agent, days: &Range<usize>) -> Minutes {
        let library = &self.library;
        let free = owing_nothing(agent, &self.rules);
        let Some(model) = AgentModel::new(&free.0, &free.1, (0, library), self.slot_grid) else { return Minutes::ZERO };
        let paid = |day: usize, choice: usize| {
            let candidate = model.days[day].choices[choice].candidate;
            if days.contains(&day) { library.days[day][candidate].paid } else { 0 }
        };
        let most = cheapest_by(&model, |day, choice| -f64::from(paid(day, choice)), &mut Scratch::default());
        let sum = most.map_or(0, |path| path.picks.iter().map(|&(day, choice)| i64::from(paid(day, choice))).sum());
        Minutes::new(sum)
    }
}

/// The agent without anything owed.
fn owing_nothing(agent: &Agent, rules: &LabourRules) -> (Agent, LabourRules) {
    let (mut agent, mut rules) = (agent.clone(), rules.clone());
    agent.weeks.iter_mut().for_each(|week| week.min = Minutes::ZERO);
    agent.settlement.iter_mut().for_each(|fixed_days| fixed_days.minutes.min = Minutes::ZERO);
    agent.wishes.clear();
    rules.min_week = Minutes::ZERO;
    (agent, rules)
}

/// An agent with their own part in a rule left out.
fn agent_without(rule: Rule, agent: &Agent) -> Agent {
    let mut agent = agent.clone();
    match rule {
        Rule::WeeklyMinutes => agent.weeks.fill(WeekMinutes { min: Minutes::ZERO, max: A_WEEK }),
        Rule::SettlementPeriod => agent.settlement.clear(),
        Rule::Presence => agent.blocks.clear(),
        _ => {}
    }
    agent
}

/// A contract with one rule left out, in a plan of some interval.
fn rules_without(rule: Rule, rules: &LabourRules, interval: Minutes) -> LabourRules {
    /// The longest shift that is usual, and how far lengths lie apart at least: more would take long to try.
    const LONGEST: i64 = 12 * 60;
    const APART: i64 = 30;
    let interval = interval.get().max(1);
    let mut rules = rules.clone();
    match rule {
        Rule::ShiftLength => {
            rules.fixed_shifts.clear();
            let apart = interval * (APART + interval - 1).div_euclid(interval);
            rules.shift_lengths.extend((1..=LONGEST / apart).map(|times| Minutes::new(times * apart)));
            rules.shift_lengths.sort_unstable();
            rules.shift_lengths.dedup();
        }
        Rule::ShiftStart => {
            let step = u16::try_from(interval).unwrap_or(60);
            rules.starts.push(StartWindow { from: 0, until: 24 * 60 - 1, step });
        }
        Rule::WeeklyMinutes => (rules.min_week, rules.max_week) = (Minutes::ZERO, A_WEEK),
        Rule::Split => rules.split.iter_mut().for_each(|split| split.max_per_week = None),
        Rule::DailyRest => rules.daily_rest = Minutes::ZERO,
        Rule::WeeklyRest => rules.weekly_rest = Minutes::ZERO,
        Rule::ConsecutiveDays => rules.max_consecutive_days = u32::MAX,
        Rule::MinConsecutiveDays => rules.rhythm.min_consecutive_days = 0,
        Rule::MinDaysOff => rules.rhythm.min_days_off = 0,
        Rule::Weekends => rules.rhythm.max_weekends = None,
        Rule::Rotation => rules.rhythm.rotation = None,
        Rule::StartSpread => rules.rhythm.max_start_spread = None,
        Rule::Sundays => rules.rhythm.max_sundays_in_a_row = None,
        Rule::Succession => rules.rhythm.forbidden.clear(),
        Rule::StartCaps => rules.rhythm.start_caps.clear(),
        Rule::DaysPerWeek => rules.max_days_per_week = 7,
        Rule::Nights => rules.nights = None,
        _ => {}
    }
    rules
}

/// A site whose seats do not hold the people who must be there: a smallest crowd of them, if search proved that no roster
/// seats it, or else whom the search could not seat.
pub(super) fn of_seats(problem: &RosterProblem<'_>, unseated: &Unseated) -> Conflict {
    let agents = &problem.workforce.agents;
    let crowd = &unseated.crowd.agents;
    let agent = &agents[crowd.first().copied().unwrap_or(unseated.agent)];
    let site = problem.workforce.site_of(agent);
    let seats = site.seats.unwrap_or(0);
    let detail = if crowd.is_empty() {
        let people = agents.iter().filter(|other| other.site == agent.site).count();
        tr!(
            "{people} agents share {seats} seats, and no way was found to give `{}` the paid minutes owed at times when a \
             seat is free; that none exists is not proved",
            agent.id,
            people,
            seats
        )
    } else {
        let names: Vec<String> = crowd.iter().map(|&agent| format!("`{}`", agents[agent].id)).collect();
        let others =
            if unseated.crowd.is_irreducible { tr!("; without any one of them there is one") } else { String::new() };
        let names = names.join(", ");
        tr!(
            "{names} share {seats} seats, and no choice of shifts gives all of them the paid minutes owed{others}",
            names,
            seats,
            others
        )
    };
    Conflict {
        who: site.id.to_string(),
        contract: None,
        rules: vec![Rule::Seats, Rule::WeeklyMinutes],
        dates: Vec::new(),
        detail,
        is_proved: !crowd.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::FixedShift;
    use crate::roster::check::tiny_instance::lenient;

    #[test]
    fn a_rule_left_out_allows_all_that_was_allowed() {
        let half_past = StartWindow { from: 510, until: 510, step: 30 };
        let fixed = FixedShift { start: 510, length: Minutes::new(465) };
        let rules = LabourRules {
            starts: vec![half_past],
            shift_lengths: vec![Minutes::new(465)],
            fixed_shifts: vec![fixed],
            ..lenient()
        };
        let of = |rule| rules_without(rule, &rules, Minutes::new(15));
        for rule in RELAXABLE {
            let freed = of(rule);
            assert!(freed.starts.contains(&half_past), "{rule:?}");
            assert!(freed.shift_lengths.contains(&fixed.length) && freed.fixes(510, fixed.length), "{rule:?}");
        }
        assert!(of(Rule::ShiftLength).fixes(510, Minutes::hours(9)) && !rules.fixes(510, Minutes::hours(9)));
        assert!(of(Rule::ShiftStart).starts.iter().any(|window| window.allows(7 * 60 + 45)));
    }
}
