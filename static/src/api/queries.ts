/** What screens read beside the live board. */

import { request } from './http'
import type {
  Alert, AlertDetail, AlertPage, Category, Role, School, Session, Station, Unit,
} from './types'

export const getAlert = (id: number, signal?: AbortSignal) =>
  request<AlertDetail>('GET', `/alerts/${id}`, { signal })
export const findAlerts = (query: Record<string, string | number | undefined>, signal?: AbortSignal) =>
  request<AlertPage>('GET', '/alerts', { query, signal })
export const findDuplicates = (school: string, category: Category, signal?: AbortSignal) =>
  request<{ alerts: Alert[] }>('GET', '/alerts/duplicates', { query: { school, category }, signal })

export const getSchools = () => request<{ schools: School[] }>('GET', '/schools')
/** One alone tells whom to call, and that is recorded; lists mask the numbers. */
export const getSchool = (id: string) => request<School>('GET', `/schools/${encodeURIComponent(id)}`)
export const getStation = (id: string) => request<Station>('GET', `/stations/${encodeURIComponent(id)}`)
export const getStations = () => request<{ stations: Station[] }>('GET', '/stations')
export const getUnits = () => request<{ units: Unit[] }>('GET', '/units')

export interface Account {
  name: string
  role: Role
  unit: string | null
  station: string | null
  credential: 'password' | 'token'
  disabled: boolean
  second_factor: boolean
  must_change: boolean
}
export interface NewAccount {
  name: string
  role: Role
  /** A gateway has none, and a wall need not: it gets a token. */
  password?: string
  unit?: string
  station?: string
}
export const getAccounts = () => request<{ accounts: Account[] }>('GET', '/accounts')
export const addAccount = (body: NewAccount, key: string) =>
  request<{ token: string | null }>('POST', '/accounts', { body, key })
export const disableAccount = (name: string, key: string) =>
  request('POST', `/accounts/${encodeURIComponent(name)}/disable`, { body: {}, key })

/** What lies under the map; the tiles' own coordinate system is the server's matter. */
export interface Tiles { address: string; attribution: string; system: 'wgs84' | 'gcj02' }
export interface MapMark { id: string; longitude: number; latitude: number }
export const getMap = () => request<{ tiles: Tiles | null }>('GET', '/map')
export const getMapMarks = () =>
  request<{ schools: MapMark[]; stations: MapMark[]; units: MapMark[]; alerts: MapMark[] }>('GET', '/map/marks')

export interface SetupState { needed: boolean; demo?: string[] }
export const getSetup = () => request<SetupState>('GET', '/setup')
export const setUp = (token: string, account: string, password: string) =>
  request<Session>('POST', '/setup', { body: { token, account, password } })
