import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import {
  type ImportPlan,
  type Imported,
  charterDoubtText,
  charterFieldText,
  countsOf,
  importCharterList,
  rowProblemText,
  shippedCharterFile,
  shippedEdition
} from '#server/organisations'
import { connect } from '#shared/database/index.ts'
import { isRefused } from '#shared/forms/refused.ts'
import { sheetProblemText } from '#shared/spreadsheets/sheet-problem.ts'
import { type TextKey, formatNumber } from '#shared/texts/index.ts'
import { configurationOfThisProcess } from '../configuration.ts'
import { type Call, type Command, exit } from './command.ts'
import { openInstallation } from './installation.ts'
import { progressBar } from './progress-bar.ts'

/** Reads an official list of organisations in. */
export const command: Command = {
  name: 'organisations',
  usage: 'import [FILE] [--apply]',
  summary: 'cli.organisations.summary',
  help: 'cli.organisations.help',
  options: {
    apply: { type: 'boolean' },
    edition: { type: 'string' },
    accept: { type: 'string' },
    'many-end': { type: 'boolean' }
  },
  arguments: { least: 1, most: 2 },
  async run(call) {
    const asked = readCall(call)
    if (typeof asked === 'number') return asked
    const installation = await openInstallation(configurationOfThisProcess(), 'existing')
    const database = connect(installation.server, 'kopa-command')
    const { t } = call
    const bar = progressBar(t('cli.organisations.progress'))
    const began = performance.now()
    try {
      const { given, ...wanted } = asked
      const outcome = await importCharterList({ database }, given, { ...wanted, onProgress: bar.show })
      bar.end()
      if (isRefused(outcome)) {
        for (const { key, args } of outcome.problems)
          call.remark((t as (key: TextKey, args?: object) => string)(key, args))
        return exit.refused
      }
      if ('problem' in outcome) {
        call.remark(sheetProblemText(outcome, t))
        return exit.unreadable
      }
      return report(call, asked, outcome, (performance.now() - began) / 1000)
    } finally {
      bar.end()
      await database.destroy()
      await installation.close()
    }
  }
}

type Asked = {
  given: { bytes: Uint8Array; file: string; edition: Temporal.PlainDate }
  do: 'try' | 'apply'
  accept: ReadonlySet<number> | 'all'
  manyEnd: boolean
}

/** @returns what was asked, or the exit status when it cannot be understood */
function readCall({ arguments: words, options, t, remark }: Call): Asked | number {
  const [word, path] = words
  if (word !== 'import') {
    remark(t('cli.organisations.unknown', { word: word! }))
    return exit.wrongUse
  }
  const file = fileAt(path)
  if ('why' in file) {
    remark(t('cli.organisations.unreadable', { file: path!, why: file.why }))
    return exit.unreadable
  }
  const written = (options.edition as string | undefined) ?? /\d{4}-\d{2}-\d{2}/.exec(file.file)?.[0]
  const edition = written === undefined ? undefined : dayOf(written)
  if (!edition) {
    remark(
      written === undefined
        ? t('cli.organisations.no-edition')
        : t('cli.organisations.bad-edition', { value: written })
    )
    return exit.wrongUse
  }
  const accept = rowsOf((options.accept as string | undefined) ?? '')
  if (!accept) {
    remark(t('cli.organisations.bad-rows', { value: String(options.accept) }))
    return exit.wrongUse
  }
  return {
    given: { ...file, edition },
    do: options.apply ? 'apply' : 'try',
    accept,
    manyEnd: options['many-end'] === true
  }
}

function fileAt(path: string | undefined): { bytes: Uint8Array; file: string } | { why: string } {
  if (path === undefined) {
    const { bytes } = shippedCharterFile()
    return { bytes, file: `charter-holders-${shippedEdition}.csv` }
  }
  try {
    return { bytes: readFileSync(path), file: basename(path) }
  } catch (error) {
    return { why: (error as Error).message }
  }
}

function dayOf(written: string): Temporal.PlainDate | undefined {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(written)
      ? Temporal.PlainDate.from(written, { overflow: 'reject' })
      : undefined
  } catch {
    return undefined
  }
}

function rowsOf(written: string): ReadonlySet<number> | 'all' | undefined {
  if (written === '') return new Set()
  if (written === 'all') return 'all'
  const rows = written.split(',').map((row) => row.trim())
  return rows.every((row) => /^\d{1,7}$/.test(row)) ? new Set(rows.map(Number)) : undefined
}

function report(call: Call, { given }: Asked, { plan, rows, applied }: Imported, seconds: number): number {
  const { json, t, write, language } = call
  const counts = countsOf(plan)
  const left = counts.doubtful + counts.broken > 0 || plan.kept !== undefined
  if (json) {
    const { changed, ended, doubtful, broken, added, kept } = plan
    write(
      JSON.stringify(
        {
          file: given.file,
          edition: given.edition,
          applied,
          rows,
          counts,
          added,
          changed,
          ended,
          doubtful,
          broken,
          kept
        },
        null,
        2
      )
    )
    return left ? exit.undetermined : exit.done
  }
  write(t('cli.organisations.found', { file: given.file, edition: given.edition.toString(), rows }))
  for (const [kind, count] of Object.entries(counts) as [keyof typeof counts, number][])
    if (count > 0 || kind === 'added') write(`  ${t(`cli.organisations.count.${kind}`, { count })}`)
  writeLists(call, plan)
  write('')
  write(
    applied
      ? t('cli.organisations.applied', { seconds: formatNumber(Math.round(seconds * 10) / 10, language) })
      : t('cli.organisations.tried')
  )
  return left ? exit.undetermined : exit.done
}

/** Of each list so many lines are shown; --json has all of them. */
const mostLines = 20

function writeLists({ t, write }: Call, plan: ImportPlan): void {
  const row = ({ row, holder }: { row: number; holder: { legalName: string; erasmusCode: string } }) =>
    t('cli.organisations.row', { row, name: holder.legalName, code: holder.erasmusCode })
  const nothing = t('cli.organisations.nothing')
  const lists: [TextKey & `cli.organisations.list.${string}`, string[]][] = [
    [
      'cli.organisations.list.changed',
      plan.changed.map((one) => {
        const changes = one.changes.map(({ field, before, after }) =>
          t('cli.organisations.change', {
            field: charterFieldText(field, t),
            before: before ?? nothing,
            after: after ?? nothing
          })
        )
        return `${row(one)}: ${changes.join('; ')}`
      })
    ],
    [
      'cli.organisations.list.ended',
      plan.ended.map(({ legalName, erasmusCode }) => `${legalName} (${erasmusCode})`)
    ],
    [
      'cli.organisations.list.doubtful',
      plan.doubtful.map(
        (one) => `${row(one)}: ${one.doubts.map((doubt) => charterDoubtText(doubt, t)).join(' ')}`
      )
    ],
    [
      'cli.organisations.list.broken',
      plan.broken.flatMap(({ problems }) => problems.map((problem) => rowProblemText(problem, t)))
    ]
  ]
  for (const [heading, lines] of lists) {
    if (lines.length === 0) continue
    write('')
    write(`${t(heading as 'cli.organisations.list.changed')}:`)
    for (const line of lines.slice(0, mostLines)) write(`  ${line}`)
    if (lines.length > mostLines)
      write(`  ${t('cli.organisations.more', { count: lines.length - mostLines })}`)
  }
  if (plan.kept) {
    write('')
    write(t(`cli.organisations.kept.${plan.kept.because}`, { count: plan.kept.holders.length }))
  }
}
