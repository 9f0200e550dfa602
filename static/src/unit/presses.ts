/** The phone's press queue, bound to its memory and the API. */

import { onUnmounted, shallowRef } from 'vue'
import { ApiFailure, commandKey, request } from '@/api/http'
import { STEP_ROUTES } from '@/api/commands'
import type { Category, FeedbackKind, Outcome, Problem, Step } from '@/api/types'
import { messages } from '@/i18n'
import { endSession } from '@/session'
import { timeOfDay } from '@/time/format'
import { serverClock } from '@/time/now'
import type { Memory } from './offline/memory'
import { nameOf } from './naming'
import { PressQueue, type Act, type Answer, type Press } from './queue'
import type { Told } from './told'

/** How long an arrival can be taken back before it is sent (U17). */
export const UNDO_MS = 5_000

/** The alert and the assignment a press is about. */
export interface About { alert: number; assignment: number }

/** Where an own alert is. */
export interface Whereabouts {
  school?: string
  place?: { text: string; coordinates?: { longitude: number; latitude: number; system: 'wgs84' } }
}

async function send(press: Press): Promise<Answer> {
  try {
    const outcome = await request<Outcome>('POST', press.path, { body: press.body, key: press.key })
    return { kind: 'done', outcome }
  } catch (failure) {
    if (!(failure instanceof ApiFailure) || failure.isPassing || failure.problem === null) {
      return { kind: 'later' }
    }
    if (failure.problem.status === 401) {
      endSession()
      return { kind: 'login' }
    }
    return { kind: 'refused', problem: failure.problem }
  }
}

export interface PressDoors {
  memory: Memory
  account: string
  kept: readonly Press[]
  tell(told: Told): Promise<void>
}

export function usePresses({ memory, account, kept, tell }: PressDoors) {
  const queue = new PressQueue(
    {
      keep: (press) => memory.keepPress(account, press),
      drop: (key) => memory.dropPress(key),
      send,
      settled: (press, answer) => (answer.kind === 'done' ? took(press, answer.outcome) : refused(press, answer.problem)),
      now: () => Date.now(),
      changed: (next) => (state.value = next),
    },
    kept,
  )
  const state = shallowRef(queue.state)
  const hurry = () => queue.hurry()
  window.addEventListener('online', hurry)
  onUnmounted(() => {
    window.removeEventListener('online', hurry)
    queue.stop()
  })
  queue.hurry()

  async function took(press: Press, outcome: Outcome): Promise<void> {
    if (press.act === 'raise' && outcome.alert !== null) {
      await tell({ kind: 'raised', key: press.key, alert: outcome.alert })
    }
  }

  async function refused(press: Press, problem: Problem): Promise<void> {
    // That a delivery was told already concerns nobody.
    if (press.act === 'deliver') return
    const noted = problem.code === 'assignment_ended' && press.act !== 'feedback'
    await tell({ kind: 'refused', key: press.key, press, problem, noted })
    if (noted) await queue.add(noteOf(press))
  }

  /** What was done on an assignment that had been taken away becomes a report: it is not lost (U19). */
  function noteOf(press: Press): Press {
    const at = timeOfDay(Date.parse(press.pressed_at))
    const said = [press.body.reason, press.body.text].find((one) => typeof one === 'string')
    const text = messages.value.unit.lateNote(nameOf(press.act, messages.value), at, String(said ?? ''))
    const body = { kind: 'supplement', text, assignment: press.assignment, pressed_at: press.pressed_at }
    return {
      ...press, key: press.note_key, path: `/alerts/${press.alert}/feedback`, body, step: null, act: 'feedback',
      not_before: 0, note_key: commandKey(),
    }
  }

  function press(about: About | null, act: Act, path: string, body: Record<string, unknown>, step: Step | null) {
    const now = Date.now()
    // Without it a browser short of space may clear what has not been sent.
    void navigator.storage?.persist?.()
    return queue.add({
      key: commandKey(),
      path,
      body,
      alert: about?.alert ?? null,
      assignment: about?.assignment ?? null,
      step,
      act,
      pressed_at: new Date(now).toISOString(),
      not_before: act === 'arrive' ? now + UNDO_MS : 0,
      note_key: commandKey(),
    })
  }

  const pressedAt = () => ({ pressed_at: new Date().toISOString() })
  return {
    state,
    take(about: About, step: Step) {
      void press(about, step, `/assignments/${about.assignment}/${STEP_ROUTES[step]}`, pressedAt(), step)
    },
    decline(about: About, reason: string) {
      void press(about, 'decline', `/assignments/${about.assignment}/decline`, { reason }, null)
    },
    reinforce(about: About, text: string) {
      void press(about, 'reinforce', `/assignments/${about.assignment}/reinforce`, { text }, null)
    },
    feedback(about: About, kind: FeedbackKind, text: string) {
      const body = { kind, text, assignment: about.assignment, ...pressedAt() }
      void press(about, 'feedback', `/alerts/${about.alert}/feedback`, body, null)
    },
    raise(category: Category, where: Whereabouts, summary: string) {
      // A clock that is only the phone's own could name an instant still to come.
      const found = serverClock.isMeasured() ? { occurred_at: new Date(serverClock.now()).toISOString() } : {}
      const body = { source: 'unit_finding', category, ...where, ...found, summary }
      void press(null, 'raise', '/alerts', body, null)
    },
    checkIn(unit: string, school: string) {
      void press(null, 'check_in', `/units/${encodeURIComponent(unit)}/check-in`, { school }, null)
    },
    undo: (key: string) => queue.undo(key),
  }
}

export type Presses = ReturnType<typeof usePresses>
