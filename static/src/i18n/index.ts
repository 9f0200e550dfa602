/**
 * The two languages. Chinese is the measure: whatever it says, English must say too, or the type
 * check fails. The first visit follows the browser, a choice is kept.
 */

import { computed, ref, shallowReactive } from 'vue'
import { core as en } from './en-core'
import type { Messages } from './zh'
import { core as zh } from './zh-core'

export type Locale = 'zh-CN' | 'en'
export type { Messages }

const KEY = 'campus-dispatch.locale'
/** What every page shows; `./whole` brings the rest, which the phone does without. */
export const dictionaries = shallowReactive({ 'zh-CN': zh, en } as unknown as Record<Locale, Messages>)

export const locale = ref<Locale>(initial())

function initial(): Locale {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)
  if (kept === 'zh-CN' || kept === 'en') return kept
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages
  const first = wanted.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'zh'
  return /^en/i.test(first) ? 'en' : 'zh-CN'
}

export function setLocale(next: Locale): void {
  locale.value = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // The choice then lasts as long as the page.
  }
  tellDocument()
}

/** Screen readers, line breaking and hyphenation go by the document's language. */
export function tellDocument(): void {
  document.documentElement.lang = locale.value
  document.title = messages.value.product
}

export const messages = computed<Messages>(() => dictionaries[locale.value])

/** The texts of the chosen language, for a component: `m.desk.raise`. */
export const useI18n = () => ({ m: messages, locale })
