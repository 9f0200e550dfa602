/**
 * The two languages. Chinese is the measure: whatever it says, English must say too, or the type
 * check fails. The first visit follows the browser, a choice is kept. Only the language shown is
 * loaded, before anything is shown.
 */

import { computed, ref, shallowReactive } from 'vue'
import type { Messages } from './zh'

export type Locale = 'zh-CN' | 'en'
export type { Messages }
/** Where each language's texts come from; an entry knows which it needs. */
export type Sources = Record<Locale, () => Promise<Messages>>

const KEY = 'campus-dispatch.locale'
export const dictionaries = shallowReactive({} as Record<Locale, Messages>)
let sources: Partial<Sources> = {}

export const locale = ref<Locale>(initial())

function initial(): Locale {
  const kept = typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)
  if (kept === 'zh-CN' || kept === 'en') return kept
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages
  const first = wanted.find((tag) => /^(zh|en)\b/i.test(tag)) ?? 'zh'
  return /^en/i.test(first) ? 'en' : 'zh-CN'
}

async function bring(wanted: Locale): Promise<void> {
  const texts = dictionaries[wanted] ?? (await sources[wanted]?.())
  if (texts) dictionaries[wanted] = texts
}

/** Brings the texts of the chosen language; nothing may be shown before. */
export async function openTexts(from: Sources): Promise<void> {
  sources = from
  await bring(locale.value)
  tellDocument()
}

/** Without an answer of the server the page keeps the language it has. */
export async function setLocale(next: Locale): Promise<void> {
  await bring(next)
  locale.value = next
  try {
    localStorage.setItem(KEY, next)
  } catch {
    // The choice then lasts as long as the page.
  }
  tellDocument()
}

/** Screen readers, line breaking and hyphenation go by the document's language. */
function tellDocument(): void {
  document.documentElement.lang = locale.value
  document.title = messages.value.product
}

export const messages = computed<Messages>(() => dictionaries[locale.value])

/** The texts of the chosen language, for a component: `m.desk.raise`. */
export const useI18n = () => ({ m: messages, locale })
