import { z } from 'zod'
import { type Limit, countAttempt } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress, oneOf, ticked } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf } from '#shared/identity/index.ts'
import { languages } from '#shared/texts/language.ts'
import { refusalAsHead } from '../head-of-body.server.ts'
import { ids } from '../ids-field.ts'
import { invite } from '../invitation.server.ts'
import { writeInvitation } from '../letters.server.ts'
import { unitsOnRecord } from '../store.server.ts'

/** The head of the body, or an administrator. */
export const permission: Permission = ['officer', 'administrator']

// Enough for a new agency, too few to write to strangers all day.
const limit: Limit = { free: 30, wait: 60, longestWait: 3600, forget: 86_400 }

const schema = z.object({
  email: emailAddress(),
  language: oneOf(languages),
  head: ticked(),
  units: ids()
})

/**
 * Invites somebody to work for a body, by mail. Whether they have an account already is not said: they accept when
 * they are signed in.
 */
export async function inviteOfficer(
  app: { database: Database },
  somebody: Caller,
  { body, ...given }: { body: string } & Record<string, unknown>
): Promise<{ invitation: string } | Refused> {
  const may = await refusalAsHead(app, somebody, permission, body)
  if (isRefused(may)) return may
  const { caller } = may
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email, language, head, units } = read.data
  const known = await unitsOnRecord(app.database, body)
  if (units.some((unit) => !known.some(({ id }) => id === unit))) return invalid('units', 'form.not-offered')
  const wait = await countAttempt(app.database, [{ what: 'directory.invite', of: [caller.person], limit }])
  if (wait) return wait
  return app.database.transaction().execute(async (transaction) => {
    const { id, secret } = await invite(transaction, {
      body,
      email,
      language,
      head,
      units,
      by: caller.person
    })
    await writeInvitation(transaction, { body, email, language, secret, by: caller.name })
    await record(transaction, {
      act: 'directory.officer-invited',
      by: actorOf(caller),
      subject: { kind: 'body', id: body },
      payload: { invitation: id, head, units }
    })
    return { invitation: id }
  })
}
