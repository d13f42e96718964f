//! Series keys: what a history can tell apart. A queue of one region is one series; a queue of several has one for each
//! region and one for rows that name no region.

use crate::domain::ids::{QueueIx, RegionId};
use crate::domain::problem::{Problem, Problems};
use crate::domain::queue::Queue;
use tr::tr;

/// A queue and one of its regions, or the queue as a whole where the rows do not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SeriesKey {
    pub(super) queue: QueueIx,
    /// Position of the region; none is the whole queue.
    pub(super) region: Option<usize>,
}

/// Why a row belongs to no series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnmatchedRow {
    NoQueue,
    UnknownQueue,
    UnknownRegion(QueueIx),
}

/// Every series that the workspace's queues allow, in order of queues.
#[derive(Clone, Debug)]
pub(super) struct SeriesKeys<'a> {
    queues: &'a [Queue],
    all: Vec<SeriesKey>,
}

impl<'a> SeriesKeys<'a> {
    /// The series of these queues.
    pub(super) fn of(queues: &'a [Queue]) -> Self {
        let keys = |(index, queue): (usize, &Queue)| {
            let whole = (queue.regions.len() > 1).then_some(None);
            let regions: Vec<_> = whole.into_iter().chain((0..queue.regions.len()).map(Some)).collect();
            regions.into_iter().map(move |region| SeriesKey { queue: QueueIx(index), region })
        };
        Self { queues, all: queues.iter().enumerate().flat_map(keys).collect() }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[SeriesKey] {
        &self.all
    }

    /// The series of a row that names this queue and region, either possibly empty.
    pub(super) fn find(&self, default: Option<QueueIx>, queue: &str, region: &str) -> Result<u32, UnmatchedRow> {
        let named = self.queues.iter().position(|known| known.id.as_str() == queue).map(QueueIx);
        let queue = if queue.is_empty() {
            default.ok_or(UnmatchedRow::NoQueue)?
        } else {
            named.ok_or(UnmatchedRow::UnknownQueue)?
        };
        let regions = &self.queues[queue.0].regions;
        let region = match region {
            "" => (regions.len() == 1).then_some(0),
            name => Some(self.queues[queue.0].region(&RegionId::new(name)).ok_or(UnmatchedRow::UnknownRegion(queue))?),
        };
        let key = self.all.iter().position(|key| *key == SeriesKey { queue, region });
        key.and_then(|index| u32::try_from(index).ok()).ok_or(UnmatchedRow::UnknownQueue)
    }

    /// What may stand in a queue column.
    pub(super) fn queue_names(&self) -> String {
        self.queues.iter().map(|queue| queue.id.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// What may stand in a region column.
    pub(super) fn region_names(&self, queue: QueueIx) -> String {
        self.queues[queue.0].regions.iter().map(|region| region.id.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Queues whose rows name regions here and none there, or none where the shares of the regions are unknown.
    pub(super) fn contradictions(&self, used: &[bool], file: &str) -> Problems {
        let mut problems = Problems::none();
        let is_used = |queue: usize, whole: bool| {
            self.all.iter().zip(used).any(|(key, used)| *used && key.queue.0 == queue && key.region.is_none() == whole)
        };
        for (index, queue) in self.queues.iter().enumerate().filter(|(index, _)| is_used(*index, true)) {
            if is_used(index, false) {
                let cause = tr!("queue `{}` has rows with a region and rows without", queue.id);
                problems.push(
                    Problem::in_file(file, cause)
                        .in_column("region")
                        .accepting(tr!("a region in every row, or in none")),
                );
            } else if queue.regions.iter().any(|region| region.share.is_none()) {
                let cause = tr!("the rows of queue `{}` name no region, and it has several", queue.id);
                let hint = tr!("say how contacts divide: share = 0.4 in each [[queue.region]]");
                problems.push(Problem::in_file(file, cause).in_column("region").hinting(hint));
            }
        }
        problems
    }
}
