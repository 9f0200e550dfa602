/** Keeps this page itself on the device, so that it opens without network. */

import { reloadWhenSafe, renewBy } from '@/live/build'

/** Beside the root, so that it may serve the page; it serves nothing else. */
const WORKER = '/unit-worker.js'
const SCOPE = '/unit'

export async function keepShell(): Promise<void> {
  // Absent without a secure context: the page then needs the network to open.
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const { serviceWorker } = navigator
  let served = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    if (served) reloadWhenSafe()
    served = true
  })
  const registration = await serviceWorker.register(WORKER, { scope: SCOPE }).catch(() => null)
  if (registration === null) return
  // The kept page is the old build's until the worker has fetched the new one.
  renewBy(() => void registration.update().catch(() => undefined))
}
