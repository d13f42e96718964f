//! Contact records in Parquet, counted in batches of typed columns, come to the same as their text.

use std::path::{Path, PathBuf};

use polars::prelude::{Column, DataFrame, DataType, IntoColumn, ParquetWriter, TimeUnit};

use super::*;
use crate::ingest::instants::{days, instant};

/// Contacts of one file; a field a column.
#[derive(Default)]
struct Records {
    ids: Vec<i64>,
    /// Seconds since 1970 on the clock of Warsaw.
    walls: Vec<i64>,
    queues: Vec<&'static str>,
    directions: Vec<&'static str>,
    waits: Vec<Option<i32>>,
    talks: Vec<Option<f64>>,
    outcomes: Vec<&'static str>,
    agents: Vec<Option<i64>>,
}

const HEADER: &str = "Call ID,Start,Queue,Direction,Wait,Talk Time,Outcome,Agent";

impl Records {
    /// So many contacts of a day, every eight seconds from midnight on.
    fn of(day: i64, contacts: i64) -> Self {
        let mut records = Self::default();
        for contact in 0..contacts {
            let noise = contact * 7919 % 1009;
            let is_answered = noise % 7 != 0;
            records.ids.push(day * 100_000 + contact);
            records.walls.push(day * 86_400 + contact * 8);
            records.queues.push(["orders", "help", "returns"][usize::try_from(noise % 3).expect("small")]);
            records.directions.push(if noise % 11 == 0 { "outbound" } else { "inbound" });
            records.waits.push((noise % 5 != 0).then(|| i32::try_from(noise % 97).expect("small")));
            records.talks.push(is_answered.then(|| 100.0 + (noise % 400) as f64 / 4.0));
            records.outcomes.push(if is_answered {
                "answered"
            } else {
                ["abandoned", "vanished"][usize::from(noise % 2 == 0)]
            });
            records.agents.push(is_answered.then_some(noise % 13 + 1));
        }
        records
    }

    /// The first contacts once more.
    fn repeat(&mut self, contacts: usize) {
        self.ids.extend_from_within(..contacts);
        self.walls.extend_from_within(..contacts);
        self.queues.extend_from_within(..contacts);
        self.directions.extend_from_within(..contacts);
        self.waits.extend_from_within(..contacts);
        self.talks.extend_from_within(..contacts);
        self.outcomes.extend_from_within(..contacts);
        self.agents.extend_from_within(..contacts);
    }

    fn csv(&self, path: &Path) {
        let mut text = format!("{HEADER}\n");
        let cell = |cell: Option<String>| cell.unwrap_or_default();
        for row in 0..self.ids.len() {
            let start = instant(self.walls[row]).format("%Y-%m-%dT%H:%M:%S");
            let (wait, talk) =
                (self.waits[row].map(|wait| wait.to_string()), self.talks[row].map(|talk| talk.to_string()));
            let agent = self.agents[row].map(|agent| agent.to_string());
            let (queue, direction, outcome) = (self.queues[row], self.directions[row], self.outcomes[row]);
            let (id, wait, talk, agent) = (self.ids[row], cell(wait), cell(talk), cell(agent));
            writeln!(text, "{id},{start},{queue},{direction},{wait},{talk},{outcome},{agent}").expect("written");
        }
        fs_err::write(path, text).expect("written");
    }

    fn parquet(&self, path: &Path) {
        let names: Vec<&str> = HEADER.split(',').collect();
        let starts: Vec<i64> = self.walls.iter().map(|wall| wall * 1000 + 250).collect();
        let starts = Column::new(names[1].into(), starts).cast(&DataType::Datetime(TimeUnit::Milliseconds, None));
        let columns = vec![
            Column::new(names[0].into(), &self.ids),
            starts.expect("times"),
            Column::new(names[2].into(), &self.queues),
            Column::new(names[3].into(), &self.directions),
            Column::new(names[4].into(), &self.waits),
            Column::new(names[5].into(), &self.talks),
            Column::new(names[6].into(), &self.outcomes),
            Column::new(names[7].into(), &self.agents),
            // Nothing that is read, and no reason to refuse the file.
            Column::new("Recorded".into(), vec![true; self.ids.len()]),
        ];
        let columns = columns.into_iter().map(IntoColumn::into_column).collect();
        let mut frame = DataFrame::new(self.ids.len(), columns).expect("a table");
        ParquetWriter::new(fs_err::File::create(path).expect("a file")).finish(&mut frame).expect("written");
    }
}

/// The same records as text and as Parquet.
fn both(files: &[Records]) -> [Imported; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = |ending: &str, write: &dyn Fn(&Records, &Path)| {
        let paths: Vec<PathBuf> =
            (0..files.len()).map(|number| folder.path().join(format!("{number}.{ending}"))).collect();
        files.iter().zip(&paths).for_each(|(records, path)| write(records, path));
        import(&paths, &Declared::default(), Some(chrono_tz::Europe::Warsaw))
            .unwrap_or_else(|problems| panic!("{problems}"))
    };
    let mut of_text = paths("csv", &Records::csv);
    of_text.settings.retain(|(key, _)| key != "separator");
    of_text.left_out.iter_mut().for_each(|line| *line = line.replace(".csv", ".parquet"));
    [of_text, paths("parquet", &|records, path| records.parquet(path))]
}

