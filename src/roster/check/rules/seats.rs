//! At no time are more agents of a site on shift, breaks included, than it has seats. The gap of a split shift takes none.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::ids::SiteIx;
use crate::domain::roster::{Roster, Shift};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::{Instant, local_date};
use crate::domain::workforce::Site;
use crate::roster::problem::RosterProblem;

pub(crate) fn violations(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    let sites = problem.workforce.sites.iter().enumerate();
    sites.flat_map(|(position, site)| overfull(site, &changes(problem, roster, SiteIx(position)))).collect()
}

/// By how many the agents on shift at a site change at each instant, those whose shift began before the plan included.
fn changes(problem: &RosterProblem<'_>, roster: &Roster, site: SiteIx) -> BTreeMap<Instant, i64> {
    let mut changes = BTreeMap::new();
    let here = problem.workforce.agents.iter().filter(|agent| agent.site == site);
    let carried = here.flat_map(|agent| agent.before.present());
    let planned = roster.shifts.iter().filter(|shift| shift.site == site).flat_map(Shift::present);
    for span in carried.chain(planned) {
        *changes.entry(span.from).or_insert(0) += 1;
        *changes.entry(span.until).or_insert(0) -= 1;
    }
    changes
}

/// One violation per uninterrupted time with too few seats, by the most agents that lack one.
fn overfull(site: &Site, changes: &BTreeMap<Instant, i64>) -> Vec<Violation> {
    let Some(seats) = site.seats else { return Vec::new() };
    let mut broken: Vec<Violation> = Vec::new();
    let (mut present, mut peak, mut since) = (0, 0, None);
    for (at, change) in changes {
        present += change;
        if present > i64::from(seats) {
            since = since.or(Some(*at));
            peak = peak.max(present);
        } else if let Some(start) = since.take() {
            let detail =
                tr!("{peak} agents are on shift at once from {start} to {at}, {seats} can sit", peak, start, at, seats);
            broken.push(Violation {
                rule: Rule::Seats,
                who: site.id.to_string(),
                date: Some(local_date(start, site.zone)),
                by: Excess::Agents((peak - i64::from(seats)) as f64),
                detail,
            });
            peak = 0;
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Three agents of a site with this many seats: how many lack one, per stretch.
    fn standing(seats: Option<u32>) -> Vec<Excess> {
        let mut instance = TinyInstance::new(lenient());
        instance.workforce.sites[0].seats = seats;
        instance.hire("bert");
        instance.hire("cara");
        // Anna  8–12, again from 18; Bert 10–14, from 18; Cara 11–12, from 14 on.
        let roster = instance.roster(&[
            "mon 08:00 wwww",
            "tue 18:00 ww",
            "bert mon 10:00 wmww",
            "bert tue 18:00 ww",
            "cara mon 11:00 w",
            "cara tue 14:00 ww",
        ]);
        violations(&instance.problem(), &roster).into_iter().map(|violation| violation.by).collect()
    }

    #[test]
    fn everyone_on_shift_needs_a_seat_breaks_included() {
        assert_eq!(standing(Some(3)), []);
        // Monday 11–12 has three, on Tuesday 18–20 two.
        assert_eq!(standing(Some(2)), [Excess::Agents(1.0)]);
        // Monday 10–12 (peak three), Tuesday 18–20 (two).
        assert_eq!(standing(Some(1)), [Excess::Agents(2.0), Excess::Agents(1.0)]);
        assert_eq!(standing(None), []);
    }
}
