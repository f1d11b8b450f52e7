/**
 * The checks that need neither a database nor a browser: types, lint, format, structure of imports, texts.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compileTexts } from './build.js'
import { bin, environment, root } from './paths.js'

const steps = [
  ['types', 'svelte-check', ['--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings']],
  ['lint', 'eslint', ['.', '--max-warnings', '0']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  [
    'imports',
    'depcruise',
    ['--config', '.dependency-cruiser.js', '--output-type', 'err', 'src', 'tools', 'tests', 'migrations']
  ]
]

/** Runs every check, also after one has failed. @returns whether all passed */
export async function runChecks() {
  await timed('texts', async () => compileTexts())
  // Types of the pages' data, which SvelteKit derives from the tree of routes.
  if (!(await program('svelte-kit', ['sync']))) return false
  let passed = true
  for (const [name, ...command] of steps) {
    if (!(await timed(name, () => program(...command)))) passed = false
  }
  return passed
}

/** Does something and prints how long it took. @returns what it returned */
export async function timed(name, work) {
  const began = performance.now()
  const result = await work()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${result === false ? '✗' : '✓'} ${name.padEnd(8)} ${seconds.padStart(6)} s`)
  return result
}

/** Runs a program of node_modules; what it prints is shown when it fails. @returns whether it succeeded */
function program(name, args) {
  const child = spawn(process.execPath, [join(bin, name), ...args], { cwd: root, env: environment() })
  let printed = ''
  child.stdout.on('data', (part) => (printed += part))
  child.stderr.on('data', (part) => (printed += part))
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      if (code !== 0) console.log(`${printed.trimEnd()}\n`)
      resolve(code === 0)
    })
  })
}
