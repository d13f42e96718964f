//! Work that can wait, planned evenly and worked off in the order of due dates.
//!
//! With A the work arrived and D the work due by a time, a plan W keeps every deadline exactly when D ≤ W ≤ A: earliest
//! due date first is then on time (Liu & Layland, JACM 20, 1973, for one processor and a fluid).

use std::collections::BTreeMap;

use super::deadlines::Parcel;
use crate::math::taut_string::taut_string;

/// Less than this share of a parcel is rounding.
const ROUNDING: f64 = 1e-9;

/// The most even plan that keeps every deadline: seconds of work per interval, none outside opening hours.
///
/// It is the taut string between D and A over open intervals, so it needs the smallest peak of all plans on time, and
/// changes least. Work due after the last interval is left over.
pub(super) fn level_plan(parcels: &[Parcel], open: &[bool]) -> Vec<f64> {
    let mut arrived = vec![0.0; open.len()];
    let mut due = vec![0.0; open.len()];
    for parcel in parcels {
        arrived[parcel.available()] += parcel.work;
        for (interval, work) in parcel.dues() {
            if let Some(due) = due.get_mut(interval) {
                *due += work;
            }
        }
    }
    let working: Vec<usize> = (0..open.len()).filter(|interval| open[*interval]).collect();
    let until_opening = working.iter().skip(1).copied().chain([open.len()]);
    let (arrived, due) = (cumulative(&arrived), cumulative(&due));
    let upper: Vec<f64> = working.iter().map(|interval| arrived[interval + 1]).collect();
    let lower: Vec<f64> = until_opening.zip(&upper).map(|(opening, upper)| due[opening].min(*upper)).collect();
    let mut plan = vec![0.0; open.len()];
    for (interval, work) in working.into_iter().zip(taut_string(&lower, &upper)) {
        plan[interval] = work.max(0.0);
    }
    plan
}

