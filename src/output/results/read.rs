//! Everything that a command needs of OUT, with every problem at once.

use chrono::NaiveDate;
use tr::tr;

use super::calendar;
use super::files::{ResultFiles, ResultTable};
use super::shifts::{Names, RosteredShift, shifts};
use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use crate::output::artifact::OutputError;
use crate::output::records::{
    self, AgentEntry, CoverageRow, ForecastRow, Numbered, PayrollRow, PlanFile, PublicationFile, Record, RosterRow,
    SiteEntry, Summary,
};

/// What a run left. Tables that were not asked for are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// `plan.json`.
    pub plan: PlanFile,
    /// The zone in which days are planned.
    pub zone: Zone,
    /// Sites, if there is a roster.
    pub sites: Vec<SiteEntry>,
    /// The zone of each.
    pub site_zones: Vec<Zone>,
    /// Agents, if there is a roster.
    pub agents: Vec<AgentEntry>,
    /// Shifts in order of agents, then time.
    pub shifts: Vec<RosteredShift>,
    /// Rows of `payroll.csv`.
    pub payroll: Vec<PayrollRow>,
    /// Rows of `forecast.csv`.
    pub forecast: Vec<ForecastRow>,
    /// Rows of `coverage.csv`.
    pub coverage: Vec<CoverageRow>,
    /// `summary.json`, if it was asked for.
    pub summary: Option<Summary>,
    /// `publication.json`, if this is a version that agents were told.
    pub publication: Option<PublicationFile>,
}

/// The file that says what was published.
pub(in crate::output) const PUBLICATION: &str = "publication.json";

/// Weeks of a plan at most, as the command line takes them.
const MOST_WEEKS: u32 = 53;

impl Results {
    /// Reads `plan.json`, `publication.json` where there is one, and the tables that are needed.
    ///
    /// # Errors
    /// Everything that is missing or cannot be used, by file and line.
    pub fn read(files: &ResultFiles, needed: &[ResultTable]) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let plan = problems.keep(plan(files));
        let publication = files.files.get(PUBLICATION).map(|bytes| document(files, PUBLICATION, bytes));
        let publication = publication.and_then(|read| problems.keep(read));
        let is_needed = |table: ResultTable| needed.contains(&table);
        let missing = |table: &&ResultTable| !files.files.contains_key(table.file());
        for table in needed.iter().filter(missing) {
            let problem = Problem::in_file(files.shown(table.file()), tr!("there is no such file"));
            problems.push(problem.hinting(table.left_by()));
        }
        let rows = Rows { files, needed };
        let roster: Vec<Numbered<RosterRow>> = rows.of(ResultTable::Roster, &mut problems);
        let payroll: Vec<Numbered<PayrollRow>> = rows.of(ResultTable::Payroll, &mut problems);
        let forecast: Vec<Numbered<ForecastRow>> = rows.of(ResultTable::Forecast, &mut problems);
        let coverage: Vec<Numbered<CoverageRow>> = rows.of(ResultTable::Coverage, &mut problems);
        rows.dates(ResultTable::Payroll, payroll.iter().map(|(line, row)| (*line, row.date)), &mut problems);
        let starts = forecast.iter().map(|(line, row)| (*line, row.start.date_naive()));
        rows.dates(ResultTable::Forecast, starts, &mut problems);
        let starts = coverage.iter().map(|(line, row)| (*line, row.start.date_naive()));
        rows.dates(ResultTable::Coverage, starts, &mut problems);
        let summary = files.files.get(ResultTable::Summary.file()).filter(|_| is_needed(ResultTable::Summary));
        let summary = summary.map(|bytes| document(files, ResultTable::Summary.file(), bytes));
        let summary = summary.and_then(|read| problems.keep(read));
        let Some(Read { plan, zone, site_zones }) = plan else { return Err(problems) };
        let (sites, agents) =
            plan.roster.as_ref().map(|roster| (roster.sites.clone(), roster.agents.clone())).unwrap_or_default();
        let names = Names::of(&agents, &sites, &site_zones, &plan);
        for (line, row) in payroll.iter().filter(|(_, row)| !names.has_agent(&row.agent)) {
            let problem = Problem::in_file(files.shown(ResultTable::Payroll.file()), tr!("not an agent of this plan"));
            problems.push(problem.at_line(*line).in_column("agent").with_value(&row.agent));
        }
        let shifts = problems.keep(shifts(&roster, &names, &files.shown(ResultTable::Roster.file())));
        problems.or(Self {
            shifts: shifts.unwrap_or_default(),
            plan,
            zone,
            sites,
            site_zones,
            agents,
            payroll: without_lines(payroll),
            forecast: without_lines(forecast),
            coverage: without_lines(coverage),
            summary,
            publication,
        })
    }

    /// The dates of the plan, and of shifts that a site far away begins just outside of them.
    #[must_use]
    pub fn dates(&self) -> Vec<NaiveDate> {
        let days = self.plan.start.iter_days().take(self.plan.weeks as usize * 7);
        let mut dates: Vec<NaiveDate> = days.chain(self.shifts.iter().map(|of| of.shift.date)).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// The shifts of an agent, by position in the plan's list, in order of time.
    #[must_use]
    pub fn shifts_of(&self, agent: usize) -> &[RosteredShift] {
        let from = self.shifts.partition_point(|of| of.shift.agent.0 < agent);
        let until = self.shifts.partition_point(|of| of.shift.agent.0 <= agent);
        &self.shifts[from..until]
    }

    /// The agent of a shift.
    #[must_use]
    pub fn agent(&self, of: &RosteredShift) -> &AgentEntry {
        &self.agents[of.shift.agent.0]
    }

    /// The site of a shift.
    #[must_use]
    pub fn site(&self, of: &RosteredShift) -> &SiteEntry {
        &self.sites[of.shift.site.0]
    }

    /// The zone of a shift's site.
    #[must_use]
    pub fn zone_of(&self, of: &RosteredShift) -> Zone {
        self.site_zones[of.shift.site.0]
    }
}

