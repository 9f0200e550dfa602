/** 各页（含手机页）共用的枚举名称。 */

import type {
  AssignmentState, Category, Duty, FeedbackKind, Mode, Severity, Step, Tier,
} from '@/api/types'

export const shared = {
  category: {
    INTRUSION: '非法闯入', WEAPON: '持械', ATTACK: '伤害师生', THREAT: '扬言威胁', FIGHT: '打架斗殴',
    BULLYING: '校园欺凌', DISTURBANCE: '滋事扰序', SUSPICIOUS: '可疑人员物品', FIRE: '火灾爆炸',
    MEDICAL: '急病受伤', MISSING: '走失', WATER: '溺水', TRAFFIC: '交通校车', THEFT: '侵财诈骗',
    DISPUTE: '涉校纠纷', CROWD: '聚集', SURROUNDINGS: '周边环境', HAZARD: '安全隐患', DEVICE: '设备故障',
    OTHER: '其他',
  } satisfies Record<Category, string>,
  severity: { L0: '咨询', L1: '紧急', L2: '较急', L3: '一般' } satisfies Record<Severity, string>,
  tier: { T1: '1 分钟', T3: '3 分钟', T5: '5 分钟' } satisfies Record<Tier, string>,
  mode: { actual: '实警', exercise: '演练', test: '测试' } satisfies Record<Mode, string>,
  assignment: {
    assigned: '已派发', delivered: '已送达', acknowledged: '已签收', en_route: '出警途中',
    on_scene: '已到场', cleared: '处置完毕', declined: '已拒派', cancelled: '已撤回',
  } satisfies Record<AssignmentState, string>,
  step: {
    deliver: '送达', acknowledge: '签收', en_route: '出警', arrive: '到达', clear: '处置完毕',
  } satisfies Record<Step, string>,
  feedback: {
    arrival: '到场反馈', progress: '进展反馈', result: '结果反馈', supplement: '补充反馈',
  } satisfies Record<FeedbackKind, string>,
  duty: {
    off_duty: '下勤', available: '待命', on_post: '在岗', committed: '出警中', out_of_service: '停用',
  } satisfies Record<Duty, string>,
}
