//! Hazards found and fixed (安全隐患).

use std::sync::Arc;

use crate::{
    domain::{
        Alert, Timestamp,
        alert::Hazard,
        classification::{Category, Disposition},
    },
    statistics::{
        Query,
        report::{
            Order,
            material::Material,
            table::{Cell, Field, Kind, Section},
            text::{Language, Text},
        },
    },
};

/// How a found hazard stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    FixedOnTheSpot,
    FixedInTime,
    FixedLate,
    Open,
    Overdue,
    /// Ended in another way, or still being handled.
    Other,
}

impl Standing {
    fn of(alert: &Alert, now: Timestamp) -> Self {
        match &alert.hazard {
            Some(Hazard { fixed_at: Some(at), due_at, .. }) if at <= due_at => Self::FixedInTime,
            Some(Hazard { fixed_at: Some(_), .. }) => Self::FixedLate,
            Some(Hazard { due_at, .. }) if *due_at < now => Self::Overdue,
            Some(_) => Self::Open,
            None if alert.disposition == Some(Disposition::FixedOnTheSpot) => Self::FixedOnTheSpot,
            None => Self::Other,
        }
    }

    fn name(self) -> Text {
        match self {
            Self::FixedOnTheSpot => Text("当场整改", "Fixed on the spot"),
            Self::FixedInTime => Text("按期整改", "Fixed in time"),
            Self::FixedLate => Text("逾期整改", "Fixed late"),
            Self::Open => Text("整改中", "Being fixed"),
            Self::Overdue => Text("逾期未整改", "Overdue"),
            Self::Other => Text("其他", "Other"),
        }
    }
}

/// How many were found in a period, and how they stand.
struct Found {
    name: &'static str,
    standings: Vec<Standing>,
}

impl Found {
    fn count(&self, standing: Standing) -> usize {
        self.standings.iter().filter(|one| **one == standing).count()
    }

    fn fixed(&self) -> usize {
        use Standing::{FixedInTime, FixedLate, FixedOnTheSpot};
        [FixedOnTheSpot, FixedInTime, FixedLate].map(|one| self.count(one)).iter().sum()
    }
}

/// One hazard of the period.
struct Listed {
    alert: Arc<Alert>,
    place: String,
    standing: Standing,
    language: Language,
}

/// The counts, beside the period before, and the list.
pub fn sections(material: &Material<'_>, order: &Order) -> Vec<Section> {
    vec![counts(material, order), list(material, order)]
}

fn found(material: &Material<'_>, query: &Query) -> Vec<Arc<Alert>> {
    let is_hazard = |alert: &Arc<Alert>| {
        alert.merged_into.is_none()
            && (alert.category == Category::Hazard || alert.hazard.is_some())
    };
    material.alerts(query).into_iter().filter(is_hazard).collect()
}

fn counts(material: &Material<'_>, order: &Order) -> Section {
    let of = |name: Text, query: &Query| Found {
        name: order.language.say(name),
        standings: found(material, query)
            .iter()
            .map(|alert| Standing::of(alert, material.now))
            .collect(),
    };
    let rows = [
        of(Text("本期间", "This period"), &order.query),
        of(Text("上一期间", "Period before"), &order.query.before()),
    ];
    let each = |key: &'static str, standing: Standing| {
        Field::new(key, standing.name(), Kind::Count, move |it: &Found| {
            Cell::count(it.count(standing))
        })
    };
    let fields = [
        Field::new("name", Text("期间", "Period"), Kind::Text, |it: &Found| Cell::text(it.name)),
        Field::new("found", Text("发现", "Found"), Kind::Count, |it: &Found| {
            Cell::count(it.standings.len())
        }),
        Field::new("fixed", Text("已整改", "Fixed"), Kind::Count, |it: &Found| {
            Cell::count(it.fixed())
        }),
        Field::new("fixed_rate", Text("整改率", "Fixed rate"), Kind::Share, |it: &Found| {
            Cell::part(it.fixed(), it.standings.len())
        }),
        each("fixed_on_the_spot", Standing::FixedOnTheSpot),
        each("fixed_in_time", Standing::FixedInTime),
        each("fixed_late", Standing::FixedLate),
        each("being_fixed", Standing::Open),
        each("overdue", Standing::Overdue),
        each("other", Standing::Other),
    ];
    Section::of(
        order.language,
        "hazards",
        Text("安全隐患排查整改", "Hazards found and fixed"),
        Text(
            "期间内接报的安全隐患，整改情况为数据时间的情况；已整改＝当场＋按期＋逾期。",
            "Hazards received in the period, as they stand at the data time; fixed: on the spot, \
             in time or late.",
        ),
        &fields,
        &rows,
    )
}

fn list(material: &Material<'_>, order: &Order) -> Section {
    let language = order.language;
    let listed = |alert: Arc<Alert>| Listed {
        place: match &alert.school {
            Some(school) => material.school_name(school),
            None => alert.place.as_ref().map(|place| place.text.clone()).unwrap_or_default(),
        },
        standing: Standing::of(&alert, material.now),
        alert,
        language,
    };
    let rows: Vec<Listed> = found(material, &order.query).into_iter().map(listed).collect();
    let hazard =
        |it: &Listed, of: fn(&Hazard) -> Cell| it.alert.hazard.as_ref().map_or(Cell::Nothing, of);
    let fields = [
        Field::new("alert", Text("警情号", "Alert"), Kind::Count, |it: &Listed| {
            Cell::Count(i64::from(it.alert.id.0))
        }),
        Field::new(
            "received_at",
            Text("接报时间", "Received"),
            Kind::Instant,
            |it: &Listed| Cell::At(it.alert.received_at),
        ),
        Field::new(
            "place",
            Text("学校或地点", "School or place"),
            Kind::Text,
            |it: &Listed| Cell::text(&*it.place),
        ),
        Field::new("summary", Text("情况", "Summary"), Kind::Text, |it: &Listed| {
            Cell::text(&*it.alert.summary)
        }),
        Field::new("standing", Text("整改情况", "Standing"), Kind::Text, |it: &Listed| {
            Cell::text(it.language.say(it.standing.name()))
        }),
        Field::new("measure", Text("临时措施", "Temporary measure"), Kind::Text, move |it| {
            hazard(it, |hazard| Cell::text(&*hazard.measure))
        }),
        Field::new("informed", Text("告知对象", "Who was told"), Kind::Text, move |it| {
            hazard(it, |hazard| Cell::text(&*hazard.informed))
        }),
        Field::new("due_at", Text("整改期限", "Due"), Kind::Instant, move |it| {
            hazard(it, |hazard| Cell::At(hazard.due_at))
        }),
        Field::new("fixed_at", Text("整改时间", "Fixed"), Kind::Instant, move |it| {
            hazard(it, |hazard| Cell::at(hazard.fixed_at))
        }),
    ];
    Section::of(
        language,
        "hazard_list",
        Text("安全隐患清单", "List of hazards"),
        Text("期间内接报的每一处隐患。", "Each hazard received in the period."),
        &fields,
        &rows,
    )
}
