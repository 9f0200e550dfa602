/** The policy object of GET and PUT /policy. */

import { request } from './http'
import type { Category, Instant, ResponseRow, SchoolKind, Severity, Source, Tier, UnitKind, Zone } from './types'

export interface ClockRule {
  id: string
  tier: Tier
  limit_ms: number
  warn_at_ms: number
  governing: boolean
  when: {
    severities?: Severity[]
    zones?: Zone[]
    categories?: Category[]
    school_kinds?: SchoolKind[]
    peak?: boolean
    sources?: Source[]
  }
  who: { unit_kinds?: UnitKind[]; echelons?: number[]; at_least?: number }
  start: 'received' | 'reported' | 'dispatched'
  end: 'acknowledged' | 'en_route' | 'arrived' | 'cleared'
  goal_percent: number
  required: boolean
}

export interface StageBudgets {
  dispatch_ms: number
  acknowledge_ms: number
  turnout_ms: number
  first_feedback_ms: number
  result_ms: number
}

export interface Policy {
  id: string
  version: number
  name: string
  effective_from: Instant
  rules: ClockRule[]
  budgets: Record<Tier, StageBudgets>
}

export const getPolicy = () => request<Policy>('GET', '/policy')
/** The one an alert is judged by, which may be a former one. */
export const getPolicyOf = (alert: number) => request<Policy>('GET', `/alerts/${alert}/policy`)
export const getPresets = () => request<{ presets: Policy[] }>('GET', '/policy/presets')
export const putPolicy = (policy: Policy, key: string) =>
  request('PUT', '/policy', { body: policy, key })

/** The handled alerts of the last 30 days as they were judged, and as a policy would have. */
export interface PolicyPreview {
  from: Instant
  to: Instant
  candidate: { id: string; version: number }
  without_rule: number
  before: ResponseRow
  after: ResponseRow
  newly_met: number
  no_longer_met: number
}
export const previewPolicy = (policy: Policy) =>
  request<PolicyPreview>('POST', '/policy/preview', { body: policy })

/**
 * A preset as the next policy in force. Its version goes on from the one in force, whatever its
 * id, so that no version of any id comes twice.
 */
export function adopting(preset: Policy, current: Policy, now: number): Policy {
  return {
    ...preset,
    version: Math.max(current.version, preset.version) + 1,
    effective_from: new Date(now).toISOString(),
  }
}
