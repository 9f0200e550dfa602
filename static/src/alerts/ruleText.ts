/** A clock rule in words: which alerts it is for, and whose step it counts. */

import type { ClockRule } from '@/api/policy'
import type { Messages } from '@/i18n'

export function whenParts({ when }: Pick<ClockRule, 'when'>, { labels, admin, common }: Messages): string[] {
  const listed = <T extends string>(values: T[] | undefined, names: Record<T, string>) =>
    values ? [values.map((value) => names[value] ?? value).join(common.list)] : []
  return [
    ...listed(when.severities, labels.severity),
    ...listed(when.zones, labels.zone),
    ...listed(when.categories, labels.category),
    ...listed(when.school_kinds, labels.schoolKind),
    ...listed(when.sources, labels.source),
    ...(when.peak === undefined ? [] : [when.peak ? admin.peak : admin.offPeak]),
  ]
}

export function whoParts({ who }: Pick<ClockRule, 'who'>, { labels, admin, common }: Messages): string[] {
  return [
    ...(who.unit_kinds ? [who.unit_kinds.map((kind) => labels.unitKind[kind]).join(common.list)] : []),
    ...(who.echelons ? [admin.echelons(who.echelons.join(common.list))] : []),
    ...((who.at_least ?? 1) > 1 ? [admin.atLeast(who.at_least ?? 1)] : []),
  ]
}

/** What people call a rule; one that is not known here goes by the id the centre gave it. */
export function ruleName(id: string, rules: ReadonlyMap<string, ClockRule>, m: Messages): string {
  const rule = rules.get(id)
  if (!rule) return id
  const end = rule.end === 'arrived' ? [] : [m.admin.end[rule.end]]
  const parts = [...whoParts(rule, m), ...end, ...whenParts(rule, m)]
  const name = parts.length > 0 ? parts.join(' · ') : m.admin.anyAlert
  return name.charAt(0).toUpperCase() + name.slice(1)
}
