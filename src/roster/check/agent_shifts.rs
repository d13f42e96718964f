//! One agent's finished roster line, with the rule data it is read against.

use chrono::{Duration, NaiveDate};

use crate::domain::activity::ActivityKind;
use crate::domain::ids::AgentIx;
use crate::domain::labour::LabourRules;
use crate::domain::roster::{Roster, Shift};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::PlanPeriod;
use crate::domain::workforce::{Agent, Site};
use crate::roster::problem::RosterProblem;

/// An agent, the agent's rules, and all shifts of the agent in order of their starts.
pub(crate) struct AgentShifts<'a> {
    pub(crate) period: &'a PlanPeriod,
    pub(crate) agent: &'a Agent,
    pub(crate) site: &'a Site,
    pub(crate) rules: &'a LabourRules,
    pub(crate) activities: &'a [ActivityKind],
    /// Position among the agents.
    pub(crate) position: usize,
    pub(crate) shifts: Vec<&'a Shift>,
}

/// The lines of all agents, also of those without a shift, in the workforce's order.
pub(super) fn of_all_agents<'a>(problem: &RosterProblem<'a>, roster: &'a Roster) -> Vec<AgentShifts<'a>> {
    let workforce = problem.workforce;
    let line = |(position, agent): (usize, &'a Agent)| AgentShifts {
        period: problem.period,
        agent,
        site: workforce.site_of(agent),
        rules: workforce.rules_of(agent),
        activities: &workforce.activities,
        position,
        shifts: Vec::new(),
    };
    let mut lines: Vec<AgentShifts<'a>> = workforce.agents.iter().enumerate().map(line).collect();
    for shift in &roster.shifts {
        lines[shift.agent.0].shifts.push(shift);
    }
    for line in &mut lines {
        line.shifts.sort_by_key(|shift| shift.span());
    }
    lines
}

impl AgentShifts<'_> {
    /// Each rule week: its position and its first date.
    pub(crate) fn weeks(&self) -> impl Iterator<Item = (usize, NaiveDate)> + use<> {
        let start = self.period.start;
        (0..self.period.weeks).map(move |week| (week as usize, start + Duration::days(7 * i64::from(week))))
    }

    /// The shifts whose date lies in the rule week from `first`.
    pub(super) fn shifts_of_week(&self, first: NaiveDate) -> impl Iterator<Item = &Shift> {
        let week = first..first + Duration::days(7);
        self.shifts.iter().copied().filter(move |shift| week.contains(&shift.date))
    }

    /// Whether the agent may lead sessions of a kind.
    pub(crate) fn may_lead(&self, kind: &ActivityKind) -> bool {
        kind.group.as_ref().is_some_and(|group| group.may_lead(AgentIx(self.position)))
    }

    /// A violation by this agent.
    pub(crate) fn broken(&self, rule: Rule, date: NaiveDate, by: Excess, detail: String) -> Violation {
        Violation { rule, who: self.agent.id.to_string(), date: Some(date), by, detail }
    }
}

/// Counts of dates and shifts are small.
pub(crate) fn days(count: usize) -> Excess {
    Excess::Days(u32::try_from(count).unwrap_or(u32::MAX))
}
