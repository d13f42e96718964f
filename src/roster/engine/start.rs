//! Where a search begins that was made before at other prices of cover.

use rayon::prelude::*;

use crate::domain::ids::ActivityId;
use crate::domain::roster::Shift;
use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::instance::Instance;
use crate::roster::instance::breaks::Pause;
use crate::roster::instance::line::{Line, LineShift};
use crate::roster::instance::promises::{lies_legally, shift_of};
use crate::roster::instance::shifts::Candidate;
use crate::roster::pricing::cheapest_line::{cheapest_of, is_legal};
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::{Values, line_of_path};
use crate::roster::problem::{NoSolution, RosterProblem};
use crate::roster::search::cover_memo::CoverSolver;
use crate::roster::search::incumbent::Incumbent;

use super::alike_queues::Joined;
use super::legal_instance::legal_instance;

/// The end of one search, to begin another one: the same people and days, whatever their cover costs.
#[derive(Clone, Debug, Default)]
pub struct Start {
    lines: Vec<Line>,
    prices: Option<DualPrices>,
}

/// Shifts that were made elsewhere as the beginning of a search: whose shifts are legal has them, the others have the legal shifts that
/// cost least, work being worth nothing: wages, wishes, and the price of what is not as promised.
///
/// # Errors
/// The agents who have no legal shifts.
pub fn start_at(problem: &RosterProblem<'_>, shifts: &[Shift]) -> Result<Start, NoSolution> {
    let joined = Joined::of(problem);
    let problem = &joined.as_ref().map_or(*problem, |joined| joined.problem(problem));
    let instance = legal_instance(problem)?;
    let nothing = vec![0.0; instance.slot_grid.slots + 1];
    let values = Values { worth: &nothing, present: None, full: None };
    let line_of = |agent: usize, scratch: &mut Scratch| {
        let (model, library) = (&instance.models[agent], instance.library(agent));
        let own = shifts.iter().filter(|shift| shift.agent.0 == agent);
        let dates = &library.dates;
        let in_slots = |shift: &Shift| {
            let day = dates.iter().position(|of| of.date == shift.date)?;
            shift_of(day, &shift.pieces, &instance.slot_grid)
        };
        let given: Option<Vec<LineShift>> = own.map(in_slots).collect();
        let given = given.map(|shifts| Line::new(shifts, instance.agent(agent), library, &instance.slot_grid));
        let book = model.sessions.as_ref();
        let lies = |shift: &LineShift| {
            let candidates = &library.days[shift.day];
            let found = candidates.binary_search_by_key(&shift.key(), Candidate::key);
            found.is_ok_and(|at| lies_legally(shift, &candidates[at], library, book))
        };
        let given = given.filter(|line| line.shifts.iter().all(lies));
        let legal = given.filter(|line| is_legal(model, library, line, scratch));
        legal.or_else(|| {
            let path = cheapest_of(&instance, agent, &values, scratch)?;
            Some(line_of_path(&instance, agent, &values, &path))
        })
    };
    let lines =
        (0..instance.models.len()).into_par_iter().map_init(Scratch::default, |scratch, agent| line_of(agent, scratch));
    Ok(Start { lines: lines.collect::<Option<Vec<Line>>>().unwrap_or_default(), prices: None })
}

impl Start {
    /// Where a search ended.
    pub(super) fn of(lines: &[Option<Line>], prices: Option<DualPrices>) -> Self {
        Self { lines: lines.iter().flatten().cloned().collect(), prices }
    }

    /// The same with one agent more behind the others.
    pub(super) fn with(&self, line: Line) -> Self {
        let mut with = self.clone();
        with.lines.push(line);
        with
    }

    /// The same roster, with the prices of another search for the same people and days.
    #[must_use]
    pub fn with_prices_of(self, other: &Self) -> Self {
        Self { prices: other.prices.clone().or(self.prices), ..self }
    }

    /// The lines where the search ended.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The roster to begin with; none where the people are others. Sessions whose time has been settled for another are left out.
    pub(super) fn roster(&self, instance: &Instance<'_>) -> Option<Incumbent> {
        let may_be = |agent: usize, day: usize, of: ActivityId, slot: usize| {
            let book = instance.models[agent].sessions.as_ref();
            book.is_some_and(|book| book.may_start(of, day, slot))
        };
        let lines = self.lines_with(instance, may_be)?;
        Incumbent::of(instance, lines, &mut CoverSolver::default())
    }

    /// The lines with those of their sessions that are kept: `keeps(agent, day, kind, first slot)`; none where the people are others.
    pub(super) fn lines_with(
        &self,
        instance: &Instance<'_>,
        keeps: impl Fn(usize, usize, ActivityId, usize) -> bool,
    ) -> Option<Vec<Line>> {
        if self.lines.len() != instance.models.len() {
            return None;
        }
        let kept = |(agent, line): (usize, &Line)| {
            let mut shifts = line.shifts.clone();
            for shift in &mut shifts {
                let (day, start) = (shift.day, shift.start);
                shift.breaks.retain(|placed| match placed.pause {
                    Pause::Session { of, .. } => keeps(agent, day, of, start + placed.offset),
                    Pause::Break(_) | Pause::Gap => true,
                });
            }
            Line::new(shifts, instance.agent(agent), instance.library(agent), &instance.slot_grid)
        };
        Some(self.lines.iter().enumerate().map(kept).collect())
    }

    /// The prices to begin with; none where queues or intervals are others, or pools are gone.
    pub(super) fn prices(&self, instance: &Instance<'_>) -> Option<DualPrices> {
        let mut prices = self.prices.as_ref()?.grown(instance)?;
        prices.project(instance);
        Some(prices)
    }
}
