import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Problem } from '@/api/types'
import { hasFeedback, primaryOf, stateWithPresses } from '@/unit/progress'
import { PressQueue, type Answer, type Press, type QueueState } from '@/unit/queue'
import { alert, assignment } from './fixtures'

const press = (key: string, over: Partial<Press> = {}): Press => ({
  key, path: '/assignments/1/acknowledge', body: {}, alert: 1, assignment: 1, step: 'acknowledge',
  act: 'acknowledge', pressed_at: '2026-11-24T00:00:00.000Z', not_before: 0, note_key: `${key}-note`, ...over,
})
const outcome = (seq: number): Answer => ({ kind: 'done', outcome: { epoch: 'e1', seq, alert: 1, assignments: [1] } })
const problem: Problem = {
  type: 'about:blank', title: 'Conflict', status: 409, detail: '此派警单已撤回。', code: 'assignment_ended',
}

function build(answers: Answer[], kept: Press[] = []) {
  const sent: string[] = []
  const told: string[] = []
  const saved = kept.map((one) => one.key)
  const queue = new PressQueue(
    {
      keep: (one) => Promise.resolve(void saved.push(one.key)),
      drop: (key) => Promise.resolve(void saved.splice(saved.indexOf(key), 1)),
      send(one) {
        sent.push(one.key)
        return Promise.resolve(answers.shift() ?? { kind: 'later' })
      },
      settled: (one, answer) => Promise.resolve(void told.push(`${one.key} ${answer.kind}`)),
      now: () => Date.now(),
      changed: () => undefined,
    },
    kept,
  )
  return { queue, sent, told, saved: () => saved }
}
const settle = () => vi.advanceTimersByTimeAsync(0)

describe('the press queue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('U18 sends a press only once it is kept', async () => {
    const sent: string[] = []
    let kept = () => undefined as void
    const queue = new PressQueue(
      {
        keep: () => new Promise<void>((resolve) => (kept = resolve)),
        drop: () => Promise.resolve(),
        send: (one) => Promise.resolve((sent.push(one.key), outcome(1))),
        settled: () => Promise.resolve(),
        now: () => Date.now(),
        changed: () => undefined,
      },
      [],
    )
    void queue.add(press('a'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(sent).toEqual([])
    expect(queue.state.waiting).toHaveLength(1)
    kept()
    await settle()
    expect(sent).toEqual(['a'])
  })

  it('U18 sends all the same where nothing can be kept', async () => {
    const sent: string[] = []
    const refuses = () => Promise.reject(new Error('no storage'))
    const queue = new PressQueue(
      {
        keep: refuses,
        drop: refuses,
        send: (one) => Promise.resolve((sent.push(one.key), outcome(1))),
        settled: () => Promise.resolve(),
        now: () => Date.now(),
        changed: () => undefined,
      },
      [],
    )
    void queue.add(press('a'))
    await settle()
    expect(sent).toEqual(['a'])
    expect(queue.state.waiting).toEqual([])
  })

  it('U18 removes it on an answer', async () => {
    const { queue, saved } = build([outcome(5)])
    void queue.add(press('a'))
    await settle()
    expect(saved()).toEqual([])
    expect(queue.state.sent).toEqual([{ assignment: 1, step: 'acknowledge', seq: 5 }])
  })

  it('U18 sends in order, one at a time', async () => {
    const { queue, sent } = build([outcome(1), outcome(2), outcome(3)])
    for (const key of ['a', 'b', 'c']) void queue.add(press(key))
    await settle()
    expect(sent).toEqual(['a', 'b', 'c'])
  })

  it('U18 tries the same key again until somebody answers', async () => {
    const { queue, sent } = build([{ kind: 'later' }, { kind: 'later' }, outcome(1)])
    void queue.add(press('a'))
    await settle()
    expect(queue.state.unreachable).toBe(true)
    await vi.advanceTimersByTimeAsync(1_000)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(sent).toEqual(['a', 'a', 'a'])
    expect(queue.state).toMatchObject({ waiting: [], unreachable: false })
  })

  it('U18 keeps later presses behind an unanswered one', async () => {
    const { queue, sent } = build([{ kind: 'later' }])
    void queue.add(press('a'))
    await settle()
    void queue.add(press('b'))
    await settle()
    expect(sent.includes('b')).toBe(false)
  })

  it('U19 tells what follows from an answer before it forgets the press', async () => {
    const { queue, saved, told } = build([{ kind: 'refused', problem }])
    void queue.add(press('a'))
    await settle()
    expect(told).toEqual(['a refused'])
    expect(saved()).toEqual([])
    expect(queue.state.waiting).toEqual([])
  })

  it('U17 lets other work pass an arrival that can still be taken back, and its own not', async () => {
    const { queue, sent } = build([outcome(1), outcome(2), outcome(3)])
    void queue.add(press('arrival', { act: 'arrive', step: 'arrive', not_before: Date.now() + 5_000 }))
    void queue.add(press('report', { act: 'feedback', step: null }))
    void queue.add(press('alarm', { act: 'raise', step: null, alert: null, assignment: null }))
    await vi.advanceTimersByTimeAsync(4_999)
    expect(sent).toEqual(['alarm'])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual(['alarm', 'arrival', 'report'])
  })

  it('U17 holds an arrival back for its five seconds and then sends it', async () => {
    const { queue, sent } = build([outcome(1)])
    void queue.add(press('a', { act: 'arrive', step: 'arrive', not_before: Date.now() + 5_000 }))
    await vi.advanceTimersByTimeAsync(4_999)
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual(['a'])
  })

  it('U17 takes an arrival back before it is sent, not after', async () => {
    const { queue, sent, saved } = build([outcome(1)])
    void queue.add(press('a', { not_before: Date.now() + 5_000 }))
    expect(queue.undo('a')).toBe(true)
    expect(saved()).toEqual([])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(sent).toEqual([])
    void queue.add(press('b', { not_before: Date.now() + 5_000 }))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(queue.undo('b')).toBe(false)
  })

  it('U18 goes on with what was kept over a reload', async () => {
    const { queue, sent, saved } = build([outcome(1), outcome(2)], [press('a'), press('b')])
    queue.hurry()
    await settle()
    expect(sent).toEqual(['a', 'b'])
    expect(saved()).toEqual([])
  })

  it('U19 waits for the next login when the session has ended', async () => {
    const { queue, sent, saved } = build([{ kind: 'login' }, outcome(1)])
    void queue.add(press('a'))
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

  it('U19 is never carried on by presses once it was withdrawn', () => {
    expect(stateWithPresses(assignment({ state: 'cancelled' }), queue([press('a')]), 0)).toBe('cancelled')
  })

  it('U17 offers one thing at a time', () => {
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
