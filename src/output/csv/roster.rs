//! `roster.csv`: one row per piece of a shift. `date` is the site's day on which the shift starts; times are on the
//! site's clock with its offset; `queues` are those open to the agent while at work.

use super::Table;
use crate::domain::queue::Queue;
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::workforce::Workforce;
use crate::output::{OutputError, local_time};

const HEADER: [&str; 11] =
    ["agent", "shift_id", "site", "date", "activity", "queues", "start", "end", "paid_minutes", "status", "locked"];

pub(super) fn write(roster: &Roster, workforce: &Workforce, queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let open_to = queues_by_group(workforce, queues);
    let mut table = Table::new(&HEADER)?;
    for shift in &roster.shifts {
        let served = &open_to[workforce.agents[shift.agent.0].group.0];
        for piece in &shift.pieces {
            row(&mut table, workforce, shift, piece, served)?;
        }
    }
    table.finish()
}

/// Per skill group, the names of its queues joined by `|`.
fn queues_by_group(workforce: &Workforce, queues: &[Queue]) -> Vec<String> {
    let names = |abilities: &[crate::domain::workforce::Ability]| {
        abilities.iter().map(|ability| queues[ability.queue.0].id.as_str()).collect::<Vec<_>>().join("|")
    };
    workforce.groups.iter().map(|group| names(&group.abilities)).collect()
}

fn row(
    table: &mut Table,
    workforce: &Workforce,
    shift: &Shift,
    piece: &Piece,
    served: &str,
) -> Result<(), OutputError> {
    let site = &workforce.sites[shift.site.0];
    let paid = if piece.activity.is_paid() { piece.span.length().get() } else { 0 };
    table.row(&[
        workforce.agents[shift.agent.0].id.as_str(),
        shift.id.as_str(),
        site.id.as_str(),
        &shift.date.to_string(),
        piece.activity.name(),
        if piece.activity == Activity::Work { served } else { "" },
        &local_time::local(piece.span.from, site.zone),
        &local_time::local(piece.span.until, site.zone),
        &paid.to_string(),
        "draft",
        "false",
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_shift_is_one_row_per_piece_on_the_sites_clock() {
        // 08:00–16:00 UTC in Manila is 16:00 to midnight; the meal of 30 minutes is unpaid.
        let workforce = example::workforce();
        let bytes = write(&example::roster(), &workforce, &[example::queue("orders")]).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "agent,shift_id,site,date,activity,queues,start,end,paid_minutes,status,locked\n\
             a001,a001-2026-11-30,manila,2026-11-30,work,orders,2026-11-30T16:00:00+08:00,2026-11-30T20:00:00+08:00,240,draft,false\n\
             a001,a001-2026-11-30,manila,2026-11-30,meal,,2026-11-30T20:00:00+08:00,2026-11-30T20:30:00+08:00,0,draft,false\n\
             a001,a001-2026-11-30,manila,2026-11-30,work,orders,2026-11-30T20:30:00+08:00,2026-12-01T00:00:00+08:00,210,draft,false\n"
        );
    }
}
