//! A history that joins another: rows that the other tells already are left out, and an interval that both cut in two is made whole.

use super::told_before::{Row, ToldBefore};

/// The bytes of plain history that is to be added to another, made so that nothing counts twice and nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Rows of it that are left out, for the history tells them better.
    pub left_out: usize,
    /// Rows to which those of the history were added.
    pub added: usize,
    /// The bytes of the file.
    pub history: Vec<u8>,
}

/// Leaves out the rows that the history tells.
#[must_use]
pub fn without_told(new: &[u8], told: &ToldBefore) -> Joined {
    let changes = told.before().iter().map(|before| if before.is_some() { Change::LeaveOut } else { Change::None });
    rewritten(new, &changes.collect::<Vec<_>>())
}

/// Leaves out the rows of which the history tells more, such as handle times, where enough are left to tell their interval.
#[must_use]
pub fn without_poorer(new: &[u8], told: &ToldBefore) -> Joined {
    const ENOUGH: usize = 24;
    let rows = told.own().iter().zip(told.before());
    let is_poorer =
        |((_, own), before): (&(i64, Row), &Option<Row>)| before.is_some_and(|before| own.is_poorer_than(before));
    let poorer: Vec<bool> = rows.map(is_poorer).collect();
    let left = poorer.iter().filter(|is_poorer| !**is_poorer).count();
    let change = |is_poorer: bool| if is_poorer && left >= ENOUGH { Change::LeaveOut } else { Change::None };
    rewritten(new, &poorer.into_iter().map(change).collect::<Vec<_>>())
}

/// Records of contacts begin and end within an interval. If the history ends in the one in which they begin, they go on with it, and the
/// interval is the sum of both; if it goes on, the history has all of that interval.
#[must_use]
pub fn made_whole(new: &[u8], told: &ToldBefore) -> Joined {
    let first = told.own().iter().map(|(start, _)| *start).min();
    let goes_on = first.is_some_and(|first| told.history().is_some_and(|(_, last)| last == first));
    let change = |((start, own), before): (&(i64, Row), &Option<Row>)| match before {
        Some(before) if Some(*start) == first && goes_on && !own.is_told_by(*before) => {
            Change::Become(sum(*own, *before))
        }
        Some(before) if Some(*start) == first && before.offered > own.offered => Change::LeaveOut,
        _ => Change::None,
    };
    rewritten(new, &told.own().iter().zip(told.before()).map(change).collect::<Vec<_>>())
}

/// What becomes of a row.
#[derive(Clone, Copy, Debug)]
enum Change {
    None,
    LeaveOut,
    Become(Row),
}

fn sum(a: Row, b: Row) -> Row {
    let plus = |a: f64, b: f64| match (a.is_nan(), b.is_nan()) {
        (true, _) => b,
        (_, true) => a,
        _ => a + b,
    };
    let weight = |row: Row| if row.handled.is_nan() { row.offered } else { row.handled };
    let (of_a, of_b) = (weight(a), weight(b));
    let aht = match (a.aht.is_nan(), b.aht.is_nan()) {
        (true, _) => b.aht,
        (_, true) => a.aht,
        _ if of_a + of_b > 0.0 => (a.aht * of_a + b.aht * of_b) / (of_a + of_b),
        _ => a.aht,
    };
    Row {
        offered: plus(a.offered, b.offered),
        handled: plus(a.handled, b.handled),
        abandoned: plus(a.abandoned, b.abandoned),
        aht,
    }
}

/// The file with its rows changed, one after the other.
fn rewritten(history: &[u8], changes: &[Change]) -> Joined {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(history);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let (mut header, mut left_out, mut added): (Vec<String>, usize, usize) = (Vec::new(), 0, 0);
    // What is read was written by us, into memory: nothing fails.
    for (number, record) in reader.records().flatten().enumerate() {
        let Some(at) = number.checked_sub(1) else {
            header = record.iter().map(str::to_owned).collect();
            let _ = writer.write_record(&record);
            continue;
        };
        match changes.get(at) {
            Some(Change::LeaveOut) => left_out += 1,
            Some(Change::Become(row)) => {
                added += 1;
                let cells = header.iter().zip(&record).map(|(column, cell)| changed(column, cell, *row));
                let _ = writer.write_record(cells);
            }
            Some(Change::None) | None => drop(writer.write_record(&record)),
        }
    }
    Joined { left_out, added, history: writer.into_inner().unwrap_or_default() }
}

