//! What to expect of a holiday that history has never seen: what the others did, as far as they are alike.
//!
//! A memorial day on which people work as ever must not be cut to a third because banks are shut on other holidays. The mean
//! effect `m` of the names that were seen and their spread `s` say what the next one does, with one more that does nothing as
//! a prior: the effect expected is `m · m² / (m² + s²)`, the mean shrunk by how small it is beside the spread, and the spread is `s`.

use crate::forecast::calendar::features::{Features, SIDES};

/// The spread of the effects of unseen holidays, per side of the day.
pub(super) type Spread = [f64; SIDES];

/// Gives unseen names what is expected of them, and tells how far that may lie off; `seen` says which columns history used.
pub(super) fn expect(coefficients: &mut [f64], features: &Features, seen: &[bool]) -> Spread {
    std::array::from_fn(|side| {
        let common = coefficients[Features::any_holiday(side)];
        let known = features.names().filter(|name| seen[Features::holiday(*name, side)]);
        let effects: Vec<f64> = known.map(|name| common + coefficients[Features::holiday(name, side)]).collect();
        let count = (effects.len() + 1) as f64;
        let mean = effects.iter().sum::<f64>() / count;
        let square = (effects.iter().map(|effect| (effect - mean).powi(2)).sum::<f64>() + mean * mean) / count;
        let expected = if mean * mean + square > 0.0 { mean.powi(3) / (mean * mean + square) } else { 0.0 };
        for name in features.names().filter(|name| !seen[Features::holiday(*name, side)]) {
            coefficients[Features::holiday(name, side)] = expected - common;
        }
        square.sqrt()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::HolidayService;
    use crate::domain::time::IntervalGrid;
    use crate::domain::units::Minutes;
    use crate::forecast::calendar::features::Support;
    use crate::forecast::calendar::region_calendar::Calendar;
    use crate::forecast::test_regions;

    /// What is expected of a fifth name when four had these effects, and how far it may lie off.
    fn expected(effects: [f64; 4]) -> (f64, f64) {
        let region = test_regions::region("pl", chrono_tz::UTC, 7, 0, 24);
        let start = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(start, start + chrono::Duration::days(1), Minutes::new(60));
        let days: Vec<_> = (1..=5)
            .map(|day| test_regions::holiday(&format!("2026-0{day}-15"), &format!("day {day}"), HolidayService::Open))
            .collect();
        let calendar = Calendar::new(&region, &days, &grid);
        let support = Support { season_from_days: 400, trend_damping: 0.98 };
        let features = Features::new("2026-01-05".parse().expect("a date"), 30, &calendar, vec![], support);
        let mut coefficients = vec![0.0; features.len()];
        let mut seen = vec![false; features.len()];
        coefficients[Features::any_holiday(1)] = -0.5;
        for (name, effect) in effects.into_iter().enumerate() {
            coefficients[Features::holiday(name, 1)] = effect + 0.5;
            seen[Features::holiday(name, 1)] = true;
        }
        let spread = expect(&mut coefficients, &features, &seen);
        (coefficients[Features::any_holiday(1)] + coefficients[Features::holiday(4, 1)], spread[1])
    }

    #[test]
    fn holidays_that_are_alike_tell_what_the_next_one_does() {
        // Mean −0.8 with the one that does nothing, spread 0.4: −0.8 · 0.64 / 0.8.
        let (effect, spread) = expected([-1.0; 4]);
        assert!((effect + 0.64).abs() < 1e-9 && (spread - 0.4).abs() < 1e-9, "{effect} {spread}");
    }

    #[test]
    fn holidays_that_differ_tell_little() {
        let (effect, spread) = expected([-1.5, 0.0, 0.1, -0.1]);
        assert!(effect > -0.1 && spread > 0.5, "{effect} {spread}");
    }
}
