import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Problem } from '@/api/types'
import { hasFeedback, primaryOf, stateWithPresses } from '@/unit/progress'
import { PressQueue, type Answer, type Press, type QueueState } from '@/unit/queue'
import { alert, assignment } from './fixtures'

const press = (key: string, over: Partial<Press> = {}): Press => ({
  key, path: '/assignments/1/acknowledge', body: {}, alert: 1, assignment: 1, step: 'acknowledge',
  act: 'acknowledge', pressed_at: '2026-11-24T00:00:00.000Z', not_before: 0, ...over,
})
const outcome = (seq: number): Answer => ({ kind: 'done', outcome: { epoch: 'e1', seq, alert: 1, assignments: [1] } })
const problem: Problem = {
  type: 'about:blank', title: 'Conflict', status: 409, detail: '此派警单已撤回。', code: 'assignment_ended',
}

function build(answers: Answer[], kept: Press[] = []) {
  const sent: string[] = []
  const states: QueueState[] = []
  let saved: readonly Press[] = kept
  const queue = new PressQueue({
    load: () => [...kept],
    save: (presses) => (saved = [...presses]),
    send(one) {
      sent.push(one.key)
      return Promise.resolve(answers.shift() ?? { kind: 'later' })
    },
    now: () => Date.now(),
    changed: (state) => void states.push(state),
  })
  return { queue, sent, saved: () => saved.map((one) => one.key) }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('the press queue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('stores a press before it sends it', async () => {
    const { queue, saved } = build([{ kind: 'later' }])
    queue.add(press('a'))
    expect(saved()).toEqual(['a'])
    await settle()
    expect(saved()).toEqual(['a'])
  })

  it('removes it on an answer', async () => {
    const { queue, saved } = build([outcome(5)])
    queue.add(press('a'))
    await settle()
    expect(saved()).toEqual([])
    expect(queue.state.sent).toEqual([{ assignment: 1, step: 'acknowledge', seq: 5 }])
  })

  it('sends in order, one at a time', async () => {
    const { queue, sent } = build([outcome(1), outcome(2), outcome(3)])
    for (const key of ['a', 'b', 'c']) queue.add(press(key))
    expect(sent).toEqual(['a'])
    await settle()
    expect(sent).toEqual(['a', 'b', 'c'])
  })

  it('tries the same key again until somebody answers', async () => {
    const { queue, sent } = build([{ kind: 'later' }, { kind: 'later' }, outcome(1)])
    queue.add(press('a'))
    await settle()
    expect(queue.state.unreachable).toBe(true)
    await vi.advanceTimersByTimeAsync(1_000)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toEqual(['a', 'a', 'a'])
    expect(queue.state).toMatchObject({ waiting: [], unreachable: false })
  })

  it('keeps later presses behind an unanswered one', async () => {
    const { queue, sent } = build([{ kind: 'later' }])
    queue.add(press('a'))
    await settle()
    queue.add(press('b'))
    await settle()
    expect(sent.includes('b')).toBe(false)
  })

  it('removes a refused press and tells it until it is read', async () => {
    const { queue, saved } = build([{ kind: 'refused', problem }])
    queue.add(press('a'))
    await settle()
    expect(saved()).toEqual([])
    expect(queue.state.refused).toMatchObject([{ press: { key: 'a' }, problem: { detail: '此派警单已撤回。' } }])
    queue.dismiss('a')
    expect(queue.state.refused).toEqual([])
  })

  it('says nothing of a delivery that was told already', async () => {
    const { queue } = build([{ kind: 'refused', problem }])
    queue.add(press('a', { act: 'deliver', step: 'deliver' }))
    await settle()
    expect(queue.state).toMatchObject({ waiting: [], refused: [] })
  })

  it('holds an arrival back for its five seconds and then sends it', async () => {
    const { queue, sent } = build([outcome(1)])
    queue.add(press('a', { act: 'arrive', step: 'arrive', not_before: Date.now() + 5_000 }))
    await vi.advanceTimersByTimeAsync(4_999)
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual(['a'])
  })

  it('takes an arrival back before it is sent, not after', async () => {
    const { queue, sent, saved } = build([outcome(1)])
    queue.add(press('a', { not_before: Date.now() + 5_000 }))
    expect(queue.undo('a')).toBe(true)
    expect(saved()).toEqual([])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent).toEqual([])
    queue.add(press('b', { not_before: Date.now() + 5_000 }))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(queue.undo('b')).toBe(false)
  })

  it('goes on with what was kept over a reload', async () => {
    const { queue, sent, saved } = build([outcome(1), outcome(2)], [press('a'), press('b')])
    queue.hurry()
    await settle()
    expect(sent).toEqual(['a', 'b'])
    expect(saved()).toEqual([])
  })

  it('waits for the next login when the session has ended', async () => {
    const { queue, sent, saved } = build([{ kind: 'login' }, outcome(1)])
    queue.add(press('a'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toEqual(['a'])
    expect(saved()).toEqual(['a'])
    queue.hurry()
    await settle()
    expect(saved()).toEqual([])
  })
})

describe('an assignment on its own phone', () => {
  const queue = (waiting: Press[], sent: QueueState['sent'] = []) => ({ waiting, sent })

  it('counts presses that still wait', () => {
    const waiting = [press('a'), press('b', { step: 'en_route', act: 'en_route' })]
    expect(stateWithPresses(assignment(), queue(waiting), 0)).toBe('en_route')
    expect(stateWithPresses(assignment({ id: 2 }), queue(waiting), 0)).toBe('assigned')
  })

  it('counts an answered press until the board has come that far', () => {
    const sent = [{ assignment: 1, step: 'acknowledge' as const, seq: 8 }]
    expect(stateWithPresses(assignment(), queue([], sent), 7)).toBe('acknowledged')
    expect(stateWithPresses(assignment(), queue([], sent), 8)).toBe('assigned')
  })

  it('is never carried on by presses once it was withdrawn', () => {
    expect(stateWithPresses(assignment({ state: 'cancelled' }), queue([press('a')]), 0)).toBe('cancelled')
  })

  it('offers one thing at a time', () => {
    expect(primaryOf('assigned', false)).toBe('acknowledge')
    expect(primaryOf('delivered', false)).toBe('acknowledge')
    expect(primaryOf('acknowledged', false)).toBe('en_route')
    expect(primaryOf('en_route', false)).toBe('arrive')
    expect(primaryOf('on_scene', false)).toBe('feedback')
    expect(primaryOf('on_scene', true)).toBe('clear')
    expect(primaryOf('cleared', true)).toBe(null)
  })

  it('has reported with a report of its own only, sent or waiting', () => {
    const report = { at: '', by: 'u', assignment: 2, kind: 'arrival' as const, text: '到场', pressed_at: null }
    expect(hasFeedback(alert({ feedback: [report] }), assignment({ id: 1 }), [])).toBe(false)
    expect(hasFeedback(alert({ feedback: [report] }), assignment({ id: 2 }), [])).toBe(true)
    expect(hasFeedback(alert(), assignment(), [press('a', { act: 'feedback', step: null })])).toBe(true)
  })
})
