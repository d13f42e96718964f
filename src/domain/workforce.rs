//! Sites, contracts and agents, with everything resolved to instants and to the plan's weeks.

use super::activity::{ActivityKind, OwedSessions};
use super::calendar::{DateSpan, WeeklyHours};
use super::fairness::{BurdenPrice, BurdenRules};
use super::headcount::Headcount;
use super::ids::{
    AbsenceKindId, ActivityId, AgentId, AgentIx, ContractId, ContractIx, GroupIx, QueueIx, SiteId, SiteIx, SkillId,
};
use super::labour::LabourRules;
use super::promise::PromisedDay;
use super::roster::{Activity, Piece, Shift, parts, span_of};
use super::span::Span;
use super::time::{Instant, Zone};
use super::units::{Minutes, Money};

/// A place where agents sit.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its name.
    pub id: SiteId,
    /// Its zone; shifts and labour rules are read off its clock.
    pub zone: Zone,
    /// Agents who can be on shift there at once; none: no limit.
    pub seats: Option<u32>,
    /// When the building is open, on its clock; shifts lie within.
    pub hours: WeeklyHours,
    /// Dates on which the holiday premium is due.
    pub holidays: Vec<chrono::NaiveDate>,
}

/// A contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Its name.
    pub id: ContractId,
    /// Its rules.
    pub rules: LabourRules,
}

/// What a skill group can do for one queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ability {
    /// The queue.
    pub queue: QueueIx,
    /// Work done per head relative to the queue's handle time; 1 is average.
    pub speed: f64,
    /// 1 is the agent's first choice; breaks ties only.
    pub priority: u32,
}

/// Agents who can serve the same queues equally well share a group; cover is counted per group.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillGroup {
    /// The queues its agents may take, in the order of queues; may be empty.
    pub abilities: Vec<Ability>,
}

impl SkillGroup {
    /// Whether its agents get anything done in a queue.
    #[must_use]
    pub fn takes(&self, queue: QueueIx) -> bool {
        self.abilities.iter().any(|ability| ability.queue == queue && ability.speed > 0.0)
    }
}

/// Why an agent cannot work at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockReason {
    /// Absent, for a reason of this kind.
    Absent(AbsenceKindId),
    /// Not available then by agreement.
    Unavailable,
    /// Not yet or no longer employed.
    NotEmployed,
    /// The site is closed.
    SiteClosed,
}

/// A time in which an agent cannot work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The time.
    pub span: Span,
    /// Why.
    pub reason: BlockReason,
}

/// Paid minutes an agent owes and may work in one rule week: the contract less credited absences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekMinutes {
    /// At least.
    pub min: Minutes,
    /// At most.
    pub max: Minutes,
}

/// Paid minutes of several rule weeks together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettlementPeriod {
    /// Rule weeks of the plan that belong to it, at least one.
    pub weeks: u32,
    /// What those weeks owe and may hold, whatever the period's weeks before and after the plan hold already settled.
    pub minutes: WeekMinutes,
}

/// What an agent wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishKind {
    /// Not to work at any minute of the span.
    Off,
    /// To work at some minute of the span.
    Work,
}

/// A wish and what the planner would pay to honour it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The time it is about.
    pub span: Span,
    /// What is wished.
    pub kind: WishKind,
    /// Price of refusing it, once.
    pub price: Money,
}

impl Wish {
    /// Whether it is refused to somebody who is there at some times: a wish to be off by any time that overlaps it, a wish to work by
    /// the lack of one.
    #[must_use]
    pub fn is_refused(&self, present: &[Span]) -> bool {
        let is_met = present.iter().any(|span| span.overlaps(&self.span));
        match self.kind {
            WishKind::Off => is_met,
            WishKind::Work => !is_met,
        }
    }
}

/// What the roster before this one leaves behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carry {
    /// End of the agent's last shift.
    pub last_end: Option<Instant>,
    /// Dates with a shift in a row, up to the day before the plan.
    pub run_of_days: u32,
    /// Dates without a shift in a row, up to the day before the plan and after the last shift known; 0 where none is.
    pub days_off: u32,
    /// Sundays with a shift in a row, up to the last one before the plan.
    pub sundays: u32,
    /// Pieces of that shift which end within the plan, in order of time: they serve queues and take a seat, and the
    /// roster before this one has paid them.
    pub tail: Vec<Piece>,
}

impl Carry {
    /// When the agent is still there, breaks included, from the first piece that reaches into the plan.
    pub fn present(&self) -> impl Iterator<Item = Span> + '_ {
        parts(&self.tail).map(span_of)
    }

    /// Times in which the agent still serves queues.
    pub fn at_work(&self) -> impl Iterator<Item = Span> + '_ {
        self.tail.iter().filter(|piece| piece.activity == Activity::Work).map(|piece| piece.span)
    }
}

