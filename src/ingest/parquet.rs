//! Apache Parquet: a file or bytes in memory, read into a frame of the columns wanted.

use std::io::Cursor;
use std::sync::Arc;

use polars::io::mmap::MmapBytesReader;
use polars::prelude::{
    ArrowDataType, Column, DataFrame, DataType, FileMetadata, ParquetReader, ParquetWriter, PolarsError, SerReader,
};

use crate::domain::problem::{Problem, Problems};

use super::params::{Contents, HistorySource};
use super::polars_error::brief;

/// A Parquet file that is open, its schema read.
pub(super) struct Parquet {
    bytes: Box<dyn MmapBytesReader>,
    metadata: Arc<FileMetadata>,
}

impl Parquet {
    /// Opens a file and tells its columns. The writer's own schema is set aside: what the file physically holds is enough,
    /// and dictionaries become plain text.
    pub(super) fn open(source: &HistorySource) -> Result<(Self, Vec<String>), Problems> {
        let shown = source.shown.as_str();
        let not_parquet =
            |error: PolarsError| Problem::in_file(shown, format!("this is not a Parquet file: {}", brief(&error)));
        let mut bytes: Box<dyn MmapBytesReader> = match &source.contents {
            Contents::OnDisk => {
                let opened = fs_err::File::open(&source.path);
                Box::new(opened.map_err(|error| Problem::in_file(shown, error.to_string()))?.into_parts().0)
            }
            Contents::InMemory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        };
        let mut metadata = FileMetadata::clone(ParquetReader::new(&mut bytes).get_metadata().map_err(not_parquet)?);
        metadata.key_value_metadata = None;
        let schema = polars::io::parquet::read::infer_schema(&metadata).map_err(not_parquet)?;
        let header = schema.iter_names().map(ToString::to_string).collect();
        Ok((Self { bytes, metadata: Arc::new(metadata) }, header))
    }

    /// The columns wanted.
    pub(super) fn read(self, wanted: Vec<String>, shown: &str) -> Result<DataFrame, Problems> {
        refuse_other_types(&self.metadata, &wanted, shown)?;
        let frame = widened(&self.metadata, &wanted).and_then(|metadata| {
            let mut reader = ParquetReader::new(self.bytes).with_columns(Some(wanted));
            reader.set_metadata(metadata);
            reader.finish()
        });
        frame.map_err(|error| {
            Problem::in_file(shown, format!("this Parquet file cannot be read: {}", brief(&error))).into()
        })
    }
}

/// Types that our polars was not built to read, and would panic on.
fn refuse_other_types(metadata: &FileMetadata, wanted: &[String], shown: &str) -> Result<(), Problems> {
    use ArrowDataType as Kind;
    let schema = polars::io::parquet::read::infer_schema(metadata)
        .map_err(|error| Problem::in_file(shown, format!("this is not a Parquet file: {}", brief(&error))))?;
    let mut problems = Problems::none();
    for field in schema.iter_values().filter(|field| wanted.iter().any(|name| field.name == *name)) {
        let text = matches!(field.dtype, Kind::Utf8View | Kind::BinaryView | Kind::Null);
        let time = matches!(field.dtype, Kind::Date32 | Kind::Timestamp(..));
        let whole = matches!(field.dtype, Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64);
        let unsigned = matches!(field.dtype, Kind::UInt8 | Kind::UInt16 | Kind::UInt32 | Kind::UInt64);
        let real = matches!(field.dtype, Kind::Float32 | Kind::Float64);
        if !(text || time || whole || unsigned || real) {
            let problem = Problem::in_file(shown, format!("this column holds {:?}", field.dtype));
            problems.push(problem.in_column(field.name.as_str()).accepting("text, numbers or timestamps"));
        }
    }
    problems.or(())
}

/// Whole numbers of 8 and 16 bits are stored as 32 bits, and our polars knows no narrower: the schema is declared anew,
/// as polars itself would write it, with such columns as wide as they are stored.
fn widened(metadata: &Arc<FileMetadata>, wanted: &[String]) -> Result<Arc<FileMetadata>, PolarsError> {
    let is_narrow = |kind: &ArrowDataType| {
        matches!(kind, ArrowDataType::Int8 | ArrowDataType::Int16 | ArrowDataType::UInt8 | ArrowDataType::UInt16)
    };
    let schema = polars::io::parquet::read::infer_schema(metadata)?;
    let read: Vec<_> = schema.iter_values().filter(|field| wanted.iter().any(|name| field.name == *name)).collect();
    if !read.iter().any(|field| is_narrow(&field.dtype)) {
        return Ok(Arc::clone(metadata));
    }
    let columns = read.into_iter().map(|field| {
        let wide = if is_narrow(&field.dtype) { DataType::Int32 } else { DataType::from_arrow_dtype(&field.dtype) };
        Column::new_empty(field.name.clone(), &wide)
    });
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut DataFrame::new(0, columns.collect())?)?;
    let declared = ParquetReader::new(Cursor::new(bytes)).get_metadata()?.key_value_metadata.clone();
    Ok(Arc::new(FileMetadata { key_value_metadata: declared, ..FileMetadata::clone(metadata) }))
}
