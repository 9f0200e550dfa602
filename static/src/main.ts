import { createApp } from 'vue'
import App from './App.vue'
import { openTexts } from './i18n'
import { whole } from './i18n/whole'
import { reopen } from './reopen'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'

const texts = openTexts(whole)
// The page itself comes meanwhile.
const app = createApp(App).use(router)
texts.then(() => app.mount('#app'), reopen)
