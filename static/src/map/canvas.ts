/** Marks as Leaflet draws them on its canvas: three shapes, each with a letter in it. */

import { Canvas, CircleMarker, type CircleMarkerOptions, type LatLngExpression, type Point } from 'leaflet'
import type { Mark } from './marks'

const SIZE = 9
const ABOVE = 11
const INK: Record<Mark['mood'], string> = {
  overdue: '#ff7b70', warning: '#ffc24a', open: '#e8eaed', done: '#aab1b9', plain: '#c6ccd3', muted: '#8f969f',
}
const GROUND = '#17191b'

export interface Drawn {
  mark: Mark
  letter: string
  /** Names written beside it: of alerts, and of what is chosen. */
  name: string
  chosen: boolean
}

/** The parts of Leaflet's canvas that are inside it and stand in no type. */
interface Inside {
  _drawing: boolean
  _ctx: CanvasRenderingContext2D
}
interface SignInside {
  _point: Point
  _renderer: { _drawSign(sign: Sign): void }
  _empty(): boolean
}

export class Sign extends CircleMarker {
  constructor(at: LatLngExpression, public drawn: Drawn, options: CircleMarkerOptions = {}) {
    super(at, { ...options, radius: SIZE + ABOVE })
  }

  _updatePath(): void {
    ;(this as unknown as SignInside)._renderer._drawSign(this)
  }
}

Canvas.include({
  _drawSign(this: Inside, sign: Sign) {
    const inside = sign as unknown as SignInside
    if (!this._drawing || inside._empty()) return
    const { x, y } = inside._point
    // An alert hangs above its school, so that both can be read.
    draw(this._ctx, x, sign.drawn.mark.shape === 'triangle' ? y - ABOVE : y, sign.drawn)
  },
})

function draw(ink: CanvasRenderingContext2D, x: number, y: number, { mark, letter, name, chosen }: Drawn): void {
  const colour = INK[mark.mood]
  const size = mark.shape === 'circle' ? SIZE - 1 : SIZE
  ink.save()
  ink.lineWidth = chosen ? 3.5 : mark.mood === 'overdue' || mark.mood === 'warning' ? 2.5 : 1.5
  ink.setLineDash(mark.stale ? [3, 2.5] : [])
  outline(ink, mark, x, y, size)
  ink.fillStyle = mark.filled ? colour : GROUND
  ink.fill()
  ink.strokeStyle = chosen ? '#cfe3ff' : colour
  ink.stroke()
  ink.setLineDash([])
  ink.fillStyle = mark.filled ? GROUND : colour
  ink.font = '600 10px system-ui, sans-serif'
  ink.textAlign = 'center'
  ink.textBaseline = 'middle'
  ink.fillText(letter, x, mark.shape === 'triangle' ? y + 2 : y + 0.5)
  if (name !== '') {
    ink.font = '12px system-ui, sans-serif'
    ink.textAlign = 'left'
    ink.lineWidth = 3
    ink.strokeStyle = GROUND
    ink.strokeText(name, x + size + 5, y)
    ink.fillStyle = colour
    ink.fillText(name, x + size + 5, y)
  }
  ink.restore()
}

function outline(ink: CanvasRenderingContext2D, { shape }: Mark, x: number, y: number, size: number): void {
  ink.beginPath()
  if (shape === 'circle') ink.arc(x, y, size, 0, 2 * Math.PI)
  else if (shape === 'square') ink.rect(x - size, y - size, 2 * size, 2 * size)
  else {
    ink.moveTo(x, y - size - 2)
    ink.lineTo(x + size + 1, y + size - 1)
    ink.lineTo(x - size - 1, y + size - 1)
    ink.closePath()
  }
}
