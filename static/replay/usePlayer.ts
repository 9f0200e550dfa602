/** The player as Vue sees it, and the past handed to everything that draws a board. */

import { computed, onScopeDispose, provide, ref, shallowRef } from 'vue'
import { ApiFailure } from '@/api/http'
import type { Problem } from '@/api/types'
import { emptyBoard, type Board } from '@/live/board'
import { PAST } from '@/live/past'
import { Player } from './player'
import { getBoard, getRecords } from './query'

/** Several steps within a second, so that sixty-fold time does not jump. */
const TICK_MS = 200

export function usePlayer() {
  const board = shallowRef<Board>(emptyBoard())
  const at = ref(0)
  const state = shallowRef({ playing: false, loading: false, speed: 1 as Player['speed'] })
  const bounds = shallowRef({ begins: null as number | null, ends: Number.POSITIVE_INFINITY })
  const refusal = shallowRef<{ problem: Problem | null } | null>(null)

  const player = new Player({
    board: getBoard,
    records: getRecords,
    monotonic: () => performance.now(),
    onMove,
    onFailure(failure) {
      if (!(failure instanceof ApiFailure)) throw failure
      refusal.value = { problem: failure.problem }
    },
  })

  function onMove() {
    board.value = player.board
    at.value = player.at
    state.value = { playing: player.playing, loading: player.loading, speed: player.speed }
    bounds.value = { begins: player.beginsAt, ends: player.endsAt }
  }

  function seek(to: number) {
    refusal.value = null
    const { begins, ends } = bounds.value
    return player.seek(Math.min(Math.max(to, begins ?? to), ends))
  }

  /** What is drawn each second is drawn as of the full second, as on the live board. */
  const now = computed(() => Math.floor(at.value / 1000) * 1000)
  const trust = computed(() => ({
    connected: true, loading: board.value.epoch === null, stale: false, age: 0, ended: null,
  }))
  provide(PAST, { board, now, trust })

  const timer = setInterval(() => player.tick(), TICK_MS)
  onScopeDispose(() => clearInterval(timer))
  return { player, board, at, state, bounds, refusal, seek }
}
