import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import adapter from '@sveltejs/adapter-node'
import { sveltekit } from '@sveltejs/kit/vite'
import { type Plugin, defineConfig } from 'vite'
import { announcerStyle } from './src/shared/design/announcer-style.ts'
import { compileTexts } from './tools/compile-texts.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

export default defineConfig({
  plugins: [
    textsPlugin(),
    sveltekit({
      adapter: adapter({ out: 'build', precompress: true }),
      compilerOptions: { runes: true },
      version: { pollInterval: 0 },
      // Strict: nothing inline but what SvelteKit writes itself, by hash (hashes rather than nonces keep a page
      // the same from one request to the next, so that it can be answered with 304).
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['none'],
          'script-src': ['self'],
          'style-src': ['self'],
          'style-src-attr': ['unsafe-hashes', `sha256-${sha256(announcerStyle)}`],
          // Designsystemet draws its icons as masks out of data: addresses.
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'manifest-src': ['self'],
          'form-action': ['self'],
          'base-uri': ['none'],
          'frame-ancestors': ['none']
        }
      }
    })
  ],
  // Nothing is turned into a data: address, which the policy above would refuse.
  build: { assetsInlineLimit: 0 }
})

/** Compiles texts/ before a build, and again whenever a text changes while somebody develops. */
function textsPlugin(): Plugin {
  const root = import.meta.dirname
  const compile = () => {
    const { problems } = compileTexts({ root })
    if (problems.length > 0) throw new Error(`The texts have defects:\n${problems.join('\n')}`)
  }
  return {
    name: 'kopa-texts',
    buildStart: compile,
    configureServer(server) {
      server.watcher.add('texts')
      server.watcher.on('change', (file) => {
        if (relative(root, file).startsWith('texts/')) compile()
      })
    }
  }
}