/// An agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    /// The key people use.
    pub id: AgentId,
    /// The name people read.
    pub name: String,
    /// Where the agent sits.
    pub site: SiteIx,
    /// The contract.
    pub contract: ContractIx,
    /// Skills held throughout the plan.
    pub skills: Vec<SkillId>,
    /// The group of agents who can serve the same queues.
    pub group: GroupIx,
    /// Level of experience, for people to read.
    pub level: String,
    /// Wage and on-costs per paid hour.
    pub hourly_cost: Money,
    /// Employment.
    pub employed: DateSpan,
    /// Days by which the agent's rotation is behind that of the contract, if it has one.
    pub rotation_offset_days: u32,
    /// Times in which the agent cannot work, sorted; they may overlap.
    pub blocks: Vec<Block>,
    /// One per rule week of the plan.
    pub weeks: Vec<WeekMinutes>,
    /// Settlement periods, one after the other from the first rule week of the plan; weeks after the last have none.
    pub settlement: Vec<SettlementPeriod>,
    /// Wishes within the plan.
    pub wishes: Vec<Wish>,
    /// How often the agent had each burden before the plan, in the order of [`super::fairness::BurdenKind::ALL`]; none where nothing is known.
    pub burdens_before: Vec<u32>,
    /// What the points of this plan's burdens cost.
    pub burden: BurdenPrice,
    /// Days that the agent has been told; none where nothing was.
    pub promised: Vec<PromisedDay>,
    /// Sessions owed in the plan, at most one entry for a kind and a time.
    pub owed: Vec<OwedSessions>,
    /// What carries over from before the plan.
    pub before: Carry,
}

impl Agent {
    /// Whether a date stays as it was promised.
    #[must_use]
    pub fn stays_on(&self, date: chrono::NaiveDate) -> bool {
        self.promised.iter().any(|day| day.is_fixed && day.date == date)
    }

    /// Whether nothing keeps the agent from a shift.
    #[must_use]
    pub fn can_work(&self, shift: &Shift) -> bool {
        let is_blocked = |span: Span| self.blocks.iter().any(|block| block.span.overlaps(&span));
        !shift.present().any(is_blocked)
    }

    /// Whether the agent cannot work at any time of a span.
    #[must_use]
    pub fn is_away(&self, span: Span) -> bool {
        let mut covered = span.from;
        for block in self.blocks.iter().map(|block| block.span) {
            if block.from <= covered {
                covered = covered.max(block.until);
            }
        }
        covered >= span.until
    }
}

/// Everyone who can be rostered, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workforce {
    /// Sites.
    pub sites: Vec<Site>,
    /// Contracts.
    pub contracts: Vec<Contract>,
    /// Skill groups.
    pub groups: Vec<SkillGroup>,
    /// Agents, in the order of their file.
    pub agents: Vec<Agent>,
    /// Heads wanted of them apart from what queues require.
    pub headcounts: Vec<Headcount>,
    /// Which shifts are a burden.
    pub burdens: BurdenRules,
    /// Kinds of activities beside serving queues.
    pub activities: Vec<ActivityKind>,
}

impl Workforce {
    /// The site of an agent.
    #[must_use]
    pub fn site_of(&self, agent: &Agent) -> &Site {
        &self.sites[agent.site.0]
    }

    /// One agent alone, of whom no queue asks anything.
    #[must_use]
    pub fn of_one(&self, agent: AgentIx) -> Self {
        let kind = |kind: &ActivityKind| ActivityKind {
            group: kind.group.as_ref().map(|group| group.of_one(agent)),
            ..kind.clone()
        };
        Self {
            sites: self.sites.clone(),
            contracts: self.contracts.clone(),
            groups: vec![SkillGroup { abilities: Vec::new() }],
            agents: vec![Agent { group: GroupIx(0), ..self.agents[agent.0].clone() }],
            headcounts: Vec::new(),
            burdens: self.burdens.clone(),
            activities: self.activities.iter().map(kind).collect(),
        }
    }

    /// Whether anybody was told of days: a roster is planned again.
    #[must_use]
    pub fn was_told(&self) -> bool {
        self.agents.iter().any(|agent| !agent.promised.is_empty())
    }

    /// Whether nights, weekends and the like have a price for anybody.
    #[must_use]
    pub fn prices_burdens(&self) -> bool {
        self.agents.iter().any(|agent| !agent.burden.is_free())
    }

    /// A kind of activity by its name.
    #[must_use]
    pub fn activity(&self, id: ActivityId) -> Option<&ActivityKind> {
        self.activities.iter().find(|kind| kind.id == id)
    }

    /// The labour rules of an agent.
    #[must_use]
    pub fn rules_of(&self, agent: &Agent) -> &LabourRules {
        &self.contracts[agent.contract.0].rules
    }
}
