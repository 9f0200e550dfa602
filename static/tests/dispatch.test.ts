import { describe, expect, it } from 'vitest'
import type { Alert, School, Unit } from '@/api/types'
import { best, candidates } from '@/desk/dispatch/candidates'
import { soleCover } from '@/desk/dispatch/cover'
import { expectedMs } from '@/desk/dispatch/estimate'
import type { Ending, Rules } from '@/desk/dispatch/reach'
import { alert, assignment, clock, dueAt, iso, T0, unit } from './fixtures'

const there = { longitude: 120, latitude: 30 }
/** So many metres east of the school. */
const east = (metres: number) => ({ longitude: 120 + metres / 96_400, latitude: 30 })
const school = (over: Partial<School> = {}): School => ({
  id: 'S1', name: '示例小学', kind: 'primary', zone: 'A', position: there, station: null, duty_windows: [],
  contact: null, ...over,
})
const schools = (...list: School[]) => new Map(list.map((one) => [one.id, one]))
const at = (id: string, metres: number, over: Partial<Unit> = {}) =>
  unit({ id, name: id, position: east(metres), position_at: iso(T0), ...over })
const district = (units: Unit[], ...list: School[]) => ({
  units: new Map(units.map((one) => [one.id, one])), schools: schools(...list, school()),
})
const none: Rules = new Map()
const shown = (one: Alert, units: Unit[], rules = none) => candidates(one, district(units), rules, T0)

describe('U15 units that could be sent', () => {
  const posted = unit({ id: 'posted', kind: 'post', duty: 'on_post', post: 'S1' })
  const busy = at('busy', 0, { duty: 'committed', assignments: [9] })
  const off = unit({ id: 'off', duty: 'off_duty' })
  const far = at('far', 9_000, { position_at: iso(T0 - 61_000) })

  it('come with the quickest free first, committed and absent last', () => {
    const list = shown(alert(), [off, busy, far, at('near', 100), posted])
    expect(list.map((one) => one.unit.id)).toEqual(['posted', 'near', 'far', 'busy', 'off'])
    expect(list.map((one) => one.standing)).toEqual(['free', 'free', 'free', 'busy', 'away'])
  })

  it('leave out those already on the alert', () => {
    const sent = alert({ assignments: [assignment({ unit: 'near' })] })
    expect(shown(sent, [at('near', 100), far]).map((one) => one.unit.id)).toEqual(['far'])
  })

  it('tell distance, expected time and a position older than a minute', () => {
    const [near, old] = shown(alert(), [far, at('near', 100)])
    expect(Math.round(near!.metres!)).toBe(100)
    expect(near!.expected).toBe(expectedMs('patrol', near!.metres!, false))
    expect([near!.stale, old!.stale]).toEqual([false, true])
  })

  it('have no expected time where nobody knows where they are', () => {
    expect(shown(alert(), [unit({ id: 'silent' })])[0]).toMatchObject({ metres: null, expected: null, reach: [] })
  })

  it('tell which clock they would still meet, and by how much', () => {
    const one = alert({ clocks: [dueAt(T0 + 60_000), dueAt(T0 + 180_000, { rule: 'second', tier: 'T3', governing: false })] })
    const [candidate] = shown(one, [at('patrol', 600)])
    const expected = candidate!.expected!
    expect(expected).toBeGreaterThan(60_000)
    expect(candidate!.reach.map(({ clock: { rule }, spare }) => [rule, spare])).toEqual([
      ['l1-a', 60_000 - expected], ['second', 180_000 - expected],
    ])
  })

  it('tell nothing of a clock they do not count for, nor of one that is reached', () => {
    const rules = new Map<string, Ending>([['posts', { end: 'arrived', who: { unit_kinds: ['post'] } }]])
    const posts = clock({ rule: 'posts', governing: false })
    const reached = clock({ rule: 'reached', reached_at: iso(T0), elapsed_ms: 1, verdict: 'met' })
    const [candidate] = shown(alert({ clocks: [clock(), posts, reached] }), [at('patrol', 100)], rules)
    expect(candidate!.reach.map((one) => one.clock.rule)).toEqual(['l1-a'])
    expect(shown(alert(), [at('guards', 0, { kind: 'school_guard' })])[0]!.reach).toEqual([])
  })

  it('end a clock of the turnout by setting off, and start one that counts from the dispatch now', () => {
    const rules = new Map<string, Ending>([['start', { end: 'en_route', who: {} }]])
    const waiting = clock({ rule: 'start', started_at: null, warn_at: null, due_at: null })
    const [candidate] = shown(alert({ clocks: [waiting] }), [at('patrol', 5_000)], rules)
    expect(candidate!.reach[0]!.spare).toBe(60_000 - 20_000)
  })
})

