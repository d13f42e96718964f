//! One hour, a few queues, and agents who are each a skill group of their own, so that one sees who did what.

use chrono::{Duration, NaiveDate, Weekday};

use crate::domain::calendar::DateSpan;
use crate::domain::forecast::Forecast;
use crate::domain::ids::{AgentId, AgentIx, ContractIx, GroupIx, QueueId, QueueIx, ShiftId, SiteIx};
use crate::domain::queue::{Channel, Escalation, GoalPeriod, Queue, ServiceGoal};
use crate::domain::requirement::{QueueRequirement, Requirement};
use crate::domain::roster::{Activity, Piece, Shift};
use crate::domain::routing::{Behaviour, HandleTimeShape, Routing};
use crate::domain::series::Series;
use crate::domain::span::Span;
use crate::domain::time::{IntervalGrid, PlanPeriod, start_of_day};
use crate::domain::units::{Minutes, Money, Seconds, Share};
use crate::domain::workforce::{Ability, Agent, Carry, SkillGroup, Workforce};

use crate::simulate::centre::Centre;
use crate::simulate::contact::Contact;
use crate::simulate::reading::SimulatedRoster;
use crate::simulate::replication::Replication;
use crate::simulate::tally::{Cell, Tally};

/// A contact that comes when the test says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scripted {
    at: f64,
    queue: u16,
    work: f64,
    patience: f64,
}

/// At this second, in this queue, with so many seconds of work; it waits as customers of its queue do.
pub(super) fn call(at: f64, queue: u16, work: f64) -> Scripted {
    Scripted { at, queue, work, patience: f64::INFINITY }
}

impl Scripted {
    /// The same, but it gives up after so long at the latest.
    pub(super) fn patient_for(self, patience: f64) -> Self {
        Self { patience, ..self }
    }
}

/// One hour in quarters.
#[derive(Clone, Debug)]
pub(super) struct Tiny {
    pub(super) routing: Routing,
    pub(super) no_show: Share,
    queues: Vec<Queue>,
    workforce: Workforce,
    shifts: Vec<Shift>,
}

impl Tiny {
    /// Queues without agents.
    pub(super) fn of(queues: Vec<Queue>) -> Self {
        let (routing, workforce) = (Routing::default(), Workforce::default());
        Self { routing, no_show: Share::NONE, queues, workforce, shifts: Vec::new() }
    }

    /// An agent who takes queues, each with its rank, and works from one minute to another.
    pub(super) fn agent(&mut self, ranks: &[(usize, u32)], shifts: &[(i64, i64)]) {
        let ability = |&(queue, priority): &(usize, u32)| Ability { queue: QueueIx(queue), speed: 1.0, priority };
        self.workforce.groups.push(SkillGroup { abilities: ranks.iter().map(ability).collect() });
        let number = self.workforce.agents.len();
        self.workforce.agents.push(agent(number));
        let start = grid().start();
        for &(from, until) in shifts {
            let span = Span { from: start + Duration::minutes(from), until: start + Duration::minutes(until) };
            let pieces = vec![Piece { activity: Activity::Work, span }];
            let id = ShiftId::new(format!("s{}", self.shifts.len()));
            self.shifts.push(Shift::draft(id, AgentIx(number), SiteIx(0), monday(), pieces));
        }
    }

    /// Lives through the hour with these contacts.
    pub(super) fn live(&self, contacts: &[Scripted]) -> Lived {
        let grid = grid();
        let required = QueueRequirement {
            offered: Series::flat(grid, 1.0),
            aht_s: Series::flat(grid, 300.0),
            open: vec![true; grid.len()],
            ..QueueRequirement::nothing(grid)
        };
        let centre = Centre::new(&SimulatedRoster {
            period: &period(),
            queues: &self.queues,
            workforce: &self.workforce,
            shifts: &self.shifts,
            forecast: &Forecast { grid, queues: Vec::new() },
            requirement: &Requirement {
                grid,
                unplanned_shrinkage: self.no_show,
                queues: vec![required; self.queues.len()],
            },
            routing: self.routing,
        });
        let mut replication = Replication::new(&centre);
        replication.begin(1, 0);
        let mut script = contacts.iter();
        replication.live(|replication| {
            let Scripted { at, queue, work, patience } = *script.next()?;
            let brings = replication.draw_common(queue);
            let contact = brings.at(&centre, queue, at, centre.clock.interval_of(at), 1.0);
            Some(Contact { work, gives_up: contact.gives_up.min(at + patience), ..contact })
        });
        Lived { tally: replication.tally.clone(), groups: centre.groups.len(), queues: centre.queues.len() }
    }
}

