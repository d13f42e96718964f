//! Shifts that nobody should have more of than others, and what it costs that somebody has.

use chrono::{Datelike, NaiveDate, Weekday};

use super::clock_window::ClockWindow;
use super::span::Span;
use super::time::{Instant, Zone, local_date, minute_of_day};
use super::units::{Minutes, Money};

/// What makes a shift, or a plan, a burden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BurdenKind {
    /// The shift works at some time of the night.
    Nights,
    /// It touches a Saturday or a Sunday.
    Weekends,
    /// It touches a holiday of the site.
    Holidays,
    /// It works at some time of the late evening.
    Late,
    /// It works at some time of the early morning.
    Early,
    /// A wish is refused.
    RefusedWishes,
    /// A day is changed at short notice.
    ShortNotice,
}

impl BurdenKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Nights, Self::Weekends, Self::Holidays, Self::Late, Self::Early, Self::RefusedWishes, Self::ShortNotice];

    /// Those that a shift is by its hours.
    pub const OF_HOURS: [Self; 5] = [Self::Nights, Self::Weekends, Self::Holidays, Self::Late, Self::Early];

    /// The word used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nights => "nights",
            Self::Weekends => "weekends",
            Self::Holidays => "holidays",
            Self::Late => "late",
            Self::Early => "early",
            Self::RefusedWishes => "refused_wishes",
            Self::ShortNotice => "short_notice",
        }
    }
}

/// When a shift is which burden, and how many points each is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BurdenRules {
    /// The night, the late evening and the early morning on the site's clock.
    pub nights: ClockWindow,
    /// See `nights`.
    pub late: ClockWindow,
    /// See `nights`.
    pub early: ClockWindow,
    /// Points in the order of [`BurdenKind::ALL`].
    pub points: [u32; 7],
}

impl Default for BurdenRules {
    fn default() -> Self {
        Self {
            nights: ClockWindow { from: 23 * 60, until: 5 * 60 },
            late: ClockWindow { from: 21 * 60, until: 23 * 60 },
            early: ClockWindow { from: 5 * 60, until: 7 * 60 },
            points: [2, 2, 3, 1, 1, 0, 0],
        }
    }
}

impl BurdenRules {
    /// Points of a burden.
    #[must_use]
    pub fn points_of(&self, kind: BurdenKind) -> u32 {
        let place = BurdenKind::ALL.iter().position(|of| *of == kind);
        place.map_or(0, |place| self.points[place])
    }

    /// Whether a shift, by the times in which its agent is there, is a burden by its hours.
    #[must_use]
    pub fn is(&self, kind: BurdenKind, present: &[Span], zone: Zone, holidays: &[NaiveDate]) -> bool {
        match kind {
            BurdenKind::Nights => touches(present, zone, |minute| self.nights.holds(minute)),
            BurdenKind::Late => touches(present, zone, |minute| self.late.holds(minute)),
            BurdenKind::Early => touches(present, zone, |minute| self.early.holds(minute)),
            BurdenKind::Weekends => {
                let is_weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
                dates(present, zone).any(is_weekend)
            }
            BurdenKind::Holidays => dates(present, zone).any(|date| holidays.contains(&date)),
            BurdenKind::RefusedWishes | BurdenKind::ShortNotice => false,
        }
    }

    /// Points of a shift by its hours.
    #[must_use]
    pub fn of_shift(&self, present: &[Span], zone: Zone, holidays: &[NaiveDate]) -> u32 {
        let kinds = BurdenKind::OF_HOURS.into_iter().filter(|kind| self.points_of(*kind) > 0);
        kinds.filter(|kind| self.is(*kind, present, zone, holidays)).map(|kind| self.points_of(kind)).sum()
    }
}

fn touches(present: &[Span], zone: Zone, holds: impl Fn(u32) -> bool) -> bool {
    /// Windows of the clock begin and end on multiples of five minutes, and so do shifts.
    const STEP: Minutes = Minutes::new(5);
    present.iter().any(|span| {
        let times = std::iter::successors(Some(span.from), |at| Some(*at + STEP.duration()));
        times.take_while(|at| *at < span.until).any(|at: Instant| holds(minute_of_day(at, zone)))
    })
}

fn dates(present: &[Span], zone: Zone) -> impl Iterator<Item = NaiveDate> + '_ {
    let last = |span: &Span| span.until - chrono::Duration::seconds(1);
    present.iter().flat_map(move |span| [local_date(span.from, zone), local_date(last(span), zone)])
}

