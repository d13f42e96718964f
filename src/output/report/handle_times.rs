//! How good forecasts of handle times were, and how wide their bands are: a line per queue.

use super::html::{Column, table};
use crate::domain::explanation::HandleTimeAccuracy;
use crate::domain::forecast::Z90;
use crate::output::number::percent;
use crate::plan::Plan;
use tr::tr;

/// The table; none where no queue has handle times in its history.
pub(super) fn section(plan: &Plan) -> Option<String> {
    let of_queue = |of: &crate::domain::forecast::QueueForecast| {
        Some(row(plan.queues[of.queue.0].id.as_str(), of.explanation.handle_times.as_ref()?))
    };
    let rows: Vec<Vec<String>> = plan.forecast.queues.iter().filter_map(of_queue).collect();
    let columns = [
        (tr!("Queue"), Column::Text),
        (tr!("Days looked at"), Column::Number),
        (tr!("Error"), Column::Number),
        (tr!("Bias"), Column::Number),
        (tr!("Within the 80 % band"), Column::Number),
        (tr!("80 % band of a day to come"), Column::Number),
    ];
    (!rows.is_empty()).then(|| {
        tr!("<h3>How good forecasts of handle times were</h3>\n{}<p class=\"quiet\">The mean handle time of a day, forecast from \
             what was known before its week, the last eight weeks. The error holds the chance of single contacts, which weighs most where they are few; the band leaves it aside. What the band leaves open enters the simulated days, and the \
             requirement where staff_to is not mean.</p>\n", table(&columns, &rows))
    })
}

fn row(queue: &str, of: &HandleTimeAccuracy) -> Vec<String> {
    vec![
        queue.to_owned(),
        of.days.to_string(),
        percent(of.wape, 1),
        percent(of.bias, 1),
        percent(of.coverage80, 0),
        format!("±\u{a0}{}", percent(Z90 * of.deviation, 1)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::example;

    #[test]
    fn a_queue_with_handle_times_has_a_line_and_others_have_none() {
        let mut plan = example::forecast_only();
        assert_eq!(section(&plan), None);
        let of = HandleTimeAccuracy { days: 56, wape: 0.0312, bias: -0.004, coverage80: 0.79, deviation: 0.05 };
        let cells = row("orders", &of);
        assert_eq!(cells, ["orders", "56", "3.1\u{a0}%", "−0.4\u{a0}%", "79\u{a0}%", "±\u{a0}6.4\u{a0}%"]);
        plan.forecast.queues[0].explanation.handle_times = Some(of);
        assert!(section(&plan).is_some_and(|html| html.contains("orders &lt;script&gt;")));
    }
}
