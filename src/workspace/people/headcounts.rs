//! Heads wanted apart from queues, as one plan sees them: who counts, in which intervals, at what price.

use super::model::People;
use crate::domain::calendar::WeeklyHours;
use crate::domain::headcount::{CountPrice, Counted, Headcount, HeadcountKind};
use crate::domain::ids::SiteIx;
use crate::domain::time::{PlanPeriod, Zone};
use crate::domain::workforce::Agent;
use crate::workspace::settings::{CoverSettings, SiteSettings, SpanOfControl};

/// Those of the sites, in their order, then those of skill groups.
pub(super) fn headcounts(people: &People, agents: &[Agent], period: &PlanPeriod) -> Vec<Headcount> {
    let hours = period.interval.as_hours();
    let missing = people.missing_person_per_hour.as_f64() * hours;
    let mut wanted = Vec::new();
    for (at, site) in people.sites.iter().enumerate().filter(|(_, site)| !site.is_closed) {
        wanted.extend(least_staff(site, SiteIx(at), agents, missing, period));
        wanted.extend(supervisors(site, SiteIx(at), agents, missing, period));
    }
    wanted.extend(people.covers.iter().map(|cover| of_group(cover, agents, hours, period)));
    wanted
}

/// People on shift at a site in its hours, or in those that are said.
fn least_staff(
    site: &SiteSettings,
    at: SiteIx,
    agents: &[Agent],
    missing: f64,
    period: &PlanPeriod,
) -> Option<Headcount> {
    let hours = site.min_staff_hours.as_ref().unwrap_or(&site.site.hours);
    Some(Headcount {
        kind: HeadcountKind::OnSite(at),
        weights: agents.iter().map(|agent| i32::from(agent.site == at)).collect(),
        per_head: 1,
        counted: Counted::OnShift,
        price: CountPrice::at_least(f64::from(site.min_staff?), missing),
        applies: open(hours, site.site.zone, period),
    })
}

/// A supervisor weighs as many as one can lead, each of the others takes one off: nothing is missing from zero on.
fn supervisors(
    site: &SiteSettings,
    at: SiteIx,
    agents: &[Agent],
    missing: f64,
    period: &PlanPeriod,
) -> Option<Headcount> {
    let SpanOfControl { agents: led, levels } = site.supervision.as_ref()?;
    let leads = |agent: &Agent| levels.iter().any(|(_, level)| *level == agent.level);
    let weight = |agent: &Agent| if leads(agent) { *led } else { -1 };
    Some(Headcount {
        kind: HeadcountKind::Supervisors(at),
        weights: agents.iter().map(|agent| if agent.site == at { weight(agent) } else { 0 }).collect(),
        per_head: *led,
        counted: Counted::OnShift,
        price: CountPrice::at_least(0.0, missing / f64::from(*led)),
        applies: vec![true; period.grid().len()],
    })
}

/// Heads at work that hold all of some skills.
fn of_group(cover: &CoverSettings, agents: &[Agent], hours: f64, period: &PlanPeriod) -> Headcount {
    let holds = |agent: &Agent| cover.skills.iter().all(|skill| agent.skills.contains(skill));
    Headcount {
        kind: HeadcountKind::Group(cover.id.clone()),
        weights: agents.iter().map(|agent| i32::from(holds(agent))).collect(),
        per_head: 1,
        counted: Counted::AtWork,
        price: cover.per_hour.scaled(hours),
        applies: open(&cover.hours, period.zone, period),
    }
}

/// The intervals within hours of a clock.
fn open(hours: &WeeklyHours, zone: Zone, period: &PlanPeriod) -> Vec<bool> {
    let grid = period.grid();
    (0..grid.len()).map(|interval| hours.is_open(grid.start_of(interval), zone)).collect()
}
