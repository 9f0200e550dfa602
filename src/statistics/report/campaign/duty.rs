//! Peak-duty on-post rates and patrol visits, by school.

use std::sync::Arc;

use crate::{
    domain::{Alert, Within, classification::Mode, district::School, id::SchoolId},
    statistics::{
        Filter, Grouping, PostTime, Query, Visits, post_time,
        report::{
            Order,
            material::Material,
            table::{Cell, ChartKind, Field, Kind, Section},
            text::Text,
        },
        visits,
    },
};

/// One school's duty in the period.
struct Duty {
    school: String,
    name: String,
    station: String,
    time: PostTime,
    visits: Visits,
}

/// Both tables.
pub fn sections(material: &Material<'_>, order: &Order) -> Vec<Section> {
    vec![on_post(material, order), patrol(material, order)]
}

/// Whether a school is within the report's filter.
fn is_meant(school: &School, filter: &Filter) -> bool {
    filter.school.as_ref().is_none_or(|id| *id == school.id)
        && filter.station.as_ref().is_none_or(|id| school.station.as_ref() == Some(id))
}

fn row(material: &Material<'_>, school: &SchoolId) -> Duty {
    Duty {
        school: school.to_string(),
        name: material.school_name(school),
        station: material.station_name_of(school),
        time: PostTime::default(),
        visits: Visits::default(),
    }
}

fn named() -> Vec<Field<Duty>> {
    vec![
        Field::new("code", Text("编号", "Code"), Kind::Text, |it: &Duty| Cell::text(&*it.school)),
        Field::new("name", Text("学校", "School"), Kind::Text, |it: &Duty| Cell::text(&*it.name)),
        Field::new("station", Text("派出所", "Station"), Kind::Text, |it: &Duty| {
            Cell::text(&*it.station)
        }),
    ]
}

fn total(material: &Material<'_>, order: &Order) -> Duty {
    let name = order.language.say(Text("合计", "Total")).to_owned();
    Duty { name, ..row(material, &"".into()) }
}

fn on_post(material: &Material<'_>, order: &Order) -> Section {
    let query = &order.query;
    let to = query.to.min(material.now);
    // Whoever was sent before the period may still have been away in it.
    let since = query.from + Within::from_seconds(-24 * 3600);
    let sent = |mode| {
        let filter = Filter { mode, ..Filter::default() };
        material.alerts(&Query { from: since, to, filter, grouping: Grouping::default() })
    };
    let mut alerts: Vec<Arc<Alert>> = sent(Mode::Actual);
    alerts.extend(sent(Mode::Exercise));
    let alerts = alerts.iter().map(|alert| &**alert);
    let times = post_time(&material.patrol, alerts, query.from, to);
    let meant = |id: &SchoolId| match material.schools.get(id) {
        Some(school) => is_meant(school, &query.filter),
        None => query.filter.school.is_none() && query.filter.station.is_none(),
    };
    let times = times.iter().filter(|(school, time)| time.planned_ms > 0 && meant(school));
    let mut rows: Vec<Duty> =
        times.map(|(school, time)| Duty { time: *time, ..row(material, school) }).collect();
    rows.sort_by(|one, other| {
        let rate = |it: &Duty| it.time.rate().unwrap_or_default();
        rate(one).total_cmp(&rate(other)).then_with(|| one.school.cmp(&other.school))
    });
    let sum = rows.iter().map(|row| row.time).fold(PostTime::default(), PostTime::and);
    let mut fields = named();
    fields.extend([
        Field::new(
            "planned",
            Text("应在岗（岗·分钟）", "Planned post minutes"),
            Kind::Minutes,
            |it: &Duty| Cell::minutes(it.time.planned_ms),
        ),
        Field::new(
            "manned",
            Text("实在岗（岗·分钟）", "Manned post minutes"),
            Kind::Minutes,
            |it: &Duty| Cell::minutes(it.time.manned_ms),
        ),
        Field::new("on_post_rate", Text("在岗率", "On-post rate"), Kind::Share, |it: &Duty| {
            Cell::share(it.time.rate())
        }),
        Field::new(
            "called_away",
            Text("其中出警离岗（岗·分钟）", "Of these, sent to an alert"),
            Kind::Minutes,
            |it: &Duty| Cell::minutes(it.time.called_away_ms),
        ),
    ]);
    Section::of(
        order.language,
        "on_post",
        Text("高峰勤务在岗率", "Peak-duty on-post rates"),
        Text(
            "在岗率＝实在岗 ÷ 应在岗（岗·分钟）。应在岗按当时的高峰勤务时段和岗数，只算到数据时间；\
             实在岗为上岗警力数，最多计到岗数；因出警离岗的仍计在岗，另列其时长。在岗率低的在前。",
            "Manned ÷ planned post minutes. Planned is what the school's duty windows asked for at \
             the time, up to the data time; manned are the units that said they are on post, up to \
             the posts planned. A unit sent to an alert still mans its post here; how much of it \
             that was stands beside it. The lowest rate first.",
        ),
        &fields,
        &rows,
    )
    .with_foot(&fields, &[Duty { time: sum, ..total(material, order) }])
    .with_chart(ChartKind::Bars, "name", &["on_post_rate"], 30)
}

fn patrol(material: &Material<'_>, order: &Order) -> Section {
    let query = &order.query;
    let counted = visits(&material.patrol, query.from, query.to);
    let schools = material.schools.values().filter(|school| is_meant(school, &query.filter));
    let mut rows: Vec<Duty> = schools
        .map(|school| Duty {
            visits: counted.get(&school.id).copied().unwrap_or_default(),
            ..row(material, &school.id)
        })
        .collect();
    rows.sort_by_key(|it| (it.visits.visits, it.school.clone()));
    let sum = |of: fn(&Visits) -> usize| rows.iter().map(|row| of(&row.visits)).sum();
    let visits = Visits {
        visits: sum(|it| it.visits),
        check_ins: sum(|it| it.check_ins),
        ..Visits::default()
    };
    let foot = [Duty { visits, ..total(material, order) }];
    let count = |key: &'static str, title, of: fn(&Visits) -> usize| {
        Field::new(key, title, Kind::Count, move |it: &Duty| Cell::count(of(&it.visits)))
    };
    // Days and units of several schools do not add up.
    let at_school = |key: &'static str, title, of: fn(&Visits) -> usize| {
        Field::new(key, title, Kind::Count, move |it: &Duty| match it.school.is_empty() {
            true => Cell::Nothing,
            false => Cell::count(of(&it.visits)),
        })
    };
    let mut fields = named();
    fields.extend([
        count("visits", Text("巡逻到访", "Patrol visits"), |it| it.visits),
        count("check_ins", Text("签到", "Check-ins"), |it| it.check_ins),
        at_school("days", Text("到访天数", "Days with a visit"), |it| it.days),
        at_school("units", Text("签到警力", "Units"), |it| it.units),
    ]);
    Section::of(
        order.language,
        "visits",
        Text("巡逻到访", "Patrol visits"),
        Text(
            "到访＝在学校签到，与上一次计入的到访相隔不少于 10 分钟，不分警力。到访少的在前；\
             没有到访的学校也列出。",
            "A visit is a check-in at a school at least 10 minutes after the last one counted, \
             whichever unit made it. The fewest first; schools without a visit are in the list.",
        ),
        &fields,
        &rows,
    )
    .with_foot(&fields, &foot)
}
