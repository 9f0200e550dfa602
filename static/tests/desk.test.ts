import { describe, expect, it } from 'vitest'
import { CATEGORIES, defaultSeverity } from '@/alerts/classification'
import { closingNeeds, type ClosingDraft } from '@/alerts/closing'
import { ruleName } from '@/alerts/ruleText'
import { stepsAhead } from '@/alerts/steps'
import type { ClockRule } from '@/api/policy'
import type { Alert, TimelineEntry } from '@/api/types'
import { actsFor, likelyAct } from '@/desk/acts'
import { describe as inWords } from '@/desk/describe'
import { dictionaries, type Messages } from '@/i18n'
import { pinyinInitials, searchable } from '@/search'
import { alert, assignment, clock, iso, T0 } from './fixtures'

const rule = (over: Partial<ClockRule>): ClockRule => ({
  id: 'l1-a', tier: 'T1', limit_ms: 60_000, warn_at_ms: 40_000, governing: true, when: {}, who: {},
  start: 'received', end: 'arrived', goal_percent: 90, required: true, ...over,
})

describe('U14 finding a school', () => {
  it('goes by part of its name, its pinyin initials or its code', () => {
    const school = searchable(null, '示例第一小学', 'S001')
    for (const wanted of ['第一', 'sldyxx', 'dyxx', 's001']) expect(school.matches(wanted)).toBe(true)
    expect(school.matches('二')).toBe(false)
  })
  it('keeps what is no Chinese character', () => expect(pinyinInitials('示例A2中学')).toBe('sla2zx'))
  it('puts a beginning before a middle', () => {
    const school = searchable(null, '滨河小学', 'S002')
    expect(school.score('bh')).toBeGreaterThan(school.score('xx'))
  })
})

describe('the severity of a category', () => {
  it('is there for every category', () => {
    expect(CATEGORIES.map(defaultSeverity).every((one) => /^L[123]$/.test(one))).toBe(true)
    expect([defaultSeverity('WEAPON'), defaultSeverity('FIGHT'), defaultSeverity('HAZARD')]).toEqual(['L1', 'L2', 'L3'])
  })
})

describe('what closing still needs', () => {
  const blank: ClosingDraft = {
    disposition: '', result: '', no_arrival_reason: '', police_count: '', injured_count: '', validity: '',
  }
  const open = (record = alert(), draft = blank) =>
    closingNeeds(record, draft).filter((one) => !one.met).map((one) => one.need)

  it('is everything of an untouched alert', () => {
    expect(open()).toEqual(['disposition', 'result', 'arrival', 'police_count', 'injured_count', 'validity'])
  })
  it('is nothing once all is there, nobody injured included', () => {
    const record = alert({
      disposition: 'mediated', result: '已调解',
      assignments: [assignment({ state: 'cleared', arrived_at: iso(T0), cleared_at: iso(T0) })],
    })
    expect(open(record, { ...blank, police_count: 2, injured_count: 0, validity: 'valid' })).toEqual([])
  })
  it('asks for a reason when only the school’s own guards arrived', () => {
    const guards = assignment({ unit_kind: 'school_guard', arrived_at: iso(T0), cleared_at: iso(T0), state: 'cleared' })
    expect(open(alert({ assignments: [guards] }))).toContain('arrival')
  })
  it('waits for units still bound, and takes no part of a person', () => {
    expect(open(alert({ assignments: [assignment()] }))).toContain('units_cleared')
    expect(open(alert(), { ...blank, police_count: '1.5', injured_count: '-1' })).toEqual(
      expect.arrayContaining(['police_count', 'injured_count']),
    )
  })
})

