//! The weekly bulletin: the bucket tables by station, worst first, and what is not closed at the
//! cut-off (domain standard §7 and §9).

use std::{cmp::Ordering, sync::Arc};

use super::{
    Order, Report,
    fields::{self, Line},
    footing::Footing,
    material::Material,
    table::{Cell, ChartKind, Field, Kind, Section},
    text::{self, Language, Text},
};
use crate::{
    domain::{Alert, Timestamp},
    statistics::{Bucket, Buckets, Grouping, Query, ResponseStatistics},
};

/// What the rows without a station are called.
const NO_STATION: Text = Text("（无所属派出所）", "(no station)");

/// Makes the bulletin of a period, a week as a rule.
pub fn bulletin(material: &Material<'_>, order: &Order) -> Report {
    let language = order.language;
    let query = Query { grouping: Grouping::Station, ..order.query.clone() };
    let figures = material.columns.response(&query, material.now);
    let lines = station_lines(material, &figures, language);
    let mut sections = vec![stations(&lines, &figures, language)];
    sections.extend(BUCKETS.iter().map(|table| table.section(&lines, &figures, language)));
    sections.push(arrivals(&lines, &figures, language));
    sections.push(open_at_cut_off(material, order));
    Report {
        kind: "bulletin",
        language,
        title: language.say(Text("涉校警情周通报", "Weekly bulletin")).to_owned(),
        footing: Footing::of(order, material, figures.policies),
        sections,
    }
}

/// One line per station: those with alerts, and those that had none.
pub(super) fn station_lines(
    material: &Material<'_>,
    figures: &ResponseStatistics,
    language: Language,
) -> Vec<Line> {
    let station = |code: &str| material.stations.get(&code.into());
    let line = |row: &crate::statistics::ResponseRow| {
        let code = row.group.clone().unwrap_or_default();
        let known = station(&code);
        Line {
            name: match known {
                Some(station) => station.name.clone(),
                None if code == "-" => language.say(NO_STATION).to_owned(),
                None => code.clone(),
            },
            aside: known
                .and_then(|station| station.leader.as_ref())
                .map(|leader| leader.name.clone())
                .unwrap_or_default(),
            code,
            row: row.clone(),
            ..Line::default()
        }
    };
    let mut lines: Vec<Line> = figures.rows.iter().map(line).collect();
    for (id, station) in &material.stations {
        if !lines.iter().any(|line| line.code == id.as_str()) {
            lines.push(Line {
                code: id.to_string(),
                name: station.name.clone(),
                aside: station.leader.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
                ..Line::default()
            });
        }
    }
    lines
}

/// The total and the period before, below a table of lines.
pub(super) fn totals(figures: &ResponseStatistics, language: Language) -> Vec<Line> {
    let line = |name, row: &crate::statistics::ResponseRow| Line {
        name: language.say(name).to_owned(),
        row: row.clone(),
        ..Line::default()
    };
    vec![
        line(Text("合计", "Total"), &figures.total),
        line(Text("上一期间", "Period before"), &figures.before.total),
    ]
}

/// Stations by on-time rate, worst first.
pub(super) fn stations(
    lines: &[Line],
    figures: &ResponseStatistics,
    language: Language,
) -> Section {
    let mut fields = fields::named(Text("派出所", "Station"));
    fields.push(fields::aside("leader", Text("责任领导", "Responsible leader")));
    fields.extend(fields::verdicts());
    fields.extend(fields::response());
    let mut lines = lines.to_vec();
    lines.sort_by(|one, other| {
        let rates = worst_first(one.row.on_time_rate, other.row.on_time_rate);
        rates.then(other.row.n.cmp(&one.row.n)).then_with(|| one.code.cmp(&other.code))
    });
    Section::of(
        language,
        "stations",
        Text("各派出所规定时间到达率", "On-time rate by station"),
        Text(
            "按时 ÷（按时＋迟到＋未到达＋超时未到＋已说明）；到达率低的在前。p50 至最长为反应时间：\
             首个计入警力到达 − 接警。",
            "Met ÷ (met + late + missed + breaching + excused); the lowest rate first. p50 to \
             longest are of the response time: first arrival of a unit that counts − received.",
        ),
        &fields,
        &lines,
    )
    .with_foot(&fields, &totals(figures, language))
    .with_chart(ChartKind::Bars, "name", &["on_time_rate"], 30)
}

