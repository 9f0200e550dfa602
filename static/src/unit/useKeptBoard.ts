/** Keeps what the phone shows, so that a start without network shows it again. */

import { onUnmounted, toRaw, watch } from 'vue'
import { useBoard } from '@/live/store'
import type { Board } from '@/live/board'
import type { Memory } from './offline/memory'

export function useKeptBoard(memory: Memory): void {
  const board = useBoard()
  let kept: Board | null = null
  let writing = false
  let stopped = false

  /** The board itself: a watched view of it cannot be written. */
  const latest = () => toRaw(board.value) as Board

  async function keep() {
    if (writing) return
    writing = true
    for (let now = latest(); !stopped && now.complete && now !== kept; now = latest()) {
      await memory.keepBoard(now, kept)
      kept = now
    }
    writing = false
  }

  watch(board, () => void keep(), { immediate: true })
  onUnmounted(() => (stopped = true))
}
