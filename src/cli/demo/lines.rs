//! What the players say. Invented, and marked as examples (示例).

use crate::domain::classification::{Category, Disposition};

/// What a report of that category says.
pub fn report(category: Category) -> &'static str {
    use Category::*;
    match category {
        Intrusion => "示例：一名陌生人翻墙进入校园",
        Weapon => "示例：校门口有人手持棍棒",
        Attack => "示例：有人在校门口殴打学生",
        Threat => "示例：有人打电话扬言到校闹事",
        Fight => "示例：放学时两名学生推搡打架",
        Bullying => "示例：家长反映孩子在校外被欺负",
        Disturbance => "示例：醉酒人员在校门口滋事",
        Suspicious => "示例：校门口有可疑包裹",
        Fire => "示例：食堂后厨冒烟",
        Medical => "示例：学生跑操时晕倒",
        Missing => "示例：家长未接到孩子",
        Water => "示例：校旁水塘有学生戏水遇险",
        Traffic => "示例：校车与电动车剐蹭",
        Theft => "示例：家长在校门口被盗电动车",
        Dispute => "示例：家长与保安发生争执",
        Crowd => "示例：家长在校门口聚集",
        Surroundings => "示例：校门口流动摊贩占道",
        Hazard => "示例：校门前井盖缺失",
        Device => "示例：一键报警设备离线",
        Other => "示例：群众求助",
    }
}

/// How an alert of that category usually ends, and the words for it.
pub fn result(category: Category) -> (Disposition, &'static str) {
    use Category::*;
    match category {
        Intrusion | Weapon | Attack => {
            (Disposition::TakenForQuestioning, "示例：现场控制，人员带回询问")
        }
        Threat | Theft => (Disposition::HandedToCaseUnit, "示例：已移交办案单位"),
        Fight | Bullying | Dispute => (Disposition::Mediated, "示例：现场调解，双方和解"),
        Suspicious => (Disposition::FalseAlarm, "示例：核实为遗失书包，无危险"),
        Hazard | Surroundings | Device => (Disposition::FixedOnTheSpot, "示例：现场已整改"),
        Medical => (Disposition::ReferredElsewhere, "示例：已交由急救送医"),
        Crowd | Disturbance => (Disposition::HandledOnScene, "示例：劝离，秩序恢复"),
        Fire | Missing | Water | Traffic | Other => {
            (Disposition::HandledOnScene, "示例：现场处置完毕")
        }
    }
}

/// A unit's words.
pub const ARRIVED: &str = "示例：已到现场，正在处置";
pub const HANDLED: &str = "示例：处置完毕，现场恢复正常";
pub const NEEDS_MORE: &str = "示例：现场人员较多，请求增援";
pub const CANNOT_GO: &str = "示例：车辆故障，无法前往";

/// The command centre's words.
pub const CALLED_OFF: &str = "示例：报警人来电撤销";
pub const EXCUSE: &str = "示例：道路施工封闭，绕行";
pub const DOWNGRADE: &str = "示例：复核后无现实危险";
pub const NOT_OVER: &str = "示例：当事人再次来电，需补充核实";
pub const MEASURE: &str = "示例：已设围挡和警示标志";
pub const INFORMED: &str = "示例：市政养护值班";
pub const FIXED: &str = "示例：井盖已补装";
pub const EXERCISE: &str = "示例：校园反恐防暴演练";
pub const EXERCISE_ENDED: &str = "示例：演练结束，各警力归位";
pub const NOBODY_CAME: &str = "示例：撤销前无需到场";
