//! A table file: header first, columns in any order, every cell with its line and column.

use std::borrow::Cow;
use tr::tr;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::quotes::unclosed;
use super::row::Row;
use crate::text;
use crate::workspace::place::{Place, Report};
use crate::workspace::suggestions::did_you_mean;

/// A column a table may have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Column {
    /// The header must have it.
    Required(&'static str),
    /// The header may have it.
    Optional(&'static str),
}

impl Column {
    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Required(name) | Self::Optional(name) => name,
        }
    }
}

/// Reads a table's bytes into rows. None where the header does not fit, since every row would be misread.
pub(crate) fn rows<'a>(file: &Place, bytes: &[u8], columns: &[Column], report: &'a Report) -> Vec<Row<'a>> {
    let Some(text) = decoded(file, bytes, report) else { return Vec::new() };
    let separator = separator(&text, columns);
    let text = with_quotes_closed(&text, separator, file, report);
    let text = text.as_ref();
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut header: Option<Vec<Option<&'static str>>> = None;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    // The text is valid UTF-8 and lengths may differ, so that reading from memory cannot fail.
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = line_of(&record, text);
        let place = file.line(line);
        match &header {
            None => {
                let Some(found) = header_of(&place, &record, columns, report) else { return Vec::new() };
                header = Some(found);
            }
            Some(header) if header.len() == record.len() => {
                let cells = header.iter().zip(&record);
                let cells =
                    cells.filter_map(|(name, cell)| Some(((*name)?, place.clone(), plain(cell, separator)))).collect();
                rows.push(Row::new(place, "", cells, report));
            }
            Some(header) => {
                let lines = record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64 + 1;
                report.problem(
                    place
                        .problem(tr!("{} fields where the header has {}", record.len(), header.len()))
                        .hinting(ragged_hint(line, lines)),
                );
            }
        }
    }
    if header.is_none() {
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        report.problem(file.line(1).problem(tr!("empty file")).accepting(tr!("a header: {}", names.join(","))));
    }
    rows
}

/// The text without the quotes that are never closed, each reported, since one would swallow all rows after it.
fn with_quotes_closed<'a>(text: &'a str, separator: u8, file: &Place, report: &Report) -> Cow<'a, str> {
    let mut text = Cow::Borrowed(text);
    while let Some(quote) = unclosed(&text, separator) {
        let line = text[..quote].bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
        let problem = file.line(line).problem(tr!("a quote is opened and never closed"));
        report.problem(problem.accepting(tr!("quotes in pairs around a text; a quote inside it is written twice")));
        text.to_mut().replace_range(quote..=quote, " ");
    }
    text
}

/// What may be behind a row with too few or too many fields.
fn ragged_hint(line: u64, lines: u64) -> String {
    if lines > 1 {
        let last = line + lines - 1;
        return tr!("the row runs on to line {last}: a quote in line {line} is probably not closed", last, line);
    }
    tr!("a comma inside a text needs quotes around the text; items of a list are joined by |")
}

/// The line on which a record's first character stands, blank lines before it left out.
fn line_of(record: &StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 1 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let skipped = text.as_bytes().get(start..).unwrap_or_default();
    let blank = skipped.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line() + blank as u64
}

/// The text of a file, however spreadsheets stored it; what is no text is reported, an encoding that is assumed is said.
pub(crate) fn decoded<'a>(file: &Place, bytes: &'a [u8], report: &Report) -> Option<Cow<'a, str>> {
    if let Ok(text) = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        return Some(Cow::Borrowed(text));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        let problem = file.problem(tr!("a workbook or an archive")).accepting(tr!("a table as text"));
        report.problem(problem.hinting(tr!("save the sheet as CSV")));
        return None;
    }
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if !is_wide && bytes.contains(&0) {
        report.problem(file.problem(tr!("no text")).accepting(tr!("a table as text")));
        return None;
    }
    // Without a declared encoding nothing is refused.
    let read = text::decoded(bytes.to_vec(), None, "").ok()?;
    if read.is_assumed {
        let warning = file.problem(tr!("not UTF-8: letters are read as {encoding}", encoding = read.encoding.name()));
        report.warning(warning.hinting(tr!("save the file as UTF-8 if names look wrong")));
    }
    Some(Cow::Owned(read.text))
}

