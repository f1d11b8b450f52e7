#!/usr/bin/env node
/**
 * `npm run bench`: runs benchmarks against peers, one after the other, each in a process of its own.
 *
 *   npm run bench                all
 *   npm run bench -- rules       those named: bench/rules.bench.ts
 *
 * Peers are dependencies of bench/package.json, never of the product. Results go to bench/out/.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureInstalled } from './install.js'
import { underNode24 } from './node24.js'
import { environment, root } from './paths.js'

const folder = join(root, 'bench')
const ending = '.bench.ts'

ensureInstalled()
await underNode24()
const names = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length))
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(64)
}
if (existsSync(join(folder, 'package.json'))) ensureInstalled(folder)
ensureBuilt()
mkdirSync(join(folder, 'out'), { recursive: true })
let failed = false
for (const name of asked.length > 0 ? asked : names) {
  console.log(`\n${name}`)
  const flags = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
  const run = spawnSync(process.execPath, ['--expose-gc', join(folder, name + ending), ...flags], {
    cwd: folder,
    stdio: 'inherit',
    env: environment()
  })
  if (run.status !== 0) failed = true
}
process.exit(failed ? 1 : 0)
