import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { root } from '../structure/project-files.ts'

const folders: string[] = []
const started: Start[] = []
after(async () => {
  for (const one of started) if (one.process.exitCode === null) one.process.kill('SIGTERM')
  await Promise.all(started.map((one) => one.ended))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A new folder, gone when the tests of the file are done. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kopa-start-'))
  folders.push(folder)
  return folder
}

/** A Kopā that was started as an operator does it. */
export type Start = {
  process: ChildProcess
  printed: () => string
  /** Resolves with the address, rejects when the process ends before. */
  ready: Promise<string>
  ended: Promise<number | string>
}

/** Starts Kopā as `npm start` does; it is stopped when the tests of the file are done. */
export function start(
  environment: Record<string, string>,
  program = process.execPath,
  args = [join(root, 'tools/start.js')]
): Start {
  let printed = ''
  const { DATABASE_URL: _1, KOPA_ORIGIN: _2, HOST: _3, ...rest } = process.env
  const child = spawn(program, args, {
    cwd: root,
    env: { ...rest, LANG: 'C', LC_ALL: '', PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal!))
  )
  const ready = new Promise<string>((resolve, reject) => {
    const hear = (part: Buffer) => {
      printed += part.toString()
      const address = /Kopā is ready: (\S+)/.exec(printed)?.[1]
      if (address) resolve(address)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then((code) => reject(new Error(`ended with ${code}: ${printed}`)))
  })
  ready.catch(() => {})
  const one = { process: child, printed: () => printed, ready, ended }
  started.push(one)
  return one
}
