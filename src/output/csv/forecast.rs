//! `forecast.csv`: per queue the whole (`*`), then each region. Means add up over regions, quantiles do not.

use crate::domain::forecast::{Forecast, RegionForecast};
use crate::domain::queue::Queue;
use crate::domain::time::{IntervalGrid, Zone};
use crate::output::artifact::OutputError;
use crate::output::local_time;
use crate::output::records::{self, ForecastRow};

pub(super) fn write(forecast: &Forecast, queues: &[Queue], zone: Zone) -> Result<Vec<u8>, OutputError> {
    let grid = &forecast.grid;
    let all = forecast.queues.iter().flat_map(|of| {
        let queue = &queues[of.queue.0];
        let whole = rows(grid, [queue.id.as_str(), "*"], zone, &of.whole);
        let regions = of.regions.iter().flat_map(move |region| {
            let named = &queue.regions[region.region];
            rows(grid, [queue.id.as_str(), named.id.as_str()], named.zone, region)
        });
        whole.chain(regions)
    });
    records::write(all)
}

fn rows<'a>(
    grid: &IntervalGrid,
    [queue, region]: [&'a str; 2],
    zone: Zone,
    of: &'a RegionForecast,
) -> impl Iterator<Item = ForecastRow> + use<'a> {
    grid.starts().enumerate().map(move |(index, start)| ForecastRow {
        queue: queue.to_owned(),
        region: region.to_owned(),
        start,
        start_local: local_time::wall(start, zone),
        offered: of.offered[index],
        p10: of.p10[index],
        p50: of.p50[index],
        p90: of.p90[index],
        aht_s: of.aht_s[index],
        baseline: of.baseline[index],
        event: of.event[index],
        holiday: of.holiday[index],
        aht_p10: of.aht_p10[index],
        aht_p90: of.aht_p90[index],
    })
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
            aht_p10: example::series(&[230.5]),
            aht_p90: example::series(&[250.0]),
        };
        let forecast = Forecast {
            grid,
            queues: vec![QueueForecast {
                queue: QueueIx(0),
                regions: vec![of(2.75)],
                whole: of(2.75),
                dispersion: Dispersion::default(),
                aht_week_share: 0.0,
                method: "naive".into(),
                explanation: Explanation::default(),
            }],
        };
        let bytes = write(&forecast, &[example::queue("orders")], chrono_tz::Europe::Warsaw).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "queue,region,start,start_local,offered,p10,p50,p90,aht_s,baseline,event,holiday,aht_p10,aht_p90\n\
             orders,*,2026-11-30T08:00:00Z,2026-11-30T09:00:00+01:00,2.75,1,2.5,4,240.25,2.75,0,,230.5,250\n\
             orders,us,2026-11-30T08:00:00Z,2026-11-30T03:00:00-05:00,2.75,1,2.5,4,240.25,2.75,0,,230.5,250\n"
        );
    }
}
