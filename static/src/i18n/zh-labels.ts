/** 枚举值的中文名称。 */

import type {
  Disposition, Notice, Role, SchoolKind, Source, Stage, UnitKind, Validity, Verdict, Zone,
} from '@/api/types'
import type { Page } from '@/session'
import type { EventKind } from './events'
import { shared } from './zh-labels-shared'

export const labels = {
  ...shared,
  role: {
    operator: '接处警员', supervisor: '值班长', unit: '警力', manager: '管理者', auditor: '督察审计',
    admin: '系统管理员', screen: '大屏', gateway: '接入',
  } satisfies Record<Role, string>,
  zone: { A: 'A 区', B: 'B 区', C: 'C 区' } satisfies Record<Zone, string>,
  source: {
    phone110: '110 电话', one_key_alarm: '一键报警', unit_finding: '巡逻发现', school_staff: '学校报告',
    video: '视频巡查', other_system: '其他系统',
  } satisfies Record<Source, string>,
  stage: {
    received: '待派警', dispatched: '已派警', acknowledged: '已签收', en_route: '出警途中',
    on_scene: '已到场', resolved: '处置完毕', closed: '已办结', cancelled: '已撤销', merged: '已合并',
  } satisfies Record<Stage, string>,
  verdict: {
    pending: '计时中', met: '按时', breaching: '超时', late: '迟到', missed: '未达成', excused: '已说明',
    not_applicable: '不适用',
  } satisfies Record<Verdict, string>,
  disposition: {
    handled_on_scene: '现场处置', mediated: '调解', taken_for_questioning: '带回审查',
    handed_to_case_unit: '移交办案单位', referred_elsewhere: '转交其他部门', fixed_on_the_spot: '当场整改',
    escalated: '升级处置', gone_on_arrival: '到场时已离去', false_alarm: '误报', malicious_report: '恶意报警',
    duplicate: '重复警情', cancelled: '撤销', no_police_needed: '无需出警', exercise_ended: '演练结束',
  } satisfies Record<Disposition, string>,
  validity: {
    valid: '有效', false_alarm: '误报', malicious: '恶意', duplicate: '重复',
  } satisfies Record<Validity, string>,
  unitKind: {
    post: '护学岗', patrol: '巡逻', station: '派出所', traffic: '交管', swat: '特警',
    school_guard: '学校应急单元',
  } satisfies Record<UnitKind, string>,
  schoolKind: {
    kindergarten: '幼儿园', primary: '小学', secondary: '中学', combined: '九年一贯制', vocational: '职校',
    special: '特教学校', university: '大学',
  } satisfies Record<SchoolKind, string>,
  notice: {
    clock_warned: '临近时限', clock_breached: '超过时限', dispatch_missed: '超时未派警',
    acknowledge_missed: '超时未签收', turnout_missed: '超时未出警', first_feedback_missed: '首次反馈超时',
    result_missed: '结果反馈超时', hazard_overdue: '隐患整改逾期',
    unit_lost: '警力失联',
  } satisfies Record<Notice['notice'], string>,
  event: {
    alert_raised: '接警', alert_imported: '导入', alert_reclassified: '改判', alert_noted: '备注',
    feedback_filed: '反馈', alert_resolved: '处置完毕', alert_closed: '办结', alert_reopened: '重开',
    alert_cancelled: '撤销', alert_merged: '并入其他警情', alert_joined: '并入一起警情',
    alert_unmerged: '解除合并', alert_separated: '分出一起警情', exercise_turned_actual: '演练转实警',
    time_point_corrected: '更正时间节点', verdict_excused: '时限说明', hazard_deferred: '隐患挂账',
    hazard_fixed: '隐患销账', unit_dispatched: '派警', assignment_delivered: '送达',
    assignment_acknowledged: '签收', assignment_went_en_route: '出警', assignment_arrived: '到达',
    assignment_cleared: '单位处置完毕', assignment_declined: '拒派', assignment_cancelled: '撤回派警',
    reinforcement_requested: '请求增援', deadline_passed: '时限提醒', alarm_seen: '知悉报警',
  } satisfies Record<EventKind, string>,
  page: {
    desk: '接处警台', wall: '大屏', unit: '出警终端', stats: '统计', reports: '报告', replay: '回放', admin: '管理', record: '访问记录',
  } satisfies Record<Page, string>,
}
