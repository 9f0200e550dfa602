/** What a manual is made of. What stands between backticks is for the machine, the same in every language. */

import type { Locale } from '@/i18n'

export type ManualName = 'operator' | 'unit' | 'manager' | 'admin'
export const MANUALS: readonly ManualName[] = ['operator', 'unit', 'manager', 'admin']

/** Pictures are made by `node manual_pictures.mjs` in tests/browser, one in each language. */
export interface Picture {
  name:
    | 'desk' | 'desk-alarms' | 'desk-dispatch' | 'desk-map' | 'handover' | 'wall' | 'phone' | 'phone-offline' | 'phone-raise'
    | 'stats' | 'stats-chart' | 'bulletin' | 'replay' | 'policy' | 'schools' | 'accounts'
  /** What is to be seen, for who does not see it. */
  alt: string
}

export interface Section {
  title: string
  text?: readonly string[]
  /** What to do, one after the other. */
  steps?: readonly string[]
  picture?: Picture
}

export interface Manual {
  title: string
  /** In one sentence, for the list of manuals. */
  lead: string
  sections: readonly Section[]
}

export type Bilingual = Record<Locale, Manual>

/** How large the pictures are drawn, in CSS pixels. */
export const SIZES: Record<Picture['name'], readonly [number, number]> = {
  desk: [1440, 900], 'desk-alarms': [1440, 900], 'desk-dispatch': [1440, 900],
  'desk-map': [1440, 900], handover: [1440, 900], 'stats-chart': [1440, 900], bulletin: [1440, 900], replay: [1440, 900], wall: [1920, 1080],
  phone: [390, 844], 'phone-offline': [390, 844], 'phone-raise': [390, 844],
  stats: [1440, 900], policy: [1440, 900], schools: [1440, 900], accounts: [1440, 900],
}
