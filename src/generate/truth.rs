//! The oracle: what a forecast could know at best. Written beside a workspace, never read by it.

use std::fmt::Write;

use rayon::prelude::*;

use super::events::Spread;
use super::queues::Topic;
use super::synthetic_centre::SyntheticCentre;

/// `truth.csv`: expected contacts and handle time per queue and open interval of history and of the week to plan;
/// `event` is the part of `offered` that events add. The second tier is absent: it has no contacts of its own.
pub(super) fn truth_csv(centre: &SyntheticCentre) -> String {
    let ranges = [centre.past.clone(), centre.horizon.clone()];
    let queues: Vec<usize> =
        (0..centre.queues.len()).filter(|queue| centre.queues[*queue].topic != Topic::SecondTier).collect();
    let parts: Vec<String> = queues
        .into_par_iter()
        .map(|queue| {
            let mut text = String::new();
            for range in &ranges {
                for (interval, mean) in range.clone().zip(centre.queue_means(queue, range)) {
                    let Some(aht) = mean.aht() else { continue };
                    let start = centre.grid.start_of(interval).format("%Y-%m-%dT%H:%M:%SZ");
                    let event = if mean.event < 0.005 { "0".to_owned() } else { format!("{:.2}", mean.event) };
                    let _ =
                        writeln!(text, "{},{start},{:.2},{aht:.0},{event}", centre.queues[queue].id, mean.offered());
                }
            }
            text
        })
        .collect();
    format!("queue,start,offered,aht_s,event\n{}", parts.concat())
}

/// `truth_events.csv`: one row per event and queue, with the parameters the engine has to learn.
pub(super) fn truth_events_csv(centre: &SyntheticCentre) -> String {
    let mut csv = String::from("event,kind,queue,first_send,reach,response,aht_factor,kernel,shape,hours\n");
    for event in &centre.events {
        for effect in &event.effects {
            let (kernel, shape, hours) = match event.spread {
                Spread::Halving { hours } => ("geometric", 1.0, hours),
                Spread::Weibull { shape, hours } => ("weibull", shape, hours),
            };
            let _ = writeln!(
                csv,
                "{},{},{},{},{},{},{},{kernel},{shape},{hours:.2}",
                event.id,
                super::settings::kind_word(event.kind),
                centre.queues[effect.queue].id,
                event.schedule[0].0.format("%Y-%m-%dT%H:%M"),
                event.reach,
                effect.response,
                effect.aht_factor,
            );
        }
    }
    csv
}
