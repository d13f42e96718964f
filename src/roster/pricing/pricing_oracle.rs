//! Pricing against brute force, rule by rule: every line of a tiny plan is written down, the checker says which are
//! legal, and the cheapest of those costs what pricing says and pricing's own line is one of them.
//!
//! Nothing here knows a rule but the checker: a line is any choice of at most one shift a date.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::domain::clock_window::ClockWindow;
use crate::domain::ids::{AgentIx, ShiftId, SiteIx};
use crate::domain::labour::{LabourRules, StartWindow};
use crate::domain::rhythm::{Forerunner, Rhythm, Rotation, StartCap, Succession};
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::span::Span;
use crate::domain::time::Instant;
use crate::domain::units::Minutes;
use crate::domain::workforce::{Block, BlockReason, SettlementPeriod, WeekMinutes};
use crate::roster::check::lines_are_legal;
use crate::roster::check::tiny_instance::{TinyInstance, lenient};
use crate::roster::instance::agents::AgentModel;
use crate::roster::instance::shifts::ShiftLibrary;
use crate::roster::instance::slots::{SiteClock, SlotGrid};

use super::allowed_choices::{AllowedChoices, FixedDays};
use super::cheapest_line::cheapest_by;
use super::path::Path;
use super::resource_constrained;
use super::scratch::Scratch;

/// What a plan is drawn from: its weeks, the dates that are open, and the hours at which shifts of two hours may start.
struct TinyPlan {
    weeks: u32,
    open: &'static [usize],
    starts: &'static [u16],
}

/// All dates of two weeks.
const FORTNIGHT: &[usize] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];

/// One week with three starts a day: 4⁷ lines.
const A_WEEK: TinyPlan = TinyPlan { weeks: 1, open: &[0, 1, 2, 3, 4, 5, 6], starts: &[6, 9, 20] };
/// Two weeks with one start a day: 2¹⁴ lines.
const TWO_WEEKS: TinyPlan = TinyPlan { weeks: 2, open: FORTNIGHT, starts: &[10] };

/// The same with shifts that end on the next day.
const TWO_WEEKS_OF_NIGHTS: TinyPlan = TinyPlan { weeks: 2, open: FORTNIGHT, starts: &[23] };

/// Two weeks of eight open dates, with two starts a day: 3⁸ lines.
const EIGHT_DAYS_OF_TWO_WEEKS: TinyPlan = TinyPlan { weeks: 2, open: &[0, 2, 3, 6, 7, 9, 10, 12], starts: &[7, 15] };

/// Compares both on instances drawn from seeds, with a rhythm drawn for each; some have a line and some have none.
fn exact(plan: &TinyPlan, rhythm: impl Fn(&mut ChaCha8Rng) -> Rhythm) {
    exact_settled(plan, rhythm, |_| Vec::new());
}

/// The same with settlement periods, drawn for each instance too.
fn exact_settled(
    plan: &TinyPlan,
    rhythm: impl Fn(&mut ChaCha8Rng) -> Rhythm,
    settlement: impl Fn(&mut ChaCha8Rng) -> Vec<SettlementPeriod>,
) {
    let mut solvable = 0;
    for seed in 0..24 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let rhythm = rhythm(&mut rng);
        let mut instance = drawn(plan, rhythm.clone(), &mut rng);
        instance.workforce.agents[0].settlement = settlement(&mut rng);
        instance.workforce.agents[0].settlement.truncate(plan.weeks as usize);
        let costs = costs(&instance, plan, &mut rng);
        let best = best_by_force(&instance, &costs);
        let found = priced(&instance, &costs);
        match (best, found) {
            (None, None) => {}
            (Some(best), Some((cost, line))) => {
                solvable += 1;
                assert!(
                    lines_are_legal(&instance.problem(), &roster(&instance, line)),
                    "seed {seed}, {rhythm:?}: illegal"
                );
                assert!((best - cost).abs() < 1e-9, "seed {seed}, {rhythm:?}: best {best}, priced {cost}");
            }
            (best, found) => panic!("seed {seed}, {rhythm:?}: best {best:?}, priced {found:?}"),
        }
        bounded(&instance, &costs, best);
    }
    assert!(solvable > 6, "{solvable} instances have a line");
}

