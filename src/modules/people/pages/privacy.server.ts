import { type TextKey, texts } from '#shared/texts/index.ts'
import { whatIsKept } from '../reads.ts'
import type { Event } from './answers.server.ts'

/** What this installation keeps about people, from what each module says of itself. */
export function load({ locals: { app, language } }: Event) {
  const say = texts(language) as (key: TextKey) => string
  return {
    parts: whatIsKept(app).map(({ module, name, keeps }) => ({
      module,
      name: say(name),
      rows: keeps.map(({ what, why, basis, howLong }) => ({
        what: say(what),
        why: say(why),
        basis: say(`people.basis.${basis}`),
        howLong: say(howLong)
      }))
    }))
  }
}
