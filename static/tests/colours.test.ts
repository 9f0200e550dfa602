/** The colours of the screens, read from the style sheets themselves. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SOURCE = join(import.meta.dirname, '../src')
const TOKENS = readFileSync(join(SOURCE, 'styles/tokens.css'), 'utf8')
const token = (name: string) => rgb(new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(TOKENS)![1]!)

type Rgb = [number, number, number]

function rgb(hex: string): Rgb {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1)
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as Rgb
}

/** WCAG 2: relative luminance, and the contrast of two colours. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}
const spread = (colour: Rgb) => Math.max(...colour) - Math.min(...colour)

const GROUNDS = ['ground', 'panel', 'raised', 'sunken'] as const

describe('U7 the colours', () => {
  it('lets every text be read on every ground, 4.5 : 1 at least', () => {
    for (const text of ['text', 'muted', 'press', 'overdue', 'warning']) {
      for (const ground of GROUNDS) {
        const found = contrast(token(text), token(ground))
        expect(found, `${text} on ${ground}: ${found.toFixed(2)}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    for (const fill of ['press-fill', 'overdue-fill']) expect(contrast([255, 255, 255], token(fill))).toBeGreaterThanOrEqual(4.5)
  })

  it('lets every control be told from its ground, 3 : 1 at least', () => {
    for (const edge of ['press', 'line-strong', 'focus']) {
      for (const ground of ['ground', 'panel', 'sunken']) {
        const found = contrast(token(edge), token(ground))
        expect(found, `${edge} on ${ground}: ${found.toFixed(2)}`).toBeGreaterThanOrEqual(3)
      }
    }
  })

  it('keeps what is normal grey', () => {
    for (const name of [...GROUNDS, 'line', 'line-strong', 'text', 'muted']) {
      expect(spread(token(name)), name).toBeLessThanOrEqual(20)
    }
  })

  it('has red, amber and blue in the tokens alone', () => {
    const coloured = sheets(SOURCE).flatMap((file) => {
      const found = readFileSync(file, 'utf8').match(/#[0-9a-f]{3}(?:[0-9a-f]{3})?\b(?=[^{]*[;}])/gi) ?? []
      return found.filter((hex) => spread(rgb(hex)) > 24).map((hex) => `${file}: ${hex}`)
    })
    expect(coloured).toEqual([])
  })

  it('is on the phone’s first paint what the page’s ground is', () => {
    const page = readFileSync(join(SOURCE, '../unit.html'), 'utf8')
    expect(rgb(/name="theme-color" content="(#[0-9a-f]{6})"/.exec(page)![1]!)).toEqual(token('ground'))
  })
})

/** Style sheets and components, but the tokens. */
function sheets(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sheets(path)
    return /\.(vue|css)$/.test(entry.name) && entry.name !== 'tokens.css' ? [path] : []
  })
}