/// Sums up to the start of each interval and to the end of the last.
fn cumulative(amounts: &[f64]) -> Vec<f64> {
    let sums = amounts.iter().scan(0.0, |sum, amount| {
        *sum += amount;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}

/// Works parcels off, earliest due date first and late ones before all, with `capacity` seconds of work per interval.
/// Per parcel: seconds done on time, and seconds that are late; what is neither done nor due at the end is neither.
pub(super) fn work_off(parcels: &[Parcel], capacity: &[f64]) -> Vec<(f64, f64)> {
    let mut pieces: Vec<(usize, usize, usize, f64)> = parcels
        .iter()
        .enumerate()
        .flat_map(|(index, parcel)| parcel.dues().map(|(due, work)| (parcel.available(), due, index, work)))
        .filter(|(.., work)| *work > 0.0)
        .collect();
    pieces.sort_by_key(|(available, due, index, _)| (*available, *due, *index));
    let mut fates = vec![(0.0, 0.0); parcels.len()];
    let mut arriving = pieces.into_iter().peekable();
    let mut waiting: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for (interval, capacity) in capacity.iter().enumerate() {
        while let Some((_, due, index, work)) = arriving.next_if(|(available, ..)| *available <= interval) {
            *waiting.entry((due, index)).or_default() += work;
        }
        let mut left = *capacity;
        while let Some(mut next) = waiting.first_entry() {
            let (due, index) = *next.key();
            let done = next.get().min(left);
            *(if interval <= due { &mut fates[index].0 } else { &mut fates[index].1 }) += done;
            left -= done;
            *next.get_mut() -= done;
            if *next.get() > ROUNDING * parcels[index].work {
                break;
            }
            next.remove();
        }
    }
    for ((due, index), work) in waiting {
        if due < capacity.len() {
            fates[index].1 += work;
        }
    }
    fates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::requirement::Backlog;
    use crate::domain::units::Minutes;
    use crate::staffing::deadlines::Deadlines;
    use crate::staffing::escalation::Arrivals;
    use crate::staffing::test_instances::grid;
    use proptest::prelude::*;

    /// Hourly parcels of this work (seconds) under opening hours drawn as `#` open, `.` closed.
    fn parcels(work: &[f64], open: &[bool], deadline_hours: i64, backlog: &[Backlog]) -> Vec<Parcel> {
        let arrivals = Arrivals::of(work.to_vec(), vec![1.0; work.len()]);
        let hours = grid(open.len(), 60);
        Deadlines::new(open, Minutes::hours(deadline_hours), Minutes::hours(1)).parcels(&arrivals, backlog, 1.0, &hours)
    }

    fn hours(drawn: &str) -> Vec<bool> {
        drawn.chars().map(|hour| hour == '#').collect()
    }

    fn near(got: &[f64], expected: &[f64]) {
        let same = got.len() == expected.len() && got.iter().zip(expected).all(|(g, e)| (g - e).abs() < 1e-9);
        assert!(same, "{got:?}, not {expected:?}");
    }

    #[test]
    fn work_is_spread_evenly_up_to_its_deadline() {
        // 10 seconds of work arrive in hour 0 and are due 4 hours later, by the end of hour 4: five hours of 2.
        let open = hours("######");
        let plan = level_plan(&parcels(&[10.0, 0.0, 0.0, 0.0, 0.0, 0.0], &open, 4, &[]), &open);
        near(&plan, &[2.0, 2.0, 2.0, 2.0, 2.0, 0.0]);
    }

    #[test]
    fn what_falls_due_at_night_is_done_before_closing() {
        // 6 arrive in hour 1, due in hour 4, but closed from hour 3: done in hours 1 and 2.
        let open = hours("###..###");
        let plan = level_plan(&parcels(&[0.0, 6.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], &open, 3, &[]), &open);
        near(&plan, &[0.0, 3.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn what_cannot_be_done_in_time_counts_from_the_opening() {
        // 6 arrive in hour 1 while closed until hour 4; due in hour 3. From the opening: due in hour 4 + 2.
        let open = hours("#...####");
        let plan = level_plan(&parcels(&[0.0, 6.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], &open, 2, &[]), &open);
        near(&plan, &[0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 2.0, 0.0]);
    }

    #[test]
    fn backlog_is_due_by_its_age() {
        // 4 arrived 2 hours before the start with 4 hours' time: done in hours 0 and 1. 8 that are long overdue count
        // from the start: 4 hours of 2. The taut string takes both: (4 + 4)/2, then 4/2.
        let arrived = |hours: i64, contacts| Backlog {
            queue: crate::domain::ids::QueueIx(0),
            arrived: grid(1, 60).start() - chrono::Duration::hours(hours),
            contacts,
        };
        let open = hours("######");
        let one = parcels(&[0.0; 6], &open, 4, &[arrived(2, 4.0)]);
        near(&level_plan(&one, &open), &[2.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
        let both = parcels(&[0.0; 6], &open, 4, &[arrived(2, 4.0), arrived(30, 8.0)]);
        near(&level_plan(&both, &open), &[3.0, 3.0, 3.0, 3.0, 0.0, 0.0]);
    }

    #[test]
    fn too_little_capacity_makes_the_newest_work_late() {
        // 2 a hour arrive in hours 0 to 2, due within the next hour; 1 a hour is done. Hour by hour, earliest due first:
        // hour 0 does 1 of parcel 0, hour 1 the rest of it in time, then parcel 1 (due by the end of hour 2) gets 1.
        let open = hours("####");
        let parcels = parcels(&[2.0, 2.0, 2.0, 0.0], &open, 1, &[]);
        let fates = work_off(&parcels, &[1.0; 4]);
        assert_eq!(fates, [(2.0, 0.0), (1.0, 1.0), (0.0, 2.0)]);
    }

    proptest! {
        #[test]
        fn plans_conserve_work_and_keep_every_deadline(
            hours in prop::collection::vec((0.0..50.0_f64, prop::bool::weighted(0.6)), 4..60), deadline in 0_i64..30,
        ) {
            let (work, open): (Vec<f64>, Vec<bool>) = hours.into_iter().unzip();
            let parcels = parcels(&work, &open, deadline, &[]);
            let plan = level_plan(&parcels, &open);
            prop_assert!(plan.iter().zip(&open).all(|(work, open)| *open || *work == 0.0));
            let due_by_the_end: f64 =
                parcels.iter().flat_map(Parcel::dues).filter(|(due, _)| *due < open.len()).map(|(_, work)| work).sum();
            prop_assert!((plan.iter().sum::<f64>() - due_by_the_end).abs() < 1e-6);
            // Exactly that capacity does all of it on time.
            let late: f64 = work_off(&parcels, &plan).iter().map(|(_, late)| late).sum();
            prop_assert!(late < 1e-6, "{late} seconds late");
        }
    }
}
