//! One row of a roster that is brought along: a piece of a shift, with what is wrong in itself.

use chrono::NaiveDate;
use tr::tr;

use crate::domain::ids::{AgentIx, QueueIx, ShiftId};
use crate::domain::roster::{Activity, Piece, ShiftStatus};
use crate::domain::time::{Instant, PlanPeriod};
use crate::domain::workforce::{Agent, Workforce};
use crate::workspace::roster_rows::piece;
use crate::workspace::tables::Row;
use crate::workspace::words::{Index, Refusal, choice, flag, id, known, whole};

/// A piece of a shift.
#[derive(Debug)]
pub(super) struct ShiftRow<'r> {
    /// Where it was read.
    pub(super) row: &'r Row<'r>,
    pub(super) agent: AgentIx,
    pub(super) shift: ShiftId,
    pub(super) date: NaiveDate,
    pub(super) piece: Piece,
    /// The queues named, each of which the agent can serve.
    pub(super) queues: Vec<usize>,
    pub(super) paid_minutes: Option<i64>,
    pub(super) status: ShiftStatus,
    pub(super) is_locked: bool,
}

/// Reads a row of a date, if that could be read; nothing where it cannot be used, which is reported.
pub(super) fn shift_row<'r>(
    row: &'r Row<'r>,
    date: Option<NaiveDate>,
    workforce: &Workforce,
    period: &PlanPeriod,
    agents: &Index,
    (queues, activities): (&[String], &[(&'static str, Activity)]),
) -> Option<ShiftRow<'r>> {
    let agent = row.required("agent", |word| agents.find(word)).map(AgentIx);
    let of = agent.map(|agent| &workforce.agents[agent.0]);
    let zone = of.map_or(period.zone, |agent| workforce.site_of(agent).zone);
    let piece = piece(row, zone, activities);
    if let Some(piece) = piece {
        refuse_off_grid(row, "start", piece.span.from, period);
        refuse_off_grid(row, "end", piece.span.until, period);
    }
    let status = row.optional("status", choice(&ShiftStatus::ALL.map(|status| (status.name(), status))));
    let is_locked = row.optional("locked", flag);
    let name = row.optional("shift_id", id);
    let paid_minutes: Option<u32> = row.optional("paid_minutes", whole(0..=u32::from(u16::MAX)));
    let named = row.list("queues", known("queue", queues));
    if let Some(agent) = of {
        refuse_other_site(row, agent, workforce);
        refuse_unskilled(row, agent, workforce, &named, queues);
    }
    let (agent, date, piece) = (agent?, date?, piece?);
    let shift = name.unwrap_or_else(|| format!("{}-{date}", workforce.agents[agent.0].id));
    Some(ShiftRow {
        row,
        agent,
        shift: ShiftId::new(shift),
        date,
        piece,
        queues: if piece.activity == Activity::Work { named } else { Vec::new() },
        paid_minutes: paid_minutes.map(i64::from),
        status: status.unwrap_or_default(),
        is_locked: is_locked.unwrap_or_default(),
    })
}

fn refuse_off_grid(row: &Row<'_>, column: &'static str, at: Instant, period: &PlanPeriod) {
    let minutes = period.interval.get();
    if at.timestamp().rem_euclid(60 * minutes) != 0 || at.timestamp_subsec_nanos() != 0 {
        let refusal = Refusal::new(tr!("no interval of the plan starts or ends then"));
        row.refuse(
            column,
            refusal
                .accepting(tr!("times on a multiple of {minutes} minutes", minutes))
                .hinting(tr!("the length of intervals is `interval_minutes` in workspace.toml")),
        );
    }
}

fn refuse_other_site(row: &Row<'_>, agent: &Agent, workforce: &Workforce) {
    let names: Vec<String> = workforce.sites.iter().map(|site| site.id.to_string()).collect();
    let site = row.optional("site", known("site", &names));
    if site.is_some_and(|site| site != agent.site.0) {
        let own = names[agent.site.0].clone();
        row.refuse("site", Refusal::new(tr!("`{}` works at another site", agent.id)).accepting(own));
    }
}

fn refuse_unskilled(row: &Row<'_>, agent: &Agent, workforce: &Workforce, named: &[usize], queues: &[String]) {
    let abilities = &workforce.groups[agent.group.0].abilities;
    let cannot = |queue: &&usize| !abilities.iter().any(|ability| ability.queue == QueueIx(**queue));
    if let Some(queue) = named.iter().find(cannot) {
        let open: Vec<&str> = abilities.iter().map(|ability| queues[ability.queue.0].as_str()).collect();
        let refusal = Refusal::new(tr!("`{}` lacks the skills of `{}`", agent.id, queues[*queue]));
        row.refuse("queues", refusal.accepting(open.join("|")));
    }
}
