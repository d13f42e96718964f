//! Which column of a table is what: as declared, as the system's documentation says, by the names in use, by what stands in it.

use std::collections::BTreeMap;
use tr::tr;

use crate::domain::problem::{Problem, Problems};

use super::names;
use super::profile::Profile;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::layouts::Layout;
use crate::ingest::import::stated::roles::{self, Role, plain};
use crate::ingest::import::stated::said::Said;
use crate::ingest::import::stated::systems::System;

/// Different names of queues, regions and outcomes at most: a column of more is of something else.
const NAMES: usize = 2_000;

/// What the columns of a table are.
#[derive(Clone, Debug)]
pub(in crate::ingest::import) struct Columns {
    /// The columns of each role found; those of one role are added up.
    pub(in crate::ingest::import) of: BTreeMap<Role, Vec<usize>>,
    pub(in crate::ingest::import) layout: Layout,
    /// Of a wide table, the columns that are queues.
    pub(in crate::ingest::import) wide: Vec<usize>,
}

impl Columns {
    /// The column of a role, the first where there are several.
    pub(in crate::ingest::import) fn one(&self, role: Role) -> Option<usize> {
        self.of.get(&role).and_then(|columns| columns.first()).copied()
    }

    /// Whether a column has a meaning.
    pub(in crate::ingest::import) fn has(&self, column: usize) -> bool {
        self.of.values().flatten().any(|known| *known == column)
    }
}

/// Finds out.
pub(in crate::ingest::import) fn columns(
    sheet: &Sheet,
    profiles: &[Profile],
    declared: &Declared,
    system: Option<&'static System>,
    said: &mut Said,
) -> Result<Columns, Problems> {
    refuse_blocks(sheet, declared)?;
    let mut finder = Finder { sheet, profiles, declared, said, of: stated(sheet, declared, system)? };
    finder.times()?;
    let layout = finder.layout(system)?;
    finder.rest(layout);
    let wide = if layout == Layout::ColumnPerQueue { finder.queues_of_wide()? } else { Vec::new() };
    if layout == Layout::Intervals && !finder.of.contains_key(&Role::Queue) && declared.queue.is_none() {
        finder.queue_by_content();
    }
    Ok(Columns { of: finder.of, layout, wide })
}

/// Refuses a header in which columns repeat, as where every queue has a block of its own.
fn refuse_blocks(sheet: &Sheet, declared: &Declared) -> Result<(), Problems> {
    let counts = names::candidates(Role::Offered, &sheet.repeated).into_iter().map(|at| &sheet.repeated[at]).next();
    let Some(name) = counts.filter(|_| declared.columns.is_empty()) else { return Ok(()) };
    let problem = Problem::in_file(
        &sheet.shown,
        tr!("the header has this column more than once: a block of columns for each queue?"),
    );
    let problem = problem.in_column(name.as_str());
    Err(problem
        .hinting(tr!(
            "export one row an interval and queue, or one column a queue; columns.offered = \"…\" reads one of them"
        ))
        .into())
}

/// Columns as declared, and of the roles that are not, as the system has them.
fn stated(
    sheet: &Sheet,
    declared: &Declared,
    system: Option<&'static System>,
) -> Result<BTreeMap<Role, Vec<usize>>, Problems> {
    let mut problems = Problems::none();
    let mut of: BTreeMap<Role, Vec<usize>> = BTreeMap::new();
    for (role, names) in &declared.columns {
        for name in names {
            if let Some(column) = position(sheet, name) {
                of.entry(*role).or_default().push(column);
            } else {
                let role = role.name();
                let hint = tr!(
                    "--set columns.{role}=\"…\" says what it is called now; `columns.{role}` in [history.import] is what files before were read by",
                    role
                );
                problems.push(absent(sheet, name).hinting(hint));
            }
        }
    }
    for name in declared.queue_per.iter().chain(&declared.sum_over).filter(|name| position(sheet, name).is_none()) {
        problems.push(absent(sheet, name));
    }
    for role in Role::ALL {
        if !of.contains_key(&role)
            && let Some(columns) = system.and_then(|system| system.columns_of(role, sheet.header()))
        {
            of.insert(role, columns);
        }
    }
    problems.or(of)
}

