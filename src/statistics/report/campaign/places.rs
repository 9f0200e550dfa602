//! By category, station and school.

use std::cmp::Reverse;

use serde::{Deserialize, de::IntoDeserializer, de::value::Error};

use super::Ask;
use crate::{
    domain::classification::Category,
    statistics::{
        Grouping, Query, ResponseRow, ResponseStatistics,
        report::{
            Order, bulletin,
            fields::{self, Line},
            material::Material,
            table::{Cell, ChartKind, Field, Kind, Section},
            text::{self, Text},
        },
    },
};

/// Rows with their like of the period before, most alerts first.
fn beside_before(
    material: &Material<'_>,
    order: &Order,
    figures: &ResponseStatistics,
    grouping: Grouping,
    line: impl Fn(&str) -> Line,
) -> Vec<Line> {
    let query = Query { grouping, ..order.query.before() };
    let before = material.columns.response(&query, material.now);
    let was = |code: &str| {
        let found = before.rows.iter().find(|row| row.group.as_deref() == Some(code));
        found.cloned().unwrap_or_default()
    };
    let of = |row: &ResponseRow| {
        let code = row.group.clone().unwrap_or_default();
        Line { row: row.clone(), before: was(&code), ..line(&code) }
    };
    let mut lines: Vec<Line> = figures.rows.iter().map(of).collect();
    let missing =
        before.rows.iter().filter(|row| !figures.rows.iter().any(|now| now.group == row.group));
    lines.extend(missing.map(|row| {
        let code = row.group.clone().unwrap_or_default();
        Line { before: row.clone(), ..line(&code) }
    }));
    lines.sort_by_key(|line| (Reverse(line.row.alerts), line.code.clone()));
    lines
}

fn alerts_before() -> Field<Line> {
    let title = Text("上一期间警情数", "Alerts before");
    Field::new("alerts_before", title, Kind::Count, |line: &Line| Cell::count(line.before.alerts))
}

fn rate_before() -> Field<Line> {
    let title = Text("上一期间到达率", "Rate before");
    Field::new("rate_before", title, Kind::Share, |line: &Line| {
        Cell::share(line.before.on_time_rate)
    })
}

/// By category.
pub fn categories(material: &Material<'_>, order: &Order, ask: &Ask<'_>) -> Section {
    let figures = ask(Grouping::Category);
    let line = |code: &str| {
        let known: Result<Category, Error> = Category::deserialize(code.into_deserializer());
        let name = known.map_or(code, |category| order.language.say(text::category(category)));
        Line { code: code.to_owned(), name: name.to_owned(), ..Line::default() }
    };
    let lines = beside_before(material, order, &figures, Grouping::Category, line);
    let mut fields = fields::named(Text("类别", "Category"));
    fields.extend(fields::verdicts());
    fields.extend([alerts_before(), rate_before()]);
    Section::of(
        order.language,
        "categories",
        Text("警情类别", "By category"),
        Text("警情多的在前，与上一期间对比。", "Most alerts first, beside the period before."),
        &fields,
        &lines,
    )
    .with_foot(&fields, &bulletin::totals(&figures, order.language))
    .with_chart(ChartKind::Bars, "name", &["alerts", "alerts_before"], 20)
}

/// By station, worst first, as in the bulletin.
pub fn stations(material: &Material<'_>, order: &Order, ask: &Ask<'_>) -> Section {
    let figures = ask(Grouping::Station);
    let lines = bulletin::station_lines(material, &figures, order.language);
    bulletin::stations(&lines, &figures, order.language)
}

/// By school, most alerts first.
pub fn schools(material: &Material<'_>, order: &Order, ask: &Ask<'_>) -> Section {
    let figures = ask(Grouping::School);
    let line = |code: &str| match code {
        "-" => Line {
            code: code.to_owned(),
            name: order.language.say(Text("（不在学校）", "(at no school)")).to_owned(),
            ..Line::default()
        },
        _ => Line {
            code: code.to_owned(),
            name: material.school_name(&code.into()),
            aside: material.station_name_of(&code.into()),
            ..Line::default()
        },
    };
    let lines = beside_before(material, order, &figures, Grouping::School, line);
    let mut fields = fields::named(Text("学校", "School"));
    fields.push(fields::aside("station", Text("派出所", "Station")));
    fields.extend(fields::verdicts());
    fields.extend([alerts_before(), rate_before()]);
    fields.extend(fields::response());
    Section::of(
        order.language,
        "schools",
        Text("各学校", "By school"),
        Text("警情多的在前，与上一期间对比。", "Most alerts first, beside the period before."),
        &fields,
        &lines,
    )
    .with_foot(&fields, &bulletin::totals(&figures, order.language))
    .with_chart(ChartKind::Bars, "name", &["alerts", "alerts_before"], 20)
}
