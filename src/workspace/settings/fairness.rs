//! `[fairness]`: shifts that nobody should have more of than others, and what that is worth.

use super::contract::clock_window;
use super::fields::Fields;
use crate::domain::fairness::{BurdenKind, BurdenRules};
use crate::domain::units::Money;
use crate::workspace::words::{money, whole};

/// What counts, and at what price.
#[derive(Clone, Debug, Default)]
pub(crate) struct FairnessSettings {
    /// Which shifts count how much.
    pub(crate) rules: BurdenRules,
    /// Price of a point for every point by which its agent is ahead of the one with fewest.
    pub(crate) price: Money,
}

/// Reads `[fairness]`; what is not given stays at its default.
pub(super) fn fairness(root: &Fields<'_>) -> FairnessSettings {
    let usual = FairnessSettings::default();
    let Some(fields) = root.section("fairness") else { return usual };
    let mut rules = usual.rules;
    for (key, window) in [("nights", &mut rules.nights), ("late", &mut rules.late), ("early", &mut rules.early)] {
        *window = fields.or(key, *window, clock_window);
    }
    if let Some(points) = fields.section("points") {
        for (at, kind) in BurdenKind::ALL.into_iter().enumerate() {
            rules.points[at] = points.or(kind.name(), rules.points[at], whole(0..=20));
        }
        points.finish();
    }
    let price = fields.or("price", usual.price, money);
    fields.finish();
    FairnessSettings { rules, price }
}
