import { queueMail } from '#shared/mail/index.ts'
import { type Refused, refused } from '#shared/forms/refused.ts'
import { type Language, texts } from '#shared/texts/index.ts'
import type { Desk } from '../at-desk.server.ts'
import { inLanguageOf } from '../call.ts'
import { confirmLetter } from '../letters.server.ts'
import { findCall } from '../store.server.ts'
import { databaseNow } from '#shared/time/index.ts'
import { askWatch, noteAsked, recentlyAsked } from '../watches-store.server.ts'
import { findWatched, type ToWatch } from '../watched.server.ts'

/** Anybody may ask to be told; the owner of the address confirms. */
export const permission = 'public'

/** So many links to confirm reach one address within a day: nobody fills another's letter box with them. */
const mostLetters = 5

/**
 * Asks with an address to be told of a call or of a list. The answer is the same whether the address follows already,
 * so that nobody learns who does.
 * @param email checked before
 */
export async function askToFollow(
  app: Desk,
  { email, language, ...asked }: { email: string; language: Language } & ToWatch
): Promise<{ asked: true } | Refused> {
  return app.database.transaction().execute(async (transaction) => {
    const watched = await findWatched(transaction, asked)
    if (!watched) return refused('not-found')
    const { watch, askedBefore } = await askWatch(transaction, email, language, watched)
    const now = await databaseNow(transaction)
    const justNow = askedBefore !== undefined && askedBefore.until(now).total('hours') < 1
    if (watch.confirmedAt || justNow || (await recentlyAsked(transaction, email)) >= mostLetters) {
      return { asked: true }
    }
    const what = await nameOf(transaction, asked, language)
    await queueMail(
      transaction,
      confirmLetter({ to: email, language, person: undefined, key: watch.key }, what)
    )
    await noteAsked(transaction, watch.id)
    return { asked: true }
  })
}

async function nameOf(database: Desk['database'], asked: ToWatch, language: Language): Promise<string> {
  if ('list' in asked) return texts(language)('calls.watch.list')
  const call = await findCall(database, asked.call)
  return inLanguageOf(call?.card?.title ?? {}, language)
}
