//! Counts, tiers, verdicts, intervals and the trend.

use super::Ask;
use crate::{
    domain::Within,
    statistics::{
        Grouping, Percentiles, ResponseRow, ResponseStatistics,
        report::{
            Order,
            bulletin::totals,
            fields::{self, Line},
            table::{Cell, ChartKind, Field, Kind, Section},
            text::{Language, Text},
        },
    },
};

/// The sections about the period as a whole and by tier.
pub fn whole(figures: &ResponseStatistics, language: Language) -> Vec<Section> {
    vec![
        overview(figures, language),
        endings(figures, language),
        tiers(figures, language),
        arrivals(figures, language),
        intervals(figures, language),
    ]
}

/// This period and the one before.
fn periods(figures: &ResponseStatistics, language: Language) -> Vec<Line> {
    let line = |name, row: &ResponseRow| Line {
        name: language.say(name).to_owned(),
        row: row.clone(),
        ..Line::default()
    };
    vec![
        line(Text("本期间", "This period"), &figures.total),
        line(Text("上一期间", "Period before"), &figures.before.total),
    ]
}

fn overview(figures: &ResponseStatistics, language: Language) -> Section {
    let mut fields = vec![fields::name(Text("期间", "Period"))];
    fields.extend(fields::verdicts());
    fields.extend(fields::left_out());
    Section::of(
        language,
        "overview",
        Text("总体情况", "Overview"),
        Text(
            "与等长的上一期间对比。规定时间到达率＝按时 ÷（按时＋迟到＋未到达＋超时未到＋已说明），\
             区间为 95% 威尔逊区间；未计入的按原因列出。",
            "Beside the equal period before. On-time rate: met ÷ (met + late + missed + breaching \
             + excused), with Wilson's 95 % interval; what was left out stands by reason.",
        ),
        &fields,
        &periods(figures, language),
    )
    .with_chart(ChartKind::Bars, "name", &["alerts", "met"], 2)
}

fn endings(figures: &ResponseStatistics, language: Language) -> Section {
    let mut fields = vec![fields::name(Text("期间", "Period"))];
    fields.extend(fields::endings());
    Section::of(
        language,
        "endings",
        Text("警情质量", "How alerts ended"),
        Text(
            "各率均为占全部接报警情的比例；重复含并案；拒绝出警指至少有一个警力拒绝。",
            "Each rate is of all received; duplicates include merged ones; declined means that a \
             unit declined.",
        ),
        &fields,
        &periods(figures, language),
    )
}

/// The rows of a grouping by tier; those without a clock say so.
fn tier_lines(figures: &ResponseStatistics, language: Language) -> Vec<Line> {
    let no_clock = Text("无计时", "No clock");
    let line = |row: &ResponseRow| {
        let code = row.group.clone().unwrap_or_default();
        let name = if code == "-" { language.say(no_clock).to_owned() } else { code.clone() };
        Line { code, name, row: row.clone(), ..Line::default() }
    };
    figures.rows.iter().map(line).collect()
}

fn tiers(figures: &ResponseStatistics, language: Language) -> Section {
    let mut fields = vec![fields::name(Text("响应等级", "Tier"))];
    fields.extend(fields::verdicts());
    fields.extend(fields::response());
    Section::of(
        language,
        "tiers",
        Text("各响应等级", "By tier"),
        Text(
            "1、3、5 分钟响应等级的时限结论；p50 至最长为反应时间：首个计入警力到达 − 接警。",
            "Verdicts by tier; p50 to longest are of the response time: first arrival of a unit \
             that counts − received.",
        ),
        &fields,
        &tier_lines(figures, language),
    )
    .with_foot(&fields, &totals(figures, language))
    .with_chart(
        ChartKind::Stacked,
        "name",
        &["met", "late", "missed", "breaching", "excused"],
        4,
    )
}

fn arrivals(figures: &ResponseStatistics, language: Language) -> Section {
    let mut fields = vec![fields::name(Text("响应等级", "Tier"))];
    fields.extend(fields::arrivals());
    Section::of(
        language,
        "arrivals",
        Text("N 分钟到达率", "N-minute arrival rates"),
        Text(
            "N 分钟内到达 ÷ 应到达警情，未到达的也计入分母。",
            "Arrivals within N minutes ÷ alerts that need one, reached or not.",
        ),
        &fields,
        &tier_lines(figures, language),
    )
    .with_foot(&fields, &totals(figures, language))
}

/// One interval's distribution in this period.
struct Interval {
    key: &'static str,
    name: &'static str,
    meaning: &'static str,
    spans: Percentiles,
}