describe('the acts of an alert', () => {
  it('begin with sending a unit', () => {
    const acts = actsFor(alert(), 'operator')
    expect(acts).toEqual(['dispatch', 'note', 'feedback', 'reclassify', 'resolve', 'close', 'merge', 'cancel'])
    expect(likelyAct(alert(), acts)).toBe('dispatch')
  })
  it('leave reopening and excusing to a supervisor', () => {
    const closed = alert({ stage: 'closed', clocks: [clock({ verdict: 'late' })] })
    expect(actsFor(closed, 'operator')).toEqual([])
    expect(actsFor(closed, 'supervisor')).toEqual(['reopen', 'excuse'])
  })
  it('turn an exercise actual, and never the other way', () => {
    expect(actsFor(alert({ mode: 'exercise' }), 'operator')).toContain('turnActual')
    expect(actsFor(alert(), 'operator')).not.toContain('turnActual')
  })
  it('are only to unmerge for a merged child, and none for imported history', () => {
    expect(actsFor(alert({ stage: 'merged', merged_into: 2 }), 'operator')).toEqual(['unmerge'])
    expect(actsFor(alert({ imported: true }), 'supervisor')).toEqual([])
  })
  it('on an assignment go forward only', () => {
    expect(stepsAhead({ state: 'delivered' })).toEqual(['acknowledge', 'en_route', 'arrive', 'clear'])
    expect(stepsAhead({ state: 'on_scene' })).toEqual(['clear'])
    expect(stepsAhead({ state: 'cancelled' })).toEqual([])
  })
})

describe('a line of the record', () => {
  const m = dictionaries['zh-CN']
  const rules = new Map([['l1-a', rule({ when: { severities: ['L1'], zones: ['A'] } })]])
  const words = (line: TimelineEntry, of: Alert, texts: Messages) => inWords(line, of, texts, (id) => ruleName(id, rules, texts))
  const entry = (kind: string, detail: Record<string, unknown>) => ({ seq: 1, at: iso(T0), by: 'a', role: 'operator', kind, detail })

  it('names unit, kind and text of a feedback', () => {
    const record = alert({ assignments: [assignment()] })
    const line = entry('feedback_filed', { alert: 1, assignment: 1, feedback: 'arrival', text: '已到场' })
    expect(words(line, record, m)).toBe('示例巡逻车 · 到场反馈 · 已到场')
  })
  it('reads a notice whether nested or flat', () => {
    const nested = entry('deadline_passed', { alert: 1, notice: { notice: 'clock_breached', rule: 'l1-a' } })
    expect(words(nested, alert(), m)).toBe('超过时限 · 紧急 · A 区')
    expect(words(entry('deadline_passed', { notice: 'dispatch_missed' }), alert(), m)).toBe('超时未派警')
  })
  it('shows old and new of a correction', () => {
    const correction = { point: 'step', assignment: 1, step: 'arrive', old: iso(T0), new: iso(T0 + 1_000), reason: '误按' }
    const record = alert({ assignments: [assignment()] })
    expect(words(entry('time_point_corrected', { correction }), record, m)).toBe('示例巡逻车 · 到达 08:00:00 → 08:00:01 · 误按')
    const received = { point: 'received', old: iso(T0), new: null, reason: '误记' }
    expect(words(entry('time_point_corrected', { correction: received }), alert(), m)).toBe('接警 08:00:00 → -- · 误记')
  })
  it('names the clock that is excused', () => {
    expect(words(entry('verdict_excused', { alert: 1, rule: 'l1-a', reason: '封路' }), alert(), m)).toBe('紧急 · A 区 · 封路')
  })
  it('survives fields it does not know', () => {
    expect(words(entry('something_new', { a: { b: 1 } }), alert(), m)).toBe('')
  })
})

describe('the name of a clock rule', () => {
  const [zh, en] = [dictionaries['zh-CN'], dictionaries.en]
  const named = (one: ClockRule, m: Messages) => ruleName('x', new Map([['x', one]]), m)

  it('says whose step it counts, which step, and for which alerts', () => {
    expect(named(rule({ who: { echelons: [1] }, when: { severities: ['L1'] } }), zh)).toBe('第 1 梯队 · 紧急')
    expect(named(rule({ who: { at_least: 2 }, end: 'en_route' }), en)).toBe('At least 2 · en route')
    expect(named(rule({}), zh)).toBe('任何警情')
  })
  it('is the id the centre gave it, where the rule is not known', () => {
    expect(ruleName('l1-a', new Map(), zh)).toBe('l1-a')
  })
})
