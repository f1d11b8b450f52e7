#!/usr/bin/env node
/**
 * `npm test`: installs and builds what is missing, starts a database of its own, and runs everything: the checks
 * of `npm run check`, then every test.
 *
 *   npm test                     everything but the long series
 *   npm test -- PATH …           the tests in these files or folders only, without the checks
 *   npm run test:long            the long series (*.long.test.ts), and property tests with other cases each time
 */
import { spawn } from 'node:child_process'
import { ensureBuilt } from './build.js'
import { runChecks, timed } from './checks.js'
import { ensureInstalled } from './install.js'
import { underNode24 } from './node24.js'
import { environment, root } from './paths.js'

ensureInstalled()
await underNode24()
const { testFiles } = await import('./test-files.js')

const long = process.argv.includes('--long')
const paths = process.argv.slice(2).filter((argument) => argument !== '--long')
const files = testFiles({ long, paths })
if (files.length === 0) {
  console.error(`No test is there: ${paths.join(' ')}`)
  process.exit(64)
}

const checked = paths.length > 0 || long || (await runChecks())
await timed('build', async () => ensureBuilt())
const { startTestDatabase } = await import('../tests/test-database.ts')
const database = await startTestDatabase()
let running
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => running?.kill('SIGTERM'))
try {
  const passed = await timed('tests', () => runTests(files))
  process.exitCode = checked && passed ? 0 : 1
  if (!checked) console.error('The tests have run; the checks above found something.')
} finally {
  await database.stop()
}
process.exit()

/** Runs test files with node's own runner. @returns whether all passed */
function runTests(files) {
  const given = {
    KOPA_TEST_DATABASE: JSON.stringify(database.server),
    ...(long && { KOPA_TEST_ANEW: '1' })
  }
  running = spawn(
    process.execPath,
    [
      '--test',
      // A journey that scans many pages takes minutes where others use the machine, too.
      `--test-timeout=${long ? 1_800_000 : 900_000}`,
      '--test-concurrency=2',
      ...files
    ],
    { cwd: root, stdio: 'inherit', env: environment(given) }
  )
  return new Promise((resolve) => running.on('exit', (code) => resolve(code === 0)))
}
