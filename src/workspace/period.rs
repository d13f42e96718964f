//! A workspace as one plan sees it: its days, what was known at its as-of, and who can be rostered.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use tr::tr;

use super::model::{AppliedScenario, Workspace};
use super::settings::PlanStart;
use crate::domain::event::Event;
use crate::domain::forecast::{Adjustment, Change};
use crate::domain::history::History;
use crate::domain::ids::QueueIx;
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::{Instant, PlanPeriod, local_date, next_weekday, start_of_day};
use crate::domain::workforce::Workforce;
use crate::public_holidays::years_known;

impl Workspace {
    /// The days to plan. A plan for the next Monday begins on the first Monday whose midnight is not before `as_of`.
    #[must_use]
    pub fn period(&self, as_of: Instant) -> PlanPeriod {
        let start = match self.start {
            PlanStart::Date(date) => date,
            PlanStart::NextMonday => {
                let today = local_date(as_of, self.zone);
                let is_over = start_of_day(today, self.zone) < as_of;
                let first = if is_over { today.checked_add_days(Days::new(1)).unwrap_or(today) } else { today };
                next_weekday(first, Weekday::Mon)
            }
        };
        let (weeks, zone, interval, week_start) = (self.weeks, self.zone, self.interval, self.week_start);
        PlanPeriod { start, weeks, zone, interval, week_start }
    }

    /// The instant a run stands at, and the days it plans. Where none was asked for, that is the end of history, or the
    /// start of a plan that lies within it: such a plan is made as it would have been made then.
    #[must_use]
    pub fn when(&self, as_of: Option<Instant>, history_end: Instant) -> (Instant, PlanPeriod) {
        let period = self.period(as_of.unwrap_or(history_end));
        (as_of.unwrap_or_else(|| history_end.min(period.grid().start())), period)
    }

    /// What to know where the run's instant lies within the plan.
    ///
    /// # Errors
    /// When the plan begins before there is any history.
    pub fn hindsight(
        &self,
        period: &PlanPeriod,
        as_of: Instant,
        history: &History,
    ) -> Result<Option<Problem>, Problems> {
        let file = self.source.shown();
        let (begin, known_from) = (period.grid().start(), history.grid.start());
        if begin <= known_from {
            let first = local_date(known_from, self.zone);
            let cause = tr!("the plan begins on {}, and the history on {first}", period.start, first);
            let accepted = tr!("a plan that begins after {first}", first);
            return Err(Problem::in_file(file, cause).accepting(accepted).hinting(tr!("see --start")).into());
        }
        Ok((as_of > begin).then(|| {
            let cause = tr!("as of {}, a part of the plan that begins on {} is past", as_of.to_rfc3339(), period.start);
            Problem::in_file(file, cause)
                .hinting(tr!("what was counted of it until then is used for the rest; see --as-of"))
        }))
    }

    /// The events that exist for a run as of an instant.
    #[must_use]
    pub fn events_known_at(&self, as_of: Instant) -> Vec<Event> {
        self.events.iter().filter(|event| event.is_known(as_of)).cloned().collect()
    }

    /// The planner's adjustments in the order of their file, then the scenarios' factors over the whole plan.
    #[must_use]
    pub fn adjustments(&self, period: &PlanPeriod) -> Vec<Adjustment> {
        let grid = period.grid();
        let mut adjustments = self.adjustments.clone();
        for (change, why) in self.scenarios.iter().flat_map(AppliedScenario::changes) {
            adjustments.extend((0..self.queues.len()).map(|queue| Adjustment {
                queue: QueueIx(queue),
                region: None,
                from: grid.start(),
                until: grid.end(),
                change,
                why: why.clone(),
            }));
        }
        adjustments
    }

    /// Its name, with the scenarios' names behind it.
    #[must_use]
    pub fn name(&self) -> String {
        let scenarios = self.scenarios.iter().map(|scenario| scenario.name.clone());
        std::iter::once(self.source.name()).chain(scenarios).collect::<Vec<_>>().join(" + ")
    }

    /// Whether there is anybody to roster.
    #[must_use]
    pub fn has_agents(&self) -> bool {
        !self.people.persons.is_empty()
    }

