//! `forecast.csv`: per queue the whole (`*`), then each region. Means add up over regions, quantiles do not.

use super::{AMOUNT, SECONDS, Table};
use crate::domain::forecast::{Forecast, RegionForecast};
use crate::domain::queue::Queue;
use crate::domain::time::{IntervalGrid, Zone};
use crate::output::number::decimal;
use crate::output::{OutputError, local_time};

const HEADER: [&str; 12] = [
    "queue",
    "region",
    "start",
    "start_local",
    "offered",
    "p10",
    "p50",
    "p90",
    "aht_s",
    "baseline",
    "event",
    "holiday",
];

pub(super) fn write(forecast: &Forecast, queues: &[Queue], zone: Zone) -> Result<Vec<u8>, OutputError> {
    let mut table = Table::new(&HEADER)?;
    for of in &forecast.queues {
        let queue = &queues[of.queue.0];
        rows(&mut table, &forecast.grid, [queue.id.as_str(), "*"], zone, &of.whole)?;
        for region in &of.regions {
            let named = &queue.regions[region.region];
            rows(&mut table, &forecast.grid, [queue.id.as_str(), named.id.as_str()], named.zone, region)?;
        }
    }
    table.finish()
}

fn rows(
    table: &mut Table,
    grid: &IntervalGrid,
    [queue, region]: [&str; 2],
    zone: Zone,
    of: &RegionForecast,
) -> Result<(), OutputError> {
    for (index, start) in grid.starts().enumerate() {
        let amount = |values: &[f64]| decimal(values[index], AMOUNT);
        table.row(&[
            queue,
            region,
            &local_time::utc(start),
            &local_time::local(start, zone),
            &amount(&of.offered),
            &amount(&of.p10),
            &amount(&of.p50),
            &amount(&of.p90),
            &decimal(of.aht_s[index], SECONDS),
            &amount(&of.baseline),
            &amount(&of.event),
            &amount(&of.holiday),
        ])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::explanation::Explanation;
    use crate::domain::forecast::{Dispersion, QueueForecast};
    use crate::domain::ids::QueueIx;
    use crate::output::example;

    #[test]
    fn each_region_reads_on_its_own_clock_and_the_whole_on_the_plans() {
        let grid = example::grid(1);
        let of = |offered: f64| RegionForecast {
            region: 0,
            offered: example::series(&[offered]),
            p10: example::series(&[1.0]),
            p50: example::series(&[2.5]),
            p90: example::series(&[4.0]),
            aht_s: example::series(&[240.25]),
            baseline: example::series(&[offered]),
            event: example::series(&[-0.0]),
            holiday: example::series(&[f64::NAN]),
        };
        let forecast = Forecast {
            grid,
            queues: vec![QueueForecast {
                queue: QueueIx(0),
                regions: vec![of(2.75)],
                whole: of(2.75),
                dispersion: Dispersion::default(),
                method: "naive".into(),
                explanation: Explanation::default(),
            }],
        };
        let bytes = write(&forecast, &[example::queue("orders")], chrono_tz::Europe::Warsaw).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "queue,region,start,start_local,offered,p10,p50,p90,aht_s,baseline,event,holiday\n\
             orders,*,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,2.75,1,2.5,4,240.25,2.75,0,\n\
             orders,us,2026-11-30T08:00:00Z,2026-11-30T03:00:00-05:00,2.75,1,2.5,4,240.25,2.75,0,\n"
        );
    }
}
