//! Agents alike, who share one model in the bound's master where there are many.
//!
//! A bundle with one model per agent needs few rounds, but its master grows with the agents. Prices have as many
//! dimensions however many agents there are, so beyond some number of models more of them bring little: agents of
//! one skill group under one contract at one site, who count alike where heads are counted, answer much alike, and their answers are summed.

use crate::roster::instance::Instance;

/// Models in the master, about, at most.
const MOST_BLOCKS: usize = 512;

/// The blocks of an instance's agents: one for each agent where there are few.
pub(crate) fn blocks(instance: &Instance<'_>) -> Vec<Vec<usize>> {
    blocks_of(instance, instance.models.len().div_ceil(MOST_BLOCKS))
}

/// Blocks of so many agents at most, all of one skill group, library and headcount profile each, in order of both, then of wages.
pub(super) fn blocks_of(instance: &Instance<'_>, most: usize) -> Vec<Vec<usize>> {
    let alike = |agent: usize| {
        (instance.models[agent].group, instance.models[agent].library, instance.headcounts.profile(agent))
    };
    let mut order: Vec<usize> = (0..instance.models.len()).collect();
    order.sort_by(|&a, &b| {
        let wages = instance.models[a].hourly.total_cmp(&instance.models[b].hourly);
        alike(a).cmp(&alike(b)).then(wages).then(a.cmp(&b))
    });
    let kinds = order.chunk_by(|&a, &b| alike(a) == alike(b));
    kinds.flat_map(|kind| kind.chunks(most.max(1))).map(<[usize]>::to_vec).collect()
}
