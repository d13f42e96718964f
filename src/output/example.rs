//! A tiny plan for tests: one queue of American customers, one agent in Manila, half-hours from 09:00 in Warsaw.

use chrono::NaiveDate;

use crate::domain::calendar::{DateSpan, WeeklyHours};
use crate::domain::explanation::Explanation;
use crate::domain::forecast::{Dispersion, Forecast, QueueForecast, RegionForecast};
use crate::domain::history::{CountedSeries, Counts, History};
use crate::domain::ids::{
    AgentId, AgentIx, ContractId, ContractIx, GroupIx, QueueId, QueueIx, RegionId, ShiftId, SiteId, SiteIx, SkillId,
};
use crate::domain::labour::LabourRules;
use crate::domain::problem::Problem;
use crate::domain::queue::{Channel, Queue, Region, ServiceGoal};
use crate::domain::requirement::{QueueRequirement, Requirement};
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Activity, Piece, Roster, Shift};
use crate::domain::series::Series;
use crate::domain::service::{Estimate, GroupService, PairedDifference, PeriodService, QueueService, Service};
use crate::domain::span::Span;
use crate::domain::time::{Instant, IntervalGrid, PlanPeriod};
use crate::domain::units::{Minutes, Money, Seconds, Share};
use crate::domain::warning::Warning;
use crate::domain::workforce::{Ability, Agent, Carry, Contract, Site, SkillGroup, Workforce};
use crate::plan::{
    Aim, Change, CoverPriceParams, GoalGain, Improvement, Improvements, OneMoreOfEach, Plan, Simulated, Taker,
};

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(super) fn instant(text: &str) -> Instant {
    text.parse().expect("an instant")
}

/// So many half-hours from 2026-11-30 08:00 UTC.
pub(super) fn grid(len: i64) -> IntervalGrid {
    let start = instant("2026-11-30T08:00:00Z");
    IntervalGrid::covering(start, start + chrono::Duration::minutes(30 * len), Minutes::new(30))
}

pub(super) fn queue(id: &str) -> Queue {
    Queue {
        skills: vec![SkillId::new("orders")],
        max_occupancy: Share::clamped(0.9),
        regions: vec![Region {
            id: RegionId::new("us"),
            zone: chrono_tz::America::New_York,
            hours: WeeklyHours::always(),
            share: None,
        }],
        ..Queue::new(QueueId::new(id), Channel::Voice, ServiceGoal::new(Share::clamped(0.8), Seconds::clamped(20.0)))
    }
}

pub(super) fn workforce() -> Workforce {
    Workforce {
        sites: vec![Site {
            id: SiteId::new("manila"),
            zone: chrono_tz::Asia::Manila,
            seats: Some(10),
            hours: WeeklyHours::always(),
            holidays: Vec::new(),
        }],
        contracts: vec![Contract { id: ContractId::new("full"), rules: rules() }],
        groups: vec![SkillGroup { abilities: vec![Ability { queue: QueueIx(0), speed: 1.0, priority: 1 }] }],
        agents: vec![Agent {
            id: AgentId::new("a001"),
            name: "Ana <b>Cruz</b>".into(),
            site: SiteIx(0),
            contract: ContractIx(0),
            skills: vec![SkillId::new("orders")],
            group: GroupIx(0),
            level: "senior".into(),
            hourly_cost: Money::rounded(12.5),
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
        }],
        headcounts: Vec::new(),
        burdens: crate::domain::fairness::BurdenRules::default(),
        activities: Vec::new(),
    }
}

fn rules() -> LabourRules {
    LabourRules {
        min_week: Minutes::hours(0),
        max_week: Minutes::hours(40),
        shift_lengths: vec![Minutes::hours(8)],
        starts: Vec::new(),
        fixed_shifts: Vec::new(),
        breaks: Vec::new(),
        min_between_breaks: Minutes::ZERO,
        split: None,
        daily_rest: Minutes::hours(11),
        weekly_rest: Minutes::hours(35),
        max_consecutive_days: 6,
        max_days_per_week: 5,
        rhythm: Rhythm::default(),
        nights: None,
        premiums: Vec::new(),
    }
}

