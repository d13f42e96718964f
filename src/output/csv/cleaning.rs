//! `cleaning.csv`: what cleaning changed or set aside, by start and queue; what has no start comes last.

use crate::domain::history::CleaningNote;
use crate::domain::queue::Queue;
use crate::output::artifact::OutputError;
use crate::output::records::{self, CleaningRow};

pub(super) fn write(notes: &[CleaningNote], queues: &[Queue]) -> Result<Vec<u8>, OutputError> {
    let mut notes: Vec<&CleaningNote> = notes.iter().collect();
    notes.sort_by_key(|note| (note.start.is_none(), note.start, note.queue.is_none(), note.queue, note.region));
    let row = |note: &CleaningNote| CleaningRow {
        file: note.file.clone(),
        line: note.line,
        queue: note.queue.map_or_else(String::new, |queue| queues[queue.0].id.to_string()),
        start: note.start,
        column: note.column.to_owned(),
        was: note.was.clone(),
        became: note.became.clone(),
        why: why(note, queues),
    };
    records::write(notes.into_iter().map(row))
}

/// The reason, with the region where the queue has several.
fn why(note: &CleaningNote, queues: &[Queue]) -> String {
    let queue = note.queue.map(|queue| &queues[queue.0]).filter(|queue| queue.regions.len() > 1);
    match queue.zip(note.region) {
        Some((queue, region)) => format!("{} (region {})", note.why, queue.regions[region].id),
        None => note.why.clone(),
    }
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
            region: Some(0),
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

    #[test]
    fn rows_stand_by_start_and_queue_and_name_the_region_of_a_queue_with_several() {
        let mut queue = example::queue("orders");
        queue.regions.push(queue.regions[0].clone());
        queue.regions[1].id = crate::domain::ids::RegionId::new("pl");
        let note = |start: Option<&str>, queue, region| CleaningNote {
            file: "h.csv".into(),
            line: None,
            queue: Some(QueueIx(queue)),
            region,
            start: start.map(example::instant),
            column: "offered",
            was: String::new(),
            became: String::new(),
            why: "unknown".into(),
        };
        let (early, late) = (Some("2026-11-02T08:00:00Z"), Some("2026-11-03T08:00:00Z"));
        let notes = [note(None, 0, None), note(late, 0, None), note(early, 1, Some(0)), note(early, 0, Some(1))];
        let bytes = write(&notes, &[queue, example::queue("chat")]).expect("a table");
        let text = String::from_utf8(bytes).expect("text");
        assert_eq!(
            text.lines().skip(1).collect::<Vec<_>>(),
            [
                "h.csv,,orders,2026-11-02T08:00:00Z,offered,,,unknown (region pl)",
                "h.csv,,chat,2026-11-02T08:00:00Z,offered,,,unknown",
                "h.csv,,orders,2026-11-03T08:00:00Z,offered,,,unknown",
                "h.csv,,orders,,offered,,,unknown",
            ]
        );
    }
}
