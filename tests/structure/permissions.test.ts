import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ProjectFile, projectFiles, withoutComments } from './project-files.ts'

/**
 * The convention (CONTRIBUTING.md): an action's file exports `permission`; so does a reads.ts whose reads all have
 * the same one, otherwise it exports `permissions`, with one entry for each function that it exports.
 */
function permissionProblems({ path, text: whole }: ProjectFile): string[] {
  const text = withoutComments(whole)
  if (/^export const permission\b[^=]*=\s*\S/m.test(text)) return []
  if (!/\/reads(\.server)?\.ts$/.test(path)) {
    return [`${path}: an action names who may do it: export const permission = …`]
  }
  const functions = [...text.matchAll(/^export (?:async )?function\*? (\w+)/gm)].map((found) => found[1]!)
  const listed = /^export const permissions\b[^=]*= \{([\s\S]*?)^\}/m.exec(text)?.[1] ?? ''
  return functions
    .filter((name) => !new RegExp(`^\\s*${name}: *\\S`, 'm').test(listed))
    .map((name) => `${path}: ${name} is not in \`permissions\``)
}

test('every action and every read names a permission', () => {
  const files = projectFiles(
    /^src\/modules\/[^/]+\/(actions\/[^/]+|([^/]+\/)?reads(\.server)?)\.ts$/,
    /\.test\.ts$/
  )
  assert.deepEqual(files.flatMap(permissionProblems), [])
})

test('an action without a permission is found', () => {
  const path = 'src/modules/calls/actions/open-call.ts'
  assert.equal(permissionProblems({ path, text: "// export const permission = 'public'\n" }).length, 1)
  assert.equal(
    permissionProblems({ path, text: "export const permission: Permission = 'public'\n" }).length,
    0
  )
})

test('a read that is not in the list of permissions is found', () => {
  const path = 'src/modules/calls/reads.ts'
  const text = "export const permissions = {\n  openCalls: 'public'\n}\nexport function openCalls() {}\n"
  assert.deepEqual(permissionProblems({ path, text }), [])
  const more = `${text}export async function closedCalls() {}\n`
  assert.deepEqual(permissionProblems({ path, text: more }), [
    `${path}: closedCalls is not in \`permissions\``
  ])
})
