//! `roster.csv`, read back or made by a planner: shifts of the plan's agents, each of one piece or more.

use std::collections::{BTreeMap, BTreeSet};
use tr::tr;

use chrono::NaiveDate;

use super::shift_rows::{ShiftRow, shift_row};
use crate::domain::ids::{QueueIx, ShiftId};
use crate::domain::problem::{Problem, Problems};
use crate::domain::roster::{Activity, Shift};
use crate::domain::rule::Violation;
use crate::domain::time::{PlanPeriod, local_date};
use crate::domain::workforce::Workforce;
use crate::workspace::place::{Place, Report};
use crate::workspace::roster_rows::activities;
use crate::workspace::tables::Row;
use crate::workspace::words::{Index, Refusal, date};

/// A roster read back: its shifts, ordered by agent, then start. Whether it is legal is the checker's to say.
#[derive(Clone, Debug)]
pub struct GivenRoster {
    /// The shifts of the plan's days.
    pub shifts: Vec<Shift>,
    /// What the user should know though the file can be used.
    pub warnings: Vec<Problem>,
    /// Queues that rows name where these are fewer than those open to the agent, by shift.
    pub narrower: BTreeMap<ShiftId, BTreeSet<QueueIx>>,
    file: Place,
    /// The first line of each agent's shift of a date.
    lines: BTreeMap<(String, NaiveDate), u64>,
}

impl GivenRoster {
    /// Rules that the roster breaks, each at the line of the shift it concerns.
    #[must_use]
    pub fn problems(&self, violations: &[Violation]) -> Problems {
        let mut problems = Problems::none();
        for violation in violations {
            let Violation { rule, who, date, detail, .. } = violation;
            let line = date.and_then(|date| self.lines.get(&(who.clone(), date)));
            let place = line.map_or_else(|| self.file.clone(), |line| self.file.line(*line));
            let on = date.map_or_else(String::new, |date| tr!(" on {date}", date));
            let problem = place.problem(format!("`{who}`{on}: {}: {detail}", rule.name()));
            problems.push(match rule.keys() {
                Some(keys) => problem.hinting(tr!("the rule is set by {keys}", keys)),
                None => problem,
            });
        }
        problems
    }
}

/// The rows of agents of a workforce; where others are passed over they are told of, else the rows of all.
pub(super) fn known<'r>(
    rows: &'r [Row<'r>],
    workforce: &Workforce,
    passes_over_others: bool,
    report: &Report,
) -> Vec<&'r Row<'r>> {
    let is_known = |row: &&Row<'_>| {
        let named = row.optional("agent", |word| Ok(word.to_owned()));
        !passes_over_others || named.is_none_or(|name| workforce.agents.iter().any(|agent| agent.id.as_str() == name))
    };
    let (known, others): (Vec<&Row<'_>>, Vec<&Row<'_>>) = rows.iter().partition(is_known);
    if let Some(first) = others.first() {
        let names: BTreeSet<String> =
            others.iter().filter_map(|row| row.optional("agent", |word| Ok(word.to_owned()))).collect();
        let named: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
        let cause = tr!("no agent of the plan, whose shifts are left out: {}", named.join(", "));
        report.warning(first.place().problem(cause).in_column("agent"));
    }
    known
}

