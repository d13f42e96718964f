//! `backtest.csv`: every back-test forecast of the chosen method, so that anyone can recompute `accuracy.csv`.

use crate::domain::backtest::BacktestPoint;
use crate::domain::queue::Queue;
use crate::output::artifact::OutputError;
use crate::output::records::{self, BacktestRow};

pub(super) fn write(points: &[BacktestPoint], queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let row = |point: &BacktestPoint| BacktestRow {
        queue: queues[point.queue.0].id.to_string(),
        origin: point.origin,
        start: point.start,
        actual: point.actual,
        offered: point.offered,
        p10: point.p10,
        p50: point.p50,
        p90: point.p90,
        outage: point.is_outage,
    };
    records::write(points.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::QueueIx;
    use crate::output::example;

    #[test]
    fn a_point_names_its_origin() {
        let point = BacktestPoint {
            queue: QueueIx(0),
            origin: example::instant("2026-11-01T00:00:00Z"),
            start: example::instant("2026-11-02T08:00:00Z"),
            actual: 14.0,
            offered: 12.345_678_9,
            p10: 8.0,
            p50: 12.0,
            p90: 17.0,
            is_outage: false,
        };
        let bytes = write(&[point], &[example::queue("orders")]).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "queue,origin,start,actual,offered,p10,p50,p90,outage\n\
             orders,2026-11-01T00:00:00Z,2026-11-02T08:00:00Z,14,12.345679,8,12,17,false\n"
        );
    }
}
