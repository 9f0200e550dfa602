import { describe, expect, it } from 'vitest'
import type { AccessEntry } from '../src/api/manage'
import { codeText, detailText } from '../src/entry/recordText'
import { manage as en } from '../src/i18n/manage-en'
import { manage as zh } from '../src/i18n/manage-zh'

const entry = (kind: string, detail: Record<string, unknown>) => ({ kind, detail }) as unknown as AccessEntry

describe('a line of the record of access', () => {
  it('says where a refusal came from, as far as that is known', () => {
    const refused = { account: 'desk-1', refused: 'locked', times: 2 }
    expect(detailText(entry('access_refused', { ...refused, from: '192.0.2.7' }), en)).toBe('desk-1 · Locked desk, 2 times · 192.0.2.7')
    expect(detailText(entry('access_refused', refused), zh)).toBe('desk-1 · 席位已锁定 2 次')
    expect(detailText(entry('access_refused', { refused: 'too_often', times: 1, from: '192.0.2.7' }), zh)).toBe('请求过频 1 次 · 192.0.2.7')
  })

  it('says of an export what it was of, and by command line when it was', () => {
    const taken = { what: 'alerts', format: 'csv', rows: 3, taken_at: '2026-03-02T00:00:00.000Z' }
    expect(detailText(entry('data_exported', { export: taken }), en)).toBe('Table of alerts · csv · 3 · on the server at 2026-03-02 08:00:00')
    const printed = entry('data_exported', { export: { what: 'response_statistics', format: 'print', filter: 'mode=actual&group=tier' } })
    expect(detailText(printed, zh)).toBe('统计 · 打印')
    expect(codeText(printed)).toBe('mode=actual&group=tier')
  })

  it('names the settings that are not as they come', () => {
    const served = { version: '1.0.0', settings: 'aa', changed: ['insecure_http', 'second_factor'], certificate: 'c1' }
    const one = entry('server_configured', { configuration: served })
    expect(detailText(one, en)).toBe('Release 1.0.0 · other than by default:')
    expect(codeText(one)).toBe('insecure_http second_factor sha256:c1')
    const plain = entry('server_configured', { configuration: { version: '1.0.0', settings: 'aa' } })
    expect(detailText(plain, zh)).toBe('版本 1.0.0 · 全部为缺省值')
    expect(codeText(plain)).toBe('')
  })
})