fn drawn(plan: &TinyPlan, rhythm: Rhythm, rng: &mut ChaCha8Rng) -> TinyInstance {
    let window = |&hour: &u16| StartWindow { from: hour * 60, until: hour * 60, step: 60 };
    let mut instance = TinyInstance::new(LabourRules {
        shift_lengths: vec![Minutes::hours(2)],
        starts: plan.starts.iter().map(window).collect(),
        daily_rest: Minutes::hours(11),
        weekly_rest: Minutes::hours(35),
        max_consecutive_days: rng.random_range(4..7),
        max_days_per_week: rng.random_range(4..7),
        rhythm,
        ..lenient()
    });
    instance.period.weeks = plan.weeks;
    let week = |rng: &mut ChaCha8Rng| WeekMinutes {
        min: Minutes::hours(2 * rng.random_range(0..4)),
        max: Minutes::hours(2 * rng.random_range(4..6)),
    };
    instance.workforce.agents[0].weeks = (0..plan.weeks).map(|_| week(rng)).collect();
    instance.workforce.agents[0].rotation_offset_days = rng.random_range(0..3);
    let midnight = instance.at("mon 00:00");
    let before = &mut instance.workforce.agents[0].before;
    before.sundays = rng.random_range(0..3);
    match rng.random_range(0..3) {
        0 => {}
        1 => {
            before.run_of_days = rng.random_range(1..4);
            before.last_end = Some(midnight - Minutes::hours(rng.random_range(1..18)).duration());
        }
        _ => before.days_off = rng.random_range(1..4),
    }
    for day in ["mon", "thu"].into_iter().filter(|_| rng.random_bool(0.3)) {
        let from = instance.at(&format!("{day} 00:00"));
        let span = Span { from, until: from + Minutes::hours(24).duration() };
        instance.workforce.agents[0].blocks.push(Block { span, reason: BlockReason::Unavailable });
    }
    instance
}

/// A price for every shift of an open date, most of them gains.
fn costs(instance: &TinyInstance, plan: &TinyPlan, rng: &mut ChaCha8Rng) -> BTreeMap<Instant, f64> {
    let dates = instance.period.dates().enumerate().filter(|(day, _)| plan.open.contains(day));
    let starts = dates.flat_map(|(_, date)| plan.starts.iter().map(move |hour| (date, *hour)));
    let midnight = |date: chrono::NaiveDate| date.and_hms_opt(0, 0, 0).expect("a midnight").and_utc();
    starts
        .map(|(date, hour)| midnight(date) + Minutes::hours(i64::from(hour)).duration())
        .map(|start| (start, rng.random_range(-8.0..4.0)))
        .collect()
}

fn best_by_force(instance: &TinyInstance, costs: &BTreeMap<Instant, f64>) -> Option<f64> {
    let mut lines: Vec<(f64, Vec<Instant>)> = vec![(0.0, vec![])];
    for date in instance.period.dates() {
        let of_day = costs.iter().filter(|(start, _)| start.date_naive() == date);
        let longer: Vec<(f64, Vec<Instant>)> = of_day
            .flat_map(|(start, cost)| {
                lines.iter().map(move |(sum, line)| (sum + cost, [&line[..], &[*start]].concat()))
            })
            .collect();
        lines.extend(longer);
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let problem = instance.problem();
    let mut legal = lines.into_iter().filter(|(_, line)| lines_are_legal(&problem, &roster(instance, line.clone())));
    legal.next().map(|(cost, _)| cost)
}

/// Where there are too many labels to look at all, the line is legal, and none costs less than is said.
fn bounded(instance: &TinyInstance, costs: &BTreeMap<Instant, f64>, best: Option<f64>) {
    for effort in [1, AS_IF_A_YEAR] {
        let mut hurried = Scratch::looking_at(1);
        let found = priced_with(instance, costs, effort, &mut hurried);
        assert_eq!(found.is_some(), best.is_some());
        if let (Some((path, line)), Some(best)) = (found, best) {
            assert!(lines_are_legal(&instance.problem(), &roster(instance, line)), "illegal");
            assert!(path.least <= best + 1e-9 && best <= path.cost + 1e-9, "{} ≤ {best} ≤ {}", path.least, path.cost);
        }
    }
}

/// The effort of a line of a year.
const AS_IF_A_YEAR: u64 = 100;

fn priced(instance: &TinyInstance, costs: &BTreeMap<Instant, f64>) -> Option<(f64, Vec<Instant>)> {
    priced_with(instance, costs, 1, &mut Scratch::default()).map(|(path, starts)| (path.cost, starts))
}

fn priced_with(
    instance: &TinyInstance,
    costs: &BTreeMap<Instant, f64>,
    effort: u64,
    scratch: &mut Scratch,
) -> Option<(Path, Vec<Instant>)> {
    let problem = instance.problem();
    let slot_grid = SlotGrid::new(&problem);
    let (site, agent) = (&instance.workforce.sites[0], &instance.workforce.agents[0]);
    let rules = instance.workforce.rules_of(agent);
    let library = ShiftLibrary::new(&problem, &slot_grid, site, &SiteClock::new(&slot_grid, site.zone), rules);
    let mut model = AgentModel::new(agent, rules, (0, &library), &slot_grid)?;
    model.effort = effort;
    let start = |day: usize, choice: usize| {
        slot_grid.instant(library.days[day][model.days[day].choices[choice].candidate].start)
    };
    let cost = |day, choice| costs.get(&start(day, choice)).copied().unwrap_or(f64::INFINITY);
    let path = cheapest_by(&model, cost, scratch)?;
    let starts = path.picks.iter().map(|&(day, choice)| start(day, choice)).collect();
    Some((path, starts))
}

fn roster(instance: &TinyInstance, starts: Vec<Instant>) -> Roster {
    let shift = |from: Instant| {
        Shift::draft(
            ShiftId::new(from.to_rfc3339()),
            AgentIx(0),
            SiteIx(0),
            from.date_naive(),
            vec![Piece { activity: Activity::Work, span: Span { from, until: from + Minutes::hours(2).duration() } }],
        )
    };
    Roster { grid: instance.period.grid(), shifts: starts.into_iter().map(shift).collect(), flows: vec![] }
}

#[test]
fn lines_without_a_rhythm_are_priced_exactly() {
    exact(&A_WEEK, |_| Rhythm::default());
    exact(&TWO_WEEKS, |_| Rhythm::default());
}

#[test]
fn the_fewest_days_in_a_row_are_priced_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| Rhythm {
        min_consecutive_days: rng.random_range(1..4),
        min_days_off: rng.random_range(1..4),
        ..Rhythm::default()
    };
    exact(&A_WEEK, rhythm);
    exact(&TWO_WEEKS, rhythm);
}

