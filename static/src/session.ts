/** Who is logged in here. */

import { readonly, ref } from 'vue'
import type { Role, Session } from '@/api/types'
import { ApiFailure, request, whenLocked, whenUnknown } from '@/api/http'
import { dropAllDrafts } from '@/drafts'

const session = ref<Session | null>(null)
/** Set when a session ended by itself, so that the login page can say so. */
const expired = ref(false)
let lastAccount: string | null = null

export const useSession = () => readonly(session)
export const useExpired = () => readonly(expired)

/** Asks the server who this is; null when nobody. */
export async function checkSession(): Promise<Session | null> {
  try {
    session.value = await request<Session>('GET', '/session')
    lastAccount = session.value.account
    expired.value = false
  } catch (failure) {
    if (failure instanceof ApiFailure && failure.problem?.status === 401) {
      endSession()
    } else {
      throw failure
    }
  }
  return session.value
}

/** A session this device remembers, until the server can be asked. */
export function adoptSession(remembered: Session): void {
  session.value = remembered
  lastAccount = remembered.account
}

/** Takes up a session that was opened just now. */
export async function enterWith(opened: Session): Promise<void> {
  // What one person typed is not for the next at the same screen.
  if (lastAccount !== null && lastAccount !== opened.account) dropAllDrafts()
  lastAccount = opened.account
  session.value = opened
  expired.value = false
  // How the session is locked is told by itself; without an answer it is asked for again later.
  await checkSession().catch(() => null)
}

export async function logout(): Promise<void> {
  await request('DELETE', '/session')
  dropAllDrafts()
  session.value = null
}

/** The server no longer knows this session. */
export function endSession(): void {
  if (session.value !== null) expired.value = true
  session.value = null
}

whenUnknown.add(endSession)

/** The desk takes no command until its password is given. */
export function setLocked(locked: boolean): void {
  if (session.value !== null) session.value = { ...session.value, locked }
}

whenLocked.add(() => setLocked(true))

export type Page = 'desk' | 'wall' | 'unit' | 'stats' | 'reports' | 'replay' | 'admin' | 'record'

/** The pages of a role, its home first. */
const PAGES: Record<Role, readonly Page[]> = {
  operator: ['desk', 'wall', 'stats'],
  supervisor: ['desk', 'wall', 'stats', 'reports', 'replay'],
  unit: ['unit'],
  manager: ['stats', 'reports', 'replay', 'wall'],
  auditor: ['stats', 'reports', 'replay', 'wall', 'record'],
  // The board shows an administrator no alerts: an empty wall would look like peace.
  admin: ['admin'],
  screen: ['wall'],
  gateway: [],
}

export const pagesOf = (role: Role): readonly Page[] => PAGES[role]
export const commands = (role: Role): boolean => role === 'operator' || role === 'supervisor'
