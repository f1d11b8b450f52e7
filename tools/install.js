/**
 * Installs what package-lock.json lists, unless it is there. Called by every other tool first; runs on Node 20.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.js'

/**
 * Makes node_modules what package-lock.json says. A stamp in node_modules remembers for which one it was made.
 * @param {string} [folder] holds package.json; other than the root for the benchmarks
 */
export function ensureInstalled(folder = root) {
  const stamp = join(folder, 'node_modules/.installed-for')
  const wanted = fingerprint(folder)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  if (!existsSync(stamp) && directDependenciesPresent(folder)) return note(stamp, wanted)
  console.log('Installing what is missing (once, about half a minute) …')
  // `npm ci` is exact; where a registry lacks a package for another platform, only `npm install` gets through.
  if (!npm(folder, ['ci'], 'pipe') && !npm(folder, ['install'], 'inherit')) {
    console.error(
      'npm could not install what Kopā needs (see above). Is the network there? Nothing was started.'
    )
    process.exit(1)
  }
  note(stamp, wanted)
}

function fingerprint(folder) {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) {
    const path = join(folder, file)
    hash.update(existsSync(path) ? readFileSync(path) : '')
  }
  return hash.digest('hex')
}

/** Somebody may have run npm themselves: then every package named in package.json is there, in that version. */
function directDependenciesPresent(folder) {
  const { dependencies = {}, devDependencies = {} } = readJson(join(folder, 'package.json'))
  return Object.entries({ ...dependencies, ...devDependencies }).every(([name, version]) => {
    const file = join(folder, 'node_modules', name, 'package.json')
    return existsSync(file) && readJson(file).version === version
  })
}

function npm(folder, args, output) {
  // The npm that runs us, with its own Node: node_modules, and Node 24 in it, may be about to be replaced.
  const own = process.env.npm_execpath
  const [program, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []]
  // What builds the site is a development dependency, so NODE_ENV=production must not leave it out.
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const done = spawnSync(program, [...first, ...args, ...flags], {
    cwd: folder,
    stdio: ['ignore', output === 'pipe' ? 'ignore' : 'inherit', output]
  })
  return done.status === 0
}

function note(stamp, wanted) {
  try {
    writeFileSync(stamp, wanted)
  } catch {
    // A folder installed by another user: looked through again next time.
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'))
}
