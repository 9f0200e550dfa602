/** What a line of the record of access is about, in words. */

import type { AccessEntry } from '@/api/manage'
import type { ManageMessages } from '@/i18n/manage'
import { fullMoment } from '@/time/format'

type Fields = Record<string, unknown>
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

export function detailText({ kind, detail }: AccessEntry, manage: ManageMessages): string {
  const { refusals, refused, alert, exports, print, other, takenAt, configured } = manage.record
  switch (kind) {
    case 'access_refused': {
      const what = (refusals as Record<string, string>)[text(detail.refused)] ?? ''
      return [text(detail.account), refused(what, Number(detail.times)), text(detail.from)].filter(Boolean).join(' · ')
    }
    case 'personal_data_viewed':
      return typeof detail.of === 'number' ? alert(detail.of) : subject(fields(detail.of))
    case 'data_exported': {
      const { what, format, rows, taken_at } = fields(detail.export)
      const taken = typeof taken_at === 'string' ? takenAt(fullMoment(Date.parse(taken_at))) : ''
      const of = (exports as Record<string, string>)[text(what)] ?? other
      return [of, format === 'print' ? print : text(format), rows === undefined ? '' : String(rows), taken].filter(Boolean).join(' · ')
    }
    case 'server_configured':
      return configured(text(fields(detail.configuration).version), settingsOf(detail) !== '')
    case 'session_opened': {
      const session = fields(detail.session)
      return [text(session.account), text(fields(session.device).address)].filter(Boolean).join(' · ')
    }
    default:
      return subject(detail)
  }
}

/** What of it is the machine's own and the same in every language: filters, settings, fingerprints. */
export function codeText({ kind, detail }: AccessEntry): string {
  switch (kind) {
    case 'data_exported':
      return text(fields(detail.export).filter)
    case 'server_configured': {
      const certificate = text(fields(detail.configuration).certificate)
      return [settingsOf(detail), certificate && `sha256:${certificate}`].filter(Boolean).join(' ')
    }
    default:
      return ''
  }
}

/** The names of the settings that are not as they come. */
function settingsOf(detail: Fields): string {
  const { changed } = fields(detail.configuration)
  return Array.isArray(changed) ? changed.map(text).join(' ') : ''
}

/** The name of whatever was changed. */
function subject(detail: Fields): string {
  for (const part of ['account', 'school', 'station', 'unit', 'profile', 'policy']) {
    const value = detail[part]
    if (typeof value === 'string') return value
    const { name, id } = fields(value)
    if (name !== undefined || id !== undefined) return [text(id), text(name)].filter(Boolean).join(' ')
  }
  return ''
}