/// What happened.
#[derive(Clone, Debug)]
pub(super) struct Lived {
    tally: Tally,
    groups: usize,
    queues: usize,
}

impl Lived {
    /// All contacts of a queue.
    pub(super) fn cell(&self, queue: usize) -> Cell {
        let quarters = grid().len();
        let mut all = Cell::default();
        self.tally.cells[queue * quarters..(queue + 1) * quarters].iter().for_each(|cell| all.join(cell));
        all
    }

    /// Seconds that an agent worked for a queue.
    pub(super) fn busy(&self, agent: usize, queue: usize) -> f64 {
        self.tally.busy.chunks(self.groups * self.queues).map(|quarter| quarter[agent * self.queues + queue]).sum()
    }

    /// Seconds that an agent was at work.
    pub(super) fn at_work(&self, agent: usize) -> f64 {
        self.tally.at_work.chunks(self.groups).map(|quarter| quarter[agent]).sum()
    }
}

/// A voice queue; handle times drawn are all alike.
pub(super) fn voice() -> Queue {
    Queue {
        behaviour: Behaviour { handle_times: HandleTimeShape::Lognormal(0.0), ..Behaviour::default() },
        ..Queue::new(
            QueueId::new("queue"),
            Channel::Voice,
            ServiceGoal { over: GoalPeriod::Day, ..ServiceGoal::new(Share::ALL, Seconds::clamped(20.0)) },
        )
    }
}

/// So many chats at a time.
pub(super) fn chat(concurrency: f64) -> Queue {
    Queue { channel: Channel::Chat { concurrency }, ..voice() }
}

/// Work that can wait for an hour.
pub(super) fn deferred() -> Queue {
    Queue { channel: Channel::Deferred { deadline: Minutes::hours(1) }, ..voice() }
}

/// A voice queue that hands every contact on to another queue.
pub(super) fn escalating(to: usize) -> Queue {
    let escalation = Escalation { to: QueueIx(to), share: Share::ALL, after: Seconds::ZERO };
    Queue { escalation: Some(escalation), ..voice() }
}

fn monday() -> NaiveDate {
    "2026-01-05".parse().expect("a date")
}

fn period() -> PlanPeriod {
    let (zone, interval) = (chrono_tz::UTC, Minutes::new(15));
    PlanPeriod { start: monday(), weeks: 1, zone, interval, week_start: Weekday::Mon }
}

fn grid() -> IntervalGrid {
    let start = start_of_day(monday(), chrono_tz::UTC);
    IntervalGrid::covering(start, start + Duration::hours(1), Minutes::new(15))
}

/// Each agent is the only one of a group.
fn agent(number: usize) -> Agent {
    Agent {
        id: AgentId::new(format!("a{number}")),
        name: String::new(),
        site: SiteIx(0),
        contract: ContractIx(0),
        skills: Vec::new(),
        group: GroupIx(number),
        level: String::new(),
        hourly_cost: Money::ZERO,
        employed: DateSpan::default(),
        rotation_offset_days: 0,
        blocks: Vec::new(),
        weeks: Vec::new(),
        settlement: Vec::new(),
        wishes: Vec::new(),
        burdens_before: Vec::new(),
        burden: crate::domain::fairness::BurdenPrice::default(),
        promised: Vec::new(),
        owed: Vec::new(),
        before: Carry::default(),
    }
}
