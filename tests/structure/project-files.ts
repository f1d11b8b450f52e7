import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The checkout. */
export const root = join(import.meta.dirname, '../..')

// Made by tools, or not ours.
const notOurs =
  /^(node_modules|build|\.svelte-kit|\.generated|\.git|data(-[^/]+)?|bench\/(node_modules|out))(\/|$)/

/** One file of the project, with its path from the checkout. */
export type ProjectFile = { path: string; text: string }

/** The project's files whose path fits, in order. */
export function projectFiles(fits: RegExp, except?: RegExp): ProjectFile[] {
  return pathsBelow(root)
    .filter((path) => fits.test(path) && !except?.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** All paths of the project's files, from the checkout. */
export function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      const short = relative(root, path)
      if (notOurs.test(short)) return []
      return entry.isDirectory() ? pathsBelow(path) : [short]
    })
}

/** What a program does, without what it says about itself: comments become blanks, lines stay. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(),])\/\/[^\n]*/g, '$1')
}

/** The number of the line in which something stands. */
export const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length
