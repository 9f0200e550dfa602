//! Sampling: what a lot draws, what the record itself says to each item of the check-list, and the
//! pass rate (domain standard §9).

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;

use super::{
    Order, Report,
    footing::{Footing, local},
    material::Material,
    table::{Cell, Field, Kind, Section},
    text::{self, Language, Text},
};
use crate::{
    domain::{
        Alert, Timestamp, Verdict,
        assignment::Assignment,
        classification::{Category, Disposition, FeedbackKind, Severity},
        id::{AlertId, StationId},
        sample::{CheckItem, Lot, Mark, Marks, Sample, Score, Stratum},
    },
    statistics::{Filter, Grouping, Query, draw, wilson},
};

/// One drawn alert, as it is looked through.
#[derive(Clone, Debug, Serialize)]
pub struct SampledAlert {
    pub alert: AlertId,
    pub station: Option<StationId>,
    pub station_name: String,
    /// The school, or the place.
    pub place: String,
    pub received_at: Timestamp,
    pub category: Category,
    pub severity: Severity,
    pub verdict: Verdict,
    pub disposition: Option<Disposition>,
    pub result: String,
    pub corrections: usize,
    /// What the record says of itself; an item that only a person can judge is not in it.
    pub found: Marks,
    pub score: Option<Score>,
    pub passed: Option<bool>,
}

/// How many of the scored were passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct PassRate {
    pub drawn: usize,
    pub scored: usize,
    pub passed: usize,
    /// Passed ÷ scored.
    pub rate: Option<f64>,
    /// Wilson's 95 % interval of it.
    pub interval: Option<[f64; 2]>,
}

impl PassRate {
    /// Of these alerts.
    pub fn of<'a>(sample: &Sample, alerts: impl IntoIterator<Item = &'a AlertId>) -> Self {
        let mut rate = Self::default();
        for alert in alerts {
            rate.drawn += 1;
            if let Some(score) = sample.scores.get(alert) {
                rate.scored += 1;
                rate.passed += usize::from(score.is_passed());
            }
        }
        rate.rate = (rate.scored > 0).then(|| rate.passed as f64 / rate.scored as f64);
        rate.interval = wilson(rate.passed, rate.scored);
        rate
    }

    /// Of a whole sample.
    pub fn of_sample(sample: &Sample) -> Self {
        let alerts: Vec<AlertId> = sample.alerts().collect();
        Self::of(sample, &alerts)
    }
}

/// What a lot draws of the material.
pub fn handled(material: &Material<'_>, lot: &Lot) -> Vec<Stratum> {
    let filter = Filter { mode: lot.mode, ..Filter::default() };
    let query = Query { from: lot.from, to: lot.to, filter, grouping: Grouping::default() };
    let alerts = material.alerts(&query);
    draw(lot, alerts.iter().map(|alert| &**alert), |alert| material.station_of(alert))
}

/// The drawn alerts, station by station.
pub fn looked_at(material: &Material<'_>, sample: &Sample) -> Vec<SampledAlert> {
    let of = |stratum: &Stratum, id: &AlertId| {
        let alert = material.alert(*id)?;
        let score = sample.scores.get(id).cloned();
        Some(SampledAlert {
            alert: *id,
            station: stratum.station.clone(),
            station_name: stratum
                .station
                .as_ref()
                .map(|station| material.station_name(station))
                .unwrap_or_default(),
            place: match &alert.school {
                Some(school) => material.school_name(school),
                None => alert.place.as_ref().map(|place| place.text.clone()).unwrap_or_default(),
            },
            received_at: alert.received_at,
            category: alert.category,
            severity: alert.severity,
            verdict: alert.verdict(material.now),
            disposition: alert.disposition,
            result: alert.result.clone().unwrap_or_default(),
            corrections: alert.corrections.len() + alert.excuses.len(),
            found: found(&alert),
            passed: score.as_ref().map(Score::is_passed),
            score,
        })
    };
    let strata = sample.strata.iter();
    strata
        .flat_map(|one| one.alerts.iter().filter_map(|id| of(one, id)).collect::<Vec<_>>())
        .collect()
}

