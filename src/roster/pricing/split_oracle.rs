//! Pricing of split shifts and of sessions against brute force: every day that strings of work, breaks, meals, sessions and gaps can make
//! is written down, the checker says which lines are legal, and the cheapest of them costs what pricing says.
//!
//! Nothing here knows a rule but the checker; what an hour costs or is worth is counted hour by hour.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use chrono::Weekday;

use crate::domain::activity::{ActivityKind, OwedSessions};
use crate::domain::calendar::{ClockSpan, WeeklyHours};
use crate::domain::clock_window::ClockWindow;
use crate::domain::ids::{ActivityId, AgentIx, ShiftId, SiteIx};
use crate::domain::labour::{BreakKind, BreakRule, LabourRules, NightRule, Premium, PremiumTime, StartWindow};
use crate::domain::roster::{Activity, Piece, Roster, Shift, parts};
use crate::domain::span::Span;
use crate::domain::split::SplitRule;
use crate::domain::time::Instant;
use crate::domain::units::{Minutes, Money, Share};
use crate::domain::workforce::{Block, BlockReason, WeekMinutes, Wish, WishKind};
use crate::roster::check::lines_are_legal;
use crate::roster::check::tiny_instance::{TinyInstance, lenient};
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::shifts::{ShiftLibrary, running};
use crate::roster::instance::slots::{SiteClock, SlotGrid};

use super::cheapest_line::cheapest;
use super::scratch::Scratch;
use super::shift_prices::{Values, line_of};

/// Dates of the week on which Anna may work; the others are blocked.
const OPEN: [&str; 3] = ["mon", "tue", "fri"];
const HOURLY: f64 = 20.0;
const NIGHT: ClockWindow = ClockWindow { from: 20 * 60, until: 6 * 60 };

/// An instance and what its hours are worth; where no seat is free, nobody can be.
struct Case {
    instance: TinyInstance,
    worth: Vec<f64>,
    full: Vec<bool>,
    /// What a day is written with, and its hours at most.
    letters: (Vec<Activity>, usize),
}

