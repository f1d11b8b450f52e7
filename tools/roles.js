#!/usr/bin/env node
/**
 * Writes docs/roles.md: every action and every read of the product against every role, from the permissions that
 * the code itself exports and asks. `--check` only compares; a test does.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { refusalFor } from '../src/shared/identity/permission.ts'
import { root } from './paths.js'

/** Where the matrix is written. */
export const rolesPage = join(root, 'docs/roles.md')

const here = { person: 'p', organisation: 'o', body: 'b' }

/** The columns: somebody of each role, and what they are to the thing at hand. */
const columns = [
  ['nobody', { person: undefined }],
  ['signed in', somebody('x')],
  ['the person', somebody('p')],
  ['member', somebody('x', { role: 'member', organisation: 'o' })],
  ['representative', somebody('x', { role: 'representative', organisation: 'o' })],
  ['member elsewhere', somebody('x', { role: 'representative', organisation: 'other' })],
  ['officer', somebody('x', { role: 'officer', body: 'b' })],
  ['officer elsewhere', somebody('x', { role: 'officer', body: 'other' })],
  ['expert', somebody('x', { role: 'expert' })],
  ['administrator', somebody('x', { role: 'administrator' })]
]

function somebody(person, role) {
  const held = role && { id: 'r', ...role }
  return {
    person,
    name: '',
    language: 'lv',
    by: { session: 's' },
    roles: held ? [held] : [],
    acting: held,
    secondFactor: true
  }
}

/**
 * All permissions of the product.
 * @returns {Promise<{ module: string, name: string, kind: 'action' | 'read', permission: import('../src/shared/identity/permission.ts').Permission }[]>}
 */
export async function permissions() {
  const rows = []
  for (const file of globSync('src/modules/*/{actions/*.ts,reads.ts,reads.server.ts,*/reads.ts}', {
    cwd: root
  }).sort()) {
    if (/\.(test|fixture)\.ts$/.test(file)) continue
    const module = file.split('/')[2]
    const loaded = await import(pathToFileURL(join(root, file)).href)
    if (file.includes('/actions/')) {
      const several = loaded.permissions ?? {
        [file
          .split('/')
          .at(-1)
          .replace(/(\.server)?\.ts$/, '')]: loaded.permission
      }
      for (const [name, permission] of Object.entries(several))
        rows.push({ module, name, kind: 'action', permission })
    } else {
      const names = Object.keys(loaded).filter((name) => typeof loaded[name] === 'function')
      for (const name of names.sort()) {
        const permission = loaded.permissions?.[name] ?? loaded.permission
        if (permission) rows.push({ module, name, kind: 'read', permission })
      }
    }
  }
  return rows
}

/** The page, as it should be. */
export async function rolesText() {
  const rows = await permissions()
  const modules = [...new Set(rows.map(({ module }) => module))]
  const head = `| | ${columns.map(([name]) => name).join(' | ')} |\n|---|${columns.map(() => ':-:').join('|')}|`
  const table = (kind, module) =>
    rows
      .filter((row) => row.kind === kind && row.module === module)
      .map(
        ({ name, permission }) =>
          `| \`${name}\` | ${columns.map(([, caller]) => (refusalFor(caller, permission, here) ? '·' : '✓')).join(' | ')} |`
      )
  const sections = modules.map((module) =>
    [
      `## ${module}`,
      ...['action', 'read'].flatMap((kind) => {
        const lines = table(kind, module)
        return lines.length > 0 ? [`### ${kind}s`, `${head}\n${lines.join('\n')}`] : []
      })
    ].join('\n\n')
  )
  const intro = `# Who may do what

Written by \`node tools/roles.js\` from the permissions that actions and reads export and ask (\`src/shared/identity/permission.ts\`); a test compares. Another test walks every page, endpoint, export and search as every role and compares what happens with this page.

One acts in one role at a time. *Member*, *representative* and *officer* mean: of the organisation or the body that the thing at hand belongs to. Officers and administrators need a second factor besides. ✓ may, · may not.`
  const text = `${intro}\n\n${sections.join('\n\n')}\n`
  return format(text, { ...(await resolveConfig(rolesPage)), parser: 'markdown' })
}

if (process.argv[1] === import.meta.filename) {
  const text = await rolesText()
  if (process.argv.includes('--check')) {
    if (readFileSync(rolesPage, 'utf8') !== text) {
      console.error('docs/roles.md is not what the code says: run node tools/roles.js')
      process.exit(1)
    }
  } else writeFileSync(rolesPage, text)
}
