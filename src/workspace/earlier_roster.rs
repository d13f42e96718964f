//! What an earlier roster leaves behind: the end of each agent's last shift, what of it reaches into the plan, and the
//! run of days of work or off up to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use tr::tr;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::files::Files;
use super::model::Workspace;
use super::place::Report;
use super::roster_rows::{COLUMNS, activities, piece};
use super::settings::{NamedBy, TableFile};
use super::tables::Row;
use super::words::{date, text};
use crate::domain::problem::{Problem, Problems};
use crate::domain::roster::{Activity, Piece};
use crate::domain::span::Span;
use crate::domain::time::{Instant, PlanPeriod, Zone};
use crate::domain::units::Minutes;
use crate::domain::warning::Warning;
use crate::domain::workforce::{Carry, Workforce};

/// A roster read back from a file, to be carried over into the plan after it.
#[derive(Clone, Debug)]
pub struct EarlierRoster {
    /// What the user should know though the file can be used.
    pub warnings: Vec<Problem>,
    /// The last file.
    file: String,
    rows: Vec<Dated>,
}

/// A piece of a shift that is dated by the day on which the shift starts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Dated {
    agent: String,
    date: NaiveDate,
    piece: Piece,
}

impl Dated {
    fn order(&self) -> (&str, NaiveDate, Span) {
        (&self.agent, self.date, self.piece.span)
    }
}

/// What one agent did before the plan.
#[derive(Debug, Default)]
struct Past {
    last_end: Option<Instant>,
    dates: BTreeSet<NaiveDate>,
    tail: Vec<Piece>,
}

impl Workspace {
    /// Reads the rosters before the plan's; nothing if there are no files. That needs neither a history nor the plan's
    /// days, so that a mistake can be told before either is worked out. Agents that are not in the workspace are warned of
    /// and passed over; a row that two files hold counts once.
    ///
    /// # Errors
    /// Every row that cannot be read, and every roster of nobody who is in the workspace.
    pub fn earlier_roster(&self, files: &[PathBuf]) -> Result<Option<EarlierRoster>, Problems> {
        let mut problems = Problems::none();
        let mut earlier = EarlierRoster { warnings: Vec::new(), file: String::new(), rows: Vec::new() };
        for (at, file) in files.iter().enumerate() {
            if files[..at].contains(file) {
                let cause = tr!("--after names it twice; each row counts once");
                earlier.warnings.push(Problem::in_file(file.display().to_string(), cause));
                continue;
            }
            let Some(of_file) = problems.keep(self.earlier_roster_of(file)) else { continue };
            earlier.warnings.extend(of_file.warnings);
            earlier.file = of_file.file;
            earlier.rows.extend(of_file.rows);
        }
        earlier.rows.sort_by(|one, other| one.order().cmp(&other.order()));
        earlier.rows.dedup();
        problems.or((!files.is_empty()).then_some(earlier))
    }

    fn earlier_roster_of(&self, roster_csv: &Path) -> Result<EarlierRoster, Problems> {
        let report = Report::default();
        let file = TableFile { path: roster_csv.to_path_buf(), named_by: NamedBy::Option("--after") };
        let words = activities(self.people.activities.iter().map(|of| (of.id, of.is_paid)));
        let rows: Vec<Dated> = Files::new(&report, &self.source)
            .table(&file, &COLUMNS)
            .iter()
            .filter_map(|row| dated(row, self.zone, &words))
            .collect();
        let (mut problems, mut warnings) = report.into_parts();
        let named: BTreeSet<&str> = rows.iter().map(|row| row.agent.as_str()).collect();
        let ours = self.people.keys();
        let strangers: Vec<&str> = named.iter().copied().filter(|agent| !ours.contains(agent)).collect();
        let shown = roster_csv.display().to_string();
        if !ours.is_empty() && !strangers.is_empty() {
            let is_foreign = strangers.len() == named.len();
            let cause = tr!("{} of its {} agents are not in the workspace", strangers.len(), named.len());
            let problem = Problem::in_file(&shown, cause).in_column("agent").with_value(strangers[0]);
            if is_foreign {
                problems.push(problem.hinting(tr!("--after takes a roster of this workspace")));
            } else {
                warnings.push(problem.hinting(tr!("they are passed over: who has left needs no rest")));
            }
        }
        problems.or(EarlierRoster { warnings, file: shown, rows })
    }

    /// What the user should know of weeks before a plan that are settled together with its own, and that no roster given
    /// holds: nobody can tell what was worked in them.
    #[must_use]
    pub fn unsettled_weeks(&self, earlier: Option<&EarlierRoster>, period: &PlanPeriod) -> Vec<Warning> {
        let worked = earlier.map(|earlier| Worked::of(&earlier.rows)).unwrap_or_default();
        let unknown = self.people.unknown_weeks(period, &|week| worked.holds(week));
        let told = unknown.iter().filter_map(|(contract, weeks)| {
            let (from, until) = (*weeks.first()?, weeks.last()?.checked_add_days(Days::new(6))?);
            Some(Warning::UnsettledWeeks { contract: contract.id.clone(), from, until })
        });
        told.collect()
    }