    /// Everyone employed on some date of the plan, with what was known of them at `as_of`.
    ///
    /// # Errors
    /// When nobody is, or when the plan's weeks do not fall into the periods in which a contract settles them.
    pub fn workforce(&self, period: &PlanPeriod, as_of: Instant) -> Result<Workforce, Problems> {
        self.people.unsettled(period).or(())?;
        let workforce = self.people.workforce(&self.queues, period, as_of);
        if workforce.agents.is_empty() {
            let file = self.source.shown();
            let cause = tr!("nobody is employed from {} to before {}", period.start, period.end());
            let problem = Problem::in_file(file, cause)
                .accepting(tr!("at least one agent in agents.csv employed within the plan"));
            return Err(problem.hinting(tr!("`obsada staff` needs no agents")).into());
        }
        Ok(workforce)
    }

    /// What the planner should know about this plan: skills that begin or end within it, agents who can serve no queue,
    /// a backlog that cannot be waiting when it begins, and who is away without anybody knowing it at the instant the run stands
    /// at, `as_of`, unless just that was `asked` for.
    #[must_use]
    pub fn period_warnings(&self, period: &PlanPeriod, as_of: Instant, asked: Option<Instant>) -> Vec<Problem> {
        let mut warnings = self.people.warnings(&self.queues, period);
        let begin = period.grid().start();
        for (waiting, place) in self.backlog.iter().zip(&self.backlog_places) {
            if waiting.arrived >= begin {
                let problem = place.problem(tr!("arrives after the plan begins: counted on top of the forecast"));
                let problem = problem.in_column("arrived").with_value(waiting.arrived.to_rfc3339());
                warnings.push(problem.accepting(tr!("an instant before {}", begin.to_rfc3339())));
            }
        }
        let near = |date: &NaiveDate| {
            let days = *date - period.start;
            (-7..7 * i64::from(period.weeks) + 7).contains(&days.num_days())
        };
        let today = local_date(as_of, self.zone);
        for (queue, change) in self.queues.iter().flat_map(|of| of.level_changes.iter().map(move |change| (of, change)))
        {
            if change.from > today {
                let (queue, date) = (&queue.id, change.from);
                let cause = tr!(
                    "queue `{queue}`: a level from {date} on is not known yet, nor how high it is: it changes nothing",
                    queue,
                    date
                );
                let hint = tr!("say in adjustments.csv how many contacts it brings");
                warnings
                    .push(Problem::in_file(self.source.shown(), cause).in_column("queue.level_changes").hinting(hint));
            }
        }
        let last = period.end().year();
        for code in &self.holiday_sources.codes {
            if years_known(code).is_some_and(|known| !known.contains(&last)) {
                let problem = Problem::in_file(
                    self.source.shown(),
                    tr!("the public holidays of {code} are not known for {last}", code, last),
                );
                warnings.push(problem.hinting(tr!("list them as [[holiday]]")));
            }
        }
        for (date, name) in self.holiday_sources.estimated.iter().filter(|(date, _)| near(date)) {
            let cause =
                tr!("{name} on {date} is an estimate: it follows the moon, and nobody has confirmed it", name, date);
            let hint = tr!("list it as [[holiday]] with its date once that is known");
            warnings.push(Problem::in_file(self.source.shown(), cause).hinting(hint));
        }
        if asked.is_none() {
            warnings.extend(self.people.known_later(period, as_of));
        }
        warnings
    }
}

impl AppliedScenario {
    /// What its factors change, each with the reason people read.
    fn changes(&self) -> impl Iterator<Item = (Change, String)> {
        let (volume, aht) = (self.volume_factor, self.aht_factor);
        let all = [(Change::Factor(volume), volume, "volume_factor"), (Change::AhtFactor(aht), aht, "aht_factor")];
        let told = |(change, factor, key)| (change, tr!("scenario {}: {key} {factor}", self.name, key, factor));
        all.into_iter().filter(|(_, factor, _)| (factor - 1.0).abs() > f64::EPSILON).map(told)
    }
}
