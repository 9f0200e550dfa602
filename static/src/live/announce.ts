/** The one polite live region: a desk speaks new alarms in it (U16), a wall new alerts; nothing else. */

import { readonly, ref } from 'vue'
import type { Alert } from '@/api/types'
import { messages } from '@/i18n'
import { onFrame } from './store'

const announcement = ref('')
export const useAnnouncement = () => readonly(announcement)

export function announce(text: string): void {
  announcement.value = text
}

/** Speaks each alert as it is raised; returns how to stop. */
export function announceNewAlerts(): () => void {
  return onFrame((frame) => {
    if (frame.frame === 'change' && frame.kind === 'alert_raised' && frame.alert) {
      announce(newAlertText(frame.alert))
    }
  })
}

function newAlertText(alert: Alert): string {
  const { labels, announce: text, alert: words } = messages.value
  const what = `${labels.category[alert.category]} ${labels.severity[alert.severity]}`
  return text.alert(what, alert.school_name ?? alert.place?.text ?? words.noSchool)
}
