//! Small centres built by hand from the domain's own types.

use chrono::{Duration, NaiveDate, Weekday};

use obsada::domain::calendar::DateSpan;
use obsada::domain::explanation::Explanation;
use obsada::domain::forecast::{Dispersion, Forecast, QueueForecast, RegionForecast};
use obsada::domain::ids::{AgentId, AgentIx, ContractIx, GroupIx, QueueId, QueueIx, ShiftId, SiteIx};
use obsada::domain::progress::Silent;
use obsada::domain::queue::{Channel, GoalPeriod, Queue, ServiceGoal};
use obsada::domain::requirement::{QueueRequirement, Requirement};
use obsada::domain::roster::{Activity, Piece, Shift};
use obsada::domain::routing::{Behaviour, HandleTimeShape, Routing};
use obsada::domain::series::Series;
use obsada::domain::service::Service;
use obsada::domain::span::Span;
use obsada::domain::time::{Instant, IntervalGrid, PlanPeriod};
use obsada::domain::units::{Minutes, Money, Seconds, Share};
use obsada::domain::workforce::{Ability, Agent, Carry, SkillGroup, Workforce};
use obsada::simulate::{Demand, Outcomes, SimulatedRoster, SimulationParams, simulate};

/// A centre with its roster.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) period: PlanPeriod,
    pub(super) grid: IntervalGrid,
    pub(super) queues: Vec<Queue>,
    pub(super) workforce: Workforce,
    pub(super) shifts: Vec<Shift>,
    pub(super) forecast: Forecast,
    pub(super) requirement: Requirement,
    pub(super) routing: Routing,
}

impl World {
    /// Nobody and nothing for some hours of a Monday and after, in intervals of so many minutes.
    pub(super) fn of_hours(hours: i64, interval: i64) -> Self {
        let start: NaiveDate = "2026-01-05".parse().expect("a date");
        let interval = Minutes::new(interval);
        let weeks = u32::try_from(hours.unsigned_abs().div_ceil(7 * 24)).expect("a few weeks");
        let period = PlanPeriod { start, weeks, zone: chrono_tz::UTC, interval, week_start: Weekday::Mon };
        let from: Instant = "2026-01-05T00:00:00Z".parse().expect("an instant");
        let grid = IntervalGrid::covering(from, from + Duration::hours(hours), interval);
        Self {
            period,
            grid,
            queues: Vec::new(),
            workforce: Workforce::default(),
            shifts: Vec::new(),
            forecast: Forecast { grid, queues: Vec::new() },
            requirement: Requirement { grid, unplanned_shrinkage: Share::NONE, queues: Vec::new() },
            routing: Routing::default(),
        }
    }

    /// A queue, with contacts expected in each interval of their mean handle time; it is open throughout.
    pub(super) fn queue(&mut self, queue: Queue, contacts: impl Fn(usize) -> f64, aht: f64) -> QueueIx {
        let at = QueueIx(self.queues.len());
        let offered = || Series::new(self.grid, (0..self.grid.len()).map(&contacts));
        self.queues.push(queue);
        self.forecast.queues.push(QueueForecast {
            queue: at,
            regions: Vec::new(),
            whole: RegionForecast { offered: offered(), ..RegionForecast::nothing(0, self.grid) },
            dispersion: Dispersion::default(),
            aht_week_share: 0.0,
            method: String::new(),
            explanation: Explanation::default(),
        });
        self.requirement.queues.push(QueueRequirement {
            offered: offered(),
            aht_s: Series::flat(self.grid, aht),
            open: vec![true; self.grid.len()],
            ..QueueRequirement::nothing(self.grid)
        });
        at
    }

    /// A group that takes some queues, each with its rank and the agents' speed at it.
    pub(super) fn group(&mut self, abilities: &[(QueueIx, u32, f64)]) -> GroupIx {
        let ability = |&(queue, priority, speed): &(QueueIx, u32, f64)| Ability { queue, speed, priority };
        self.workforce.groups.push(SkillGroup { abilities: abilities.iter().map(ability).collect() });
        GroupIx(self.workforce.groups.len() - 1)
    }

    /// Agents of a group who are at work throughout.
    pub(super) fn agents(&mut self, group: GroupIx, count: usize) {
        let minutes = (self.grid.end() - self.grid.start()).num_minutes();
        for _ in 0..count {
            let agent = self.agent(group);
            self.shift(agent, &[(0, minutes)]);
        }
    }

    /// An agent who does not come unless told.
    pub(super) fn agent(&mut self, group: GroupIx) -> AgentIx {
        self.workforce.agents.push(Agent {
            id: AgentId::new(format!("a{}", self.workforce.agents.len())),
            name: String::new(),
            site: SiteIx(0),
            contract: ContractIx(0),
            skills: Vec::new(),
            group,
            level: String::new(),
            hourly_cost: Money::ZERO,
            employed: DateSpan::default(),
            rotation_offset_days: 0,
            blocks: Vec::new(),
            weeks: Vec::new(),
            settlement: Vec::new(),
            wishes: Vec::new(),
            burdens_before: Vec::new(),
            burden: obsada::domain::fairness::BurdenPrice::default(),
            promised: Vec::new(),
            owed: Vec::new(),
            before: Carry::default(),
        });
        AgentIx(self.workforce.agents.len() - 1)
    }

    /// A shift of an agent, by the minutes of the plan at which stretches of work begin and end.
    pub(super) fn shift(&mut self, agent: AgentIx, work: &[(i64, i64)]) {
        let at = |minute: i64| self.grid.start() + Duration::minutes(minute);
        let piece = |&(from, until): &(i64, i64)| Piece {
            activity: Activity::Work,
            span: Span { from: at(from), until: at(until) },
        };
        let id = ShiftId::new(format!("s{}", self.shifts.len()));
        let pieces = work.iter().map(piece).collect();
        self.shifts.push(Shift::draft(id, agent, SiteIx(0), self.period.start, pieces));
    }

    /// Lives through it so many times.
    pub(super) fn live(&self, replications: usize, seed: u64) -> Service {
        let replications = Some(replications);
        let params = SimulationParams { replications, ..of_mean(seed) };
        simulate(&self.roster(), &params, &Silent).expect("nobody cancels")
    }

    /// Lives through it so many times, to be compared.
    pub(super) fn outcomes(&self, replications: usize, seed: u64) -> Outcomes {
        Outcomes::of(&self.roster(), &of_mean(seed), replications, &Silent).expect("nobody cancels")
    }

    fn roster(&self) -> SimulatedRoster<'_> {
        SimulatedRoster {
            period: &self.period,
            queues: &self.queues,
            workforce: &self.workforce,
            shifts: &self.shifts,
            forecast: &self.forecast,
            requirement: &self.requirement,
            routing: self.routing,
        }
    }
}

fn of_mean(seed: u64) -> SimulationParams {
    SimulationParams { seed, demand: Demand::Mean, ..SimulationParams::default() }
}

/// A voice queue with exponential handle times that promises to answer within so many seconds; who waits does so for ever.
pub(super) fn voice(within: f64) -> Queue {
    Queue {
        behaviour: Behaviour { handle_times: HandleTimeShape::Exponential, ..Behaviour::default() },
        ..Queue::new(
            QueueId::new("queue"),
            Channel::Voice,
            ServiceGoal {
                over: GoalPeriod::Day,
                ..ServiceGoal::new(Share::new(0.8).expect("a share"), Seconds::clamped(within))
            },
        )
    }
}
