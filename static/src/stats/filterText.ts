import type { Messages } from '@/i18n'
import type { Filter } from './filter'

/** The filter in words, for the foot of a print. */
export function filterText(filter: Filter, m: Messages, names: ReadonlyMap<string, string>): string {
  const { labels, common } = m
  const named = (id: string) => names.get(id) ?? id
  const parts: [string, string][] = [
    [common.mode, labels.mode[filter.mode]],
    [common.tier, filter.tier],
    [common.category, filter.category && labels.category[filter.category]],
    [common.severity, filter.severity && labels.severity[filter.severity]],
    [common.zone, filter.zone && labels.zone[filter.zone]],
    [common.source, filter.source && labels.source[filter.source]],
    [common.station, filter.station && named(filter.station)],
    [common.school, filter.school && named(filter.school)],
    [common.unit, filter.unit && named(filter.unit)],
    [m.stats.peak, filter.peak && m.stats.peaks[filter.peak]],
  ]
  return parts.filter(([, value]) => value !== '').map(([name, value]) => `${name} ${value}`).join(common.list)
}
