/** Colours of charts: the screen's own, and those of paper. */

export interface Palette {
  text: string
  muted: string
  line: string
  ground: string
  /** From little to much, told apart in grey too. */
  scale: [string, string]
  first: string
  second: string
}

export const SCREEN: Palette = {
  text: '#e8eaed', muted: '#aab1b9', line: '#3b4047', ground: '#24272b', scale: ['#2d3136', '#e8eaed'],
  first: '#e8eaed', second: '#7db4ff',
}

export const PAPER: Palette = {
  text: '#111111', muted: '#444444', line: '#bbbbbb', ground: '#ffffff', scale: ['#f4f4f4', '#333333'],
  first: '#111111', second: '#1e63c4',
}
