//! Why a policy is refused, with the rule at fault.

use super::{Fault, Text};
use crate::domain::{Rejection, policy::PolicyFault};

impl From<PolicyFault> for Fault {
    fn from(fault: PolicyFault) -> Self {
        use PolicyFault::*;
        let (zh, en) = match &fault {
            BadId => (
                "预案或规则的编号不合规：须为 1 到 64 个字母、数字或 - _ .",
                "The policy's or a rule's id is no id; use 1 to 64 letters, digits, '-', '_' or '.'",
            ),
            RuleIdTwice { .. } => ("两条规则编号相同，请改名", "Two rules have one id; rename one"),
            LimitNotPositive { .. } => {
                ("时限须大于 0", "A limit must be longer than 0; correct the rule")
            }
            LimitTooLong { .. } => {
                ("时限不能超过一天", "A limit may be one day at most; correct the rule")
            }
            WarnNotBeforeLimit { .. } => {
                ("预警须早于时限", "The warning must come before the limit; correct the rule")
            }
            NobodyCounts { .. } => {
                ("没有任何警力可以满足该规则", "No unit could ever meet the rule; say who counts")
            }
            GoalNotAPercentage { .. } => {
                ("目标须在 0 到 100 之间", "A goal is a percentage from 0 to 100; correct the rule")
            }
            BudgetOutOfRange { .. } => (
                "阶段时限须大于 0 且不超过一天",
                "A stage budget must be longer than 0 and one day at most",
            ),
            NoGoverningCatchAll => (
                "缺少适用于任何警情的主计时规则，请补一条没有条件的主规则。",
                "Some alert would have no governing clock; add a governing rule without conditions.",
            ),
            TiersOutOfOrder => (
                "T1 的时限不能长于 T3，T3 不能长于 T5。",
                "A T1 limit may not be longer than a T3 limit, nor T3 than T5; put them in order.",
            ),
        };
        let refused = Self::from(Rejection::PolicyInvalid).with_text(Text { zh, en });
        match fault {
            RuleIdTwice { rule }
            | LimitNotPositive { rule }
            | LimitTooLong { rule }
            | WarnNotBeforeLimit { rule }
            | NobodyCounts { rule }
            | GoalNotAPercentage { rule } => refused.at(format!("rule {rule}")),
            BudgetOutOfRange { tier } => refused.at(format!("budgets {tier:?}")),
            BadId | NoGoverningCatchAll | TiersOutOfOrder => refused,
        }
    }
}
