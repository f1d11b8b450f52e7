import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import { announce } from '#shared/events/index.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import type { Database } from '#shared/database/index.ts'
import { heldBySureOthers } from '../duplicates/taken.server.ts'
import { countFor } from '../limits.server.ts'
import { changeTo, isNoChange } from '../record/change.ts'
import type { Fact, Statement } from '../record/fact.ts'
import { sameSaid } from '../record/fact.ts'
import { changesOf } from '../record/record-history.server.ts'
import { changeRecord as write, factsInForce, holdRecord } from '../record/record-store.server.ts'
import { sectionForm } from '../record/section-schemas.server.ts'
import { type Section, kindsOfSection } from '../record/sections.ts'

/** Whoever works for the organisation edits its record. */
export const permission: Permission = ['member']

/** What somebody saves: one step of the form, and the revision of the record that they saw. */
export type SectionSaved = { section: Section; revision: number; given: unknown }

/**
 * Saves one step of a record. What stays as it was keeps its level; what an official list says already is not said
 * again, and what it says differently stays beside. When somebody else changed the same facts meanwhile nothing is
 * saved: the refusal holds their changes (`current`).
 */
export async function changeRecord(
  app: { database: Database; programmes: Programmes },
  caller: Caller,
  organisation: string,
  { section, revision, given }: SectionSaved
): Promise<{ revision: number } | Refused> {
  const no = refusalFor(caller, permission, { organisation })
  if (no || !isSignedIn(caller)) return no ?? refused('sign-in')
  const tooOften = await countFor(app.database, 'change', caller.person)
  if (tooOften) return tooOften
  return app.database.transaction().execute(async (transaction) => {
    const head = await holdRecord(transaction, organisation)
    if (!head) return refused('not-found')
    const facts = await factsInForce(transaction, organisation)
    const { schema, statements } = sectionForm(section, app.programmes, facts)
    const read = readInput(schema, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const kinds = kindsOfSection[section]
    const change = changeTo(facts, 'organisation', kinds, ownStatements(facts, statements(read.data)))
    if (isNoChange(change)) return { revision: head.revision }
    const meanwhile = await changesOf(transaction, organisation, { after: revision })
    const theirs = meanwhile.flatMap(({ facts, at, by }) =>
      facts
        .filter(({ kind, source }) => source === 'organisation' && kinds.includes(kind))
        .map((fact) => ({ ...fact, at: at.toString(), by }))
    )
    if (theirs.length > 0)
      return refused('changed', { current: { revision: head.revision, changes: theirs } })
    const taken = await heldBySureOthers(transaction, change.begun, organisation)
    if (taken.length > 0) return refused('invalid', { problems: taken })
    const next = await write(
      transaction,
      head,
      facts,
      {
        ended: change.ended,
        begun: change.begun.map((statement) => ({ ...statement, level: 'self-declared' }))
      },
      { person: caller.person, source: 'organisation', act: `changed-${section}` }
    )
    await record(transaction, {
      act: 'organisations.changed',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { revision: next, ended: change.ended.map(plain), begun: change.begun.map(plain) }
    })
    await announce(transaction, 'organisations.changed', { organisation, revision: next })
    return { revision: next }
  })
}

/** What an official list says in the same words need not be said again, unless the organisation said it before. */
function ownStatements(facts: readonly Fact[], statements: readonly Statement[]): Statement[] {
  const says = (statement: Statement, source: Fact['source']) =>
    facts.some((fact) => fact.source === source && sameSaid(fact, statement))
  return statements.filter((statement) => says(statement, 'organisation') || !says(statement, 'list'))
}

function plain({ kind, detail, value }: Statement) {
  return { kind, detail, value }
}

declare module '#shared/events/event-types.ts' {
  interface EventTypes {
    'organisations.changed': { organisation: string; revision: number }
  }
}
