import { createApp } from 'vue'
import { openTexts } from '@/i18n'
import { few } from '@/i18n/few'
import { reopen } from '@/reopen'
import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/forms.css'
import { Memory } from './offline/memory'
import { keepShell } from './offline/shell'
import PhoneApp from './PhoneApp.vue'

void keepShell()
const texts = openTexts(few)
Memory.open()
  .then(async (memory) => {
    await texts
    createApp(PhoneApp, { memory }).mount('#app')
  })
  .catch(reopen)