fn intervals(figures: &ResponseStatistics, language: Language) -> Section {
    let row = &figures.total;
    let interval = |key, name: Text, meaning: Text, spans: &Percentiles| Interval {
        key,
        name: language.say(name),
        meaning: language.say(meaning),
        spans: spans.clone(),
    };
    let rows = [
        interval(
            "response",
            Text("反应时间", "Response time"),
            Text("首个计入警力到达 − 接警", "First arrival of a unit that counts − received"),
            &row.response,
        ),
        interval(
            "handling",
            Text("接派警", "Handling"),
            Text("首次派警 − 接警", "First dispatched − received"),
            &row.handling,
        ),
        interval(
            "acknowledgement",
            Text("签收", "Acknowledgement"),
            Text("签收 − 派警，逐张派警单", "Acknowledged − dispatched, per assignment"),
            &row.acknowledgement,
        ),
        interval(
            "turnout",
            Text("出警", "Turnout"),
            Text("出警 − 派警，逐张派警单", "En route − dispatched, per assignment"),
            &row.turnout,
        ),
        interval(
            "travel",
            Text("途中", "Travel"),
            Text("到达 − 出警，逐张派警单", "Arrived − en route, per assignment"),
            &row.travel,
        ),
        interval(
            "control",
            Text("控制", "Control"),
            Text("最后离开 − 首次到达", "Last cleared − first arrived"),
            &row.control,
        ),
        interval(
            "first_feedback",
            Text("首次反馈", "First feedback"),
            Text("首次反馈 − 首次到达", "First feedback − first arrival"),
            &row.first_feedback,
        ),
        interval(
            "result_feedback",
            Text("结果反馈", "Result feedback"),
            Text("结果反馈 − 首次派警", "Result − first dispatched"),
            &row.result_feedback,
        ),
        interval(
            "close",
            Text("办结", "Close"),
            Text("办结 − 接警", "Closed − received"),
            &row.close,
        ),
    ];
    let mut fields = vec![
        Field::new("code", Text("代码", "Code"), Kind::Text, |it: &Interval| Cell::text(it.key)),
        Field::new("name", Text("用时", "Interval"), Kind::Text, |it: &Interval| {
            Cell::text(it.name)
        }),
        Field::new("meaning", Text("口径", "Definition"), Kind::Text, |it: &Interval| {
            Cell::text(it.meaning)
        }),
    ];
    fields.extend(fields::spans(|it: &Interval| it.spans.clone()));
    Section::of(
        language,
        "intervals",
        Text("各环节用时", "Intervals"),
        Text(
            "最近秩百分位数，精确值；不足 10 个只列最长。各环节的百分位数不能相加。",
            "Exact percentiles by nearest rank; below 10 only the longest. Percentiles of \
             intervals never add up.",
        ),
        &fields,
        &rows,
    )
}

/// By day up to five weeks, by week up to a year, else by month.
pub fn trend(order: &Order, ask: &Ask<'_>) -> Section {
    const DAY: Within = Within::from_seconds(24 * 3600);
    let days = (order.query.to - order.query.from).millis() / DAY.millis();
    let (grouping, title) = match days {
        ..=35 => (Grouping::Day, Text("日期", "Day")),
        36..=371 => (Grouping::Week, Text("周", "Week")),
        _ => (Grouping::Month, Text("月份", "Month")),
    };
    let figures = ask(grouping);
    let line = |row: &ResponseRow| Line {
        name: row.group.clone().unwrap_or_default(),
        row: row.clone(),
        ..Line::default()
    };
    let lines: Vec<Line> = figures.rows.iter().map(line).collect();
    let mut fields = vec![fields::name(title)];
    fields.extend(fields::verdicts());
    fields.extend(fields::response());
    Section::of(
        order.language,
        "trend",
        Text("走势", "Trend"),
        Text(
            "按接警时间（北京时间）归入；没有警情的日期不列。",
            "By the time of receipt in Asia/Shanghai; a day without an alert has no row.",
        ),
        &fields,
        &lines,
    )
    .with_foot(&fields, &totals(&figures, order.language))
    .with_chart(ChartKind::Line, "name", &["alerts", "met"], 400)
}

/// Exercises by tier.
pub fn exercises(figures: &ResponseStatistics, language: Language) -> Section {
    let mut fields = vec![fields::name(Text("响应等级", "Tier"))];
    fields.extend(fields::verdicts());
    fields.extend(fields::response());
    Section::of(
        language,
        "exercises",
        Text("演练", "Exercises"),
        Text(
            "演练单独统计，不计入以上任何数字。",
            "Exercises stand apart and are in no figure above.",
        ),
        &fields,
        &tier_lines(figures, language),
    )
    .with_foot(&fields, &totals(figures, language))
}
