//! What past events taught about each kind of event, and where a queue without enough history has its shape from.

use super::html::{Column, list, table};
use crate::domain::explanation::{Band, Borrowed, BorrowedChoice, LearnedKind};
use crate::domain::ids::QueueIx;
use crate::output::number::{grouped, percent};
use crate::output::phrases;
use crate::plan::Plan;
use tr::tr;

/// Responses are told per so many people reached.
const REACHED: f64 = 1000.0;

/// The table of kinds; none where there are neither past events nor beliefs.
pub(super) fn kinds(plan: &Plan) -> Option<String> {
    let columns = [
        (tr!("Queue"), Column::Text),
        (tr!("Kind of event"), Column::Text),
        (tr!("Past events"), Column::Number),
        (tr!("Contacts per 1 000 reached"), Column::Number),
        (tr!("Next event"), Column::Number),
        (tr!("Half of them within"), Column::Number),
        (tr!("Next event"), Column::Number),
        (tr!("Handle time"), Column::Number),
    ];
    let mut rows = Vec::new();
    for of in &plan.forecast.queues {
        rows.extend(of.explanation.kinds.iter().map(|kind| row(plan, of.queue, kind)));
    }
    (!rows.is_empty()).then(|| {
        tr!("<h3>What past events taught</h3>\n{}<p class=\"quiet\">In brackets the 80 % band: of the mean of the kind, \
             and, wider, of the next event, since events differ. Of a kind without past events on the queue, what other \
             queues or other contact centres suggest. Half of the contacts come within so long from a send. Handle time: \
             of an event's contacts against all others.</p>\n", table(&columns, &rows))
    })
}

fn row(plan: &Plan, queue: QueueIx, of: &LearnedKind) -> Vec<String> {
    vec![
        plan.queues[queue.0].id.to_string(),
        phrases::event_kind(of.kind),
        of.events.to_string(),
        banded(of.response, REACHED, ""),
        span(of.next_response, REACHED, ""),
        banded(of.half_life_hours, 1.0, "\u{a0}h"),
        span(of.next_half_life_hours, 1.0, "\u{a0}h"),
        format!("× {}", grouped(of.aht_factor, 2)),
    ]
}

/// `12.3 (9.8–15.1)`.
fn banded(of: Band, times: f64, unit: &str) -> String {
    format!("{}{unit} ({})", figure(of.middle * times), span(of, times, ""))
}

fn span(of: Band, times: f64, unit: &str) -> String {
    format!("{}–{}{unit}", figure(of.low * times), figure(of.high * times))
}

/// Three significant digits, no more than three decimals.
fn figure(value: f64) -> String {
    let places = match value.abs() {
        99.95.. => 0,
        9.995.. => 1,
        0.9995.. => 2,
        _ => 3,
    };
    grouped(value, places)
}

/// The queues that lean on another one.
pub(super) fn borrowed(plan: &Plan) -> Option<String> {
    let sentence =
        |of: &crate::domain::forecast::QueueForecast| Some(loan(plan, of.queue, of.explanation.borrowed.as_ref()?));
    let said: Vec<String> = plan.forecast.queues.iter().filter_map(sentence).collect();
    (!said.is_empty()).then(|| list(&said))
}

fn loan(plan: &Plan, queue: QueueIx, of: &Borrowed) -> String {
    let [queue, from] = [queue, of.from].map(|queue| plan.queues[queue.0].id.as_str());
    let (why, hint) = match of.choice {
        BorrowedChoice::Named => (tr!("named in the workspace"), String::new()),
        BorrowedChoice::MostSimilar => {
            (tr!("the most similar by channel, skills and hours"), tr!("; `like` in the workspace names another one"))
        }
    };
    let own = match of.own_days {
        0 => tr!("has no history of its own"),
        days => tr!("has {n} day of history of its own" | "has {n} days of history of its own" % days),
    };
    tr!(
        "{queue} {own} and borrows its days from {from}, {why}, at {} of its level{hint}.",
        percent(of.level, 0),
        queue,
        own,
        from,
        why,
        hint
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::EventKind;
    use crate::output::example;

    #[test]
    fn a_kind_is_told_per_thousand_reached_with_both_bands() {
        let band = |low, middle, high| Band { low, middle, high };
        let kind = LearnedKind {
            kind: EventKind::Recall,
            events: 3,
            response: band(0.0098, 0.0123, 0.0151),
            next_response: band(0.0, 0.0123, 0.1234),
            half_life_hours: band(7.0, 9.5, 12.0),
            next_half_life_hours: band(4.0, 9.5, 22.0),
            aht_factor: 1.2,
        };
        let mut plan = example::forecast_only();
        assert_eq!(kinds(&plan), None);
        let cells = row(&plan, QueueIx(0), &kind);
        assert_eq!(cells[1..5], ["recall", "3", "12.3 (9.80–15.1)", "0.000–123"]);
        assert_eq!(cells[5..], ["9.50\u{a0}h (7.00–12.0)", "4.00–22.0\u{a0}h", "× 1.20"]);
        plan.forecast.queues[0].explanation.kinds = vec![kind];
        assert!(kinds(&plan).is_some_and(|html| html.contains("orders &lt;script&gt;")));
    }

    #[test]
    fn a_loan_names_its_lender_and_who_chose_it() {
        let mut plan = example::forecast_only();
        plan.queues.push(example::queue("chat"));
        let choice = BorrowedChoice::MostSimilar;
        let of = Borrowed { from: QueueIx(0), choice, own_days: 1, level: 0.4 };
        assert_eq!(
            loan(&plan, QueueIx(1), &of),
            "chat has 1 day of history of its own and borrows its days from orders <script>, the most similar by channel, \
             skills and hours, at 40\u{a0}% of its level; `like` in the workspace names another one."
        );
    }
}
