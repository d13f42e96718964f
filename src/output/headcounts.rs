//! Where heads are missing that are wanted apart from queues: people on a site, supervisors, heads of a skill group.

use super::number::{decimal, hours};
use super::{local_time, phrases};
use crate::domain::headcount::{Headcount, HeadcountKind, HeadcountResult};
use crate::domain::time::{Instant, IntervalGrid, Zone, local_date};
use crate::domain::units::Money;
use crate::domain::workforce::Workforce;
use crate::plan::{Plan, Rostered};
use tr::tr;

/// Consecutive intervals in which somebody is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shortfall {
    /// First instant.
    pub(super) from: Instant,
    /// End.
    pub(super) until: Instant,
    /// Heads missing at once, at most.
    pub(super) most: f64,
    /// Hours of heads missing.
    pub(super) hours: f64,
}

/// What a headcount came to, for people.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    /// What is counted.
    pub(super) what: String,
    /// Whose clock its times are read off.
    pub(super) zone: Zone,
    /// Its price over the plan.
    pub(super) cost: Money,
    /// Where somebody is missing, in order of time.
    pub(super) shortfalls: Vec<Shortfall>,
}

/// All headcounts of a roster, in order.
pub(super) fn counted(plan: &Plan, rostered: &Rostered) -> Vec<Counted> {
    let grid = rostered.checked.roster().grid;
    let pairs = rostered.workforce.headcounts.iter().zip(rostered.checked.headcounts());
    let of = |(wanted, result): (&Headcount, &HeadcountResult)| Counted {
        what: what(&rostered.workforce, &wanted.kind),
        zone: zone(plan, rostered, &wanted.kind),
        cost: result.cost,
        shortfalls: shortfalls(grid, wanted, &result.counts),
    };
    pairs.map(of).collect()
}

/// A sentence for each headcount of which somebody is missing.
#[must_use]
pub fn missing_heads(plan: &Plan) -> Vec<String> {
    let all = plan.rostered.iter().flat_map(|rostered| counted(plan, rostered));
    all.filter_map(|counted| sentence(&counted)).collect()
}

fn sentence(counted: &Counted) -> Option<String> {
    let total: f64 = counted.shortfalls.iter().map(|of| of.hours).sum();
    let worst = counted.shortfalls.iter().max_by(|one, other| one.hours.total_cmp(&other.hours))?;
    Some(tr!(
        "{}: {} missing in {}; most from {}, up to {} at once",
        counted.what,
        hours(total),
        phrases::stretches(counted.shortfalls.len()),
        when(worst, counted.zone),
        decimal(worst.most, 2)
    ))
}

fn what(workforce: &Workforce, kind: &HeadcountKind) -> String {
    match kind {
        HeadcountKind::OnSite(site) => tr!("people on site `{}`", workforce.sites[site.0].id),
        HeadcountKind::Supervisors(site) => tr!("supervisors on site `{}`", workforce.sites[site.0].id),
        HeadcountKind::Group(cover) => tr!("heads of cover `{cover}`", cover),
    }
}

fn zone(plan: &Plan, rostered: &Rostered, kind: &HeadcountKind) -> Zone {
    match kind {
        HeadcountKind::OnSite(site) | HeadcountKind::Supervisors(site) => rostered.workforce.sites[site.0].zone,
        HeadcountKind::Group(_) => plan.period.zone,
    }
}

/// `Mon 30 Nov 22:00 – Tue 1 Dec 06:00` on the wall of a zone; the second day only where it is another.
pub(super) fn when(of: &Shortfall, zone: Zone) -> String {
    let (first, last) = (local_date(of.from, zone), local_date(of.until, zone));
    let (from, until) = (local_time::clock(of.from, zone), local_time::clock(of.until, zone));
    if first == last {
        format!("{} {from}–{until}", local_time::day(first))
    } else {
        format!("{} {from} – {} {until}", local_time::day(first), local_time::day(last))
    }
}

fn shortfalls(grid: IntervalGrid, wanted: &Headcount, counts: &[i64]) -> Vec<Shortfall> {
    let (enough, head) = (wanted.price.wanted(), f64::from(wanted.per_head));
    let mut found: Vec<Shortfall> = Vec::new();
    for (interval, count) in counts.iter().enumerate().filter(|(interval, _)| wanted.applies[*interval]) {
        let missing = (enough - *count as f64) / head;
        if missing <= 0.0 {
            continue;
        }
        let (from, until) = (grid.start_of(interval), grid.start_of(interval + 1));
        let hours = missing * grid.interval().as_hours();
        match found.last_mut().filter(|last| last.until == from) {
            Some(last) => {
                last.until = until;
                last.most = last.most.max(missing);
                last.hours += hours;
            }
            None => found.push(Shortfall { from, until, most: missing, hours }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::headcount::{CountPrice, Counted as When};
    use crate::domain::ids::SiteIx;
    use crate::output::example;

    fn wanted(weights: Vec<i32>, per_head: i32, least: f64) -> Headcount {
        Headcount {
            kind: HeadcountKind::OnSite(SiteIx(0)),
            weights,
            per_head,
            counted: When::OnShift,
            price: CountPrice::at_least(least, 50.0),
            applies: vec![true, true, true, true, false],
        }
    }

    #[test]
    fn neighbouring_intervals_are_one_stretch_on_the_clock_of_the_site() {
        // Two wanted in half-hours from 16:00 in Manila: 1, 0, 2, 1 are there; nobody is asked for after that.
        let found = shortfalls(example::grid(5), &wanted(vec![1, 1], 1, 2.0), &[1, 0, 2, 1, 0]);
        let figures: Vec<(f64, f64)> = found.iter().map(|of| (of.most, of.hours)).collect();
        assert_eq!(figures, [(2.0, 1.5), (1.0, 0.5)]);
        assert_eq!(when(&found[0], chrono_tz::Asia::Manila), "Mon 30 Nov 16:00–17:00");
        let counted = Counted {
            what: what(&example::workforce(), &HeadcountKind::OnSite(SiteIx(0))),
            zone: chrono_tz::Asia::Manila,
            cost: Money::ZERO,
            shortfalls: found,
        };
        let said = "people on site `manila`: 2.0\u{a0}h missing in 2 stretches; most from Mon 30 Nov 16:00–17:00, up to 2 at once";
        assert_eq!(sentence(&counted).as_deref(), Some(said));
    }

    #[test]
    fn supervisors_are_missing_by_parts_of_one() {
        // One leads four: six others without her lack one and a half, with her a half.
        let found = shortfalls(example::grid(5), &wanted(vec![4, -1], 4, 0.0), &[-6, -2, 0, 4, -4]);
        assert_eq!(found.iter().map(|of| (of.most, of.hours)).collect::<Vec<_>>(), [(1.5, 1.0)]);
    }

    #[test]
    fn supervisors_are_missing_by_heads_where_there_are_none_too() {
        // One would lead four: six others lack one and a half, whoever she would be.
        let found = shortfalls(example::grid(5), &wanted(vec![-1, -1], 4, 0.0), &[-6, -2, 0, 0, -4]);
        assert_eq!(found.iter().map(|of| (of.most, of.hours)).collect::<Vec<_>>(), [(1.5, 1.0)]);
    }
}
