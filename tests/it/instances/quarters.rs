//! Instances of the size of a team: quarters or halves of an hour, one or two weeks, contracts as people have them.
//!
//! Too large for the exact oracle; legality and the bound are still the checker's to judge.

use chrono::{Duration, Timelike, Weekday};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use obsada::domain::calendar::{DateSpan, WeeklyHours};
use obsada::domain::clock_window::ClockWindow;
use obsada::domain::cover::CoverPrice;
use obsada::domain::ids::{AgentId, ContractId, ContractIx, GroupIx, QueueId, SiteId, SiteIx};
use obsada::domain::labour::{BreakKind, BreakRule, LabourRules, NightRule, Premium, PremiumTime, StartWindow};
use obsada::domain::rhythm::Rhythm;
use obsada::domain::span::Span;
use obsada::domain::time::{Instant, PlanPeriod, Zone, start_of_day};
use obsada::domain::units::{Minutes, Money};
use obsada::domain::workforce::{
    Agent, Block, BlockReason, Carry, Contract, Site, WeekMinutes, Wish, WishKind, Workforce,
};

use super::{OwnedProblem, Theme, curve, date, groups, pick, share};

const ZONES: [Zone; 4] =
    [chrono_tz::Europe::Warsaw, chrono_tz::Asia::Manila, chrono_tz::Asia::Kolkata, chrono_tz::America::New_York];

const NIGHT: ClockWindow = ClockWindow { from: 21 * 60, until: 7 * 60 };

/// Four to eight agents on two sites who work full time, part time or nights; weeks of clock changes among them.
pub(crate) fn quarters(seed: u64) -> OwnedProblem {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let rng = &mut rng;
    let period = PlanPeriod {
        start: date(pick(rng, &["2026-10-19", "2026-03-23", "2026-03-26", "2026-11-30"])),
        weeks: pick(rng, &[1, 2]),
        zone: pick(rng, &ZONES),
        interval: Minutes::new(pick(rng, &[15, 30])),
        week_start: Weekday::Mon,
    };
    let agents = rng.random_range(4..=8);
    let sites = (0..2).map(|_| site(rng, &period)).collect();
    let mut workforce =
        Workforce { sites, contracts: contracts(rng), groups: groups(rng, Theme::Skills, 2), ..Workforce::default() };
    workforce.agents = (0..agents).map(|index| agent(rng, &period, &workforce, index)).collect();
    let grid = period.grid();
    let most = agents as f64 / 3.0;
    let mut queue = || {
        let priced = |start: Instant| {
            let by_day = (8..20).contains(&start.with_timezone(&period.zone).hour());
            let required = rng.random_range(0.0..if by_day { most } else { 0.3 * most });
            curve(required, 90.0, 50.0, 4.0, period.interval)
        };
        grid.starts().map(priced).collect()
    };
    let queues = vec![queue(), queue()];
    let queue_ids = vec![QueueId::new("orders"), QueueId::new("billing")];
    OwnedProblem {
        cover: CoverPrice { grid, queues, priorities: vec![1, 2], pools: Vec::new() },
        period,
        workforce,
        queue_ids,
    }
}

fn site(rng: &mut ChaCha8Rng, period: &PlanPeriod) -> Site {
    let zone = pick(rng, &ZONES);
    let seats = pick(rng, &[None, Some(4)]);
    let holidays = vec![period.start + Duration::days(rng.random_range(0..7))];
    Site { id: SiteId::new(zone.name()), zone, seats, hours: WeeklyHours::always(), holidays }
}

