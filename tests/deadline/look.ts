/** Whether everything that somebody was told is kept is there, after whatever happened. */
import type pg from 'pg'
import { hashOf, writtenDigests } from '../../src/modules/applications/submission/manifest.ts'
import { apply } from '../../src/modules/applications/writing/delta.ts'
import { type KeptDelta, forwards } from '../../src/modules/applications/writing/merge.ts'
import type { Filled } from './fill.ts'
import type { Saver, Witness } from './witness.ts'

/** What is missing or wrong, in words; empty: nothing is. */
export async function look(client: pg.Client, filled: Filled, witness: Witness): Promise<string[]> {
  return [
    ...(await lostSaves(client, filled, witness.savers)),
    ...(await lostSubmissions(client, witness)),
    ...(await wrongNumbers(client, filled.call))
  ]
}

/** Each text is built again out of its versions: every one that was acknowledged has to come by. */
async function lostSaves(client: pg.Client, { path }: Filled, savers: readonly Saver[]): Promise<string[]> {
  const problems: string[] = []
  const { rows } = await client.query(
    `select application, version, delta from applications.answer_version
      where path = $1 and application = any($2) order by application, version`,
    [path, savers.map(({ application }) => application)]
  )
  const versions = new Map<string, { version: number; delta: KeptDelta }[]>()
  for (const { application, version, delta } of rows) {
    const of = versions.get(application) ?? []
    versions.set(application, of)
    of.push({ version, delta })
  }
  for (const { application, acknowledged } of savers) {
    let text = ''
    const texts = new Map<number, string>()
    for (const { version, delta } of versions.get(application) ?? []) {
      if (version !== texts.size + 1) problems.push(`${application}: no version ${texts.size + 1}`)
      texts.set(version, (text = apply(text, forwards(delta))))
    }
    for (const [version, kept] of acknowledged)
      if (texts.get(version) !== kept)
        problems.push(`${application}: version ${version} is not what was saved`)
  }
  const { rows: standing } = await client.query(
    `select application, text, version from applications.answer where path = $1 and application = any($2)`,
    [path, savers.map(({ application }) => application)]
  )
  const now = new Map(standing.map((row) => [row.application, row]))
  for (const { application, acknowledged, version } of savers) {
    const row = now.get(application)
    if (row?.version !== version || (acknowledged.has(version) && row.text !== acknowledged.get(version)))
      problems.push(`${application}: what stands is not what was saved last`)
  }
  return problems
}

async function lostSubmissions(client: pg.Client, { submitters }: Witness): Promise<string[]> {
  const { rows } = await client.query(
    `select s.application, s.number, encode(s.hash, 'hex') as sha256, a.state, c.frame,
        (select json_agg(json_build_array(n.path, encode(n.digest, 'hex'))) from applications.answer n
          where n.application = a.id and n.path <> all(c.left_out)) as answers
      from applications.submission s join applications.application a on a.id = s.application
      left join applications.submitted_content c on c.submission = s.id`
  )
  const known = new Map<string, typeof rows>()
  for (const row of rows) known.set(row.application, [...(known.get(row.application) ?? []), row])
  return submitters.flatMap(({ application, receipt }) => {
    if (!receipt) return []
    const found = known.get(application) ?? []
    const [row] = found
    if (found.length !== 1) return [`${application}: ${found.length} submissions instead of one`]
    const same = row.number === receipt.number && row.sha256 === receipt.sha256
    const kept = row.frame && hashOf(row.frame, writtenDigests(row.answers)) === receipt.sha256
    return same && kept && row.state === 'submitted' ? [] : [`${application}: not as on its receipt`]
  })
}

/** 1, 2, 3 without a gap, none twice. */
async function wrongNumbers(client: pg.Client, call: string): Promise<string[]> {
  const { rows } = await client.query(
    `select count(*)::integer as count, count(distinct number)::integer as numbers, coalesce(max(number), 0) as last
      from applications.submission where call = $1`,
    [call]
  )
  const { count, numbers, last } = rows[0]
  return count === numbers && count === last
    ? []
    : [`${count} submissions, ${numbers} numbers, the last is ${last}`]
}
