/** One request to /api/v1: JSON both ways, problems as values, nothing retried by itself. */

import { locale } from '@/i18n'
import type { Problem } from './types'

const ROOT = '/api/v1'

/** Called when the server no longer knows this session. */
export const whenUnknown = new Set<() => void>()

/** Called when the server takes no command until the password is given again. */
export const whenLocked = new Set<() => void>()

/** A request that did not come to a 2xx. Without a problem, nobody answered. */
export class ApiFailure extends Error {
  constructor(
    readonly problem: Problem | null,
    /** Seconds the server asks to wait. */
    readonly retryAfter: number | null = null,
  ) {
    super(problem?.detail ?? 'no answer')
  }

  /** Whether the same request may be sent again: nobody knows what became of it, or it was shed. */
  get isPassing(): boolean {
    if (this.problem === null) return true
    const { status } = this.problem
    return status >= 500 || status === 429 || status === 408
  }
}

interface Options {
  body?: unknown
  /** Makes a command safe to send again. */
  key?: string
  query?: Record<string, string | number | undefined>
  signal?: AbortSignal
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export async function request<T = void>(
  method: Method,
  path: string,
  options: Options = {},
): Promise<T> {
  const response = await send(method, path, options)
  const text = await response.text().catch(() => '')
  const value: unknown = parse(text)
  if (response.ok) return value as T
  throw failureOf(response, value)
}

/** A file the server made. */
export interface NamedFile { name: string; blob: Blob }

/** Asks for something to be taken away as a file; the server records that it is. */
export async function requestFile(path: string, query: Options['query']): Promise<NamedFile> {
  const response = await send('POST', path, { query })
  if (!response.ok) throw failureOf(response, parse(await response.text().catch(() => '')))
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
  return { name: name ?? 'report', blob: await response.blob() }
}

async function send(method: Method, path: string, options: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': locale.value }
  if (options.key) headers['Idempotency-Key'] = options.key
  if (method !== 'GET' && options.body !== undefined) headers['Content-Type'] = 'application/json'
  try {
    return await fetch(ROOT + path + queryText(options.query), {
      method,
      headers,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: options.signal,
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiFailure(null)
  }
}

function failureOf(response: Response, value: unknown): ApiFailure {
  const problem = asProblem(value, response)
  if (problem.code === 'login_needed') for (const tell of whenUnknown) tell()
  if (problem.code === 'session_locked') for (const tell of whenLocked) tell()
  const retryAfter = Number(response.headers.get('Retry-After'))
  return new ApiFailure(problem, retryAfter > 0 ? retryAfter : null)
}

function queryText(query: Options['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  return `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whatever stands between may answer in its own words: a problem is made of its status. */
function asProblem(value: unknown, response: Response): Problem {
  if (typeof value === 'object' && value !== null && 'status' in value) return value as Problem
  const title = response.statusText || String(response.status)
  return { type: 'about:blank', title, status: response.status, detail: title, code: 'unknown' }
}

/** The id of one command, kept for every retry of it. `randomUUID` needs a secure context. */
export function commandKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
