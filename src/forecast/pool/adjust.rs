//! The planner's hand: adjustments in the order given, after everything else and before the bands.

use crate::domain::forecast::{Adjustment, Change};
use crate::domain::ids::QueueIx;
use crate::domain::time::IntervalGrid;

use super::parts::ForecastParts;

/// One queue's forecast while it can still be changed: per region its parts, handle times and open intervals.
#[derive(Clone, Debug)]
pub(crate) struct AdjustedParts {
    /// Parts per region.
    pub(crate) parts: Vec<ForecastParts>,
    /// Handle times per region, seconds.
    pub(crate) aht_s: Vec<Vec<f64>>,
    /// Whether each region is open, per interval.
    pub(crate) open: Vec<Vec<bool>>,
}

impl AdjustedParts {
    /// Applies the adjustments of a queue.
    pub(crate) fn adjust(&mut self, queue: QueueIx, adjustments: &[Adjustment], grid: &IntervalGrid) {
        for adjustment in adjustments.iter().filter(|adjustment| adjustment.queue == queue) {
            let span = grid.range(adjustment.from, adjustment.until);
            let regions: Vec<usize> =
                (0..self.parts.len()).filter(|region| adjustment.region.is_none_or(|only| only == *region)).collect();
            let cells: Vec<(usize, usize)> =
                regions.iter().flat_map(|region| span.clone().map(|at| (*region, at))).collect();
            if let Change::Offered(contacts) = adjustment.change {
                self.set_total(&cells, contacts.max(0.0));
            }
            for (region, at) in cells {
                match adjustment.change {
                    Change::Offered(_) => {}
                    Change::Factor(factor) => self.parts[region].scale(at, factor.max(0.0)),
                    Change::Aht(seconds) => self.aht_s[region][at] = seconds.max(0.0),
                    Change::AhtFactor(factor) => self.aht_s[region][at] *= factor.max(0.0),
                }
            }
        }
    }

    /// Brings the cells to a total in their own shape; evenly over open intervals where nothing was expected.
    fn set_total(&mut self, cells: &[(usize, usize)], contacts: f64) {
        let total: f64 = cells.iter().map(|(region, at)| self.parts[*region].offered(*at)).sum();
        if total > 0.0 {
            for (region, at) in cells {
                self.parts[*region].scale(*at, contacts / total);
            }
            return;
        }
        let open: Vec<&(usize, usize)> = cells.iter().filter(|(region, at)| self.open[*region][*at]).collect();
        for (region, at) in &open {
            self.parts[*region].baseline[*at] = contacts / open.len() as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::units::Minutes;

    fn draft() -> (IntervalGrid, AdjustedParts) {
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::hours(4), Minutes::new(60));
        // Region 0 expects 10 20 30 40, of which event 5 in the last hour; region 1 nothing, open in the last two hours.
        let mut busy = ForecastParts::nothing(4);
        busy.baseline = vec![10.0, 20.0, 30.0, 35.0];
        busy.event[3] = 5.0;
        let open = vec![vec![true; 4], vec![false, false, true, true]];
        (grid, AdjustedParts { parts: vec![busy, ForecastParts::nothing(4)], aht_s: vec![vec![100.0; 4]; 2], open })
    }

    fn adjusted(region: Option<usize>, from: i64, until: i64, change: Change) -> AdjustedParts {
        let (grid, mut draft) = draft();
        let at = |hour: i64| grid.start() + chrono::Duration::hours(hour);
        let adjustment =
            Adjustment { queue: QueueIx(0), region, from: at(from), until: at(until), change, why: "test".into() };
        draft.adjust(QueueIx(0), &[adjustment], &grid);
        draft
    }

    #[test]
    fn a_factor_scales_every_part() {
        let draft = adjusted(None, 3, 4, Change::Factor(2.0));
        assert_eq!(
            (draft.parts[0].baseline[3], draft.parts[0].event[3], draft.parts[0].offered(2)),
            (70.0, 10.0, 30.0)
        );
    }

    #[test]
    fn a_total_keeps_the_shape_or_is_spread_over_open_hours() {
        // 10 + 20 become 60: twice each.
        let draft = adjusted(Some(0), 0, 2, Change::Offered(60.0));
        assert_eq!((draft.parts[0].offered(0), draft.parts[0].offered(1)), (20.0, 40.0));
        let draft = adjusted(Some(1), 0, 4, Change::Offered(60.0));
        assert_eq!(draft.parts[1].baseline, [0.0, 0.0, 30.0, 30.0]);
    }

    #[test]
    fn handle_times_are_set_or_multiplied() {
        assert_eq!(adjusted(Some(1), 1, 2, Change::Aht(250.0)).aht_s[1], [100.0, 250.0, 100.0, 100.0]);
        assert_eq!(adjusted(None, 1, 2, Change::AhtFactor(1.5)).aht_s[0], [100.0, 150.0, 100.0, 100.0]);
    }
}
