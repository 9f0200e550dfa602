//! Requests: how large, how deep, how many.

use reqwest::Method;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    cli::workbook::Book,
    web::{
        actor::{Answer, Caller, answer, fight},
        house::{House, Plan, token},
    },
};

/// Whether the whole answer to bytes on a new connection begins with 200.
async fn is_taken(house: &House, bytes: &[u8]) -> bool {
    let mut stream = TcpStream::connect(house.address).await.expect("connected");
    let _ = stream.write_all(bytes).await;
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    let said = String::from_utf8_lossy(&said);
    let is_taken = said.starts_with("HTTP/1.1 200 ");
    assert!(is_taken || said.starts_with("HTTP/1.1 431 "), "{said}");
    is_taken
}

/// A request whose head is so long, in so many lines.
fn head(length: usize, lines: usize) -> Vec<u8> {
    let begin = "GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n";
    let more: String = (3..lines).map(|line| format!("x-{line}: 1\r\n")).collect();
    let filling = length - begin.len() - more.len() - "x-long: \r\n\r\n".len();
    format!("{begin}{more}x-long: {}\r\n\r\n", "x".repeat(filling)).into()
}

pub async fn a_head_of_bytes(plan: Plan, bytes: usize) -> bool {
    is_taken(&House::of(plan).await, &head(bytes, 8)).await
}

pub async fn a_head_of_lines(plan: Plan, lines: usize) -> bool {
    is_taken(&House::of(plan).await, &head(1_000, lines)).await
}

/// Whether an answer is one of two statuses, the first of them.
fn is(answer: &Answer, taken: u16, refused: u16) -> bool {
    assert!([taken, refused].contains(&answer.status), "{}: {}", answer.status, answer.text);
    answer.status == taken
}

pub async fn a_body(plan: Plan, bytes: usize) -> bool {
    let house = House::of(plan).await;
    let mut body = fight().to_string();
    body += &" ".repeat(bytes - body.len());
    let request = house.operator().request(Method::POST, "/alerts");
    is(&answer(request.header("content-type", "application/json").body(body)).await, 201, 413)
}

