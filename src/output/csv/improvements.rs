//! `improvements.csv`: what would help most, one row per change and person who could take it.

use chrono::{DateTime, FixedOffset};

use crate::domain::ids::{AgentIx, QueueIx};
use crate::domain::queue::Queue;
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, ImprovementRow};
use crate::plan::{Change, Improvement, Improvements};

pub(super) fn write(found: &Improvements, workforce: &Workforce, queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let rows = found.changes.iter().enumerate().flat_map(|(at, of)| {
        let row = move |agent: AgentIx, change: &Change, price: Money| {
            row(at + 1, of, (agent, change, price), workforce, queues)
        };
        match of.change {
            Change::Hire { like } => vec![row(like, &of.change, of.price)],
            _ => of.people.iter().map(|taker| row(taker.agent, &taker.change, taker.price)).collect(),
        }
    });
    records::write(rows)
}

fn row(
    rank: usize,
    of: &Improvement,
    (agent, change, price): (AgentIx, &Change, Money),
    workforce: &Workforce,
    queues: &[Queue],
) -> ImprovementRow {
    let name = |queue: &QueueIx| queues[queue.0].id.to_string();
    let zone = workforce.site_of(&workforce.agents[agent.0]).zone;
    let (before, after) = (change.before(), change.after());
    let from = |shift: &Shift| local_time::wall(shift.span().from, zone);
    let until = |shift: &Shift| local_time::wall(shift.span().until, zone);
    let known = |shift: Option<&Shift>, of: &dyn Fn(&Shift) -> DateTime<FixedOffset>| shift.map(of);
    ImprovementRow {
        rank,
        kind: kind(change).to_owned(),
        agent: workforce.agents[agent.0].id.to_string(),
        date: after.map(|shift| shift.date),
        shift_id: after.map(|shift| shift.id.to_string()).unwrap_or_default(),
        start_before: known(before, &from),
        end_before: known(before, &until),
        start: known(after, &from),
        end: known(after, &until),
        breaks: after.map(breaks).unwrap_or_default(),
        queues: of.queues.iter().map(name).collect(),
        price,
        goal: of.goal.map(|goal| name(&goal.queue)).unwrap_or_default(),
        goal_from: of.goal.map(|goal| goal.from),
        goal_days: of.goal.map(|goal| goal.days),
        share_before: of.goal.map(|goal| goal.before),
        share_gain: of.goal.map(|goal| goal.by.by),
        share_gain_half_width: of.goal.map(|goal| goal.by.half_width),
        in_time_at_goals: of.at_goals.by,
        in_time: of.in_time.by,
        in_time_half_width: of.in_time.half_width,
        no_longer_lost: of.kept.by,
    }
}

/// The word used in the file.
const fn kind(change: &Change) -> &'static str {
    match change {
        Change::Add(_) => "add",
        Change::Lengthen { .. } => "lengthen",
        Change::Move { .. } => "move",
        Change::Shorten { .. } => "shorten",
        Change::Hire { .. } => "hire",
    }
}

/// Breaks and meals, each with its start and end.
fn breaks(shift: &Shift) -> Vec<String> {
    let told = |piece: &Piece| {
        format!("{} {}/{}", piece.activity, local_time::utc(piece.span.from), local_time::utc(piece.span.until))
    };
    shift.pieces.iter().filter(|piece| piece.activity != Activity::Work).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_change_stands_with_its_breaks_and_its_price() {
        let found = example::improvements();
        let table = write(&found, &example::workforce(), &[example::queue("orders")]).expect("a table");
        let rows: Vec<ImprovementRow> = records::read(&table).expect("rows");
        let [longer, hired] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!((longer.kind.as_str(), longer.agent.as_str(), longer.rank), ("lengthen", "a001", 1));
        assert_eq!(longer.breaks, ["meal 2026-11-30T12:00:00Z/2026-11-30T12:30:00Z"]);
        // In Manila the shift ends at midnight; an hour later it is the next day.
        let ends = [longer.end_before, longer.end].map(|end| end.expect("an end").to_rfc3339());
        assert_eq!(ends, ["2026-12-01T00:00:00+08:00", "2026-12-01T01:00:00+08:00"]);
        assert_eq!((longer.price, longer.share_gain), (Money::rounded(12.5), Some(0.031)));
        assert_eq!((hired.kind.as_str(), hired.rank, hired.start), ("hire", 2, None));
    }
}
