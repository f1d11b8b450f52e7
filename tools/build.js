#!/usr/bin/env node
/**
 * Builds what the server serves: the texts, then the site. `npm run build` does it; `npm start` and `npm test` do
 * it when a source has changed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './install.js'
import { underNode24 } from './node24.js'
import { bin, environment, root } from './paths.js'

/** What the built site is made from. Tests are not in it. */
const sources = [
  'src',
  'texts',
  'programmes',
  'static',
  'tools/compile-texts.js',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json'
]
const stamp = join(root, 'build/.built-from')

/** Builds, unless the last build was made from the very same sources. */
export function ensureBuilt() {
  const fingerprint = fingerprintOf(sources)
  if (
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === fingerprint &&
    existsSync(join(root, '.generated/texts'))
  ) {
    return
  }
  console.log('Building the site …')
  rmSync(stamp, { force: true })
  compileTexts()
  run(join(bin, 'vite'), ['build', '--logLevel', 'warn'])
  writeFileSync(stamp, fingerprint)
}

/** Makes the modules of .generated/texts, which nearly all other code imports. */
export function compileTexts() {
  run(process.execPath, [join(root, 'tools/compile-texts.js')])
}

function fingerprintOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  if (!existsSync(full)) return
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addTo(hash, `${path}/${name}`)
  } else if (!/\.test\.ts$/.test(path)) {
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0')
  }
}

function run(program, args) {
  const done = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: environment() })
  if (done.status === 0) return
  process.stdout.write(done.stdout ?? '')
  process.stderr.write(done.stderr ?? String(done.error ?? ''))
  console.error(`Building failed: ${[program.slice(root.length + 1), ...args].join(' ')}`)
  process.exit(1)
}

if (process.argv[1] === import.meta.filename) {
  ensureInstalled()
  await underNode24()
  rmSync(stamp, { force: true })
  ensureBuilt()
}