/// The roster that the rows tell. Rows that belong together have a `shift_id` in common or, where they have none, the agent
/// and the date; they may stand anywhere in the file.
pub(super) fn roster(
    rows: &[&Row<'_>],
    workforce: &Workforce,
    period: &PlanPeriod,
    queues: &[String],
    file: Place,
    report: &Report,
) -> GivenRoster {
    let agents = workforce.agents.iter().map(|agent| agent.id.to_string()).collect();
    let agents = Index::of("agent of the plan", agents, true);
    let dated: Vec<(&Row<'_>, Option<NaiveDate>)> = rows.iter().map(|row| (*row, row.required("date", date))).collect();
    let others: Vec<NaiveDate> =
        dated.iter().filter_map(|(_, date)| *date).filter(|date| !period.contains(*date)).collect();
    warn_of_other_days(&others, rows.len(), &file, report);
    let of_plan = dated.into_iter().filter(|(_, date)| date.is_none_or(|date| period.contains(date)));
    let words = activities(workforce.activities.iter().map(|kind| (kind.id, kind.is_paid)));
    let told: Vec<ShiftRow<'_>> =
        of_plan.filter_map(|(row, date)| shift_row(row, date, workforce, period, &agents, (queues, &words))).collect();
    warn_of_derived(&told, workforce, report);
    let mut shifts: Vec<Shift> = by_shift(&told)
        .into_iter()
        .filter_map(|(id, mut rows)| {
            rows.sort_by_key(|row| row.piece.span);
            shift(id, &rows, workforce)
        })
        .collect();
    shifts.sort_by_key(|shift| (shift.agent, shift.pieces[0].span.from));
    let mut lines = BTreeMap::new();
    for row in &told {
        let agent = workforce.agents[row.agent.0].id.to_string();
        let line = row.row.place().number().unwrap_or_default();
        lines.entry((agent, row.date)).or_insert(line);
    }
    let mut narrower: BTreeMap<ShiftId, BTreeSet<QueueIx>> = BTreeMap::new();
    for row in told.iter().filter(|row| is_narrower(row, workforce)) {
        narrower.entry(row.shift.clone()).or_default().extend(row.queues.iter().copied().map(QueueIx));
    }
    GivenRoster { shifts, warnings: Vec::new(), narrower, file, lines }
}

/// The rows by the shift to which they belong, in the order of their names.
fn by_shift<'a, 'r>(told: &'a [ShiftRow<'r>]) -> BTreeMap<ShiftId, Vec<&'a ShiftRow<'r>>> {
    let mut shifts: BTreeMap<ShiftId, Vec<&ShiftRow<'_>>> = BTreeMap::new();
    for row in told {
        shifts.entry(row.shift.clone()).or_default().push(row);
    }
    shifts
}

/// The shift of its rows in order of time; nothing where they do not fit each other, which is reported.
fn shift(id: ShiftId, rows: &[&ShiftRow<'_>], workforce: &Workforce) -> Option<Shift> {
    let (first, others) = rows.split_first()?;
    let agent = &workforce.agents[first.agent.0];
    let zone = workforce.site_of(agent).zone;
    let mut fits = true;
    let mut refuse = |row: &ShiftRow<'_>, column, refusal| {
        row.row.refuse(column, refusal);
        fits = false;
    };
    for row in others {
        let told = |what: &str| tr!("the shift's row on {} has another {what}", line_of(first), what);
        if row.agent != first.agent {
            refuse(row, "agent", Refusal::new(told("agent")).accepting(agent.id.to_string()));
        } else if row.date != first.date {
            refuse(row, "date", Refusal::new(told("date")).accepting(first.date.to_string()));
        }
        if row.status != first.status {
            refuse(row, "status", Refusal::new(told("status")).accepting(first.status.name()));
        }
        if row.is_locked != first.is_locked {
            refuse(row, "locked", Refusal::new(told("lock")).accepting(first.is_locked.to_string()));
        }
    }
    for pair in rows.windows(2).filter(|pair| pair[0].piece.span.until > pair[1].piece.span.from) {
        let cause = tr!("begins before the piece on {} ends", line_of(pair[0]));
        let until = pair[0].piece.span.until.with_timezone(&zone).to_rfc3339();
        refuse(pair[1], "start", Refusal::new(cause).accepting(tr!("{until} or later", until)));
    }
    let gaps: Vec<&&ShiftRow<'_>> = rows
        .windows(2)
        .filter(|pair| pair[0].piece.span.until < pair[1].piece.span.from)
        .map(|pair| &pair[1])
        .collect();
    if let Some(second) = gaps.get(1) {
        let cause = tr!("a second gap in the shift ends here; breaks and meals are rows of their own");
        refuse(
            second,
            "start",
            Refusal::new(cause).accepting(tr!("pieces that follow each other, with one gap at most")),
        );
    }
    let date = local_date(first.piece.span.from, zone);
    if date != first.date {
        let cause = tr!("the shift starts on {date} of its site", date);
        refuse(first, "date", Refusal::new(cause).accepting(date.to_string()));
    }
    fits.then(|| Shift {
        id,
        agent: first.agent,
        site: agent.site,
        date,
        pieces: rows.iter().map(|row| row.piece).collect(),
        status: first.status,
        locked: first.is_locked,
    })
}

fn line_of(row: &ShiftRow<'_>) -> String {
    row.row.place().number().map_or_else(|| tr!("another line"), |line| tr!("line {line}", line))
}

/// Rows of other days are passed over, and told.
fn warn_of_other_days(others: &[NaiveDate], rows: usize, file: &Place, report: &Report) {
    let (Some(first), Some(last)) = (others.iter().min(), others.iter().max()) else { return };
    let cause = tr!(
        "{} of its {rows} rows are of shifts outside the plan, dated {first} to {last}, and are passed over",
        others.len(),
        rows,
        first,
        last
    );
    let problem = file.problem(cause).hinting(tr!("the plan's days are set by --start and --weeks"));
    if others.len() == rows { report.problem(problem) } else { report.warning(problem) }
}

/// What is not read from the file but follows from the rest, where it says something else: once each.
fn warn_of_derived(told: &[ShiftRow<'_>], workforce: &Workforce, report: &Report) {
    let warn = |column, cause: &str, differs: &dyn Fn(&ShiftRow<'_>) -> bool| {
        let of: Vec<&ShiftRow<'_>> = told.iter().filter(|row| differs(row)).collect();
        if let Some(first) = of.first() {
            let cause = tr!("{cause} in {} rows, of which this is the first", of.len(), cause);
            report.warning(first.row.place().problem(cause).in_column(column));
        }
    };
    warn("paid_minutes", &tr!("not what the activity and its length come to, which is what counts,"), &|row| {
        row.paid_minutes.is_some_and(|told| told != paid(row))
    });
    warn("queues", &tr!("fewer than the agent's skills open, all of which get a share of their time,"), &|row| {
        is_narrower(row, workforce)
    });
}

/// Whether a row names fewer queues than those open to the agent.
fn is_narrower(row: &ShiftRow<'_>, workforce: &Workforce) -> bool {
    let group = workforce.agents[row.agent.0].group;
    let open = workforce.groups[group.0].abilities.len();
    row.piece.activity == Activity::Work && !row.queues.is_empty() && row.queues.len() < open
}

/// Minutes of a row that are paid.
fn paid(row: &ShiftRow<'_>) -> i64 {
    if row.piece.activity.is_paid() { row.piece.span.length().get() } else { 0 }
}
