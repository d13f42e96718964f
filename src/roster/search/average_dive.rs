//! A roster made of average loads (a dive): everybody starts as their average in the fractional roster, and one after
//! the other, in an order drawn from a seed, an average gives way to the line that is best beside the rest.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

use crate::roster::bound::columns::Load;
use crate::roster::bound::restricted_master::Mixture;
use crate::roster::cover::simplex::Simplex;
use crate::roster::instance::World;
use crate::roster::instance::head_counts::{Part, Profile, gain_of_count};
use crate::roster::instance::line::Line;
use crate::roster::pricing::cheapest_line::cheapest_of;
use crate::roster::pricing::scratch::Scratch;
use crate::roster::pricing::shift_prices::{Values, line_of_path};

/// Shares of an interval below this are left out.
const LEAST_SHARE: f64 = 1e-3;

/// The lines of a dive; nothing if somebody is left without.
pub(crate) fn dive(
    world: &World<'_>,
    mixture: &Mixture,
    rng: &mut ChaCha8Rng,
    scratch: &mut Scratch,
) -> Option<Vec<Line>> {
    let agents = world.models.len();
    let mut heads = world.heads_at_work(&[]);
    let loads = mixture.loads(world);
    let mut counts = world.headcounts.counts(&world.axis, &[]);
    for (agent, load) in loads.iter().enumerate() {
        add(&mut heads, world.models[agent].group, &load.at_work, 1.0);
        count(world, agent, &mut counts, load, 1.0);
    }
    let mut bases: Vec<Vec<u16>> = vec![Vec::new(); world.axis.grid];
    let mut simplex = Simplex::default();
    let mut order: Vec<usize> = (0..agents).collect();
    order.shuffle(rng);
    let mut lines = vec![Line::default(); agents];
    for agent in order {
        let group = world.models[agent].group;
        add(&mut heads, group, &loads[agent].at_work, -1.0);
        count(world, agent, &mut counts, &loads[agent], -1.0);
        let mut gains = vec![0.0; world.axis.grid];
        for &t in &world.reach[agent] {
            gains[t] = gain(world, t, &mut heads[t], group, &mut bases[t], &mut simplex);
        }
        let Profile { at_work, on_shift } = world.headcounts.profile_of(agent);
        let counted =
            |parts: &[Part], t: usize| parts.iter().map(|part| gain_of(world, &counts, *part, t)).sum::<f64>();
        let worth = world.along_axis(|t| gains[t] + counted(at_work, t));
        let present = (!on_shift.is_empty()).then(|| world.along_axis(|t| counted(on_shift, t)));
        let values = Values { worth: &worth, present: present.as_deref(), full: None };
        let path = cheapest_of(world, agent, &values, scratch)?;
        let line = line_of_path(world, agent, &values, &path);
        line.worked().filter_map(|slot| world.axis.in_grid(slot)).for_each(|t| heads[t][group] += 1.0);
        for shift in &line.shifts {
            world.headcounts.each(&world.axis, agent, shift, |part, t| {
                counts[part.row * world.axis.grid + t] += f64::from(part.weight);
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
fn count(world: &World<'_>, agent: usize, counts: &mut [f64], load: &Load, sign: f64) {
    let Profile { at_work, on_shift } = world.headcounts.profile_of(agent);
    for (parts, load) in [(at_work, &load.at_work), (on_shift, &load.on_shift)] {
        for part in parts {
            for &(t, share) in load {
                counts[part.row * world.axis.grid + t as usize] += sign * f64::from(part.weight) * share;
            }
        }
    }
}

/// What it saves to add an agent's part to a count in an interval.
fn gain_of(world: &World<'_>, counts: &[f64], part: Part, t: usize) -> f64 {
    let count = counts[part.row * world.axis.grid + t];
    gain_of_count(world.problem, (part.row, t), count, part.weight)
}

/// What one more head of a group saves in an interval, from the basis found there last.
fn gain(
    world: &World<'_>,
    t: usize,
    heads: &mut [f64],
    group: usize,
    basis: &mut Vec<u16>,
    simplex: &mut Simplex,
) -> f64 {
    let without = simplex.solve(&world.transport.demand(t, heads), (!basis.is_empty()).then_some(basis));
    basis.clear();
    simplex.basis().store(basis);
    heads[group] += 1.0;
    let with = simplex.solve(&world.transport.demand(t, heads), Some(basis));
    heads[group] -= 1.0;
    without - with
}
