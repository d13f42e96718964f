//! Replications in parallel, merged in order.

use rayon::prelude::*;

use crate::domain::progress::{Cancelled, Progress, go_on};
use crate::domain::sample_paths::PathSampler;
use crate::domain::service::Service;

use super::centre::Centre;
use super::figures::Figures;
use super::params::{Demand, SimulationParams};
use super::reading::SimulatedRoster;
use super::replication::Replication;

/// Replications that one task lives through, one after the other.
pub(super) const BLOCK: usize = 4;
/// Tasks in hand at once; what they leave is merged before others begin.
pub(super) const WAVE: usize = 16;
/// Replications before the precision is looked at, and at most.
const FIRST: usize = 2 * BLOCK * WAVE;
const MOST: usize = 2_000;

/// Lives through a roster many times. Equal seeds give equal figures, however many threads there are; and two rosters meet the same
/// contacts.
///
/// # Errors
/// It was cancelled on the way.
pub fn simulate(
    roster: &SimulatedRoster<'_>,
    params: &SimulationParams,
    progress: &dyn Progress,
) -> Result<Service, Cancelled> {
    let centre = Centre::new(roster);
    let figures = figures(&centre, &paths(roster, params), params, progress)?;
    Ok(figures.service(&centre, roster.forecast.grid))
}

/// What may come.
pub(super) fn paths(roster: &SimulatedRoster<'_>, params: &SimulationParams) -> PathSampler {
    let zone = roster.period.zone;
    match params.demand {
        Demand::Uncertain => roster.forecast.paths(zone, params.seed),
        Demand::Mean => roster.forecast.paths_of_mean(zone, params.seed),
    }
}

/// As many replications as asked for, or as bring the goals' shares to the precision asked for.
pub(super) fn figures(
    centre: &Centre,
    paths: &PathSampler,
    params: &SimulationParams,
    progress: &dyn Progress,
) -> Result<Figures, Cancelled> {
    let mut figures = Figures::new(centre);
    let mut wanted = params.replications.unwrap_or(FIRST).max(1);
    while figures.replications < wanted {
        go_on(progress)?;
        let from = figures.replications;
        let until = wanted.min(from + BLOCK * WAVE);
        let blocks: Vec<(usize, usize)> =
            (from..until).step_by(BLOCK).map(|first| (first, until.min(first + BLOCK))).collect();
        let parts: Vec<Figures> = blocks
            .into_par_iter()
            .map_init(
                || Replication::new(centre),
                |replication, block| of_block(centre, paths, params.seed, block, replication),
            )
            .collect();
        for part in parts {
            figures.merge(part);
        }
        progress.advance(figures.replications as u64, wanted as u64);
        if params.replications.is_none() && figures.replications >= wanted {
            wanted = enough(figures.replications, figures.widest(centre), params.precision);
        }
    }
    Ok(figures)
}

/// Replications that bring a half-width to a precision: it falls with their root.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a positive number below the most")]
fn enough(replications: usize, width: f64, precision: f64) -> usize {
    let needed = replications as f64 * (width / precision).powi(2);
    (needed.min(MOST as f64).ceil() as usize).max(replications)
}

fn of_block(
    centre: &Centre,
    paths: &PathSampler,
    seed: u64,
    (from, until): (usize, usize),
    replication: &mut Replication<'_>,
) -> Figures {
    let mut figures = Figures::new(centre);
    replication.tally.clear();
    for number in from..until {
        replication.run(paths, seed, u32::try_from(number).unwrap_or(u32::MAX));
        figures.add(centre, &replication.tally);
    }
    figures.add_times(&replication.tally);
    figures
}
