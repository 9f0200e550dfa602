//! The archive a spreadsheet is packed in, unpacked once to nowhere, within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Bytes of all parts together, unpacked.
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
pub const ENCRYPTED: &str =
    "the file has a password or is an old .xls; save it as .xlsx without a password";
const DAMAGED: &str = "the file is damaged, or no spreadsheet; save it anew as .xlsx";

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
pub fn check(bytes: &[u8]) -> Result<(), String> {
    if is_compound(bytes) {
        return Err(ENCRYPTED.to_owned());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED.to_owned())?;
    if archive.len() > PARTS_MAX {
        return Err(format!("the spreadsheet has more than {PARTS_MAX} parts"));
    }
    if archive.index_for_name("xl/workbook.xml").is_none() {
        return Err("the file is an archive but no .xlsx spreadsheet; save it as .xlsx".to_owned());
    }
    let mut left = UNPACKED_MAX;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| DAMAGED.to_owned())?;
        let name = part.name().map_err(|_| DAMAGED.to_owned())?.to_ascii_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") {
            return Err("the spreadsheet holds macros; save it as .xlsx without them".to_owned());
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
fn unpack(part: &mut impl Read, max: u64, is_markup: bool) -> Result<u64, String> {
    let mut buffer = [0; 16 * 1024];
    let (mut length, mut run, mut last) = (0, 0, 0);
    loop {
        let read = part.read(&mut buffer).map_err(|_| DAMAGED.to_owned())?;
        if read == 0 {
            return Ok(length);
        }
        length += read as u64;
        if length > max {
            return Err(
                "the spreadsheet unpacks to too much; leave out what is not the table".to_owned()
            );
        }
        for &byte in buffer[..read].iter().filter(|_| is_markup) {
            run = if byte == b'<' { 0 } else { run + 1 };
            // Comments and the like may hide any number of tags from the rule above.
            if run > RUN_MAX || (last, byte) == (b'<', b'!') {
                return Err("the spreadsheet holds what no spreadsheet writes; save it anew, \
                            without pictures"
                    .to_owned());
            }
            last = byte;
        }
    }
}
