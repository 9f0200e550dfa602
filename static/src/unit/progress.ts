/** How far an assignment has come for its own officer: what the server says and what was pressed. */

import type { Alert, Assignment, AssignmentState } from '@/api/types'
import { isLive } from '@/alerts/standing'
import { LEADS_TO } from '@/alerts/steps'
import type { Press, QueueState } from './queue'

const RANK: Record<AssignmentState, number> = {
  assigned: 0, delivered: 1, acknowledged: 2, en_route: 3, on_scene: 4, cleared: 5, declined: 6,
  cancelled: 6,
}

/** The state with every press counted that the board does not show yet. */
export function stateWithPresses(
  assignment: Assignment,
  queue: Pick<QueueState, 'waiting' | 'sent'>,
  position: number,
): AssignmentState {
  if (!isLive(assignment)) return assignment.state
  let state = assignment.state
  const advance = (to: AssignmentState) => {
    if (RANK[to] > RANK[state]) state = to
  }
  for (const sent of queue.sent) {
    if (sent.assignment === assignment.id && sent.seq > position) advance(LEADS_TO[sent.step])
  }
  for (const press of queue.waiting) {
    if (press.assignment !== assignment.id) continue
    if (press.step !== null) advance(LEADS_TO[press.step])
    if (press.act === 'decline') state = 'declined'
  }
  return state
}

export type Primary = 'acknowledge' | 'en_route' | 'arrive' | 'feedback' | 'clear'

/** The one thing to press next; null when nothing is left to do. */
export function primaryOf(state: AssignmentState, hasFeedback: boolean): Primary | null {
  switch (state) {
    case 'assigned':
    case 'delivered':
      return 'acknowledge'
    case 'acknowledged':
      return 'en_route'
    case 'en_route':
      return 'arrive'
    case 'on_scene':
      return hasFeedback ? 'clear' : 'feedback'
    default:
      return null
  }
}

/** Whether this unit has reported from this assignment, or has a report waiting. */
export function hasFeedback(alert: Alert, assignment: Assignment, waiting: readonly Press[]): boolean {
  return (
    alert.feedback.some((one) => one.assignment === assignment.id) ||
    waiting.some((press) => press.act === 'feedback' && press.assignment === assignment.id)
  )
}

/** Declining ends where going begins. */
export const mayDecline = (state: AssignmentState) => RANK[state] < RANK.en_route
export const mayAskReinforcement = (state: AssignmentState) =>
  state === 'acknowledged' || state === 'en_route' || state === 'on_scene'

export interface Duty { alert: Alert; assignment: Assignment }

export interface Duties { live: Duty[]; ended: Duty[] }

/** A unit's assignments, live ones first by how they came, ended ones last, newest first. */
export function dutiesOf(alerts: Iterable<Alert>, unit: string): Duties {
  const all = [...alerts].flatMap((alert) =>
    alert.assignments
      .filter((assignment) => assignment.unit === unit)
      .map((assignment) => ({ alert, assignment })),
  )
  const isOver = ({ assignment }: Duty) => !isLive(assignment)
  return {
    live: all.filter((duty) => !isOver(duty)).sort((a, b) => a.assignment.id - b.assignment.id),
    ended: all.filter(isOver).sort((a, b) => b.assignment.id - a.assignment.id),
  }
}
