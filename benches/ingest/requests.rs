//! The requests of one caller: alerts lived from report to closing, as a desk and a phone send them.

use super::product::OPERATOR;

/// Where a caller is in the alert it lives.
pub struct Life {
    caller: usize,
    count: u64,
    step: u8,
    alert: u64,
    assignment: u64,
}

impl Life {
    pub fn of(caller: usize) -> Self {
        Self { caller, count: 0, step: 0, alert: 0, assignment: 0 }
    }

    /// The next request, whole.
    pub fn next(&mut self) -> String {
        let Self { alert, assignment, .. } = *self;
        let steps = ["deliver", "acknowledge", "en-route", "arrive"];
        let (path, body) = match self.step {
            0 => ("alerts".to_owned(), RAISE.to_owned()),
            1 => {
                let unit = self.caller % 500;
                let body =
                    format!("{{\"units\":[{{\"unit\":\"U-{unit}\"}}],\"confirm_stacking\":true}}");
                (format!("alerts/{alert}/dispatch"), body)
            }
            step @ 2..=5 => (
                format!("assignments/{assignment}/{}", steps[usize::from(step) - 2]),
                String::new(),
            ),
            6 => (format!("alerts/{alert}/feedback"), FEEDBACK.to_owned()),
            7 => (format!("assignments/{assignment}/clear"), String::new()),
            8 => (format!("alerts/{alert}/resolve"), RESOLVE.to_owned()),
            _ => (format!("alerts/{alert}/close"), CLOSE.to_owned()),
        };
        self.step = (self.step + 1) % 10;
        self.count += 1;
        let (caller, count) = (self.caller, self.count);
        format!(
            "POST /api/v1/{path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {OPERATOR}\r\n\
             content-type: application/json\r\nidempotency-key: {caller:08x}-{count:016x}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    /// Takes in the answer's body.
    pub fn came_to(&mut self, body: &str) {
        self.alert = number(body, "\"alert\":").unwrap_or(self.alert);
        self.assignment = number(body, "\"assignments\":[").unwrap_or(self.assignment);
    }
}

fn number(body: &str, before: &str) -> Option<u64> {
    let (_, after) = body.split_once(before)?;
    let end = after.find(|one: char| !one.is_ascii_digit()).unwrap_or(after.len());
    after[..end].parse().ok()
}

const RAISE: &str = r#"{"source":"phone110","category":"FIGHT","school":"S-1","summary":"示例：校门口有人打架，双方约六人，暂无人受伤","caller_phone":"13800000000"}"#;
const FEEDBACK: &str = r#"{"kind":"progress","text":"示例：已到现场，正在处置"}"#;
const RESOLVE: &str = r#"{"disposition":"handled_on_scene","result":"示例：已劝离"}"#;
const CLOSE: &str = r#"{"police_count":2,"injured_count":0,"validity":"valid"}"#;