/// The column of that name, also where only letters and digits agree.
pub(in crate::ingest::import) fn position(sheet: &Sheet, name: &str) -> Option<usize> {
    let exact = sheet.header().iter().position(|theirs| theirs == name);
    exact.or_else(|| sheet.header().iter().position(|theirs| plain(theirs) == plain(name)))
}

fn absent(sheet: &Sheet, name: &str) -> Problem {
    if let Some((_, kind)) = sheet.unreadable.iter().find(|(theirs, _)| plain(theirs) == plain(name)) {
        let problem = Problem::in_file(&sheet.shown, tr!("this column holds {kind}", kind)).in_column(name);
        return problem.accepting(tr!("text, numbers or timestamps"));
    }
    let problem = Problem::in_file(&sheet.shown, tr!("this column is missing")).in_column(name);
    let problem = problem.accepting(tr!("one of `{}`", sheet.header().join("`, `")));
    sheet.header_line().map_or_else(|| problem.clone(), |line| problem.clone().at_line(line))
}

/// Looks for the columns of a table.
pub(in crate::ingest::import) struct Finder<'a> {
    pub(in crate::ingest::import) sheet: &'a Sheet,
    pub(in crate::ingest::import) profiles: &'a [Profile],
    pub(in crate::ingest::import) declared: &'a Declared,
    pub(in crate::ingest::import) said: &'a mut Said,
    pub(in crate::ingest::import) of: BTreeMap<Role, Vec<usize>>,
}