#[test]
fn weekends_are_counted_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| Rhythm { max_weekends: Some(rng.random_range(0..3)), ..Rhythm::default() };
    exact(&A_WEEK, rhythm);
    exact(&TWO_WEEKS, rhythm);
    exact(&TWO_WEEKS_OF_NIGHTS, rhythm);
}

#[test]
fn a_rotation_is_priced_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| {
        let from = "2026-01-05".parse().expect("a date");
        let rotation = Some(Rotation { on: rng.random_range(1..6), off: rng.random_range(1..4), from });
        Rhythm { rotation, min_days_off: rng.random_range(0..3), ..Rhythm::default() }
    };
    exact(&A_WEEK, rhythm);
    exact(&TWO_WEEKS, rhythm);
}

#[test]
fn starts_held_together_are_priced_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| {
        let max_start_spread = Some(Minutes::hours(rng.random_range(0..13)));
        Rhythm { max_start_spread, min_days_off: rng.random_range(0..3), ..Rhythm::default() }
    };
    exact(&A_WEEK, rhythm);
    exact(&EIGHT_DAYS_OF_TWO_WEEKS, rhythm);
}

#[test]
fn sundays_in_a_row_are_counted_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| {
        let max_sundays_in_a_row = Some(rng.random_range(0..3));
        Rhythm { max_sundays_in_a_row, max_weekends: Some(1), ..Rhythm::default() }
    };
    exact(&A_WEEK, rhythm);
    exact(&TWO_WEEKS, rhythm);
}

#[test]
fn forbidden_successions_are_priced_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| {
        let mut after = |ends: u16| Succession {
            first: Forerunner::EndsAfter(ends * 60),
            starts_before: 60 * rng.random_range(6..21),
        };
        Rhythm { forbidden: vec![after(21), after(8)], ..Rhythm::default() }
    };
    exact(&A_WEEK, rhythm);
    exact(&EIGHT_DAYS_OF_TWO_WEEKS, rhythm);
}

/// At most so many shifts that start within a window of the clock, some of which overlap.
fn caps(rng: &mut ChaCha8Rng) -> Vec<StartCap> {
    let mut cap = |from: u16, until: u16| StartCap {
        starts: ClockWindow { from: from * 60, until: until * 60 },
        most: rng.random_range(0..4),
    };
    vec![cap(5, 10), cap(9, 24), cap(20, 6)]
}

/// Periods of one week or of two, between few and many of the shifts of two hours.
fn fixed_days(rng: &mut ChaCha8Rng) -> Vec<SettlementPeriod> {
    let weeks: Vec<u32> = if rng.random_bool(0.3) { vec![1, 1] } else { vec![rng.random_range(1..3)] };
    let period = |weeks: u32| {
        let min = rng.random_range(0..8);
        let minutes = WeekMinutes { min: Minutes::hours(min), max: Minutes::hours(min + rng.random_range(1..9)) };
        SettlementPeriod { weeks, minutes }
    };
    weeks.into_iter().map(period).collect()
}

