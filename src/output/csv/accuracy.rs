//! `accuracy.csv`: how good such forecasts were, per queue, method and horizon in open days.

use crate::domain::backtest::Accuracy;
use crate::domain::queue::Queue;
use crate::output::artifact::OutputError;
use crate::output::records::{self, AccuracyRow};

pub(super) fn write(accuracy: &[Accuracy], queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let row = |of: &Accuracy| AccuracyRow {
        queue: queues[of.queue.0].id.to_string(),
        method: of.method.clone(),
        horizon_days: of.horizon_days,
        wape: of.wape,
        mase: of.mase,
        rmse: of.rmse,
        bias: of.bias,
        coverage80: of.coverage80,
        crps: of.crps,
        weight: of.weight,
        outage_intervals: of.outage_intervals,
        wape_without_outages: of.wape_without_outages,
    };
    records::write(accuracy.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::QueueIx;
    use crate::output::example;

    #[test]
    fn a_figure_that_does_not_exist_is_empty() {
        let accuracy = Accuracy {
            queue: QueueIx(0),
            method: "chosen".into(),
            horizon_days: 7,
            wape: 0.125,
            mase: f64::NAN,
            rmse: 3.5,
            bias: -0.02,
            coverage80: 0.81,
            crps: 2.5,
            weight: 1.0,
            outage_intervals: 3,
            wape_without_outages: 0.11,
        };
        let bytes = write(&[accuracy], &[example::queue("orders")]).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "queue,method,horizon_days,wape,mase,rmse,bias,coverage80,crps,weight,outage_intervals,\
             wape_without_outages\norders,chosen,7,0.125,,3.5,-0.02,0.81,2.5,1,3,0.11\n"
        );
    }
}