/// What parts the cells: the one of comma, semicolon and tab by which the first line has most names of columns.
fn separator(text: &str, columns: &[Column]) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let known = |separator: &u8| {
        let cells = first.split(char::from(*separator)).map(|cell| cell.trim().trim_matches('"'));
        cells.filter(|cell| columns.iter().any(|column| column.name() == *cell)).count()
    };
    // Of equal ones the last counts.
    [b'\t', b';', b','].into_iter().max_by_key(known).unwrap_or(b',')
}

/// A cell as our tables write it: where semicolons or tabs part cells, a comma between digits is a decimal mark.
fn plain(cell: &str, separator: u8) -> String {
    let is_decimal = |text: &str| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        text.split_once(',').is_some_and(|(whole, rest)| digits(whole.trim_start_matches('-')) && digits(rest))
    };
    if separator != b',' && is_decimal(cell) { cell.replace(',', ".") } else { cell.to_owned() }
}

/// For every field of the header, the column it is; unknown, double and missing ones are reported.
fn header_of(
    place: &Place,
    record: &StringRecord,
    columns: &[Column],
    report: &Report,
) -> Option<Vec<Option<&'static str>>> {
    let names: Vec<&'static str> = columns.iter().map(|column| column.name()).collect();
    if is_another_table(record, columns) {
        let problem = place.problem(tr!("another table: `{}`", record.iter().collect::<Vec<_>>().join(",")));
        report.problem(problem.accepting(tr!("the columns {}", names.join(", "))));
        return None;
    }
    let mut found: Vec<Option<&'static str>> = Vec::new();
    for field in record {
        let name = names.iter().copied().find(|name| *name == field);
        if name.is_none() {
            let mut problem = place.problem(tr!("unknown column")).in_column(field).accepting(names.join(", "));
            problem.hint = did_you_mean(field, names.iter().copied());
            report.problem(problem);
        } else if found.contains(&name) {
            report.problem(
                place
                    .problem(tr!("the column stands twice in the header"))
                    .in_column(field)
                    .hinting(tr!("rename or remove one of them")),
            );
        }
        found.push(name);
    }
    let missing = columns.iter().filter_map(|column| match column {
        Column::Required(name) if !found.contains(&Some(*name)) => Some(*name),
        _ => None,
    });
    let missing: Vec<&str> = missing.collect();
    for name in &missing {
        report.problem(place.problem(tr!("the column is missing")).in_column(*name).accepting(names.join(", ")));
    }
    missing.is_empty().then_some(found)
}

