import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { line, optionalLine, wholeNumber } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, notNow, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, needsSecondFactor } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import { noteChange } from '../changes.server.ts'
import { changeLetter } from '../letters.server.ts'
import { ownerOf } from '../owner.server.ts'
import { lockPerson } from '../persons.server.ts'
import { digestOf, newSecret } from '../secrets.server.ts'
import { mostTokenDays, tokenPrefix, tokensOf } from '../tokens.server.ts'

export const permission: Permission = ['person']

/** More than anybody needs; a list that can be read. */
const mostTokens = 50

const schema = (scopes: readonly string[]) =>
  z.object({
    name: line(60),
    role: optionalLine(40),
    scopes: z.preprocess(
      (given) => (given === undefined || given === '' ? [] : Array.isArray(given) ? given : [given]),
      z
        .array(
          z.string().refine((scope) => scopes.includes(scope), 'form.not-offered'),
          'form.not-offered'
        )
        .min(1, 'people.tokens.no-scope')
        .max(scopes.length, 'form.not-offered')
    ),
    days: wholeNumber(1, mostTokenDays)
  })

/**
 * Makes a token by which a program acts for the caller: in one of their roles or as themselves, within scopes, until
 * a day. Somebody at a browser does that, having proved lately who they are; a token makes no token.
 * @returns the token, to be shown once
 */
export async function makeToken(
  app: { database: Database; scopes: readonly string[] },
  caller: Caller,
  given: unknown
): Promise<{ token: string; id: string } | Refused> {
  const owner = await ownerOf(app, caller, permission)
  if (isRefused(owner)) return owner
  const read = readInput(schema(app.scopes), given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { name, role: wanted, scopes, days } = read.data
  const role = owner.caller.roles.find(({ id }) => id === wanted)
  if (wanted && !role) return invalid('role', 'form.not-offered')
  if (needsSecondFactor(role) && !owner.caller.secondFactor) return refused('second-factor')

  return app.database.transaction().execute(async (transaction) => {
    const person = await lockPerson(transaction, owner.caller.person)
    if (!person) return refused('sign-in')
    if ((await tokensOf(transaction, person.id)).length >= mostTokens)
      return notNow('people.tokens.too-many', { most: mostTokens })
    const token = tokenPrefix + newSecret()
    const { id } = await transaction
      .insertInto('people.token')
      .values({
        person: person.id,
        role: role?.id ?? null,
        name,
        secret_digest: digestOf(token),
        scopes: [...new Set(scopes)],
        expires_at: sql<string>`clock_timestamp() + make_interval(days => ${days})`,
        second_factor_at: owner.caller.secondFactor ? sql`clock_timestamp()` : null
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await noteChange(transaction, person.id, caller, 'token-made', { token: id, named: name, scopes, days })
    await queueMail(transaction, changeLetter(person, 'token-made', name))
    return { token, id }
  })
}
