//! Whom to hire or to cross-train: what one more person of each kind would change.

use tr::tr;

use super::html::{Column, escape, table};
use crate::domain::ids::QueueIx;
use crate::domain::service::PairedDifference;
use crate::output::number::{grouped, hours, money, signed};
use crate::output::phrases;
use crate::plan::{OneMore, OneMoreOfEach, Plan};

/// Below this a change of a share or of contacts reads as nothing.
const NOTICED: f64 = 0.05;

/// Queues named of each kind, those that change most.
const NAMED: usize = 3;

pub(super) fn section(plan: &Plan) -> Option<String> {
    let of_each = &plan.simulated.as_ref()?.one_more;
    let is_priced = of_each.kinds.iter().any(|kind| kind.spared.is_some());
    let mut columns = vec![
        (tr!("One more who takes"), Column::Prose),
        (tr!("Hours at work"), Column::Number),
        (tr!("Points of share in time"), Column::Prose),
        (tr!("More in time"), Column::Number),
        (tr!("No longer lost"), Column::Number),
        (tr!("Pay"), Column::Number),
    ];
    if is_priced {
        columns.extend([(tr!("Saves"), Column::Number), (tr!("Beyond the pay"), Column::Number)]);
    }
    let rows: Vec<Vec<String>> = of_each.kinds.iter().map(|kind| row(plan, kind)).collect();
    (!rows.is_empty()).then(|| table(&columns, &rows) + &explained(plan, of_each, is_priced))
}

fn row(plan: &Plan, kind: &OneMore) -> Vec<String> {
    let mut cells = vec![
        tr!("{} (as {})", phrases::skills(&plan.queues, kind.queues.iter().copied()), kind.like),
        hours(kind.hours),
        shares(plan, kind),
        told(kind.in_time, 0),
        told(kind.kept, 0),
        money(kind.pay, &plan.currency),
    ];
    if let (Some(spared), Some(balance)) = (kind.spared, kind.balance()) {
        let is_open = (balance - spared.half_width) * (balance + spared.half_width) <= 0.0;
        let balance = signed(balance, 0);
        cells.extend([told(spared, 0), if is_open { format!("≈ {balance}") } else { balance }]);
    }
    cells
}

/// `second_tier +2.1 ± 0.2, orders +0.3 ± 0.1`, the largest first; what is less than noise is left out.
fn shares(plan: &Plan, kind: &OneMore) -> String {
    let known = || kind.shares.iter().enumerate().filter_map(|(queue, of)| Some((QueueIx(queue), (*of)?)));
    let points = |of: PairedDifference| PairedDifference { by: 100.0 * of.by, half_width: 100.0 * of.half_width };
    let is_felt = |of: &PairedDifference| !of.is_noise() && of.by.abs() >= NOTICED;
    let mut felt: Vec<(QueueIx, PairedDifference)> =
        known().map(|(queue, of)| (queue, points(of))).filter(|(_, of)| is_felt(of)).collect();
    felt.sort_by(|one, other| other.1.by.abs().total_cmp(&one.1.by.abs()));
    if felt.is_empty() {
        return tr!("less than noise");
    }
    let said = felt.into_iter().take(NAMED).map(|(queue, of)| format!("{} {}", plan.queues[queue.0].id, told(of, 1)));
    said.collect::<Vec<_>>().join(", ")
}

/// `+2.1 ± 0.2`, or that it may be luck.
fn told(of: PairedDifference, places: usize) -> String {
    if of.is_noise() {
        return tr!("less than noise");
    }
    format!("{} ± {}", signed(of.by, places), grouped(of.half_width, places))
}

fn explained(plan: &Plan, of_each: &OneMoreOfEach, is_priced: bool) -> String {
    let mut text = tr!(
        "The same roster lived through {} times more with one person more, who works the shifts of the one named: of those with the same queues \
         the one with the median hours at work. Both met the same contacts, so a difference is told apart from luck: ± is half of its 95 % band, \
         and of the queues whose share changes by more than that the first three are named. Nothing else is planned anew: shifts made for the person would bring more.",
        grouped(of_each.replications as f64, 0)
    );
    if plan.rostered.is_none() {
        text.push_str(&tr!(" Pay is base pay, without premiums."));
    }
    text.push_str(&if is_priced {
        tr!(" Saves: what lost and late contacts cost less at price_lost and price_late of their queue, or else at objective.late_contact; beyond the pay: \
         what is left of it, ≈ where the band holds nothing at all too.")
    } else {
        tr!(" Money is not weighed against contacts: price_lost and price_late of the queues would do so.")
    });
    if of_each.left_out > 0 {
        text.push_str(&tr!(" {n} kind of people with fewer hours at work is left out."
            | " {n} kinds of people with fewer hours at work are left out." % of_each.left_out));
    }
    format!("<p class=\"quiet\">{}</p>\n", escape(&text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AgentId;
    use crate::domain::units::Money;
    use crate::output::example;

    fn difference(by: f64, half_width: f64) -> PairedDifference {
        PairedDifference { by, half_width }
    }

    fn kind() -> OneMore {
        OneMore {
            queues: vec![QueueIx(0)],
            like: AgentId::new("a007"),
            hours: 36.5,
            pay: Money::rounded(480.0),
            shares: vec![Some(difference(0.021, 0.002)), Some(difference(0.001, 0.003)), None],
            in_time: difference(70.4, 5.0),
            kept: difference(3.0, 4.0),
            spared: None,
        }
    }

    fn plan() -> Plan {
        let mut plan = example::lived(0.9);
        plan.queues.extend(["chat", "email"].map(example::queue));
        plan
    }

    #[test]
    fn changes_are_told_with_their_bands_and_noise_as_noise() {
        let cells = row(&plan(), &kind());
        assert_eq!(
            cells,
            [
                "orders <script> (as a007)",
                "36.5\u{a0}h",
                "orders <script> +2.1 ± 0.2",
                "+70 ± 5",
                "less than noise",
                "480\u{a0}EUR",
            ]
        );
    }

    #[test]
    fn where_contacts_have_prices_they_are_weighed_against_the_pay() {
        // 500 spared of which 480 are paid: 20, or somewhere between −30 and 70.
        let priced = OneMore { spared: Some(difference(500.0, 50.0)), ..kind() };
        assert_eq!(row(&plan(), &priced)[6..], ["+500 ± 50", "≈ +20"]);
        let mut plan = plan();
        assert_eq!(section(&plan), None);
        let simulated = plan.simulated.as_mut().expect("a simulation");
        simulated.one_more = OneMoreOfEach { replications: 48, left_out: 3, kinds: vec![priced] };
        let html = section(&plan).expect("a table");
        assert!(
            html.contains("lived through 48 times")
                && html.contains("3 kinds of people with fewer hours at work are left out"),
            "{html}"
        );
        assert!(html.contains("Beyond the pay") && html.contains("Pay is base pay"), "{html}");
    }
}
