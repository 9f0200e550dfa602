/** 单起警情报告的文字。 */

import type { EndPoint, StartPoint, Waypoint } from './types'

export const reportTexts = {
  title: (id: number) => `警情 ${id} 处置报告`, open: '处置报告', back: '返回接处警台', print: '打印', proof: '下载举证文件',
  proofHint: '含原始记录和报警人电话；可在任何一台机器上脱机核验',
  facts: '基本情况', verdict: '时限结论', noVerdict: '咨询，不计时', unit: '负责派出所',
  way: '时间去向', wayHint: '沿首先到达的警力；缺少的节点不补', toArrival: '接警至到场', whole: '接警至办结',
  leg: '环节', from: '起', to: '止', lasted: '用时', share: '占比', going: '进行中', limitMark: '时限',
  waypoint: {
    received: '接警', dispatched: '派警', acknowledged: '签收', en_route: '出警', arrived: '到场', cleared: '单位处置完毕',
    resolved: '处置完毕', closed: '办结', cancelled: '撤销',
  } satisfies Record<Waypoint, string>,
  clocks: '计时与依据', rule: '规则', promise: '约定', started: '起点', ended: '终点', elapsed: '用时／时限', outcome: '结论',
  startPoint: { received: '接警起', reported: '报警起', dispatched: '首次派警起' } satisfies Record<StartPoint, string>,
  endPoint: { acknowledged: '签收止', en_route: '出警止', arrived: '到场止', cleared: '处置完毕止' } satisfies Record<EndPoint, string>,
  anyPolice: '任一警力', kinds: (kinds: string) => `仅限${kinds}`, waves: (waves: string) => `第 ${waves} 梯队`, atLeast: (n: number) => `至少 ${n} 个单位`,
  record: (seq: number) => `记录 ${seq}`, goal: (percent: number) => `目标 ${percent}%`,
  notStarted: '未起算', notReached: '未到达', endedBy: '警情终止于', ofChild: (id: number) => `取自并入的警情 ${id}`,
  was: '原为', empty: '空', excusedBy: (seq: number) => `说明见记录 ${seq}`, rests: '依据经更正的时间节点',
  corrections: '更正与说明', noCorrections: '没有更正，也没有说明。', point: '节点', original: '原时间', corrected: '更正为',
  points: { occurred: '发生', reported: '报警', received: '接警', resolved: '处置完毕', dispatched: '派警' },
  excuse: (rule: string) => `时限说明（${rule}）`, by: '操作人', at: '时间', reason: '理由',
  timeline: '全过程记录', seq: '记录号', what: '事项', who: '人员',
  sealed: (seq: number) => `数据截至第 ${seq} 条记录`, made: (at: string) => `生成于 ${at}`, head: '链头', seal: '封印',
  check: '收到举证文件的一方可用封印核对：',
  gone: '没有这起警情，或您无权查看。',
}

export type ReportTexts = typeof reportTexts
