//! Parquet, compressed with Zstandard, one file a table.
//!
//! Written column by column with the format's own library and without Arrow, whose crates would take longer to build than
//! the rest of khabar. A table's rows are kept as columns until they make a row group.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};

use crate::output::Output;
use crate::tables::{Cell, Column, Kind, Table, TableWriter};
use crate::{ExportError, Result};

/// A row group is written when it has so many rows or bytes; this bounds the memory that a table takes.
const ROWS: usize = 1 << 17;
const BYTES: usize = 16 << 20;

/// What a text takes in memory besides its bytes, roughly.
const OVERHEAD: usize = 72;

const EPOCH: Date = Date::constant(1970, 1, 1);

/// A table as Parquet.
pub(crate) struct ParquetTable {
    writer: SerializedFileWriter<Output>,
    path: std::path::PathBuf,
    columns: Vec<Buffer>,
    rows: usize,
    bytes: usize,
}

impl TableWriter for ParquetTable {
    fn create(folder: &Path, table: &'static Table) -> Result<Self> {
        let out = Output::create_in(folder, &format!("{}.parquet", table.name))?;
        let path = out.path().to_owned();
        let begin = || {
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
                .set_created_by(format!("khabar {}", env!("CARGO_PKG_VERSION")))
                // Every text differs from every other: a dictionary of them and their bounds are of no use.
                .set_column_dictionary_enabled(ColumnPath::from("text"), false)
                .set_statistics_truncate_length(Some(64))
                .set_column_index_truncate_length(Some(64))
                .build();
            SerializedFileWriter::new(out, schema(table)?, Arc::new(properties))
        };
        let writer = begin().map_err(|error| ExportError::Parquet { path: path.clone(), error })?;
        let columns = table.columns.iter().map(Buffer::new).collect();
        Ok(Self { writer, path, columns, rows: 0, bytes: 0 })
    }

    fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            self.bytes += column.push(cell);
        }
        self.rows += 1;
        if self.rows >= ROWS || self.bytes >= BYTES { self.flush() } else { Ok(()) }
    }

    fn finish(mut self) -> Result<()> {
        self.flush()?;
        let Self { writer, path, .. } = self;
        writer.into_inner().map_err(|error| ExportError::Parquet { path, error })?.finish()
    }
}

impl ParquetTable {
    fn flush(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let (writer, columns) = (&mut self.writer, &mut self.columns);
        let write = || {
            let mut group = writer.next_row_group()?;
            for column in columns {
                if let Some(mut chunk) = group.next_column()? {
                    column.write(&mut chunk)?;
                    chunk.close()?;
                }
            }
            group.close().map(drop)
        };
        let written: Result<(), ParquetError> = write();
        (self.rows, self.bytes) = (0, 0);
        written.map_err(|error| ExportError::Parquet { path: self.path.clone(), error })
    }
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table.columns.iter().map(field).collect::<Result<_, _>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let repetition = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let string = |name: &str, repetition| {
        Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String))
            .with_repetition(repetition)
            .build()
    };
    let number = |physical, logical| {
        Type::primitive_type_builder(column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()
    };
    let field = match column.kind {
        Kind::Text => string(column.name, repetition)?,
        Kind::Integer => number(Physical::INT64, None)?,
        Kind::Number => number(Physical::DOUBLE, None)?,
        Kind::Day => number(Physical::INT32, Some(LogicalType::Date))?,
        Kind::List => {
            let element = Arc::new(string("element", Repetition::REQUIRED)?);
            let items = Type::group_type_builder("list")
                .with_repetition(Repetition::REPEATED)
                .with_fields(vec![element])
                .build()?;
            Type::group_type_builder(column.name)
                .with_logical_type(Some(LogicalType::List))
                .with_repetition(repetition)
                .with_fields(vec![Arc::new(items)])
                .build()?
        }
    };
    Ok(Arc::new(field))
}

/// The values of a column that wait for their row group, with their definition and repetition levels.
struct Buffer {
    values: Values,
    required: bool,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

enum Values {
    Texts(Vec<ByteArray>),
    Lists(Vec<ByteArray>),
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    Days(Vec<i32>),
}

impl Buffer {
    fn new(column: &Column) -> Self {
        let values = match column.kind {
            Kind::Text => Values::Texts(Vec::new()),
            Kind::List => Values::Lists(Vec::new()),
            Kind::Integer => Values::Integers(Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Day => Values::Days(Vec::new()),
        };
        Self { values, required: column.required, defined: Vec::new(), repeated: Vec::new() }
    }

    /// Takes a value and returns how many bytes it may need.
    fn push(&mut self, cell: &Cell<'_>) -> usize {
        if let (Values::Lists(values), Cell::List(items)) = (&mut self.values, cell)
            && !items.is_empty()
        {
            for (n, item) in items.iter().enumerate() {
                values.push(ByteArray::from(*item));
                // The list is there (1) and has this element (2); all elements but the first go on with it.
                self.defined.push(if self.required { 1 } else { 2 });
                self.repeated.push(i16::from(n > 0));
            }
            return items.iter().map(|item| item.len() + OVERHEAD).sum();
        }
        let (found, bytes) = match (&mut self.values, cell) {
            (Values::Texts(values), Cell::Text(text)) => {
                // Neighbouring rows are often of one document, one statement, one kind.
                let same = values.last().filter(|last| last.data() == text.as_bytes()).cloned();
                let own = if same.is_some() { 0 } else { text.len() };
                values.push(same.unwrap_or_else(|| ByteArray::from(&**text)));
                (true, own + OVERHEAD)
            }
            (Values::Integers(values), Cell::Integer(value)) => {
                values.push(*value);
                (true, 8)
            }
            (Values::Numbers(values), Cell::Number(value)) => {
                values.push(*value);
                (true, 8)
            }
            (Values::Days(values), Cell::Day(day)) => {
                values.push(EPOCH.until(*day).map_or(0, |span| span.get_days()));
                (true, 8)
            }
            (_, cell) => {
                debug_assert!(!self.required || *cell != Cell::None, "a value is missing");
                (false, 2)
            }
        };
        if matches!(self.values, Values::Lists(_)) {
            self.repeated.push(0);
        }
        self.defined.push(i16::from(found));
        bytes
    }

    fn write(&mut self, chunk: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let flat = (!self.required).then_some(&self.defined[..]);
        match &mut self.values {
            Values::Texts(values) => batch::<ByteArrayType>(chunk, values, flat, None),
            Values::Lists(values) => {
                batch::<ByteArrayType>(chunk, values, Some(&self.defined), Some(&self.repeated))
            }
            Values::Integers(values) => batch::<Int64Type>(chunk, values, flat, None),
            Values::Numbers(values) => batch::<DoubleType>(chunk, values, flat, None),
            Values::Days(values) => batch::<Int32Type>(chunk, values, flat, None),
        }?;
        self.defined.clear();
        self.repeated.clear();
        Ok(())
    }
}

fn batch<T: DataType>(
    chunk: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    defined: Option<&[i16]>,
    repeated: Option<&[i16]>,
) -> Result<(), ParquetError> {
    chunk.typed::<T>().write_batch(values, defined, repeated)?;
    values.clear();
    Ok(())
}
