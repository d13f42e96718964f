//! People who attend a group session attend it together: as many as a session takes, with somebody who may lead it, and no more
//! sessions at once than there may be. Of activities that each attends alone, no more people are in a session at once than may.
//!
//! Sessions of days that stay as they were promised are not looked at. Who starts at the same time is in the same sessions, as few of them as hold all. One of those who may lead leads each and is not
//! counted among those who attend.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::activity::{ActivityKind, GroupSessions};
use crate::domain::ids::AgentIx;
use crate::domain::roster::{Activity, Roster, Shift};
use crate::domain::rule::{Excess, Rule, Violation};
use crate::domain::time::{Instant, local_date};
use crate::roster::problem::RosterProblem;

pub(crate) fn violations(problem: &RosterProblem<'_>, roster: &Roster) -> Vec<Violation> {
    problem.workforce.activities.iter().flat_map(|kind| of_kind(problem, roster, kind)).collect()
}

fn of_kind(problem: &RosterProblem<'_>, roster: &Roster, kind: &ActivityKind) -> Vec<Violation> {
    let mut there: BTreeMap<Instant, Vec<AgentIx>> = BTreeMap::new();
    for shift in &roster.shifts {
        let held = shift.pieces.iter().filter(|piece| is_of(piece.activity, kind));
        held.for_each(|piece| there.entry(piece.span.from).or_default().push(shift.agent));
    }
    // What has begun or is locked stays as it was promised, whoever has become ill of it since.
    let stays = |at: Instant| {
        let starts =
            |shift: &&Shift| shift.pieces.iter().any(|piece| is_of(piece.activity, kind) && piece.span.from == at);
        let mut shifts = roster.shifts.iter().filter(starts);
        shifts.any(|shift| problem.workforce.agents[shift.agent.0].stays_on(shift.date))
    };
    let broken = |at: Instant, by: usize, detail: String| Violation {
        rule: Rule::GroupSessions,
        who: kind.id.to_string(),
        date: Some(local_date(at, problem.period.zone)),
        by: Excess::Agents(by as f64),
        detail,
    };
    let mut found = Vec::new();
    let mut sessions: BTreeMap<Instant, usize> = BTreeMap::new();
    for (&at, people) in there.iter().filter(|(at, _)| !stays(**at)) {
        let held = kind.group.as_ref().map_or(Ok(people.len()), |group| sessions_of(group, people));
        match held {
            Ok(count) => {
                sessions.insert(at, count);
            }
            Err((by, detail)) => found.push(broken(at, by, tr!("at {at}: {detail}", at, detail))),
        }
    }
    let most = kind.group.as_ref().map_or(kind.at_once, |group| Some(group.at_once));
    let Some(most) = most.and_then(|most| usize::try_from(most).ok()) else { return found };
    for &at in sessions.keys() {
        let until_now = at - kind.length.duration();
        let running = sessions.iter().filter(|(start, _)| until_now < **start && **start <= at);
        let running: usize = running.map(|(_, count)| count).sum();
        if running > most {
            found.push(broken(at, running - most, tr!("{running} at once at {at}, {most} may be", running, at, most)));
        }
    }
    found
}

fn is_of(activity: Activity, kind: &ActivityKind) -> bool {
    matches!(activity, Activity::Session { of, .. } if of == kind.id)
}

/// The fewest sessions that hold some people, or by how many people none do, and why.
fn sessions_of(group: &GroupSessions, people: &[AgentIx]) -> Result<usize, (usize, String)> {
    let (least, most) = (group.least as usize, group.most as usize);
    let needs_leader = group.needs_leader();
    let leaders = people.iter().filter(|agent| group.may_lead(**agent)).count();
    let leading = |sessions: usize| if needs_leader { sessions } else { 0 };
    let fits = |sessions: &usize| {
        let (led, attend) = (leading(*sessions), people.len().saturating_sub(leading(*sessions)));
        (!needs_leader || leaders >= led) && (sessions * least..=sessions * most).contains(&attend)
    };
    if let Some(count) = (1..=people.len()).find(fits) {
        return Ok(count);
    }
    let attend = people.len() - leading(1).min(people.len());
    Err(if needs_leader && leaders == 0 {
        (1, tr!("nobody is there who may lead"))
    } else if attend < least {
        (least - attend, tr!("{attend} attend, at least {least} have to", attend, least))
    } else {
        let lacking = attend.saturating_sub(most).max(1);
        (lacking, tr!("{attend} attend, from {least} to {most} a session may", attend, least, most))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::WeeklyHours;
    use crate::domain::ids::ActivityId;
    use crate::domain::units::Minutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna, Ben, Cem and Dana; Dana may lead coaching for one or two others, one session at a time.
    fn instance(leaders: &[bool]) -> TinyInstance {
        let mut instance = TinyInstance::new(lenient());
        for name in ["ben", "cem", "dana"] {
            instance.hire(name);
        }
        instance.workforce.activities.push(ActivityKind {
            id: ActivityId::new("coaching"),
            length: Minutes::hours(1),
            is_paid: true,
            hours: WeeklyHours::always(),
            from_breaks: Minutes::ZERO,
            at_once: None,
            group: Some(GroupSessions {
                least: 1,
                most: 2,
                at_once: 1,
                leaders: (!leaders.is_empty()).then(|| leaders.to_vec()),
            }),
        });
        instance
    }

    fn found(instance: &TinyInstance, rows: &[&[&str]]) -> Vec<String> {
        let mut roster = instance.roster(&[]);
        for (agent, rows) in rows.iter().enumerate() {
            for mut shift in instance.roster(rows).shifts {
                shift.agent = AgentIx(agent);
                roster.shifts.push(shift);
            }
        }
        violations(&instance.problem(), &roster).into_iter().map(|violation| violation.detail).collect()
    }

    #[test]
    fn people_with_a_leader_are_a_session() {
        let led = instance(&[false, false, false, true]);
        assert!(found(&led, &[&["mon 08:00 wcw"], &["mon 08:00 wcw"], &[], &["mon 08:00 wcw"]]).is_empty());
        assert!(found(&instance(&[]), &[&["mon 08:00 wcw"]]).is_empty());
    }

    #[test]
    fn a_session_without_leader_or_people_or_with_too_many_is_found() {
        let led = instance(&[false, false, false, true]);
        let found = |rows: &[&[&str]]| found(&led, rows).iter().map(|told| told[28..].to_owned()).collect::<Vec<_>>();
        assert_eq!(found(&[&["mon 08:00 wcw"]]), ["nobody is there who may lead"]);
        assert_eq!(found(&[&[], &[], &[], &["mon 08:00 wcw"]]), ["0 attend, at least 1 have to"]);
        let all = [&["mon 08:00 wcw"][..]; 4];
        assert_eq!(found(&all), ["3 attend, from 1 to 2 a session may"]);
    }

    #[test]
    fn sessions_that_overlap_need_a_room_each() {
        let mut half = instance(&[]);
        half.workforce.activities[0].length = Minutes::hours(2);
        let told = found(&half, &[&["mon 08:00 wccw"], &["mon 08:00 wwccw"]]);
        assert_eq!(told, ["2 at once at 2026-11-30 10:00:00 UTC, 1 may be"]);
        assert!(found(&half, &[&["mon 08:00 wccw"], &["mon 08:00 wwwccw"]]).is_empty());
    }
}
