import { createApp } from 'vue'
import App from './App.vue'
import { tellDocument } from './i18n'
import './i18n/whole'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'

tellDocument()
createApp(App).use(router).mount('#app')
