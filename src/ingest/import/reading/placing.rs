//! Times on a file's clock → instants. Hours that occur twice or never are told apart where the file does, and said.

use std::collections::HashMap;
use tr::tr;

use crate::domain::problem::{Problem, Problems};
use crate::domain::time::Zone;
use crate::ingest::instants::{Clock, Moment, Placed};
use crate::ingest::params::{AbsentHour, RepeatedHour};

use super::table::{Counted, LeftOut, Table};
use crate::ingest::import::sheets::gathered::Gathered;
use crate::ingest::import::sheets::sheet::Sheet;
use crate::ingest::import::stated::declared::Declared;
use crate::ingest::import::stated::layouts::Layout;
use crate::ingest::import::stated::said::Said;

/// A row's share of contacts at an instant: half each where one row covers an hour that occurs twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ingest::import) struct At {
    /// The row's index.
    pub(in crate::ingest::import) row: usize,
    /// Seconds since 1970.
    pub(in crate::ingest::import) start: i64,
    pub(in crate::ingest::import) share: f64,
}

/// What is known of the file's clock.
pub(in crate::ingest::import) struct FileClock<'a> {
    pub(in crate::ingest::import) zone: Option<Zone>,
    pub(in crate::ingest::import) declared: &'a Declared,
    pub(in crate::ingest::import) layout: Layout,
    pub(in crate::ingest::import) sheet: &'a Sheet,
}

/// Rows placed, and those that are not yet.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Placing {
    pub(in crate::ingest::import) placed: Vec<At>,
    /// Rows whose time occurs twice, and both instants.
    pub(in crate::ingest::import) twice: Vec<(usize, i64, i64)>,
    pub(in crate::ingest::import) unplaced: Unplaced,
}

/// Rows whose time has no place.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest::import) struct Unplaced {
    no_zone: Gathered<()>,
    never: Gathered<()>,
}

impl Unplaced {
    /// Takes in those of later rows.
    pub(in crate::ingest::import) fn take_in(&mut self, others: Self) {
        self.no_zone.take_in(others.no_zone);
        self.never.take_in(others.never);
    }

    /// One problem a kind.
    pub(in crate::ingest::import) fn problems(&self, sheet: &Sheet) -> Problems {
        let mut problems = Problems::none();
        if let Some(rows) = self.no_zone.get(&()) {
            let problem = rows.problem(sheet, &tr!("a local time without offset"));
            problems
                .push(problem.hinting(tr!("name the zone of the file's clock with --timezone, such as Europe/Warsaw")));
        }
        if let Some(rows) = self.never.get(&()) {
            let problem = rows.problem(sheet, &tr!("this local time never came: clocks went forward"));
            let hint = tr!(
                "timezone = \"…\" names another zone of the file's clock; absent_hour = \"skip\" leaves such rows out"
            );
            problems.push(problem.hinting(hint));
        }
        problems
    }
}

