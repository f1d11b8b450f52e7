/** Results for people (a table) and for machines (a file). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'

/** What was wanted, what was measured. */
export type Target = { what: string; wanted: string; measured: string; met: boolean }

/** A table in Markdown, columns aligned. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const all = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  return [
    line(all[0]!),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...all.slice(1).map(line)
  ].join('\n')
}

export function targetsTable(targets: readonly Target[]): string {
  return table(
    ['', 'what', 'wanted', 'measured'],
    targets.map(({ what, wanted, measured, met }) => [met ? '✓' : '✗', what, wanted, measured])
  )
}

/** At least so many times as fast, or the time at most so large a part. */
export function atLeast(what: string, wanted: number, measured: number, unit = 'x'): Target {
  return {
    what,
    wanted: `≥ ${wanted}${unit}`,
    measured: `${figure(measured)}${unit}`,
    met: measured >= wanted
  }
}

export function atMost(what: string, wanted: number, measured: number, unit = ''): Target {
  return {
    what,
    wanted: `≤ ${wanted}${unit}`,
    measured: `${figure(measured)}${unit}`,
    met: measured <= wanted
  }
}

/** Three figures of a number, without an exponent. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  return Number(value.toPrecision(3))
    .toLocaleString('en-GB', { maximumSignificantDigits: 3 })
    .replaceAll(',', ' ')
}

/** Writes bench/out/NAME.json and tells where. */
export function writeResults(name: string, results: object): void {
  const folder = join(import.meta.dirname, 'out')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}.json`)
  writeFileSync(file, `${JSON.stringify({ machine: machine(), ...results }, null, 2)}\n`)
  console.log(`\nWritten: bench/out/${name}.json`)
}

function machine() {
  const [first] = cpus()
  const system = readFileSync('/etc/os-release', 'utf8').match(/^PRETTY_NAME="(.*)"$/m)?.[1]
  return { cores: cpus().length, processor: first?.model, system, node: process.version }
}
