//! What a roster has to be lived with: sessions that are owed, days that were promised, burdens that are shared out.

use chrono::Duration;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use obsada::domain::activity::{ActivityKind, OwedSessions};
use obsada::domain::calendar::{ClockSpan, WeeklyHours};
use obsada::domain::fairness::BurdenPrice;
use obsada::domain::ids::ActivityId;
use obsada::domain::labour::LabourRules;
use obsada::domain::promise::{ChangePrices, PromisedDay};
use obsada::domain::roster::{Activity, Piece};
use obsada::domain::span::Span;
use obsada::domain::time::{PlanPeriod, Zone, start_of_day};
use obsada::domain::units::{Minutes, Money};

use super::pick;

/// An hour of coaching that is paid, in hours that not every shift has, and sometimes at an hour's distance from breaks.
pub(super) fn activities(rng: &mut ChaCha8Rng) -> Vec<ActivityKind> {
    let mut hours = WeeklyHours::default();
    let from = 60 * rng.random_range(7..11);
    for day in [0, 1, 2, 3, 4, 5, 6].map(|day| chrono::Weekday::try_from(day).expect("a weekday")) {
        hours.open(day, ClockSpan::new(from, from + 60 * rng.random_range(2..6)).expect("a span"));
    }
    vec![ActivityKind {
        id: ActivityId::new("coaching"),
        length: Minutes::hours(1),
        is_paid: rng.random_bool(0.7),
        hours,
        from_breaks: Minutes::hours(pick(rng, &[0, 0, 1])),
        at_once: None,
        group: None,
    }]
}

/// Coaching once or twice in the week, by most.
pub(super) fn owed(rng: &mut ChaCha8Rng, period: &PlanPeriod, zone: Zone) -> Vec<OwedSessions> {
    let day = |days: i64| start_of_day(period.start + Duration::days(days), zone);
    let within = Span { from: day(pick(rng, &[0, 2])), until: day(7) };
    let owed = OwedSessions {
        activity: ActivityId::new("coaching"),
        times: pick(rng, &[1, 1, 2]),
        within,
        starts: None,
        price: Money::rounded(rng.random_range(5.0..80.0)),
    };
    if rng.random_bool(0.8) { vec![owed] } else { vec![] }
}

/// Some are ahead of others.
pub(super) fn burden(rng: &mut ChaCha8Rng) -> BurdenPrice {
    let ahead = f64::from(rng.random_range(0_u32..4));
    if rng.random_bool(0.3) {
        return BurdenPrice::default();
    }
    BurdenPrice::ahead_by(ahead, pick(rng, &[0.5, 1.0]), Money::rounded(rng.random_range(1.0..9.0)))
}

/// A week as it may have been told: shifts that start and last as the contract has it, without breaks; one in ten days stays.
pub(super) fn promised(rng: &mut ChaCha8Rng, rules: &LabourRules, period: &PlanPeriod, zone: Zone) -> Vec<PromisedDay> {
    if rng.random_bool(0.4) {
        return vec![];
    }
    let not_before = start_of_day(period.start + Duration::days(rng.random_range(0..2)), zone);
    let mut day = |date| {
        let start = start_of_day(date, zone) + Duration::minutes(i64::from(pick(rng, &rules.starts).from));
        let length = pick(rng, &rules.shift_lengths).duration();
        let work = Piece { activity: Activity::Work, span: Span { from: start, until: start + length } };
        let price = Money::rounded(rng.random_range(1.0..30.0));
        PromisedDay {
            date,
            pieces: if rng.random_bool(0.4) { vec![work] } else { vec![] },
            is_fixed: rng.random_bool(0.1),
            not_before,
            is_short_notice: false,
            prices: ChangePrices::new(|_| price),
        }
    };
    period.dates().map(&mut day).collect()
}