/// What is none comes last.
fn worst_first(one: Option<f64>, other: Option<f64>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// One bucket table.
struct BucketTable {
    key: &'static str,
    title: Text,
    definition: Text,
    of: fn(&Buckets) -> &Vec<Bucket>,
    limits: &'static [(i64, Text, Text)],
}

const BUCKETS: [BucketTable; 3] = [
    BucketTable {
        key: "acknowledgement",
        title: Text("签收用时", "Acknowledgement"),
        definition: Text(
            "签收 − 派警，逐张派警单；没有签收时间的不计。最短时限内占比低的在前。",
            "Acknowledged − dispatched, per assignment; those never acknowledged are not measured. \
             The lowest share within the shortest limit first.",
        ),
        of: |buckets| &buckets.acknowledgement,
        limits: &[
            (30, Text("30 秒内", "Within 30 s"), Text("30 秒占比", "30 s share")),
            (60, Text("60 秒内", "Within 60 s"), Text("60 秒占比", "60 s share")),
            (120, Text("120 秒内", "Within 120 s"), Text("120 秒占比", "120 s share")),
            (180, Text("180 秒内", "Within 180 s"), Text("180 秒占比", "180 s share")),
        ],
    },
    BucketTable {
        key: "turnout",
        title: Text("出警用时", "Turnout"),
        definition: Text(
            "出警 − 派警，逐张派警单；没有出警时间的不计。最短时限内占比低的在前。",
            "En route − dispatched, per assignment; those without the point are not measured. The \
             lowest share within the shortest limit first.",
        ),
        of: |buckets| &buckets.turnout,
        limits: &[
            (300, Text("5 分钟内", "Within 5 min"), Text("5 分钟占比", "5 min share")),
            (600, Text("10 分钟内", "Within 10 min"), Text("10 分钟占比", "10 min share")),
            (900, Text("15 分钟内", "Within 15 min"), Text("15 分钟占比", "15 min share")),
            (1800, Text("30 分钟内", "Within 30 min"), Text("30 分钟占比", "30 min share")),
        ],
    },
    BucketTable {
        key: "feedback",
        title: Text("反馈用时", "Feedback"),
        definition: Text(
            "处置结果反馈 − 首次派警；没有结果反馈的不计。最短时限内占比低的在前。",
            "Result feedback − first dispatch; alerts without one are not measured. The lowest \
             share within the shortest limit first.",
        ),
        of: |buckets| &buckets.feedback,
        limits: &[
            (1800, Text("30 分钟内", "Within 30 min"), Text("30 分钟占比", "30 min share")),
            (3600, Text("1 小时内", "Within 1 h"), Text("1 小时占比", "1 h share")),
            (7200, Text("2 小时内", "Within 2 h"), Text("2 小时占比", "2 h share")),
            (14_400, Text("4 小时内", "Within 4 h"), Text("4 小时占比", "4 h share")),
        ],
    },
];

impl BucketTable {
    fn section(&self, lines: &[Line], figures: &ResponseStatistics, language: Language) -> Section {
        let mut fields = fields::named(Text("派出所", "Station"));
        fields.extend(fields::buckets(self.of, self.limits));
        let mut lines = lines.to_vec();
        let shares = |line: &Line| -> Vec<Option<f64>> {
            let share =
                |bucket: &Bucket| (bucket.n > 0).then(|| bucket.count as f64 / bucket.n as f64);
            (self.of)(&line.row.buckets).iter().map(share).collect()
        };
        lines.sort_by_cached_key(|line| Ranked(shares(line), line.code.clone()));
        Section::of(language, self.key, self.title, self.definition, &fields, &lines)
            .with_foot(&fields, &totals(figures, language))
    }
}

/// Arrival buckets count against every alert that needed an arrival, reached or not.
fn arrivals(lines: &[Line], figures: &ResponseStatistics, language: Language) -> Section {
    let mut fields = fields::named(Text("派出所", "Station"));
    fields.extend(fields::arrivals());
    let mut lines = lines.to_vec();
    let shares = |line: &Line| -> Vec<Option<f64>> {
        let needed = line.row.arrivals.needed;
        let within = line.row.arrivals.within.iter();
        within.map(|it| (needed > 0).then(|| it.count as f64 / needed as f64)).collect()
    };
    lines.sort_by_cached_key(|line| Ranked(shares(line), line.code.clone()));
    Section::of(
        language,
        "arrival",
        Text("到达用时", "Arrival"),
        Text(
            "N 分钟到达率＝N 分钟内到达 ÷ 应到达警情，未到达的也计入分母。最短时限内占比低的在前。",
            "N-minute arrival rate: arrivals within N ÷ alerts that need one, reached or not. The \
             lowest share within the shortest limit first.",
        ),
        &fields,
        &lines,
    )
    .with_foot(&fields, &totals(figures, language))
}

/// Shares in order of limits, the lowest first, none last; then the code.
#[derive(PartialEq)]
struct Ranked(Vec<Option<f64>>, String);

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        // A station without an alert has no buckets at all.
        let first = |ranked: &Self| ranked.0.first().copied().flatten();
        let shares = self.0.iter().zip(&other.0);
        let shares = shares.map(|(one, other)| worst_first(*one, *other));
        worst_first(first(self), first(other))
            .then(shares.fold(Ordering::Equal, Ordering::then))
            .then_with(|| self.1.cmp(&other.1))
    }
}

