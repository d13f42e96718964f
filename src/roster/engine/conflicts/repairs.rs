//! Changes with which an agent has a legal line, each found by looking for the line.

use crate::domain::conflict::{Change, Repair};
use crate::domain::rule::Rule;
use crate::domain::time::Zone;
use crate::domain::units::{Minutes, Money};
use crate::roster::engine::loosening::{CHEAPEST_FIRST, Ladder, Loosening, Terms, ladders};
use crate::roster::pricing::scratch::Scratch;

use super::case::Case;

/// Repairs told of a conflict, at most.
const MOST: usize = 3;

/// A repair and the terms that it leaves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tried {
    pub(super) repair: Repair,
    pub(super) terms: Terms,
}

/// What would help an agent, each by itself, the cheapest kind first: the smallest steps of the rules that alone are enough to leave out, or
/// else of as few rules as are enough together.
pub(super) fn repairs(
    case: &Case<'_>,
    terms: &Terms,
    (alone, binding): (&[Rule], &[Rule]),
    zone: Zone,
    scratch: &mut Scratch,
) -> Vec<Tried> {
    let mut found = Vec::new();
    for rule in in_order(alone) {
        for ladder in ladders(rule, terms, case.problem.period, zone) {
            if found.len() < MOST
                && let Some(step) = smallest(case, terms, &ladder, zone, scratch)
            {
                let after = step.applied(terms, case.problem.period, zone);
                found.push(tried(case, terms, &[step], after, scratch));
            }
        }
    }
    if found.is_empty() {
        found.extend(together(case, terms, binding, zone, scratch));
    }
    found
}

/// The rules in the order in which they give way.
fn in_order(rules: &[Rule]) -> impl DoubleEndedIterator<Item = Rule> {
    CHEAPEST_FIRST.into_iter().filter(|rule| rules.contains(rule))
}

/// The smallest step of a ladder with which there is a line.
fn smallest(case: &Case<'_>, terms: &Terms, ladder: &Ladder, zone: Zone, scratch: &mut Scratch) -> Option<Loosening> {
    let mut works = |step: &Loosening| case.has_line(&step.applied(terms, case.problem.period, zone), scratch);
    match ladder {
        Ladder::Single(steps) => steps.iter().find(|step| works(step)).cloned(),
        Ladder::Rising(steps) => {
            let at = first_that_works(steps.len(), |at| works(&steps[at]))?;
            Some(thinned(&steps[at], works))
        }
    }
}

/// The first of so many rising steps that works, if the last one does.
pub(super) fn first_that_works(steps: usize, mut works: impl FnMut(usize) -> bool) -> Option<usize> {
    let mut last = steps.checked_sub(1).filter(|last| works(*last))?;
    let mut from = 0;
    while from < last {
        let middle = usize::midpoint(from, last);
        if works(middle) { last = middle } else { from = middle + 1 }
    }
    Some(last)
}

/// A step about dates without those that it does without.
fn thinned(step: &Loosening, mut works: impl FnMut(&Loosening) -> bool) -> Loosening {
    let mut step = step.clone();
    let Some(dates) = step.dates().map(<[_]>::to_vec) else { return step };
    for date in dates {
        let fewer = step.on(step.dates().unwrap_or_default().iter().copied().filter(|of| *of != date).collect());
        if fewer.dates().is_some_and(|dates| !dates.is_empty()) && works(&fewer) {
            step = fewer;
        }
    }
    step
}

/// As few rules as are enough together, each loosened as little as it can be beside the others; nothing if no rule is at fault.
fn together(case: &Case<'_>, terms: &Terms, binding: &[Rule], zone: Zone, scratch: &mut Scratch) -> Option<Tried> {
    let interval = case.interval();
    if !case.has_line(&terms.without(binding, interval), scratch) {
        return None;
    }
    let mut out: Vec<Rule> = in_order(binding).collect();
    for rule in in_order(binding).rev() {
        let fewer: Vec<Rule> = out.iter().copied().filter(|of| *of != rule).collect();
        if case.has_line(&terms.without(&fewer, interval), scratch) {
            out = fewer;
        }
    }
    let (mut steps, mut after) = (Vec::new(), terms.clone());
    for (at, &rule) in out.iter().enumerate() {
        let beside = after.without(&out[at + 1..], interval);
        let some = ladders(rule, &after, case.problem.period, zone);
        let step = some.iter().find_map(|ladder| smallest(case, &beside, ladder, zone, scratch));
        let step = step.unwrap_or(Loosening::LeftOut(rule));
        after = step.applied(&after, case.problem.period, zone);
        steps.push(step);
    }
    Some(tried(case, terms, &steps, after, scratch))
}

fn tried(case: &Case<'_>, terms: &Terms, steps: &[Loosening], after: Terms, scratch: &mut Scratch) -> Tried {
    let change =
        |step: &Loosening| Change { rule: step.rule(), what: step.told(terms), who: vec![terms.agent.id.to_string()] };
    let changes = steps.iter().map(change).collect();
    let pay = case.least_pay(&after, scratch).map(|pay| pay - owed(terms));
    Tried { repair: Repair { changes, pay }, terms: after }
}

/// What the paid minutes owed come to at the agent's wage.
pub(super) fn owed(terms: &Terms) -> Money {
    let weeks: Minutes = terms.agent.weeks.iter().map(|week| week.min).sum();
    let periods: Minutes = terms.agent.settlement.iter().map(|period| period.minutes.min).sum();
    Money::rounded(weeks.max(periods).as_hours() * terms.agent.hourly_cost.as_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_rising_steps_is_found_between_those_that_fail_and_those_that_do_not() {
        for first in 0..9 {
            assert_eq!(first_that_works(9, |at| at >= first), Some(first));
        }
        assert_eq!((first_that_works(9, |_| false), first_that_works(0, |_| true)), (None, None));
    }
}