fn changed(column: &str, cell: &str, row: Row) -> String {
    let figure = match column {
        "offered" => row.offered,
        "handled" => row.handled,
        "abandoned" => row.abandoned,
        "aht_s" => row.aht,
        _ => return cell.to_owned(),
    };
    if figure.is_nan() {
        return cell.to_owned();
    }
    let text = format!("{figure:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::params::HistorySource;
    use super::super::told_before::EarlierHistory;
    use super::*;

    fn text(rows: &[(i64, u32)]) -> String {
        let lines = rows.iter().map(|(quarter, offered)| {
            format!("A,2026-09-07T{:02}:{:02}Z,{offered},{offered},0,200\n", 9 + quarter / 4, quarter % 4 * 15)
        });
        format!("queue,start,offered,handled,abandoned,aht_s\n{}", lines.collect::<String>())
    }

    fn told(before: &str, new: &str) -> ToldBefore {
        let source = |text: &str, name: &str| HistorySource::in_memory(text.as_bytes().to_vec(), name);
        let files = vec![source(before, "history/a.csv")];
        let earlier = EarlierHistory { files, columns: BTreeMap::new(), zone: None, queue: "A".to_owned() };
        ToldBefore::of(&source(new, "b.csv"), &earlier).unwrap_or_else(|problems| panic!("{problems}"))
    }

    fn offered(joined: &Joined) -> Vec<String> {
        let text = String::from_utf8(joined.history.clone()).expect("text");
        text.lines().skip(1).map(|line| line.split(',').nth(2).expect("a cell").to_owned()).collect()
    }

    #[test]
    fn what_is_told_already_is_found_whatever_its_clock_and_name() {
        let before = text(&[(0, 5), (1, 6), (2, 7)]);
        let same = before.replace("A,2026-09-07T09", ",2026-09-07T11").replace("Z,", "+02:00,");
        assert!(told(&before, &same).is_all(), "no queue named, and on the clock of Warsaw");
        let later = told(&before, &text(&[(2, 7), (3, 8), (4, 9)]));
        assert_eq!((later.rows, later.both, later.same, later.differing), (3, 1, 1, 0));
        assert_eq!(later.files, ["history/a.csv"]);
        let apart = told(&before, &text(&[(10, 1), (11, 1)]));
        assert_eq!((apart.both, apart.files.len()), (0, 0));
    }

    #[test]
    fn other_contacts_of_the_same_intervals_are_a_contradiction() {
        let rows: Vec<(i64, u32)> = (0..20).map(|at| (at, 5)).collect();
        let others: Vec<(i64, u32)> = (0..20).map(|at| (at, if at < 6 { 9 } else { 5 })).collect();
        let few: Vec<(i64, u32)> = (0..20).map(|at| (at, if at < 3 { 9 } else { 5 })).collect();
        assert!(told(&text(&rows), &text(&others)).is_contradicted());
        assert!(!told(&text(&rows), &text(&few)).is_contradicted());
    }

    #[test]
    fn rows_of_other_lengths_are_named_with_theirs() {
        let quarters: Vec<(i64, u32)> = (0..40).map(|at| (at, 5)).collect();
        let hours: Vec<(i64, u32)> = (0..10).map(|at| (at * 4, 20)).collect();
        let told = told(&text(&quarters), &text(&hours));
        assert_eq!((told.intervals, told.both), (Some((15, 60)), 0));
        assert!(told.span.is_some() && !told.is_contradicted());
    }

    #[test]
    fn rows_told_already_are_left_out() {
        let (before, new) = (text(&[(0, 5), (1, 6)]), text(&[(1, 9), (2, 7)]));
        let joined = without_told(new.as_bytes(), &told(&before, &new));
        assert_eq!((offered(&joined), joined.left_out), (vec!["7".to_owned()], 1));
    }

    #[test]
    fn rows_of_which_the_history_tells_more_are_left_out() {
        let before = text(&[(0, 5), (1, 6)]);
        let counts = |rows: std::ops::Range<i64>| {
            let lines = rows.map(|at| format!("A,2026-09-07T{:02}:{:02}Z,{}\n", 9 + at / 4, at % 4 * 15, 5 + at));
            format!("queue,start,offered\n{}", lines.collect::<String>())
        };
        assert!(told(&before, &counts(0..2)).is_all(), "the same counts, without handle times");
        let new = counts(0..40);
        let joined = without_poorer(new.as_bytes(), &told(&before, &new));
        assert_eq!((joined.left_out, offered(&joined).len()), (2, 38));
        let few = counts(0..4);
        assert_eq!(
            without_poorer(few.as_bytes(), &told(&before, &few)).left_out,
            0,
            "two rows do not tell their interval"
        );
    }

    #[test]
    fn an_interval_cut_in_two_is_made_whole() {
        // The log goes on within the last interval of the one before: both are parts of it.
        let (before, new) = (text(&[(0, 5), (1, 6)]), text(&[(1, 4), (2, 7)]));
        let joined = made_whole(new.as_bytes(), &told(&before, &new));
        assert_eq!((offered(&joined), joined.added), (vec!["10".to_owned(), "7".to_owned()], 1));
        // It begins within an interval of which the one before has all.
        let (before, new) = (text(&[(0, 5), (1, 6), (2, 7)]), text(&[(1, 4), (2, 7), (3, 8)]));
        let joined = made_whole(new.as_bytes(), &told(&before, &new));
        assert_eq!((offered(&joined), joined.left_out), (vec!["7".to_owned(), "8".to_owned()], 1));
    }
}