fn without_lines<R>(rows: Vec<Numbered<R>>) -> Vec<R> {
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The tables of a folder that are needed.
struct Rows<'a> {
    files: &'a ResultFiles,
    needed: &'a [ResultTable],
}

impl Rows<'_> {
    fn of<R: Record>(&self, table: ResultTable, problems: &mut Problems) -> Vec<Numbered<R>> {
        let bytes = self.files.files.get(table.file()).filter(|_| self.needed.contains(&table));
        let read = bytes.map(|bytes| records::read_edited(bytes, &self.files.shown(table.file())));
        read.and_then(|read| problems.keep(read)).unwrap_or_default()
    }

    fn dates(&self, table: ResultTable, dates: impl Iterator<Item = (u64, NaiveDate)>, problems: &mut Problems) {
        for (line, date) in dates.filter(|(_, date)| !calendar::holds(*date)) {
            let problem =
                Problem::in_file(self.files.shown(table.file()), tr!("no date that calendars hold")).at_line(line);
            problems.push(problem.with_value(date.to_string()).accepting(calendar::ACCEPTED));
        }
    }
}

/// `plan.json` with its zones.
struct Read {
    plan: PlanFile,
    zone: Zone,
    site_zones: Vec<Zone>,
}

fn plan(files: &ResultFiles) -> Result<Read, Problems> {
    let shown = files.shown("plan.json");
    let Some(bytes) = files.files.get("plan.json") else {
        let cause = tr!("there is no such file, so this is no folder of results");
        return Err(Problem::in_file(shown, cause)
            .hinting(tr!(
                "name a folder that `obsada plan` wrote (its --out), or a version that `obsada publish` wrote"
            ))
            .into());
    };
    let plan: PlanFile = document(files, "plan.json", bytes)?;
    let mut problems = Problems::none();
    let mut refuse = |key: &str, value: &str, cause: &str, accepted: &str| {
        let problem = Problem::in_file(&shown, cause).in_column(key).with_value(value).accepting(accepted);
        problems.push(problem.hinting(tr!("plan.json is not meant to be edited; plan again to have a new one")));
    };
    if plan.version != 1 {
        refuse("version", &plan.version.to_string(), &tr!("another version of obsada wrote it"), "1");
    }
    if !(1..=MOST_WEEKS).contains(&plan.weeks) {
        refuse("weeks", &plan.weeks.to_string(), &tr!("no plan is that long"), &tr!("1 to 53"));
    }
    if ![5, 10, 15, 20, 30, 60].contains(&plan.interval_minutes) {
        refuse(
            "interval_minutes",
            &plan.interval_minutes.to_string(),
            &tr!("no such interval"),
            &tr!("5, 10, 15, 20, 30 or 60"),
        );
    }
    if !calendar::holds(plan.start) || !calendar::holds_instant(plan.as_of) {
        refuse("start", &plan.start.to_string(), &tr!("no date that calendars hold"), calendar::ACCEPTED);
    }
    let mut zone = |key: &str, name: &str| {
        let zone: Option<Zone> = name.parse().ok();
        if zone.is_none() {
            refuse(key, name, &tr!("unknown time zone"), &tr!("a name of the IANA list, such as Europe/Warsaw"));
        }
        zone.unwrap_or(Zone::UTC)
    };
    let of_plan = zone("timezone", &plan.timezone);
    let sites = plan.roster.iter().flat_map(|roster| &roster.sites);
    let site_zones = sites.map(|site| zone("sites.timezone", &site.timezone)).collect();
    for agent in plan.roster.iter().flat_map(|roster| &roster.agents) {
        let sites = plan.roster.iter().flat_map(|roster| &roster.sites);
        if !sites.into_iter().any(|site| site.id == agent.site) {
            refuse("agents.site", &agent.site, &tr!("not a site of this plan"), &tr!("an id of `sites`"));
        }
    }
    problems.or(Read { plan, zone: of_plan, site_zones })
}

