/** The administration's texts, kept out of what every page loads first. */

import { computed } from 'vue'
import { locale, type Locale } from '.'
import { manage as en } from './manage-en'
import { manage as zh, type ManageMessages } from './manage-zh'

const dictionaries: Record<Locale, ManageMessages> = { 'zh-CN': zh, en }
export type { ManageMessages }
export const manage = computed<ManageMessages>(() => dictionaries[locale.value])
