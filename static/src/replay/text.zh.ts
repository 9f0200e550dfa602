/** 回放页面的文字。 */

export const replayTexts = {
  title: '回放', banner: (at: string) => `回放：${at} 的状态`, notLive: '这是过去，不是实时画面；此处不能处置',
  toPresent: '回到现在', back: '返回', when: '回放时间', go: '跳转', play: '播放', pause: '暂停', speed: '速度', times: (n: number) => `${n} 倍`,
  step: '下一条记录', earlier: (seconds: number) => `后退 ${seconds} 秒`, later: (seconds: number) => `前进 ${seconds} 秒`,
  previousMark: '上一标记', nextMark: '下一标记', day: (day: string) => `${day} 全天`, previousDay: '前一天', nextDay: '后一天',
  position: (seq: number) => `第 ${seq} 条记录`, buffering: '正在读取…', ended: '已到现在',
  timeline: '时间轴', raised: '接警', breach: '超过时限', alarm: '其他提醒', marksCut: '当天标记过多，只显示前一部分',
  rang: '当时的提醒', rangNone: '当天到此刻没有提醒', ofAlert: (id: number) => `警情 ${id}`,
  select: '选择一起警情查看当时的详情', report: '处置报告', empty: '还没有任何记录。',
  keys: '空格 播放／暂停 · ← → 后退／前进 10 秒 · N 下一标记',
  watch: '回放此警情',
}

export type ReplayTexts = typeof replayTexts
