//! What newcomers' work is worth while they learn.

use chrono::NaiveDate;

use super::model::Horizon;
use crate::domain::learning_curve::LearningCurve;

/// Newcomers' speeds come in steps of this share: people of nearly equal speed share a skill group.
const STEPS: f64 = 20.0;

/// Speed over that of the same person who has learned, in the middle of the plan; 1 where no first day is told.
pub(super) fn pace(curve: Option<LearningCurve>, first_day: Option<NaiveDate>, horizon: &Horizon) -> f64 {
    let Some((curve, first_day)) = curve.zip(first_day) else { return 1.0 };
    let since = |date: NaiveDate| (date - first_day).num_days().max(0) as f64;
    let days = f64::midpoint(since(horizon.first), since(horizon.last));
    ((STEPS / curve.handle_time_factor(days / 7.0)).round() / STEPS).max(1.0 / STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::span::Span;

    #[test]
    fn a_newcomer_gets_faster_and_people_of_old_have_learned() {
        let horizon = |first: &str, last: &str| {
            let [first, last]: [NaiveDate; 2] = [first, last].map(|date| date.parse().expect("a date"));
            let at = "2026-01-05T00:00:00Z".parse().expect("an instant");
            Horizon { zone: chrono_tz::UTC, first, last, span: Span { from: at, until: at } }
        };
        let week = horizon("2026-01-05", "2026-01-11");
        let curve = Some(LearningCurve { extra: 0.5, weeks: 4.0 });
        let of = |first_day: &str| pace(curve, Some(first_day.parse().expect("a date")), &week);
        // 3 days before the middle of the week: 1 / (1 + .5 e^(−.107)) = .690; 4 weeks more: .853; a year: 1.
        assert_eq!(
            ["2026-01-05", "2025-12-08", "2025-01-05"].map(|first_day| format!("{:.2}", of(first_day))),
            ["0.70", "0.85", "1.00"]
        );
        // Who begins within the plan is new on the days before, too.
        assert!((of("2026-01-11") - 0.65).abs() < 1e-9, "{}", of("2026-01-11"));
        assert_eq!((pace(None, None, &week), pace(curve, None, &week)), (1.0, 1.0));
    }
}