    /// Carries an earlier roster over into the workforce of a plan as of an instant. Only shifts dated before the plan
    /// count, and agents who are no longer in the workforce are passed over.
    ///
    /// # Errors
    /// A roster with no shift before the plan.
    pub fn carry_over(
        &self,
        earlier: &EarlierRoster,
        workforce: &mut Workforce,
        period: &PlanPeriod,
        as_of: Instant,
    ) -> Result<(), Problems> {
        earlier.carry_into(workforce, period)?;
        let worked = Worked::of(&earlier.rows);
        self.people.settle(workforce, period, as_of, &|agent, week| worked.in_week(agent, week));
        Ok(())
    }
}

impl EarlierRoster {
    /// What the user should know of a week or more between the roster and a plan.
    #[must_use]
    pub fn gap_before(&self, period: &PlanPeriod) -> Option<Warning> {
        let last = self.rows.iter().map(|row| row.date).filter(|date| *date < period.start).max()?;
        let days = (period.start - last).num_days() - 1;
        (days >= 7).then(|| Warning::DaysBeforePlan { file: self.file.clone(), last, days })
    }

    /// Carries the roster over into a workforce.
    fn carry_into(&self, workforce: &mut Workforce, period: &PlanPeriod) -> Result<(), Problems> {
        let past = self.past(period);
        if past.is_empty() && !self.rows.is_empty() {
            let cause = tr!("no shift is dated before the plan, which begins on {}", period.start);
            let problem = Problem::in_file(&self.file, cause);
            return Err(problem.hinting(tr!("--after takes the roster of the days before the plan")).into());
        }
        for agent in &mut workforce.agents {
            agent.before = past.get(agent.id.as_str()).map(|past| carry(past, period.start)).unwrap_or_default();
        }
        Ok(())
    }

    fn past(&self, period: &PlanPeriod) -> BTreeMap<&str, Past> {
        let begin = period.grid().start();
        let mut past: BTreeMap<&str, Past> = BTreeMap::new();
        for Dated { agent, date, piece } in self.rows.iter().filter(|row| row.date < period.start) {
            let agent = past.entry(agent).or_default();
            agent.last_end = agent.last_end.max(Some(piece.span.until));
            agent.dates.insert(*date);
            if piece.span.until > begin {
                agent.tail.push(*piece);
            }
        }
        for agent in past.values_mut() {
            agent.tail.sort_by_key(|piece| piece.span);
        }
        past
    }
}

/// Paid minutes by agent and date. As far as the roster goes, an agent without a shift on a date has worked none.
#[derive(Debug, Default)]
struct Worked<'a> {
    dates: BTreeSet<NaiveDate>,
    paid: BTreeMap<(&'a str, NaiveDate), Minutes>,
}

impl<'a> Worked<'a> {
    fn of(rows: &'a [Dated]) -> Self {
        let mut worked = Self::default();
        for Dated { agent, date, piece } in rows {
            worked.dates.insert(*date);
            if piece.activity.is_paid() {
                *worked.paid.entry((agent, *date)).or_default() += piece.span.length();
            }
        }
        worked
    }

    /// Those of the seven dates from a first one, if the roster begins no later and anybody works on one of them.
    fn in_week(&self, agent: &str, first: NaiveDate) -> Option<Minutes> {
        let dates = first.iter_days().take(7);
        self.holds(first).then(|| dates.filter_map(|date| self.paid.get(&(agent, date))).copied().sum())
    }

    /// Whether the roster holds the week that begins on a date.
    fn holds(&self, first: NaiveDate) -> bool {
        let begins = self.dates.first().is_some_and(|earliest| *earliest <= first);
        begins && first.iter_days().take(7).any(|date| self.dates.contains(&date))
    }
}

/// A row of a plan that is over; what an activity was called then need not be known any more.
fn dated(row: &Row<'_>, zone: Zone, known: &[(&'static str, Activity)]) -> Option<Dated> {
    // Only rosters that a run wrote say what is paid; in others an unknown word is a slip.
    let paid = row.optional("paid_minutes", |word| Ok(word.trim() != "0"));
    let named = paid.and_then(|paid| row.optional("activity", |word| Ok(Activity::named(word, paid))));
    let mut activities = known.to_vec();
    activities.extend(named.map(|of| (of.name(), of)));
    let agent = row.required("agent", text);
    let date = row.required("date", date);
    let piece = piece(row, zone, &activities);
    Some(Dated { agent: agent?, date: date?, piece: piece? })
}

/// Sundays with a shift in a row, back from the last one before a date.
fn sundays(dates: &BTreeSet<NaiveDate>, start: NaiveDate) -> u32 {
    let eve = std::iter::successors(start.pred_opt(), NaiveDate::pred_opt);
    let sundays = eve.filter(|date| date.weekday() == Weekday::Sun);
    u32::try_from(sundays.take_while(|date| dates.contains(date)).count()).unwrap_or(u32::MAX)
}

fn carry(past: &Past, start: NaiveDate) -> Carry {
    let eve = std::iter::successors(start.pred_opt(), NaiveDate::pred_opt);
    let run = eve.take_while(|date| past.dates.contains(date)).count();
    let off = past.dates.last().map_or(0, |last| (start - *last).num_days() - 1);
    Carry {
        last_end: past.last_end,
        run_of_days: u32::try_from(run).unwrap_or(u32::MAX),
        days_off: u32::try_from(off).unwrap_or(0),
        sundays: sundays(&past.dates, start),
        tail: past.tail.clone(),
    }
}
