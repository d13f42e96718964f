//! `coverage.csv`: required against rostered per queue and interval, and the service customers may expect of it.
//!
//! `required`, `short` and `over` are heads of average speed to be rostered; `assigned` are heads. `effective` is what of
//! them is at work on average, speed counted and unplanned shrinkage taken off: service is expected of it, so it compares
//! with `agents_net` in `requirement.csv`, which is `required` × (1 − unplanned shrinkage).

use crate::domain::coverage::Coverage;
use crate::domain::queue::Queue;
use crate::domain::time::Zone;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, CoverageRow};

pub(super) fn write(coverage: &Coverage, queues: &[Queue], zone: Zone) -> Result<Vec<u8>, OutputError> {
    let rows = queues.iter().zip(&coverage.queues).flat_map(|(queue, of)| {
        coverage.grid.starts().enumerate().map(move |(index, start)| CoverageRow {
            queue: queue.id.to_string(),
            start,
            start_local: local_time::wall(start, zone),
            required: of.required[index],
            assigned: of.assigned[index],
            effective: of.effective[index],
            short: of.short[index],
            over: of.over[index],
            service_expected: of.service_expected[index],
        })
    });
    records::write(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::coverage::QueueCoverage;
    use crate::output::example;

    #[test]
    fn an_interval_without_contacts_has_no_service() {
        let coverage = Coverage {
            grid: example::grid(2),
            queues: vec![QueueCoverage {
                required: example::series(&[5.5, 0.0]),
                assigned: example::series(&[4.0, 1.0]),
                effective: example::series(&[3.8, 0.95]),
                short: example::series(&[1.5, 0.0]),
                over: example::series(&[0.0, 1.0]),
                service_expected: vec![Some(0.625), None],
            }],
        };
        let bytes = write(&coverage, &[example::queue("orders")], chrono_tz::Europe::Warsaw).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "queue,start,start_local,required,assigned,effective,short,over,service_expected\n\
             orders,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,5.5,4,3.8,1.5,0,0.625\n\
             orders,2026-11-30T08:30:00Z,2026-11-30T09:30:00+01:00,0,1,0.95,0,1,\n"
        );
    }
}
