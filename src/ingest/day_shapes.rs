//! What spreads the contacts of a day over its hours where a queue's history has rows of a day alone: the shape that is declared, that of the
//! queue it is like, or that of the busiest queue whose intervals tell nearly all of its opening hours. What was not declared is said.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::calendar::Holiday;
use crate::domain::ids::QueueIx;
use crate::domain::problem::Problem;
use crate::domain::queue::{DayShape, Queue};
use crate::domain::time::IntervalGrid;

use super::coarse::is_long;
use super::divide::Clocks;
use super::given_shape::GivenShape;
use super::layers::Layered;
use super::rows::FileRows;

/// A queue lends its shape unasked if it tells of so large a share of the other's open slots of the week.
const NEARLY_ALL: f64 = 0.8;

/// Where series lie: their queues, the grid, clocks and files.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) queues: &'a [Queue],
    pub(super) holidays: &'a [Holiday],
    pub(super) grid: &'a IntervalGrid,
    pub(super) clocks: &'a Clocks,
    pub(super) files: &'a [FileRows],
}

/// The shape for each queue that needs one and has one, and what is to be said.
#[derive(Debug, Default)]
pub(super) struct DayShapes {
    of_queue: BTreeMap<usize, GivenShape>,
    pub(super) warnings: Vec<Problem>,
}

impl DayShapes {
    /// Finds them.
    pub(super) fn of(layered: &[Layered], ground: &Ground<'_>, shown: &str) -> Self {
        let is_daily = |series: &&Layered| series.layers.first().is_some_and(is_long);
        let mut daily: Vec<usize> = layered.iter().filter(is_daily).map(|series| series.key.queue.0).collect();
        daily.dedup();
        if daily.is_empty() {
            return Self::default();
        }
        let lenders = lenders(layered, ground);
        let mut shapes = Self::default();
        // Queues that are told of in one sentence, by what their days are split by.
        let mut said: BTreeMap<Option<usize>, Vec<&str>> = BTreeMap::new();
        for at in daily {
            let queue = &ground.queues[at];
            let borrowed = |from: usize| lenders.get(&from).map(|week| (from, week.clone()));
            let like = match queue.day_shape {
                Some(DayShape::Hours(hours)) => {
                    let description = tr!("by the declared shape of the day");
                    shapes.of_queue.insert(at, GivenShape { week: week_of(&hours, ground), description });
                    continue;
                }
                Some(DayShape::Like(QueueIx(from))) => Some(from),
                None => queue.like.map(|like| like.0),
            };
            let (lent, is_declared) = match like.and_then(borrowed) {
                Some(lent) => (Some(lent), true),
                None => (busiest(at, &lenders, ground).and_then(borrowed), false),
            };
            if !is_declared {
                said.entry(lent.as_ref().map(|(from, _)| *from)).or_default().push(queue.id.as_str());
            }
            if let Some((from, week)) = lent {
                let description = tr!("by the weekly shape of queue `{}`", ground.queues[from].id);
                shapes.of_queue.insert(at, GivenShape { week, description });
            }
        }
        shapes.warnings = said.into_iter().map(|(from, queues)| warning(from, &queues, ground, shown)).collect();
        shapes
    }

    /// The shape of a queue's week.
    pub(super) fn of_queue(&self, queue: QueueIx) -> Option<&GivenShape> {
        self.of_queue.get(&queue.0)
    }
}

/// Says what splits the days of some queues though nobody declared it.
fn warning(from: Option<usize>, queues: &[&str], ground: &Ground<'_>, shown: &str) -> Problem {
    let names = queues.join("`, `");
    let (what, word) = match from {
        Some(from) => {
            let lender = &ground.queues[from].id;
            (tr!("split like those of queue `{lender}`, whose rows are shorter", lender), format!("\"{lender}\""))
        }
        None => (tr!("spread evenly over opening hours, as they hardly come"), "\"QUEUE\"".to_owned()),
    };
    let problem = Problem::in_file(shown, tr!("rows of a day of `{names}`: their contacts are {what}", names, what));
    let hint = tr!(
        "in its [[queue]] day_shape = {word} says whose days look alike, day_shape = [24 numbers] how busy each hour is",
        word
    );
    problem.in_column("queue.day_shape").hinting(hint)
}

/// Contacts per slot of the local week, for each queue whose rows are shorter than a day.
fn lenders(layered: &[Layered], ground: &Ground<'_>) -> BTreeMap<usize, Vec<f64>> {
    let mut weeks: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    let first = ground.grid.start().timestamp() / 60;
    for series in layered {
        let Some(layer) = series.layers.first().filter(|layer| !is_long(layer)) else { continue };
        let queue = series.key.queue.0;
        let region = &ground.queues[queue].regions[series.key.region.unwrap_or(0)];
        let Some(clock) = ground.clocks.get(region.zone.name()) else { continue };
        let week = weeks.entry(queue).or_insert_with(|| vec![0.0; clock.slots()]);
        let parts = (layer.step / clock.step).max(1);
        for entry in &layer.entries {
            let offered = ground.files[entry.file as usize].offered[entry.row as usize];
            let interval = usize::try_from((entry.start - first).div_euclid(clock.step)).unwrap_or(usize::MAX);
            for part in (0..parts).filter(|_| offered > 0.0) {
                let at = interval.saturating_add(usize::try_from(part).unwrap_or(0));
                if at < clock.len() {
                    week[clock.slot(at)] += offered / parts as f64;
                }
            }
        }
    }
    weeks.retain(|_, week| week.iter().any(|contacts| *contacts > 0.0));
    weeks
}

/// The busiest queue that tells of nearly all slots in which another is open.
fn busiest(of: usize, lenders: &BTreeMap<usize, Vec<f64>>, ground: &Ground<'_>) -> Option<usize> {
    let mut open = Vec::new();
    for region in &ground.queues[of].regions {
        let Some(clock) = ground.clocks.get(region.zone.name()) else { continue };
        let mut intervals = vec![false; clock.len()];
        clock.open(region, ground.holidays, &mut intervals);
        open.extend((0..clock.len()).filter(|interval| intervals[*interval]).map(|interval| clock.slot(interval)));
    }
    open.sort_unstable();
    open.dedup();
    let tells = |week: &&Vec<f64>| {
        let told = open.iter().filter(|slot| week[**slot] > 0.0).count();
        !open.is_empty() && told as f64 >= NEARLY_ALL * open.len() as f64
    };
    let telling = lenders.iter().filter(|(_, week)| tells(week));
    let contacts = |week: &Vec<f64>| week.iter().sum::<f64>();
    telling.max_by(|(_, a), (_, b)| contacts(a).total_cmp(&contacts(b))).map(|(queue, _)| *queue)
}

/// The same day seven times.
fn week_of(hours: &[f64; 24], ground: &Ground<'_>) -> Vec<f64> {
    let step = ground.grid.interval().get();
    (0..7 * 1440 / step).map(|slot| hours[usize::try_from(slot * step / 60 % 24).unwrap_or(0)]).collect()
}
