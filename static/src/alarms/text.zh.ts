/** 报警列表的文字。 */

import type { AlarmKind, AlarmState, Priority } from './alarm'

export const alarmTexts = {
  title: '报警', none: '没有报警', count: (n: number) => `${n} 条报警`, unseenCount: (n: number) => `${n} 条未知悉`,
  kind: {
    clock_breached: '超过时限', dispatch_missed: '超时未派警', acknowledge_missed: '超时未签收', clock_warned: '临近时限',
    unit_lost: '警力失联', first_feedback_missed: '首次反馈超时', result_missed: '结果反馈超时', hazard_overdue: '隐患整改逾期',
  } satisfies Record<AlarmKind, string>,
  state: {
    active_unseen: '未知悉', active_seen: '已知悉', cleared_unseen: '已解除，未知悉',
  } satisfies Record<AlarmState, string>,
  see: '知悉', seeOf: (what: string) => `知悉：${what}`, seeGroup: (n: number) => `知悉本组 ${n} 条`, seeCleared: (n: number) => `已解除的 ${n} 条全部知悉`,
  seenBy: (who: string, at: string) => `${who} 于 ${at} 知悉`, raisedAt: (at: string) => `${at} 报警`,
  hint: 'F4 到报警列表 · Space 知悉 · F6 消音',
  silence: '消音', silent: (seconds: number) => `消音中 ${seconds} 秒`, silenceHint: '只静音本席 60 秒；有新报警立即再响',
  test: '试音', testHint: '依次播放两种报警音',
  tone: { high: '紧急', low: '一般' } satisfies Record<Priority, string>,
  blocked: '浏览器尚未允许发声：点一下页面或按回车键后，报警才会响。', noSound: '此浏览器不能发声：报警只有闪烁，没有声音。', allow: '允许发声',
  flood: (n: number) => `10 分钟内 ${n} 条报警：已按警力和学校归组，每 30 秒最多响一次，一条不丢`,
  noPlace: '地点不明', ofAlert: (id: number) => `警情 ${id}`,
  announce: (what: string, where: string) => `报警：${where}，${what}`,
  more: (n: number) => `另有 ${n} 条`,
}

export type AlarmTexts = typeof alarmTexts
