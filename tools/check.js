#!/usr/bin/env node
/**
 * `npm run check`: types, lint, format, imports, texts, structure and unit tests. Needs no database and no browser.
 */
import { spawnSync } from 'node:child_process'
import { runChecks, timed } from './checks.js'
import { ensureInstalled } from './install.js'
import { underNode24 } from './node24.js'
import { environment, root } from './paths.js'

ensureInstalled()
await underNode24()
const { unitTestFiles } = await import('./test-files.js')

const checked = await runChecks()
const tested = await timed('tests', async () => {
  const options = { cwd: root, stdio: 'inherit', env: environment() }
  const run = spawnSync(process.execPath, ['--test', '--test-reporter=dot', ...unitTestFiles()], options)
  return run.status === 0
})
process.exit(checked && tested ? 0 : 1)