describe('U15 the schools that lose cover', () => {
  const second = school({ id: 'S2', name: '示例中学', zone: 'B', position: east(2_000) })

  it('are those that no other free unit can reach within their zone’s promise', () => {
    const sole = soleCover([at('here', 0), at('there', 1_900), at('too', 1_950)], schools(school(), second))
    expect([...sole].map(([unit, lost]) => [unit, lost.map((one) => one.id)])).toEqual([['here', ['S1']]])
  })

  it('are none where two cover it, nor where nobody does', () => {
    expect(soleCover([at('one', 0), at('two', 50)], schools(school()))).toEqual(new Map())
    expect(soleCover([at('far', 9_000)], schools(school()))).toEqual(new Map())
  })

  it('are not covered by a committed unit or the school’s own guards', () => {
    const busy = at('busy', 0, { assignments: [1] })
    const guards = at('guards', 0, { kind: 'school_guard' })
    expect(soleCover([at('here', 0), busy, guards], schools(school())).get('here')?.length).toBe(1)
  })
})

describe('U15 the best units', () => {
  const wave = (n: number): [string, Ending] => [`wave-${n}`, { end: 'arrived', who: { echelons: [n] } }]
  const waves = new Map([wave(1), wave(2), wave(3)])
  const clocks = [clock(), ...[1, 3, 5].map((m, n) => dueAt(T0 + m * 60_000, { rule: `wave-${n + 1}`, governing: false }))]
  const pick = (one: Alert, units: Unit[], rules: Rules, cover = new Map<string, School[]>()) =>
    best(one, shown(one, units, rules), rules, cover).map(({ unit, wave }) => [unit.id, wave])

  it('are the quickest that counts, one for one clock', () => {
    expect(pick(alert(), [at('far', 900), at('near', 100), at('guards', 0, { kind: 'school_guard' })], none)).toEqual([['near', 2]])
  })

  it('are one for each wave, the fewest that serve all', () => {
    const units = [at('post', 10, { kind: 'post' }), at('patrol', 100), at('swat', 500, { kind: 'swat' }), at('other', 50)]
    expect(pick(alert({ clocks }), units, waves)).toEqual([['post', 1], ['other', 2], ['swat', 3]])
  })

  it('send a unit in the wave that is asked for where none comes in it by itself', () => {
    const lone = alert({ clocks: [clock({ rule: 'wave-1' })] })
    expect(pick(lone, [at('patrol', 100)], waves)).toEqual([['patrol', 1]])
  })

  it('leave out what those already sent will do', () => {
    const sent = alert({ clocks, assignments: [assignment({ unit: 'x', echelon: 2 })] })
    expect(pick(sent, [at('patrol', 100), at('swat', 500, { kind: 'swat' })], waves)).toEqual([['patrol', 1], ['swat', 3]])
  })

  it('never take a committed or absent unit, nor one whose place nobody knows', () => {
    const units = [at('busy', 0, { assignments: [1] }), at('off', 0, { duty: 'off_duty' }), unit({ id: 'silent' })]
    expect(pick(alert(), units, none)).toEqual([])
  })

  it('of two as quick, are the one that leaves no school without cover', () => {
    const cover = new Map([['a', [school()]]])
    expect(pick(alert(), [at('a', 100), at('b', 100)], none, cover)).toEqual([['b', 2]])
  })

  it('are the quickest one where no clock runs', () => {
    expect(pick(alert({ clocks: [], tier: null }), [at('near', 100), at('far', 900)], none)).toEqual([['near', 2]])
  })
})