#[test]
fn parquet_in_batches_comes_to_the_same_as_text() {
    // Clocks go back in the night to the second day.
    let first = days(2026, 10, 24).expect("a day");
    let files = [Records::of(first, 4000), Records::of(first + 1, 10_000), Records::of(first + 2, 2000)];
    let [of_text, mut of_batches] = both(&files);
    let aside = of_batches.said.found.iter().position(|found| found.contains("`Recorded` (Boolean)")).expect("said");
    of_batches.said.found.remove(aside);
    let came_in = files.iter().flat_map(|file| &file.directions).filter(|direction| **direction == "inbound").count();
    assert!((of_text.contacts - came_in as f64).abs() < 1e-6, "{} of {came_in}", of_text.contacts);
    assert!(of_text.said.assumed.iter().any(|said| said.contains("vanished")), "{:?}", of_text.said);
    assert!(of_text.said.assumed.iter().any(|said| said.contains("came twice")), "{:?}", of_text.said);
    assert!(of_text.habits.iter().all(|habits| habits.patience.is_some() && habits.handle_cv.is_some()));
    assert_eq!(of_text.agents.len(), 13);
    assert_eq!(of_text, of_batches);
}

#[test]
fn rows_that_stand_in_parquet_twice_are_left_out_as_those_of_text() {
    let mut records = Records::of(days(2026, 10, 5).expect("a day"), 3000);
    records.repeat(40);
    let [of_text, mut of_batches] = both(&[records]);
    of_batches.said.found.retain(|found| !found.contains("Recorded"));
    assert!(
        of_text.left_out.iter().any(|line| line.contains("there twice, word for word (lines 30")),
        "{:?}",
        of_text.left_out
    );
    assert_eq!(of_text, of_batches);
}

#[test]
fn a_column_of_another_type_refuses_the_file_only_where_it_is_needed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("calls.parquet");
    Records::of(days(2026, 10, 5).expect("a day"), 100).parquet(&path);
    let columns = std::collections::BTreeMap::from([(Role::Outcome, vec!["Recorded".to_owned()])]);
    let declared = Declared { columns, ..Declared::default() };
    let problem = import(&[path], &declared, Some(chrono_tz::UTC)).expect_err("true or false").to_string();
    assert!(problem.contains("`Recorded`: this column holds Boolean"), "{problem}");
}

/// Contacts of which moments tell waits and handle times, of which the second of each five gives up and the fourth cell cannot be read where
/// `is_broken`.
fn moments(path: &Path, is_broken: bool) {
    let day = days(2026, 10, 5).expect("a day") * 86_400;
    let rows: Vec<i64> = (0..4000).collect();
    let start = |row: &i64| (day + row * 20) * 1000;
    let answered = |row: &i64| (row % 5 != 1).then(|| start(row) + 1000 * (3 + row % 17));
    let ended = |row: &i64| if is_broken && *row == 3 { 0 } else { start(row) + 1000 * (60 + row % 290) };
    let instants = |cells: Vec<Option<i64>>, name: &str| {
        let column = Column::new(name.into(), cells);
        column.cast(&DataType::Datetime(TimeUnit::Milliseconds, None)).expect("times")
    };
    if path.extension().is_some_and(|ending| ending == "parquet") {
        let columns = vec![
            Column::new("Queue".into(), vec!["A"; rows.len()]).into_column(),
            instants(rows.iter().map(|row| Some(start(row))).collect(), "Start"),
            instants(rows.iter().map(answered).collect(), "Answered"),
            instants(rows.iter().map(|row| Some(ended(row))).collect(), "Ended"),
        ];
        let mut frame = DataFrame::new(rows.len(), columns).expect("a table");
        ParquetWriter::new(fs_err::File::create(path).expect("a file")).finish(&mut frame).expect("written");
        return;
    }
    let mut text = "Queue,Start,Answered,Ended\n".to_owned();
    let shown = |at: i64| instant(at / 1000).format("%Y-%m-%dT%H:%M:%S").to_string();
    for row in &rows {
        let answered = answered(row).map(shown).unwrap_or_default();
        writeln!(text, "A,{},{answered},{}", shown(start(row)), shown(ended(row))).expect("written");
    }
    fs_err::write(path, text).expect("written");
}

#[test]
fn moments_of_typed_columns_come_to_the_same_as_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let read = |name: &str, is_broken: bool| {
        let path = folder.path().join(name);
        moments(&path, is_broken);
        import(&[path], &Declared::default(), Some(chrono_tz::Europe::Warsaw))
    };
    let mut of_text = read("c.csv", false).unwrap_or_else(|problems| panic!("{problems}"));
    of_text.settings.retain(|(key, _)| key != "separator");
    assert_eq!(of_text, read("c.parquet", false).unwrap_or_else(|problems| panic!("{problems}")));
    assert!(of_text.habits[0].patience.is_some() && of_text.habits[0].handle_cv.is_some(), "{:?}", of_text.habits);
    let wrong = |name: &str| read(name, true).expect_err("before its answer").to_string();
    for name in ["d.csv", "d.parquet"] {
        let problem = wrong(name);
        assert!(problem.contains(&format!("{name}:5: `Ended`")) && problem.contains("ended before"), "{problem}");
    }
}
