//! Which shift of one roster is which of another: by agent and name, then by agent and day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::output::results::{Results, RosteredShift};

/// A shift in both rosters, or in one of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    pub(super) agent: &'a str,
    pub(super) before: Option<&'a RosteredShift>,
    pub(super) after: Option<&'a RosteredShift>,
}

impl Pair<'_> {
    /// The day by which it is listed: that before, if there is one.
    pub(super) fn date(&self) -> NaiveDate {
        self.before.or(self.after).map(|of| of.shift.date).unwrap_or_default()
    }
}

/// The shifts of an agent that are not matched yet.
type Left<'a> = Vec<&'a RosteredShift>;

/// All pairs in the order of agents, those of the plan after first, then of days.
pub(super) fn pairs<'a>(
    before: &'a Results,
    after: &'a Results,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Vec<Pair<'a>> {
    let (mut was, mut is) = (by_agent(before, days), by_agent(after, days));
    let agents = after.agents.iter().chain(&before.agents).map(|agent| agent.id.as_str());
    let mut told = BTreeSet::new();
    let mut pairs = Vec::new();
    for agent in agents.filter(|agent| told.insert(*agent)) {
        let (was, is) = (was.remove(agent).unwrap_or_default(), is.remove(agent).unwrap_or_default());
        let mut own = of_agent(agent, was, is);
        own.sort_by_key(Pair::date);
        pairs.extend(own);
    }
    pairs
}

/// How many people have a shift in either roster.
pub(super) fn people(pairs: &[Pair<'_>]) -> usize {
    pairs.iter().map(|pair| pair.agent).collect::<BTreeSet<_>>().len()
}

fn by_agent(results: &Results, days: Option<(NaiveDate, NaiveDate)>) -> BTreeMap<&str, Left<'_>> {
    let mut shifts: BTreeMap<&str, Left<'_>> = BTreeMap::new();
    let is_compared = |of: &&RosteredShift| days.is_none_or(|(first, last)| (first..=last).contains(&of.shift.date));
    for of in results.shifts.iter().filter(is_compared) {
        shifts.entry(results.agent(of).id.as_str()).or_default().push(of);
    }
    shifts
}

fn of_agent<'a>(agent: &'a str, was: Left<'a>, is: Left<'a>) -> Vec<Pair<'a>> {
    let (mut pairs, was, is) = matched(agent, was, is, |one, other| one.shift.id == other.shift.id);
    let (by_day, was, is) = matched(agent, was, is, |one, other| one.shift.date == other.shift.date);
    pairs.extend(by_day);
    pairs.extend(was.into_iter().map(|of| Pair { agent, before: Some(of), after: None }));
    pairs.extend(is.into_iter().map(|of| Pair { agent, before: None, after: Some(of) }));
    pairs
}

/// Pairs of shifts that are alike in something, and what is left of either side.
fn matched<'a>(
    agent: &'a str,
    was: Left<'a>,
    mut is: Left<'a>,
    alike: impl Fn(&RosteredShift, &RosteredShift) -> bool,
) -> (Vec<Pair<'a>>, Left<'a>, Left<'a>) {
    let (mut pairs, mut left) = (Vec::new(), Vec::new());
    for of in was {
        match is.iter().position(|other| alike(of, other)) {
            Some(at) => pairs.push(Pair { agent, before: Some(of), after: Some(is.remove(at)) }),
            None => left.push(of),
        }
    }
    (pairs, left, is)
}
