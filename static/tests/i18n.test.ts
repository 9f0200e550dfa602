import { describe, expect, it } from 'vitest'
import * as codes from '@/alerts/classification'
import { dictionaries } from '@/i18n'
import { EVENT_KINDS } from '@/i18n/events'
import { ALARM_KINDS } from '@/alarms/alarm'
import { NEEDS } from '@/alerts/closing'
import { ACTS } from '@/desk/acts'
import { GROUPS, MEASURES } from '@/stats/filter'

type Tree = { [key: string]: string | Tree | ((...values: never[]) => string) }

/** Every text by its path; a function is tried with plain values. */
function texts(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] => {
    const here = `${path}${key}`
    if (typeof value === 'string') return [[here, value]]
    if (typeof value === 'function') return [[here, value(...([2, 2] as never[]))]]
    return texts(value, `${here}.`)
  })
}

const zh = texts(dictionaries['zh-CN'] as unknown as Tree)
const en = texts(dictionaries.en as unknown as Tree)

describe('the two languages', () => {
  it('say the same things', () => {
    expect(en.map(([key]) => key).sort()).toEqual(zh.map(([key]) => key).sort())
  })

  it('leave nothing empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('are not mixed: no Chinese in English but the name of the other language', () => {
    const mixed = en.filter(([key, text]) => /\p{Script=Han}|[，。：（）]/u.test(text) && key !== 'common.switchTo')
    expect(mixed).toEqual([])
  })

  it('name every value of every code list', () => {
    for (const { labels, act, stats, alarms } of Object.values(dictionaries)) {
      const lists: [Record<string, string>, readonly string[]][] = [
        [labels.category, codes.CATEGORIES], [labels.severity, codes.SEVERITIES],
        [labels.tier, codes.TIERS], [labels.zone, codes.ZONES], [labels.source, codes.SOURCES],
        [labels.mode, codes.MODES], [labels.stage, codes.STAGES],
        [labels.disposition, codes.DISPOSITIONS], [labels.validity, codes.VALIDITIES],
        [labels.feedback, codes.FEEDBACK_KINDS], [labels.unitKind, codes.UNIT_KINDS],
        [labels.schoolKind, codes.SCHOOL_KINDS], [labels.event, EVENT_KINDS],
        [act.need, NEEDS], [stats.groups, GROUPS], [stats.measures, MEASURES],
        [stats.measureHints, MEASURES], [alarms.kind, ALARM_KINDS],
      ]
      for (const [names, values] of lists) {
        expect(Object.keys(names).sort()).toEqual([...values].sort())
        expect(new Set(Object.values(names)).size).toBe(values.length)
      }
      for (const one of ACTS) expect(act[one]).toBeTruthy()
    }
  })

  it('keep the unit’s, the operator’s and the horn’s words apart', () => {
    const { labels, unit } = dictionaries['zh-CN']
    expect([labels.step.acknowledge, unit.primary.acknowledge, labels.assignment.acknowledged]).toEqual(['签收', '签收', '已签收'])
    const words = zh.filter(([, text]) => /知悉|消音/.test(text)).map(([key]) => key)
    expect(words.length).toBeGreaterThan(0)
    expect(words.filter((key) => !/^(alarms|keys)\.|\.alarm_seen$|^handover\.unseen$/.test(key))).toEqual([])
  })
})
