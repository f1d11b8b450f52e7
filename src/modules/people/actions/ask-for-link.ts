import { z } from 'zod'
import type { Database } from '#shared/database/index.ts'
import { emailAddress } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import type { Permission } from '#shared/identity/index.ts'
import { queueMail } from '#shared/mail/index.ts'
import type { Language } from '#shared/texts/language.ts'
import { countAttempt } from '../attempts.server.ts'
import { type Asked, linkLetter } from '../letters.server.ts'
import { linksFrom, linksTo } from '../limits.server.ts'
import { makeLink } from '../links.server.ts'
import { personAt } from '../persons.server.ts'
import type { Visit } from '../visit.server.ts'

export const permission: Permission = 'public'

const schema = z.object({ email: emailAddress() })

type Wish = { asked: Asked; language: Language; next: string | undefined }

/**
 * Mails a link to an address: to sign up, or to set a new password. The answer, and the work it takes, are the same
 * whether or not there is an account with the address; only who reads the mail learns which.
 */
export async function askForLink(
  app: { database: Database },
  visit: Visit,
  given: unknown,
  { asked, language, next }: Wish
): Promise<{ email: string } | Refused> {
  const read = readInput(schema, given)
  if ('problems' in read) return refused('invalid', { problems: read.problems })
  const { email } = read.data
  const tooOften = await countAttempt(app.database, linksFrom(visit))
  if (tooOften) return tooOften
  // Nobody is told that this address has had enough mails: it would be known that somebody asked before.
  if (await countAttempt(app.database, [linksTo(email)])) return { email }

  await app.database.transaction().execute(async (transaction) => {
    const known = await personAt(transaction, email)
    // To the address as its owner wrote it.
    const to = known
      ? { email: known.email, language: known.language, person: known.id }
      : { email, language }
    const link = await makeLink(transaction, {
      opens: known ? 'password' : 'sign-up',
      person: known?.id ?? null,
      email: to.email,
      language: to.language,
      next
    })
    await queueMail(transaction, linkLetter(asked, to, link))
  })
  return { email }
}