fn document<D: serde::de::DeserializeOwned>(files: &ResultFiles, name: &str, bytes: &[u8]) -> Result<D, Problems> {
    records::read_document(bytes).map_err(|error| {
        let line = match &error {
            OutputError::Json(error) if error.line() > 0 => Some(error.line() as u64),
            _ => None,
        };
        let problem = Problem::in_file(files.shown(name), error.to_string());
        Problem { line, ..problem }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::super::sample::{PLAN, ROSTER, results, rostered};
    use super::*;

    #[test]
    fn shifts_are_read_with_who_where_and_how_long() {
        let results = rostered();
        let [night, split] = results.shifts.as_slice() else { panic!("{:?}", results.shifts) };
        // 22:00 to 06:00 on the wall, and the hour from 02:00 twice.
        assert_eq!((night.shift.length().get(), results.agent(night).name.as_str()), (540, "Ana Król"));
        assert_eq!((split.shift.length().get(), split.shift.parts().count()), (480, 2));
        assert_eq!((results.site(split).id.as_str(), split.queues.len()), ("manila", 2));
    }

    #[test]
    fn what_does_not_fit_is_told_all_at_once() {
        let roster = ROSTER
            .replace(
                "a3,a3-2026-10-20,manila,2026-10-20,work,orders|post,2026-10-20T08",
                "ghost,x,atlantis,2026-10-20,work,,2026-10-20T08",
            )
            .replace("2026-10-25T02:45:00+02:00,2026-10-25T06", "2026-10-25T02:40:00+02:00,2026-10-25T06");
        let roster =
            roster.replace("2026-10-20,work,orders|post,2026-10-20T16", "2062-10-20,work,orders|post,2026-10-20T16");
        let plan = PLAN.replace("Asia/Manila", "Asia/Atlantis");
        let needed = [ResultTable::Roster, ResultTable::Payroll];
        let told =
            results(&[("roster.csv", &roster), ("payroll.csv", "agent\n")], &needed).expect_err("problems").to_string();
        for part in [
            "out/payroll.csv:1: has no column `shift_id`",
            "out/roster.csv:5: `agent`: `ghost`: not an agent of this plan",
            "out/roster.csv:5: `site`: `atlantis`",
            "out/roster.csv:4: `start`: begins before the piece on line 3 ends",
            "out/roster.csv:6: `date`: `2062-10-20`: not a day of the plan; accepted: 2026-10-17 to 2026-10-27",
        ] {
            assert!(told.contains(part), "{part}\n{told}");
        }
        let told = results(&[("plan.json", &plan)], &[ResultTable::Summary]).expect_err("problems").to_string();
        assert!(told.contains("`sites.timezone`: `Asia/Atlantis`: unknown time zone"), "{told}");
        assert!(told.contains("out/summary.json: there is no such file"), "{told}");
    }

    #[test]
    fn a_folder_of_somebody_elses_is_told_to_be_none_of_ours() {
        let files = ResultFiles { folder: "photos".into(), ..ResultFiles::default() };
        let told = Results::read(&files, &[]).expect_err("no results").to_string();
        assert!(
            told.starts_with("photos/plan.json: there is no such file, so this is no folder of results\n  hint: "),
            "{told}"
        );
    }
}
