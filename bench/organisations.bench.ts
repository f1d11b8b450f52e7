/**
 * Finding organisations while somebody types, over 100 000 records, beside the plain way of PostgreSQL (trigrams of
 * whole names); and reading the shipped list of charter holders in. `npm run bench organisations`; needs nothing
 * running.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { readConfiguration } from '../src/configuration.ts'
import { importCharterList } from '../src/modules/organisations/actions/import-charter-list.ts'
import {
  shippedCharterFile,
  shippedEdition
} from '../src/modules/organisations/import/shipped-charter-list.server.ts'
import { possiblePairs } from '../src/modules/organisations/duplicates/possible-pairs.server.ts'
import { findOrganisations } from '../src/modules/organisations/names/find-organisations.server.ts'
import { foldName } from '../src/modules/organisations/names/fold-name.ts'
import { createRecords } from '../src/modules/organisations/record/many-records.server.ts'
import { serve } from '../src/server.ts'
import { type Database, connect } from '../src/shared/database/index.ts'
import { quantile } from './measure.ts'
import { seeded, syntheticOrganisations } from './organisations/synthetic-names.ts'
import { typedQuestions } from './organisations/typed-questions.ts'
import { atMost, figure, table, targetsTable, writeResults } from './report.ts'

const quick = process.argv.includes('--quick')
const records = quick ? 10_000 : 100_000
const questionsOfKind = quick ? 30 : 150

const data = mkdtempSync(join(tmpdir(), 'kopa-bench-'))
const read = readConfiguration({ PORT: '0', KOPA_DATA: data, LOG_LEVEL: 'error', KOPA_WORKER: 'none' })
if ('problems' in read) throw new Error(JSON.stringify(read.problems))
const { app, stop } = await serve(read.configuration)
// As the owner: the peer needs a table and an index of its own.
const owner = connect(app.embedded!.server, 'kopa-bench')
try {
  const imports = await timedImport(app.database)
  await fill(app.database, records - imports.rows)
  await preparePeer(owner)
  const contenders = [
    { name: 'Kopā', find: (text: string) => idsOf(findOrganisations(app.database, text)) },
    { name: 'whole names, similarity() and %', find: (text: string) => byWholeName(owner, text, '%') },
    { name: 'whole names, word_similarity() and <%', find: (text: string) => byWholeName(owner, text, '<%') }
  ]
  const names = await owner
    .selectFrom('organisations.organisation')
    .select(['id', 'name'])
    .where('merged_into', 'is', null)
    .orderBy(sql`md5(code)`)
    .limit(questionsOfKind)
    .execute()
  const kinds = typedQuestions(names, seeded(7))

  // What is compiled or read from disk only once is not counted.
  for (const { questions } of kinds)
    for (const { text } of questions.slice(0, 15)) for (const { find } of contenders) await find(text)

  const rows: { kind: string; name: string; p50: number; p99: number; found: number | undefined }[] = []
  const all = contenders.map((): number[] => [])
  for (const { kind, questions } of kinds) {
    const times = contenders.map((): number[] => [])
    const found = contenders.map(() => 0)
    // Each question by all in turn, so that a noisy neighbour disturbs all alike.
    for (const { text, meant } of questions) {
      for (const [at, { find }] of contenders.entries()) {
        const began = performance.now()
        const ids = await find(text)
        times[at]!.push(performance.now() - began)
        if (meant !== undefined && ids.includes(meant)) found[at]!++
      }
    }
    for (const [at, { name }] of contenders.entries()) {
      all[at]!.push(...times[at]!)
      rows.push({
        kind,
        name,
        p50: quantile(times[at]!, 0.5),
        p99: quantile(times[at]!, 0.99),
        found: questions[0]?.meant === undefined ? undefined : found[at]! / questions.length
      })
    }
  }
  const began = performance.now()
  const pairs = await possiblePairs(app.database, 'all')
  const desk = { pairs: pairs.length, seconds: (performance.now() - began) / 1000 }
  for (const [at, { name }] of contenders.entries())
    rows.push({
      kind: 'all',
      name,
      p50: quantile(all[at]!, 0.5),
      p99: quantile(all[at]!, 0.99),
      found: undefined
    })

  console.log(
    table(
      ['import of the shipped list', 'rows', 's', 'times the bar moved'],
      [
        ['tried', imports.rows, figure(imports.tried), '–'],
        ['applied', imports.rows, figure(imports.applied), imports.steps]
      ]
    )
  )
  console.log(
    `\n${table(
      [`typed, ${records} records`, 'found by', 'p50 ms', 'p99 ms', 'meant one among 10'],
      rows.map(({ kind, name, p50, p99, found }) => [
        kind,
        name,
        figure(p50),
        figure(p99),
        found === undefined ? '–' : `${Math.round(found * 100)} %`
      ])
    )}`
  )
  console.log(`\nThe desk finds ${desk.pairs} pairs that may be one, in ${figure(desk.seconds)} s`)
  const ours = rows.filter(({ name }) => name === 'Kopā')
  const targets = [
    ...ours.map(({ kind, p99 }) => atMost(`type-ahead, ${kind}, p99`, 60, p99, ' ms')),
    atMost('import of the shipped rows', 10, imports.applied, ' s')
  ]
  console.log(`\n${targetsTable(targets)}`)
  writeResults('organisations', { records, imports, rows, desk, targets })
  process.exitCode = targets.every(({ met }) => met) ? 0 : 1
} finally {
  await owner.destroy()
  await stop()
  rmSync(data, { recursive: true, force: true })
}

/** Reads the shipped list in, tried and applied; times in seconds. */
async function timedImport(database: Database) {
  const given = { ...shippedCharterFile(), edition: Temporal.PlainDate.from(shippedEdition) }
  let steps = 0
  const timed = async (what: 'try' | 'apply') => {
    const began = performance.now()
    const outcome = await importCharterList({ database }, given, {
      do: what,
      accept: 'all',
      manyEnd: false,
      onProgress: () => steps++
    })
    if (!('plan' in outcome)) throw new Error(JSON.stringify(outcome))
    return { seconds: (performance.now() - began) / 1000, rows: outcome.rows }
  }
  const tried = await timed('try')
  const applied = await timed('apply')
  return { rows: applied.rows, tried: tried.seconds, applied: applied.seconds, steps }
}

