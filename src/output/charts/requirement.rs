//! Agents a queue requires over the plan, for runs that stop before the roster.

use super::canvas::{Scene, Type};
use super::frame::{self, Key, LABEL, MARGIN, Panel};
use super::palette::{INK, MET, QUIET};
use super::scale::TimeScale;
use crate::domain::ids::QueueIx;
use crate::domain::requirement::Requirement;
use crate::domain::time::local_date;
use crate::output::local_time;
use crate::output::number::{grouped, hours, percent};
use crate::plan::Plan;
use tr::tr;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 410;
const PANEL: Panel = Panel { left: 84, right: 1376, top: 130, bottom: 340 };

pub(super) fn scene(plan: &Plan, requirement: &Requirement, queue: QueueIx) -> Scene {
    let (grid, zone) = (requirement.grid, plan.period.zone);
    let of = &requirement.queues[queue.0];
    let mut scene = Scene::new(WIDTH, HEIGHT, title(plan, requirement, queue));
    let absent = percent(requirement.unplanned_shrinkage.get(), 1);
    frame::heading(
        &mut scene,
        &tr!("Hours in {zone} · to be rostered: {absent} of rostered people do not turn up", zone, absent),
    );
    let keys = [(Key::Line(INK), tr!("to be rostered")), (Key::Fill(MET), tr!("must be at work"))];
    frame::legend(&mut scene, 82, &keys);
    let time = TimeScale::new((grid.start(), grid.end()), (PANEL.left, PANEL.right));
    let edges: Vec<i32> = (0..=grid.len()).map(|index| time.at(grid.start_of(index))).collect();
    let highest = of.agents_scheduled.iter().copied().fold(0.0, f64::max);
    let values = frame::value_axis(&mut scene, PANEL, highest, &tr!("agents"));
    let floor = vec![0.0; of.agents_net.len()];
    frame::fill_between(&mut scene, &edges, &values, (&floor, &of.agents_net), MET);
    scene.line(frame::steps(&edges, &of.agents_scheduled, &values), INK, 1);
    frame::day_axis(&mut scene, PANEL, &time, zone);
    scene.text((MARGIN, PANEL.bottom + 46), tr!("midnights of {zone}", zone), Type::new(LABEL, QUIET));
    scene
}

fn title(plan: &Plan, requirement: &Requirement, queue: QueueIx) -> String {
    let id = &plan.queues[queue.0].id;
    let agents = &requirement.queues[queue.0].agents_scheduled;
    let peak = agents.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1).then(other.0.cmp(&one.0)));
    let total = hours(requirement.scheduled_hours(queue));
    match peak.filter(|(_, most)| **most > 0.0) {
        Some((interval, most)) => {
            let (at, zone) = (requirement.grid.start_of(interval), plan.period.zone);
            let when = format!("{} {}", local_time::day(local_date(at, zone)), local_time::clock(at, zone));
            tr!("{id}: {total} of agents required, most on {when} with {}", grouped(*most, 1), id, total, when)
        }
        None => tr!("{id}: no agents required", id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn the_title_names_the_first_peak() {
        // 5 agents to be rostered in each of 336 half-hours: 840 h.
        let plan = example::forecast_only();
        let requirement = example::requirement(plan.forecast.grid);
        let title = title(&plan, &requirement, QueueIx(0));
        assert_eq!(title, "orders <script>: 840\u{a0}h of agents required, most on Mon 30 Nov 00:00 with 5.0");
    }
}
