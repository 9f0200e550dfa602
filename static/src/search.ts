/** Finding a name by part of it, by the initials of its pinyin or the whole of it, or by its code. */

import { readingsOf } from './pinyin'

/** The first character of each initial in pinyin order; i, u and v begin no syllable. */
const BORDERS: readonly (readonly [string, string])[] = [
  ['a', '阿'], ['b', '八'], ['c', '嚓'], ['d', '哒'], ['e', '妸'], ['f', '发'], ['g', '旮'], ['h', '哈'],
  ['j', '讥'], ['k', '咔'], ['l', '垃'], ['m', '痳'], ['n', '拏'], ['o', '噢'], ['p', '妑'], ['q', '七'],
  ['r', '呥'], ['s', '扨'], ['t', '它'], ['w', '穵'], ['x', '夕'], ['y', '丫'], ['z', '帀'],
]
const collator = new Intl.Collator('zh-CN-u-co-pinyin')
const HAN = /\p{Script=Han}/u

/** `示例第一小学` → `sldyxx`; what is no Chinese character stays. A character of several readings gets one. */
export function pinyinInitials(text: string): string {
  return [...text.toLowerCase()].map(initial).join('')
}

const known = new Map<string, string>()

function initial(character: string): string {
  if (!HAN.test(character)) return character
  let found = known.get(character)
  if (found === undefined) {
    found = character
    for (const [letter, border] of BORDERS) {
      if (collator.compare(character, border) < 0) break
      found = letter
    }
    known.set(character, found)
  }
  return found
}

export interface Searchable<T> {
  value: T
  /** `wanted` is in lower case. */
  matches(wanted: string): boolean
  /** The better it fits, the higher: a beginning before a middle. */
  score(wanted: string): number
}

export function searchable<T>(value: T, text: string, code: string): Searchable<T> {
  const forms = [text.toLowerCase(), code.toLowerCase(), pinyinInitials(text), ...readingsOf(text)]
  // Initials of a name in Latin letters: `Example First Primary` → `efp`.
  if (/[a-z]/i.test(text)) {
    forms.push(text.toLowerCase().split(/[^\p{L}\p{N}]+/u).map((word) => word[0] ?? '').join(''))
  }
  return {
    value,
    matches: (wanted) => forms.some((form) => form.includes(wanted)),
    score(wanted) {
      if (forms.some((form) => form === wanted)) return 2
      return forms.some((form) => form.startsWith(wanted)) ? 1 : 0
    },
  }
}