/// An alert that was not closed at the cut-off.
struct Open {
    alert: Arc<Alert>,
    school: String,
    station: String,
    cut_off: Timestamp,
    now: Timestamp,
    language: Language,
}

impl Open {
    fn say(&self, text: Text) -> Cell {
        Cell::text(self.language.say(text))
    }
}

/// The alerts received before the cut-off (the end of the period, or now) and not closed by then.
fn open_at_cut_off(material: &Material<'_>, order: &Order) -> Section {
    let language = order.language;
    let cut_off = order.query.to.min(material.now);
    let query = Query { from: Timestamp::default(), to: cut_off, ..order.query.clone() };
    let is_open = |alert: &Arc<Alert>| {
        alert.merged_into.is_none() && alert.settled_at().is_none_or(|at| at >= cut_off)
    };
    let open = |alert: Arc<Alert>| Open {
        school: match &alert.school {
            Some(school) => material.school_name(school),
            None => alert.place.as_ref().map(|place| place.text.clone()).unwrap_or_default(),
        },
        station: material
            .station_of(&alert)
            .map(|id| material.station_name(&id))
            .unwrap_or_default(),
        alert,
        cut_off,
        now: material.now,
        language,
    };
    let rows: Vec<Open> = material.alerts(&query).into_iter().filter(is_open).map(open).collect();
    Section::of(
        language,
        "open",
        Text("截止时未办结警情", "Not closed at the cut-off"),
        Text(
            "截止时间（期间终点，未到则为数据时间）前接警、到截止时间仍未办结或撤销的全部警情，\
             不限于本期间接警；状态和结论为数据时间的情况。",
            "Every alert received before the cut-off (the end of the period, or the data time) and \
             neither closed nor cancelled by then, from whatever time; stage and verdict are those \
             of the data time.",
        ),
        &open_fields(),
        &rows,
    )
}

fn open_fields() -> Vec<Field<Open>> {
    vec![
        Field::new("alert", Text("警情号", "Alert"), Kind::Count, |it: &Open| {
            Cell::Count(i64::from(it.alert.id.0))
        }),
        Field::new("received_at", Text("接警时间", "Received"), Kind::Instant, |it: &Open| {
            Cell::At(it.alert.received_at)
        }),
        Field::new("station", Text("派出所", "Station"), Kind::Text, |it: &Open| {
            Cell::text(&*it.station)
        }),
        Field::new(
            "school",
            Text("学校或地点", "School or place"),
            Kind::Text,
            |it: &Open| Cell::text(&*it.school),
        ),
        Field::new("category", Text("类别", "Category"), Kind::Text, |it: &Open| {
            it.say(text::category(it.alert.category))
        }),
        Field::new("severity", Text("等级", "Severity"), Kind::Text, |it: &Open| {
            it.say(text::severity(it.alert.severity))
        }),
        Field::new("tier", Text("响应等级", "Tier"), Kind::Text, |it: &Open| {
            it.alert.tier().map_or(Cell::Nothing, |tier| it.say(text::tier(tier)))
        }),
        Field::new("stage", Text("状态", "Stage"), Kind::Text, |it: &Open| {
            it.say(match it.alert.is_imported() {
                true => Text("来源记录未办结", "Not closed in its source"),
                false => text::stage(it.alert.stage()),
            })
        }),
        Field::new("verdict", Text("时限结论", "Verdict"), Kind::Text, |it: &Open| {
            it.say(text::verdict(it.alert.verdict(it.now)))
        }),
        Field::new("age", Text("截止时已过", "Age at cut-off"), Kind::Span, |it: &Open| {
            Cell::Span((it.cut_off - it.alert.received_at).millis())
        }),
    ]
}
