/** Where the program under test is. */

import { accessSync, constants } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The path of campus-dispatch: `CAMPUS_BINARY`, else what cargo built, the release first. */
export function binary() {
  const named = process.env.CAMPUS_BINARY
  const built = ['release', 'debug'].map((profile) => join(ROOT, 'target', profile, 'campus-dispatch'))
  const found = (named ? [named] : built).find(isProgram)
  if (found) return found
  throw new Error(
    named
      ? `CAMPUS_BINARY names ${named}, which is no program`
      : 'there is no campus-dispatch to test: build it with `cargo build --release`, or name one in CAMPUS_BINARY',
  )
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
