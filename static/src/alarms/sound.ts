/** The horn's two tones, made here (U5): nothing is loaded, nothing lasts longer than a second. */

import { readonly, ref } from 'vue'
import type { Priority } from './alarm'

/** Beeps of one tone: from when, how long (seconds) and how high (hertz). */
interface Beep { from: number; lasts: number; hertz: number }

/** Three quick high beeps, or two slow low ones: told apart by rhythm, not by pitch alone. */
export const TONES: Record<Priority, readonly Beep[]> = {
  high: [
    { from: 0, lasts: 0.18, hertz: 1_175 },
    { from: 0.26, lasts: 0.18, hertz: 880 },
    { from: 0.52, lasts: 0.28, hertz: 1_175 },
  ],
  low: [
    { from: 0, lasts: 0.3, hertz: 523 },
    { from: 0.45, lasts: 0.35, hertz: 523 },
  ],
}
const LOUDNESS = 0.3
const EDGE = 0.012

/** Whether this browser lets the page be heard. It does not before somebody has touched the page. */
export type Hearing = 'heard' | 'blocked' | 'none'
const hearing = ref<Hearing>('blocked')
export const useHearing = () => readonly(hearing)

let context: AudioContext | null = null

function open(): AudioContext | null {
  if (context !== null) return context
  if (typeof AudioContext === 'undefined') {
    hearing.value = 'none'
    return null
  }
  context = new AudioContext()
  context.addEventListener('statechange', tell)
  tell()
  return context
}

function tell(): void {
  hearing.value = context?.state === 'running' ? 'heard' : 'blocked'
}

/** Asks for sound; within a press it is granted. */
export async function allowSound(): Promise<void> {
  const opened = open()
  // Without a press the browser leaves this unanswered; nobody waits for it.
  await opened?.resume().catch(() => undefined)
}

/** Sounds a tone, where sound is allowed. */
export function sound(tone: Priority): void {
  const opened = open()
  if (opened === null || opened.state !== 'running') return
  const now = opened.currentTime
  for (const beep of TONES[tone]) play(opened, now + beep.from, beep)
}

function play(opened: AudioContext, from: number, { lasts, hertz }: Beep): void {
  const oscillator = new OscillatorNode(opened, { type: 'square', frequency: hertz })
  const gain = new GainNode(opened, { gain: 0 })
  // Soft edges: a beep without them clicks.
  gain.gain.setValueAtTime(0, from)
  gain.gain.linearRampToValueAtTime(LOUDNESS, from + EDGE)
  gain.gain.setValueAtTime(LOUDNESS, from + lasts - EDGE)
  gain.gain.linearRampToValueAtTime(0, from + lasts)
  oscillator.connect(gain).connect(opened.destination)
  oscillator.start(from)
  oscillator.stop(from + lasts)
}

/**
 * The first press lets the page be heard: a click, a tap or a key, of which browsers do not count
 * Shift, Control and Escape. Returns how to stop waiting for it.
 */
export function allowSoundAtFirstPress(): () => void {
  // A finger counts only when it is lifted.
  const presses = ['pointerup', 'keydown'] as const
  const allow = () => void allowSound()
  void allowSound()
  for (const press of presses) window.addEventListener(press, allow, { passive: true })
  return () => {
    for (const press of presses) window.removeEventListener(press, allow)
  }
}
