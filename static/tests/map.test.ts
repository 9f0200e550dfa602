import { describe, expect, it } from 'vitest'
import type { Alert, School, Unit } from '@/api/types'
import { edgesOf, marksOf, type Mark, type Scene } from '@/map/marks'
import { REACH } from '@/map/rings'
import { alert, dueAt, iso, T0, unit } from './fixtures'

const here = { longitude: 120, latitude: 30 }
const elsewhere = { longitude: 120.01, latitude: 30.01 }
const school: School = {
  id: 'S1', name: '示例小学', kind: 'primary', zone: 'A', position: here, station: null, duty_windows: [], contact: null,
}
const scene = (alerts: Alert[] = [], units: Unit[] = [], schools = [school]): Scene => ({
  alerts: new Map(alerts.map((one) => [one.id, one])),
  units: new Map(units.map((one) => [one.id, one])),
  schools: new Map(schools.map((one) => [one.id, one])),
})
const find = (marks: Mark[], key: string) => marks.find((mark) => mark.key === key)

describe('the map', () => {
  it('shows schools with their zone, and whether their post is manned', () => {
    const post = unit({ id: 'post', kind: 'post', duty: 'on_post', post: 'S1' })
    expect(find(marksOf(scene(), null, T0), 'school:S1')).toMatchObject({ shape: 'square', at: here, filled: false, about: { zone: 'A' } })
    expect(find(marksOf(scene([], [post]), null, T0), 'school:S1')).toMatchObject({ filled: true })
  })

  it('shows a school in the mood of the most urgent of its alerts', () => {
    const alerts = [alert({ id: 1, clocks: [dueAt(T0 + 90_000)] }), alert({ id: 2, clocks: [dueAt(T0 - 1)] })]
    expect(find(marksOf(scene(alerts), null, T0), 'school:S1')).toMatchObject({ mood: 'overdue', about: { open: 2 } })
  })

  it('shows units by whether they are committed and how fresh their position is', () => {
    const free = unit({ id: 'free', position: elsewhere, position_at: iso(T0 - 5_000) })
    const busy = unit({ id: 'busy', position: here, position_at: iso(T0 - 61_000), assignments: [1] })
    const marks = marksOf(scene([], [free, busy]), null, T0)
    expect(find(marks, 'unit:free')).toMatchObject({ shape: 'circle', at: elsewhere, filled: false, stale: false })
    expect(find(marks, 'unit:busy')).toMatchObject({ filled: true, stale: true })
  })

  it('leaves out who is not on duty, and who nobody knows where to draw', () => {
    const units = [unit({ id: 'off', duty: 'off_duty', position: here }), unit({ id: 'lost' })]
    expect(marksOf(scene([], units), null, T0).filter((mark) => mark.shape === 'circle')).toEqual([])
  })

  it('shows open alerts at their own place, else at their school, on top', () => {
    const own = alert({ id: 1, place: { text: '示例路口', position: elsewhere } })
    const marks = marksOf(scene([own, alert({ id: 2 }), alert({ id: 3, stage: 'closed' })]), null, T0)
    expect(marks.filter((mark) => mark.shape === 'triangle').map(({ key, at }) => [key, at])).toEqual([
      ['alert:1', elsewhere], ['alert:2', here],
    ])
    expect(marks.at(-1)?.shape).toBe('triangle')
  })

  it('draws everything where the server put it, when the tiles are in another system', () => {
    const shifted = { longitude: 120.005, latitude: 29.998 }
    const placed = new Map([['school:S1', shifted]])
    const marks = marksOf(scene([alert()], [unit({ id: 'new', position: here })]), placed, T0)
    expect(marks.map(({ key, at }) => [key, at])).toEqual([['school:S1', shifted], ['alert:1', shifted]])
  })

  it('has edges around all of it, and none around nothing', () => {
    const other = { ...school, id: 'S2', position: elsewhere }
    expect(edgesOf(marksOf(scene([], [], [school, other]), null, T0))).toEqual([here, elsewhere])
    expect(edgesOf([])).toBe(null)
  })

  it('has rings for one, three and five minutes, each wider than the one before', () => {
    expect(REACH.map((ring) => ring.minutes)).toEqual([1, 3, 5])
    expect(REACH.every((ring, at) => at === 0 || ring.metres > REACH[at - 1]!.metres)).toBe(true)
  })
})
