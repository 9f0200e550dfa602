/** Every command a screen can give, one function per verb; each names its route and body. */

import { request } from './http'
import type { Alarm } from '@/alarms/alarm'
import type {
  Category, Disposition, FeedbackKind, Instant, Mode, Outcome, Position, Severity, Source, Step, Tier,
  Validity,
} from './types'

/** A command waiting for its key: the same key for every try of it. */
export type Command = (key: string) => Promise<Outcome>

const post = (path: string, body: unknown): Command => (key) =>
  request<Outcome>('POST', path, { body, key })

export interface RaiseAlert {
  source: Source
  category: Category
  severity?: Severity
  mode?: Mode
  school?: string
  place?: { text: string }
  summary?: string
  caller_phone?: string
}

export interface CloseAlert {
  disposition?: Disposition
  result?: string
  no_arrival_reason?: string
  police_count: number
  injured_count: number
  validity: Validity
}

export const raiseAlert = (body: RaiseAlert) => post('/alerts', body)
export const dispatchUnits = (
  alert: number,
  units: { unit: string; echelon?: number }[],
  confirmStacking: boolean,
) => post(`/alerts/${alert}/dispatch`, { units, confirm_stacking: confirmStacking })
export const reclassifyAlert = (
  alert: number,
  body: { category?: Category; severity?: Severity; tier?: Tier; reason?: string },
) => post(`/alerts/${alert}/reclassify`, body)
export const noteAlert = (alert: number, text: string) => post(`/alerts/${alert}/note`, { text })
export const seeAlarms = (alert: number, alarms: readonly Alarm[]) =>
  post(`/alerts/${alert}/see-alarms`, {
    alarms: alarms.map(({ kind, rule, assignment }) => ({
      notice: kind, ...(rule === null ? {} : { rule }), ...(assignment === null ? {} : { assignment: assignment.id }),
    })),
  })
export const fileFeedback = (
  alert: number,
  body: { kind: FeedbackKind; text: string; assignment?: number; pressed_at?: Instant },
) => post(`/alerts/${alert}/feedback`, body)
export const resolveAlert = (alert: number, disposition: Disposition, result: string) =>
  post(`/alerts/${alert}/resolve`, { disposition, result })
export const closeAlert = (alert: number, body: CloseAlert) => post(`/alerts/${alert}/close`, body)
export const reopenAlert = (alert: number, reason: string) =>
  post(`/alerts/${alert}/reopen`, { reason })
export const cancelAlert = (alert: number, reason: string) =>
  post(`/alerts/${alert}/cancel`, { reason })
export const mergeAlert = (alert: number, into: number) => post(`/alerts/${alert}/merge`, { into })
export const unmergeAlert = (alert: number) => post(`/alerts/${alert}/unmerge`, {})
export const turnActual = (alert: number, reason: string) =>
  post(`/alerts/${alert}/turn-actual`, { reason })
export const excuseVerdict = (alert: number, rule: string, reason: string) =>
  post(`/alerts/${alert}/excuse`, { rule, reason })
export const deferHazard = (
  alert: number,
  body: { measure: string; informed: string; due_at: Instant },
) => post(`/alerts/${alert}/defer-hazard`, body)
export const fixHazard = (alert: number, text: string) =>
  post(`/alerts/${alert}/fix-hazard`, { text })

/** The route word of a step. */
export const STEP_ROUTES: Record<Step, string> = {
  deliver: 'deliver',
  acknowledge: 'acknowledge',
  en_route: 'en-route',
  arrive: 'arrive',
  clear: 'clear',
}

export const takeStep = (assignment: number, step: Step) =>
  post(`/assignments/${assignment}/${STEP_ROUTES[step]}`, {})
export const declineAssignment = (assignment: number, reason: string) =>
  post(`/assignments/${assignment}/decline`, { reason })
export const cancelAssignment = (assignment: number, reason: string) =>
  post(`/assignments/${assignment}/cancel`, { reason })

export type SetDuty = 'off_duty' | 'available' | 'on_post' | 'out_of_service'
export const changeDuty = (unit: string, duty: SetDuty, school?: string) =>
  post(`/units/${encodeURIComponent(unit)}/duty`, school ? { duty, post: school } : { duty })
export const checkIn = (unit: string, school: string) =>
  post(`/units/${encodeURIComponent(unit)}/check-in`, { school })
export const reportPosition = (unit: string, { longitude, latitude }: Position) =>
  post(`/units/${encodeURIComponent(unit)}/position`, { longitude, latitude, system: 'wgs84' })
