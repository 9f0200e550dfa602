//! What a report's figures rest on: period, filter, data time, journal head, policies.

use chrono::DateTime;
use serde::Serialize;

use super::{
    Order,
    material::Material,
    text::{self, Language, Text},
};
use crate::{
    domain::{Seq, Timestamp, time::CENTRE_UTC_OFFSET},
    statistics::{Filter, PolicyShare},
};

/// Carried by every form of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Footing {
    pub from: Timestamp,
    pub to: Timestamp,
    /// The equal period before.
    pub before_from: Timestamp,
    /// As of when what is open was judged.
    pub at: Timestamp,
    pub epoch: String,
    pub seq: Seq,
    /// The hash of the record at `seq`.
    pub hash: String,
    /// The filter in words; of everything, its mode.
    pub filter: String,
    pub policies: Vec<PolicyShare>,
    /// The same as sentences, to be printed as they are: what it is, and what it says.
    pub lines: Vec<(String, String)>,
}

impl Footing {
    pub(super) fn of(order: &Order, material: &Material<'_>, policies: Vec<PolicyShare>) -> Self {
        let Order { query, language } = order;
        let language = *language;
        let before = query.before();
        let filter = filter(&query.filter, material, language);
        let judged = |share: &PolicyShare| match language {
            Language::Chinese => {
                format!("{} 第 {} 版：{} 起", share.policy.id, share.policy.version, share.alerts)
            }
            Language::English => {
                format!("{} v{}: {}", share.policy.id, share.policy.version, share.alerts)
            }
        };
        let judged: Vec<String> = policies.iter().map(judged).collect();
        let say = |text: Text| language.say(text).to_owned();
        let span = |from, to| format!("[{}, {})", local(from), local(to));
        let lines = vec![
            (say(Text("期间", "Period")), span(query.from, query.to)),
            (say(Text("对比期间", "Compared with")), span(before.from, before.to)),
            (say(Text("范围", "Filter")), filter.clone()),
            (say(Text("数据时间", "Data as of")), local(material.now)),
            (
                say(Text("日志位置", "Journal head")),
                format!("{} · {} · {}", material.head.seq, material.head.hash, material.head.epoch),
            ),
            (say(Text("响应预案", "Policies")), judged.join(language.say(Text("；", "; ")))),
            (
                say(Text("计时起点", "Clock start")),
                say(Text(
                    "接警时间；时间均为北京时间",
                    "Received; all times are those of Asia/Shanghai",
                )),
            ),
            (
                say(Text("统计口径", "Cohort")),
                say(Text(
                    "接警时间在期间内的警情；未办结的警情按数据时间判定；不足 10 起不计百分位数",
                    "Alerts received in the period; open ones judged as of the data time; no \
                     percentile below n = 10",
                )),
            ),
        ];
        Self {
            from: query.from,
            to: query.to,
            before_from: before.from,
            at: material.now,
            epoch: material.head.epoch.clone(),
            seq: material.head.seq,
            hash: material.head.hash.clone(),
            filter,
            policies,
            lines,
        }
    }
}

/// An instant as people at the centre read it.
pub fn local(at: Timestamp) -> String {
    let local = (at + CENTRE_UTC_OFFSET).millis();
    let local = DateTime::from_timestamp_millis(local).unwrap_or_default();
    local.format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

fn filter(filter: &Filter, material: &Material<'_>, language: Language) -> String {
    let say = |text: Text| language.say(text).to_owned();
    let mut words = vec![say(text::mode(filter.mode))];
    words.extend(filter.tier.map(|tier| say(text::tier(tier))));
    words.extend(filter.severity.map(|severity| say(text::severity(severity))));
    words.extend(filter.category.map(|category| say(text::category(category))));
    words.extend(filter.zone.map(|zone| match language {
        Language::Chinese => format!("{zone:?} 类区域"),
        Language::English => format!("zone {zone:?}"),
    }));
    words.extend(filter.source.map(|source| say(text::source(source))));
    words.extend(filter.school.as_ref().map(|school| material.school_name(school)));
    words.extend(filter.station.as_ref().map(|station| material.station_name(station)));
    words.extend(filter.unit.as_ref().map(ToString::to_string));
    words.extend(filter.peak.map(|peak| {
        say(match peak {
            true => Text("高峰时段内", "in peak time"),
            false => Text("高峰时段外", "outside peak time"),
        })
    }));
    words.join(language.say(Text("，", ", ")))
}
