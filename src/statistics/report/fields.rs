//! Columns that several tables share.

use super::{
    table::{Cell, Field, Kind},
    text::Text,
};
use crate::statistics::{Bucket, Buckets, Percentiles, ResponseRow};

/// One row of a table about alerts.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its id or code.
    pub code: String,
    pub name: String,
    /// Something further to know: a station's leader, a school's station.
    pub aside: String,
    pub row: ResponseRow,
    /// The same group in the period before, where that is shown.
    pub before: ResponseRow,
}

/// The code and the name.
pub fn named(title: Text) -> Vec<Field<Line>> {
    vec![
        Field::new("code", Text("编号", "Code"), Kind::Text, |line: &Line| {
            Cell::text(&*line.code)
        }),
        name(title),
    ]
}

/// The name alone.
pub fn name(title: Text) -> Field<Line> {
    Field::new("name", title, Kind::Text, |line: &Line| Cell::text(&*line.name))
}

/// What else is to know.
pub fn aside(key: &'static str, title: Text) -> Field<Line> {
    Field::new(key, title, Kind::Text, |line: &Line| Cell::text(&*line.aside))
}

fn count(
    key: &'static str,
    title: Text,
    of: impl Fn(&ResponseRow) -> usize + 'static,
) -> Field<Line> {
    Field::new(key, title, Kind::Count, move |line: &Line| Cell::count(of(&line.row)))
}

fn share(
    key: &'static str,
    title: Text,
    of: impl Fn(&ResponseRow) -> Option<f64> + 'static,
) -> Field<Line> {
    Field::new(key, title, Kind::Share, move |line: &Line| Cell::share(of(&line.row)))
}

/// On-time rate with its n, what it is made of, and what was left out.
pub fn verdicts() -> Vec<Field<Line>> {
    vec![
        count("alerts", Text("警情数", "Alerts"), |row| row.alerts),
        count("n", Text("应计数 n", "n"), |row| row.n),
        count("met", Text("按时", "Met"), |row| row.met),
        count("late", Text("迟到", "Late"), |row| row.late),
        count("missed", Text("未到达", "Missed"), |row| row.missed),
        count("breaching", Text("超时未到", "Breaching"), |row| row.breaching),
        count("excused", Text("已说明", "Excused"), |row| row.excused),
        share("on_time_rate", Text("规定时间到达率", "On-time rate"), |row| {
            row.on_time_rate
        }),
        share("on_time_low", Text("95% 下限", "95 % low"), |row| {
            row.on_time_interval.map(|[low, _]| low)
        }),
        share("on_time_high", Text("95% 上限", "95 % high"), |row| {
            row.on_time_interval.map(|[_, high]| high)
        }),
        share("adjusted_rate", Text("扣除已说明", "Adjusted rate"), |row| row.adjusted_rate),
        count("left_out", Text("未计入", "Left out"), |row| row.alerts - row.n),
    ]
}

/// Why alerts were left out of the rate.
pub fn left_out() -> Vec<Field<Line>> {
    vec![
        count("merged", Text("已并案", "Merged"), |row| row.left_out.merged),
        count("inquiry", Text("咨询", "Inquiries"), |row| row.left_out.inquiry),
        count("ended_early", Text("限前无警力结束", "Ended before the limit"), |row| {
            row.left_out.ended_early
        }),
        count("advisory", Text("参考计时", "Advisory"), |row| row.left_out.advisory),
        count("pending", Text("计时中", "Within the limit"), |row| row.left_out.pending),
        count("test", Text("测试", "Tests"), |row| row.left_out.test),
    ]
}

/// How alerts ended, of all received.
pub fn endings() -> Vec<Field<Line>> {
    type Of = fn(&ResponseRow) -> usize;
    let each: [(&str, Text, &str, Text, Of); 6] = [
        ("valid", Text("有效", "Valid"), "valid_rate", Text("有效率", "Valid rate"), |row| {
            row.endings.valid
        }),
        ("false", Text("误报", "False"), "false_rate", Text("误报率", "False rate"), |row| {
            row.endings.false_alarm
        }),
        (
            "malicious",
            Text("恶意报警", "Malicious"),
            "malicious_rate",
            Text("恶意率", "Malicious rate"),
            |row| row.endings.malicious,
        ),
        (
            "duplicate",
            Text("重复", "Duplicate"),
            "duplicate_rate",
            Text("重复率", "Duplicate rate"),
            |row| row.endings.duplicate,
        ),
        (
            "declined",
            Text("拒绝出警", "Declined"),
            "decline_rate",
            Text("拒绝率", "Decline rate"),
            |row| row.endings.declined,
        ),
        (
            "reopened",
            Text("重新打开", "Reopened"),
            "reopen_rate",
            Text("重开率", "Reopen rate"),
            |row| row.endings.reopened,
        ),
    ];
    let mut fields = vec![count("alerts", Text("警情数", "Alerts"), |row| row.alerts)];
    for (key, title, rate_key, rate_title, of) in each {
        fields.push(count(key, title, of));
        fields.push(Field::new(rate_key, rate_title, Kind::Share, move |line: &Line| {
            Cell::part(of(&line.row), line.row.alerts)
        }));
    }
    fields
}

