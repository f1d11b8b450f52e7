import { z } from 'zod'
import { record } from '#shared/audit/index.ts'
import { line } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { type Holding, bodiesAbout } from '../record/insiders.server.ts'
import { changeRecord, factsInForce, holdRecord } from '../record/record-store.server.ts'
import { mayBeSeen } from '../record/fact.ts'

/** Officers of the bodies that look after the organisation. */
export const permission: Permission = ['officer', 'administrator']

const schema = z.object({
  /** Facts that the document says, by their ids. */
  facts: z.preprocess(
    (given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]),
    z
      .array(z.string().regex(/^\d{1,18}$/, 'form.not-offered'))
      .min(1, 'organisations.problem.choose-facts')
      .max(100)
  ),
  /** Which document it is, and from when. */
  document: line(200)
})

/** Notes that a document says what an organisation only said itself until then. */
export async function seeDocuments(
  app: Holding,
  caller: Caller,
  organisation: string,
  given: unknown
): Promise<{ revision: number } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const place = await transaction
      .selectFrom('organisations.organisation')
      .select('country')
      .where('id', '=', organisation)
      .executeTakeFirst()
    const body = place && (await bodiesAbout({ ...app, database: transaction }, caller, place.country))
    const no = refusalFor(caller, permission, { body })
    if (no) return no
    const head = await holdRecord(transaction, organisation)
    if (!head) return refused('not-found')
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const { document } = read.data
    const facts = await factsInForce(transaction, organisation)
    const seen = facts.filter((fact) => read.data.facts.includes(fact.id) && mayBeSeen(fact))
    // Somebody changed them meanwhile: what was seen is not what stands now.
    if (seen.length < new Set(read.data.facts).size)
      return refused('changed', { current: { revision: head.revision } })
    const begun = seen.map(({ kind, detail, value, validFrom, validUntil }) => ({
      ...{ kind, detail, value, validFrom, validUntil },
      level: 'document-seen' as const,
      evidence: document
    }))
    const revision = await changeRecord(
      transaction,
      head,
      facts,
      { ended: seen, begun },
      {
        person: caller.person,
        source: 'officer',
        // It is still the organisation that says it, only surer.
        statedAs: 'organisation',
        act: 'document-seen'
      }
    )
    await record(transaction, {
      act: 'organisations.document-seen',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: {
        revision,
        document,
        facts: begun.map(({ kind, detail, value }) => ({ kind, detail, value }))
      }
    })
    return { revision }
  })
}
