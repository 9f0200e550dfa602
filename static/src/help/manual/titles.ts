/** The manuals by name: small, so that the list does not load them all. */

import type { Locale } from '@/i18n'
import type { ManualName } from './shape'

interface Titles { list: string; back: string; who: Record<ManualName, string>; about: Record<ManualName, string> }

export const titles: Record<Locale, Titles> = {
  'zh-CN': {
    list: '使用手册', back: '全部手册',
    who: { operator: '接处警员与值班长', unit: '警力（手机）', manager: '管理者', admin: '系统管理员' },
    about: {
      operator: '接警、派警、报警处理与办结', unit: '签收、出警、到达、反馈；没有网络时怎么办',
      manager: '反应时间与到达率怎么看、怎么查、怎么导出', admin: '首次设置、学校与警力、响应预案、账号、大屏与备份',
    },
  },
  en: {
    list: 'Manuals', back: 'All manuals',
    who: { operator: 'Operator and supervisor', unit: 'Unit (phone)', manager: 'Manager', admin: 'Administrator' },
    about: {
      operator: 'Taking and dispatching alerts, alarms and closing',
      unit: 'Acknowledge, en route, arrived, feedback; what to do without network',
      manager: 'How to read, trace and export response times and on-time rates',
      admin: 'Set-up, schools and units, policy, accounts, walls and backup',
    },
  },
}