impl Finder<'_> {
    pub(in crate::ingest::import) fn is_free(&self, column: usize) -> bool {
        !self.of.values().flatten().any(|known| *known == column)
    }

    pub(in crate::ingest::import) fn name(&self, column: usize) -> &str {
        &self.sheet.header()[column]
    }

    /// The likeliest column of a role by its name, among those whose contents can be it.
    pub(in crate::ingest::import) fn by_name(&self, role: Role, can_be: impl Fn(&Profile) -> bool) -> Option<usize> {
        let candidates = names::candidates(role, self.sheet.header()).into_iter();
        let is_share = |column: &usize| self.name(*column).contains('%');
        candidates
            .filter(|column| self.is_free(*column) && !is_share(column))
            .find(|column| can_be(&self.profiles[*column]))
    }

    /// The columns whose contents can be it.
    pub(in crate::ingest::import) fn by_content(&self, can_be: impl Fn(&Profile) -> bool) -> Vec<usize> {
        (0..self.profiles.len()).filter(|column| self.is_free(*column) && can_be(&self.profiles[*column])).collect()
    }

    pub(in crate::ingest::import) fn take(&mut self, role: Role, column: Option<usize>) {
        if let Some(column) = column
            && !self.of.contains_key(&role)
        {
            self.of.insert(role, vec![column]);
        }
    }

    /// Date and time in one column, else a date and a time of day in two, else dates alone.
    fn times(&mut self) -> Result<(), Problems> {
        let both = |profile: &Profile| profile.mostly(profile.dated) && profile.timed > 0;
        let date = |profile: &Profile| profile.mostly(profile.dated);
        if !self.of.contains_key(&Role::Start) && !self.of.contains_key(&Role::Date) {
            let found = self.by_name(Role::Start, both).or_else(|| self.by_name(Role::Date, both));
            let found = found.or_else(|| self.only("start", both));
            if found.is_some() {
                self.take(Role::Start, found);
            } else {
                let found = self.by_name(Role::Date, date).or_else(|| self.by_name(Role::Start, date));
                let found = found.or_else(|| self.only("date", date));
                self.take(Role::Date, found);
            }
        }
        if self.of.contains_key(&Role::Start) {
            return Ok(());
        }
        if !self.of.contains_key(&Role::Date) {
            return Err(self.no_time());
        }
        if !self.of.contains_key(&Role::Time) {
            let clocks = |profile: &Profile| profile.can_be_time() || profile.mostly(profile.clocked);
            let found = self.by_name(Role::Time, clocks);
            let clock = |profile: &Profile| profile.mostly(profile.clocked) && profile.different() != Some(1);
            let even = |profile: &Profile| clock(profile) && profile.uneven * 10 <= profile.filled;
            let found = found.or_else(|| self.only("time", even)).or_else(|| self.only("time", clock));
            self.take(Role::Time, found);
            self.minutes_beside_hours();
        }
        Ok(())
    }

    /// The only column that can be something, said.
    fn only(&mut self, role: &str, can_be: impl Fn(&Profile) -> bool) -> Option<usize> {
        let [column] = self.by_content(can_be)[..] else { return None };
        let name = self.name(column).to_owned();
        self.said.assumed(tr!("`{name}` is the {role}", name, role), tr!("columns.{role} = \"…\"", role));
        Some(column)
    }

    fn no_time(&self) -> Problems {
        let problem = Problem::in_file(&self.sheet.shown, tr!("no column holds dates")).accepting(tr!(
            "a column of dates such as 2026-11-30, with or without times; there are `{}`",
            self.sheet.header().join("`, `")
        ));
        let problem = self.sheet.header_line().map_or_else(|| problem.clone(), |line| problem.clone().at_line(line));
        problem.hinting(tr!("name it with columns.start = \"…\", or columns.date and columns.time; header_line = N says where the names stand")).into()
    }

    /// Roles that a table may do without.
    fn rest(&mut self, layout: Layout) {
        let number = |profile: &Profile| profile.mostly(profile.numeric);
        let time = |profile: &Profile| profile.mostly(profile.numeric + profile.durations);
        let agent =
            |profile: &Profile| !profile.mostly(profile.dated + profile.clocked) && profile.different().is_some();
        let name = |profile: &Profile| agent(profile) && profile.different() <= Some(NAMES);
        if layout == Layout::ColumnPerQueue {
            return;
        }
        if layout == Layout::Intervals {
            for role in [Role::Handled, Role::Abandoned] {
                self.take(role, self.by_name(role, number));
            }
            self.take(Role::HandleTimeTotal, self.by_name(Role::HandleTimeTotal, time));
            if !self.of.contains_key(&Role::HandleTimeTotal) {
                self.take(Role::HandleTime, self.by_name(Role::HandleTime, time));
            }
        } else {
            let own = names::times_of_contacts(self.sheet.header()).into_iter();
            let own = own.filter(|column| self.is_free(*column)).find(|column| time(&self.profiles[*column]));
            self.take(Role::HandleTime, own.or_else(|| self.by_name(Role::HandleTime, time)));
            self.take(Role::Wait, self.by_name(Role::Wait, time));
            self.moments();
            self.take(
                Role::Outcome,
                self.by_name(Role::Outcome, |profile| profile.different() <= Some(40) && name(profile)),
            );
            self.take(Role::Agent, self.by_name(Role::Agent, agent));
            self.after_talking();
            self.tell_spans();
        }
        let told = [Role::HandleTime, Role::HandleTimeTotal, Role::Ended];
        if !told.iter().any(|role| self.of.contains_key(role)) {
            self.tell_unread_times();
        }
        let outgoing = |profile: &Profile| {
            let texts = profile.texts.as_ref();
            texts.is_some_and(|texts| texts.len() <= 12 && texts.keys().any(|text| roles::is_outgoing(text)))
        };
        self.take(Role::Direction, self.by_name(Role::Direction, outgoing));
        self.take(Role::Queue, self.by_name(Role::Queue, name));
        self.take(Role::Region, self.by_name(Role::Region, |profile| name(profile) && !number(profile)));
    }

    /// The queues of a wide table: its columns of numbers.
    fn queues_of_wide(&self) -> Result<Vec<usize>, Problems> {
        let mut numbers = self.by_content(|profile| profile.mostly(profile.numeric));
        numbers.retain(|column| !roles::is_calendar(self.name(*column)));
        if numbers.is_empty() { Err(self.no_offered()) } else { Ok(numbers) }
    }

    /// A column of few different words, where it is the only one.
    fn queue_by_content(&mut self) {
        let names = |profile: &Profile| {
            let words = profile.different().is_some_and(|different| (2..=300).contains(&different));
            words
                && !profile.mostly(profile.numeric)
                && !profile.mostly(profile.dated + profile.clocked + profile.durations)
        };
        let tells = |column: &usize| !roles::is_medium(self.name(*column));
        let found: Vec<usize> = self.by_content(names).into_iter().filter(tells).collect();
        if let [column] = found[..] {
            let name = self.name(column).to_owned();
            self.said.assumed(tr!("`{name}` names the queue", name), tr!("columns.queue = \"…\""));
            self.take(Role::Queue, Some(column));
        }
    }
}
