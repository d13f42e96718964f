//! `roster.csv`: one row per piece of a shift. `date` is the site's day on which the shift starts; times are on the
//! site's clock with its offset; `queues` are those open to the agent while at work.

use crate::domain::queue::Queue;
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::workforce::{SkillGroup, Workforce};
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, RosterRow};

pub(super) fn write(roster: &Roster, workforce: &Workforce, queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let open_to: Vec<Vec<String>> = workforce.groups.iter().map(|group| queues_of(group, queues)).collect();
    let rows = roster.shifts.iter().flat_map(|shift| {
        let served = &open_to[workforce.agents[shift.agent.0].group.0];
        shift.pieces.iter().map(move |piece| row(workforce, shift, piece, served))
    });
    records::write(rows)
}

/// The names of a skill group's queues.
fn queues_of(group: &SkillGroup, queues: &[Queue]) -> Vec<String> {
    group.abilities.iter().map(|ability| queues[ability.queue.0].id.to_string()).collect()
}

fn row(workforce: &Workforce, shift: &Shift, piece: &Piece, served: &[String]) -> RosterRow {
    let site = &workforce.sites[shift.site.0];
    RosterRow {
        agent: workforce.agents[shift.agent.0].id.to_string(),
        shift_id: shift.id.to_string(),
        site: site.id.to_string(),
        date: shift.date,
        activity: piece.activity.name().to_owned(),
        queues: if piece.activity == Activity::Work { served.to_vec() } else { Vec::new() },
        start: local_time::wall(piece.span.from, site.zone),
        end: local_time::wall(piece.span.until, site.zone),
        paid_minutes: if piece.activity.is_paid() { piece.span.length().get() } else { 0 },
        status: shift.status,
        locked: shift.locked,
    }
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
