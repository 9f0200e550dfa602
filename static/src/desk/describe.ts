/** One line of the record in words: what its event's fields say. */

import type { Alert, TimelineEntry } from '@/api/types'
import type { Messages } from '@/i18n'
import { timeOfDay } from '@/time/format'

type Fields = Record<string, unknown>

export function describe(entry: TimelineEntry, alert: Alert, m: Messages, nameOfRule: (id: string) => string): string {
  const fields = entry.detail
  const parts = [
    unitName(fields, alert),
    ...named(entry.kind, fields, m, nameOfRule),
    reference(fields),
    ...texts(fields, nameOfRule),
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

/** Whose assignment it is about. */
function unitName(fields: Fields, alert: Alert): string {
  const correction = fields.correction as Fields | undefined
  const assignment = fields.assignment ?? noticeFields(fields)?.assignment ?? correction?.assignment
  const known = alert.assignments.find((one) => one.id === assignment)
  return known?.unit_name ?? text(fields.unit)
}

/** Values of the code lists, by their names. */
function named(kind: string, fields: Fields, m: Messages, nameOfRule: (id: string) => string): string[] {
  const { labels } = m
  const of = (names: Record<string, string>, value: unknown) =>
    typeof value === 'string' ? (names[value] ?? value) : ''
  const record = (fields.record ?? {}) as Fields
  const correction = (fields.correction ?? {}) as Fields
  return [
    of(labels.category, fields.category),
    of(labels.severity, fields.severity),
    kind === 'feedback_filed' ? of(labels.feedback, fields.feedback) : '',
    of(labels.disposition, fields.disposition ?? record.disposition),
    of(labels.validity, record.validity),
    noticeOf(fields, labels.notice, nameOfRule),
    change(correction, m),
  ]
}

/** Of a deadline told, or of an alarm seen. */
function noticeFields(fields: Fields): Fields | null {
  const notice = fields.notice ?? fields.alarm
  return typeof notice === 'object' && notice !== null ? (notice as Fields) : null
}

/** A deadline's notice stands in the event as an object or as its bare name. */
function noticeOf(fields: Fields, names: Record<string, string>, nameOfRule: (id: string) => string): string {
  const notice = noticeFields(fields)
  const name = notice?.notice ?? fields.notice
  const rule = text(notice?.rule)
  if (typeof name !== 'string') return ''
  return [names[name] ?? name, rule && nameOfRule(rule)].filter((part) => part !== '').join(' · ')
}

function change(correction: Fields, m: Messages): string {
  const at = (value: unknown) => (typeof value === 'string' ? timeOfDay(Date.parse(value)) : '--')
  if (!('new' in correction)) return ''
  return `${pointName(correction, m)} ${at(correction.old)} → ${at(correction.new)} · ${text(correction.reason)}`
}

/** What a correction is about: a step of an assignment, or a time point of the alert. */
export function pointName({ point, step }: { point?: unknown; step?: unknown }, { labels, report }: Messages): string {
  const name = text(step) === '' ? (report.points as Record<string, string>)[text(point)] : (labels.step as Record<string, string>)[text(step)]
  return name ?? text(point)
}

function reference(fields: Fields): string {
  const other = fields.root ?? fields.child
  return typeof other === 'number' ? `#${other}` : ''
}

function texts(fields: Fields, nameOfRule: (id: string) => string): string[] {
  const record = (fields.record ?? {}) as Fields
  return [
    fields.summary, fields.text, fields.result ?? record.result, record.no_arrival_reason,
    fields.measure, fields.informed, typeof fields.rule === 'string' ? nameOfRule(fields.rule) : '', fields.reason,
  ].map(text)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
