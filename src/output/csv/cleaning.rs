//! `cleaning.csv`: what cleaning changed or set aside, row by row.

use super::Table;
use crate::domain::history::CleaningNote;
use crate::domain::queue::Queue;
use crate::output::{OutputError, wall};

const HEADER: [&str; 8] = ["file", "line", "queue", "start", "column", "was", "became", "why"];

pub(super) fn write(notes: &[CleaningNote], queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let mut table = Table::new(&HEADER)?;
    for note in notes {
        table.row(&[
            &note.file,
            &note.line.map_or_else(String::new, |line| line.to_string()),
            note.queue.map_or("", |queue| queues[queue.0].id.as_str()),
            &note.start.map_or_else(String::new, wall::utc),
            note.column,
            &note.was,
            &note.became,
            &note.why,
        ])?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::QueueIx;
    use crate::output::example;

    #[test]
    fn a_reason_with_a_comma_is_quoted_and_what_is_unknown_is_empty() {
        let note = CleaningNote {
            file: "history.csv".into(),
            line: None,
            queue: Some(QueueIx(0)),
            start: Some(example::instant("2026-11-02T08:00:00Z")),
            column: "offered",
            was: "0".into(),
            became: String::new(),
            why: "outage, all queues silent".into(),
        };
        let bytes = write(&[note], &[example::queue("orders")]).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "file,line,queue,start,column,was,became,why\n\
             history.csv,,orders,2026-11-02T08:00:00Z,offered,0,,\"outage, all queues silent\"\n"
        );
    }
}
