//! The catalogue of CSV files: what is taken over, and what each fault is told.

use campus_dispatch::{
    cli::{
        data_directory::Draft,
        district::{self, Fault, Noun, Tally},
        limits::Limits,
    },
    domain::{Channel, Command, State, decide::district::DefineStation, district::Station},
};
use encoding_rs::{GB18030, GBK};

const HEADER: &str = "id,name,kind,zone,longitude,latitude,coordinate_system,station,peak_windows,contact_name,contact_phone\n";
const ROW: &str =
    "0012,示例小学,primary,A,100.1,38.2,GCJ-02,D1,Mon-Fri 07:00-08:00 x2,示例联系人,13900000001\n";

fn draft() -> Draft {
    let mut draft = Draft::on(State::default(), Channel::Import);
    let station = Station {
        id: "D1".into(),
        name: "示例派出所".to_owned(),
        position: None,
        leader: None,
        liaison: None,
    };
    draft.propose(&Command::DefineStation(DefineStation { station })).expect("a station");
    draft
}

fn propose(noun: Noun, bytes: &[u8], draft: &mut Draft) -> Result<Tally, Vec<Fault>> {
    district::propose(noun, bytes, Limits::default().district(), draft)
}

fn schools(bytes: &[u8]) -> Result<Tally, Vec<Fault>> {
    propose(Noun::School, bytes, &mut draft())
}

const ONE_ADDED: Tally = Tally { added: 1, changed: 0, unchanged: 0 };

#[test]
fn files_that_are_taken_over() {
    let whole = format!("{HEADER}{ROW}");
    let chinese = "学校名称,学校编号,区域,学校类型,高峰勤务\n示例小学,0012,A,小学,周一至周五 07:00-08:00 x2\n";
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("plain", whole.clone().into()),
        ("UTF-8 with a mark", [b"\xef\xbb\xbf", whole.as_bytes()].concat()),
        ("GBK", GBK.encode(&whole).0.into_owned()),
        ("GB18030", GB18030.encode(&whole.replace("示例小学", "示例𠮷小学")).0.into_owned()),
        ("tabs", whole.replace(',', "\t").into()),
        ("semicolons", whole.replace(',', ";").into()),
        ("Windows line ends", whole.replace('\n', "\r\n").into()),
        ("mixed line ends", format!("{}\r\n{ROW}\n\r\n", HEADER.trim_end()).into()),
        ("no line end", whole.trim_end().into()),
        ("Chinese columns in another order", chinese.into()),
        ("quoted cells", "id,name,kind,zone\n0012,\"示例,小学\",primary,a\n".into()),
        ("empty cells at the end", "id,name,kind,zone\n0012,示例,primary,A,,,\n".into()),
        ("headers in capitals", "ID,Name,Kind,Zone\n0012,示例,primary,A\n".into()),
    ];
    for (name, bytes) in cases {
        assert_eq!(schools(&bytes), Ok(ONE_ADDED), "{name}");
    }
}

#[test]
fn rows_that_are_refused() {
    let with = |row: &str| format!("{HEADER}{ROW}{row}\n").into_bytes();
    for (row, told) in [
        (",示例,primary,A,,,,,,,", "id is empty"),
        ("1.2E+17,示例,primary,A,,,,,,,", "rounded"),
        ("1E+17,示例,primary,A,,,,,,,", "rounded"),
        ("a/b,示例,primary,A,,,,,,,", "an id is"),
        ("0012,示例,primary,A,,,,,,,", "in line 2 already"),
        ("S2,,primary,A,,,,,,,", "name is empty"),
        ("S2,=1+1,primary,A,,,,,,,", "formula"),
        ("S2,示例,academy,A,,,,,,,", "none of kindergarten"),
        ("S2,示例,primary,D,,,,,,,", "none of A, B, C"),
        ("S2,示例,primary,A,100.1,,WGS-84,,,,", "go together"),
        ("S2,示例,primary,A,100.1,38.2,,,,,", "need coordinate_system"),
        ("S2,示例,primary,A,100.1,38.2,BD-09,,,,", "none of WGS-84"),
        ("S2,示例,primary,A,38.2,100.1,WGS-84,,,,", "swapped"),
        ("S2,示例,primary,A,200.1,38.2,WGS-84,,,,", "not on the globe"),
        ("S2,示例,primary,A,NaN,38.2,WGS-84,,,,", "not on the globe"),
        ("S2,示例,primary,A,east,38.2,WGS-84,,,,", "no number of degrees"),
        ("S2,示例,primary,A,,,,D9,,,", "D9 is not known"),
        ("S2,示例,primary,A,,,,,Mon 08:00-07:00,,", "peak window"),
        ("S2,示例,primary,A,,,,,,,13900000001", "without contact_name"),
        ("S2,示例,primary", "3 cells under 11 columns"),
        ("S2,示例,primary,A,,,,,,,,extra", "12 cells under 11 columns"),
    ] {
        let faults = schools(&with(row)).expect_err(row);
        assert_eq!(faults.len(), 1, "{row}: {faults:?}");
        assert_eq!(faults[0].line, 3, "{row}");
        assert!(faults[0].reason.contains(told), "{row}: {:?}, not {told:?}", faults[0].reason);
    }
}

