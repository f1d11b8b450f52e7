/** Where things are, for the tools. Plain JavaScript: the tools start on Node 20. */
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The programs of node_modules. */
export const bin = join(root, 'node_modules/.bin')

/** The environment for programs we start: those of node_modules come first, so `node` is Node 24. */
export function environment(more = {}) {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, ...more }
}
