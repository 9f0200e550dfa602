import { describe, expect, it } from 'vitest'
import { END_TIME, minuteOf, minuteText, TIME } from '@/admin/fields'
import { policyName } from '@/alerts/policyText'
import { isLeft } from '@/alerts/standing'
import { dictionaries } from '@/i18n'
import { actorName } from '@/parts/actorName'
import { alert, assignment } from './fixtures'

const [zh, en] = [dictionaries['zh-CN'], dictionaries.en]

describe('names people know', () => {
  it('are in the page’s language for what the server calls its own', () => {
    expect([actorName('console', zh), actorName('console', en)]).toEqual(['服务器命令行', 'Server console'])
    expect(actorName('示例-接警员', en)).toBe('示例-接警员')
  })
  it('are the centre’s own for a policy that is none of those shipped', () => {
    expect(policyName('severity-only', en)).toBe('By severity')
    // Ids are anybody's; what every object has is no name of a preset.
    for (const id of ['__proto__', 'constructor', 'toString']) expect(policyName(id, zh, '本区预案')).toBe('本区预案')
    expect([policyName('ours-7', zh), policyName('ours-7', zh, '本区预案')]).toEqual(['ours-7', '本区预案'])
  })
})

describe('U8 a time of day', () => {
  const fits = (text: string, pattern: string) => new RegExp(`^(?:${pattern})$`, 'v').test(text)

  it('is typed in 24 hours, with either colon', () => {
    for (const text of ['07:20', '7:20', '23：59', '00:00']) expect(fits(text, TIME)).toBe(true)
    for (const text of ['24:00', '12:60', '7', '7:20 AM', '']) expect(fits(text, TIME)).toBe(false)
    expect([minuteOf('7：20'), minuteText(440)]).toEqual([440, '07:20'])
  })
  it('ends a window with the day at 24:00, which midnight as an end means too', () => {
    expect([fits('24:00', END_TIME), fits('24:01', END_TIME)]).toEqual([true, false])
    expect(minuteText(minuteOf('24:00', true))).toBe('24:00')
    expect(minuteText(minuteOf('00:00', true))).toBe('24:00')
  })
})

describe('an alert whose units have left', () => {
  it('is told from one nobody was sent to', () => {
    expect(isLeft(alert({ assignments: [assignment({ state: 'cleared' })] }))).toBe(true)
    expect(isLeft(alert({ assignments: [assignment({ state: 'declined' })] }))).toBe(false)
    expect(isLeft(alert({ assignments: [assignment({ state: 'cleared' }), assignment({ state: 'on_scene' })] }))).toBe(false)
    expect(isLeft(alert({ assignments: [] }))).toBe(false)
  })
})