#[test]
fn files_that_are_refused_as_a_whole() {
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("id".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bare_utf16: Vec<u8> = "id,name".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = format!(
        "{HEADER}{}",
        "x,示例,primary,A,,,,,,,\n".repeat(Limits::default().district_rows_max + 1)
    );
    for (name, bytes, told) in [
        ("empty", Vec::new(), "the file is empty"),
        ("white space", b" \n\n".to_vec(), "the file is empty"),
        ("header only", HEADER.into(), "no rows"),
        ("separators only", b",,,\n,,\n".to_vec(), "no rows"),
        ("UTF-16", utf16, "UTF-16"),
        ("UTF-16 without a mark", bare_utf16, "UTF-16"),
        ("no encoding", b"id,name\n\xff\xff,\x81".to_vec(), "neither UTF-8 nor GBK"),
        ("a column twice", "id,name,kind,zone,name\na\n".into(), "there twice"),
        ("a column in both languages", "id,name,kind,zone,名称\na\n".into(), "there twice"),
        ("a column missing", "id,name,kind\na,b,primary\n".into(), "zone (区域) is missing"),
        (
            "a column misspelt",
            "id,name,kind,zone,peak_window\na\n".into(),
            "did you mean peak_windows",
        ),
        ("a column without name", "id,name,kind,zone,\na\n".into(), "no name"),
        ("an open quote", format!("{HEADER}{ROW}S2,\"示例,primary,A\n").into(), "never closed"),
        ("too many rows", long.into(), "more than 50000 rows"),
    ] {
        let faults = schools(&bytes).expect_err(name);
        assert_eq!(faults.len(), 1, "{name}");
        assert!(faults[0].reason.contains(told), "{name}: {:?}", faults[0].reason);
    }
}

#[test]
fn every_bad_row_is_told_at_once() {
    let text = format!("{HEADER}{ROW}S2,,primary,A,,,,,,,\n\nS3,示例,primary,Z,,,,,,,\n");
    let lines: Vec<u64> =
        schools(text.as_bytes()).expect_err("two faults").iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [3, 5]);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let text = format!("{HEADER}{ROW}");
    let mut draft = draft();
    propose(Noun::School, text.as_bytes(), &mut draft).expect("good");
    let again = propose(Noun::School, text.as_bytes(), &mut draft);
    assert_eq!(again, Ok(Tally { unchanged: 1, ..Tally::default() }));
    let renamed = text.replace("示例小学", "示例新小学");
    let changed = propose(Noun::School, renamed.as_bytes(), &mut draft);
    assert_eq!(changed, Ok(Tally { changed: 1, ..Tally::default() }));
}

#[test]
fn ids_stay_text_and_coordinates_become_wgs84() {
    let mut draft = draft();
    propose(Noun::School, format!("{HEADER}{ROW}").as_bytes(), &mut draft).expect("good");
    let school = draft.state().schools.get(&"0012".into()).expect("leading zeros are kept");
    let position = school.position.expect("a position");
    let shifted = (position.longitude - 100.1).abs() + (position.latitude - 38.2).abs();
    assert!((0.0005..0.02).contains(&shifted), "GCJ-02 was converted: {position:?}");
    assert_eq!(school.duty_windows[0].posts, 2);
    assert_eq!(school.contact.as_ref().map(|contact| contact.phone.as_str()), Some("13900000001"));
}

#[test]
fn stations_and_units_are_taken_over() {
    let mut draft = draft();
    let stations = "机构代码,名称,责任领导,责任领导电话,联络员,联络员电话\n\
                    000000000012,示例所,示例领导,13800000001,示例联络员,13800000002\n";
    assert_eq!(propose(Noun::Station, stations.as_bytes(), &mut draft), Ok(ONE_ADDED));
    let station = &draft.state().stations[&"000000000012".into()];
    assert_eq!(station.liaison.as_ref().map(|liaison| liaison.name.as_str()), Some("示例联络员"));
    let units = "编号;名称;类型;所属派出所\nP01;示例巡逻;巡逻警力;000000000012\n";
    assert_eq!(propose(Noun::Unit, units.as_bytes(), &mut draft), Ok(ONE_ADDED));
    let unknown = "id,name,kind,station\nP02,示例,patrol,D7\n";
    let faults = propose(Noun::Unit, unknown.as_bytes(), &mut draft).expect_err("no station D7");
    assert!(faults[0].reason.contains("import the stations first"));
}
