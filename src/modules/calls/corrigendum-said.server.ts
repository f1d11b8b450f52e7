import type { Temporal } from 'temporal-polyfill'
import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type Language, languages, texts } from '#shared/texts/index.ts'
import { inLanguageOf } from './call.ts'
import type { ListedCall } from './catalogue.ts'
import { effectsOf } from './correct.ts'
import { corrigendaOf } from './corrigenda-store.server.ts'
import { listedCalls } from './listed-calls.server.ts'
import { termsOf } from './store.server.ts'
import { type SpokenChange, sayChange, speechFor } from './speech.server.ts'

type Holding = { database: Database; programmes: Programmes; clock: () => Temporal.Instant }

/** A corrigendum in words, each a line of a letter. */
export type CorrigendumWords = { title: string; reason: string; changes: string[]; effects: string[] }

/** What a published corrigendum says, in every language in which people hear of it. */
export type CorrigendumSaid = {
  call: ListedCall
  number: number
  /** The terms that it published: a revision of the call. */
  terms: string
  deadlineMoved: boolean
  words: Readonly<Record<Language, CorrigendumWords>>
}

/** Puts a published corrigendum into words. @param call its id */
export async function sayCorrigendum(
  app: Holding,
  { call: id, number }: { call: string; number: number }
): Promise<CorrigendumSaid | undefined> {
  const call = (await listedCalls(app)).calls.find((one) => one.id === id)
  const corrigendum = (await corrigendaOf(app.database, id)).find((one) => one.number === number)
  if (!call || !corrigendum) return undefined
  const { changes, reason, revision } = corrigendum
  const inWords = (language: Language): CorrigendumWords => {
    const speech = speechFor(app, language)
    return {
      title: inLanguageOf(call.card.title, language),
      reason: inLanguageOf(reason, language),
      changes: changes.map((change) => inOneLine(sayChange(change, speech))),
      effects: effectsOf(changes).map((effect) => texts(language)(`calls.effect.${effect}`))
    }
  }
  return {
    ...{ call, number },
    terms: (await termsOf(app.database, id, revision)).id,
    deadlineMoved: changes.some(({ field }) => field === 'deadline'),
    words: Object.fromEntries(
      languages.map((language) => [language, inWords(language)])
    ) as CorrigendumSaid['words']
  }
}

/** Long texts are not repeated in a letter: that they changed is enough to follow the link. */
function inOneLine({ label, from, to }: SpokenChange): string {
  const line = `${label}: ${from || '–'} → ${to || '–'}`.replace(/\s*\n\s*/g, '; ')
  return line.length > 300 ? label : line
}
