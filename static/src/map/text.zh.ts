/** 地图的文字。 */

import type { UnitKind } from '@/api/types'

export const mapTexts = {
  title: '地图', fold: '收起', unfold: '展开', all: '全部', zoomIn: '放大', zoomOut: '缩小',
  unitSign: { post: '护', patrol: '巡', station: '所', traffic: '交', swat: '特', school_guard: '校' } satisfies Record<UnitKind, string>,
  legend: { school: '学校（字母为区域，实心为在岗）', unit: '可派警力', busy: '出警中', stale: '位置已过时', alert: '警情' },
  manned: '护学岗在岗', unmanned: '护学岗不在岗', openHere: (n: number) => `${n} 起未结警情`, ring: (minutes: number) => `${minutes} 分钟`,
}

export type MapTexts = typeof mapTexts
