/** The results in tables, and what was wanted beside what was measured. */
import { type Target, atLeast, atMost, figure, table } from '../report.ts'
import { type Contest, failuresIn } from './closed-loops.ts'
import type { Opening } from './opening.ts'
import type { RushResult } from './open-loops.ts'

export function contestsTable(contests: readonly Contest[], withoutHttp: number): string {
  const rows = contests.map(({ name, perSecond, p50, p99, failures, cost }) => [
    name,
    ...[perSecond, p50, p99, cost.server, cost.database, cost.generator].map(figure),
    failures
  ])
  const head = [
    '64 clients',
    'a second',
    'p50 ms',
    'p99 ms',
    'server µs',
    'database µs',
    'generator µs',
    'errors'
  ]
  return table(head, [...rows, ['pg without HTTP, save', figure(withoutHttp), '–', '–', '–', '–', '–', 0]])
}

export function targetsOfContests(contests: readonly Contest[]): Target[] {
  const of = (name: string) => contests.find((one) => one.name === name)!
  for (const { name, examples } of contests) if (examples.length > 0) console.log(name, examples)
  return [
    atLeast('save, of bare save', 0.5, of('save').perSecond / of('bare save').perSecond),
    ...['submission', 'submission, never looked at'].map((name) =>
      atLeast(`${name}, of bare submission`, 0.4, of(name).perSecond / of('bare submission').perSecond)
    ),
    atMost(
      'errors at 64 clients',
      0,
      contests.reduce((sum, { failures }) => sum + failures, 0)
    )
  ]
}

export function rushTable({ saves, submissions, seconds, result, cost }: RushResult): string {
  const asked = [saves, submissions]
  const rows = result.streams.map(({ count, p50, p99, max, failures }, at) => [
    ['save', 'submission'][at]!,
    figure(asked[at]!),
    figure(count / result.seconds),
    ...[p50, p99, max].map(figure),
    failuresIn(failures)
  ])
  const share = (of: number) => `${figure((of / result.seconds) * 100)} %`
  const busy = `Of one core: the server ${share(cost.server)}, PostgreSQL ${share(cost.database)}, the generator ${share(result.ownProcessorSeconds)}.`
  const head = [`open loop, ${seconds} s`, 'due a second', 'answered', 'p50 ms', 'p99 ms', 'max ms', 'errors']
  return `${table(head, rows)}\n${busy}`
}

/** @param saveMs the most that a save may take, p99 */
export function targetsOfRush(
  { saves, submissions, result }: RushResult,
  saveMs: number,
  disk: string
): Target[] {
  const [save, submission] = result.streams as [(typeof result.streams)[0], (typeof result.streams)[0]]
  for (const { examples } of result.streams) if (examples.length > 0) console.log(examples)
  const what = `${saves} saves and ${submissions} submissions a second, ${disk}`
  return [
    atMost(`${what}: save p99`, saveMs, save.p99, ' ms'),
    atMost(`${what}: receipt p99`, 1000, submission.p99, ' ms'),
    atMost(`${what}: errors`, 0, failuresIn(save.failures) + failuresIn(submission.failures))
  ]
}

export function openingTable({ pages, pdf }: Opening): string {
  const rows = pages.map(({ what, firstByte, failures, scriptBytes }) => [
    what,
    ...[firstByte.p50, firstByte.p99, firstByte.max, scriptBytes / 1000].map(figure),
    failures
  ])
  const head = ['40 pages, 10 partners: first byte, ms', 'p50', 'p99', 'max', 'script, kB gzipped', 'errors']
  return `${table(head, rows)}\nAs PDF: ${pdf.pages} pages, ${figure(pdf.bytes / 1000)} kB, in ${figure(pdf.milliseconds)} ms`
}

export function targetsOfOpening({ pages, pdf }: Opening): Target[] {
  return [
    ...pages.flatMap(({ what, firstByte, scriptBytes }) => [
      atMost(`${what}: first byte, p99`, 80, firstByte.p99, ' ms'),
      atMost(`${what}: script gzipped`, 150, scriptBytes / 1000, ' kB')
    ]),
    atMost(`${pdf.pages} pages as PDF`, 1, pdf.milliseconds / 1000, ' s')
  ]
}
