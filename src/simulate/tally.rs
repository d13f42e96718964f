//! What became of the contacts of one replication, by queue and interval of arrival, and how long people were busy.

use crate::domain::queue::ServiceDefinition;

use super::centre::{Centre, Kind};
use super::clock::Clock;
use super::contact::{BEFORE, Contact};

/// Contacts of one queue that arrived in one interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// All of them.
    pub(super) offered: u32,
    /// Those the goal counts and whose fate is known.
    pub(super) counted: u32,
    /// Of these, those served as the goal counts.
    pub(super) in_time: u32,
    /// Answered, or done where work is deferred.
    pub(super) answered: u32,
    /// Those answered, or done, too late for the goal, and those still waiting who are late already.
    pub(super) late: u32,
    /// Those who gave up.
    pub(super) abandoned: u32,
    /// Those still waiting or in hand undone when the plan ends.
    pub(super) waiting: u32,
    /// Seconds that the answered waited, together.
    pub(super) waited: f64,
}

impl Cell {
    /// The contacts of another one, too.
    pub(super) fn join(&mut self, other: &Self) {
        self.offered += other.offered;
        self.counted += other.counted;
        self.in_time += other.in_time;
        self.answered += other.answered;
        self.late += other.late;
        self.abandoned += other.abandoned;
        self.waiting += other.waiting;
        self.waited += other.waited;
    }
}

/// Contacts of one replication, and times and numbers of several.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// `cells[queue × intervals + interval]`.
    pub(super) cells: Vec<Cell>,
    /// Seconds that people of a group worked for a queue: `[(interval × groups + group) × queues + queue]`.
    pub(super) busy: Vec<f64>,
    /// Seconds that people of a group were at work: `[interval × groups + group]`.
    pub(super) at_work: Vec<f64>,
    /// Contacts that were simulated.
    pub(super) contacts: u64,
    clock: Clock,
    queues: usize,
    groups: usize,
}

impl Tally {
    /// Nothing happened yet.
    pub(super) fn new(centre: &Centre) -> Self {
        let (intervals, queues, groups) = (centre.clock.intervals, centre.queues.len(), centre.groups.len());
        Self {
            cells: vec![Cell::default(); queues * intervals],
            busy: vec![0.0; intervals * groups * queues],
            at_work: vec![0.0; intervals * groups],
            contacts: 0,
            clock: centre.clock,
            queues,
            groups,
        }
    }

    /// A new replication; times at work go on adding up.
    pub(super) fn next_replication(&mut self) {
        self.cells.fill(Cell::default());
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.next_replication();
        self.busy.fill(0.0);
        self.at_work.fill(0.0);
        self.contacts = 0;
    }

    /// A contact arrives.
    pub(super) fn offer(&mut self, contact: &Contact) {
        self.contacts += 1;
        if let Some(cell) = self.cell(contact) {
            cell.offered += 1;
        }
    }

    /// A contact was answered, or done, after so long.
    pub(super) fn answer(&mut self, centre: &Centre, contact: &Contact, waited: f64) {
        let goal = &centre.queues[contact.queue as usize].goal;
        let in_time = waited <= goal.within.get();
        if let Some(cell) = self.cell(contact) {
            cell.answered += 1;
            cell.waited += waited;
            cell.counted += 1;
            cell.in_time += u32::from(in_time);
            cell.late += u32::from(!in_time);
        }
    }

    /// A contact gave up.
    pub(super) fn abandon(&mut self, centre: &Centre, contact: &Contact) {
        let goal = &centre.queues[contact.queue as usize].goal;
        let soon = contact.gives_up - contact.arrived <= goal.within.get();
        let Some(cell) = self.cell(contact) else { return };
        cell.abandoned += 1;
        let (counts, in_time) = match goal.definition {
            ServiceDefinition::Offered | ServiceDefinition::AnsweredAndAbandoned => (true, false),
            ServiceDefinition::Answered => (false, false),
            ServiceDefinition::AnsweredAndAbandonedAfter => (!soon, false),
            ServiceDefinition::HandledOrAbandonedWithin => (true, soon),
        };
        cell.counted += u32::from(counts);
        cell.in_time += u32::from(in_time);
    }

    /// A contact still waits when the plan ends: its fate is known if it is late already.
    pub(super) fn leave_waiting(&mut self, centre: &Centre, contact: &Contact) {
        let queue = &centre.queues[contact.queue as usize];
        let is_late = centre.end() - contact.arrived > queue.goal.within.get();
        let counts_lost = queue.kind == Kind::Deferred || queue.goal.definition != ServiceDefinition::Answered;
        if let Some(cell) = self.cell(contact) {
            cell.waiting += 1;
            cell.late += u32::from(is_late);
            cell.counted += u32::from(is_late && counts_lost);
        }
    }

    /// Somebody of a group worked for a queue.
    pub(super) fn work(&mut self, group: usize, queue: usize, from: f64, until: f64) {
        let (groups, queues) = (self.groups, self.queues);
        let busy = &mut self.busy;
        self.clock.part(from, until, |t, seconds| {
            busy[(t * groups + group) * queues + queue] += seconds;
        });
    }

    /// Somebody of a group was at work.
    pub(super) fn attend(&mut self, group: usize, from: f64, until: f64) {
        let (groups, at_work) = (self.groups, &mut self.at_work);
        self.clock.part(from, until, |t, seconds| {
            at_work[t * groups + group] += seconds;
        });
    }

    /// All contacts of each queue in this replication.
    pub(super) fn queues(&self) -> Vec<Cell> {
        let of_queue = |cells: &[Cell]| {
            let mut all = Cell::default();
            for cell in cells {
                all.join(cell);
            }
            all
        };
        self.cells.chunks(self.clock.intervals.max(1)).map(of_queue).collect()
    }

    /// All contacts of a queue that arrived in some intervals of this replication.
    pub(super) fn some(&self, queue: usize, intervals: &[usize]) -> Cell {
        let mut all = Cell::default();
        for t in intervals {
            all.join(&self.cells[queue * self.clock.intervals + t]);
        }
        all
    }

    fn cell(&mut self, contact: &Contact) -> Option<&mut Cell> {
        if contact.interval == BEFORE {
            return None;
        }
        self.cells.get_mut(contact.queue as usize * self.clock.intervals + contact.interval as usize)
    }
}
