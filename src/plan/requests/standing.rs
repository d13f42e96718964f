//! The roster that stands: who was told what, and what cover costs where a requirement is at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tr::tr;

use crate::domain::calendar::Holiday;
use crate::domain::cover::CoverPrice;
use crate::domain::event::Event;
use crate::domain::ids::{AgentIx, QueueId, QueueIx, ShiftId};
use crate::domain::problem::{Problem, Problems};
use crate::domain::queue::Queue;
use crate::domain::requirement::{QueueRequirement, Requirement};
use crate::domain::roster::Shift;
use crate::domain::series::Series;
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::units::{Money, Share};
use crate::domain::warning::Warning;
use crate::domain::workforce::Workforce;
use crate::plan::promised::promise;
use crate::plan::rostering::{days_before, people};
use crate::roster::RosterProblem;
use crate::staffing::{self, CoverPriceParams};
use crate::workspace::Workspace;

/// The files that tell of a roster that stands.
#[derive(Clone, Copy, Debug)]
pub struct StandingFiles<'a> {
    /// The roster.
    pub roster: &'a Path,
    /// Agents required; without, cover has no price.
    pub requirement: Option<&'a Path>,
    /// The rosters before this one.
    pub after: &'a [PathBuf],
}

/// A roster that people were told.
#[derive(Clone, Debug)]
pub struct StandingRoster {
    /// The workspace's name, with those of scenarios.
    pub name: String,
    /// Special days.
    pub holidays: Vec<Holiday>,
    /// Events known at `as_of`.
    pub events: Vec<Event>,
    /// Its days.
    pub period: PlanPeriod,
    /// The instant from which it may change.
    pub as_of: Instant,
    /// Queues, in order.
    pub queues: Vec<Queue>,
    /// The currency of all money.
    pub currency: String,
    /// Its people, each with the days that they were promised.
    pub workforce: Workforce,
    /// Its shifts, by agent, then start.
    pub shifts: Vec<Shift>,
    /// What a request may cost at most.
    pub most_per_request: Money,
    /// What the user should know.
    pub warnings: Vec<Warning>,
    /// Queues that a shift was meant for where these are fewer than those of its agent.
    pub(super) narrower: BTreeMap<ShiftId, BTreeSet<QueueIx>>,
    /// Of no queue where no requirement is at hand.
    pub(super) cover: CoverPrice,
    pub(super) queue_ids: Vec<QueueId>,
    pub(super) unplanned_shrinkage: Share,
}

impl StandingRoster {
    /// Reads a roster of some days as it stands at an instant.
    ///
    /// # Errors
    /// Every row that cannot be used.
    pub fn read(
        workspace: &Workspace,
        period: PlanPeriod,
        as_of: Instant,
        files: &StandingFiles<'_>,
    ) -> Result<Self, Problems> {
        let (mut workforce, earlier) = people(workspace, &period, as_of, files.after)?;
        let mut problems = Problems::none();
        let given = problems.keep(workspace.published_from(files.roster, &workforce, &period));
        let cover = files.requirement.map(|file| problems.keep(cover(workspace, &period, file)));
        let (Some(given), Some(cover)) = (given, cover.map_or(Some(None), |read| read.map(Some))) else {
            return Err(problems);
        };
        promise(&mut workforce, &given.shifts, &period, as_of, &workspace.price_of_change);
        let mut warnings: Vec<Warning> = workspace.warnings.iter().cloned().map(Warning::Input).collect();
        warnings.extend(days_before(workspace, earlier.as_ref(), &period));
        warnings.extend(given.warnings.into_iter().map(Warning::Input));
        if cover.is_some() && workspace.cover.late_contact.is_some() {
            let cause = tr!("how late contacts are is not in a requirement: cover is priced by `short_per_hour` here");
            let file = files.requirement.map_or_else(String::new, |file| file.display().to_string());
            warnings.push(Warning::Input(Problem::in_file(file, cause)));
        }
        let queue_ids = workspace.queues.iter().map(|queue| queue.id.clone());
        Ok(Self {
            name: workspace.name(),
            holidays: workspace.holidays.clone(),
            events: workspace.events_known_at(as_of),
            queue_ids: cover.as_ref().map_or_else(Vec::new, |_| queue_ids.collect()),
            cover: cover.unwrap_or_else(|| CoverPrice::of_no_queue(period.grid())),
            period,
            as_of,
            queues: workspace.queues.clone(),
            currency: workspace.currency.clone(),
            workforce,
            shifts: given.shifts,
            most_per_request: workspace.price_of_change.most_per_request,
            warnings,
            narrower: given.narrower,
            unplanned_shrinkage: workspace.staffing.unplanned_shrinkage,
        })
    }

    /// Whether cover has a price.
    #[must_use]
    pub fn has_requirement(&self) -> bool {
        !self.queue_ids.is_empty()
    }

    /// Queues of a shift that an agent cannot take. Those of a shift are what its roster names or, where that names none or all, what its own
    /// agent can take.
    pub(super) fn lacks(&self, shift: &Shift, agent: AgentIx) -> Vec<QueueIx> {
        let group = |agent: AgentIx| &self.workforce.groups[self.workforce.agents[agent.0].group.0];
        let queues: Vec<QueueIx> = match self.narrower.get(&shift.id) {
            Some(named) => named.iter().copied().collect(),
            None => group(shift.agent).abilities.iter().map(|ability| ability.queue).collect(),
        };
        queues.into_iter().filter(|queue| !group(agent).takes(*queue)).collect()
    }

    /// The rules and prices for a workforce that may have been promised other days since.
    pub(super) fn problem<'a>(&'a self, workforce: &'a Workforce) -> RosterProblem<'a> {
        RosterProblem {
            period: &self.period,
            workforce,
            cover: &self.cover,
            unplanned_shrinkage: self.unplanned_shrinkage,
            queue_ids: &self.queue_ids,
        }
    }
}

/// What cover costs for the agents that a file says are required.
fn cover(workspace: &Workspace, period: &PlanPeriod, file: &Path) -> Result<CoverPrice, Problems> {
    let grid = period.grid();
    let open = staffing::open_intervals(&workspace.queues, &workspace.holidays, &grid);
    let net = workspace.agents_from(file, &grid, &open)?;
    let queue = |(net, open): (Vec<f64>, Vec<bool>)| {
        let agents_net = Series::new(grid, net);
        let agents_scheduled = agents_net.map(|net| workspace.staffing.scheduled(*net));
        QueueRequirement { agents_net, agents_scheduled, open, ..QueueRequirement::nothing(grid) }
    };
    let queues = net.into_iter().zip(open).map(queue).collect();
    let requirement = Requirement { grid, unplanned_shrinkage: workspace.staffing.unplanned_shrinkage, queues };
    let by_hours = CoverPriceParams { late_contact: None, ..workspace.cover };
    Ok(staffing::price_cover(&requirement, &workspace.queues, &by_hours))
}
