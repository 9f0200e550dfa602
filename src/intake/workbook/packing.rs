//! The archive a spreadsheet is packed in, unpacked once to nowhere, within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::intake::Said;

/// Bytes of all parts together, unpacked, unless a site wants fewer.
pub const UNPACKED_MAX: u64 = 100 * 1024 * 1024;
/// Bytes of one sheet. One cell may hold all of it, and is then copied.
pub const SHEET_MAX: u64 = 48 * 1024 * 1024;
/// Bytes of every other part: texts, styles and names are kept whole while the file is read, and
/// five bytes of them may become forty.
pub const PART_MAX: u64 = 12 * 1024 * 1024;
/// Bytes of a part that is no markup by its name, such as a picture.
pub const OTHER_MAX: u64 = 4 * 1024 * 1024;
/// Parts of the archive; a spreadsheet with pictures has some dozens.
pub const PARTS_MAX: usize = 1_000;
/// Bytes between two tags. A cell holds 32,767 characters.
const RUN_MAX: usize = 256 * 1024;

/// Said of a file under a password, and of the format before 2007, which look alike.
pub fn encrypted() -> Said {
    Said::new(
        "文件有密码，或是旧版 .xls；请另存为不带密码的 .xlsx",
        "the file has a password or is an old .xls; save it as .xlsx without a password",
    )
}
fn damaged() -> Said {
    Said::new(
        "文件损坏，或不是表格；请重新保存为 .xlsx",
        "the file is damaged, or no spreadsheet; save it anew as .xlsx",
    )
}

/// Whether bytes are a ZIP archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether bytes are a compound document: a spreadsheet under a password, or one of old.
pub fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Unpacks every part and refuses what would cost too much, runs something, or is damaged.
///
/// # Errors
/// In one sentence, with what to do.
pub fn check(bytes: &[u8], unpacked_max: u64) -> Result<(), Said> {
    if is_compound(bytes) {
        return Err(encrypted());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > PARTS_MAX {
        return Err(Said::new(
            format!("表格的组成部分超过 {PARTS_MAX} 个"),
            format!("the spreadsheet has more than {PARTS_MAX} parts"),
        ));
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err(Said::new(
            "文件是压缩包但不是 .xlsx 表格；请保存为 .xlsx",
            "the file is an archive but no .xlsx spreadsheet; save it as .xlsx",
        ));
    }
    let mut left = unpacked_max;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| damaged())?;
        let name = part.name().map_err(|_| damaged())?.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") {
            return Err(Said::new(
                "表格含有宏；请保存为不含宏的 .xlsx",
                "the spreadsheet holds macros; save it as .xlsx without them",
            ));
        }
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        let max = match name.starts_with("xl/worksheets/sheet") {
            true if is_markup => SHEET_MAX,
            _ if is_markup => PART_MAX,
            _ => OTHER_MAX,
        };
        left -= unpack(&mut part, max.min(left), is_markup)?;
    }
    Ok(())
}

/// Reads a part to its end; its length. Its checksum is checked on the way.
fn unpack(part: &mut impl Read, max: u64, is_markup: bool) -> Result<u64, Said> {
    let mut buffer = [0; 16 * 1024];
    let (mut length, mut run, mut last) = (0, 0, 0);
    loop {
        let read = part.read(&mut buffer).map_err(|_| damaged())?;
        if read == 0 {
            return Ok(length);
        }
        length += read as u64;
        if length > max {
            return Err(Said::new(
                "表格解压后过大；请删去表格以外的内容",
                "the spreadsheet unpacks to too much; leave out what is not the table",
            ));
        }
        for &byte in buffer[..read].iter().filter(|_| is_markup) {
            run = if byte == b'<' { 0 } else { run + 1 };
            // Comments and the like may hide any number of tags from the rule above.
            if run > RUN_MAX || (last, byte) == (b'<', b'!') {
                return Err(Said::new(
                    "表格含有一般表格没有的内容；请去掉图片后重新保存",
                    "the spreadsheet holds what no spreadsheet writes; save it anew, without pictures",
                ));
            }
            last = byte;
        }
    }
}
