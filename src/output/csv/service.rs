//! `service.csv`: the service that a simulation gives every queue, interval by interval.

use crate::domain::ids::QueueIx;
use crate::domain::queue::Queue;
use crate::domain::service::Service;
use crate::domain::time::Zone;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, ServiceRow};

/// One row per queue and interval of the plan, `start_local` in the plan's zone.
pub(super) fn write(service: &Service, queues: &[Queue], zone: Zone) -> Result<Vec<u8>, OutputError> {
    let rows = queues.iter().zip(&service.queues).enumerate().flat_map(|(at, (queue, of))| {
        service.grid.starts().enumerate().map(move |(index, start)| {
            let in_time = of.in_time[index];
            ServiceRow {
                queue: queue.id.to_string(),
                start,
                start_local: local_time::wall(start, zone),
                offered: of.offered[index],
                in_time: in_time.map(|estimate| estimate.share),
                in_time_low: in_time.map(|estimate| estimate.low),
                in_time_high: in_time.map(|estimate| estimate.high),
                abandoned: of.abandoned[index],
                asa_s: of.asa[index],
                occupancy: service.occupancy(QueueIx(at), index),
            }
        })
    });
    records::write(rows)
}
