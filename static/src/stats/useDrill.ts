import { useRoute, useRouter } from 'vue-router'
import { writeDrill, type Drill } from './drill'

/** Opens the list behind a figure. */
export function useDrill() {
  const route = useRoute()
  const router = useRouter()
  return (wanted: Pick<Drill, 'figure'> & Partial<Drill>) => {
    const drill: Drill = { row: null, by: null, within: null, before: false, ...wanted }
    void router.push({ query: writeDrill(route.query, drill) })
  }
}
