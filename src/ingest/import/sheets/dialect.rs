//! How a text table is laid out: what parts its cells, and on which line its header stands.

use crate::ingest::import::cell::numbers::looks_like_number;
use crate::ingest::import::cell::scan::scan;

/// Lines looked at.
pub(in crate::ingest::import) const LOOKED_AT: usize = 80;

/// What parts cells.
pub(in crate::ingest::import) const SEPARATORS: [u8; 4] = *b",;\t|";

/// The mark that parts most lines' cells in the same way. The first line `sep=;` of a spreadsheet says it.
pub(in crate::ingest::import) fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default().trim();
    if let Some([mark]) = first.strip_prefix("sep=").map(str::as_bytes) {
        return *mark;
    }
    let score = |mark: u8| {
        let widths: Vec<usize> = first_rows(text, mark).iter().map(Vec::len).filter(|width| *width > 1).collect();
        let usual = usual(&widths);
        let alike = widths.iter().filter(|width| **width == usual).count();
        alike * (usual.min(40) + 20)
    };
    // Of marks that score alike the first stands, so the last to be looked at is the first listed.
    SEPARATORS.into_iter().rev().max_by_key(|mark| score(*mark)).unwrap_or(b',')
}

/// Which of the first rows is the header; none where the rows begin at once. Titles before it have fewer cells, or figures.
pub(in crate::ingest::import) fn header(rows: &[Vec<String>]) -> Option<usize> {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let is_figure = |cell: &String| looks_like_number(cell.trim()) || scan(cell).is_some();
    let is_date = |cell: &String| scan(cell).is_some_and(|found| found.date.is_some());
    let counts: Vec<usize> = rows.iter().map(|row| filled(row)).collect();
    let usual = usual(&counts.iter().copied().filter(|count| *count > 1).collect::<Vec<_>>());
    let is_data = |row: &&Vec<String>| row.iter().any(is_date) && filled(row) * 2 >= usual;
    let names = |at: &usize| counts[*at] > 1 && counts[*at] * 2 >= usual && !rows[*at].iter().any(is_figure);
    // Rows of figures go on: a single one may be the date of the report.
    let first_data = (0..rows.len()).find(|at| rows[*at..].iter().take(4).all(|row| is_data(&row)));
    let Some(first_data) = first_data else {
        return (0..rows.len()).find(names);
    };
    let before = || (0..first_data).rev();
    // Columns of a wide table may be named by numbers or times.
    before().find(names).or_else(|| before().find(|at| counts[*at] * 2 >= usual))
}

/// The first rows of a text that are not empty.
fn first_rows(text: &str, separator: u8) -> Vec<Vec<String>> {
    let head: usize = text.split_inclusive('\n').take(LOOKED_AT).map(str::len).sum();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(&text.as_bytes()[..head]);
    reader.records().flatten().map(|record| record.iter().map(str::to_owned).collect()).collect()
}

/// The most frequent of some numbers, the greatest of those alike.
fn usual(numbers: &[usize]) -> usize {
    let times = |number: usize| numbers.iter().filter(|other| **other == number).count();
    numbers.iter().copied().max_by_key(|number| (times(*number), *number)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header_of(text: &str) -> Option<usize> {
        header(&first_rows(text, separator(text)))
    }

    #[test]
    fn cells_are_parted_by_what_parts_most_lines_alike() {
        assert_eq!(separator("a,b\n1,2\n"), b',');
        assert_eq!(separator("Queue;Start;AHT\na;07.09.2026 09:00;187,5\nb;07.09.2026 09:30;1,5\n"), b';');
        assert_eq!(separator("a\tb, c\n1\t2\n"), b'\t');
        assert_eq!(separator("sep=;\na;b\n"), b';');
        assert_eq!(separator("Report, made today\n\nq|start|n\nx|2026-09-07|1\ny|2026-09-07|2\n"), b'|');
    }

    #[test]
    fn the_header_is_found_behind_titles_and_may_be_missing() {
        assert_eq!(header_of("queue,start,offered\na,2026-09-07,1\nb,2026-09-07,1\n"), Some(0));
        let report = "Interval report\nCreated 2026-09-12 08:00\n\nQueue,Start,Offered\no,2026-09-07T09:00,1\n";
        assert_eq!(header_of(report), Some(2), "of rows that are not empty");
        let padded = "Interval report,,,\nCreated,2026-09-12 08:00,,\nSkill,orders,,\nQueue,Start,Offered,AHT\no,2026-09-07T09:00,1,5\nb,2026-09-07T09:30,2,5\n";
        assert_eq!(header_of(padded), Some(3));
        assert_eq!(header_of("15;20260907;09:00;1;orders;12\n15;20260907;09:15;1;orders;9\n"), None);
        assert_eq!(header_of("Date,08:00,08:30\n2026-09-07,4,5\n2026-09-08,4,5\n2026-09-09,1,1\n"), Some(0));
    }
}
