/**
 * How Chinese names are read: by a dictionary, which knows a character's reading from the word it
 * stands in (长 in 长江 and in 校长). It is large, so it comes after the page; until then, and for
 * what it does not know, the collation's one reading serves.
 */

import { shallowRef } from 'vue'

type Read = (text: string) => readonly string[]
const dictionary = shallowRef<Read | null>(null)
let coming: Promise<void> | null = null

/** Fetches the dictionary, once. */
export function loadPinyin(): Promise<void> {
  coming ??= import('pinyin-pro').then(({ pinyin }) => {
    const known = new Map<string, readonly string[]>()
    dictionary.value = (text) => {
      const found = known.get(text) ?? formsOf(pinyin(text, { toneType: 'none', type: 'array', v: true }))
      known.set(text, found)
      return found
    }
  })
  return coming
}

/** Initials and whole: `示例长江小学` → `slcjxx`, `shilichangjiangxiaoxue`. */
function formsOf(syllables: readonly string[]): readonly string[] {
  const parts = syllables.map((one) => one.toLowerCase())
  return [parts.map((one) => one[0] ?? '').join(''), parts.join('')]
}

/** A name's readings as far as they are known; looked at again when the dictionary has come. */
export const readingsOf = (text: string): readonly string[] => dictionary.value?.(text) ?? []
