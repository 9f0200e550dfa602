//! Texts of reports, in both languages side by side: one without the other does not compile.

use serde::{Deserialize, Serialize};

use crate::domain::{
    Stage, Verdict,
    classification::{Category, Mode, Severity, Source, Tier},
    sample::{CheckItem, Mark},
};

/// The language a report is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    #[serde(rename = "en")]
    English,
}

/// A text in Chinese and in English.
#[derive(Clone, Copy, Debug)]
pub struct Text(pub &'static str, pub &'static str);

impl Language {
    /// The text in this language.
    pub fn say(self, Text(zh, en): Text) -> &'static str {
        match self {
            Self::Chinese => zh,
            Self::English => en,
        }
    }
}

/// A category's name.
pub fn category(category: Category) -> Text {
    use Category::*;
    match category {
        Intrusion => Text("非法闯入", "Intrusion"),
        Weapon => Text("持械", "Weapon"),
        Attack => Text("伤害师生", "Attack on pupils or staff"),
        Threat => Text("扬言威胁", "Threat"),
        Fight => Text("打架斗殴", "Fight"),
        Bullying => Text("校园欺凌", "Bullying"),
        Disturbance => Text("滋事扰序", "Disturbance"),
        Suspicious => Text("可疑人员物品", "Suspicious person or object"),
        Fire => Text("火灾爆炸", "Fire or explosion"),
        Medical => Text("急病受伤", "Illness or injury"),
        Missing => Text("走失", "Missing child"),
        Water => Text("溺水", "Water"),
        Traffic => Text("交通校车", "Traffic or school bus"),
        Theft => Text("侵财诈骗", "Theft or fraud"),
        Dispute => Text("涉校纠纷", "Dispute"),
        Crowd => Text("聚集", "Crowd"),
        Surroundings => Text("周边环境", "Surroundings"),
        Hazard => Text("安全隐患", "Hazard"),
        Device => Text("设备故障", "Device fault"),
        Other => Text("其他", "Other"),
    }
}

/// A severity's name.
pub fn severity(severity: Severity) -> Text {
    match severity {
        Severity::L0 => Text("L0 咨询", "L0 inquiry"),
        Severity::L1 => Text("L1 紧急", "L1 emergency"),
        Severity::L2 => Text("L2 较急", "L2 urgent"),
        Severity::L3 => Text("L3 一般", "L3 routine"),
    }
}

/// A source's name.
pub fn source(source: Source) -> Text {
    match source {
        Source::Phone110 => Text("110 电话", "Phone 110"),
        Source::OneKeyAlarm => Text("一键报警", "One-key alarm"),
        Source::UnitFinding => Text("巡逻发现", "Unit's own finding"),
        Source::SchoolStaff => Text("学校报告", "School staff"),
        Source::Video => Text("视频巡查", "Video"),
        Source::OtherSystem => Text("其他系统", "Other system"),
    }
}

/// A mode's name.
pub fn mode(mode: Mode) -> Text {
    match mode {
        Mode::Actual => Text("实警", "Actual alerts"),
        Mode::Exercise => Text("演练", "Exercises"),
        Mode::Test => Text("测试", "Tests"),
    }
}

/// A tier's name.
pub fn tier(tier: Tier) -> Text {
    match tier {
        Tier::T1 => Text("T1", "T1"),
        Tier::T3 => Text("T3", "T3"),
        Tier::T5 => Text("T5", "T5"),
    }
}

/// A stage's name.
pub fn stage(stage: Stage) -> Text {
    match stage {
        Stage::Received => Text("待派警", "To dispatch"),
        Stage::Dispatched => Text("已派警", "Dispatched"),
        Stage::Acknowledged => Text("已签收", "Acknowledged"),
        Stage::EnRoute => Text("出警途中", "En route"),
        Stage::OnScene => Text("已到场", "On scene"),
        Stage::Resolved => Text("处置完毕", "Resolved"),
        Stage::Closed => Text("已办结", "Closed"),
        Stage::Cancelled => Text("已撤销", "Cancelled"),
        Stage::Merged => Text("已合并", "Merged"),
    }
}

/// A verdict's name.
pub fn verdict(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Pending => Text("计时中", "Running"),
        Verdict::Met => Text("按时", "On time"),
        Verdict::Breaching => Text("超时未到", "Overdue"),
        Verdict::Late => Text("迟到", "Late"),
        Verdict::Missed => Text("未到达", "Missed"),
        Verdict::Excused => Text("已说明", "Excused"),
        Verdict::NotApplicable => Text("不适用", "Not counted"),
    }
}

/// An item of the check-list.
pub fn check_item(item: CheckItem) -> Text {
    use CheckItem::*;
    match item {
        RecordComplete => Text("记录要素齐全", "Record complete"),
        TimesComplete => Text("时间节点完整", "Times complete"),
        DispatchInTime => Text("派警及时", "Dispatched in time"),
        FeedbackInTime => Text("反馈及时", "Feedback in time"),
        ClassificationFits => Text("定性定级准确", "Classification fits"),
        DispositionFits => Text("处置结果相符", "Disposition fits"),
        ResultClear => Text("处置情况清楚", "Result clear"),
        ChangesReasoned => Text("更正说明有据", "Changes reasoned"),
    }
}

/// What an item is about, for whoever fills in the form.
pub fn check_item_question(item: CheckItem) -> Text {
    use CheckItem::*;
    match item {
        RecordComplete => Text(
            "处置结果、处置情况、出警人数、受伤人数、是否有效是否齐全？",
            "Are disposition, result, numbers of police and injured, and validity all there?",
        ),
        TimesComplete => Text(
            "每个出动警力的派警、签收、出警、到达、离开时间是否完整？",
            "Does each unit have its times of dispatch, acknowledgement, turnout, arrival and clearing?",
        ),
        DispatchInTime => Text(
            "首次派警是否在预案规定的时限内？",
            "Was the first unit dispatched within the policy's budget?",
        ),
        FeedbackInTime => Text(
            "到达后的首次反馈和处置结果反馈是否在预案规定的时限内？",
            "Did the first feedback and the result come within the policy's budgets?",
        ),
        ClassificationFits => Text(
            "警情类别和等级是否与实际情况相符？",
            "Do category and severity fit what happened?",
        ),
        DispositionFits => {
            Text("处置结果是否与现场情况相符？", "Does the disposition fit what was found?")
        }
        ResultClear => Text(
            "处置情况的文字能否让未到场的人看明白？",
            "Can somebody who was not there understand the result?",
        ),
        ChangesReasoned => Text(
            "时间更正、超时说明、降级是否都有站得住的理由？",
            "Does every correction, excuse and downgrade have a reason that holds?",
        ),
    }
}

/// A mark's name.
pub fn mark(mark: Mark) -> Text {
    match mark {
        Mark::Pass => Text("合格", "Pass"),
        Mark::Fail => Text("不合格", "Fail"),
        Mark::NotApplicable => Text("不适用", "Not applicable"),
    }
}
