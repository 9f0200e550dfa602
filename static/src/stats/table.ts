/** The whole of the statistics as one table of exact figures, for export. */

import type { ResponseRow, ResponseStatistics } from '@/api/types'
import type { Messages } from '@/i18n'
import { MEASURES } from './filter'

type Cell = string | number | null

export function exportTable(
  statistics: ResponseStatistics,
  nameOf: (row: ResponseRow) => string,
  m: Messages,
): Cell[][] {
  const words = m.stats
  const minutes = statistics.total.arrivals.within.map((one) => one.minutes)
  const head: Cell[] = [
    words.group, words.alerts, words.n, words.met, words.late, words.missed, words.breaching,
    words.excused, words.onTime, words.adjusted,
    ...Object.values(words.leftOutReasons).map((reason) => `${words.leftOut}: ${reason}`),
    ...MEASURES.flatMap((measure) =>
      ['n', 'p50_ms', 'p90_ms', 'p95_ms', 'p99_ms', 'max_ms'].map((figure) => `${words.measures[measure]} ${figure}`),
    ),
    words.needed,
    ...minutes.map(words.within),
  ]
  const line = (row: ResponseRow, name: string): Cell[] => [
    name, row.alerts, row.n, row.met, row.late, row.missed, row.breaching, row.excused,
    row.on_time_rate, row.adjusted_rate,
    ...Object.keys(words.leftOutReasons).map((reason) => row.left_out[reason as keyof ResponseRow['left_out']]),
    ...MEASURES.flatMap((measure) => {
      const { n, p50_ms, p90_ms, p95_ms, p99_ms, max_ms } = row[measure]
      return [n, p50_ms, p90_ms, p95_ms, p99_ms, max_ms]
    }),
    row.arrivals.needed,
    ...minutes.map((wanted) => row.arrivals.within.find((one) => one.minutes === wanted)?.count ?? null),
  ]
  const policies = statistics.policies
    .map(({ id, version, alerts }) => `${id} v${version} (${words.policyAlerts(alerts)})`)
    .join('; ')
  return [
    head,
    ...statistics.rows.map((row) => line(row, nameOf(row))),
    line(statistics.total, words.total),
    [],
    [words.period(statistics.from, statistics.to)],
    [words.asOf(statistics.at)],
    [words.start],
    [`${words.policies}: ${policies}`],
    [words.position(statistics.seq)],
  ]
}
