//! Preferences as wishes on the plan's dates, each with its price.

use super::model::{Horizon, Person};
use super::spans::{complement, on_date};
use crate::domain::span::Span;
use crate::domain::units::Money;
use crate::domain::workforce::{Block, Wish};
use crate::workspace::settings::WishPrices;

/// The wishes of an agent, in order of time, priced by weight, by years of employment at the plan's first day, and where points are given,
/// so that all wishes of the plan weigh as much together.
///
/// A wish about time that is blocked anyway can be neither honoured nor refused, so it is left out.
pub(super) fn wishes(person: &Person, blocks: &[Block], prices: &WishPrices, horizon: &Horizon) -> Vec<Wish> {
    let mut wishes: Vec<(Wish, f64)> = Vec::new();
    for date in horizon.plan_dates() {
        for preference in person.preferences.iter().filter(|preference| preference.day.is(date)) {
            let Some(span) = on_date(preference.range, date, horizon.zone) else { continue };
            let busy: Vec<Span> = blocks.iter().map(|block| block.span).collect();
            if !complement(busy, span).is_empty() {
                wishes.push((Wish { span, kind: preference.kind, price: Money::ZERO }, preference.weight));
            }
        }
    }
    wishes.sort_by_key(|(wish, _)| wish.span);
    let years =
        person.record.employed.from.map_or(0.0, |from| (horizon.first - from).num_days().max(0) as f64 / 365.25);
    let weights: f64 = wishes.iter().map(|(_, weight)| weight).sum();
    let by_points = prices.points.filter(|_| weights > 0.0).map_or(1.0, |points| points / weights);
    let each = prices.one.as_f64() * (1.0 + prices.per_year.get() * years.floor()) * by_points;
    wishes.into_iter().map(|(wish, weight)| Wish { price: Money::rounded(each * weight), ..wish }).collect()
}
