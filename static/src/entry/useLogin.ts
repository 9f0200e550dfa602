/** The steps of a login: whatever the server still asks for is the next one. */

import { reactive, ref } from 'vue'
import { useAct } from '@/api/act'
import { openSession } from '@/api/access'
import { ApiFailure } from '@/api/http'
import { enterWith } from '@/session'

export type LoginStep = 'password' | 'code' | 'change' | 'enrol'

const ASKED: Record<string, LoginStep> = {
  code_needed: 'code',
  password_change_needed: 'change',
  enrolment_needed: 'enrol',
}

export function useLogin(entered: () => Promise<unknown> | void) {
  const step = ref<LoginStep>('password')
  const form = reactive({ account: '', password: '', code: '', next: '' })
  const { pending, refusal, run } = useAct()

  function forget() {
    form.password = form.code = form.next = ''
  }

  /** Back to the first step, with nothing kept but the name. */
  function restart() {
    forget()
    refusal.value = null
    step.value = 'password'
  }

  async function send() {
    const account = form.account.trim()
    const opened = await run(async () => {
      try {
        return await openSession({
          account,
          password: form.password,
          code: form.code.trim() || undefined,
          new_password: form.next || undefined,
        })
      } catch (failure) {
        const asked = failure instanceof ApiFailure ? ASKED[failure.problem?.code ?? ''] : undefined
        if (asked === undefined) throw failure
        // The new password is in force already when a second factor is asked for after it.
        if (asked === 'enrol' && form.next !== '') {
          form.password = form.next
          form.next = ''
        }
        step.value = asked
        return undefined
      }
    }, account)
    if (!opened) return
    forget()
    await enterWith(opened)
    await entered()
  }

  return { step, form, pending, refusal, send, restart, forget }
}
