/** An invented district (示例), small enough to know by heart. */

export const STATION = { id: 'S01', name: '示例派出所' }

export const SCHOOLS = {
  first: { id: '9900000001', name: '示例第一小学', kind: 'primary', zone: 'A' },
  second: { id: '9900000002', name: '示例第二中学', kind: 'secondary', zone: 'B' },
  third: { id: '9900000003', name: '示例第三幼儿园', kind: 'kindergarten', zone: 'C' },
}

export const UNITS = {
  patrol: { id: 'P01', name: '示例巡逻1号', kind: 'patrol' },
  traffic: { id: 'T01', name: '示例交管1号', kind: 'traffic' },
}

/** Accounts by name; all have the tests' one password. */
export const ACCOUNTS = [
  { name: 'operator', role: 'operator' },
  { name: 'screen', role: 'screen' },
  { name: 'manager', role: 'manager' },
  { name: 'patrol', role: 'unit', unit: UNITS.patrol.id },
]

/** Puts the district in order: a station, schools, units, accounts. Gives the gateway's token. */
export async function furnish(admin, password, names = {}) {
  const said = ({ id, name, ...rest }) => ({ name: names[id] ?? name, ...rest })
  await admin.put(`/stations/${STATION.id}`, said(STATION))
  for (const school of Object.values(SCHOOLS)) {
    await admin.put(`/schools/${school.id}`, { ...said(school), station: STATION.id })
  }
  for (const unit of Object.values(UNITS)) {
    await admin.put(`/units/${unit.id}`, { ...said(unit), station: STATION.id })
  }
  for (const account of ACCOUNTS) await admin.command('/accounts', { ...account, password })
  return (await admin.command('/accounts', { name: 'gateway', role: 'gateway' })).token
}

/** The units come on duty, as the operator is told by radio. */
export async function reportForDuty(operator) {
  for (const { id } of Object.values(UNITS)) await operator.command(`/units/${id}/duty`, { duty: 'available' })
}

/** From now on every alert is to be reached within these limits, three seconds unless others are given. */
export async function adoptShortLimits(admin, { limit_ms, warn_at_ms } = { limit_ms: 3000, warn_at_ms: 1000 }) {
  const current = await admin.get('/policy')
  const rule = current.rules.find((one) => one.governing)
  await admin.put('/policy', {
    ...current,
    id: 'short-limits',
    name: 'Short limits for a test',
    version: current.version + 1,
    effective_from: new Date().toISOString(),
    rules: [
      { ...rule, id: 'soon', tier: 'T1', limit_ms, warn_at_ms, when: {}, who: {}, required: true },
    ],
  })
}
