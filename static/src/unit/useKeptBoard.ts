/** Keeps what the phone shows, so that a start without network shows it again. */

import { onUnmounted, watch } from 'vue'
import { useBoard } from '@/live/store'
import type { Board } from '@/live/board'
import type { Memory } from './offline/memory'

export function useKeptBoard(memory: Memory): void {
  const board = useBoard()
  let kept: Board | null = null
  let writing = false
  let stopped = false

  async function keep() {
    if (writing) return
    writing = true
    while (!stopped && board.value.complete && board.value !== kept) {
      const now = board.value as Board
      // What cannot be kept is asked for again at the next start.
      await memory.keepBoard(now, kept).catch(() => undefined)
      kept = now
    }
    writing = false
  }

  watch(board, () => void keep(), { immediate: true })
  onUnmounted(() => (stopped = true))
}