/// Figures of half-hours from 09:00 in Warsaw.
pub(super) fn series<U>(values: &[f64]) -> Series<U> {
    Series::new(grid(i64::try_from(values.len()).expect("few")), values.to_vec())
}

/// Four agents at work, five to be rostered, in every interval.
pub(super) fn requirement(grid: IntervalGrid) -> Requirement {
    Requirement {
        grid,
        unplanned_shrinkage: Share::clamped(0.2),
        queues: vec![QueueRequirement {
            offered: Series::flat(grid, 10.0),
            aht_s: Series::flat(grid, 240.0),
            load_erlangs: Series::flat(grid, 1.333),
            agents_net: Series::flat(grid, 4.0),
            agents_scheduled: Series::flat(grid, 5.0),
            service_level: Series::flat(grid, 0.9),
            occupancy: Series::flat(grid, 0.333),
            ..QueueRequirement::nothing(grid)
        }],
    }
}

/// One shift of eight hours with half an hour's meal.
pub(super) fn roster() -> Roster {
    let piece = |activity, from, until| Piece { activity, span: Span { from: instant(from), until: instant(until) } };
    Roster {
        grid: grid(16),
        shifts: vec![Shift::draft(
            ShiftId::new("a001-2026-11-30"),
            AgentIx(0),
            SiteIx(0),
            date("2026-11-30"),
            vec![
                piece(Activity::Work, "2026-11-30T08:00:00Z", "2026-11-30T12:00:00Z"),
                piece(Activity::Meal, "2026-11-30T12:00:00Z", "2026-11-30T12:30:00Z"),
                piece(Activity::Work, "2026-11-30T12:30:00Z", "2026-11-30T16:00:00Z"),
            ],
        )],
        flows: Vec::new(),
    }
}

/// A simulated queue: ten contacts in each interval; bands of days and of the week reach half a point to either side.
pub(super) fn served(intervals: &[f64], days: &[f64], week: f64) -> QueueService {
    let near = |share: f64| Estimate { share, low: share - 0.005, high: share + 0.005 };
    let grid = grid(i64::try_from(intervals.len()).expect("few"));
    let period = |from: i64, days: u32, share: f64| PeriodService {
        from: date("2026-11-30") + chrono::Duration::days(from),
        days,
        offered: 10.0 * intervals.len() as f64,
        in_time: Some(near(share)),
        judged: Some(near(share)),
        abandoned: 0.02,
        asa: Seconds::clamped(12.0),
        holds: Some(0.9),
        bad: Some(share - 0.1),
    };
    QueueService {
        offered: Series::flat(grid, 10.0),
        answered: Series::flat(grid, 9.8),
        in_time: intervals.iter().map(|share| Some(near(*share))).collect(),
        abandoned: Series::flat(grid, 0.2),
        late: Series::flat(grid, 1.0),
        waiting: Series::zero(grid),
        asa: Series::flat(grid, 12.0),
        busy: Series::flat(grid, 3.0),
        days: (0..).zip(days).map(|(day, share)| period(day, 1, *share)).collect(),
        weeks: vec![period(0, 7, week)],
        plan: period(0, 7, week),
    }
}

/// The tiny plan with its one queue served so, in every interval, on every day and over the week, by four people.
pub(super) fn lived(share: f64) -> Plan {
    let mut plan = forecast_only();
    let grid = plan.forecast.grid;
    let mut queue = served(&vec![share; grid.len()], &[share; 7], share);
    queue.offered = Series::flat(grid, 10.0);
    for series in [&mut queue.answered, &mut queue.abandoned, &mut queue.waiting] {
        *series = Series::flat(grid, series[0]);
    }
    (queue.asa, queue.busy) = (Series::flat(grid, 12.0), Series::flat(grid, 3.0));
    let busy = vec![(QueueIx(0), Series::flat(grid, 3.0))];
    let group = GroupService { people: 4, at_work: Series::flat(grid, 4.0), busy };
    let service = Service { grid, replications: 200, contacts: 672_000, queues: vec![queue], groups: vec![group] };
    let routing = crate::domain::routing::Routing::default();
    let params = crate::plan::SimulationParams::default();
    plan.requirement = Some(requirement(grid));
    plan.simulated = Some(Simulated {
        service,
        routing,
        params,
        one_more: OneMoreOfEach::default(),
        free_hours: Vec::new(),
        improvements: None,
    });
    plan
}

