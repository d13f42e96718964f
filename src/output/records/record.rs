//! Rows and documents as bytes, both ways.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::output::artifact::OutputError;

/// A row of a table.
pub trait Record: Serialize + DeserializeOwned {
    /// The table's columns, in the order in which they are written.
    const COLUMNS: &'static [&'static str];
    /// Those that tables written by earlier versions may lack.
    const ADDED_LATER: &'static [&'static str] = &[];
}

/// A table: its header and its rows.
///
/// # Errors
/// When a row cannot be written.
pub fn write<R: Record>(rows: impl IntoIterator<Item = R>) -> Result<Vec<u8>, OutputError> {
    let mut table = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    table.write_record(R::COLUMNS)?;
    for row in rows {
        table.serialize(row)?;
    }
    table.into_inner().map_err(|error| OutputError::Table(error.into_error().into()))
}

/// The rows of a table, whatever the order of its columns.
///
/// # Errors
/// The first row that is none, with its line.
pub fn read<R: Record>(table: &[u8]) -> Result<Vec<R>, OutputError> {
    Ok(csv::Reader::from_reader(table).into_deserialize().collect::<Result<_, _>>()?)
}

/// A document: indented JSON with a newline at the end.
///
/// # Errors
/// When it cannot be written.
pub fn write_document(document: &impl Serialize) -> Result<Vec<u8>, OutputError> {
    let mut bytes = serde_json::to_vec_pretty(document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A document read back.
///
/// # Errors
/// When the bytes are not such a document.
pub fn read_document<D: DeserializeOwned>(bytes: &[u8]) -> Result<D, OutputError> {
    Ok(serde_json::from_slice(bytes)?)
}

/// A document's text is read and written again without a change.
#[cfg(test)]
pub(super) fn assert_document_round_trip<D: Serialize + DeserializeOwned>(text: &str) -> D {
    let document = read_document(text.as_bytes()).expect("a document");
    assert_eq!(String::from_utf8(write_document(&document).expect("JSON")).expect("text"), text);
    document
}

/// A table's text is read and written again without a change, and its columns are those of its record.
#[cfg(test)]
pub(super) fn assert_round_trip<R: Record + Clone>(text: &str) -> Vec<R> {
    let rows: Vec<R> = read(text.as_bytes()).expect("a table");
    assert_eq!(String::from_utf8(write(rows.clone()).expect("a table")).expect("text"), text);
    let mut with_header = csv::Writer::from_writer(Vec::new());
    rows.iter().take(1).for_each(|row| with_header.serialize(row).expect("a row"));
    let written = String::from_utf8(with_header.into_inner().expect("bytes")).expect("text");
    assert_eq!(written.lines().next(), Some(R::COLUMNS.join(",").as_str()), "fields and columns are the same");
    rows
}
