/** Hands a file the server made to the browser's downloads. */

import type { NamedFile } from '@/api/http'

export function saveFile({ name, blob }: NamedFile): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
