import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import type { Role } from './api/types'
import { checkSession, pagesOf, useSession, type Page } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** The page a session's role must have; absent = open to anybody. */
    page?: Page
    /** Of a page that is no role's own: who may see it. */
    roles?: readonly Role[]
  }
}

const MissingPage = () => import('./entry/MissingPage.vue')

function leaveFor(path: string): false {
  location.replace(path)
  return false
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: () => import('./entry/HomePage.vue') },
    { path: '/login', name: 'login', component: () => import('./entry/LoginPage.vue') },
    { path: '/setup', name: 'setup', component: () => import('./entry/SetupPage.vue') },
    {
      path: '/desk/:alert(\\d+)?',
      name: 'desk',
      component: () => import('./desk/DeskPage.vue'),
      meta: { page: 'desk' },
    },
    { path: '/handover', name: 'handover', component: () => import('./desk/handover/HandoverPage.vue'), meta: { page: 'desk' } },
    { path: '/wall', name: 'wall', component: () => import('./wall/WallPage.vue'), meta: { page: 'wall' } },
    // The phone is an entry of its own, small and usable without network: the browser loads it.
    { path: '/unit', name: 'unit', component: MissingPage, beforeEnter: () => leaveFor('/unit'), meta: { page: 'unit' } },
    { path: '/stats', name: 'stats', component: () => import('./stats/StatsPage.vue'), meta: { page: 'stats' } },
    { path: '/replay', name: 'replay', component: () => import('./replay/ReplayPage.vue'), meta: { page: 'replay' } },
    {
      path: '/alerts/:alert(\\d+)/report',
      name: 'report',
      component: () => import('./report/ReportPage.vue'),
      meta: { roles: ['operator', 'supervisor', 'manager', 'auditor'] },
    },
    {
      path: '/reports/:which(bulletin|campaign|sampling)?',
      name: 'reports',
      component: () => import('./reports/ReportsPage.vue'),
      meta: { page: 'reports' },
    },
    { path: '/admin', name: 'admin', component: () => import('./admin/AdminPage.vue'), meta: { page: 'admin' } },
    { path: '/record', name: 'record', component: () => import('./entry/RecordPage.vue'), meta: { page: 'record' } },
    { path: '/account', name: 'account', component: () => import('./entry/AccountPage.vue') },
    { path: '/help', name: 'help', component: () => import('./help/HelpPage.vue') },
    { path: '/help/:manual(operator|unit|manager|admin)', name: 'manual', component: () => import('./help/ManualPage.vue') },
    { path: '/help/protection', name: 'protection', component: () => import('./help/ProtectionPage.vue') },
    { path: '/:rest(.*)*', name: 'missing', component: MissingPage },
  ],
})

const session = useSession()

/** Nobody sees a page without a session, and nobody a page of another role. */
router.beforeEach(async (to: RouteLocationNormalized) => {
  const open = ['login', 'setup', 'help', 'manual', 'protection', 'missing'].includes(String(to.name))
  if (open) return true
  if (session.value === null) {
    // Without an answer the page still opens: its own banner then tells that nobody answers.
    const known = await checkSession().catch(() => undefined)
    if (known === null) return loginFor(to)
    if (known === undefined) return { name: 'login', query: { back: to.fullPath, offline: '1' } }
  }
  const pages = session.value ? pagesOf(session.value.role) : []
  if (to.meta.page && !pages.includes(to.meta.page)) return { name: 'home' }
  const { roles } = to.meta
  if (roles && session.value && !roles.includes(session.value.role)) return { name: 'home' }
  if (to.name === 'home' && pages[0]) return { name: pages[0] }
  return true
})

function loginFor(to: RouteLocationNormalized) {
  return { name: 'login', query: to.fullPath === '/' ? {} : { back: to.fullPath } }
}
