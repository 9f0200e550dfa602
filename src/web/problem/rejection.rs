//! The rules' refusals as people are told them: a status and a sentence for each.

use axum::http::StatusCode;

use super::Text;
use crate::domain::Rejection;

/// 403 who, 404 what it names, 409 how things stand, 422 what it says.
pub fn status(rejection: Rejection) -> StatusCode {
    use Rejection::*;
    match rejection {
        RoleNotPermitted | NotOwn | AccountDisabled | DowngradeNeedsSupervisor => {
            StatusCode::FORBIDDEN
        }
        AccountUnknown | SessionUnknown | AlertUnknown | AssignmentUnknown | UnitUnknown
        | SchoolUnknown | StationUnknown | RuleUnknown | SampleUnknown | AlarmUnknown => {
            StatusCode::NOT_FOUND
        }
        CodeAlreadyUsed => StatusCode::UNAUTHORIZED,
        AccountNameTaken
        | CredentialOfOtherKind
        | SecondFactorMissing
        | SecondFactorEnrolled
        | AccountIsLastAdmin
        | PolicyVersionNotNewer
        | AlertAlreadyResolved
        | AlertNotResolved
        | AlertClosed
        | AlertNotClosed
        | AlertCancelled
        | AlertMerged
        | AlertNotMerged
        | AlertImported
        | AlertUnchanged
        | AlertHasArrival
        | UnitsStillAssigned
        | MergeWithItself
        | MergeIntoChild
        | MergeOfRoot
        | MergeAcrossModes
        | NotAnExercise
        | VerdictNotFailed
        | VerdictAlreadyExcused
        | NotAHazard
        | HazardAlreadyFixed
        | HazardNotDeferred
        | StepAlreadyTaken
        | StepBackward
        | AssignmentEnded
        | AlreadyEnRoute
        | UnitOffDuty
        | UnitOutOfService
        | UnitAlreadyCommitted
        | UnitAlreadyOnAlert
        | UnitStillCommitted
        | UnitOffDutyForPosition
        | StillReferenced
        | SampleEmpty => StatusCode::CONFLICT,
        AccountNeedsUnit
        | StationNotForRole
        | IdInvalid
        | TextMissing
        | TextTooLong
        | ReasonMissing
        | CoordinatesInvalid
        | InstantInFuture
        | InstantOutOfOrder
        | NumberOutOfRange
        | DutyWindowInvalid
        | PolicyInvalid
        | NoRuleForTier
        | SchoolOrPlaceMissing
        | NoArrivalReasonMissing
        | NoArrivalReasonNotApplicable
        | TimePointMissing
        | UnitNamedTwice
        | NoUnitNamed
        | AlertNotInSample
        | ScoreIncomplete => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// What is wrong and what to do.
pub fn text(rejection: Rejection) -> Text {
    use Rejection::*;
    let (zh, en) = match rejection {
        RoleNotPermitted => {
            ("您的角色无权执行此操作。", "Your role may not do this; ask somebody whose role may.")
        }
        NotOwn => (
            "这不属于本账号，只能操作自己的。",
            "This belongs to somebody else; act on your own only.",
        ),
        AccountUnknown => {
            ("没有这个账号，请检查账号名。", "There is no such account; check its name.")
        }
        AccountDisabled => {
            ("账号已停用，请联系管理员。", "The account is disabled; ask the administrator.")
        }
        AccountNameTaken => {
            ("账号名已被使用，请另取一个。", "The account name is taken; choose another.")
        }
        AccountNeedsUnit => {
            ("警力账号须指定所属警力。", "A unit's account needs the unit it belongs to; name it.")
        }
        StationNotForRole => (
            "只有大屏和接入账号可以限定派出所，请不要指定派出所。",
            "Only walls and gateways are limited to a station; leave it out.",
        ),
        AccountIsLastAdmin => (
            "这是最后一个管理员账号，请先新增另一个。",
            "This is the last administrator; add another one first.",
        ),
        SessionUnknown => ("该登录已不存在。", "There is no such session; log in again."),
        CredentialOfOtherKind => (
            "该账号的登录方式不同：设备账号用令牌，其他账号用密码。",
            "This account logs in another way: devices have a token, people a password.",
        ),
        SecondFactorMissing => (
            "该账号未绑定动态口令，请先绑定。",
            "The account has no second factor; enrol one first.",
        ),
        SecondFactorEnrolled => (
            "该账号已绑定动态口令；如需更换，请管理员先解除绑定。",
            "The account has a second factor already; have an administrator reset it first.",
        ),
        CodeAlreadyUsed => (
            "该动态口令已使用过，请等待下一个。",
            "This code was used already; wait for the next one.",
        ),
        AlertUnknown => ("没有这条警情，请检查编号。", "There is no such alert; check its id."),
        AssignmentUnknown => {
            ("没有这张派警单，请检查编号。", "There is no such assignment; check its id.")
        }
        UnitUnknown => ("没有这个警力，请检查编号。", "There is no such unit; check its id."),
        SchoolUnknown => ("没有这所学校，请检查编号。", "There is no such school; check its id."),
        StationUnknown => {
            ("没有这个派出所，请检查编号。", "There is no such station; check its id.")
        }
        RuleUnknown => (
            "该警情没有这条计时规则，请从其计时中选择。",
            "The alert has no such clock rule; choose one of its clocks.",
        ),
        AlarmUnknown => (
            "该警情没有这条报警，或报警已自行解除。",
            "The alert has no such alarm, or it has ended by itself; look again at how it stands.",
        ),
        IdInvalid => (
            "编号须为 1 到 64 个字母、数字或 - _ .。",
            "An id is 1 to 64 letters, digits, '-', '_' or '.'; correct it.",
        ),
        TextMissing => ("缺少文字内容，请填写。", "A text is missing; fill it in."),
        TextTooLong => ("文字过长，请缩短。", "A text is too long; shorten it."),
        ReasonMissing => ("请填写原因。", "A reason is needed; give one."),
        CoordinatesInvalid => (
            "坐标不在地球上，请检查经纬度。",
            "The coordinates are not on the globe; check longitude and latitude.",
        ),
        InstantInFuture => {
            ("时间晚于现在，请更正。", "The instant lies in the future; correct it.")
        }
        InstantOutOfOrder => {
            ("时间先后不合理，请更正。", "The instants are out of order; correct them.")
        }
        NumberOutOfRange => ("数值超出范围，请更正。", "A number is out of range; correct it."),
        DutyWindowInvalid => (
            "高峰勤务时段有误：须先开始后结束，并指定星期。",
            "A duty window is wrong; it must end after it begins and name its weekdays.",
        ),
        PolicyInvalid => {
            ("响应预案不成立，请更正", "The policy cannot judge every alert; correct it")
        }
        PolicyVersionNotNewer => (
            "该预案已有同号或更新的版本，请提高版本号。",
            "This policy is known in this or a newer version; raise the version.",
        ),
        NoRuleForTier => (
            "预案中没有该等级的主计时规则，请选择其他等级。",
            "The policy has no governing rule of that tier; choose another.",
        ),
        SchoolOrPlaceMissing => ("请填写学校或地点。", "Give a school or a place."),
        AlertAlreadyResolved => {
            ("警情已处置完毕。", "The alert is resolved already; close or reopen it.")
        }
        AlertNotResolved => {
            ("请先填写处置结果。", "The alert is not resolved yet; resolve it first.")
        }
        AlertClosed => (
            "警情已办结；如需继续，请值班长重新打开。",
            "The alert is closed; a supervisor can reopen it.",
        ),
        AlertNotClosed => {
            ("警情尚未办结，无需重新打开。", "The alert is not closed; there is nothing to reopen.")
        }
        AlertCancelled => ("警情已撤销。", "The alert is cancelled; raise a new one if needed."),
        AlertMerged => (
            "警情已并案，请在主警情上操作。",
            "The alert is merged; act on the one it was merged into.",
        ),
        AlertNotMerged => {
            ("警情没有并案。", "The alert is not merged into another; there is nothing to undo.")
        }
        AlertImported => (
            "这是导入的历史警情，不能更改。",
            "The alert was imported from another system and cannot be changed.",
        ),
        AlertUnchanged => {
            ("内容没有变化。", "This would change nothing; look again at how it stands.")
        }
        AlertHasArrival => (
            "已有警力到场，请改为处置完毕。",
            "A unit has arrived already; clear or resolve instead.",
        ),
        UnitsStillAssigned => (
            "仍有警力未结束任务，请先结束或召回。",
            "Units are still assigned; clear or cancel their assignments first.",
        ),
        NoArrivalReasonMissing => {
            ("没有警力到场，请填写原因。", "Nobody arrived; give the reason for it.")
        }
        NoArrivalReasonNotApplicable => (
            "已有警力到场，请去掉未到场原因。",
            "A unit did arrive; leave out the reason for no arrival.",
        ),
        DowngradeNeedsSupervisor => {
            ("降级须由值班长操作。", "Only a supervisor may make an alert less urgent; ask one.")
        }
        MergeWithItself => {
            ("不能并入自身。", "An alert cannot be merged into itself; choose another.")
        }
        MergeIntoChild => (
            "目标警情已并案，请并入其主警情。",
            "That alert is merged itself; merge into its root.",
        ),
        MergeOfRoot => (
            "该警情下已有并案，请先解除。",
            "Other alerts are merged into this one; take them out first.",
        ),
        MergeAcrossModes => (
            "真实警情与演练不能并案。",
            "An actual alert and an exercise cannot be merged; keep them apart.",
        ),
        NotAnExercise => ("这不是演练。", "The alert is no exercise; nothing is to be turned."),
        VerdictNotFailed => {
            ("该计时没有超时，无需说明。", "This clock was not missed; there is nothing to excuse.")
        }
        VerdictAlreadyExcused => ("该计时已说明。", "This clock is excused already."),
        TimePointMissing => (
            "该时间节点不能凭空增加或清除，只能更正。",
            "This time point can be moved but not made or emptied; give another instant.",
        ),
        NotAHazard => ("该警情不是安全隐患。", "The alert is not a hazard; reclassify it first."),
        HazardAlreadyFixed => ("隐患已整改。", "The hazard is fixed already."),
        HazardNotDeferred => ("没有待整改的隐患。", "No hazard is waiting here to be fixed."),
        StepAlreadyTaken => {
            ("这一步已经完成。", "This step was taken already; go on with the next.")
        }
        StepBackward => {
            ("不能退回到之前的步骤。", "A later step was taken already; steps only go forward.")
        }
        AssignmentEnded => ("派警单已结束。", "The assignment has ended; look for a new one."),
        AlreadyEnRoute => (
            "已经出警，不能拒绝；请联系指挥中心。",
            "The unit is en route already and cannot decline; call the command centre.",
        ),
        UnitOffDuty => ("警力不在勤，请选择其他警力。", "The unit is off duty; choose another."),
        UnitOutOfService => {
            ("警力停用，请选择其他警力。", "The unit is out of service; choose another.")
        }
        UnitAlreadyCommitted => (
            "警力正在另一警情上；如确需叠加，请确认。",
            "The unit is on another alert; choose another or confirm stacking.",
        ),
        UnitAlreadyOnAlert => {
            ("警力已派往此警情。", "The unit is on this alert already; choose another.")
        }
        UnitStillCommitted => {
            ("警力仍有任务，请先结束。", "The unit still has an assignment; end it first.")
        }
        UnitNamedTwice => {
            ("同一警力出现两次，请去掉一个。", "A unit is named twice; leave one out.")
        }
        NoUnitNamed => ("请选择至少一个警力。", "No unit is named; choose at least one."),
        UnitOffDutyForPosition => {
            ("不在勤时不记录位置。", "Positions are not kept while off duty; go on duty first.")
        }
        StillReferenced => {
            ("仍被引用，不能删除；请先解除。", "Something still refers to it; change that first.")
        }
        SampleUnknown => (
            "没有这次抽查，请从抽查列表中选择。",
            "There is no such sample; choose one from the list of samples.",
        ),
        SampleEmpty => (
            "该期间没有已办结的警情可供抽查，请改选期间。",
            "No handled alert was received in this period; choose another period.",
        ),
        AlertNotInSample => (
            "该警情不在这次抽查之列，请从抽中的警情中选择。",
            "The alert is not part of this sample; choose one that was drawn.",
        ),
        ScoreIncomplete => (
            "检查项目没有填全，请逐项评定。",
            "Some items of the check-list have no mark; mark every item.",
        ),
    };
    Text { zh, en }
}
