import type { Temporal } from 'temporal-polyfill'
import { personsOf } from '#server/people'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Mail, queueMail } from '#shared/mail/index.ts'
import { type Language, defaultLanguage, isLanguage } from '#shared/texts/index.ts'
import { bodyIn } from './bodies.server.ts'
import { type ListedCall, fits } from './catalogue.ts'
import type { ToldAsWriters } from './correct.ts'
import { sayCorrigendum } from './corrigendum-said.server.ts'
import { type Recipient, corrigendumLetter, newCallLetter, reminderLetter } from './letters.server.ts'
import { type Listed, couldTakePart, listedCalls } from './listed-calls.server.ts'
import { reminderDue } from './watch.ts'
import { filterOf } from './watched.server.ts'
import { type Watch, confirmedWatches, noteReminder } from './watches-store.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** Tells those who follow a list that a call was published which fits it; each of them once. */
export async function tellOfCall(app: Holding, id: string): Promise<void> {
  const listed = await listedCalls(app)
  const call = listed.calls.find((one) => one.id === id)
  if (!call) return
  const watches = await watchesOfListsWith(app, listed, call)
  const body = bodyIn(listed.bodies, call.body)
  await send(app.database, watches, (recipient) =>
    newCallLetter(recipient, call, body.names[recipient.language])
  )
}

/** Tells those who follow a call, or a list in which it is, of a corrigendum; each of them once. */
export async function tellOfCorrigendum(
  app: Holding & { toldAsWriters: ToldAsWriters },
  id: string,
  number: number
): Promise<void> {
  const said = await sayCorrigendum(app, { call: id, number })
  if (!said) return
  const watches = [
    ...(await confirmedWatches(app.database, { call: id })),
    ...(await watchesOfListsWith(app, await listedCalls(app), said.call))
  ]
  const writers = await app.toldAsWriters(said.call.code)
  await send(app.database, watches, (recipient) => corrigendumLetter(recipient, said), writers)
}

/** Reminds followers of calls whose deadline is 14, 7 or 1 days ahead, of each once. */
export async function remind(app: Holding): Promise<void> {
  const { calls, now } = await listedCalls(app)
  for (const call of calls.filter(({ state }) => state === 'open')) {
    // A call is one transaction: what goes wrong in one keeps nobody else waiting.
    await app.database.transaction().execute(async (transaction) => {
      const due: { watch: Watch; days: number }[] = []
      for (const watch of await confirmedWatches(transaction, { call: call.id })) {
        const days = reminderDue(call, watch.confirmedAt!, now)
        const { id, closesAt } = call
        if (days === undefined) continue
        if (await noteReminder(transaction, { watch: watch.id, call: id, days, closesAt })) {
          due.push({ watch, days })
        }
      }
      const daysOf = new Map(due.map(({ watch, days }) => [watch.key, days]))
      await send(
        transaction,
        due.map(({ watch }) => watch),
        (recipient) => reminderLetter(recipient, call, daysOf.get(recipient.key)!)
      )
    })
  }
}

async function watchesOfListsWith(app: Holding, { now }: Listed, call: ListedCall): Promise<Watch[]> {
  const asking = { now, couldTakePart: couldTakePart(app.programmes) }
  const watches = await confirmedWatches(app.database, 'lists')
  return watches.filter((watch) => 'filter' in watch && fits(call, anyState(filterOf(watch), call), asking))
}

/** Where the call stands is no matter: it is told of because something happened to it. */
function anyState(filter: ReturnType<typeof filterOf>, { state }: ListedCall) {
  return { ...filter, states: [state] }
}

/**
 * Writes to each follower once, in their language; who was erased meanwhile is passed over.
 * @param others addresses that are written to by somebody else
 */
async function send(
  transaction: Database,
  watches: readonly Watch[],
  letter: (recipient: Recipient) => Mail,
  others: ReadonlySet<string> = new Set()
): Promise<void> {
  const persons = await personsOf(
    transaction,
    watches.flatMap(({ watcher }) => ('person' in watcher ? [watcher.person] : []))
  )
  const told = new Set(others)
  for (const { watcher, key } of watches) {
    const person = 'person' in watcher ? persons.get(watcher.person) : undefined
    const to = 'person' in watcher ? person?.email : watcher.email
    const language = 'person' in watcher ? person?.language : languageOf(watcher.language)
    if (!to || !language || told.has(to.toLowerCase())) continue
    told.add(to.toLowerCase())
    await queueMail(transaction, letter({ to, language, person: person?.id, key }))
  }
}

function languageOf(kept: string): Language {
  return isLanguage(kept) ? kept : defaultLanguage
}