/// What can be read off an alert's record.
fn found(alert: &Alert) -> Marks {
    let yes = |passed| if passed { Mark::Pass } else { Mark::Fail };
    let mut marks = BTreeMap::new();
    let complete = alert.closing.is_some() || (alert.is_imported() && alert.disposition.is_some());
    marks.insert(CheckItem::RecordComplete, yes(complete));
    let mut carried_out =
        alert.assignments.iter().filter(|sent| sent.withdrawal.is_none()).peekable();
    let times = match carried_out.peek() {
        None => Mark::NotApplicable,
        Some(_) => yes(carried_out.all(has_every_point)),
    };
    marks.insert(CheckItem::TimesComplete, times);
    let budgets = alert.tier().map(|tier| alert.policy.budgets.of(tier));
    let dispatched = alert.first_dispatched_at().map(|at| at - alert.started_at());
    let in_time = |span: Option<_>, limit| span.map_or(Mark::NotApplicable, |it| yes(it <= limit));
    let dispatch = budgets.map(|budgets| in_time(dispatched, budgets.dispatch));
    marks.insert(CheckItem::DispatchInTime, dispatch.unwrap_or(Mark::NotApplicable));
    let feedback = match (budgets, alert.first_arrived_at()) {
        (Some(budgets), Some(arrived_at)) => {
            let all = || alert.feedback.iter();
            let first = all().map(|feedback| feedback.at - arrived_at).min();
            let result = all().filter(|feedback| feedback.kind == FeedbackKind::Result);
            let result = result.map(|feedback| feedback.at).chain(alert.resolved_at).min();
            let result = alert.last_cleared_at().zip(result).map(|(cleared, at)| at - cleared);
            let first = first.is_some_and(|span| span <= budgets.first_feedback);
            yes(first && result.is_none_or(|span| span <= budgets.result))
        }
        _ => Mark::NotApplicable,
    };
    marks.insert(CheckItem::FeedbackInTime, feedback);
    if alert.corrections.is_empty() && alert.excuses.is_empty() && alert.reopened == 0 {
        marks.insert(CheckItem::ChangesReasoned, Mark::NotApplicable);
    }
    marks
}

fn has_every_point(sent: &Assignment) -> bool {
    let points = [
        sent.dispatched_at,
        sent.acknowledged_at,
        sent.en_route_at,
        sent.arrived_at,
        sent.cleared_at,
    ];
    points.iter().all(Option::is_some)
}

/// One sample's results as a report.
pub fn sampling(material: &Material<'_>, sample: &Sample, language: Language) -> Report {
    let filter = Filter { mode: sample.lot.mode, ..Filter::default() };
    let Lot { from, to, .. } = sample.lot;
    let query = Query { from, to, filter, grouping: Grouping::Station };
    let order = Order { query: query.clone(), language };
    let policies = material.columns.response(&query, material.now).policies;
    let mut footing = Footing::of(&order, material, policies);
    let say = |text: Text| language.say(text).to_owned();
    footing.lines.push((
        say(Text("抽签", "Lot")),
        match language {
            Language::Chinese => format!(
                "第 {} 号，种子 {}，抽 {} 起，{} 由 {} 抽取",
                sample.id,
                sample.lot.seed,
                sample.lot.size,
                local(sample.drawn_at),
                sample.drawn_by
            ),
            Language::English => format!(
                "sample {}, seed {}, {} asked for, drawn {} by {}",
                sample.id,
                sample.lot.seed,
                sample.lot.size,
                local(sample.drawn_at),
                sample.drawn_by
            ),
        },
    ));
    Report {
        kind: "sampling",
        language,
        title: language.say(Text("抽查结果", "Sampling results")).to_owned(),
        footing,
        sections: vec![
            by_station(material, sample, language),
            by_item(sample, language),
            drawn(material, sample, language),
        ],
    }
}

/// One row of pass rates.
struct Passed {
    name: String,
    handled: usize,
    rate: PassRate,
}

