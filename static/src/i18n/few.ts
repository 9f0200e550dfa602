/** The phone's texts, a language a file: few, so that it opens fast; its worker keeps both. */

import type { Messages, Sources } from '.'

// The phone shows nothing but what it has texts for.
export const few: Sources = {
  'zh-CN': async () => (await import('./zh-core')).core as Messages,
  en: async () => (await import('./en-core')).core as Messages,
}
