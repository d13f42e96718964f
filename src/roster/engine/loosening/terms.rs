//! Rules left out, one or several, to see whether they matter.

use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rule::Rule;
use crate::domain::units::Minutes;
use crate::domain::workforce::{Agent, WeekMinutes};

/// Minutes of a week.
pub(in crate::roster::engine) const A_WEEK: Minutes = Minutes::hours(7 * 24);

/// The rules that can be left out, those by which agents owe minutes first.
pub(in crate::roster::engine) const RELAXABLE: [Rule; 20] = [
    Rule::WeeklyMinutes,
    Rule::SettlementPeriod,
    Rule::Promised,
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

/// An agent and the rules that bind them, as they stand or changed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::roster::engine) struct Terms {
    pub(in crate::roster::engine) agent: Agent,
    pub(in crate::roster::engine) rules: LabourRules,
}

impl Terms {
    /// The terms with some rules left out, in a plan of some interval.
    pub(in crate::roster::engine) fn without(&self, left_out: &[Rule], interval: Minutes) -> Self {
        let mut terms = self.clone();
        // Starts and lengths left out together, or of split shifts, make many shifts: they lie further apart then.
        let are_many = self.rules.split.is_some() || left_out.contains(&Rule::ShiftLength);
        let starts_apart = if are_many { interval.max(Minutes::hours(1)) } else { interval };
        for &rule in left_out {
            free_agent(rule, &mut terms.agent);
            free_rules(rule, &mut terms.rules, (interval, starts_apart));
        }
        terms
    }

    /// The rules that bind at all: leaving another one out changes nothing.
    pub(in crate::roster::engine) fn binding(&self, interval: Minutes) -> Vec<Rule> {
        RELAXABLE.into_iter().filter(|&rule| self.without(&[rule], interval) != *self).collect()
    }
}

/// Takes an agent's own part in a rule away.
fn free_agent(rule: Rule, agent: &mut Agent) {
    match rule {
        Rule::WeeklyMinutes => agent.weeks.fill(WeekMinutes { min: Minutes::ZERO, max: A_WEEK }),
        Rule::SettlementPeriod => agent.settlement.clear(),
        Rule::Promised => agent.promised.clear(),
        Rule::Presence => agent.blocks.clear(),
        _ => {}
    }
}

/// Takes one rule out of a contract, in a plan of some interval; starts lie so far apart then.
fn free_rules(rule: Rule, rules: &mut LabourRules, (interval, starts_apart): (Minutes, Minutes)) {
    /// The longest shift that is usual, and how far lengths lie apart at least: more would take long to try.
    const LONGEST: i64 = 12 * 60;
    const APART: i64 = 30;
    let interval = interval.get().max(1);
    match rule {
        Rule::ShiftLength => {
            rules.fixed_shifts.clear();
            let apart = interval * (APART + interval - 1).div_euclid(interval);
            rules.shift_lengths.extend((1..=LONGEST / apart).map(|times| Minutes::new(times * apart)));
            rules.shift_lengths.sort_unstable();
            rules.shift_lengths.dedup();
        }
        Rule::ShiftStart => {
            let step = u16::try_from(starts_apart.get().max(1)).unwrap_or(60);
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::FixedShift;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

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
        let agent = TinyInstance::new(lenient()).workforce.agents[0].clone();
        let terms = Terms { agent, rules: rules.clone() };
        let of = |rule| terms.without(&[rule], Minutes::new(15)).rules;
        for rule in RELAXABLE {
            let freed = of(rule);
            assert!(freed.starts.contains(&half_past), "{rule:?}");
            assert!(freed.shift_lengths.contains(&fixed.length) && freed.fixes(510, fixed.length), "{rule:?}");
        }
        assert!(of(Rule::ShiftLength).fixes(510, Minutes::hours(9)) && !rules.fixes(510, Minutes::hours(9)));
        assert!(of(Rule::ShiftStart).starts.iter().any(|window| window.allows(7 * 60 + 45)));
    }

    #[test]
    fn rules_that_a_contract_does_not_set_bind_nobody() {
        let agent = TinyInstance::new(lenient()).workforce.agents[0].clone();
        let terms = Terms { agent, rules: lenient() };
        // A month of days in a row and the whole week are allowed; only the lengths, the steps of starts, the run of seven
        // days and the week of 168 hours are said.
        assert_eq!(terms.binding(Minutes::hours(1)), [Rule::ConsecutiveDays, Rule::ShiftStart]);
        assert_eq!(terms.without(&terms.binding(Minutes::hours(1)), Minutes::hours(1)).agent, terms.agent);
    }
}
