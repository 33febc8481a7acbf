//! Records that wait for the end of a feed, in a temporary file: only then is it known which of the
//! resources that they point to are records as well.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Result, Seek as _, Write as _};

use data_encoding::BASE64;

use super::COLLECTIONS;
use crate::source::contract::RawRecord;

/// The records, in the order in which they came.
#[derive(Default)]
pub(super) struct Spool {
    writer: Option<BufWriter<File>>,
    reader: Option<BufReader<File>>,
    count: u64,
}

impl Spool {
    /// Adds a record.
    pub(super) fn push(&mut self, record: &RawRecord) -> Result<()> {
        if self.writer.is_none() {
            self.writer = Some(BufWriter::new(tempfile::tempfile()?));
        }
        if let Some(writer) = &mut self.writer {
            let line = serde_json::json!([
                record.collection,
                record.key,
                BASE64.encode(&record.payload),
                record.mark
            ]);
            writeln!(writer, "{line}")?;
            self.count += 1;
        }
        Ok(())
    }

    /// How many wait.
    pub(super) fn len(&self) -> u64 {
        self.count
    }

    /// Takes the next record; nothing can be added once this has begun.
    pub(super) fn pop(&mut self) -> Result<Option<RawRecord>> {
        if let Some(writer) = self.writer.take() {
            let mut file = writer
                .into_inner()
                .map_err(std::io::IntoInnerError::into_error)?;
            file.rewind()?;
            self.reader = Some(BufReader::new(file));
        }
        let Some(reader) = &mut self.reader else {
            return Ok(None);
        };
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            if let Some(record) = record(&line) {
                self.count = self.count.saturating_sub(1);
                return Ok(Some(record));
            }
            line.clear();
        }
        Ok(None)
    }
}

fn record(line: &str) -> Option<RawRecord> {
    let (collection, key, payload, mark): (String, String, String, Option<String>) =
        serde_json::from_str(line).ok()?;
    Some(RawRecord {
        collection: COLLECTIONS.into_iter().find(|known| *known == collection)?,
        key,
        payload: BASE64.decode(payload.as_bytes()).ok()?,
        mark,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_come_out_as_they_went_in() {
        let mut spool = Spool::default();
        assert_eq!(spool.pop().unwrap(), None);
        let records: Vec<RawRecord> = (0..3)
            .map(|n| RawRecord {
                collection: COLLECTIONS[n],
                key: format!("k\n{n}"),
                payload: vec![u8::try_from(n).unwrap(), b'\n'],
                mark: (n > 0).then(|| "m".to_owned()),
            })
            .collect();
        for record in &records {
            spool.push(record).unwrap();
        }
        let mut found = Vec::new();
        while let Some(record) = spool.pop().unwrap() {
            found.push(record);
        }
        assert_eq!((found, spool.len()), (records, 0));
    }
}
