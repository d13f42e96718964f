//! What an earlier roster leaves behind: the end of each agent's last shift, what of it reaches into the plan, and the
//! run of days up to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::files::Files;
use super::place::Report;
use super::settings::TableFile;
use super::tables::{Column, Row};
use super::words::{Refusal, choice, date, instant, text};
use crate::domain::problem::{Problem, Problems};
use crate::domain::roster::{Activity, Piece};
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::workforce::{Carry, Span, Workforce};

/// The columns of `roster.csv`, one row per piece of a shift.
const COLUMNS: [Column; 11] = [
    Column::Required("agent"),
    Column::Optional("shift_id"),
    Column::Optional("site"),
    Column::Required("date"),
    Column::Required("activity"),
    Column::Optional("queues"),
    Column::Required("start"),
    Column::Required("end"),
    Column::Optional("paid_minutes"),
    Column::Optional("status"),
    Column::Optional("locked"),
];

/// What one agent did before the plan.
#[derive(Debug, Default)]
struct Past {
    last_end: Option<Instant>,
    dates: BTreeSet<NaiveDate>,
    tail: Vec<Piece>,
}

/// Carries the roster file of an earlier run over into a workforce. Only shifts dated before the plan count, and agents
/// who are no longer in the workforce are passed over.
///
/// # Errors
/// Every row that cannot be read, or a roster with no shift before the plan.
pub fn carry_from(workforce: &mut Workforce, roster_csv: &Path, period: &PlanPeriod) -> Result<(), Problems> {
    let report = Report::default();
    let file = TableFile { path: roster_csv.to_path_buf(), is_named: true };
    let rows = Files::new(&report).table(&file, &COLUMNS);
    let found = rows.len();
    let past = past(&rows, period);
    let (mut problems, _) = report.into_parts();
    if problems.is_empty() && found > 0 && past.is_empty() {
        let cause = format!("no shift is dated before the plan, which begins on {}", period.start);
        let problem = Problem::in_file(roster_csv.display().to_string(), cause);
        problems.push(problem.hinting("--after takes the roster of the days before the plan"));
    }
    problems.or(())?;
    for agent in &mut workforce.agents {
        agent.before = past.get(agent.id.as_str()).map(|past| carry(past, period.start)).unwrap_or_default();
    }
    Ok(())
}

fn past(rows: &[Row<'_>], period: &PlanPeriod) -> BTreeMap<String, Past> {
    let begin = period.grid().start();
    let mut past: BTreeMap<String, Past> = BTreeMap::new();
    for row in rows {
        let agent = row.required("agent", text);
        let day = row.required("date", date);
        let piece = piece(row, period);
        let (Some(agent), Some(day), Some(piece)) = (agent, day, piece) else { continue };
        if day < period.start {
            let agent = past.entry(agent).or_default();
            agent.last_end = agent.last_end.max(Some(piece.span.until));
            agent.dates.insert(day);
            if piece.span.until > begin {
                agent.tail.push(piece);
            }
        }
    }
    past.values_mut().for_each(|agent| agent.tail.sort_by_key(|piece| piece.span));
    past
}

fn piece(row: &Row<'_>, period: &PlanPeriod) -> Option<Piece> {
    let activity = row.required("activity", choice(&Activity::ALL.map(|activity| (activity.name(), activity))));
    let (from, until) = (row.required("start", instant(period.zone)), row.required("end", instant(period.zone)));
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        row.refuse("end", Refusal::new("does not lie after `start`"));
    }
    Some(Piece { activity: activity?, span: Span { from: from?, until: until? } })
}

fn carry(past: &Past, start: NaiveDate) -> Carry {
    let eve = std::iter::successors(start.pred_opt(), NaiveDate::pred_opt);
    let run = eve.take_while(|date| past.dates.contains(date)).count();
    Carry { last_end: past.last_end, run_of_days: u32::try_from(run).unwrap_or(u32::MAX), tail: past.tail.clone() }
}
