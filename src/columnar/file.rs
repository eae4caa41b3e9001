//! Files of Arrow (IPC files and streams) and of Parquet.

use std::{
    io::{self, Cursor, Write},
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_ipc::{
    reader::{FileReader, StreamReader},
    writer::FileWriter,
};
use arrow_schema::{ArrowError, Schema};
use parquet::{
    arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder},
    basic::Compression,
    errors::ParquetError,
    file::properties::WriterProperties,
};

use super::{
    kind::Kind,
    read::values,
    write::{array, field},
};
use crate::value::Value;

/// A format of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow: a file (also called Feather 2), or a stream.
    Arrow,
}

/// A table that was read.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// The names of the columns.
    pub(crate) names: Vec<String>,
    /// The values of each column.
    pub(crate) columns: Vec<Vec<Value>>,
}

/// The first bytes of an Arrow file.
const FILE: &[u8] = b"ARROW1";

/// Reads a file. `ends` is asked after each batch of rows whether to end early.
///
/// # Errors
/// What is wrong with the file, or with a column of it.
pub(crate) fn read(bytes: &[u8], form: Form, ends: &dyn Fn() -> bool) -> Result<Frame, String> {
    let text = |error: ArrowError| error.to_string();
    match form {
        Form::Parquet => {
            let bytes = bytes::Bytes::copy_from_slice(bytes);
            let reader = ParquetRecordBatchReaderBuilder::try_new(bytes);
            let reader = reader.and_then(ParquetRecordBatchReaderBuilder::build);
            frame(reader.map_err(|error| error.to_string())?, ends)
        }
        Form::Arrow if bytes.starts_with(FILE) => {
            let reader = FileReader::try_new(Cursor::new(bytes), None);
            frame(reader.map_err(text)?, ends)
        }
        Form::Arrow => {
            let reader = StreamReader::try_new(bytes, None);
            frame(reader.map_err(text)?, ends)
        }
    }
}

fn frame(batches: impl RecordBatchReader, ends: &dyn Fn() -> bool) -> Result<Frame, String> {
    let schema = batches.schema();
    let names: Vec<String> = schema
        .fields()
        .iter()
        .map(|field| field.name().clone())
        .collect();
    let mut columns: Vec<Vec<Value>> = names.iter().map(|_| Vec::new()).collect();
    for batch in batches {
        let batch = batch.map_err(|error| error.to_string())?;
        for ((name, column), array) in names.iter().zip(&mut columns).zip(batch.columns()) {
            let more = values(&**array).map_err(|error| format!("column `{name}`: {error}"))?;
            column.extend(more);
        }
        if ends() {
            break;
        }
    }
    Ok(Frame { names, columns })
}

/// The number of rows that are encoded at once.
const BATCH: usize = 1 << 16;

/// A column to write.
pub(crate) struct Series<'v> {
    /// The name.
    pub(crate) name: &'v str,
    /// The values in order.
    pub(crate) values: Vec<&'v Value>,
    /// Spells the value of a row, where no type of a file fits the values of the column.
    pub(crate) text: &'v dyn Fn(usize) -> String,
}

/// Writes columns of the same length as a file.
///
/// # Errors
/// If the output cannot be written.
pub(crate) fn write(series: &[Series<'_>], form: Form, out: &mut dyn Write) -> io::Result<()> {
    let kinds: Vec<Kind> = series
        .iter()
        .map(|series| Kind::of(series.values.iter().copied()))
        .collect();
    let fields: Vec<_> = series
        .iter()
        .zip(&kinds)
        .map(|(series, kind)| field(series.name, kind))
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let rows = series.first().map_or(0, |series| series.values.len());
    let mut writer = Writer::new(form, &schema, out)?;
    for from in (0..rows).step_by(BATCH) {
        let rows = from..rows.min(from + BATCH);
        let arrays = series.iter().zip(&kinds).map(|(series, kind)| {
            array(&series.values[rows.clone()], kind, &|at| {
                (series.text)(from + at)
            })
        });
        let batch = RecordBatch::try_new(schema.clone(), arrays.collect());
        writer.write(&batch.map_err(arrow)?)?;
    }
    writer.finish()
}

/// Writes batches.
enum Writer<'o> {
    Arrow(Box<FileWriter<&'o mut dyn Write>>),
    /// Parquet's writer goes to other threads; its bytes are passed on after each batch.
    Parquet(Box<ArrowWriter<Buffer>>, Buffer, &'o mut dyn Write),
}

impl<'o> Writer<'o> {
    fn new(form: Form, schema: &Arc<Schema>, out: &'o mut dyn Write) -> io::Result<Self> {
        match form {
            Form::Arrow => {
                let writer = FileWriter::try_new(out, schema).map_err(arrow)?;
                Ok(Self::Arrow(Box::new(writer)))
            }
            Form::Parquet => {
                let buffer = Buffer::default();
                let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
                let writer =
                    ArrowWriter::try_new(buffer.clone(), schema.clone(), Some(properties.build()));
                let writer = writer.map_err(parquet)?;
                Ok(Self::Parquet(Box::new(writer), buffer, out))
            }
        }
    }

    fn write(&mut self, batch: &RecordBatch) -> io::Result<()> {
        match self {
            Self::Arrow(writer) => writer.write(batch).map_err(arrow),
            Self::Parquet(writer, buffer, out) => {
                writer.write(batch).map_err(parquet)?;
                out.write_all(&buffer.take())
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self {
            Self::Arrow(mut writer) => writer.finish().map_err(arrow),
            Self::Parquet(writer, buffer, out) => {
                writer.close().map_err(parquet)?;
                out.write_all(&buffer.take())
            }
        }
    }
}

fn arrow(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error),
    }
}

fn parquet(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// Bytes that are shared with a writer.
#[derive(Clone, Debug, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
