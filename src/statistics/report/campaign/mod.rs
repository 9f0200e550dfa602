//! The campaign report: any period, set beside the equal period before (domain standard §9).

mod duty;
mod figures;
mod hazards;
mod places;

use super::{
    Order, Report, footing::Footing, material::Material, sampling::sample_section, text::Text,
};
use crate::{
    domain::classification::Mode,
    statistics::{Filter, Grouping, Query, ResponseStatistics},
};

/// Makes the report of a period.
pub fn campaign(material: &Material<'_>, order: &Order) -> Report {
    let ask = |grouping| {
        let query = Query { grouping, ..order.query.clone() };
        material.columns.response(&query, material.now)
    };
    let by_tier = ask(Grouping::Tier);
    let mut sections = figures::whole(&by_tier, order.language);
    sections.push(figures::trend(order, &ask));
    sections.push(places::categories(material, order, &ask));
    sections.push(places::stations(material, order, &ask));
    sections.push(places::schools(material, order, &ask));
    sections.extend(exercises(material, order));
    sections.extend(hazards::sections(material, order));
    sections.extend(duty::sections(material, order));
    sections.extend(sample_section(material, order));
    Report {
        kind: "campaign",
        language: order.language,
        title: order.language.say(Text("护校安园工作总结", "Campaign report")).to_owned(),
        footing: Footing::of(order, material, by_tier.policies),
        sections,
    }
}

/// How one grouping of the period is asked for.
type Ask<'a> = dyn Fn(Grouping) -> ResponseStatistics + 'a;

/// Exercises of the same period and filter, apart from actual alerts.
fn exercises(material: &Material<'_>, order: &Order) -> Option<super::Section> {
    if order.query.filter.mode == Mode::Exercise {
        return None;
    }
    let filter = Filter { mode: Mode::Exercise, ..order.query.filter.clone() };
    let query = Query { filter, grouping: Grouping::Tier, ..order.query.clone() };
    let found = material.columns.response(&query, material.now);
    Some(figures::exercises(&found, order.language))
}
