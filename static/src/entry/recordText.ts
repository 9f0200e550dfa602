/** What a line of the record of access is about, in words. */

import type { AccessEntry } from '@/api/manage'
import type { ManageMessages } from '@/i18n/manage'
import { fullMoment } from '@/time/format'

type Fields = Record<string, unknown>
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})

export function detailText({ kind, detail }: AccessEntry, manage: ManageMessages): string {
  const { refusals, refused, alert, takenAt, configured } = manage.record
  switch (kind) {
    case 'access_refused': {
      const what = (refusals as Record<string, string>)[text(detail.refused)] ?? ''
      return [text(detail.account), refused(what, Number(detail.times)), text(detail.from)].filter(Boolean).join(' · ')
    }
    case 'personal_data_viewed':
      return alert(Number(detail.of))
    case 'data_exported': {
      const { what, format, filter, rows, taken_at } = fields(detail.export)
      const taken = typeof taken_at === 'string' ? takenAt(fullMoment(Date.parse(taken_at))) : ''
      return [text(what), text(format), text(filter), rows === undefined ? '' : String(rows), taken].filter(Boolean).join(' · ')
    }
    case 'server_configured': {
      const { version, changed, certificate } = fields(detail.configuration)
      const names = Array.isArray(changed) ? changed.map(text).join(', ') : ''
      return configured(text(version), names, text(certificate).slice(0, 16))
    }
    case 'session_opened': {
      const session = fields(detail.session)
      return [text(session.account), text(fields(session.device).address)].filter(Boolean).join(' · ')
    }
    default:
      return subject(detail)
  }
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
