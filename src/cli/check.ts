import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  checkAnswer,
  checkEligibility,
  loadProgrammes,
  problemText,
  readConsortiumText,
  type CheckReport
} from '#server/programmes'
import { root } from '../configuration.ts'
import { type Call, type Command, exit } from './command.ts'

/** May this consortium apply, and what is missing? */
export const command: Command = {
  name: 'check',
  usage: 'FILE [--action A] [--edition Y]',
  summary: 'cli.check.summary',
  help: 'cli.check.help',
  options: { action: { type: 'string' }, edition: { type: 'string' } },
  arguments: { least: 1, most: 1 },
  async run(call) {
    const {
      arguments: [file],
      options,
      json,
      t,
      write,
      remark
    } = call
    const bytes = contentOf(file!)
    if (typeof bytes === 'string') {
      remark(t('cli.check.unreadable', { file: file!, why: bytes }))
      return exit.unreadable
    }
    const programmes = loadProgrammes(join(root, 'programmes'))
    const { action, edition } = options as { action?: string; edition?: string }
    const year = edition === undefined ? undefined : Number(edition)
    if (action !== undefined && !programmes.programme.actions.has(action)) {
      remark(
        t('cli.no-such-action', {
          action,
          actions: [...programmes.programme.actions.keys()].sort().join(', ')
        })
      )
      return exit.wrongUse
    }
    if (year !== undefined && !programmes.editions.includes(year)) {
      remark(
        t('cli.no-such-edition', { edition: edition!, editions: programmes.editions.toReversed().join(', ') })
      )
      return exit.wrongUse
    }
    const { request, problems, warnings } = readConsortiumText(bytes, programmes.knowledge, {
      asked: { ...(action && { action }), ...(year && { edition: year }) }
    })
    for (const one of [...problems, ...warnings]) remark(problemText(one, t))
    if (!request) return exit.unreadable
    const reports = checkEligibility({ programmes }, request)
    // What the reader accepted, the rules know.
    if (!Array.isArray(reports)) throw new Error(`refused after reading: ${reports.refused}`)

    if (json) write(JSON.stringify(checkAnswer(reports, request, warnings), null, 2))
    else if (request.action === undefined) for (const report of reports) write(lineOf(report, call))
    else writeReport(reports[0]!, call)
    return statusOf(reports)
  }
}

/** @returns the bytes, or why they cannot be read */
function contentOf(file: string): Uint8Array | string {
  try {
    if (file !== '-' && !statSync(file).isFile()) return file
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    return (error as Error).message
  }
}

function lineOf({ action, names, answer, repairs }: CheckReport, { t, language }: Call): string {
  const size = repairs[0]?.changes.length ?? 0
  const changes = answer !== 'eligible' && size > 0 ? ` · ${t('cli.check.changes', { count: size })}` : ''
  return `${mark[answer]} ${t(`site.verdict.${answer}`)} · ${names[language]} (${action})${changes}`
}

const mark = {
  eligible: '✓',
  'not-eligible': '✗',
  undetermined: '?',
  met: '✓',
  'not-met': '✗',
  unknown: '?'
} as const

function writeReport(report: CheckReport, call: Call) {
  const { t, language, write } = call
  write(
    `${report.names[language]}, ${report.edition}: ${mark[report.answer]} ${t(`site.verdict.${report.answer}`)}`
  )
  for (const rule of report.rules) {
    const advice =
      rule.settledBy === 'rules' && rule.severity === 'block'
        ? ''
        : ` (${t(`cli.check.${rule.settledBy === 'rules' ? 'advice' : rule.settledBy}`)})`
    write(`\n${mark[rule.answer]} ${rule.says[language]}${advice}`)
    if (rule.answer !== 'met' && rule.settledBy === 'rules') write(`  ${rule.reason[language]}`)
    const sources = rule.sources.map(({ title, at }) => (at ? `${title}, ${at}` : title))
    write(`  [${[...new Set(sources)].join('; ')}]`)
  }
  for (const warning of report.warnings) write(`\n! ${warning[language]}`)
  if (report.answer === 'undetermined' && report.open.length > 0) {
    write(`\n${t('cli.check.open')}`)
    for (const open of report.open) write(`  – ${open[language]}`)
  }
  if (report.repairs.length === 0 && report.repairsSize > 0)
    write(`\n${t('check.changes.far', { count: report.repairsSize })}`)
  if (report.repairs.length > 0) {
    write(`\n${t('cli.check.repairs', { count: report.repairs[0]!.changes.length })}`)
    report.repairs.slice(0, 5).forEach(({ changes }, index) => {
      write(`${index + 1}.`)
      for (const change of changes) write(`  – ${change.text[language]}`)
    })
    const more = report.repairsTotal - Math.min(5, report.repairs.length)
    if (more > 0) write(t('cli.check.more-repairs', { count: more }))
  }
}

function statusOf(reports: readonly CheckReport[]): number {
  if (reports.some(({ answer }) => answer === 'eligible')) return exit.done
  return reports.some(({ answer }) => answer === 'undetermined') ? exit.undetermined : exit.refused
}
