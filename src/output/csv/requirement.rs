//! `requirement.csv`: agents required per queue and interval. `agents_scheduled` = net / (1 − unplanned shrinkage).

use crate::domain::queue::Queue;
use crate::domain::requirement::Requirement;
use crate::domain::time::Zone;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, RequirementRow};

pub(super) fn write(requirement: &Requirement, queues: &[Queue], zone: Zone) -> Result<Vec<u8>, OutputError> {
    let rows = queues.iter().zip(&requirement.queues).flat_map(|(queue, of)| {
        requirement.grid.starts().enumerate().map(move |(index, start)| RequirementRow {
            queue: queue.id.to_string(),
            start,
            start_local: local_time::wall(start, zone),
            load_erlangs: of.load_erlangs[index],
            agents_net: of.agents_net[index],
            agents_scheduled: of.agents_scheduled[index],
            service_level: of.service_level[index],
            occupancy: of.occupancy[index],
        })
    });
    records::write(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::requirement::QueueRequirement;
    use crate::domain::units::Share;
    use crate::output::example;

    #[test]
    fn the_zone_of_the_plan_is_on_the_wall() {
        let requirement = Requirement {
            grid: example::grid(1),
            unplanned_shrinkage: Share::clamped(0.05),
            queues: vec![QueueRequirement {
                offered: example::series(&[12.0]),
                aht_s: example::series(&[240.0]),
                load_erlangs: example::series(&[3.2]),
                agents_net: example::series(&[5.0]),
                agents_scheduled: example::series(&[5.0 / 0.95]),
                service_level: example::series(&[0.861_234_56]),
                occupancy: example::series(&[0.64]),
                ..QueueRequirement::nothing(example::grid(1))
            }],
        };
        let bytes = write(&requirement, &[example::queue("orders")], chrono_tz::Europe::Warsaw).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "queue,start,start_local,load_erlangs,agents_net,agents_scheduled,service_level,occupancy\n\
             orders,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,3.2,5,5.263158,0.861235,0.64\n"
        );
    }
}
