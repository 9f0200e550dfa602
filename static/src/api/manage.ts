/** What an administrator keeps: reference data, accounts, files taken over. */

import { ApiFailure, request } from './http'
import { locale } from '@/i18n'
import type { Instant, Position, Problem, Role, School, SchoolKind, UnitKind, Zone } from './types'

export interface Contact { name: string; phone: string }
export interface SchoolSaid {
  name: string
  kind: SchoolKind
  zone: Zone
  position?: Position
  station?: string
  duty_windows: School['duty_windows']
  contact?: Contact
}
export interface StationSaid { name: string; position?: Position; leader?: Contact; liaison?: Contact }
export interface UnitSaid { name: string; kind: UnitKind; station?: string }
export type Noun = 'schools' | 'stations' | 'units'

const at = (noun: Noun, id: string) => `/${noun}/${encodeURIComponent(id)}`
export const defineThing = (noun: Noun, id: string, body: SchoolSaid | StationSaid | UnitSaid, key: string) =>
  request('PUT', at(noun, id), { body, key })
export const removeThing = (noun: Noun, id: string, key: string) => request('DELETE', at(noun, id), { key })

export interface ImportReport {
  taken_over: boolean
  added: number
  changed: number
  unchanged: number
  faults: { line: number; reason: string }[]
  more_faults: number
}

/** Sends a file as it is; what it is, the server tells by its content. */
export async function importFile(noun: Noun, file: File, dryRun: boolean, key: string): Promise<ImportReport> {
  let response: Response
  try {
    response = await fetch(`/api/v1/imports/${noun}?dry_run=${dryRun}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/octet-stream',
        'Accept-Language': locale.value,
        ...(dryRun ? {} : { 'Idempotency-Key': key }),
      },
      body: file,
      credentials: 'same-origin',
      cache: 'no-store',
    })
  } catch {
    throw new ApiFailure(null)
  }
  const value: unknown = await response.json().catch(() => null)
  if (response.ok) return value as ImportReport
  throw new ApiFailure(value as Problem | null)
}

const account = (name: string) => `/accounts/${encodeURIComponent(name)}`
export const changeAccount = (name: string, body: { role: Role; unit?: string; station?: string }, key: string) =>
  request('PUT', account(name), { body, key })
export const enableAccount = (name: string, key: string) => request('POST', `${account(name)}/enable`, { body: {}, key })
export const setPassword = (name: string, password: string) =>
  request('POST', `${account(name)}/password`, { body: { password } })
export const renewToken = (name: string) => request<{ token: string }>('POST', `${account(name)}/token`, { body: {} })
export const resetFactor = (name: string, key: string) =>
  request('POST', `${account(name)}/reset-factor`, { body: {}, key })

export interface AccessEntry {
  seq: number
  at: Instant
  by: string
  role: Role
  kind: string
  detail: Record<string, unknown>
}
export const getAccessRecord = (query: Record<string, string | number | undefined>) =>
  request<{ records: AccessEntry[]; next_cursor: number | null }>('GET', '/access-record', { query })