fn pass_fields(title: Text) -> Vec<Field<Passed>> {
    let count = |key: &'static str, title, of: fn(&Passed) -> usize| {
        Field::new(key, title, Kind::Count, move |it: &Passed| Cell::count(of(it)))
    };
    let share = |key: &'static str, title, of: fn(&PassRate) -> Option<f64>| {
        Field::new(key, title, Kind::Share, move |it: &Passed| Cell::share(of(&it.rate)))
    };
    vec![
        Field::new("name", title, Kind::Text, |it: &Passed| Cell::text(&*it.name)),
        count("handled", Text("已办结", "Handled"), |it| it.handled),
        count("drawn", Text("抽中", "Drawn"), |it| it.rate.drawn),
        count("scored", Text("已评定", "Scored"), |it| it.rate.scored),
        count("passed", Text("合格", "Passed"), |it| it.rate.passed),
        share("pass_rate", Text("合格率", "Pass rate"), |it| it.rate),
        share("pass_low", Text("95% 下限", "95 % low"), |it| it.interval.map(|[low, _]| low)),
        share("pass_high", Text("95% 上限", "95 % high"), |it| it.interval.map(|[_, high]| high)),
    ]
}

fn by_station(material: &Material<'_>, sample: &Sample, language: Language) -> Section {
    let row = |stratum: &Stratum| Passed {
        name: match &stratum.station {
            Some(station) => material.station_name(station),
            None => language.say(Text("（无所属派出所）", "(no station)")).to_owned(),
        },
        handled: stratum.handled as usize,
        rate: PassRate::of(sample, &stratum.alerts),
    };
    let rows: Vec<Passed> = sample.strata.iter().map(row).collect();
    let total = Passed {
        name: language.say(Text("合计", "Total")).to_owned(),
        handled: rows.iter().map(|row| row.handled).sum(),
        rate: PassRate::of_sample(sample),
    };
    let fields = pass_fields(Text("派出所", "Station"));
    Section::of(
        language,
        "stations",
        Text("合格率", "Pass rate"),
        Text(
            "合格率＝合格 ÷ 已评定；任何一项不合格即为不合格；区间为 95% 威尔逊区间。",
            "Passed ÷ scored; one failed item fails the alert; Wilson's 95 % interval.",
        ),
        &fields,
        &rows,
    )
    .with_foot(&fields, &[total])
}

/// How often an item was marked so.
struct Item {
    name: &'static str,
    question: &'static str,
    marks: Vec<Mark>,
}

fn by_item(sample: &Sample, language: Language) -> Section {
    let row = |item: &CheckItem| Item {
        name: language.say(text::check_item(*item)),
        question: language.say(text::check_item_question(*item)),
        marks: sample.scores.values().filter_map(|score| score.marks.get(item)).copied().collect(),
    };
    let rows: Vec<Item> = CheckItem::ALL.iter().map(row).collect();
    let count = |key: &'static str, mark: Mark| {
        Field::new(key, text::mark(mark), Kind::Count, move |it: &Item| {
            Cell::count(it.marks.iter().filter(|one| **one == mark).count())
        })
    };
    let fields = [
        Field::new("name", Text("检查项目", "Item"), Kind::Text, |it: &Item| {
            Cell::text(it.name)
        }),
        Field::new("question", Text("检查内容", "Question"), Kind::Text, |it: &Item| {
            Cell::text(it.question)
        }),
        count("pass", Mark::Pass),
        count("fail", Mark::Fail),
        count("not_applicable", Mark::NotApplicable),
    ];
    Section::of(
        language,
        "items",
        Text("逐项情况", "By item"),
        Text(
            "检查表固定，便于不同期间对比。",
            "The list is fixed, so that periods can be compared.",
        ),
        &fields,
        &rows,
    )
}

