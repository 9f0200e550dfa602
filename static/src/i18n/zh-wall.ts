/** 大屏文字。 */

export const wall = {
  more: (n: number) => `另有 ${n} 条`, none: '当前没有未结警情', waiting: '待派警', active: '处置中',
  overdue: '超时', warning: '临近', available: '可派警力', unitsNone: '未派警',
}
