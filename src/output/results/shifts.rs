//! The rows of `roster.csv` → shifts, with whatever does not fit together told by line.

use std::collections::BTreeMap;
use tr::tr;

use chrono::{Duration, NaiveDate};

use super::calendar;
use crate::domain::ids::{AgentIx, ShiftId, SiteIx};
use crate::domain::problem::{Problem, Problems};
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::span::Span;
use crate::domain::time::{Zone, local_date};
use crate::output::records::{AgentEntry, Numbered, PlanFile, RosterRow, SiteEntry};

/// A shift of a roster that was read back. Agents and sites are positions in the lists of `plan.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosteredShift {
    /// The shift.
    pub shift: Shift,
    /// The queues open to the agent while at work.
    pub queues: Vec<String>,
}

/// Who and where, by name.
pub(super) struct Names<'a> {
    agents: BTreeMap<&'a str, AgentIx>,
    sites: BTreeMap<&'a str, SiteIx>,
    zones: &'a [Zone],
    /// The days on which shifts may start: those of the plan, and what lies beside them where a site is far away.
    days: (NaiveDate, NaiveDate),
}

/// Days beside the plan on which a shift of it may start.
const BESIDE: i64 = 2;

/// How long a piece of a shift may be.
const LONGEST_HOURS: i64 = 48;

impl<'a> Names<'a> {
    pub(super) fn of(agents: &'a [AgentEntry], sites: &'a [SiteEntry], zones: &'a [Zone], plan: &PlanFile) -> Self {
        let last = plan.start + Duration::days(7 * i64::from(plan.weeks) - 1);
        Self {
            days: (plan.start - Duration::days(BESIDE), last + Duration::days(BESIDE)),
            agents: agents.iter().enumerate().map(|(at, agent)| (agent.id.as_str(), AgentIx(at))).collect(),
            sites: sites.iter().enumerate().map(|(at, site)| (site.id.as_str(), SiteIx(at))).collect(),
            zones,
        }
    }

    pub(super) fn has_agent(&self, id: &str) -> bool {
        self.agents.contains_key(id)
    }
}

/// Shifts in order of agents, then time. Rows with the same `shift_id` are one shift, wherever they stand.
pub(super) fn shifts(
    rows: &[Numbered<RosterRow>],
    names: &Names<'_>,
    file: &str,
) -> Result<Vec<RosteredShift>, Problems> {
    let mut problems = Problems::none();
    let mut by_shift: BTreeMap<&str, Vec<(AgentIx, &Numbered<RosterRow>)>> = BTreeMap::new();
    for numbered in rows {
        if let Some(agent) = problems.keep(agent_of(numbered, names, file)) {
            by_shift.entry(numbered.1.shift_id.as_str()).or_default().push((agent, numbered));
        }
    }
    let mut shifts: Vec<RosteredShift> =
        by_shift.into_values().filter_map(|rows| problems.keep(shift(rows, names, file))).collect();
    shifts.sort_by_key(|of| (of.shift.agent, of.shift.span(), of.shift.id.clone()));
    problems.or(shifts)
}

/// The agent of a row that can be used by itself.
fn agent_of((line, row): &Numbered<RosterRow>, names: &Names<'_>, file: &str) -> Result<AgentIx, Problems> {
    let mut problems = Problems::none();
    let mut refuse = |column: &str, value: String, cause: &str, accepted: &str| {
        let problem = Problem::in_file(file, cause).at_line(*line).in_column(column).with_value(value);
        problems.push(problem.accepting(accepted));
    };
    let agent = names.agents.get(row.agent.as_str());
    if agent.is_none() {
        refuse("agent", row.agent.clone(), &tr!("not an agent of this plan"), &tr!("an id of `agents` in plan.json"));
    }
    if !names.sites.contains_key(row.site.as_str()) {
        refuse("site", row.site.clone(), &tr!("not a site of this plan"), &tr!("an id of `sites` in plan.json"));
    }
    let (first, last) = names.days;
    if !(first..=last).contains(&row.date) {
        refuse("date", row.date.to_string(), &tr!("not a day of the plan"), &tr!("{first} to {last}", first, last));
    }
    for (column, at) in [("start", row.start), ("end", row.end)] {
        if !calendar::holds_instant(at.to_utc()) {
            refuse(column, at.to_rfc3339(), &tr!("no instant that calendars hold"), calendar::ACCEPTED);
        }
    }
    if row.end <= row.start {
        refuse("end", row.end.to_rfc3339(), &tr!("does not lie after `start`"), &tr!("an instant after `start`"));
    } else if row.end - row.start > Duration::hours(LONGEST_HOURS) {
        refuse(
            "end",
            row.end.to_rfc3339(),
            &tr!("no piece of a shift is that long"),
            &tr!("an instant at most 48 hours after `start`"),
        );
    }
    match agent {
        Some(agent) => problems.or(*agent),
        None => Err(problems),
    }
}

/// The shift of its rows, of which there is at least one.
fn shift(
    mut of_agents: Vec<(AgentIx, &Numbered<RosterRow>)>,
    names: &Names<'_>,
    file: &str,
) -> Result<RosteredShift, Problems> {
    of_agents.sort_by_key(|(_, (_, row))| (row.start, row.end));
    let rows: Vec<&Numbered<RosterRow>> = of_agents.iter().map(|(_, numbered)| *numbered).collect();
    let (agent, (_, first)) = of_agents[0];
    let mut problems = Problems::none();
    let mut refuse = |line: u64, column: &str, cause: String| {
        problems.push(Problem::in_file(file, cause).at_line(line).in_column(column));
    };
    for (line, row) in &rows {
        let same = tr!("of shift `{}` all rows must say the same", row.shift_id);
        let differs = [
            ("agent", row.agent != first.agent),
            ("site", row.site != first.site),
            ("date", row.date != first.date),
            ("status", row.status != first.status),
            ("locked", row.locked != first.locked),
        ];
        differs.iter().filter(|(_, differs)| *differs).for_each(|(column, _)| refuse(*line, column, same.clone()));
    }
    for pair in rows.windows(2).filter(|pair| pair[1].1.start < pair[0].1.end) {
        refuse(pair[1].0, "start", tr!("begins before the piece on line {} ends", pair[0].0));
    }
    let site = names.sites.get(first.site.as_str()).copied().unwrap_or(SiteIx(0));
    let date = local_date(first.start.to_utc(), names.zones[site.0]);
    if date != first.date {
        refuse(rows[0].0, "date", tr!("the shift starts on {date} of its site", date));
    }
    let pieces = rows.iter().map(|(_, row)| Piece {
        activity: row.does(),
        span: Span { from: row.start.to_utc(), until: row.end.to_utc() },
    });
    let work = rows.iter().map(|(_, row)| row).find(|row| row.does() == Activity::Work);
    problems.or(RosteredShift {
        queues: work.map(|row| row.queues.clone()).unwrap_or_default(),
        shift: Shift {
            id: ShiftId::new(&first.shift_id),
            agent,
            site,
            date: first.date,
            pieces: pieces.collect(),
            status: first.status,
            locked: first.locked,
        },
    })
}
