import { dictionaries } from '@/i18n'
import { whole } from '@/i18n/whole'

dictionaries['zh-CN'] = await whole['zh-CN']()
dictionaries.en = await whole.en()
