//! The queues that a history tells of.

use crate::domain::calendar::WeeklyHours;
use crate::domain::contact_records::Habits;
use crate::domain::history::Survey;
use crate::domain::units::Minutes;

use super::hours::week;

/// Mean handle time assumed where the history tells none, seconds.
pub(super) const DECLARED_AHT_S: f64 = 240.0;

/// A queue of the file, with everything decided that the file leaves open.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StarterQueue {
    /// Its id: the name in the file, or `main`.
    pub(super) id: String,
    /// The skill it needs.
    pub(super) skill: String,
    /// Its regions, at least one.
    pub(super) regions: Vec<String>,
    /// Hours on the plan's grid.
    pub(super) hours: WeeklyHours,
    /// Where the hours are from, for a comment.
    pub(super) hours_from: String,
    /// Mean contacts per hour of the local week.
    pub(super) mean_by_hour: Vec<f64>,
    /// Mean handle time, found or declared.
    pub(super) aht_s: f64,
    /// Whether it was found in the file.
    pub(super) is_aht_found: bool,
    /// What single contacts told of it.
    pub(super) habits: Option<Habits>,
}

/// The queues of the file.
pub(super) fn queues(survey: &Survey, habits: &[Habits], grid: Minutes) -> Vec<StarterQueue> {
    survey
        .queues
        .iter()
        .map(|queue| {
            let named = !queue.name.is_empty();
            let week = week(queue, survey.interval, grid);
            StarterQueue {
                id: if named { queue.name.clone() } else { "main".to_owned() },
                skill: if named && survey.queues.len() > 1 { queue.name.clone() } else { "all".to_owned() },
                regions: if queue.regions.is_empty() { vec!["all".to_owned()] } else { queue.regions.clone() },
                hours: week.hours,
                hours_from: week.source,
                mean_by_hour: week.mean_by_hour,
                aht_s: queue.aht_s.unwrap_or(DECLARED_AHT_S),
                is_aht_found: queue.aht_s.is_some(),
                habits: habits.iter().find(|habits| habits.queue == queue.name).cloned(),
            }
        })
        .collect()
}