impl Case {
    fn drawn(seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut instance = TinyInstance::new(rules(&mut rng));
        for day in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
            let from = instance.at(&format!("{day} 00:00"));
            if !OPEN.contains(&day) {
                block(&mut instance, from, 24);
            } else if rng.random_bool(0.5) {
                let hours = rng.random_range(1..3);
                block(&mut instance, from + Minutes::hours(rng.random_range(8..16)).duration(), hours);
            }
            if rng.random_bool(0.4) {
                let from = from + Minutes::hours(rng.random_range(6..18)).duration();
                let span = Span { from, until: from + Minutes::hours(2).duration() };
                let kind = if rng.random_bool(0.5) { WishKind::Off } else { WishKind::Work };
                let price = Money::rounded(f64::from(rng.random_range(5_u32..40)));
                instance.workforce.agents[0].wishes.push(Wish { span, kind, price });
            }
        }
        let week =
            WeekMinutes { min: Minutes::hours(rng.random_range(0..8)), max: Minutes::hours(rng.random_range(8..13)) };
        instance.workforce.agents[0].weeks = vec![week];
        let hours = instance.period.grid().len();
        let worth = (0..hours).map(|_| rng.random_range(0.0..60.0)).collect();
        let full = (0..hours).map(|_| rng.random_bool(0.05)).collect();
        Self { instance, worth, full, letters: (Activity::PLAIN.to_vec(), 7) }
    }

    /// The same, where Anna owes sessions: an hour of coaching once or twice, and sometimes an hour of training that is not paid.
    fn with_sessions(seed: u64) -> Self {
        let mut case = Self::drawn(seed);
        let mut rng = ChaCha8Rng::seed_from_u64(seed + 1000);
        let paid = [true, false].into_iter().take(rng.random_range(1..3));
        for (name, is_paid) in ["coaching", "training"].into_iter().zip(paid) {
            let kind = session_kind(name, is_paid, &mut rng);
            case.letters.0.push(Activity::Session { of: kind.id, is_paid });
            let from = case.instance.at(if rng.random_bool(0.7) { "mon 00:00" } else { "tue 00:00" });
            let within = Span { from, until: from + Minutes::hours(24 * rng.random_range(1..8)).duration() };
            let starts = rng.random_bool(0.2).then(|| vec![from + Minutes::hours(rng.random_range(7..19)).duration()]);
            let (times, price) = (rng.random_range(1..3), Money::rounded(f64::from(rng.random_range(5_u32..90))));
            let owed = OwedSessions { activity: kind.id, times, within, starts, price };
            case.instance.workforce.agents[0].owed.push(owed);
            case.instance.workforce.activities.push(kind);
        }
        // With gaps of an hour, no day is longer than that.
        case.letters.1 = 5;
        let split = case.instance.workforce.contracts[0].rules.split.as_mut().expect("split shifts");
        (split.min_gap, split.max_gap) = (Minutes::hours(1), Minutes::hours(1));
        case
    }

    /// Wages, premium, pay of the gap and refused wishes, less what the hours of work are worth.
    fn cost(&self, line: &[Vec<Piece>]) -> f64 {
        let wishes = self.instance.workforce.agents[0].wishes.iter().filter(|wish| {
            let mut pieces = line.iter().flatten();
            pieces.any(|piece| piece.span.overlaps(&wish.span)) == (wish.kind == WishKind::Off)
        });
        let refused: f64 = wishes.map(|wish| wish.price.as_f64()).sum();
        let unplaced = |owed: &OwedSessions| {
            let shifts = line
                .iter()
                .filter(|shift| owed.within.from <= shift[0].span.from && shift[0].span.from < owed.within.until);
            let is_one = |piece: &&Piece| matches!(piece.activity, Activity::Session { of, .. } if of == owed.activity);
            let held = shifts.flatten().filter(is_one).map(|piece| piece.span.length().get() / 60).sum::<i64>();
            owed.price.as_f64() * (i64::from(owed.times) - held) as f64
        };
        let unplaced: f64 = self.instance.workforce.agents[0].owed.iter().map(unplaced).sum();
        line.iter().map(|shift| self.cost_of_shift(shift)).sum::<f64>() + refused + unplaced
    }

    fn cost_of_shift(&self, pieces: &[Piece]) -> f64 {
        let grid = self.instance.period.grid();
        let gap_pay = self.instance.workforce.contracts[0].rules.split.map_or(0.0, |split| split.gap_pay.get());
        let (mut cost, mut at) = (0.0, pieces[0].span.from);
        for piece in pieces {
            cost += HOURLY * gap_pay * (piece.span.from - at).num_hours() as f64;
            at = piece.span.until;
            for hour in grid.range(piece.span.from, piece.span.until) {
                let night = if NIGHT.holds(60 * u32::try_from(hour % 24).expect("an hour")) { 0.25 } else { 0.0 };
                cost += match piece.activity {
                    _ if self.full[hour] => f64::INFINITY,
                    Activity::Work => HOURLY * (1.0 + night) - self.worth[hour],
                    Activity::Break | Activity::Session { is_paid: true, .. } => HOURLY * (1.0 + night),
                    Activity::Meal | Activity::Session { is_paid: false, .. } => 0.0,
                };
            }
        }
        cost
    }

    fn is_legal(&self, line: &[Vec<Piece>]) -> bool {
        let shift = |pieces: &Vec<Piece>| {
            Shift::draft(ShiftId::new("any"), AgentIx(0), SiteIx(0), pieces[0].span.from.date_naive(), pieces.clone())
        };
        let shifts = line.iter().map(shift).collect();
        lines_are_legal(&self.instance.problem(), &Roster { grid: self.instance.period.grid(), shifts, flows: vec![] })
    }

    /// The cheapest legal line.
    fn by_force(&self) -> Option<f64> {
        let owed = self.instance.workforce.agents[0].weeks[0];
        let days = OPEN.map(|day| self.days_from(self.instance.at(&format!("{day} 00:00"))));
        let mut lines: Vec<Vec<Vec<Piece>>> = vec![vec![]];
        for of_day in &days {
            let longer = |line: &Vec<Vec<Piece>>| {
                of_day.iter().map(|shift| [&line[..], std::slice::from_ref(shift)].concat()).collect::<Vec<_>>()
            };
            let longer: Vec<Vec<Vec<Piece>>> = lines.iter().flat_map(longer).collect();
            lines.extend(longer);
        }
        let mut lines: Vec<(f64, Vec<Vec<Piece>>)> = lines.into_iter().map(|line| (self.cost(&line), line)).collect();
        lines.retain(|(cost, line)| cost.is_finite() && paid(line) >= owed.min && paid(line) <= owed.max);
        lines.sort_by(|a, b| a.0.total_cmp(&b.0));
        lines.into_iter().find(|(_, line)| self.is_legal(line)).map(|(cost, _)| cost)
    }

    /// Days of work that are legal alone, nothing being owed.
    fn days_from(&self, midnight: Instant) -> Vec<Vec<Piece>> {
        let rules = self.instance.workforce.contracts[0].rules.clone();
        let mut alone =
            Self { instance: TinyInstance::new(rules), worth: vec![], full: vec![], letters: self.letters.clone() };
        alone.instance.workforce.activities.clone_from(&self.instance.workforce.activities);
        alone.instance.workforce.agents[0].owed.clone_from(&self.instance.workforce.agents[0].owed);
        alone.instance.workforce.agents[0].blocks.clone_from(&self.instance.workforce.agents[0].blocks);
        let starts = [6, 8, 15].map(|hour| midnight + Minutes::hours(hour).duration());
        let strings = strings(&self.letters.0, self.letters.1);
        let all = starts.iter().flat_map(|start| strings.iter().map(|string| pieces(*start, string)));
        all.filter(|day| alone.is_legal(std::slice::from_ref(day))).collect()
    }

    /// What pricing finds: its cost, and its line.
    fn priced(&self) -> Option<(f64, Vec<Vec<Piece>>)> {
        let problem = self.instance.problem();
        let slot_grid = SlotGrid::new(&problem);
        let (site, agent) = (&self.instance.workforce.sites[0], &self.instance.workforce.agents[0]);
        let rules = self.instance.workforce.rules_of(agent);
        let library = ShiftLibrary::new(&problem, &slot_grid, site, &SiteClock::new(&slot_grid, site.zone), rules);
        let model = AgentModel::new(agent, rules, (0, &library), &slot_grid)?;
        let of_slot = |slot: usize| slot_grid.interval_of(slot).map_or(0.0, |hour| self.worth[hour]);
        let worth = running((0..slot_grid.slots).map(of_slot));
        let full = running(
            (0..slot_grid.slots).map(|slot| slot_grid.interval_of(slot).map_or(0, |hour| u32::from(self.full[hour]))),
        );
        let values = Values { worth: &worth, present: None, full: Some(&full) };
        let path = cheapest(&model, &library, &values, &mut Scratch::default()).filter(|path| path.cost.is_finite())?;
        let line = line_of(&model, &library, &values, &path, agent, &slot_grid);
        Some((path.cost, line.shifts.iter().map(|shift| shift.pieces(&slot_grid)).collect()))
    }
}

