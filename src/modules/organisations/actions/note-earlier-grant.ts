import { z } from 'zod'
import type { Programmes } from '#server/programmes'
import { record } from '#shared/audit/index.ts'
import { line, oneOf, optionalLine, wholeNumber } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { countFor } from '../limits.server.ts'
import { type Holding, bodiesAbout } from '../record/insiders.server.ts'
import '../organisations-tables.server.ts'

/** The organisation itself, and officers of the bodies that look after it. */
export const permission: Permission = ['member', 'officer', 'administrator']

const programmesBefore = [
  'erasmus-plus',
  'lifelong-learning',
  'youth-in-action',
  'tempus',
  'erasmus-mundus'
] as const

const schema = ({ programme }: Programmes) =>
  z.object({
    programme: oneOf(programmesBefore),
    action: oneOf([...programme.actions.keys()] as [string, ...string[]]),
    callYear: wholeNumber(1987, 2100),
    role: oneOf(['coordinator', 'partner']),
    project: optionalLine(60),
    source: line(200)
  })

/** Notes a grant that an organisation had. It counts for who is new to an action, so it says where it is known from. */
export async function noteEarlierGrant(
  app: Holding & { programmes: Programmes },
  caller: Caller,
  organisation: string,
  given: unknown
): Promise<{ grant: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  const head = await app.database
    .selectFrom('organisations.organisation')
    .select('country')
    .where('id', '=', organisation)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  const body = head && (await bodiesAbout(app, caller, head.country))
  const no = refusalFor(caller, permission, { organisation, body })
  if (no) return no
  if (!head) return refused('not-found')
  const read = readInput(schema(app.programmes), given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const tooOften = await countFor(app.database, 'change', caller.person)
  if (tooOften) return tooOften
  const { callYear, project, ...rest } = read.data
  return app.database.transaction().execute(async (transaction) => {
    const { id } = await transaction
      .insertInto('organisations.earlier_grant')
      .values({
        ...rest,
        organisation,
        call_year: callYear,
        project: project ?? null,
        noted_by: caller.person
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await record(transaction, {
      act: 'organisations.grant-noted',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { grant: id, ...rest, callYear, project: project ?? null }
    })
    return { grant: id }
  })
}

/** The programmes whose grants count: this one and those before it. */
export const grantProgrammes = programmesBefore