/** So many more records, written as records of official lists are. */
async function fill(database: Database, count: number): Promise<void> {
  const made = syntheticOrganisations(count)
  for (let at = 0; at < made.length; at += 1000) {
    const stated = made.slice(at, at + 1000).map(({ name, country, city }) =>
      (
        [
          ['legal-name', name],
          ['country', country],
          ['city', city]
        ] as const
      ).map(([kind, value]) => ({ kind, detail: '', value, level: 'self-declared' as const }))
    )
    await database
      .transaction()
      .execute((transaction) =>
        createRecords(transaction, stated, { source: 'organisation', act: 'registered' })
      )
  }
}

/** The peer: the same folded names, with an index of their trigrams. */
async function preparePeer(database: Database): Promise<void> {
  await sql`create table public.bench_name as select organisation, folded from organisations.name`.execute(
    database
  )
  await sql`create index on public.bench_name using gin (folded gin_trgm_ops)`.execute(database)
  for (const analysed of [
    'public.bench_name',
    'organisations.name',
    'organisations.word',
    'organisations.fact'
  ])
    await sql`vacuum analyze ${sql.table(analysed)}`.execute(database)
  await sql`vacuum analyze organisations.organisation`.execute(database)
}

async function byWholeName(database: Database, text: string, operator: '%' | '<%'): Promise<string[]> {
  const folded = foldName(text)
  const fit =
    operator === '%' ? sql`similarity(n.folded, ${folded})` : sql`word_similarity(${folded}, n.folded)`
  const fits = operator === '%' ? sql`n.folded % ${folded}` : sql`${folded} <% n.folded`
  const { rows } = await sql<{ id: string }>`
    select o.id, o.code, o.name, o.country, o.city, o.type, o.level, o.charter_until
    from public.bench_name n join organisations.organisation o on o.id = n.organisation
    where ${fits} order by ${fit} desc limit 10`.execute(database)
  return rows.map(({ id }) => id)
}

async function idsOf(found: Promise<readonly { id: string }[]>): Promise<string[]> {
  return (await found).map(({ id }) => id)
}
