//! Where a search begins that was made before at other prices of cover.

use crate::roster::bound::dual_prices::DualPrices;
use crate::roster::instance::Instance;
use crate::roster::instance::line::Line;
use crate::roster::search::cover_memo::CoverSolver;
use crate::roster::search::incumbent::Incumbent;

/// The end of one search, to begin another one: the same people and days, whatever their cover costs.
#[derive(Clone, Debug, Default)]
pub struct Start {
    lines: Vec<Line>,
    prices: Option<DualPrices>,
}

impl Start {
    /// Where a search ended.
    pub(super) fn of(lines: &[Option<Line>], prices: Option<DualPrices>) -> Self {
        Self { lines: lines.iter().flatten().cloned().collect(), prices }
    }

    /// The roster to begin with; none where the people are others.
    pub(super) fn roster(&self, instance: &Instance<'_>) -> Option<Incumbent> {
        let is_whole = self.lines.len() == instance.models.len();
        is_whole.then(|| Incumbent::of(instance, self.lines.clone(), &mut CoverSolver::default())).flatten()
    }

    /// The prices to begin with; none where queues or intervals are others, or pools are gone.
    pub(super) fn prices(&self, instance: &Instance<'_>) -> Option<DualPrices> {
        let mut prices = self.prices.as_ref()?.grown(instance)?;
        prices.project(instance);
        Some(prices)
    }
}
