/** The steps of an assignment, in their order. */

import type { Assignment, AssignmentState, Step } from '@/api/types'

/** Those a person takes; delivery is told by the phone itself. */
export const PRESSED_STEPS = ['acknowledge', 'en_route', 'arrive', 'clear'] as const
export type PressedStep = (typeof PRESSED_STEPS)[number]

const REACHED: Record<AssignmentState, number> = {
  assigned: 0, delivered: 0, acknowledged: 1, en_route: 2, on_scene: 3, cleared: 4, declined: 4,
  cancelled: 4,
}

/** Steps that can still be taken: forward only, skipping allowed. */
export function stepsAhead(assignment: Pick<Assignment, 'state'>): PressedStep[] {
  return PRESSED_STEPS.slice(REACHED[assignment.state])
}

/** The state a step leads to. */
export const LEADS_TO: Record<Step, AssignmentState> = {
  deliver: 'delivered',
  acknowledge: 'acknowledged',
  en_route: 'en_route',
  arrive: 'on_scene',
  clear: 'cleared',
}