/// Whether a header has so little of what is required that it hardly is one of this table, misspelt.
fn is_another_table(header: &StringRecord, columns: &[Column]) -> bool {
    /// Columns below which a slip or two could be all that is wrong.
    const FEW: usize = 4;
    let is_there = |name: &str| header.iter().any(|field| field == name);
    let known = columns.iter().filter(|column| is_there(column.name())).count();
    let required = columns.iter().filter(|column| matches!(column, Column::Required(_)));
    let (there, missing): (Vec<&Column>, Vec<&Column>) = required.partition(|column| is_there(column.name()));
    header.len() >= FEW && missing.len() >= FEW && 2 * known < header.len() && 2 * there.len() < missing.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: [Column; 3] = [Column::Required("agent"), Column::Required("skill"), Column::Optional("speed")];

    fn problems(bytes: &[u8]) -> Vec<String> {
        let report = Report::default();
        rows(&Place::file("t.csv"), bytes, &COLUMNS, &report);
        report.into_parts().0.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn columns_come_in_any_order_and_blank_lines_do_not_count_as_rows() {
        let report = Report::default();
        let bytes = b"\xef\xbb\xbfskill,agent\n\n\norders, a1 \n\"x\ny\",a2\nz,a3\n";
        let rows = rows(&Place::file("t.csv"), bytes, &COLUMNS, &report);
        let read: Vec<_> =
            rows.iter().map(|row| (row.place().clone(), row.optional("agent", |word| Ok(word.to_owned())))).collect();
        let at = |line, agent: &str| (Place::file("t.csv").line(line), Some(agent.to_owned()));
        assert_eq!(read, [at(4, "a1"), at(5, "a2"), at(7, "a3")]);
    }

    #[test]
    fn a_header_that_does_not_fit_is_told_in_full() {
        let found = problems(b"agent,skil,agent\na,b,c\n");
        assert_eq!(found.len(), 3);
        assert!(found[0].starts_with("t.csv:1: `skil`: unknown column; accepted: agent, skill, speed"), "{}", found[0]);
        assert!(found[0].ends_with("did you mean `skill`?"));
        assert_eq!(
            found[1],
            "t.csv:1: `agent`: the column stands twice in the header\n  hint: rename or remove one of them"
        );
        assert!(found[2].starts_with("t.csv:1: `skill`: the column is missing"));
    }

    #[test]
    fn another_table_is_told_once() {
        let report = Report::default();
        let columns = ["agent", "date", "activity", "start", "end"].map(Column::Required);
        let place = Place::file("t.csv");
        for text in ["queue,start,required,assigned,short\na,b,c,d,e\n", "agent,day,activity,from,end\na,b,c,d,e\n"] {
            assert!(rows(&place, text.as_bytes(), &columns, &report).is_empty());
        }
        let found: Vec<String> = report.into_parts().0.iter().map(ToString::to_string).collect();
        let expected = "t.csv:1: another table: `queue,start,required,assigned,short`; accepted: the columns agent, date, \
                        activity, start, end";
        assert_eq!(found[0], expected);
        // Two columns misspelt are told one by one, each as unknown and as missing.
        assert_eq!(found.len(), 1 + 4);
    }

    #[test]
    fn a_row_that_cannot_be_split_hides_no_other() {
        let found = problems(b"agent,skill\na\nb,c,d\ne,\"f\ng,h\ni\n");
        let starts: Vec<String> = found
            .iter()
            .map(|problem| problem.split(';').next().unwrap_or_default().lines().next().unwrap_or_default().to_owned())
            .collect();
        let expected = [
            "t.csv:4: a quote is opened and never closed",
            "t.csv:2: 1 fields where the header has 2",
            "t.csv:3: 3 fields where the header has 2",
            "t.csv:6: 1 fields where the header has 2",
        ];
        assert_eq!(starts, expected);
        let swallowed = problems(b"agent,skill\na,\"b\nc,\"d,e,f\ng,h\n");
        assert!(
            swallowed[0].ends_with("the row runs on to line 3: a quote in line 2 is probably not closed"),
            "{swallowed:?}"
        );
    }

    #[test]
    fn ragged_rows_other_encodings_and_empty_files_are_told() {
        assert!(problems(b"agent,skill\na\n")[0].starts_with("t.csv:2: 1 fields where the header has 2"));
        assert!(problems(b"agent,skill\na,\0\xff\n")[0].starts_with("t.csv: no text"));
        assert!(problems(b"PK\x03\x04\xff")[0].starts_with("t.csv: a workbook or an archive"));
        assert!(problems(b"")[0].starts_with("t.csv:1: empty file; accepted: a header: agent,skill,speed"));
    }

    #[test]
    fn tables_are_read_as_spreadsheets_of_other_countries_write_them() {
        let report = Report::default();
        let columns = [Column::Required("agent"), Column::Optional("speed")];
        let read = |bytes: &[u8]| {
            let rows = rows(&Place::file("t.csv"), bytes, &columns, &report);
            let cell = |row: &Row<'_>, name| row.required(name, |word| Ok(word.to_owned())).unwrap_or_default();
            rows.iter().map(|row| (cell(row, "agent"), cell(row, "speed"))).collect::<Vec<_>>()
        };
        let expected = vec![("Zażółć".to_owned(), "0.85".to_owned())];
        assert_eq!(read("agent,speed\nZażółć,0.85\n".as_bytes()), expected);
        assert_eq!(read("agent;speed\r\nZażółć;0,85\r\n".as_bytes()), expected);
        let (central, _, _) = encoding_rs::WINDOWS_1250.encode("agent\tspeed\nZażółć\t0,85\n");
        assert_eq!(read(&central), expected);
        let wide: Vec<u8> = "\u{feff}agent;speed\nZażółć;0,85".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide), expected);
        let (problems, warnings) = report.into_parts();
        assert!(problems.is_empty() && warnings.len() == 1, "{problems} {warnings:?}");
        assert!(warnings[0].to_string().starts_with("t.csv: not UTF-8: letters are read as windows-1250"));
    }
}
