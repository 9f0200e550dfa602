import { beforeAll, describe, expect, it } from 'vitest'
import { loadPinyin } from '@/pinyin'
import { searchable } from '@/search'

describe('U14 a school by its pinyin', () => {
  beforeAll(loadPinyin)
  const found = (name: string, wanted: string) => searchable(null, name, 'S1').matches(wanted)

  it('is found by the reading a character has in its word', () => {
    expect(found('示例长江小学', 'cjxx')).toBe(true)
    expect(found('示例重庆路小学', 'cql')).toBe(true)
    expect(found('示例银行幼儿园', 'yhyey')).toBe(true)
  })

  it('is found by whole syllables too', () => {
    expect(found('示例长江小学', 'changjiang')).toBe(true)
    expect(found('示例绿地中学', 'lvdi')).toBe(true)
  })

  it('is not found by what it is not', () => {
    expect(found('示例长江小学', 'zzzz')).toBe(false)
  })
})
