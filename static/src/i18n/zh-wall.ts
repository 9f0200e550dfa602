/** 大屏文字。 */

export const wall = {
  more: (n: number) => `另有 ${n} 条`, none: '当前没有未结警情', waiting: '待派警', active: '处置中',
  overdue: '超时', warning: '临近', available: '可派警力', unitsNone: '未派警', unitsLeft: '警力已处置完毕',
  day: {
    title: '今日', received: '今日接警', ended: '已办结', onTime: '规定时间到达率', of: (met: number, n: number) => `${met} / ${n}`,
    few: (n: number) => `n = ${n}，不足 10 不列比率`,
  },
  strip: '警力', staleFor: (age: string) => `已 ${age} 未更新`, staleHint: '以下为旧画面，请用电话或电台核实。',
}
