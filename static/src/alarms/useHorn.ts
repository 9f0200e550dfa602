/** The horn of one desk: listens to the alarms, sounds, speaks each new one once (U5, U16). */

import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { messages } from '@/i18n'
import { announce } from '@/live/announce'
import { useNow } from '@/time/now'
import type { Alarm } from './alarm'
import { Horn } from './horn'
import { byPressure } from './order'
import { allowSound, allowSoundAtFirstPress, sound } from './sound'

/** Between the two tones of a test. */
const BETWEEN_TONES_MS = 1_300

export function useHorn(alarms: Readonly<Ref<readonly Alarm[]>>, flood: Readonly<Ref<boolean>>) {
  const horn = new Horn()
  const now = useNow()
  const silentFor = ref(0)
  let spoken: Set<string> | null = null

  function attend() {
    const at = performance.now()
    const tone = horn.due(alarms.value, flood.value, at)
    if (tone !== null) sound(tone)
    silentFor.value = horn.silentFor(at)
    speak()
  }

  /** What was there when the page came up is on the page; only what comes after is spoken. */
  function speak() {
    const unseen = alarms.value.filter((one) => one.state === 'active_unseen')
    const isNew = (one: Alarm) => spoken !== null && !spoken.has(one.key)
    const [first] = byPressure(unseen.filter(isNew))
    spoken = new Set(unseen.map((one) => one.key))
    if (first) announce(spokenText(first))
  }

  watch([alarms, now], attend, { immediate: true })
  onScopeDispose(allowSoundAtFirstPress())

  return {
    /** Milliseconds of silence left. */
    silentFor,
    silence() {
      horn.silence(performance.now())
      silentFor.value = horn.silentFor(performance.now())
    },
    async test() {
      await allowSound()
      sound('high')
      setTimeout(() => sound('low'), BETWEEN_TONES_MS)
    },
  }
}

function spokenText({ alert, kind, assignment }: Alarm): string {
  const { alarms, alert: words } = messages.value
  const where = alert.school_name ?? alert.place?.text ?? words.noSchool
  return alarms.announce(alarms.kind[kind], assignment ? `${where} · ${assignment.unit_name}` : where)
}
