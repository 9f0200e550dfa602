/** Who acted, as people read it. The server's own two names are reserved: no account bears them. */

import type { Messages } from '@/i18n'

export function actorName(by: string, { common }: Pick<Messages, 'common'>): string {
  if (by === 'console') return common.console
  return by === 'system' ? common.system : by
}