#[test]
fn shifts_of_a_kind_are_counted_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| Rhythm { start_caps: caps(rng), ..Rhythm::default() };
    exact(&A_WEEK, rhythm);
    exact(&EIGHT_DAYS_OF_TWO_WEEKS, rhythm);
}

#[test]
fn settlement_periods_are_priced_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| Rhythm {
        min_days_off: rng.random_range(0..3),
        max_weekends: Some(rng.random_range(0..3)),
        max_start_spread: rng.random_bool(0.5).then(|| Minutes::hours(rng.random_range(0..13))),
        start_caps: if rng.random_bool(0.5) { caps(rng) } else { vec![] },
        ..Rhythm::default()
    };
    exact_settled(&A_WEEK, rhythm, fixed_days);
    exact_settled(&TWO_WEEKS, rhythm, fixed_days);
    exact_settled(&EIGHT_DAYS_OF_TWO_WEEKS, rhythm, fixed_days);
}

#[test]
fn successions_by_start_are_priced_exactly() {
    let rhythm = |rng: &mut ChaCha8Rng| {
        let first = Forerunner::StartsWithin(ClockWindow { from: 8 * 60, until: 60 * rng.random_range(10..22) });
        Rhythm {
            forbidden: vec![Succession { first, starts_before: 60 * rng.random_range(6..21) }],
            ..Rhythm::default()
        }
    };
    exact(&A_WEEK, rhythm);
    exact(&EIGHT_DAYS_OF_TWO_WEEKS, rhythm);
}

/// A drawn agent with a legal line, priced anew within free dates: once by coming back to the line, once by running all dates.
#[test]
fn a_line_with_settled_dates_is_priced_alike_from_where_it_is_free_and_as_a_whole() {
    let mut compared = 0;
    for seed in 0..200 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let rhythm = Rhythm {
            min_days_off: rng.random_range(0..3),
            max_weekends: Some(rng.random_range(1..3)),
            start_caps: caps(&mut rng),
            ..Rhythm::default()
        };
        let mut instance = drawn(&EIGHT_DAYS_OF_TWO_WEEKS, rhythm, &mut rng);
        instance.workforce.agents[0].settlement = fixed_days(&mut rng);
        let problem = instance.problem();
        let slot_grid = SlotGrid::new(&problem);
        let (site, agent) = (&instance.workforce.sites[0], &instance.workforce.agents[0]);
        let rules = instance.workforce.rules_of(agent);
        let library = ShiftLibrary::new(&problem, &slot_grid, site, &SiteClock::new(&slot_grid, site.zone), rules);
        let Some(model) = AgentModel::new(agent, rules, (0, &library), &slot_grid) else { continue };
        let Some(counters) = model.counters.as_ref() else { continue };
        let mut scratch = Scratch::default();
        let drawn: Vec<Vec<f64>> =
            model.days.iter().map(|day| day.choices.iter().map(|_| rng.random_range(-8.0..4.0)).collect()).collect();
        let Some(known) = cheapest_by(&model, |day, choice| drawn[day][choice], &mut scratch) else { continue };
        let mut choices = vec![None; model.days.len()];
        known.picks.iter().for_each(|&(day, choice)| choices[day] = Some(choice));
        let free: Vec<bool> = model.days.iter().map(|_| rng.random_bool(0.4)).collect();
        let fixed_days = FixedDays { choices, free };
        if fixed_days.free_dates().is_none() {
            continue;
        }
        let costs: Vec<Vec<f64>> = model
            .days
            .iter()
            .zip(fixed_days.allowed())
            .map(|(day, allowed)| match allowed {
                AllowedChoices::Any => day.choices.iter().map(|_| rng.random_range(-8.0..4.0)).collect(),
                AllowedChoices::Off => vec![],
                AllowedChoices::Only(_) => vec![0.0],
            })
            .collect();
        let mut ask = |within: bool| {
            scratch.labels.clear();
            scratch.costs.clone_from(&costs);
            scratch.allowed = fixed_days.allowed().collect();
            if within {
                resource_constrained::cheapest_path_within(&model, counters, &fixed_days, &mut scratch)
            } else {
                resource_constrained::cheapest_path(&model, counters, &mut scratch)
            }
        };
        let (within, whole) = (ask(true).expect("the known line"), ask(false).expect("the known line"));
        assert!((within.cost - whole.cost).abs() < 1e-9, "seed {seed}: {within:?}, {whole:?}");
        assert_eq!(within.picks, whole.picks, "seed {seed}");
        compared += 1;
    }
    assert!(compared > 50, "{compared} lines compared");
}
