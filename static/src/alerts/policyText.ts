/** What people call a policy: a shipped one by its name in their language, another as the centre calls it. */

import type { Messages } from '@/i18n'
import { named } from '@/i18n/named'

export const policyName = (id: string, { admin }: Pick<Messages, 'admin'>, own = id): string =>
  named<string>(admin.presets, id) ?? own
