/**
 * Opens the phone's page without network. It keeps the files of this build, which the build itself
 * lists, and answers for them alone; what the server says is never kept here.
 */

/** Put in by the build. */
declare const KEPT_FILES: readonly string[]
declare const KEPT_BUILD: string

const worker = self as unknown as ServiceWorkerGlobalScope
const PAGE = '/unit'
const PREFIX = 'campus-dispatch.phone.'
const cacheName = PREFIX + KEPT_BUILD
const files: ReadonlySet<string> = new Set(KEPT_FILES)

worker.addEventListener('install', (event) => {
  event.waitUntil(keep())
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(takeOver())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  const path = request.mode === 'navigate' && pathname === `${PAGE}/` ? PAGE : pathname
  if (files.has(path)) event.respondWith(answer(path, request))
})

/** All of it or nothing: half a page would not open. */
async function keep(): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.addAll([...files].map((path) => new Request(path, { cache: 'reload' })))
  await worker.skipWaiting()
}

async function takeOver(): Promise<void> {
  const old = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== cacheName)
  await Promise.all(old.map((one) => caches.delete(one)))
  await worker.clients.claim()
}

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName)
  return (await cache.match(path)) ?? fetch(request)
}

export {}
