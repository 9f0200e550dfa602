/** The desk's keys in English. */

import type { KeyTexts } from './text.zh'

export const keyTexts: KeyTexts = {
  title: 'Keys', close: 'Close', hint: 'F1 keys',
  list: [
    ['F1', 'Opens and closes this page'],
    ['F2', 'New alert: school → category → one line → Enter'],
    ['F4', 'To the alarms: ↑ ↓ move, Enter opens the alert, Space marks as seen'],
    ['F6', 'Silences this desk for 60 s'],
    ['F8', 'Dispatch for the chosen alert: type a name, Enter takes it, Enter again sends'],
    ['F9', 'Sends the best units to the chosen alert'],
    ['F10', 'Folds and unfolds the map; within it arrows move, + − zoom'],
    ['↑ ↓', 'Move within the lists of alerts, Enter opens'],
    ['Tab', 'To the next place; Shift+Tab back'],
    ['Ctrl+Enter', 'Sends the note being written'],
    ['Esc', 'Folds a list to choose from'],
  ],
}