/// What the points of a plan cost an agent's planner: convex, so that the one with fewest gets the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BurdenPrice {
    /// What no points, one, two … cost; any more cost as much each as the last.
    costs: Vec<Money>,
}

impl BurdenPrice {
    /// Points that are told apart, at most.
    const MOST: u32 = 40;

    /// Prices for someone who has had so many points more than the one with fewest, and works such a part of full time: each further point
    /// costs `each` for every point, those of full time, by which it is ahead.
    #[must_use]
    pub fn ahead_by(points: f64, part: f64, each: Money) -> Self {
        let part = part.max(0.05);
        let mut cost = 0.0;
        let costs = (0..=Self::MOST).map(|count| {
            let so_far = cost;
            cost += each.as_f64() * (points + f64::from(count) / part).max(0.0);
            Money::rounded(so_far)
        });
        Self { costs: costs.collect() }
    }

    /// What so many points cost.
    #[must_use]
    pub fn of(&self, points: u32) -> Money {
        let Some(last) = self.costs.len().checked_sub(1) else { return Money::ZERO };
        let points = points as usize;
        let beyond = points.saturating_sub(last);
        let slope = self.costs[last] - self.costs[last.saturating_sub(1)];
        self.costs[points.min(last)] + (0..beyond).map(|_| slope).sum()
    }

    /// Whether any points cost anything.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.costs.iter().all(|cost| *cost == Money::ZERO)
    }

    /// Points from which each costs as much as the one before.
    #[must_use]
    pub fn told_apart(&self) -> u32 {
        u32::try_from(self.costs.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }
}

/// Jain's index of some shares: 1 where all are equal, 1/n where one has all (Jain, Chiu & Hawe 1984).
#[must_use]
pub fn jain(shares: &[f64]) -> f64 {
    let (sum, squares) = shares.iter().fold((0.0, 0.0), |(sum, squares), share| (sum + share, squares + share * share));
    if squares > 0.0 { sum * sum / (shares.len() as f64 * squares) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, until: &str) -> Span {
        let at = |text: &str| text.parse().expect("an instant");
        Span { from: at(from), until: at(until) }
    }

    #[test]
    fn a_shift_is_a_burden_by_its_hours_on_the_sites_clock() {
        let rules = BurdenRules::default();
        let is = |kind, of: Span| rules.is(kind, &[of], chrono_tz::Asia::Manila, &[]);
        // 20:00 on Friday to 04:00 on Saturday in Manila.
        let late = span("2026-12-04T12:00:00Z", "2026-12-04T20:00:00Z");
        let found: Vec<BurdenKind> = BurdenKind::ALL.into_iter().filter(|kind| is(*kind, late)).collect();
        assert_eq!(found, [BurdenKind::Nights, BurdenKind::Weekends, BurdenKind::Late]);
        assert_eq!(rules.of_shift(&[late], chrono_tz::Asia::Manila, &[]), 5);
        // 09:00 to 17:00 on a Friday.
        assert_eq!(
            rules.of_shift(&[span("2026-12-04T01:00:00Z", "2026-12-04T09:00:00Z")], chrono_tz::Asia::Manila, &[]),
            0
        );
    }

    #[test]
    fn each_further_point_costs_more_than_the_one_before() {
        let price = BurdenPrice::ahead_by(2.0, 0.5, Money::rounded(3.0));
        // Two points ahead: 6; then two more of full time by half an hour's work: 12; then 18.
        let costs: Vec<f64> = (0..4).map(|points| price.of(points).as_f64()).collect();
        assert_eq!(costs, [0.0, 6.0, 18.0, 36.0]);
        let steps: Vec<Money> = (38..44).map(|points| price.of(points + 1) - price.of(points)).collect();
        assert!(steps.windows(2).all(|pair| pair[0] <= pair[1]) && steps[4] == steps[5], "{steps:?}");
    }

    #[test]
    fn the_index_is_one_where_all_are_equal() {
        assert!((jain(&[2.0, 2.0, 2.0]) - 1.0).abs() < 1e-12 && (jain(&[1.0, 0.0]) - 0.5).abs() < 1e-12);
        assert!((jain(&[]) - 1.0).abs() < 1e-12 && (jain(&[0.0]) - 1.0).abs() < 1e-12);
    }
}
