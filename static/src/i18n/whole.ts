/** The texts of every page: for all but the phone, which is to load fast and has its own few. */

import { dictionaries } from '.'
import { messages as en } from './en'
import { messages as zh } from './zh'

dictionaries['zh-CN'] = zh
dictionaries.en = en
