//! Rows that contradict the others of their queue: between their intervals, or of one interval and different.

use super::instants::instant;
use super::layers::Layered;
use super::report::Report;
use super::rows::FileRows;
use crate::domain::problem::{Problem, Problems};
use tr::tr;

/// Rows that start between the starts of all others of their queue.
pub(super) fn off_grid(layered: &[Layered], files: &[FileRows]) -> Problems {
    let mut problems = Problems::none();
    for (index, file) in files.iter().enumerate() {
        let mut report = Report::new();
        let unmatched = layered.iter().flat_map(|key| &key.off_grid).filter(|(entry, _)| entry.file as usize == index);
        for (entry, step) in unmatched {
            report.add(&tr!("off the grid of the queue's other rows"), || {
                Problem::in_file(&file.shown, tr!("off the grid of the queue's other rows"))
                    .at_line(file.line(entry.row))
                    .in_column("start")
                    .with_value(instant(entry.start * 60).to_rfc3339())
                    .accepting(tr!("a start every {step} minutes", step))
            });
        }
        problems.extend(report.into_problems(&file.shown));
    }
    problems
}

/// Queues whose file tells many intervals more than once, differently: something tells the rows apart that is not read.
pub(super) fn contradicted(layered: &[Layered], files: &[FileRows]) -> Problems {
    let mut problems = Problems::none();
    for pairs in layered.iter().map(|key| &key.contradicted) {
        let Some((earlier, later)) = pairs.first() else { continue };
        let file = &files[earlier.file as usize];
        let lines = tr!("first in lines {} and {}", file.line(earlier.row), file.line(later.row));
        let cause =
            tr!("rows of one queue and interval that differ, {} times, {lines}: no corrections", pairs.len(), lines);
        let unread = match &file.unread[..] {
            [] => String::new(),
            columns => tr!("perhaps `{}` tells them apart; ", columns.join(&tr!("` or `"))),
        };
        let hint = tr!(
            "{unread}`obsada import {} --to DIR` asks, and makes queues of them or adds them up",
            file.shown,
            unread
        );
        let problem = Problem::in_file(&file.shown, cause).at_line(file.line(earlier.row));
        problems.push(problem.with_value(instant(earlier.start * 60).to_rfc3339()).hinting(hint));
    }
    problems
}
