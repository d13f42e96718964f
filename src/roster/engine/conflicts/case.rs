//! What agents of one contract and site can do under some terms.

use std::ops::Range;
use std::sync::{Arc, Mutex};

use crate::domain::ids::SiteIx;
use crate::domain::labour::LabourRules;
use crate::domain::rhythm::Rhythm;
use crate::domain::units::{Minutes, Money};
use crate::domain::workforce::Site;
use crate::roster::engine::loosening::Terms;
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::shifts::ShiftLibrary;
use crate::roster::instance::slots::{SiteClock, SlotGrid};
use crate::roster::pricing::cheapest_line::{cheapest, cheapest_by};
use crate::roster::pricing::legal_models::model_if_legal;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::Values;
use crate::roster::problem::RosterProblem;

/// Shifts in all libraries that are kept, at most.
const MOST_KEPT: usize = 1_000_000;

/// A contract at a site.
pub(super) struct Case<'a> {
    pub(super) problem: &'a RosterProblem<'a>,
    slot_grid: &'a SlotGrid,
    site: &'a Site,
    clock: SiteClock,
    /// Shift libraries made so far, with the rules behind them.
    libraries: Mutex<Vec<(LabourRules, Arc<ShiftLibrary>)>>,
}

impl<'a> Case<'a> {
    pub(super) fn new(problem: &'a RosterProblem<'a>, slot_grid: &'a SlotGrid, site: SiteIx) -> Self {
        let site = &problem.workforce.sites[site.0];
        Self { problem, slot_grid, site, clock: SiteClock::new(slot_grid, site.zone), libraries: Mutex::default() }
    }

    /// The plan's interval.
    pub(super) fn interval(&self) -> Minutes {
        self.problem.period.interval
    }

    /// Whether there is a legal line.
    pub(super) fn has_line(&self, terms: &Terms, scratch: &mut Scratch) -> bool {
        if !terms.agent.promised.is_empty() || !terms.agent.owed.is_empty() {
            return self.model(terms, scratch).is_some();
        }
        // Breaks find a place in every shift of a library, so they need not be laid.
        let library = self.library(&terms.rules);
        match AgentModel::new(&terms.agent, &terms.rules, (0, &library), self.slot_grid) {
            Some(model) if model.counters.is_none() => cheapest_by(&model, |_, _| 0.0, scratch).is_some(),
            Some(_) => self.model(terms, scratch).is_some(),
            None => false,
        }
    }

    fn model(&self, terms: &Terms, scratch: &mut Scratch) -> Option<(AgentModel, Arc<ShiftLibrary>)> {
        let library = self.library(&terms.rules);
        let model = model_if_legal(&terms.agent, &terms.rules, (0, &library), self.slot_grid, scratch)?;
        Some((model, library))
    }

    /// What no legal line is paid less than, premiums included; none where that is not known.
    pub(super) fn least_pay(&self, terms: &Terms, scratch: &mut Scratch) -> Option<Money> {
        if terms.agent.hourly_cost == Money::ZERO {
            return Some(Money::ZERO);
        }
        let (mut model, library) = self.model(terms, scratch)?;
        model.forget_wishes();
        let nothing = vec![0.0; self.slot_grid.slots + 1];
        let path = cheapest(&model, &library, &Values { worth: &nothing, present: None, full: None }, scratch)?;
        path.least.is_finite().then(|| Money::rounded(path.least))
    }

    /// Most paid minutes on some dates, when no week or settlement period owes any.
    pub(super) fn most_minutes(&self, terms: &Terms, days: &Range<usize>, scratch: &mut Scratch) -> Minutes {
        let free = owing_nothing(terms);
        let library = self.library(&free.rules);
        let Some(model) = AgentModel::new(&free.agent, &free.rules, (0, &library), self.slot_grid) else {
            return Minutes::ZERO;
        };
        let paid = |day: usize, choice: usize| {
            let candidate = model.days[day].choices[choice].candidate;
            if days.contains(&day) { library.days[day][candidate].paid } else { 0 }
        };
        let most = cheapest_by(&model, |day, choice| -f64::from(paid(day, choice)), scratch);
        let sum = most.map_or(0, |path| path.picks.iter().map(|&(day, choice)| i64::from(paid(day, choice))).sum());
        Minutes::new(sum)
    }

    /// The shifts within some rules.
    fn library(&self, rules: &LabourRules) -> Arc<ShiftLibrary> {
        let shape = shape(rules);
        let known = |libraries: &Vec<(LabourRules, Arc<ShiftLibrary>)>| {
            libraries.iter().find(|(known, _)| *known == shape).map(|(_, library)| Arc::clone(library))
        };
        if let Some(library) = self.libraries.lock().ok().and_then(|libraries| known(&libraries)) {
            return library;
        }
        let library = Arc::new(ShiftLibrary::new(self.problem, self.slot_grid, self.site, &self.clock, rules));
        if let Ok(mut libraries) = self.libraries.lock() {
            libraries.push((shape, Arc::clone(&library)));
            while libraries.len() > 1
                && libraries.iter().map(|(_, library)| shifts_in(library)).sum::<usize>() > MOST_KEPT
            {
                libraries.remove(0);
            }
        }
        library
    }
}

fn shifts_in(library: &ShiftLibrary) -> usize {
    library.days.iter().map(Vec::len).sum()
}

/// What of some rules decides which shifts there are.
fn shape(rules: &LabourRules) -> LabourRules {
    let mut shape = rules.clone();
    (shape.min_week, shape.max_week) = (Minutes::ZERO, Minutes::ZERO);
    (shape.daily_rest, shape.weekly_rest) = (Minutes::ZERO, Minutes::ZERO);
    (shape.max_consecutive_days, shape.max_days_per_week) = (0, 0);
    shape.nights.iter_mut().for_each(|nights| nights.max_per_week = 0);
    shape.rhythm = Rhythm {
        max_weekends: rules.rhythm.max_weekends.map(|_| 0),
        forbidden: rules.rhythm.forbidden.clone(),
        ..Rhythm::default()
    };
    shape
}

/// The terms without anything owed.
fn owing_nothing(terms: &Terms) -> Terms {
    let mut terms = terms.clone();
    terms.agent.weeks.iter_mut().for_each(|week| week.min = Minutes::ZERO);
    terms.agent.settlement.iter_mut().for_each(|period| period.minutes.min = Minutes::ZERO);
    terms.rules.min_week = Minutes::ZERO;
    terms
}
