//! Contracts that cover given opening hours.

use crate::domain::units::Minutes;

use super::grid::floor;
use super::opening::Opening;
use crate::generate::contracts::{BreakTerms, Contract, on_grid};

/// A contract of a starter workspace.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Terms {
    /// Its id.
    pub(super) id: &'static str,
    /// Paid hours per week, from and to.
    pub(super) hours: (i64, i64),
    /// Elapsed minutes of its shifts.
    pub(super) lengths: Vec<i64>,
    /// Start windows: from, until, step, in minutes of the day.
    pub(super) starts: Vec<(i64, i64, i64)>,
    /// Breaks.
    pub(super) breaks: Vec<BreakTerms>,
    /// Share of the hours of its time of day that its people are hired for.
    pub(super) share: f64,
    /// Whether it is for nights.
    pub(super) nights: bool,
}

/// Days worked per week at most.
pub(super) const DAYS_PER_WEEK: usize = 5;
const FULL_DAY_HOURS: i64 = 8;
const MEAL_FROM_HOURS: i64 = 6;

/// Full time and part time by day, and full time by night where queues are open then.
pub(super) fn terms(opening: &Opening, grid: Minutes) -> Vec<Terms> {
    let mut all = vec![full(opening, grid)];
    all.extend(part(opening, grid));
    if opening.nights {
        all.push(Terms {
            id: "night",
            hours: (40, 40),
            lengths: elapsed(&[7, 8, 9], grid),
            // At midnight too: a plan begins at midnight, and without a roster before it nobody else is there then.
            starts: vec![(0, 0, step(grid)), (on_grid(19 * 60, grid), floor(23 * 60, grid), step(grid))],
            breaks: Contract::breaks(grid),
            share: 1.0,
            nights: true,
        });
    }
    all
}

/// Eight hours on five days, or as much of that as the opening hours hold.
fn full(opening: &Opening, grid: Minutes) -> Terms {
    let mut days: Vec<i64> =
        opening.days.iter().flatten().map(|day| longest_paid(*day, grid).clamp(1, FULL_DAY_HOURS)).collect();
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.truncate(DAYS_PER_WEEK);
    let week = days.iter().sum();
    let most = opening.days.iter().flatten().map(|day| longest_paid(*day, grid)).max().unwrap_or(FULL_DAY_HOURS);
    let usual = days.first().copied().unwrap_or(FULL_DAY_HOURS);
    days.extend([usual - 1, usual + 1].into_iter().filter(|hours| (1..=most).contains(hours)));
    days.sort_unstable();
    days.dedup();
    shifts("full", (week, week), &days, opening, grid, 0.7)
}

/// Four to six hours on up to five days, where the opening hours hold a shift of four.
fn part(opening: &Opening, grid: Minutes) -> Option<Terms> {
    let most = opening.days.iter().flatten().map(|day| longest_paid(*day, grid)).max()?;
    let hours: Vec<i64> = (4..=6).filter(|hours| *hours <= most).collect();
    let open = i64::try_from(opening.days.iter().flatten().count().min(DAYS_PER_WEEK)).ok()?;
    let (least, longest) = (hours.first()? * open, hours.last()? * open);
    Some(shifts("part", (least, longest), &hours, opening, grid, 0.3))
}

fn shifts(id: &'static str, hours: (i64, i64), paid: &[i64], opening: &Opening, grid: Minutes, share: f64) -> Terms {
    let lengths = elapsed(paid, grid);
    let (first, last) = opening.extent();
    let (first, last) = if opening.nights { (5 * 60, 24 * 60) } else { (first, last) };
    let from = on_grid(first, grid);
    let until = floor(last - lengths.first().copied().unwrap_or(0), grid).max(from);
    Terms {
        id,
        hours,
        starts: vec![(from, until, step(grid))],
        lengths,
        breaks: Contract::breaks(grid),
        share,
        nights: false,
    }
}

/// Paid hours of the longest shift that fits into a day's hours.
fn longest_paid((from, until): (i64, i64), grid: Minutes) -> i64 {
    let open = until - from;
    let with_meal = (open - on_grid(30, grid)) / 60;
    if with_meal >= MEAL_FROM_HOURS { with_meal } else { (open / 60).min(MEAL_FROM_HOURS - 1) }
}

/// Elapsed minutes of shifts of so many paid hours: a meal is on top from six hours on.
fn elapsed(paid: &[i64], grid: Minutes) -> Vec<i64> {
    let meal = on_grid(30, grid);
    paid.iter().map(|hours| hours * 60 + if *hours >= MEAL_FROM_HOURS { meal } else { 0 }).collect()
}

fn step(grid: Minutes) -> i64 {
    let half_hour = on_grid(30, grid);
    if 60 % half_hour == 0 { half_hour } else { 60 }
}
