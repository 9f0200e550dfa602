/** What people call a policy: a shipped one by its name in their language, another as the centre calls it. */

import type { Messages } from '@/i18n'

export const policyName = (id: string, { admin }: Pick<Messages, 'admin'>, own = id): string =>
  (admin.presets as Record<string, string>)[id] ?? own
