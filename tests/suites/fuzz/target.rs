//! What comes over the wire or by hand, and what must hold of each input.

use std::{fs, time::Duration};

use campus_dispatch::{
    cli::{
        args::Common,
        config::{Environment, Settings},
        data_directory::Draft,
        district::{Noun, propose},
        limits::Limits,
    },
    domain::{Channel, Record, State},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    runtime::Runtime,
    time::timeout,
};

use super::fuzz;
use crate::{
    cli::workbook::Book,
    web::house::{House, token},
};

#[test]
fn frames_of_a_client_harm_nobody() {
    let runtime = Runtime::new().expect("a runtime");
    let house = runtime.block_on(House::open());
    let examples = vec![
        b"\x81\x85\x01\x02\x03\x04idmhn".to_vec(),
        b"\x89\x80\0\0\0\0".to_vec(),
        b"\x01\x81\0\0\0\0x\x80\x81\0\0\0\0y".to_vec(),
        b"\x82\xfe\x40\x01\0\0\0\0".to_vec(),
        b"\x88\x82\0\0\0\0\x03\xe8".to_vec(),
        b"\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0".to_vec(),
    ];
    let written = house.written();
    fuzz("frame", examples, move |input| {
        runtime.block_on(says_frames(&house, input));
        assert_eq!(house.written(), written);
        assert!(house.engine.is_ready());
    });
}

/// Upgrades, sends bytes for frames, hangs up, and waits until the server has hung up too.
async fn says_frames(house: &House, bytes: &[u8]) {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let head = format!(
        "GET /api/v1/live HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\nupgrade: websocket\r\n\
         connection: upgrade\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        house.address,
        token("operator")
    );
    stream.write_all(head.as_bytes()).await.expect("asked");
    let mut first = [0; 12];
    stream.read_exact(&mut first).await.expect("answered");
    // The server may have had enough of the frames before it has read all.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let rest = async { while stream.read(&mut [0; 4096]).await.is_ok_and(|read| read > 0) {} };
    timeout(Duration::from_secs(30), rest).await.expect("the server hangs up");
}

#[test]
fn csv_files_are_taken_or_refused() {
    let examples = vec![
        "id,name,kind,zone,longitude,latitude,coordinate_system,peak_windows\n0012,示例,primary,A,100.1,38.2,GCJ-02,Mon-Fri 07:00-08:00 x2\n".into(),
        "学校名称;学校编号;区域;学校类型;高峰勤务\n示例;0012;A;小学;周一至周五 07:00-08:00 x2\n".into(),
        encoding_rs::GBK.encode("编号\t名称\t类型\nP01\t示例巡逻\t巡逻警力\n").0.into_owned(),
        "id,name,leader_name,leader_phone\nD1,\"示例,所\",示例,13800000001\n".into(),
    ];
    fuzz("csv", examples, imports);
}

#[test]
fn spreadsheets_are_taken_or_refused() {
    let sheet = r#"<dimension ref="A1:D2"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" s="1"><v>46081</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>"#;
    // Bent once packed, and bent before: the checksum would keep most of the former out.
    fuzz("workbook", vec![Book::of(sheet).packed(), sheet.into()], |input| {
        imports(input);
        imports(&Book::of(&String::from_utf8_lossy(input)).packed());
    });
}

/// Takes a file for each kind of thing; what is taken stands in the draft.
fn imports(input: &[u8]) {
    for noun in [Noun::School, Noun::Station, Noun::Unit] {
        let mut draft = Draft::on(State::default(), Channel::Import);
        match propose(noun, input, Limits::default().district(), &mut draft) {
            Ok(tally) => assert_eq!(draft.state().seq as usize, tally.added + tally.changed),
            Err(faults) => assert!(!faults.is_empty()),
        }
    }
}

#[test]
fn configurations_are_taken_or_refused() {
    let directory = TempDir::new().expect("a temporary directory");
    let path = directory.path().join("campus-dispatch.toml");
    let examples = vec![
        b"listen = \"127.0.0.1:0\"\nallowed_origins = [\"https://desk.example\"]\n[limits]\nbody_max = 1000\nheartbeat = \"5s\"\n".to_vec(),
        b"insecure_http = true\nsecure_cookies = false\ndata = \"/srv\"\n".to_vec(),
    ];
    fuzz("configuration", examples, move |input| {
        fs::write(&path, input).expect("written");
        let options = Common { config: Some(path.clone()), ..Common::default() };
        if let Err(failure) = Settings::load(&options, &Environment::new()) {
            assert!(!failure.message.is_empty());
        }
    });
}

#[test]
fn journal_records_are_read_as_they_were_written() {
    let golden = include_str!("../../data/records-v1.jsonl");
    let examples = golden.lines().map(|line| line.as_bytes().to_vec()).collect();
    fuzz("record", examples, |input| {
        if let Ok(record) = serde_json::from_slice::<Record>(input) {
            let written = serde_json::to_vec(&record).expect("written");
            let read: Record = serde_json::from_slice(&written).expect("read back");
            assert_eq!(read, record);
        }
    });
}
