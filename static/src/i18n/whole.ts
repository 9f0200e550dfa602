/** The texts of every page, a language a file: for all but the phone, which has its own few. */

import type { Sources } from '.'

export const whole: Sources = {
  'zh-CN': async () => (await import('./zh')).messages,
  en: async () => (await import('./en')).messages,
}