/// The distribution of the response time.
pub fn response() -> Vec<Field<Line>> {
    spans(|line: &Line| line.row.response.clone())
}

/// n, percentiles and the maximum.
pub fn spans<T>(of: impl Fn(&T) -> Percentiles + Copy + 'static) -> Vec<Field<T>> {
    let span = move |key, title, pick: fn(&Percentiles) -> Option<i64>| {
        Field::new(key, title, Kind::Span, move |it: &T| Cell::span(pick(&of(it))))
    };
    vec![
        Field::new("measured", Text("有记录数", "Measured"), Kind::Count, move |it: &T| {
            Cell::count(of(it).n)
        }),
        span("p50", Text("p50", "p50"), |it| it.p50_ms),
        span("p90", Text("p90", "p90"), |it| it.p90_ms),
        span("p95", Text("p95", "p95"), |it| it.p95_ms),
        span("p99", Text("p99", "p99"), |it| it.p99_ms),
        span("max", Text("最长", "Longest"), |it| it.max_ms),
    ]
}

/// How many arrived within 1, 3, 5, 8 and 10 minutes, of those that needed an arrival.
pub fn arrivals() -> Vec<Field<Line>> {
    let mut fields = vec![count("needed", Text("应到达", "Needed"), |row| row.arrivals.needed)];
    let titles = [
        (1, Text("1 分钟内", "Within 1 min"), Text("1 分钟到达率", "1-minute rate")),
        (3, Text("3 分钟内", "Within 3 min"), Text("3 分钟到达率", "3-minute rate")),
        (5, Text("5 分钟内", "Within 5 min"), Text("5 分钟到达率", "5-minute rate")),
        (8, Text("8 分钟内", "Within 8 min"), Text("8 分钟到达率", "8-minute rate")),
        (10, Text("10 分钟内", "Within 10 min"), Text("10 分钟到达率", "10-minute rate")),
    ];
    for (minutes, title, rate_title) in titles {
        let within = move |row: &ResponseRow| {
            let found = row.arrivals.within.iter().find(|within| within.minutes == minutes);
            found.map_or(0, |within| within.count)
        };
        fields.push(Field::new(
            format!("within_{}s", minutes * 60),
            title,
            Kind::Count,
            move |line: &Line| Cell::count(within(&line.row)),
        ));
        fields.push(Field::new(
            format!("rate_{}s", minutes * 60),
            rate_title,
            Kind::Share,
            move |line: &Line| Cell::part(within(&line.row), line.row.arrivals.needed),
        ));
    }
    fields
}

/// One kind of buckets: counts and shares of what was measured.
pub fn buckets(
    of: fn(&Buckets) -> &Vec<Bucket>,
    titles: &'static [(i64, Text, Text)],
) -> Vec<Field<Line>> {
    let n =
        move |line: &Line| Cell::count(of(&line.row.buckets).first().map_or(0, |bucket| bucket.n));
    let mut fields = vec![Field::new("measured", Text("有记录数", "Measured"), Kind::Count, n)];
    for (seconds, title, rate_title) in titles {
        let found = move |line: &Line| {
            let mut buckets = of(&line.row.buckets).iter();
            buckets.find(|bucket| bucket.within_seconds == *seconds).cloned()
        };
        fields.push(Field::new(
            format!("within_{seconds}s"),
            *title,
            Kind::Count,
            move |line: &Line| Cell::count(found(line).map_or(0, |bucket| bucket.count)),
        ));
        fields.push(Field::new(
            format!("rate_{seconds}s"),
            *rate_title,
            Kind::Share,
            move |line: &Line| {
                found(line).map_or(Cell::Nothing, |bucket| Cell::part(bucket.count, bucket.n))
            },
        ));
    }
    fields
}