/// Full time by day, part time, and full time with nights.
fn contracts(rng: &mut ChaCha8Rng) -> Vec<Contract> {
    let full = LabourRules {
        min_week: Minutes::hours(40),
        max_week: Minutes::hours(40),
        shift_lengths: [510, 630].map(Minutes::new).to_vec(),
        starts: vec![StartWindow { from: 6 * 60, until: 12 * 60, step: pick(rng, &[30, 60]) }],
        fixed_shifts: Vec::new(),
        breaks: vec![
            paused(BreakKind::Paid, 30, 360, (90, 180)),
            paused(BreakKind::Unpaid, 30, 360, (210, 330)),
            paused(BreakKind::Paid, 30, 600, (420, 540)),
        ],
        min_between_breaks: Minutes::hours(1),
        split: None,
        daily_rest: Minutes::hours(11),
        weekly_rest: Minutes::hours(35),
        max_consecutive_days: pick(rng, &[5, 6]),
        max_days_per_week: 5,
        rhythm: Rhythm::default(),
        nights: Some(NightRule { window: NIGHT, max_per_week: pick(rng, &[0, 2]) }),
        premiums: vec![
            Premium { class: "night".into(), time: PremiumTime::Clock(NIGHT), rate: share(0.2) },
            Premium { class: "sunday".into(), time: PremiumTime::Weekday(Weekday::Sun), rate: share(0.5) },
            Premium { class: "holiday".into(), time: PremiumTime::Holiday, rate: share(1.0) },
        ],
    };
    let part = LabourRules {
        min_week: Minutes::hours(16),
        max_week: Minutes::hours(24),
        shift_lengths: [240, 300, 390].map(Minutes::new).to_vec(),
        starts: vec![StartWindow { from: 7 * 60, until: 17 * 60, step: 60 }],
        fixed_shifts: Vec::new(),
        ..full.clone()
    };
    let nights = LabourRules {
        starts: vec![
            StartWindow { from: 0, until: 60, step: 30 },
            StartWindow { from: 21 * 60, until: 23 * 60, step: 30 },
        ],
        nights: Some(NightRule { window: NIGHT, max_per_week: 5 }),
        ..full.clone()
    };
    let named = |(name, rules)| Contract { id: ContractId::new(name), rules };
    [("full", full), ("part", part), ("nights", nights)].into_iter().map(named).collect()
}

fn paused(kind: BreakKind, minutes: i64, from_length: i64, (earliest, latest): (i64, i64)) -> BreakRule {
    BreakRule {
        kind,
        length: Minutes::new(minutes),
        from_length: Minutes::new(from_length),
        earliest: Minutes::new(earliest),
        latest: Minutes::new(latest),
    }
}

fn agent(rng: &mut ChaCha8Rng, period: &PlanPeriod, workforce: &Workforce, index: usize) -> Agent {
    let (site, contract) = (SiteIx(rng.random_range(0..2)), ContractIx(rng.random_range(0..3)));
    let zone = workforce.sites[site.0].zone;
    let rules = &workforce.contracts[contract.0].rules;
    let absent = rng.random_bool(0.3);
    let credited = if absent { Minutes::hours(8) } else { Minutes::ZERO };
    let day = |day: i64| start_of_day(period.start + Duration::days(day), zone);
    let away = rng.random_range(0..7);
    let block = Block { span: Span { from: day(away), until: day(away + 1) }, reason: BlockReason::Unavailable };
    let mut wish = |kind| {
        let from = day(rng.random_range(0..7)) + Duration::minutes(rng.random_range(0..1440));
        let until = from + Duration::minutes(rng.random_range(30..4000));
        Wish { span: Span { from, until }, kind, price: Money::rounded(rng.random_range(1.0..40.0)) }
    };
    let wishes = vec![wish(WishKind::Off), wish(WishKind::Work), wish(WishKind::Off)];
    let rested = day(0) - Duration::minutes(rng.random_range(0..1200));
    Agent {
        id: AgentId::new(format!("agent{index}")),
        name: format!("Agent {index}"),
        site,
        contract,
        skills: vec![],
        group: GroupIx(rng.random_range(0..2)),
        level: String::new(),
        hourly_cost: Money::from_millionths(rng.random_range(9_000_000..30_000_000)),
        employed: DateSpan::default(),
        rotation_offset_days: 0,
        blocks: if absent { vec![block] } else { vec![] },
        weeks: (0..period.weeks).map(|week| owed(rules, if week == 0 { credited } else { Minutes::ZERO })).collect(),
        settlement: vec![],
        wishes,
        burdens_before: Vec::new(),
        burden: obsada::domain::fairness::BurdenPrice::default(),
        promised: Vec::new(),
        owed: Vec::new(),
        before: Carry {
            last_end: Some(rested),
            run_of_days: rng.random_range(0..=3),
            days_off: 0,
            sundays: 0,
            tail: super::tail(start_of_day(period.start, zone), rested),
        },
    }
}

fn owed(rules: &LabourRules, credited: Minutes) -> WeekMinutes {
    WeekMinutes { min: rules.min_week - credited, max: rules.max_week }
}
