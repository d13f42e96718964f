//! `pools.csv`: people who can take one of some queues, required against rostered, in the intervals of the plan.

use crate::domain::queue::Queue;
use crate::domain::time::Zone;
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, PoolRow};
use crate::plan::PoolCoverage;

/// One row per pool and interval, `start_local` in the plan's zone.
pub(super) fn write(pools: &[PoolCoverage], queues: &[Queue], zone: Zone) -> Result<Vec<u8>, OutputError> {
    let rows = pools.iter().flat_map(|pool| {
        let names: Vec<&str> = pool.queues.iter().map(|queue| queues[queue.0].id.as_str()).collect();
        let name = names.join("|");
        pool.required.grid().starts().enumerate().map(move |(index, start)| {
            let (required, rostered) = (pool.required[index], pool.rostered[index]);
            PoolRow {
                pool: name.clone(),
                start,
                start_local: local_time::wall(start, zone),
                required,
                rostered,
                short: (required - rostered).max(0.0),
                over: (rostered - required).max(0.0),
            }
        })
    });
    records::write(rows)
}