fn rules(rng: &mut ChaCha8Rng) -> LabourRules {
    let start = |hour: u16| StartWindow { from: hour * 60, until: hour * 60, step: 60 };
    let starts = [6, 8, 15].into_iter().filter(|_| rng.random_bool(0.8)).chain([8]).map(start).collect();
    let pause = |kind, earliest, latest| BreakRule {
        kind,
        length: Minutes::hours(1),
        from_length: Minutes::hours(3),
        earliest: Minutes::hours(earliest),
        latest: Minutes::hours(latest),
    };
    let kind = if rng.random_bool(0.5) { BreakKind::Unpaid } else { BreakKind::Paid };
    let min_gap = rng.random_range(1..3);
    LabourRules {
        shift_lengths: [2, 3, 4].into_iter().filter(|_| rng.random_bool(0.7)).chain([4]).map(Minutes::hours).collect(),
        starts,
        breaks: if rng.random_bool(0.7) { vec![pause(kind, 1, 2)] } else { vec![] },
        daily_rest: Minutes::hours(rng.random_range(11..17)),
        max_days_per_week: rng.random_range(2..4),
        nights: rng.random_bool(0.5).then_some(NightRule { window: NIGHT, max_per_week: 1 }),
        premiums: vec![Premium {
            class: "night".to_owned(),
            time: PremiumTime::Clock(NIGHT),
            rate: Share::clamped(0.25),
        }],
        split: Some(SplitRule {
            min_gap: Minutes::hours(min_gap),
            max_gap: Minutes::hours(rng.random_range(min_gap..4)),
            min_part: Minutes::hours(rng.random_range(1..3)),
            from_length: Minutes::hours(rng.random_range(2..5)),
            step: Minutes::hours(1),
            max_per_week: rng.random_bool(0.5).then(|| rng.random_range(0..3)),
            gap_pay: Share::clamped(0.5 * f64::from(rng.random_range(0_u32..3))),
        }),
        ..lenient()
    }
}

