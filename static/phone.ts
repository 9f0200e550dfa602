/**
 * The phone's part of the build: its own page at /unit, and the worker that keeps that page's files.
 * It is built apart from the other pages, so that it loads nothing it does not use.
 */

import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build, type InlineConfig, type Plugin, type ResolvedConfig } from 'vite'

const PAGE = 'unit.html'
const WORKER = 'unit-worker.js'

const inputs = {
  unit: fileURLToPath(new URL('./unit.html', import.meta.url)),
  'unit-worker': fileURLToPath(new URL('./src/unit/worker/worker.ts', import.meta.url)),
}

/** The worker's address stays the same, so that browsers find its next version. */
const entryName = ({ name }: { name: string }) => (name === 'unit-worker' ? WORKER : 'assets/[name]-[hash].js')

type Bundle = Parameters<Extract<Plugin['generateBundle'], (...rest: never[]) => unknown>>[1]

/** Addresses of everything the page loads, now or later. */
function filesOf(bundle: Bundle): string[] {
  const files = new Set<string>()
  const follow = (name: string) => {
    const chunk = bundle[name]
    if (files.has(name) || chunk?.type !== 'chunk') return
    files.add(name)
    for (const asset of [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])]) files.add(asset)
    for (const next of [...chunk.imports, ...chunk.dynamicImports]) follow(next)
  }
  const entry = Object.values(bundle).find((one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(`/${PAGE}`))
  if (entry === undefined) throw new Error(`the build has no ${PAGE}`)
  follow(entry.fileName)
  const icons = readdirSync(new URL('./public/phone', import.meta.url)).map((name) => `phone/${name}`)
  return [...files, ...icons, 'favicon.svg'].sort().map((name) => `/${name}`)
}

/** Writes the list of files, and a name for exactly these, into the worker. */
function listFiles(): Plugin {
  return {
    name: 'campus-dispatch-phone-files',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle[WORKER]
      const page = bundle[PAGE]
      if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error(`the build has no ${WORKER} or no ${PAGE}`)
      const files = filesOf(bundle)
      const build = createHash('sha256').update(page.source).update(files.join()).digest('hex').slice(0, 12)
      worker.code = worker.code
        .replaceAll('KEPT_FILES', JSON.stringify(['/unit', ...files]))
        .replaceAll('KEPT_BUILD', JSON.stringify(build))
    },
  }
}

function configOf({ root, define, resolve, build }: ResolvedConfig): InlineConfig {
  return {
    configFile: false,
    root,
    define,
    logLevel: 'warn',
    plugins: [vue(), listFiles()],
    resolve: { alias: resolve.alias },
    build: {
      outDir: build.outDir,
      emptyOutDir: false,
      copyPublicDir: false,
      modulePreload: { polyfill: false },
      assetsInlineLimit: build.assetsInlineLimit,
      rollupOptions: { input: inputs, output: { entryFileNames: entryName } },
    },
  }
}

export function phone(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'campus-dispatch-phone',
    configResolved(resolved) {
      config = resolved
    },
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (request.url === '/unit') request.url = `/${PAGE}`
        next()
      })
    },
    async closeBundle() {
      if (config.command === 'build') await build(configOf(config))
    },
  }
}
