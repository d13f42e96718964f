//! `[replan]`: what the planner would pay so that days stay as people were told them.

use super::fields::Fields;
use crate::domain::promise::{ChangePrices, DayChange, PriceOfChange};
use crate::domain::units::Minutes;
use crate::workspace::words::{money, number, whole};

/// Reads `[replan]`; what is not given stays at its default.
pub(super) fn price_of_change(root: &Fields<'_>) -> PriceOfChange {
    let usual = PriceOfChange::default();
    let Some(fields) = root.section("replan") else { return usual };
    let prices = ChangePrices::new(|change| fields.or(key(change), usual.prices.of(change), money));
    let hours = u32::try_from(usual.short_notice.get() / 60).unwrap_or_default();
    let hours = fields.or("short_notice_hours", hours, whole(0..=10_000));
    let at_short_notice = fields.or("short_notice_factor", usual.at_short_notice, number(1.0..=1000.0));
    let most_per_request = fields.or("most_per_request", usual.most_per_request, money);
    fields.finish();
    PriceOfChange { prices, short_notice: Minutes::hours(i64::from(hours)), at_short_notice, most_per_request }
}

/// The key of a change: its word.
const fn key(change: DayChange) -> &'static str {
    change.name()
}
