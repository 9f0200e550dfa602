/** The map in English. */

import type { MapTexts } from './text.zh'

export const mapTexts: MapTexts = {
  title: 'Map', fold: 'Fold', unfold: 'Unfold', all: 'Show all', zoomIn: 'Zoom in', zoomOut: 'Zoom out',
  unitSign: { post: 'G', patrol: 'P', station: 'S', traffic: 'T', swat: 'W', school_guard: 'C' },
  legend: { school: 'School (its zone; filled: post manned)', unit: 'Free unit', busy: 'Committed', stale: 'Old position', alert: 'Alert' },
  manned: 'post manned', unmanned: 'post not manned', openHere: (n) => `${n} open ${n === 1 ? 'alert' : 'alerts'}`, ring: (minutes) => `${minutes} min`,
}