/// An hour more of the one shift of [`roster`], or else one person more.
pub(super) fn improvements() -> Improvements {
    let difference = |by, half_width| PairedDifference { by, half_width };
    let before = roster().shifts.remove(0);
    let mut after = before.clone();
    after.pieces[2].span.until += Minutes::hours(1).duration();
    let goal = GoalGain {
        queue: QueueIx(0),
        from: date("2026-11-30"),
        days: 1,
        in_thin_intervals: false,
        before: 0.7,
        by: difference(0.031, 0.004),
    };
    let change = Change::Lengthen { before, after };
    let longer = Improvement {
        people: vec![Taker { agent: AgentIx(0), change: change.clone(), price: Money::rounded(12.5) }],
        change,
        queues: vec![QueueIx(0)],
        price: Money::rounded(12.5),
        goal: Some(goal),
        at_goals: difference(14.0, 2.0),
        in_time: difference(15.0, 2.0),
        kept: difference(0.2, 0.1),
    };
    let hired = Improvement {
        change: Change::Hire { like: AgentIx(0) },
        people: Vec::new(),
        price: Money::rounded(480.0),
        ..longer.clone()
    };
    Improvements { aim: Aim::Missed, replications: 48, tried: 14, changes: vec![longer, hired] }
}

/// A run of `forecast` alone: ten contacts in each half-hour of the week, nine in each of the week before.
pub(super) fn forecast_only() -> Plan {
    let period = PlanPeriod {
        start: date("2026-11-30"),
        weeks: 1,
        zone: chrono_tz::Europe::Warsaw,
        interval: Minutes::new(30),
        week_start: chrono::Weekday::Mon,
    };
    let grid = period.grid();
    let past = IntervalGrid::covering(grid.start() - chrono::Duration::days(7), grid.start(), Minutes::new(30));
    let flat = |value| Series::flat(grid, value);
    let whole = RegionForecast {
        offered: flat(10.0),
        p10: flat(6.0),
        p50: flat(10.0),
        p90: flat(14.0),
        aht_s: Series::flat(grid, 240.0),
        baseline: flat(10.0),
        ..RegionForecast::nothing(0, grid)
    };
    Plan {
        name: "tiny & <small>".into(),
        period,
        as_of: grid.start(),
        currency: "EUR".into(),
        prices: CoverPriceParams::default(),
        queues: vec![queue("orders <script>")],
        holidays: Vec::new(),
        events: Vec::new(),
        adjustments: Vec::new(),
        history: History {
            grid: past,
            series: vec![CountedSeries {
                queue: QueueIx(0),
                region: 0,
                offered: vec![Some(9.0); past.len()].into_iter().collect(),
                aht_s: Counts::unknown(past.len()),
                outages: vec![],
            }],
        },
        cleaning: Vec::new(),
        forecast: Forecast {
            grid,
            queues: vec![QueueForecast {
                queue: QueueIx(0),
                regions: vec![whole.clone()],
                whole,
                dispersion: Dispersion::default(),
                aht_week_share: 0.0,
                method: "last week".into(),
                explanation: Explanation::default(),
            }],
        },
        backtest: None,
        requirement: None,
        beyond_mean: Vec::new(),
        shared: None,
        rostered: None,
        simulated: None,
        warnings: vec![Warning::Input(Problem::in_file("agents.csv", "rest & runs start fresh"))],
    }
}
