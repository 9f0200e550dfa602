/** Which acts an alert allows to whom. The server decides; this only spares hopeless buttons. */

import type { Alert, Role } from '@/api/types'
import { hasOpenHazard, isEnded } from '@/alerts/standing'

export const ACTS = [
  'dispatch', 'note', 'feedback', 'reclassify', 'resolve', 'close', 'merge', 'unmerge', 'cancel',
  'reopen', 'turnActual', 'excuse', 'deferHazard', 'fixHazard',
] as const
export type Act = (typeof ACTS)[number]

export function actsFor(alert: Alert, role: Role): Act[] {
  return ACTS.filter((act) => allows(alert, role, act))
}

function allows(alert: Alert, role: Role, act: Act): boolean {
  if (alert.imported) return false
  const open = !isEnded(alert)
  const running = open && alert.stage !== 'resolved'
  const supervisor = role === 'supervisor'
  switch (act) {
    case 'dispatch':
    case 'reclassify':
    case 'resolve':
    case 'cancel':
      return running
    case 'note':
    case 'feedback':
      return open
    case 'close':
      return open
    case 'merge':
      return open && alert.merged.length === 0
    case 'unmerge':
      return alert.stage === 'merged'
    case 'reopen':
      return supervisor && alert.stage === 'closed'
    case 'turnActual':
      return open && alert.mode === 'exercise'
    case 'excuse':
      return supervisor && failedClocks(alert).length > 0
    case 'deferHazard':
      return open && alert.category === 'HAZARD' && alert.hazard === null
    case 'fixHazard':
      return hasOpenHazard(alert)
  }
}

/** Clocks whose verdict a supervisor may excuse. */
export function failedClocks(alert: Alert) {
  return alert.clocks.filter((clock) => clock.verdict === 'late' || clock.verdict === 'missed')
}

/** What an operator most likely does next. */
export function likelyAct(alert: Alert, acts: readonly Act[]): Act | null {
  const wanted: Act =
    alert.stage === 'received' ? 'dispatch' : alert.stage === 'resolved' ? 'close' : 'note'
  return acts.includes(wanted) ? wanted : (acts[0] ?? null)
}
