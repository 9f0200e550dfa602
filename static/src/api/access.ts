/** Logging in, one's own account, and sessions. */

import { request } from './http'
import type { Instant, Role, Session } from './types'

export interface Login {
  account: string
  password: string
  code?: string
  new_password?: string
}
export interface Enrolment {
  secret: string
  uri: string
  qr: { size: number; path: string }
}
export interface OpenSession {
  id: string
  account: string
  role: Role
  opened_at: Instant
  seen_at: Instant
  expires_at: Instant
  address: string | null
  agent: string | null
  locked: boolean
  current: boolean
}

export const openSession = (body: Login) => request<Session>('POST', '/session', { body })
export const openDeviceSession = (token: string) =>
  request<Session>('POST', '/session/device', { body: { token } })
export const offerEnrolment = (account: string, password: string) =>
  request<Enrolment>('POST', '/session/enrolment', { body: { account, password } })
export const confirmEnrolment = (body: { account: string; password: string; secret: string; code: string }) =>
  request<{ session: Session; recovery_codes: string[] }>('POST', '/session/enrolment/confirm', { body })
export const changeOwnPassword = (current: string, next: string) =>
  request('POST', '/session/password', { body: { current, new: next } })
export const lockSession = () => request<Session>('POST', '/session/lock', { body: {} })
export const unlockSession = (password: string) =>
  request<Session>('POST', '/session/unlock', { body: { password } })

export const getSessions = () => request<{ sessions: OpenSession[] }>('GET', '/sessions')
export const endOpenSession = (id: string) => request('DELETE', `/sessions/${encodeURIComponent(id)}`)
