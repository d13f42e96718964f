//! Preferences as wishes on the plan's dates, each with its price.

use super::model::{Horizon, Person};
use super::spans::{complement, on_date};
use crate::domain::span::Span;
use crate::domain::units::Money;
use crate::domain::workforce::{Block, Wish};

/// The wishes of an agent, in order of time. `weight_one` is the price of refusing a wish of weight 1.
///
/// A wish about time that is blocked anyway can be neither honoured nor refused, so it is left out.
pub(super) fn wishes(person: &Person, blocks: &[Block], weight_one: Money, horizon: &Horizon) -> Vec<Wish> {
    let mut wishes: Vec<Wish> = Vec::new();
    for date in horizon.plan_dates() {
        for preference in person.preferences.iter().filter(|preference| preference.day.is(date)) {
            let Some(span) = on_date(preference.range, date, horizon.zone) else { continue };
            let price = Money::rounded(weight_one.as_f64() * preference.weight);
            let busy: Vec<Span> = blocks.iter().map(|block| block.span).collect();
            if !complement(busy, span).is_empty() {
                wishes.push(Wish { span, kind: preference.kind, price });
            }
        }
    }
    wishes.sort_by_key(|wish| wish.span);
    wishes
}
