//! What the staffing stage may be told.

use crate::domain::queue::{Channel, Queue};
use crate::domain::units::{Agents, Money, Share};

/// Shrinkage: why more people are rostered, or employed, than are at work.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StaffingParams {
    /// Share of rostered people who do not turn up; part of every requirement.
    pub unplanned_shrinkage: Share,
    /// Share of paid time that breaks, absences and activities take. A roster places those itself, so this only serves
    /// runs without agents, through [`StaffingParams::headcount`].
    pub planned_shrinkage: Share,
}

/// Shrinkage above this would make head counts explode; it is refused.
const MOST_SHRINKAGE: f64 = 0.95;

impl StaffingParams {
    /// What is wrong with the parameters, one sentence each.
    #[must_use]
    pub fn validate(&self) -> Vec<String> {
        [("unplanned_shrinkage", self.unplanned_shrinkage), ("planned_shrinkage", self.planned_shrinkage)]
            .into_iter()
            .filter(|(_, share)| share.get() > MOST_SHRINKAGE)
            .map(|(name, share)| format!("`{name}` is {}, more than {MOST_SHRINKAGE}", share.get()))
            .collect()
    }

    /// Agents to be rostered so that `net` are at work: net / (1 − unplanned shrinkage).
    #[must_use]
    pub fn scheduled(&self, net: f64) -> f64 {
        net / (1.0 - self.unplanned_shrinkage.get().min(MOST_SHRINKAGE))
    }

    /// People to be paid so that `scheduled` are rostered: scheduled / (1 − planned shrinkage). Never use it on top of
    /// a roster.
    #[must_use]
    pub fn headcount(&self, scheduled: Agents) -> Agents {
        Agents::clamped(scheduled.get() / (1.0 - self.planned_shrinkage.get().min(MOST_SHRINKAGE)))
    }
}

/// What cover is worth, per agent and hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoverPriceParams {
    /// Price of one agent missing for an hour.
    pub short_per_hour: Money,
    /// The same where fewer than `deep_short_below` of the required agents are there.
    pub deep_short_per_hour: Money,
    /// Share of the requirement below which shortness is deep.
    pub deep_short_below: Share,
    /// Price of one agent too many for an hour; wages come on top.
    pub over_per_hour: Money,
    /// Price of a contact that is not served as its queue's goal counts. Where there is one, an agent missing from a voice or
    /// chat queue costs what the queueing model says is lost by that, and not the prices per hour.
    pub late_contact: Option<Money>,
}

impl Default for CoverPriceParams {
    fn default() -> Self {
        Self {
            short_per_hour: Money::from_millionths(60_000_000),
            deep_short_per_hour: Money::from_millionths(120_000_000),
            deep_short_below: Share::clamped(0.8),
            over_per_hour: Money::from_millionths(4_000_000),
            late_contact: None,
        }
    }
}

impl CoverPriceParams {
    /// What a contact of a queue costs that gives up, and one that is served late, in the currency: the queue's own prices; without any, of calls
    /// and chats the price of late contacts, by which one that gives up is late too.
    #[must_use]
    pub fn of_contact(&self, queue: &Queue) -> (f64, f64) {
        let own = (queue.price_lost, queue.price_late);
        let late = match queue.channel {
            Channel::Voice | Channel::Chat { .. } => self.late_contact.unwrap_or(Money::ZERO),
            Channel::Deferred { .. } => Money::ZERO,
        };
        let (lost, late) = if own == (Money::ZERO, Money::ZERO) { (late, late) } else { own };
        (lost.as_f64(), late.as_f64())
    }

    /// What is wrong with the parameters, one sentence each: prices must not be negative and must rise with shortness,
    /// or the cost of cover would not be convex.
    #[must_use]
    pub fn validate(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        let late = self.late_contact.unwrap_or(Money::ZERO);
        let prices =
            [("short_per_hour", self.short_per_hour), ("over_per_hour", self.over_per_hour), ("late_contact", late)];
        for (name, price) in prices {
            if price < Money::ZERO {
                wrong.push(format!("`{name}` is {price}, below zero"));
            }
        }
        if self.deep_short_per_hour < self.short_per_hour {
            let (deep, short) = (self.deep_short_per_hour, self.short_per_hour);
            wrong.push(format!("`deep_short_per_hour` is {deep}, below `short_per_hour`, {short}"));
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shrinkage_grosses_up_once_each() {
        let params =
            StaffingParams { unplanned_shrinkage: Share::clamped(0.04), planned_shrinkage: Share::clamped(0.25) };
        // 12 at work need 12.5 rostered, and those 16⅔ paid.
        assert!((params.scheduled(12.0) - 12.5).abs() < 1e-12);
        assert!((params.headcount(Agents::clamped(12.5)).get() - 50.0 / 3.0).abs() < 1e-12);
        assert!(params.validate().is_empty());
        assert_eq!(StaffingParams { planned_shrinkage: Share::ALL, ..params }.validate().len(), 1);
    }

    #[test]
    fn prices_that_are_not_convex_are_refused() {
        let params = CoverPriceParams { deep_short_per_hour: Money::ZERO, ..CoverPriceParams::default() };
        assert_eq!(params.validate(), ["`deep_short_per_hour` is 0.00, below `short_per_hour`, 60.00"]);
        assert!(CoverPriceParams::default().validate().is_empty());
    }
}
