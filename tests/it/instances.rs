//! Instances for tests of the roster stage, drawn from a seed through the library's public face.
//!
//! A tiny instance is small enough that every legal week of every agent can be written down: hours for intervals, two to
//! four agents, few days on which each can work, short shifts. A theme says which rules it presses on.

#![expect(clippy::expect_used, reason = "an instance that cannot be drawn is a broken test")]

mod lived;
mod quarters;

use chrono::{Duration, NaiveDate, Timelike, Weekday};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use obsada::domain::calendar::{DateSpan, WeeklyHours};
use obsada::domain::clock_window::ClockWindow;
use obsada::domain::cover::{CoverCurve, CoverPiece, CoverPrice};
use obsada::domain::fairness::BurdenPrice;
use obsada::domain::ids::{AgentId, ContractId, ContractIx, GroupIx, QueueId, QueueIx, SiteId, SiteIx};
use obsada::domain::labour::{BreakKind, BreakRule, LabourRules, NightRule, Premium, PremiumTime, StartWindow};
use obsada::domain::rhythm::{Forerunner, Rhythm, Rotation, StartCap, Succession};
use obsada::domain::roster::{Activity, Piece};
use obsada::domain::span::Span;
use obsada::domain::split::SplitRule;
use obsada::domain::time::{Instant, PlanPeriod, Zone, start_of_day};
use obsada::domain::units::{Minutes, Money, Share};
use obsada::domain::workforce::{
    Ability, Agent, Block, BlockReason, Carry, Contract, SettlementPeriod, Site, SkillGroup, WeekMinutes, Wish,
    WishKind, Workforce,
};
use obsada::roster::RosterProblem;

pub(crate) use quarters::quarters;

/// A roster problem that owns its parts.
#[derive(Clone, Debug)]
pub(crate) struct OwnedProblem {
    pub(crate) period: PlanPeriod,
    pub(crate) workforce: Workforce,
    pub(crate) cover: CoverPrice,
    pub(crate) queue_ids: Vec<QueueId>,
}

impl OwnedProblem {
    pub(crate) fn problem(&self) -> RosterProblem<'_> {
        RosterProblem {
            period: &self.period,
            workforce: &self.workforce,
            cover: &self.cover,
            unplanned_shrinkage: Share::NONE,
            queue_ids: &self.queue_ids,
        }
    }
}

/// What a tiny instance presses on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// One queue, one site, days and hours.
    Plain,
    /// Two queues, agents of several speeds who can take one or both.
    Skills,
    /// Shifts over midnight with premiums and a limit on nights.
    Nights,
    /// The week in which clocks go forward or back.
    ClockChange,
    /// Fewer seats than agents.
    Seats,
    /// Wishes, the roster before, and rests that bind.
    Wishes,
    /// Sites in Warsaw and Manila under one plan.
    TwoSites,
    /// Two rule weeks, few days in each.
    TwoWeeks,
    /// Weekends, rotations, starts held together and forbidden successions.
    Rhythm,
    /// Shifts in two parts.
    Split,
    /// Sessions that are owed, days that were promised, burdens that are shared out.
    Lived,
}

pub(crate) const THEMES: [Theme; 11] = [
    Theme::Plain,
    Theme::Skills,
    Theme::Nights,
    Theme::ClockChange,
    Theme::Seats,
    Theme::Wishes,
    Theme::TwoSites,
    Theme::TwoWeeks,
    Theme::Rhythm,
    Theme::Split,
    Theme::Lived,
];

const WARSAW: Zone = chrono_tz::Europe::Warsaw;
const MANILA: Zone = chrono_tz::Asia::Manila;
const NEW_YORK: Zone = chrono_tz::America::New_York;

