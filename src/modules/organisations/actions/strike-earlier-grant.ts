import { record } from '#shared/audit/index.ts'
import { asId } from '#shared/forms/as-id.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn, refusalFor } from '#shared/identity/index.ts'
import { withdrawGrant } from '../grants/grants-store.server.ts'
import { type Holding, bodiesAbout } from '../record/insiders.server.ts'
import '../organisations-tables.server.ts'

/** Officers of the bodies that look after the organisation: it could make itself a newcomer otherwise. */
export const permission: Permission = ['officer', 'administrator']

/** Takes the note of an earlier grant back that was wrong. */
export async function strikeEarlierGrant(
  app: Holding,
  caller: Caller,
  organisation: string,
  grant: string
): Promise<{ struck: string } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const head = await transaction
      .selectFrom('organisations.organisation')
      .select('country')
      .where('id', '=', organisation)
      .executeTakeFirst()
    const body = head && (await bodiesAbout({ ...app, database: transaction }, caller, head.country))
    const no = refusalFor(caller, permission, { body })
    if (no) return no
    if (!(await withdrawGrant(transaction, organisation, asId(grant)))) return refused('not-found')
    await record(transaction, {
      act: 'organisations.grant-struck',
      by: actorOf(caller),
      subject: { kind: 'organisation', id: organisation },
      payload: { grant }
    })
    return { struck: grant }
  })
}
