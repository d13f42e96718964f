//! The cheapest legal shifts of one agent beside those of all others, exactly.

use crate::domain::cover::CoverPrice;
use crate::domain::ids::{AgentIx, ShiftId};
use crate::domain::roster::Shift;
use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::Instance;
use crate::roster::pricing::cheapest_line::cheapest_of;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::{Values, line_of_path};
use crate::roster::problem::RosterProblem;

use super::cover_under_change::CoverUnderChange;
use super::legal_instance::legal_instance;

/// The shifts of an agent that cost least while everybody else works what stands in `shifts`: pay, wishes, burdens, what is not as promised,
/// and cover. None where no shifts are legal in the seats that are free. Heads that are wanted apart from queues are left aside.
#[must_use]
pub fn cheapest_line(problem: &RosterProblem<'_>, shifts: &[Shift], agent: AgentIx) -> Option<Vec<Shift>> {
    let others: Vec<Shift> = shifts.iter().filter(|shift| shift.agent != agent).cloned().collect();
    let workforce = problem.workforce.of_one(agent);
    let no_queue = CoverPrice::of_no_queue(problem.cover.grid);
    let problem_alone = RosterProblem { workforce: &workforce, cover: &no_queue, queue_ids: &[], ..*problem };
    let instance = legal_instance(&problem_alone).ok()?;
    let (cover, mut simplex) = (CoverUnderChange::new(problem, &others), Simplex::default());
    let gains: Vec<f64> = (0..instance.slot_grid.intervals).map(|t| cover.gain(t, agent.0, &mut simplex)).collect();
    let worth = instance.along_slots(|t| gains[t]);
    let full = full_slots(problem, &others, agent, &instance);
    let values = Values { worth: &worth, present: None, full: full.as_deref() };
    let path = cheapest_of(&instance, 0, &values, &mut Scratch::default())?;
    let line = line_of_path(&instance, 0, &values, &path);
    let of = &problem.workforce.agents[agent.0];
    let written = line.shifts.iter().filter_map(|shift| {
        let date = problem.period.dates().nth(shift.day)?;
        let id = ShiftId::new(format!("{}-{date}", of.id));
        Some(Shift::draft(id, agent, of.site, date, shift.pieces(&instance.slot_grid)))
    });
    Some(written.collect())
}

/// Running counts of slots in which others have all the seats of an agent's site, where it has a limit.
fn full_slots(
    problem: &RosterProblem<'_>,
    others: &[Shift],
    agent: AgentIx,
    instance: &Instance<'_>,
) -> Option<Vec<u32>> {
    let workforce = problem.workforce;
    let site = workforce.agents[agent.0].site;
    let seats = workforce.sites[site.0].seats?;
    let grid = &instance.slot_grid;
    let mut taken = vec![0u32; grid.slots];
    let before = workforce.agents.iter().enumerate().filter(|(at, of)| *at != agent.0 && of.site == site);
    let before = before.flat_map(|(_, of)| of.before.present());
    let present = others.iter().filter(|shift| shift.site == site).flat_map(Shift::present);
    for span in before.chain(present) {
        let slot = |at| usize::try_from(grid.minute(at) / grid.interval).unwrap_or(0).min(grid.slots);
        taken[slot(span.from)..slot(span.until)].iter_mut().for_each(|taken| *taken += 1);
    }
    let mut full = vec![0; grid.slots + 1];
    for (slot, taken) in taken.iter().enumerate() {
        full[slot + 1] = full[slot] + u32::from(*taken >= seats);
    }
    Some(full)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::labour::{LabourRules, StartWindow};
    use crate::domain::promise::{ChangePrices, PromisedDay};
    use crate::domain::units::Minutes;
    use crate::domain::workforce::WeekMinutes;
    use crate::roster::check::tiny_instance::{TinyInstance, lenient};

    /// Anna owes one shift of four hours, at eight; Monday is promised off and stays. Ben works on Tuesday.
    fn instance() -> TinyInstance {
        let mut instance = TinyInstance::new(LabourRules {
            shift_lengths: vec![Minutes::hours(4)],
            starts: vec![StartWindow { from: 8 * 60, until: 8 * 60, step: 60 }],
            ..lenient()
        });
        instance.hire("ben");
        instance.workforce.agents[0].weeks = vec![WeekMinutes { min: Minutes::hours(4), max: Minutes::hours(4) }];
        instance.workforce.agents[0].promised = vec![PromisedDay {
            date: instance.date("mon"),
            pieces: Vec::new(),
            is_fixed: true,
            not_before: instance.at("mon 00:00"),
            is_short_notice: false,
            prices: ChangePrices::default(),
        }];
        for day in ["mon", "tue", "wed"] {
            for hour in 8..12 {
                instance.require(&format!("{day} {hour:02}:00"), 1.0);
            }
        }
        instance
    }

    fn dates(instance: &TinyInstance) -> Option<Vec<String>> {
        let shifts = instance.shifts(&["mon 08:00 wwww", "ben tue 08:00 wwww"]);
        let line = cheapest_line(&instance.problem(), &shifts, AgentIx(0))?;
        Some(line.iter().map(|shift| shift.date.to_string()).collect())
    }

    #[test]
    fn the_shift_owed_goes_where_nobody_else_is_and_the_day_off_stays() {
        // Tuesday is Ben's; on all other days but Wednesday a head is one too many.
        assert_eq!(dates(&instance()), Some(vec!["2026-12-02".to_owned()]));
    }

    #[test]
    fn a_seat_that_somebody_has_is_not_free() {
        let mut instance = instance();
        instance.workforce.sites[0].seats = Some(1);
        // Two heads are wanted on Tuesday, at 60 an hour, and there is one seat, Ben's.
        for hour in 8..12 {
            instance.require(&format!("tue {hour:02}:00"), 2.0);
            instance.require(&format!("wed {hour:02}:00"), 0.5);
        }
        assert_eq!(dates(&instance), Some(vec!["2026-12-02".to_owned()]));
        instance.workforce.sites[0].seats = None;
        assert_eq!(dates(&instance), Some(vec!["2026-12-01".to_owned()]));
    }

    #[test]
    fn who_owes_more_than_the_days_hold_has_no_line() {
        let mut instance = instance();
        instance.workforce.agents[0].weeks = vec![WeekMinutes { min: Minutes::hours(28), max: Minutes::hours(28) }];
        assert_eq!(dates(&instance), None);
    }
}