/// An instance of hours for one week.
pub(crate) fn tiny(theme: Theme, seed: u64) -> OwnedProblem {
    let mut rng = ChaCha8Rng::seed_from_u64(seed.wrapping_mul(31).wrapping_add(theme as u64));
    let rng = &mut rng;
    let monday = match theme {
        Theme::ClockChange => pick(rng, &["2026-10-19", "2026-03-23"]),
        _ => "2026-11-30",
    };
    let zone = if theme == Theme::ClockChange { WARSAW } else { pick(rng, &[WARSAW, NEW_YORK, MANILA]) };
    let interval = Minutes::hours(1);
    let weeks = if theme == Theme::TwoWeeks { 2 } else { 1 };
    let period = PlanPeriod { start: date(monday), weeks, zone: WARSAW, interval, week_start: Weekday::Mon };
    let zones = if theme == Theme::TwoSites { vec![WARSAW, MANILA] } else { vec![zone] };
    let agents = rng.random_range(2..=if theme == Theme::Seats { 4 } else { 3 });
    let queues = if theme == Theme::Skills || rng.random_bool(0.3) { 2 } else { 1 };
    let groups = groups(rng, theme, queues);
    let contracts = vec![contract(rng, theme), contract(rng, theme)];
    let sites = zones.iter().map(|zone| site(rng, theme, &period, *zone, agents)).collect();
    let mut workforce = Workforce { sites, contracts, groups, ..Workforce::default() };
    if theme == Theme::Lived {
        workforce.activities = lived::activities(rng);
    }
    for index in 0..agents {
        let mut agent = agent(rng, theme, &period, &workforce, index);
        if theme == Theme::Lived {
            let (rules, zone) = (workforce.rules_of(&agent), workforce.site_of(&agent).zone);
            agent.promised = lived::promised(rng, rules, &period, zone);
        }
        workforce.agents.push(agent);
    }
    let cover = cover(rng, &period, &workforce, queues);
    let queue_ids = (0..queues).map(|queue| QueueId::new(format!("queue{queue}"))).collect();
    OwnedProblem { period, workforce, cover, queue_ids }
}

