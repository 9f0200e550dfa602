//! A text as rows under known columns. What the columns mean is not known here.

use csv::{ReaderBuilder, StringRecord};

use super::{Fault, Said, cell};

/// A column a file may have.
#[derive(Debug)]
pub struct Column {
    pub key: &'static str,
    /// What else its header may be.
    pub chinese: &'static [&'static str],
    pub required: bool,
}

/// A file's rows. Empty lines are left out.
#[derive(Debug)]
pub struct Sheet {
    header: Vec<&'static str>,
    /// Each with the line it begins in.
    records: Vec<(u64, StringRecord)>,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    header: &'a [&'static str],
    line: u64,
    record: &'a StringRecord,
}

impl Sheet {
    /// Reads a text whose first line names its columns, in any order.
    ///
    /// # Errors
    /// The first thing wrong with the file as a whole.
    pub fn parse(text: &str, columns: &[Column], rows_max: usize) -> Result<Self, Fault> {
        let whole = |reason: Said| Fault { line: 1, reason };
        if text.trim().is_empty() {
            return Err(whole(Said::new(
                "文件为空；首行应为列名",
                "the file is empty; its first line names the columns",
            )));
        }
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let lines = Lines::of(text);
        let mut records: Vec<(u64, StringRecord)> = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                whole(Said::new(format!("无法读取：{error}"), error.to_string()))
            })?;
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                let line = record.position().map_or(1, |position| lines.of_record(position.byte()));
                if records.len() > rows_max {
                    let reason = Said::new(
                        format!("超过 {rows_max} 行，请拆分文件"),
                        format!("more than {rows_max} rows; split the file"),
                    );
                    return Err(Fault { line, reason });
                }
                records.push((line, record));
            }
        }
        if !text.matches('"').count().is_multiple_of(2) {
            let line = records.last().map_or(1, |(line, _)| *line);
            return Err(Fault {
                line,
                reason: Said::new("有一个引号没有闭合", "a quote is opened and never closed"),
            });
        }
        Self::of(records, columns)
    }

    /// Takes rows that are cells already, each with its line; the first names the columns.
    ///
    /// # Errors
    /// When there are none, or the first is no header.
    pub fn of(mut records: Vec<(u64, StringRecord)>, columns: &[Column]) -> Result<Self, Fault> {
        let whole = |reason: Said| Fault { line: 1, reason };
        if records.len() < 2 {
            return Err(whole(Said::new(
                "列名之下没有数据行",
                "the file has no rows under its header",
            )));
        }
        let header = header(&records.remove(0).1, columns).map_err(whole)?;
        Ok(Self { header, records })
    }

    /// Its rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let header = &self.header;
        self.records.iter().map(move |(line, record)| Row { header, line: *line, record })
    }
}

impl<'a> Row<'a> {
    /// The line it begins in.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// What a cell says; `None` where it is empty or the file has no such column.
    pub fn text(&self, key: &str) -> Option<&'a str> {
        let index = self.header.iter().position(|column| *column == key)?;
        self.record.get(index).map(str::trim).filter(|text| !text.is_empty())
    }

    /// A cell that must say something.
    ///
    /// # Errors
    /// When it does not, or holds a formula.
    pub fn required(&self, key: &str) -> Result<&'a str, Said> {
        let text = self
            .text(key)
            .ok_or_else(|| Said::new(format!("{key} 为空"), format!("{key} is empty")))?;
        cell::no_formula(key, text)
    }

    /// A cell that may be empty.
    ///
    /// # Errors
    /// When it holds a formula.
    pub fn optional(&self, key: &str) -> Result<Option<&'a str>, Said> {
        self.text(key).map(|text| cell::no_formula(key, text)).transpose()
    }

    /// The row's key, as text.
    ///
    /// # Errors
    /// When it is missing, or a spreadsheet has made a number of it.
    pub fn id(&self) -> Result<&'a str, Said> {
        cell::id("id", self.required("id")?)
    }

    /// Refuses a row with more or fewer cells than the header; empty ones at the end do not count.
    ///
    /// # Errors
    /// With both numbers.
    pub fn check_length(&self) -> Result<(), Said> {
        let columns = self.header.len();
        let surplus = self.record.iter().skip(columns).any(|cell| !cell.trim().is_empty());
        if self.record.len() < columns || surplus {
            let cells = self.record.len();
            return Err(Said::new(
                format!("{columns} 列之下有 {cells} 个单元格"),
                format!("{cells} cells under {columns} columns"),
            ));
        }
        Ok(())
    }
}

/// Where the lines of a text end.
struct Lines<'a> {
    text: &'a [u8],
    ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        Self { text: text.as_bytes(), ends: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// The line a record begins in. The reader counts the empty lines before a record to it.
    fn of_record(&self, byte: u64) -> u64 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        let is_text = |byte: &u8| !matches!(byte, b'\n' | b'\r');
        let empty = self.text[byte..].iter().position(is_text).unwrap_or_default();
        self.ends.partition_point(|end| *end < byte + empty) as u64 + 1
    }
}

/// The separator: whichever of the three the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    b";\t,".iter().copied().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn header(record: &StringRecord, columns: &[Column]) -> Result<Vec<&'static str>, Said> {
    let mut found = Vec::new();
    for cell in record {
        let cell = cell.trim();
        let name = cell.to_lowercase().replace([' ', '-'], "_");
        let is_named = |column: &&Column| column.key == name || column.chinese.contains(&cell);
        let column = columns.iter().find(is_named).ok_or_else(|| unknown(cell, columns))?;
        if found.contains(&column.key) {
            return Err(Said::new(
                format!("列 {} 重复", column.key),
                format!("the column {} is there twice", column.key),
            ));
        }
        found.push(column.key);
    }
    match columns.iter().find(|column| column.required && !found.contains(&column.key)) {
        Some(missing) => {
            let (key, chinese) = (missing.key, missing.chinese.first().unwrap_or(&missing.key));
            Err(Said::new(
                format!("缺少列 {chinese}（{key}）"),
                format!("the column {key} ({chinese}) is missing"),
            ))
        }
        None => Ok(found),
    }
}

fn unknown(cell: &str, columns: &[Column]) -> Said {
    if cell.is_empty() {
        return Said::new("有一列没有列名", "a column has no name");
    }
    let likeness = |column: &&Column| strsim::jaro_winkler(column.key, cell);
    match columns.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b))) {
        Some(nearest) if likeness(&nearest) > 0.75 => Said::new(
            format!("未知的列“{cell}”；是否为 {}？", nearest.key),
            format!("unknown column \"{cell}\"; did you mean {}?", nearest.key),
        ),
        _ => {
            let keys: Vec<&str> = columns.iter().map(|column| column.key).collect();
            Said::new(
                format!("未知的列“{cell}”；可用的列：{}", keys.join(", ")),
                format!("unknown column \"{cell}\"; columns are {}", keys.join(", ")),
            )
        }
    }
}