impl FileClock<'_> {
    /// Places all rows. Those left out are counted.
    pub(in crate::ingest::import) fn place(
        &self,
        rows: &[Counted],
        left_out: &mut Gathered<LeftOut>,
        said: &mut Said,
    ) -> Result<Vec<At>, Problems> {
        let mut placing = self.sort(rows, left_out);
        let mut problems = placing.unplaced.problems(self.sheet);
        let is_newest_first = rows.first().map(|row| row.time.wall) > rows.last().map(|row| row.time.wall);
        problems.extend(self.place_repeated(rows, &placing.twice, is_newest_first, &mut placing.placed, said));
        problems.or(placing.placed)
    }

    /// Places the rows whose time occurs once.
    pub(in crate::ingest::import) fn sort(&self, rows: &[Counted], left_out: &mut Gathered<LeftOut>) -> Placing {
        let mut clock = Clock::new(self.zone);
        let mut placing = Placing { placed: Vec::with_capacity(rows.len()), ..Placing::default() };
        for (index, row) in rows.iter().enumerate() {
            let moment = match row.time.offset {
                Some(ahead) => Moment::Utc(row.time.wall - ahead),
                None => Moment::Wall(row.time.wall),
            };
            match clock.place(moment) {
                Placed::At(start) => placing.placed.push(At { row: index, start, share: 1.0 }),
                Placed::Twice(first, second) => placing.twice.push((index, first, second)),
                Placed::NoZone => placing.unplaced.no_zone.add((), row.spot, &shown(row.time.wall)),
                Placed::Never if row.offered == 0.0 || self.declared.absent_hour == Some(AbsentHour::Skip) => {
                    left_out.add(LeftOut::Absent, row.spot, "");
                }
                Placed::Never => placing.unplaced.never.add((), row.spot, &shown(row.time.wall)),
            }
        }
        placing
    }

    /// Places the rows whose time occurs twice.
    pub(in crate::ingest::import) fn place_repeated(
        &self,
        rows: &[Counted],
        twice: &[(usize, i64, i64)],
        is_newest_first: bool,
        placed: &mut Vec<At>,
        said: &mut Said,
    ) -> Problems {
        let Some((first, ..)) = twice.first() else { return Problems::none() };
        let policy = self.declared.repeated_hour;
        if policy == Some(RepeatedHour::Skip) {
            return Problems::none();
        }
        if policy == Some(RepeatedHour::Refuse) {
            let spot = rows[*first].spot;
            let problem =
                Problem::in_file(self.sheet.file_of(spot), tr!("this local time came twice: clocks went back"));
            let problem = problem.at_line(spot.line).with_value(shown(rows[*first].time.wall));
            return problem.hinting(tr!("repeated_hour = \"both\", \"first\" or \"skip\" says what to do")).into();
        }
        if self.layout == Layout::Contacts {
            let mut in_time = twice.to_vec();
            if is_newest_first {
                in_time.reverse();
            }
            in_order(rows, &in_time, placed, policy, said);
            return Problems::none();
        }
        let mut together: HashMap<(u32, u32, i64), Vec<usize>> = HashMap::new();
        for (index, first, _) in twice {
            let row = &rows[*index];
            together.entry((row.queue, row.region, *first)).or_default().push(*index);
        }
        let mut once = 0;
        for (index, first, second) in twice {
            let row = &rows[*index];
            match together[&(row.queue, row.region, *first)][..] {
                [earlier, later] => {
                    let is_first = (*index == earlier) != is_newest_first && earlier != later;
                    let start = if is_first { *first } else { *second };
                    placed.push(At { row: *index, start, share: 1.0 });
                }
                _ if policy == Some(RepeatedHour::First) => placed.push(At { row: *index, start: *first, share: 1.0 }),
                _ => {
                    once += 1;
                    placed.push(At { row: *index, start: *first, share: 0.5 });
                    placed.push(At { row: *index, start: *second, share: 0.5 });
                }
            }
        }
        if once > 0 {
            let sentence = tr!(
                "{once} rows of a local hour that came twice, in autumn, stand there once: half of each goes to either hour",
                once
            );
            said.assumed(sentence, tr!("repeated_hour = \"first\" or \"skip\""));
        }
        Problems::none()
    }
}

/// Contacts of an hour that came twice: the second begins where the log's clock jumps back.
fn in_order(
    rows: &[Counted],
    twice: &[(usize, i64, i64)],
    placed: &mut Vec<At>,
    policy: Option<RepeatedHour>,
    said: &mut Said,
) {
    /// Contacts are logged in the order of their ends or so, and clocks go back by more.
    const JUMP: i64 = 25 * 60;
    let mut by_day: HashMap<i64, Vec<(usize, i64, i64)>> = HashMap::new();
    for (index, first, second) in twice {
        by_day.entry(first.div_euclid(86_400)).or_default().push((*index, *first, *second));
    }
    let mut days: Vec<_> = by_day.into_iter().collect();
    days.sort_unstable_by_key(|(day, _)| *day);
    let mut halved = 0;
    for (_, contacts) in days {
        let walls: Vec<i64> = contacts.iter().map(|(index, ..)| rows[*index].time.wall).collect();
        let jump = walls.windows(2).position(|pair| pair[0] - pair[1] > JUMP).map(|at| at + 1);
        for (at, (index, first, second)) in contacts.into_iter().enumerate() {
            match jump {
                Some(jump) => {
                    placed.push(At { row: index, start: if at < jump { first } else { second }, share: 1.0 });
                }
                None if policy == Some(RepeatedHour::First) => placed.push(At { row: index, start: first, share: 1.0 }),
                None => {
                    halved += 1;
                    placed.push(At { row: index, start: first, share: 0.5 });
                    placed.push(At { row: index, start: second, share: 0.5 });
                }
            }
        }
    }
    if halved > 0 {
        let sentence = tr!(
            "of {halved} contacts in a local hour that came twice nothing tells which hour is meant: half goes to either",
            halved
        );
        said.assumed(sentence, tr!("repeated_hour = \"first\" or \"skip\""));
    }
}

fn shown(wall: i64) -> String {
    crate::ingest::instants::instant(wall).format("%Y-%m-%dT%H:%M").to_string()
}

/// Whether any time carries no offset.
pub(in crate::ingest::import) fn is_local(table: &Table) -> bool {
    table.rows.iter().any(|row| row.time.offset.is_none())
}
