import { describe, expect, it } from 'vitest'
import type { Frame } from '@/api/types'
import { applyFrame, emptyBoard, type Board } from '@/live/board'
import { DAY_MS } from '@/time/format'
import { alert, change, heartbeat, hello, iso, snapshot, T0, unit } from './fixtures'

const play = (frames: Frame[], board: Board = emptyBoard()) =>
  frames.reduce((step, frame) => applyFrame(step.board, frame), { board, effect: 'taken' } as ReturnType<typeof applyFrame>)

const started = () => play([hello(), snapshot({ alerts: [alert({ id: 1 })], units: [unit()] })]).board

describe('the board', () => {
  it('is incomplete until its snapshot has come', () => {
    expect(play([hello()]).board.complete).toBe(false)
    expect(started()).toMatchObject({ complete: true, epoch: 'e1', position: 10 })
  })

  it('replaces everything by a snapshot', () => {
    const { board } = play([hello({ epoch: 'e2' }), snapshot({ seq: 3, alerts: [alert({ id: 7 })] })], started())
    expect([...board.alerts.keys()]).toEqual([7])
    expect(board.units.size).toBe(0)
    expect(board).toMatchObject({ position: 3, epoch: 'e2' })
  })

  it('takes a change whose previous lies at or before its position', () => {
    const { board, effect } = play([change(14, 9, { alert: alert({ id: 2 }) })], started())
    expect(effect).toBe('taken')
    expect(board.position).toBe(14)
    expect(board.alerts.has(2)).toBe(true)
  })

  it('drops a change it knows already', () => {
    const before = started()
    const { board, effect } = applyFrame(before, change(10, 8, { alert: alert({ id: 2 }) }))
    expect(effect).toBe('known')
    expect(board).toBe(before)
  })

  it('tells a gap and stays as it was', () => {
    const before = started()
    const { board, effect } = applyFrame(before, change(13, 12, { alert: alert({ id: 2 }) }))
    expect(effect).toBe('gap')
    expect(board).toBe(before)
  })

  it('takes no change before its snapshot', () => {
    expect(play([hello(), change(11, 10)]).effect).toBe('gap')
  })

  it('advances by a heartbeat, never back', () => {
    expect(play([heartbeat(20)], started()).board.position).toBe(20)
    expect(play([heartbeat(4)], started()).board.position).toBe(10)
  })

  it('takes a change after a heartbeat that went further than its previous', () => {
    expect(play([heartbeat(20), change(21, 10)], started()).effect).toBe('taken')
  })

  it('keeps what it has over a resumed hello of its own epoch', () => {
    const { board, effect } = play([hello({ resumed: true, reason: null })], started())
    expect(effect).toBe('taken')
    expect(board.complete).toBe(true)
    expect(board.alerts.size).toBe(1)
  })

  it('refuses to resume onto another epoch', () => {
    expect(play([hello({ resumed: true, epoch: 'e2' })], started()).effect).toBe('gap')
  })

  it('ignores and counts frames of unknown kinds', () => {
    const strange = { frame: 'weather' } as unknown as Frame
    const { board, effect } = play([strange, strange], started())
    expect(effect).toBe('ignored')
    expect(board.unknown).toBe(2)
    expect(board.position).toBe(10)
  })

  it('removes what a change removes', () => {
    expect(play([change(11, 10, { unit_removed: 'U1' })], started()).board.units.size).toBe(0)
  })

  it('puts units whole', () => {
    const committed = unit({ duty: 'committed', assignments: [5] })
    expect(play([change(11, 10, { units: [committed] })], started()).board.units.get('U1')).toEqual(committed)
  })

  it('forgets at a heartbeat what ended more than a day ago, but no open hazard', () => {
    const ended = { stage: 'closed' as const, closed_at: iso(T0) }
    const hazard = { measure: '围挡', informed: '校方', due_at: iso(T0 + 9 * DAY_MS), fixed_at: null }
    const alerts = [alert({ id: 1, ...ended }), alert({ id: 2, ...ended, hazard }), alert({ id: 3 })]
    const full = play([hello(), snapshot({ alerts })]).board
    expect(play([heartbeat(11, T0 + DAY_MS)], full).board.alerts.size).toBe(3)
    expect([...play([heartbeat(11, T0 + DAY_MS + 1)], full).board.alerts.keys()]).toEqual([2, 3])
  })
})