pub async fn lists_in_one_another(plan: Plan, depth: usize) -> bool {
    let house = House::of(plan).await;
    let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
    let body = format!(r#"{{"summary":{open}{close}}}"#);
    let request = house.operator().request(Method::POST, "/alerts");
    let answer = answer(request.header("content-type", "application/json").body(body)).await;
    match answer.code() {
        // Read, and then no report.
        "body_invalid" => true,
        "body_too_deep" => false,
        other => panic!("{other}"),
    }
}

async fn uploads(house: &House, file: String) -> Answer {
    let request = house.admin().request(Method::POST, "/imports/stations");
    answer(request.header("content-type", "text/csv").body(file)).await
}

/// A table of one station that is so many bytes long.
pub fn table_of_bytes(bytes: usize) -> String {
    let table = table_of_rows(1);
    let filling = "\n".repeat(bytes - table.len());
    table + &filling
}

/// A table of so many stations.
pub fn table_of_rows(rows: usize) -> String {
    let rows = (0..rows).map(|row| format!("P-9{row},示例派出所 {row}\n"));
    "id,name\n".to_owned() + &rows.collect::<String>()
}

/// A spreadsheet of one station whose parts come to so many bytes unpacked.
pub fn spreadsheet_of_bytes(bytes: usize) -> Vec<u8> {
    let cells = |row, id, name| {
        let cell = |column, text| {
            format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#)
        };
        format!(r#"<row r="{row}">{}{}</row>"#, cell("A", id), cell("B", name))
    };
    let rows = cells(1, "id", "name") + &cells(2, "P-9", "示例派出所");
    let sheet = format!("<sheetData>{rows}</sheetData>");
    let filling = " ".repeat(bytes - Book::of(&sheet).unpacked());
    let book = Book::of(&(sheet + &filling));
    assert_eq!(book.unpacked(), bytes);
    book.packed()
}

pub async fn a_file_of_bytes(plan: Plan, bytes: usize) -> bool {
    let house = House::of(plan).await;
    is(&uploads(&house, table_of_bytes(bytes)).await, 200, 413)
}

pub async fn a_file_of_rows(plan: Plan, rows: usize) -> bool {
    let house = House::of(plan).await;
    uploads(&house, table_of_rows(rows)).await.is(200).body["taken_over"] == json!(true)
}

pub async fn a_spreadsheet_of_bytes(plan: Plan, bytes: usize) -> bool {
    let house = House::of(plan).await;
    let request = house.admin().request(Method::POST, "/imports/stations");
    let request = request.header("content-type", "application/octet-stream");
    let report = answer(request.body(spreadsheet_of_bytes(bytes))).await.is(200);
    let is_taken = report.body["taken_over"] == json!(true);
    assert!(is_taken || report.text.contains("unpacks to too much"), "{}", report.text);
    is_taken
}

/// The last of so many connections, all others idle.
pub async fn connections(plan: Plan, count: usize) -> bool {
    let house = House::of(plan).await;
    let mut idle = Vec::new();
    for _ in 1..count {
        idle.push(TcpStream::connect(house.address).await.expect("connected"));
    }
    is(&house.operator().gets("/alerts").await, 200, 503)
}

/// Requests of an account whose bodies do not come, once the server has begun to read them.
async fn held(house: &House, account: &str, path: &str, count: usize) -> Vec<TcpStream> {
    let mut held = Vec::new();
    for _ in 0..count {
        let mut stream = TcpStream::connect(house.address).await.expect("connected");
        let request = format!(
            "POST /api/v1{path} HTTP/1.1\r\nhost: example\r\nauthorization: Bearer {}\r\n\
             content-type: application/json\r\ncontent-length: 20\r\nexpect: 100-continue\r\n\r\n",
            token(account)
        );
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut told = [0; 12];
        stream.read_exact(&mut told).await.expect("answered");
        assert_eq!(&told, b"HTTP/1.1 100");
        held.push(stream);
    }
    held
}

/// The last of so many requests in progress.
pub async fn at_once(plan: Plan, count: usize) -> bool {
    let house = House::of(plan).await;
    let _held = held(&house, "operator", "/alerts", count - 1).await;
    is(&house.supervisor().gets("/alerts").await, 200, 503)
}

pub async fn phones_at_once(mut plan: Plan, count: usize) -> bool {
    plan.settings.limits.requests_max = 4;
    let house = House::of(plan).await;
    let _held = held(&house, "phone-U-1", "/units/U-1/duty", count - 1).await;
    is(&house.phone("U-2").gets("/session").await, 200, 503)
}

pub async fn viewers_at_once(mut plan: Plan, count: usize) -> bool {
    plan.settings.limits.requests_max = 4;
    let house = House::of(plan).await;
    let _held = held(&house, "operator", "/alerts", count - 1).await;
    is(&house.caller("manager").gets("/alerts").await, 200, 503)
}

/// The last of so many requests while no time passes.
async fn last_of(caller: &Caller, path: &str, count: usize) -> bool {
    for _ in 1..count {
        caller.gets(path).await.is(200);
    }
    is(&caller.gets(path).await, 200, 429)
}

pub async fn one_after_another(plan: Plan, count: usize) -> bool {
    last_of(&House::of(plan).await.operator(), "/alerts", count).await
}

pub async fn of_a_gateway(plan: Plan, count: usize) -> bool {
    last_of(&House::of(plan).await.caller("gateway"), "/session", count).await
}

pub async fn of_strangers(plan: Plan, count: usize) -> bool {
    last_of(&House::of(plan).await.stranger(), "/setup", count).await
}

async fn with_alerts(plan: Plan, count: usize) -> House {
    let house = House::of(plan).await;
    for _ in 0..count {
        house.operator().raises().await;
    }
    house
}

pub async fn a_page_asked_for(plan: Plan, length: usize) -> bool {
    let house = with_alerts(plan, length).await;
    let page = house.operator().gets(&format!("/alerts?limit={length}")).await;
    is(&page, 200, 422)
}

/// Whether so many alerts are on one page.
pub async fn a_page_not_asked_for(plan: Plan, count: usize) -> bool {
    let house = with_alerts(plan, count).await;
    let page = house.operator().gets("/alerts").await.is(200);
    page.body["alerts"].as_array().expect("a list").len() == count
}

/// Whether the last of so many alerts is found at the first try.
pub async fn looked_through(plan: Plan, count: usize) -> bool {
    let house = with_alerts(plan, 1).await;
    for _ in 1..count {
        let mut other = fight();
        other["summary"] = json!("示例：起火");
        house.operator().posts("/alerts", other).await.is(201);
    }
    let page = house.operator().gets("/alerts?q=打架").await.is(200);
    page.body["alerts"].as_array().expect("a list").len() == 1
}
