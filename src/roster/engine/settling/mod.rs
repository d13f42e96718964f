//! Times of sessions that people cannot choose one by one: those of groups, and those of which only so many may be at once.
//!
//! A first roster has everybody attend when it suits them, which no time that is settled can beat. From its shifts each session gets the
//! time that costs least: of all starts, with all who are there then and still owe it, the one at which what the sessions are
//! worth exceeds by most what cover costs without these heads. Those who owe it are then told these times; whether they attend, in which
//! shift and around which breaks is for the search to say.
//!
//! | file | what it does |
//! |---|---|
//! | [`session`] | a session that gets a time, and those who are told of it |
//! | [`on_shift`] | times for those who are on shift together |
//! | [`by_prices`] | times for which shifts have to move, by what everybody's time is worth |

mod session;
mod on_shift;
mod by_prices;

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::roster::pricing::legal_models::prepared;
use crate::roster::problem::RosterProblem;

use super::start::Start;
use on_shift::Settling;

/// Whether some sessions that people owe need a time that is settled for all.
#[must_use]
pub fn needs_settling(workforce: &Workforce) -> bool {
    let owed: Vec<&OwedSessions> = workforce.agents.iter().flat_map(|agent| &agent.owed).collect();
    let is_open = |kind: &ActivityKind| owed.iter().any(|owed| owed.activity == kind.id && owed.starts.is_none());
    workforce.activities.iter().any(|kind| kind.is_shared() && is_open(kind))
}

/// The workforce with times for the sessions that need one, as they suit a roster; as it is where none do, or the roster does not fit.
#[must_use]
pub fn settled(problem: &RosterProblem<'_>, roster: &Start) -> Workforce {
    let mut workforce = problem.workforce.clone();
    if !needs_settling(&workforce) {
        return workforce;
    }
    let Ok(instance) = prepared(problem) else { return workforce };
    let Some(mut settling) = Settling::new(&instance, roster) else { return workforce };
    let mut kinds: Vec<&ActivityKind> = problem.workforce.activities.iter().filter(|kind| kind.is_shared()).collect();
    kinds.sort_by_key(|kind| (kind.group.is_none(), std::cmp::Reverse(kind.length)));
    for kind in kinds {
        let left = settling.settle(kind, &mut workforce);
        settling.settle_by_prices((problem, roster), kind, left, &mut workforce);
    }
    workforce
}

/// People whose sessions have their times settled, free to hold them at any time: what no roster of theirs costs less than holds for all times.
/// What they hold beyond what they owed before, since they lead it, costs nothing where it is not held.
#[must_use]
pub fn at_any_time(settled: &Workforce, before: &Workforce) -> Workforce {
    let mut free = settled.clone();
    for (agent, before) in free.agents.iter_mut().zip(&before.agents) {
        for owed in agent.owed.iter_mut().filter(|owed| owed.starts.is_some()) {
            let is_it =
                |of: &&OwedSessions| (of.activity, of.times, of.within) == (owed.activity, owed.times, owed.within);
            owed.price = before.owed.iter().find(is_it).map_or(Money::ZERO, |of| of.price);
            owed.starts = None;
        }
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::activity::GroupSessions;
    use crate::domain::calendar::WeeklyHours;
    use crate::domain::ids::{ActivityId, SiteIx};
    use crate::domain::span::Span;
    use crate::domain::time::{Instant, start_of_day};
    use crate::domain::units::Minutes;
    use crate::domain::workforce::Site;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};
    use crate::roster::engine::start::start_at;

    /// Anna owes a talk that Ben leads, whose site is half a day ahead of hers.
    fn instance() -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        instance.hire("ben");
        let site = instance.workforce.sites[0].clone();
        instance.workforce.sites.push(Site { zone: chrono_tz::Asia::Manila, ..site });
        instance.workforce.agents[1].site = SiteIx(1);
        let (talk, leaders) = (ActivityId::new("talk"), Some(vec![false, true]));
        instance.workforce.activities.push(ActivityKind {
            id: talk,
            length: Minutes::hours(1),
            is_paid: true,
            hours: WeeklyHours::always(),
            from_breaks: Minutes::ZERO,
            at_once: None,
            group: Some(GroupSessions { least: 1, most: 5, at_once: 1, leaders }),
        });
        let within = Span { from: instance.at("mon 00:00"), until: instance.at("sun 23:00") };
        instance.workforce.agents[0].owed =
            vec![OwedSessions { activity: talk, times: 1, within, starts: None, price: Money::rounded(500.0) }];
        (8..12).for_each(|hour| instance.require(&format!("mon {hour:02}:00"), 2.0));
        instance
    }

    /// The talk's time, and Ben's part in it, where some shifts stand.
    fn told(rows: &[&str]) -> (Vec<Instant>, OwedSessions) {
        let instance = instance();
        let problem = instance.problem();
        let mut shifts = instance.shifts(rows);
        for shift in &mut shifts {
            shift.site = problem.workforce.agents[shift.agent.0].site;
        }
        let start = start_at(&problem, &shifts).expect("legal shifts");
        let settled = settled(&problem, &start);
        let times = settled.agents[0].owed[0].starts.clone().expect("a time");
        (times, settled.agents[1].owed.first().expect("Ben leads").clone())
    }

    #[test]
    fn whoever_leads_from_another_zone_does_so_on_a_day_of_their_own() {
        let (times, led) = told(&["mon 08:00 wwww", "ben mon 08:00 wwww"]);
        assert_eq!(led.starts.as_ref(), Some(&times));
        // Ben's Monday begins on Anna's Sunday.
        let monday = start_of_day(times[0].date_naive(), chrono_tz::Asia::Manila);
        assert!(led.holds(monday), "{led:?}");
    }

    #[test]
    fn shifts_move_where_nobody_who_may_lead_is_there() {
        // Ben works on Tuesday, Anna on Monday: by prices one of them is asked to come when the other does.
        let (times, led) = told(&["mon 08:00 wwww", "ben tue 08:00 wwww"]);
        assert_eq!((times.len(), led.starts), (1, Some(times)));
    }
}
