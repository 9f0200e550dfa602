/** The phone's press queue, bound to its account's storage and the API. */

import { onUnmounted, shallowRef } from 'vue'
import { ApiFailure, commandKey, request } from '@/api/http'
import { STEP_ROUTES } from '@/api/commands'
import type { FeedbackKind, Outcome, Step } from '@/api/types'
import { endSession } from '@/session'
import { PressQueue, type Answer, type Press } from './queue'

/** How long an arrival can be taken back before it is sent (U17). */
export const UNDO_MS = 5_000

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

export function usePresses(account: string) {
  const storageKey = `campus-dispatch.presses.${account}`
  const queue = new PressQueue({
    load() {
      try {
        const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
        return Array.isArray(kept) ? (kept as Press[]) : []
      } catch {
        return []
      }
    },
    save(presses) {
      try {
        localStorage.setItem(storageKey, JSON.stringify(presses))
      } catch {
        // Without storage the queue lasts as long as the page.
      }
    },
    send,
    now: () => Date.now(),
    changed: (next) => (state.value = next),
  })
  const state = shallowRef(queue.state)
  const hurry = () => queue.hurry()
  window.addEventListener('online', hurry)
  onUnmounted(() => {
    window.removeEventListener('online', hurry)
    queue.stop()
  })
  queue.hurry()

  function press(
    about: { alert: number; assignment: number },
    act: Press['act'],
    path: string,
    body: Record<string, unknown>,
    step: Step | null,
  ) {
    const now = Date.now()
    queue.add({
      key: commandKey(),
      path,
      body,
      ...about,
      step,
      act,
      pressed_at: new Date(now).toISOString(),
      not_before: act === 'arrive' ? now + UNDO_MS : 0,
    })
  }

  const pressedAt = () => ({ pressed_at: new Date().toISOString() })
  type About = { alert: number; assignment: number }
  return {
    state,
    take(about: About, step: Step) {
      press(about, step, `/assignments/${about.assignment}/${STEP_ROUTES[step]}`, pressedAt(), step)
    },
    decline(about: About, reason: string) {
      press(about, 'decline', `/assignments/${about.assignment}/decline`, { reason }, null)
    },
    reinforce(about: About, text: string) {
      press(about, 'reinforce', `/assignments/${about.assignment}/reinforce`, { text }, null)
    },
    feedback(about: About, kind: FeedbackKind, text: string) {
      const body = { kind, text, assignment: about.assignment, ...pressedAt() }
      press(about, 'feedback', `/alerts/${about.alert}/feedback`, body, null)
    },
    undo: (key: string) => queue.undo(key),
    dismiss: (key: string) => queue.dismiss(key),
  }
}

export type Presses = ReturnType<typeof usePresses>
