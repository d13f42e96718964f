//! What rows of contacts come to, a part of them after the other: parts are counted apart, by any thread, and taken in in order.

use super::contacts::{ContactReading, contacts};
use super::counted::Counts;
use super::habits::HabitsSeen;
use super::people::{self, AgentsSeen, FoundPeople};
use crate::domain::contact_records::Habits;
use crate::domain::problem::Problems;
use crate::ingest::import::reading::cells::Cell;
use crate::ingest::import::reading::placing::{FileClock, Unplaced};
use crate::ingest::import::reading::table::{Counted, Table};
use crate::ingest::import::sheets::gathered::{Gathered, Unreadable};
use crate::ingest::import::stated::said::Said;

/// How contacts are counted.
#[derive(Clone, Copy)]
pub(in crate::ingest::import) struct Counting<'a> {
    pub(in crate::ingest::import) clock: &'a FileClock<'a>,
    pub(in crate::ingest::import) reading: ContactReading<'a>,
    /// Seconds of an interval.
    pub(in crate::ingest::import) interval: i64,
}

/// What some rows come to.
pub(in crate::ingest::import) struct Tally {
    /// Names, rows that are left out, and how many were read; the rows kept are those whose local time occurs twice.
    pub(in crate::ingest::import) table: Table,
    pub(in crate::ingest::import) unreadable: Unreadable,
    /// Rows that can be used, by queue.
    pub(in crate::ingest::import) of_queue: Gathered<u32>,
    /// Both instants of each row kept.
    twice: Vec<(i64, i64)>,
    unplaced: Unplaced,
    counts: Counts,
    habits: HabitsSeen,
    agents: AgentsSeen,
    /// Times of the first row and of the last on the file's clock.
    walls: Option<(i64, i64)>,
    /// Whether any time carries no offset.
    pub(in crate::ingest::import) is_local: bool,
}

/// What all rows come to.
pub(in crate::ingest::import) struct CountedAll {
    pub(in crate::ingest::import) cells: Vec<Cell>,
    pub(in crate::ingest::import) habits: Vec<Habits>,
    pub(in crate::ingest::import) people: FoundPeople,
}

impl Tally {
    pub(in crate::ingest::import) fn new(counting: Counting<'_>) -> Self {
        Self {
            table: Table::default(),
            unreadable: Unreadable::default(),
            of_queue: Gathered::default(),
            twice: Vec::new(),
            unplaced: Unplaced::default(),
            counts: Counts::new(counting.interval),
            habits: HabitsSeen::default(),
            agents: AgentsSeen::default(),
            walls: None,
            is_local: false,
        }
    }

    /// Counts the rows of a table, whose names are those of this tally from now on, and takes them out of it.
    pub(in crate::ingest::import) fn count(&mut self, table: &mut Table, counting: Counting<'_>) {
        let rows = std::mem::take(&mut table.rows);
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        self.walls = Some((self.walls.map_or(first.time.wall, |walls| walls.0), last.time.wall));
        for row in &rows {
            self.is_local |= row.time.offset.is_none();
            self.of_queue.add(row.queue, row.spot, "");
        }
        let placing = counting.clock.sort(&rows, &mut table.left_out);
        self.unplaced.take_in(placing.unplaced);
        for (row, first, second) in placing.twice {
            self.table.rows.push(rows[row].clone());
            self.twice.push((first, second));
        }
        self.add(&rows, &placing.placed, table, counting);
    }

    fn add(
        &mut self,
        rows: &[Counted],
        placed: &[crate::ingest::import::reading::placing::At],
        names: &mut Table,
        counting: Counting<'_>,
    ) {
        contacts(rows, &names.outcomes, placed, counting.reading, &mut names.left_out, |contact| {
            self.counts.add(contact);
            self.habits.add(contact);
            self.agents.add(contact);
        });
    }

    /// Makes the names of a table, and what was left out of it, those of this tally.
    pub(in crate::ingest::import) fn name(&mut self, table: Table) {
        let rows = std::mem::take(&mut self.table.rows);
        self.table = Table { rows, ..table };
    }

    /// Takes in what the next rows come to.
    pub(in crate::ingest::import) fn take_in(&mut self, next: Self) {
        let queues = self.table.queues.take_in(&next.table.queues);
        let regions = self.table.regions.take_in(&next.table.regions);
        let outcomes = self.table.outcomes.take_in(&next.table.outcomes);
        let agents = self.table.agents.take_in(&next.table.agents);
        self.table.left_out.take_in(next.table.left_out);
        self.table.read += next.table.read;
        self.table.rows.extend(next.table.rows.into_iter().map(|row| Counted {
            queue: queues[row.queue as usize],
            region: regions[row.region as usize],
            outcome: row.outcome.map(|outcome| outcomes[outcome as usize]),
            agent: row.agent.map(|agent| agents[agent as usize]),
            ..row
        }));
        self.unreadable.take_in(next.unreadable);
        for (queue, rows) in next.of_queue.iter() {
            self.of_queue.add_all(queues[*queue as usize], rows);
        }
        self.twice.extend(next.twice);
        self.unplaced.take_in(next.unplaced);
        self.counts.take_in(next.counts, &queues, &regions);
        self.habits.take_in(next.habits, &queues);
        self.agents.take_in(next.agents, &agents, &queues);
        if let Some((first, last)) = next.walls {
            self.walls = Some((self.walls.map_or(first, |walls| walls.0), last));
        }
        self.is_local |= next.is_local;
    }

    /// Whether any row can be used.
    pub(in crate::ingest::import) const fn is_empty(&self) -> bool {
        self.walls.is_none()
    }

    /// Places the rows whose time occurs twice, now that all are known, and gives what all come to.
    pub(in crate::ingest::import) fn finish(
        &mut self,
        counting: Counting<'_>,
        said: &mut Said,
    ) -> Result<CountedAll, Problems> {
        let mut problems = self.unplaced.problems(counting.clock.sheet);
        let rows = std::mem::take(&mut self.table.rows);
        let twice: Vec<_> =
            self.twice.iter().enumerate().map(|(row, (first, second))| (row, *first, *second)).collect();
        let is_newest_first = self.walls.is_some_and(|(first, last)| first > last);
        let mut placed = Vec::new();
        problems.extend(counting.clock.place_repeated(&rows, &twice, is_newest_first, &mut placed, said));
        problems.or(())?;
        let mut table = std::mem::take(&mut self.table);
        self.add(&rows, &placed, &mut table, counting);
        self.table = table;
        let counts = std::mem::replace(&mut self.counts, Counts::new(counting.interval));
        Ok(CountedAll {
            cells: counts.cells(said),
            habits: self.habits.habits(&self.table.queues.names),
            people: people::people(&self.agents, &self.table.agents.names, &self.table.queues.names),
        })
    }
}
