//! The records of a text table, and the lines on which they begin.

use super::dialect;

/// Goes through the records of a text, each with the line on which it begins, as long as more are wanted.
pub(in crate::ingest::import) fn records(
    text: &str,
    separator: u8,
    mut each: impl FnMut(u64, &csv::StringRecord) -> bool,
) {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let (mut counted, mut line) = (0, 1);
    // Text is valid UTF-8 and records may have any width, so nothing can fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        // The reader skips empty lines after it has noted where it is.
        let noted = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let skipped = text[noted..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let begins = noted + skipped;
        line += text[counted..begins].matches('\n').count() as u64;
        counted = begins;
        if !each(line, &record) {
            break;
        }
    }
}

/// The first records, and the lines on which they begin.
pub(in crate::ingest::import) fn head(text: &str, separator: u8) -> (Vec<u64>, Vec<Vec<String>>) {
    let (mut lines, mut rows) = (Vec::new(), Vec::new());
    records(text, separator, |line, record| {
        lines.push(line);
        rows.push(record.iter().map(str::to_owned).collect());
        rows.len() < dialect::LOOKED_AT
    });
    (lines, rows)
}
