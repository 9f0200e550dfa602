import { createApp } from 'vue'
import { tellDocument } from '@/i18n'
import '@/styles/tokens.css'
import '@/styles/base.css'
import '@/styles/forms.css'
import { Memory } from './offline/memory'
import { keepShell } from './offline/shell'
import PhoneApp from './PhoneApp.vue'

tellDocument()
void keepShell()
void Memory.open().then((memory) => createApp(PhoneApp, { memory }).mount('#app'))
