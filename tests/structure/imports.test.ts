import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { root } from './project-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'kopa-imports-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** A little house in which every rule about imports is broken once. */
const files: Record<string, string> = {
  'src/modules/programmes/index.ts': "import '../calls/index.ts'\nimport './store.server.ts'\nexport {}",
  'src/modules/programmes/store.server.ts': "import '../../server.ts'\nexport {}",
  'src/modules/calls/index.ts': "import '../programmes/store.server.ts'\nexport {}",
  'src/modules/calls/pages/show.ts': 'export {}',
  'src/modules/lottery/index.ts': 'export {}',
  'src/shared/time/index.ts': "import '../../modules/lottery/index.ts'\nimport './other.ts'\nexport {}",
  'src/shared/time/other.ts': "import './index.ts'\nexport {}",
  'src/shared/utils/strings.ts': 'export {}',
  'src/server.ts':
    "import './modules/calls/pages/show.ts'\nimport './modules/calls/store.server.ts'\nimport './shared/utils/strings.ts'\nimport './app.test.ts'\nexport {}",
  'src/modules/calls/store.server.ts': 'export {}',
  'src/app.test.ts': 'export {}'
}

test('each rule about imports finds what breaks it', () => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  copyFileSync(join(root, '.dependency-cruiser.js'), join(folder, 'rules.mjs'))
  const cruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const printed = execFileSync(
    process.execPath,
    [cruise, '--config', 'rules.mjs', '--output-type', 'json', 'src'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 50_000_000
    }
  )
  const { summary } = JSON.parse(printed) as { summary: { violations: { rule: { name: string } }[] } }
  assert.deepEqual([...new Set(summary.violations.map(({ rule }) => rule.name))].toSorted(), [
    'front-door-is-safe-in-a-browser',
    'level-1-looks-down',
    'module-has-a-level',
    'modules-do-not-know-the-shell',
    'modules-have-two-doors',
    'no-circles',
    'no-drawers',
    'product-does-not-need-tests',
    'shared-knows-no-module',
    'shell-mounts-and-enters-by-doors'
  ])
})