fn block(instance: &mut TinyInstance, from: Instant, hours: i64) {
    let span = Span { from, until: from + Minutes::hours(hours).duration() };
    instance.workforce.agents[0].blocks.push(Block { span, reason: BlockReason::Unavailable });
}

fn paid(line: &[Vec<Piece>]) -> Minutes {
    line.iter().flatten().filter(|piece| piece.activity.is_paid()).map(|piece| piece.span.length()).sum()
}

fn session_kind(name: &str, is_paid: bool, rng: &mut ChaCha8Rng) -> ActivityKind {
    let mut hours = WeeklyHours::default();
    for day in [Weekday::Mon, Weekday::Tue, Weekday::Fri] {
        if rng.random_bool(0.2) {
            continue;
        }
        let from = 60 * rng.random_range(6..12);
        hours.open(day, ClockSpan::new(from, from + 60 * rng.random_range(2..10)).expect("a span"));
    }
    ActivityKind {
        id: ActivityId::new(name),
        length: Minutes::hours(1),
        is_paid,
        hours,
        from_breaks: Minutes::hours(i64::from(rng.random_bool(0.3))),
        at_once: None,
        group: None,
    }
}

/// All strings over some activities and gaps of up to so many hours; a gap neither begins nor ends one.
fn strings(letters: &[Activity], hours: usize) -> Vec<Vec<Option<Activity>>> {
    let mut all: Vec<Vec<Option<Activity>>> = vec![];
    let mut longest: Vec<Vec<Option<Activity>>> = vec![vec![]];
    for _ in 0..hours {
        let longer = |string: &Vec<Option<Activity>>| {
            let next = letters.iter().copied().map(Some).chain([None].into_iter().filter(|_| !string.is_empty()));
            next.map(|next| [&string[..], &[next]].concat()).collect::<Vec<_>>()
        };
        longest = longest.iter().flat_map(longer).collect();
        all.extend(longest.iter().filter(|string| string.last() != Some(&None)).cloned());
    }
    all
}

fn pieces(start: Instant, string: &[Option<Activity>]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (hour, activity) in (0..).zip(string) {
        let Some(activity) = *activity else { continue };
        let from = start + Minutes::hours(hour).duration();
        let until = start + Minutes::hours(hour + 1).duration();
        match pieces.last_mut() {
            Some(last) if last.activity == activity && last.span.until == from && !is_session(activity) => {
                last.span.until = until;
            }
            _ => pieces.push(Piece { activity, span: Span { from, until } }),
        }
    }
    pieces
}

fn is_session(activity: Activity) -> bool {
    matches!(activity, Activity::Session { .. })
}

#[test]
fn split_shifts_are_priced_exactly() {
    let lines = exact((0..24).map(Case::drawn));
    let split = lines.iter().filter(|line| line.iter().any(|shift| parts(shift).count() > 1)).count();
    assert!(lines.len() > 12 && split > 6, "{} instances have a line, {split} a split one", lines.len());
}

#[test]
fn sessions_are_priced_exactly() {
    let lines = exact((0..40).map(Case::with_sessions));
    let held = |line: &&Vec<Vec<Piece>>| line.iter().flatten().filter(|piece| is_session(piece.activity)).count();
    let (holding, several) =
        (lines.iter().filter(|line| held(line) > 0).count(), lines.iter().filter(|line| held(line) > 1).count());
    assert!(holding > 12 && several > 6, "of {} lines {holding} hold sessions, {several} several", lines.len());
}

/// Compares both on some cases; the lines that pricing found.
fn exact(cases: impl Iterator<Item = Case>) -> Vec<Vec<Vec<Piece>>> {
    let mut lines = Vec::new();
    for (seed, case) in cases.enumerate() {
        match (case.by_force(), case.priced()) {
            (None, None) => {}
            (Some(best), Some((cost, line))) => {
                assert!(case.is_legal(&line), "seed {seed}: illegal");
                assert!((case.cost(&line) - cost).abs() < 1e-9, "seed {seed}: {} is priced {cost}", case.cost(&line));
                assert!((best - cost).abs() < 1e-9, "seed {seed}: best {best}, priced {cost}");
                lines.push(line);
            }
            (best, found) => panic!("seed {seed}: best {best:?}, priced {found:?}"),
        }
    }
    lines
}
