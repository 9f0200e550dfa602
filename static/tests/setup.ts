import '@/i18n/whole'
