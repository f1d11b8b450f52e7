/** Which files are tests. */
import { globSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { root } from './paths.js'

const folders = '{src,programmes,tests,tools,migrations}'

/**
 * Test files, as paths from the checkout.
 * @param {{ long?: boolean, paths?: string[] }} which long: the long series instead of the others, and what draws its cases; paths: only
 *   those in these files or folders, or with this in their path
 */
export function testFiles({ long = false, paths = [] } = {}) {
  const all = globSync(`${folders}/**/*.test.ts`, { cwd: root }).sort()
  if (paths.length === 0)
    return all.filter((file) => file.endsWith('.long.test.ts') === long || (long && drawsCases(file)))
  return all.filter((file) =>
    paths.some((path) => {
      const asked = relative(root, resolve(process.env.INIT_CWD ?? process.cwd(), path))
      return file === asked || file.startsWith(`${asked}/`) || file.includes(path)
    })
  )
}

const drawsCases = (file) => readFileSync(join(root, file), 'utf8').includes("/drawn-cases.ts'")

/** The tests that need neither a database nor a browser nor a built site: they import none of what gives one. */
export function unitTestFiles() {
  return testFiles().filter((file) => {
    // Starting, killing and stopping the whole product.
    if (file.startsWith('tests/operating/')) return false
    const text = readFileSync(join(root, file), 'utf8')
    return !/from '[^']*\/(database|browser|running-site|test-database)\.ts'|needs a built site/.test(text)
  })
}
