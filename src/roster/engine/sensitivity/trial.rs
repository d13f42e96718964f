//! Searches made with a change, beside one without it.

use rayon::prelude::*;

use crate::domain::alternative::Saving;
use crate::domain::progress::{Progress, Unheard};
use crate::domain::roster::RosterCost;
use crate::domain::workforce::Workforce;
use crate::roster::engine::solve::solve_from;
use crate::roster::engine::whole_sessions::whole_sessions;
use crate::roster::problem::{NoSolution, RosterParams, RosterProblem};

use super::change::Made;
use super::standing::Explained;

/// Share of the work of a whole search that one with a change does.
const EFFORT: f64 = 0.03;

/// What searches with changes share.
pub(super) struct Trial<'a> {
    pub(super) problem: &'a RosterProblem<'a>,
    pub(super) of: Explained<'a>,
    pub(super) progress: &'a dyn Progress,
}

impl Trial<'_> {
    /// What rosters with some changes cost less than one that is made anew without; none where none was found.
    pub(super) fn savings(&self, changes: &[&Made]) -> Result<Vec<Option<Saving>>, NoSolution> {
        let all: Vec<Option<&Made>> = std::iter::once(None).chain(changes.iter().map(|made| Some(*made))).collect();
        let costs: Vec<Option<RosterCost>> =
            all.into_par_iter().map(|made| self.cost_with(made)).collect::<Result<_, _>>()?;
        let without = costs[0];
        let saving = |with: &Option<RosterCost>| {
            let (without, with) = (without?, (*with)?);
            Some(Saving::of(&without, &with))
        };
        Ok(costs[1..].iter().map(saving).collect())
    }

    /// What a roster costs that is looked for from where the last search ended, if it is legal.
    fn cost_with(&self, made: Option<&Made>) -> Result<Option<RosterCost>, NoSolution> {
        let with = |workforce: &Workforce| {
            let mut changed = workforce.clone();
            if let Some(made) = made {
                made.make(&mut changed, self.problem);
            }
            changed
        };
        let (workforce, settled) = (with(self.problem.workforce), self.of.settled.map(with));
        let start = match made {
            Some(Made::Person(of)) => &self.of.end.with(of.1.clone()),
            _ => self.of.end,
        };
        let params = RosterParams {
            effort: EFFORT,
            proves: false,
            work: None,
            seed: self.of.seed,
            target_gap: 0.0,
            time_limit: None,
        };
        let problem = RosterProblem { workforce: &workforce, ..*self.problem };
        let to_solve = RosterProblem { workforce: settled.as_ref().unwrap_or(&workforce), ..problem };
        let found = match solve_from(&to_solve, Some(start), &params, &Unheard(self.progress)) {
            Ok((found, _)) => found.roster,
            Err(NoSolution::Conflicts(_)) => return Ok(None),
            Err(cancelled) => return Err(cancelled),
        };
        let roster = whole_sessions(&problem, found, settled.is_some());
        Ok((self.of.judge)(&problem, roster))
    }
}
