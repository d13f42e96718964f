//! A roster made of average loads (a dive): everybody starts as their average in the fractional roster, and one after
//! the other, in an order drawn from a seed, an average gives way to the line that is best beside the rest.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::roster::bound::columns::Load;
use crate::roster::bound::restricted_master::RestrictedMaster;
use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::Instance;
use crate::roster::instance::head_counts::{CountPart, CountProfile, gain_of_count};
use crate::roster::instance::line::Line;
use crate::roster::pricing::cheapest_line::cheapest_of;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::{Values, line_of_path};

/// Shares of an interval below this do not change the heads at work.
const LEAST_SHARE: f64 = 1e-3;

/// The lines of a dive; nothing if somebody is left without.
pub(crate) fn dive(
    instance: &Instance<'_>,
    master: &RestrictedMaster,
    rng: &mut ChaCha8Rng,
    scratch: &mut Scratch,
) -> Option<Vec<Line>> {
    let agents = instance.models.len();
    let mut heads = instance.heads_at_work(&[]);
    let loads = master.loads(instance);
    let mut counts = instance.headcounts.counts(&instance.slot_grid, &[]);
    for (agent, load) in loads.iter().enumerate() {
        add(&mut heads, instance.models[agent].group, &load.at_work, 1.0);
        count(instance, agent, &mut counts, load, 1.0);
    }
    let mut bases: Vec<Vec<u16>> = vec![Vec::new(); instance.slot_grid.intervals];
    let mut simplex = Simplex::default();
    let mut order: Vec<usize> = (0..agents).collect();
    order.shuffle(rng);
    let mut lines = vec![Line::default(); agents];
    for agent in order {
        let group = instance.models[agent].group;
        add(&mut heads, group, &loads[agent].at_work, -1.0);
        count(instance, agent, &mut counts, &loads[agent], -1.0);
        let mut gains = vec![0.0; instance.slot_grid.intervals];
        for &t in &instance.coverable[agent] {
            gains[t] = gain(instance, t, &mut heads[t], group, &mut bases[t], &mut simplex);
        }
        let CountProfile { at_work, on_shift } = instance.headcounts.profile_of(agent);
        let counted =
            |parts: &[CountPart], t: usize| parts.iter().map(|part| gain_of(instance, &counts, *part, t)).sum::<f64>();
        let worth = instance.along_slots(|t| gains[t] + counted(at_work, t));
        let present = (!on_shift.is_empty()).then(|| instance.along_slots(|t| counted(on_shift, t)));
        let values = Values { worth: &worth, present: present.as_deref(), full: None };
        let path = cheapest_of(instance, agent, &values, scratch)?;
        let line = line_of_path(instance, agent, &values, &path);
        line.worked().filter_map(|slot| instance.slot_grid.interval_of(slot)).for_each(|t| heads[t][group] += 1.0);
        for shift in &line.shifts {
            instance.headcounts.each(&instance.slot_grid, agent, shift, |part, t| {
                counts[part.row * instance.slot_grid.intervals + t] += f64::from(part.weight);
            });
        }
        lines[agent] = line;
    }
    Some(lines)
}

/// Adds an average load to the heads at work, or takes it away.
fn add(heads: &mut [Vec<f64>], group: usize, load: &[(u32, f64)], sign: f64) {
    for &(t, share) in load.iter().filter(|(_, share)| *share > LEAST_SHARE) {
        let heads = &mut heads[t as usize][group];
        *heads = (*heads + sign * share).max(0.0);
    }
}

/// Adds an average load to the counts, or takes it away.
fn count(instance: &Instance<'_>, agent: usize, counts: &mut [f64], load: &Load, sign: f64) {
    let CountProfile { at_work, on_shift } = instance.headcounts.profile_of(agent);
    for (parts, load) in [(at_work, &load.at_work), (on_shift, &load.on_shift)] {
        for part in parts {
            for &(t, share) in load {
                counts[part.row * instance.slot_grid.intervals + t as usize] += sign * f64::from(part.weight) * share;
            }
        }
    }
}

/// What it saves to add an agent's part to a count in an interval.
fn gain_of(instance: &Instance<'_>, counts: &[f64], part: CountPart, t: usize) -> f64 {
    let count = counts[part.row * instance.slot_grid.intervals + t];
    gain_of_count(instance.problem, (part.row, t), count, part.weight)
}

/// What one more head of a group saves in an interval, from the basis found there last.
fn gain(
    instance: &Instance<'_>,
    t: usize,
    heads: &mut [f64],
    group: usize,
    basis: &mut Vec<u16>,
    simplex: &mut Simplex,
) -> f64 {
    let without = simplex.solve(&instance.transport.supply(t, heads), (!basis.is_empty()).then_some(basis))
        + instance.pools.cost(t, heads);
    basis.clear();
    simplex.basis().store(basis);
    heads[group] += 1.0;
    let with = simplex.solve(&instance.transport.supply(t, heads), Some(basis)) + instance.pools.cost(t, heads);
    heads[group] -= 1.0;
    without - with
}
