/** The phone's icons as pictures, for devices that do not take the drawing itself: `node icons.mjs`. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './lib/binary.mjs'
import { launch } from './lib/browser.mjs'

const folder = join(ROOT, 'static/public/phone')
const drawing = await readFile(join(folder, 'icon.svg'), 'utf8')
const browser = await launch()
try {
  for (const size of [192, 512]) {
    const page = await browser.newPage({ viewport: { width: size, height: size } })
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing}`)
    await page.screenshot({ path: join(folder, `icon-${size}.png`) })
    await page.close()
  }
} finally {
  await browser.close()
}