fn drawn(material: &Material<'_>, sample: &Sample, language: Language) -> Section {
    let rows = looked_at(material, sample);
    let score = |of: fn(&Score) -> Cell| {
        move |it: &SampledAlert| it.score.as_ref().map_or(Cell::Nothing, of)
    };
    let mut fields = vec![
        Field::new("alert", Text("警情号", "Alert"), Kind::Count, |it: &SampledAlert| {
            Cell::Count(i64::from(it.alert.0))
        }),
        Field::new("station", Text("派出所", "Station"), Kind::Text, |it: &SampledAlert| {
            Cell::text(&*it.station_name)
        }),
        Field::new(
            "place",
            Text("学校或地点", "School or place"),
            Kind::Text,
            |it: &SampledAlert| Cell::text(&*it.place),
        ),
        Field::new(
            "received_at",
            Text("接警时间", "Received"),
            Kind::Instant,
            |it: &SampledAlert| Cell::At(it.received_at),
        ),
        Field::new("category", Text("类别", "Category"), Kind::Text, move |it: &SampledAlert| {
            Cell::text(language.say(text::category(it.category)))
        }),
        Field::new("outcome", Text("结论", "Outcome"), Kind::Text, move |it: &SampledAlert| {
            match it.passed {
                Some(true) => Cell::text(language.say(text::mark(Mark::Pass))),
                Some(false) => Cell::text(language.say(text::mark(Mark::Fail))),
                None => Cell::Nothing,
            }
        }),
    ];
    for item in CheckItem::ALL {
        let mark = move |it: &SampledAlert| {
            let mark = it.score.as_ref().and_then(|score| score.marks.get(&item));
            mark.map_or(Cell::Nothing, |mark| Cell::text(language.say(text::mark(*mark))))
        };
        fields.push(Field::new(item.code(), text::check_item(item), Kind::Text, mark));
    }
    fields.extend([
        Field::new(
            "remark",
            Text("说明", "Remark"),
            Kind::Text,
            score(|it| Cell::text(&*it.remark)),
        ),
        Field::new(
            "scored_by",
            Text("评定人", "Scored by"),
            Kind::Text,
            score(|it| Cell::text(it.by.to_string())),
        ),
        Field::new(
            "scored_at",
            Text("评定时间", "Scored"),
            Kind::Instant,
            score(|it| Cell::At(it.at)),
        ),
    ]);
    Section::of(
        language,
        "drawn",
        Text("抽中警情", "Alerts drawn"),
        Text(
            "按派出所分层，各层按“种子:警情号”的 SHA-256 由小到大抽取；同一种子、同一期间，名单相同。",
            "By station; within each, in order of the SHA-256 of SEED:ALERT. The same seed and \
             period draw the same list.",
        ),
        &fields,
        &rows,
    )
}

/// The samples whose period touches the report's; none where there are none.
pub(super) fn sample_section(material: &Material<'_>, order: &Order) -> Option<Section> {
    let query = &order.query;
    let meant = |sample: &&Arc<Sample>| {
        let Lot { from, to, mode, .. } = sample.lot;
        mode == query.filter.mode && from < query.to && query.from < to
    };
    let language = order.language;
    let row = |sample: &Arc<Sample>| Passed {
        name: format!(
            "{} · {} {} · [{}, {})",
            sample.id,
            language.say(Text("种子", "seed")),
            sample.lot.seed,
            &local(sample.lot.from)[..10],
            &local(sample.lot.to)[..10]
        ),
        handled: sample.strata.iter().map(|stratum| stratum.handled as usize).sum(),
        rate: PassRate::of_sample(sample),
    };
    let rows: Vec<Passed> = material.samples.iter().filter(meant).map(row).collect();
    let fields = pass_fields(Text("抽查", "Sample"));
    let section = Section::of(
        language,
        "samples",
        Text("抽查情况", "Samples"),
        Text(
            "期间与本报告相交的抽查。合格率＝合格 ÷ 已评定，区间为 95% 威尔逊区间。",
            "Samples whose period touches this report's. Passed ÷ scored, with Wilson's 95 % \
             interval.",
        ),
        &fields,
        &rows,
    );
    (!rows.is_empty()).then_some(section)
}