fn pick<T: Copy>(rng: &mut ChaCha8Rng, of: &[T]) -> T {
    of[rng.random_range(0..of.len())]
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn share(of: f64) -> Share {
    Share::new(of).expect("a share")
}

fn groups(rng: &mut ChaCha8Rng, theme: Theme, queues: usize) -> Vec<SkillGroup> {
    let mut ability = |queue| {
        let speed = if theme == Theme::Skills { pick(rng, &[0.7, 1.0, 1.2]) } else { 1.0 };
        Ability { queue: QueueIx(queue), speed, priority: 1 }
    };
    let all: Vec<Ability> = (0..queues).map(&mut ability).collect();
    let single = vec![ability(0)];
    vec![SkillGroup { abilities: all }, SkillGroup { abilities: single }]
}

fn site(rng: &mut ChaCha8Rng, theme: Theme, period: &PlanPeriod, zone: Zone, agents: usize) -> Site {
    let seats = (theme == Theme::Seats).then(|| u32::try_from(agents - 1).expect("few agents"));
    let holidays = vec![period.start + Duration::days(rng.random_range(0..7))];
    Site { id: SiteId::new(zone.name()), zone, seats, hours: WeeklyHours::always(), holidays }
}

fn contract(rng: &mut ChaCha8Rng, theme: Theme) -> Contract {
    let at_night = matches!(theme, Theme::Nights | Theme::ClockChange);
    let from = if at_night { pick(rng, &[17, 20, 22]) } else { pick(rng, &[6, 8, 9]) };
    let step = pick(rng, &[1, 2]);
    let window = StartWindow { from: from * 60, until: (from + step).min(23) * 60, step: step * 60 };
    let mut starts = vec![window];
    if at_night {
        starts.push(StartWindow { from: pick(rng, &[60, 120, 180]), until: 180, step: 120 });
    }
    let lengths: &[i64] =
        if at_night { pick(rng, &[&[3], &[4], &[5]]) } else { pick(rng, &[&[3, 4], &[3, 5], &[4, 5]]) };
    let night = ClockWindow { from: 21 * 60, until: 7 * 60 };
    let strict = theme == Theme::Wishes;
    let rules = LabourRules {
        min_week: Minutes::ZERO,
        max_week: Minutes::hours(20),
        shift_lengths: lengths.iter().copied().map(Minutes::hours).collect(),
        starts,
        fixed_shifts: vec![],
        breaks: breaks(rng),
        min_between_breaks: Minutes::hours(1),
        split: (theme == Theme::Split).then(|| split(rng)),
        daily_rest: Minutes::hours(if strict { pick(rng, &[14, 20, 22]) } else { 11 }),
        weekly_rest: Minutes::hours(pick(rng, if strict { &[60, 72, 84] } else { &[35, 48] })),
        max_consecutive_days: pick(rng, &[2, 3]),
        max_days_per_week: pick(rng, &[2, 3]),
        rhythm: rhythm(rng, theme),
        nights: (at_night || rng.random_bool(0.3))
            .then(|| NightRule { window: night, max_per_week: pick(rng, &[1, 2]) }),
        premiums: vec![
            Premium { class: "night".into(), time: PremiumTime::Clock(night), rate: share(0.2) },
            Premium { class: "sunday".into(), time: PremiumTime::Weekday(Weekday::Sun), rate: share(0.5) },
            Premium { class: "holiday".into(), time: PremiumTime::Holiday, rate: share(1.0) },
        ],
    };
    Contract { id: ContractId::new("contract"), rules }
}

/// Gaps of an hour or two.
fn split(rng: &mut ChaCha8Rng) -> SplitRule {
    SplitRule {
        min_gap: Minutes::hours(1),
        max_gap: Minutes::hours(pick(rng, &[1, 2])),
        min_part: Minutes::hours(pick(rng, &[1, 2])),
        from_length: Minutes::hours(pick(rng, &[0, 4])),
        step: Minutes::hours(1),
        max_per_week: pick(rng, &[None, Some(0), Some(1), Some(2)]),
        gap_pay: share(pick(rng, &[0.0, 0.5])),
    }
}

/// Rules that no further shift makes a line keep again, as the oracle takes for granted.
fn rhythm(rng: &mut ChaCha8Rng, theme: Theme) -> Rhythm {
    if theme != Theme::Rhythm {
        return Rhythm::default();
    }
    let (on, off) = (pick(rng, &[2, 4]), pick(rng, &[1, 2]));
    Rhythm {
        max_weekends: pick(rng, &[None, Some(0), Some(1)]),
        max_sundays_in_a_row: pick(rng, &[None, Some(0), Some(1)]),
        rotation: rng.random_bool(0.5).then(|| Rotation { on, off, from: date("2026-11-29") }),
        max_start_spread: pick(rng, &[None, Some(Minutes::ZERO), Some(Minutes::hours(1))]),
        forbidden: vec![Succession {
            first: Forerunner::EndsAfter(pick(rng, &[600, 720, 840])),
            starts_before: pick(rng, &[480, 600]),
        }],
        start_caps: vec![StartCap {
            starts: ClockWindow { from: pick(rng, &[360, 540]), until: 720 },
            most: pick(rng, &[0, 1, 2]),
        }],
        ..Rhythm::default()
    }
}

fn breaks(rng: &mut ChaCha8Rng) -> Vec<BreakRule> {
    let mut rule = |from_length, earliest, latest| BreakRule {
        kind: pick(rng, &[BreakKind::Paid, BreakKind::Unpaid]),
        length: Minutes::hours(1),
        from_length: Minutes::hours(from_length),
        earliest: Minutes::hours(earliest),
        latest: Minutes::hours(latest),
    };
    let (first, second) = (rule(4, 1, 2), rule(5, 3, 4));
    match rng.random_range(0..3) {
        0 => vec![],
        1 => vec![first],
        _ => vec![first, second],
    }
}

fn agent(rng: &mut ChaCha8Rng, theme: Theme, period: &PlanPeriod, workforce: &Workforce, index: usize) -> Agent {
    let site = SiteIx(index % workforce.sites.len());
    let zone = workforce.sites[site.0].zone;
    Agent {
        id: AgentId::new(format!("agent{index}")),
        name: format!("Agent {index}"),
        site,
        contract: ContractIx(rng.random_range(0..2)),
        skills: vec![],
        group: GroupIx(rng.random_range(0..2)),
        level: String::new(),
        hourly_cost: Money::from_millionths(rng.random_range(15_000_000..25_000_000)),
        employed: DateSpan::default(),
        rotation_offset_days: if theme == Theme::Rhythm { pick(rng, &[0, 1, 2]) } else { 0 },
        blocks: blocks(rng, theme, period, zone),
        weeks: (0..period.weeks).map(|_| owed(rng, theme)).collect(),
        settlement: settlement(rng, theme),
        wishes: if theme == Theme::Wishes { wishes(rng, period, zone) } else { vec![] },
        burdens_before: Vec::new(),
        burden: if theme == Theme::Lived { lived::burden(rng) } else { BurdenPrice::default() },
        promised: Vec::new(),
        owed: if theme == Theme::Lived { lived::owed(rng, period, zone) } else { vec![] },
        before: if theme == Theme::Wishes { carry(rng, period, zone) } else { Carry::default() },
    }
}

/// Two weeks together, now and then.
fn settlement(rng: &mut ChaCha8Rng, theme: Theme) -> Vec<SettlementPeriod> {
    if theme != Theme::TwoWeeks || rng.random_bool(0.5) {
        return vec![];
    }
    let min = pick(rng, &[0, 6, 10]);
    let minutes = WeekMinutes { min: Minutes::hours(min), max: Minutes::hours(min + pick(rng, &[2, 4])) };
    vec![SettlementPeriod { weeks: 2, minutes }]
}

fn owed(rng: &mut ChaCha8Rng, theme: Theme) -> WeekMinutes {
    let min = if theme == Theme::TwoWeeks { pick(rng, &[0, 4]) } else { pick(rng, &[0, 4, 6, 8]) };
    WeekMinutes { min: Minutes::hours(min), max: Minutes::hours(min + rng.random_range(3..=6)) }
}

/// All days but three or four; where clocks change or two weeks meet, some that follow each other.
fn blocks(rng: &mut ChaCha8Rng, theme: Theme, period: &PlanPeriod, zone: Zone) -> Vec<Block> {
    let free: Vec<i64> = match theme {
        Theme::ClockChange => vec![rng.random_range(0..5), 5, 6],
        Theme::TwoWeeks => vec![pick(rng, &[1, 5]), 6, pick(rng, &[7, 8])],
        _ => some_of_a_week(rng),
    };
    let block = |day: i64| {
        let date = period.start + Duration::days(day);
        let span = Span { from: start_of_day(date, zone), until: start_of_day(date + Duration::days(1), zone) };
        Block { span, reason: BlockReason::Unavailable }
    };
    (0..7 * i64::from(period.weeks)).filter(|day| !free.contains(day)).map(block).collect()
}

fn some_of_a_week(rng: &mut ChaCha8Rng) -> Vec<i64> {
    let mut days: Vec<i64> = (0..7).collect();
    let kept = pick(rng, &[3, 3, 4]);
    while days.len() > kept {
        days.remove(rng.random_range(0..days.len()));
    }
    days
}

fn wishes(rng: &mut ChaCha8Rng, period: &PlanPeriod, zone: Zone) -> Vec<Wish> {
    let mut wish = || {
        let day = period.start + Duration::days(rng.random_range(0..7));
        let from = start_of_day(day, zone) + Duration::hours(pick(rng, &[0, 9, 12]));
        Wish {
            span: Span { from, until: from + Duration::hours(pick(rng, &[3, 24, 48])) },
            kind: pick(rng, &[WishKind::Off, WishKind::Work]),
            price: Money::rounded(rng.random_range(5.0..60.0)),
        }
    };
    (0..4).map(|_| wish()).collect()
}

fn carry(rng: &mut ChaCha8Rng, period: &PlanPeriod, zone: Zone) -> Carry {
    let monday = start_of_day(period.start, zone);
    let last_end = monday + Duration::hours(rng.random_range(-12..=6));
    let run_of_days = pick(rng, &[0, 1, 2, 3]);
    Carry { last_end: Some(last_end), run_of_days, days_off: 0, sundays: 0, tail: tail(monday, last_end) }
}

/// Work from an hour before the plan to the end of the last shift, where that lies within the plan.
fn tail(start: Instant, until: Instant) -> Vec<Piece> {
    let piece = Piece { activity: Activity::Work, span: Span { from: start - Duration::hours(1), until } };
    if until > start { vec![piece] } else { vec![] }
}

/// Demand where somebody could work, and a little of it where nobody can.
fn cover(rng: &mut ChaCha8Rng, period: &PlanPeriod, workforce: &Workforce, queues: usize) -> CoverPrice {
    let grid = period.grid();
    let (deep, short, over) = (rng.random_range(40.0..90.0), rng.random_range(15.0..40.0), rng.random_range(1.0..8.0));
    let mut priced = |start: Instant| {
        let able = workforce.agents.iter().filter(|agent| could_work(start, agent, workforce)).count();
        let most = 0.02_f64.max(0.8 * able as f64 / queues as f64);
        let required = if rng.random_bool(0.5) { rng.random_range(0.0..most) } else { 0.0 };
        curve(required, deep, short, over, period.interval)
    };
    let curves = (0..queues).map(|_| grid.starts().map(&mut priced).collect()).collect();
    CoverPrice { grid, queues: curves, priorities: (1..).take(queues).collect(), pools: Vec::new() }
}

/// The price of an interval from prices per hour: `deep` below four fifths of the requirement, `short` from there on.
fn curve(required: f64, deep: f64, short: f64, over: f64, interval: Minutes) -> CoverCurve {
    let piece = |agents, per_hour: f64| CoverPiece { agents, slope: per_hour * interval.as_hours() };
    let pieces = vec![piece(0.8 * required, -deep), piece(0.2 * required, -short), piece(f64::INFINITY, over)];
    CoverCurve::new(required, pieces).expect("slopes rise")
}

/// Whether an hour lies in a shift that the agent could work, as far as clock and blocks go.
fn could_work(start: Instant, agent: &Agent, workforce: &Workforce) -> bool {
    let hour = Span { from: start, until: start + Duration::hours(1) };
    let minute = start.with_timezone(&workforce.site_of(agent).zone).hour() * 60;
    let rules = workforce.rules_of(agent);
    let longest = if rules.split.is_some() { 7 * 60 } else { 5 * 60 };
    let in_reach = |window: &StartWindow| {
        ClockWindow { from: window.from, until: (window.until + longest) % (24 * 60) }.holds(minute)
    };
    rules.starts.iter().any(in_reach) && !agent.blocks.iter().any(|block| block.span.overlaps(&hour))
}
