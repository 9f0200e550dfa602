/** Which figure's alerts are listed; it lives in the address beside the filter. */

import type { LocationQuery } from 'vue-router'
import type { Messages } from '@/i18n'
import { GROUPS, type Group } from './filter'

export type FigureName = keyof Messages['figures']['names']

export interface Drill {
  figure: FigureName
  /** The group of the row it stands in; null for the total. */
  row: string | null
  /** By what that row is a group; null for the page's own grouping. */
  by: Group | null
  /** Only spans of at most so many seconds. */
  within: number | null
  /** Of the equal period before. */
  before: boolean
}

const KEYS = ['list', 'row', 'by', 'within', 'side'] as const

export function readDrill(query: LocationQuery, names: Record<FigureName, string>): Drill | null {
  const one = (name: string) => (typeof query[name] === 'string' ? query[name] : null)
  const figure = one('list')
  if (figure === null || !Object.hasOwn(names, figure)) return null
  const within = Number(one('within'))
  return {
    figure: figure as FigureName,
    row: one('row'),
    by: GROUPS.find((group) => group === one('by')) ?? null,
    within: Number.isInteger(within) && within > 0 ? within : null,
    before: one('side') === 'before',
  }
}

export function writeDrill(query: LocationQuery, drill: Drill | null): LocationQuery {
  const rest = Object.fromEntries(Object.entries(query).filter(([key]) => !KEYS.some((mine) => mine === key)))
  if (drill === null) return rest
  return {
    ...rest,
    list: drill.figure,
    ...(drill.row !== null && { row: drill.row }),
    ...(drill.by !== null && { by: drill.by }),
    ...(drill.within !== null && { within: String(drill.within) }),
    ...(drill.before && { side: 'before' }),
  }
}

/** What the server is asked: the page's question, of that row of that period. */
export function drillQuestion(
  question: Record<string, string | undefined>,
  drill: Drill,
): Record<string, string | undefined> {
  const { from = '', to = '' } = question
  const length = Date.parse(to) - Date.parse(from)
  const period = drill.before ? { from: new Date(Date.parse(from) - length).toISOString(), to: from } : {}
  return {
    ...question,
    ...period,
    figure: drill.figure,
    row: drill.row ?? undefined,
    group: drill.by ?? question['group'],
    within: drill.within === null ? undefined : String(drill.within),
  }
}
